"""What the page of all services is put together from: which kinds of service, which outcomes, and who is not shown."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from data.model import Service
from metrics.across.matrix import candidates
from metrics.across.pooling import FEWEST_PEOPLE, FEWEST_TOGETHER, Units, kind_words
from metrics.catalogue import Catalogue
from metrics.kinds.common import times
from metrics.model import Outcome
from metrics.wording import YEARS_LIVED_HERE, rate_unit
from metrics.words import and_list, capital, counted, whole

VIEWS = {"matrix": "Matrix", "funnel": "Funnel", "trend": "Trend"}
EVERY = "all"
NO_RANKING = (
    "In order of name. This is not a league table: services differ in whom they support and in what they write down."
)
ONE_ALONE = "There is nothing to set side by side"


def settings(shown: Units, view: str) -> dict[str, str]:
    """The kinds of service to choose from; only the matrix, which compares nobody, can show all of them."""
    found = {setting: capital(kind_words(setting)) for setting in shown.settings}
    return {EVERY: "All kinds", **found} if view == "matrix" and len(found) > 1 else found


def outcomes(catalogue: Catalogue, tables: frozenset[str], totals: frozenset[str], view: str) -> dict[str, str]:
    """Outcomes that may have something to show, by code: those of the matrix first, then the rest, the user's own too."""
    shipped, own = candidates(catalogue)
    kinds = (
        ("rate", "share", "day_share", "stay") if view == "funnel" else ("rate", "share", "day_share", "stay", "score")
    )
    rest = [each for each in catalogue if each.starred and each not in shipped and each not in own]
    return {
        each.code: each.name
        for each in (*shipped, *own, *rest)
        if each.kind in kinds and not each.snapshot and (each.table in tables or each.code in totals)
    }


def unit_of(outcome: Outcome, services: Iterable[Service]) -> str:
    """The unit of a figure in words: per 1,000 bed days; in 100; points."""
    if outcome.kind == "score":
        return "points"
    if outcome.kind in ("share", "day_share"):
        return "in 100" if times(outcome) == 100 else f"in {whole(times(outcome))}"
    words = {service.day_word for service in services}
    return rate_unit(outcome, words.pop() if len(words) == 1 else "person days")


def exposure_words(outcome: Outcome, service: Service) -> str:
    """What a figure rests on, in the plural."""
    if outcome.kind == "rate":
        return service.day_word
    return YEARS_LIVED_HERE if outcome.kind == "stay" else outcome.many_of


def hidden(shown: Units) -> tuple[str, ...]:
    """Who has no row, how many, and why: one sentence for each reason."""
    told = []
    pooled = [unit for unit in shown.shown if unit.pooled]
    if pooled:
        names = and_list([unit.name for unit in pooled])
        told.append(
            f"{capital(names)}: each of them has fewer than {FEWEST_PEOPLE} people, so that a figure of its own would be "
            "about a few of them."
        )
    if shown.too_small:
        count = len(shown.too_small)
        told.append(
            f"{_services(count)} not shown: with fewer than {FEWEST_PEOPLE} people a figure would be about a few of them, and "
            f"there are not {FEWEST_TOGETHER} such services of one kind, with {FEWEST_PEOPLE} people, to put together."
        )
    if shown.size_unknown:
        count = len(shown.size_unknown)
        told.append(
            f"{_services(count)} not shown because it is not known how many people live there or are supported. "
            "Send stays, or the number of beds or places."
        )
    return tuple(told)


def _services(count: int) -> str:
    return f"{counted(count, 'service is', 'services are')}"


def only_one(shown: Units) -> bool:
    """Whether there is nobody to set anything beside."""
    return len(shown.shown) < 2


def why_alone(shown: Units) -> str:
    """Why there is nothing to compare: one service, or none that can be shown."""
    if shown.shown:
        return f"{shown.shown[0].name} is the only service that can be shown here."
    return "None of the services here can be shown by itself."


def some_names(names: Sequence[str], most: int = 4) -> str:
    """The first few by name, and how many more."""
    kept = [*names[:most]]
    if len(names) > most:
        kept.append(f"{len(names) - most} more")
    return and_list(kept)
