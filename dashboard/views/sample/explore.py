"""What the page Explore shows: people chosen by released words, and how many were in which band before and after.

Everything is counted from the released rows alone. A count of fewer than k people is never said.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from data.releases.sample_dictionary import fewer_than
from data.releases.sample_model import SampleRelease
from metrics.releasing.sample_columns import COUNTED, place_of
from metrics.words import capital

EVERYBODY = "Everybody"
ALL_WORDS = ""
OUTCOME_NAMES = {each.stem: capital(each.what) for each in COUNTED}
COLUMN_NAMES = {
    "service_group": "Group of services",
    "age_band": "Age",
    "gender": "Gender",
    "dementia_stage": "Stage of dementia",
    "arm": "What began on the turning day",
    "weeks_each_side": "Weeks on each side",
}
TOTAL = "Together"


@dataclass(frozen=True)
class Crosstab:
    """People by band before (down) and band after (across); every cell in words."""

    title: str
    lead: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def filters(release: SampleRelease) -> dict[str, dict[str, str]]:
    """Column to its words, with everybody first: known columns alone, the outcomes themselves not among them."""
    return {
        column.name: {ALL_WORDS: EVERYBODY} | {word: capital(word) for word, _ in column.words}
        for column in release.columns
        if column.part == "known" and column.name in COLUMN_NAMES and len(column.words) > 1
    }


def outcomes(release: SampleRelease) -> dict[str, str]:
    """The outcomes that are left in this release, by the stem of their columns."""
    return {each.stem: OUTCOME_NAMES[each.stem] for each in COUNTED if set(each.columns) <= set(release.names)}


def chosen(release: SampleRelease, picks: Mapping[str, str]) -> tuple[tuple[str, ...], ...] | None:
    """The rows with every word picked; None when there are some, but fewer than k. Words nobody has, and columns that are
    not known ones, are passed over."""
    allowed = filters(release)
    asked = [
        (release.names.index(name), word)
        for name, word in picks.items()
        if word != ALL_WORDS and word in allowed.get(name, {})
    ]
    rows = tuple(row for row in release.rows if all(row[place] == word for place, word in asked))
    return None if 0 < len(rows) < release.report.k_asked else rows


def crosstab(release: SampleRelease, stem: str, picks: Mapping[str, str]) -> Crosstab | str:
    """Before by after for one outcome, or one line that says why there is none. Raises KeyError for another outcome."""
    name = outcomes(release)[stem]
    k = release.report.k_asked
    rows = chosen(release, picks)
    if rows is None:
        return f"{capital(fewer_than(k))} people are like this, so nothing is shown of them. Choose fewer words."
    if not rows:
        return "Nobody in this release is like this. Choose other words."
    before, after = (release.names.index(f"{stem}_{side}") for side in ("before", "after"))
    pairs = Counter((row[before], row[after]) for row in rows)
    down = sorted({pair[0] for pair in pairs}, key=place_of)
    across = sorted({pair[1] for pair in pairs}, key=place_of)
    cells = [
        (
            f"Before: {one}",
            *(_said(pairs[one, other], k) for other in across),
            _said(sum(pairs[one, other] for other in across), k),
        )
        for one in down
    ]
    foot = (TOTAL, *(_said(sum(pairs[one, other] for one in down), k) for other in across), str(len(rows)))
    told = (
        f"{len(rows)} people. Each is counted once: the row says how many {name.lower()} came in the weeks before, the column "
        "how many in as many weeks after."
    )
    headings = (name, *(f"After: {other}" for other in across), TOTAL)
    return Crosstab(name, told, headings, (*cells, foot))


def _said(count: int, k: int) -> str:
    return fewer_than(k) if 0 < count < k else str(count)
