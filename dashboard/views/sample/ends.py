"""How far withheld words leave a share open: its lower and its upper end.

Words are withheld where a combination is rare, so people whose word is withheld are not like the others, and leaving them
out moves a share by more than chance does. Here nobody is left out: the lower end counts everybody whose word is withheld,
or was never recorded, as having had none; the upper end counts them all as having had some.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.views.sample import explore
from data.anonymising import NOT_RECORDED, WITHHELD
from data.releases.sample_dictionary import fewer_than
from data.releases.sample_model import SampleRelease
from metrics.words import capital

UNKNOWN = (WITHHELD, NOT_RECORDED)
NO_EVENT = "0"
HEADINGS = ("Who", "At least", "At most")
TITLE = "How many had any, counting everybody"


def any_ends(cells: Sequence[str]) -> tuple[int, int]:
    """Of these bands, how many are certainly more than none, and how many may be."""
    some = sum(cell not in (NO_EVENT, *UNKNOWN) for cell in cells)
    return some, some + sum(cell in UNKNOWN for cell in cells)


def share_rows(release: SampleRelease, stem: str, picks: Mapping[str, str]) -> list[dict[str, str]]:
    """Any such event before, and after, as at least so many and at most so many in 100; empty where nothing may be said."""
    rows = explore.chosen(release, picks)
    if not rows:
        return []
    name, k = explore.outcomes(release)[stem].lower(), release.report.k_asked
    told = []
    for side in ("before", "after"):
        place = release.names.index(f"{stem}_{side}")
        low, high = any_ends([row[place] for row in rows])
        words = (f"Any {name} {side}", _in_100(low, len(rows), k), _in_100(high, len(rows), k))
        told.append(dict(zip(HEADINGS, words, strict=True)))
    return told


def every_share(release: SampleRelease) -> list[dict[str, str]]:
    """The same for every outcome of a release, over everybody in it."""
    return [row for stem in explore.outcomes(release) for row in share_rows(release, stem, {})]


def may_belong(release: SampleRelease, picks: Mapping[str, str]) -> str:
    """Who else may belong to the people chosen: those whose word is withheld where one was chosen. Empty without any."""
    asked = {name: word for name, word in picks.items() if word and word in explore.filters(release).get(name, {})}
    asked = {name: word for name, word in asked.items() if word != WITHHELD}
    places = [(release.names.index(name), word) for name, word in asked.items()]
    maybe = sum(
        all(row[place] in (word, *UNKNOWN) for place, word in places) and any(row[place] in UNKNOWN for place, _ in places)
        for row in release.rows
    )  # fmt: skip
    if not maybe:
        return ""
    k = release.report.k_asked
    many = str(maybe) if maybe >= k else fewer_than(k)
    return f"{capital(many)} more people may belong here too: what was chosen is withheld for them."


def _in_100(count: int, of: int, k: int) -> str:
    return f"{fewer_than(k)} people" if 0 < count < k else f"{round(100 * count / of)} in 100"
