"""What fills the matrix: which outcomes are its columns, and the series behind every cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import lru_cache

from data.facts import FactsOfAll
from data.model import Period, Series
from metrics.across.pooling import Unit, series_of_units
from metrics.across.tallies import recorded_by_all, series_of_all
from metrics.catalogue import Catalogue
from metrics.model import Outcome
from metrics.series.spc.model import Asked, Step

USUAL = ("F1", "F2", "D2", "D5", "F5", "C1", "L9", "I6", "V1", "V2", "I2", "G1")
"""Safety, distress, freedom, saying no, being heard, staying put, promises kept: what most services record."""
MOST_COLUMNS = 12
MOST_OWN = 4
NEARLY_WHOLE = 0.9
"""A month counts when at least so much of it is on record: many exports end with their last row, not with the month."""


def step_of(outcome: Outcome) -> Step:
    """Months; quarters for shares of people and for moves, of which a month holds too few."""
    return "quarter" if outcome.share_of == "people" or outcome.kind == "stay" else "month"


@lru_cache(maxsize=4096)
def stretches(record: Period, step: Step) -> tuple[Period, ...]:
    """The months or quarters of a record, without ragged ends."""
    months = 3 if step == "quarter" else 1
    first = date(record.first.year, (record.first.month - 1) // months * months + 1, 1)
    found = []
    while first <= record.last:
        following = first
        for _ in range(months):
            following = (following.replace(day=1) + timedelta(days=32)).replace(day=1)
        whole = Period(first, following - timedelta(days=1))
        part = whole.within(record)
        if part is not None and part.days >= NEARLY_WHOLE * whole.days:
            found.append(part)
        first = following
    return tuple(found)


def candidates(catalogue: Catalogue) -> tuple[tuple[Outcome, ...], tuple[Outcome, ...]]:
    """(shipped outcomes in the order they are tried for a column, the user's own)."""
    every = list(catalogue)
    usual = [outcome for code in USUAL if (outcome := catalogue.get(code)) is not None]
    starred = [each for each in every if each.starred and each not in usual and each.kind in ("rate", "share", "stay")]
    own = tuple(each for each in every if each.source == "own")
    shipped = tuple(each for each in (*usual, *starred) if each not in own)
    return shipped, own


@dataclass(frozen=True)
class Matrix:
    """Rows by name, columns, and the series of each cell that has one, by (service, outcome)."""

    units: tuple[Unit, ...]
    outcomes: tuple[Outcome, ...]
    series: Mapping[tuple[str, str], Series] = field(default_factory=dict)

    def asked(self) -> tuple[Asked, ...]:
        """Every cell with a series, as charts are asked for."""
        return tuple(
            Asked(outcome, unit.service, series, step_of(outcome))
            for unit in self.units
            for outcome in self.outcomes
            if (series := self.series.get((unit.service.service_id, outcome.code))) is not None
        )


def matrix(facts: FactsOfAll, catalogue: Catalogue, shown: Sequence[Unit]) -> Matrix:
    """The first dozen outcomes for which any row has a figure, and a few of the user's own."""
    shipped, own = candidates(catalogue)
    members = [member for unit in shown for member in unit.members]
    columns: list[Outcome] = []
    cells: dict[tuple[str, str], Series] = {}
    for group, most in ((shipped, MOST_COLUMNS), (own, MOST_OWN)):
        taken = 0
        for outcome in group:
            if taken == most:
                break
            found = outcome_of_units(facts, outcome, shown, members)
            if any(_says_something(series) for series in found.values()):
                columns.append(outcome)
                cells |= {(service, outcome.code): series for service, series in found.items()}
                taken += 1
    return Matrix(tuple(shown), tuple(columns), cells)


def outcome_of_units(
    facts: FactsOfAll, outcome: Outcome, shown: Sequence[Unit], members: Iterable[str] | None = None
) -> dict[str, Series]:
    """One outcome of every row, month by month or quarter by quarter; rows that do not record it are left out."""
    asked_of = list(members) if members is not None else [member for unit in shown for member in unit.members]
    spans = recorded_by_all(facts, outcome, asked_of)
    step = step_of(outcome)
    asked = {service: parts for service, span in spans.items() if (parts := stretches(span, step))}
    return series_of_units(shown, series_of_all(facts, outcome, asked)) if asked else {}


def _says_something(series: Series) -> bool:
    return any(tally.denominator > 0 for tally in series.tallies)
