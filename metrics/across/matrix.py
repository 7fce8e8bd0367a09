"""What fills the matrix: which outcomes are its columns, and the series behind every cell."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from data.facts import FactsOfAll
from data.model import Declaration, Intervention, Period, Series
from metrics import trend
from metrics.across.pooling import Unit, series_of_units
from metrics.across.tallies import recorded_by_all, series_of_all
from metrics.catalogue import Catalogue
from metrics.charting import Around, Wanted, ask
from metrics.kinds.common import hull
from metrics.model import Outcome
from metrics.series.spc.model import Asked
from metrics.trend import Step

USUAL = ("F1", "F2", "D2", "D5", "F5", "C1", "L9", "I6", "V1", "V2", "I2", "G1")
"""Safety, distress, freedom, saying no, being heard, staying put, promises kept: what most services record."""
MOST_COLUMNS = 12
MOST_OWN = 4


def step_of(outcome: Outcome) -> Step:
    """Months; quarters for shares of people, scores and moves, of which a month holds too few. As on the page Trends."""
    return "quarter" if outcome.share_of == "people" or outcome.kind in ("score", "stay") else "month"


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
    """Rows by name, columns, and for every cell on record what its chart is asked, by (service, outcome)."""

    units: tuple[Unit, ...]
    outcomes: tuple[Outcome, ...]
    asked: Mapping[tuple[str, str], Asked] = field(default_factory=dict)

    def of(self, setting: str) -> Matrix:
        """The rows of one setting, and the columns that say something of any of them."""
        rows = tuple(unit for unit in self.units if unit.service.setting == setting)
        codes = {unit.service.service_id for unit in rows}
        kept = {key: asked for key, asked in self.asked.items() if key[0] in codes}
        told = {code for (_, code), asked in kept.items() if _says_something(asked.series)}
        return Matrix(rows, tuple(each for each in self.outcomes if each.code in told), kept)


def matrix(facts: FactsOfAll, catalogue: Catalogue, shown: Sequence[Unit]) -> Matrix:
    """The first dozen outcomes for which any row has a figure, and a few of the user's own."""
    shipped, own = candidates(catalogue)
    around = around_all(facts)
    columns: list[Outcome] = []
    cells: dict[tuple[str, str], Asked] = {}
    for group, most in ((shipped, MOST_COLUMNS), (own, MOST_OWN)):
        taken = 0
        for outcome in group:
            if taken == most:
                break
            found = asked_of_units(facts, catalogue, outcome, shown, around)
            if any(_says_something(asked.series) for asked in found):
                columns.append(outcome)
                cells |= {(asked.service.service_id, outcome.code): asked for asked in found}
                taken += 1
    return Matrix(tuple(shown), tuple(columns), cells)


def asked_of_units(
    facts: FactsOfAll,
    catalogue: Catalogue,
    outcome: Outcome,
    shown: Sequence[Unit],
    around: Mapping[str, Around] | None = None,
) -> tuple[Asked, ...]:
    """What the chart of each row is asked, month by month or quarter by quarter, as on the page of one service.

    Rows that do not record the outcome are left out; several services together have no changes of their own.
    """
    known = around_all(facts) if around is None else around
    wanted = Wanted(step=step_of(outcome))
    spans = recorded_by_all(facts, outcome, [member for unit in shown for member in unit.members])
    laid = _laid_out(shown, spans, step_of(outcome))
    series = series_of_units(shown, series_of_all(facts, outcome, laid)) if laid else {}
    return tuple(
        ask(
            catalogue, outcome, unit.service, series[unit.service.service_id],
            known.get(unit.service.service_id, Around()), wanted,
        )
        for unit in shown
        if unit.service.service_id in series
    )  # fmt: skip


def _laid_out(shown: Sequence[Unit], spans: Mapping[str, Period], step: Step) -> dict[str, tuple[Period, ...]]:
    """The stretches of each service. Services that are put together share theirs, or nothing could be added up."""
    found = {}
    for unit in shown:
        ours = {member: spans[member] for member in unit.members if member in spans}
        if not ours:
            continue
        whole = hull(list(ours.values()))
        assert whole is not None
        shared = stretches(whole, step)
        for member, span in ours.items():
            kept = shared if span == whole else tuple(each for each in shared if step == "month" or span.covers(each))
            if kept:
                found[member] = kept
    return found


stretches = lru_cache(maxsize=4096)(trend.stretches)
"""Most services record the same days: their months are laid out once."""


def around_all(facts: FactsOfAll) -> dict[str, Around]:
    """Things tried by each whole service, what was promised of them, what else happened: asked once for all."""
    tried: dict[str, list[Intervention]] = defaultdict(list)
    for each in facts.interventions():
        if not each.is_personal:
            tried[each.service_id].append(each)
    where = {each.intervention_id: service for service, ours in tried.items() for each in ours}
    promised: dict[str, list[Declaration]] = defaultdict(list)
    for promise in facts.declarations():
        if promise.intervention_id in where:
            promised[where[promise.intervention_id]].append(promise)
    happened = facts.happenings_of_all()
    return {
        service: Around(tuple(tried.get(service, ())), tuple(promised.get(service, ())), happened.get(service, ()))
        for service in {*tried, *happened}
    }


def _says_something(series: Series) -> bool:
    return any(tally.denominator > 0 for tally in series.tallies)
