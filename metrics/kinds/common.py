"""What the kinds share: which days are recorded, and totals where no events are."""

from __future__ import annotations

from collections.abc import Sequence

from data.facts import Facts
from data.model import ExposureBasis, Period, Scope, Series, Tally
from metrics.model import Outcome, Side

DAYS_A_YEAR = 365.25
_WORST_FIRST: tuple[ExposureBasis, ...] = ("none", "beds", "stays", "given")


def recorded(facts: Facts, outcome: Outcome, scope: Scope) -> Period | None:
    """The days for which this outcome is recorded here, by events or by totals."""
    spans = [_events_span(facts, outcome, scope)] if outcome.table != "totals" else []
    if scope.whole_service and outcome.kind != "score":
        spans.append(facts.totals_span(outcome.code, scope.service_id))
    return hull([span for span in spans if span is not None])


def events_part(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> Period | None:
    """The part of the period that an event export speaks for."""
    return None if outcome.table == "totals" else period.within(_events_span(facts, outcome, scope))


def _events_span(facts: Facts, outcome: Outcome, scope: Scope) -> Period | None:
    """Stays are recorded as long as anything is: a month in which nobody left is a month all the same."""
    if outcome.kind == "stay":
        return facts.spells_span(scope.service_id)
    return facts.span(outcome.table, scope.service_id)


def all_totals(facts: Facts, outcome: Outcome, scope: Scope) -> Series:
    """Totals of the outcome that no event export covers: the two are never added up. None for a part of a service."""
    span = facts.totals_span(outcome.code, scope.service_id) if scope.whole_service else None
    if span is None:
        return Series((), ())
    found = facts.totals_series(scope.service_id, outcome.code, span)
    events = events_part(facts, outcome, scope, span)
    kept = [
        (months, tally)
        for months, tally in zip(found.periods, found.tallies, strict=True)
        if events is None or not months.overlaps(events)
    ]
    return Series(tuple(months for months, _ in kept), tuple(tally for _, tally in kept), found.basis)


def totals_within(totals: Series, period: Period) -> Series:
    """Those totals whose days all lie inside the period."""
    kept = [
        (months, tally) for months, tally in zip(totals.periods, totals.tallies, strict=True) if period.covers(months)
    ]
    return Series(tuple(months for months, _ in kept), tuple(tally for _, tally in kept), totals.basis)


def hull(periods: Sequence[Period]) -> Period | None:
    """From the first day of any of the periods to the last."""
    if not periods:
        return None
    return Period(min(each.first for each in periods), max(each.last for each in periods))


def joined(*parts: Series) -> Series:
    """Series of different days as one, in order of time; the weakest source of exposure names the whole."""
    pieces = [(period, tally) for part in parts for period, tally in zip(part.periods, part.tallies, strict=True)]
    pieces.sort(key=lambda piece: piece[0].first)
    bases = {part.basis for part in parts if part.periods}
    basis: ExposureBasis = next((each for each in _WORST_FIRST if each in bases), "given")
    return Series(tuple(period for period, _ in pieces), tuple(tally for _, tally in pieces), basis)


def without_empty_stretches(series: Series) -> list[Tally]:
    """Tallies with exposure; an event on the edge of an absence joins the stretch before it."""
    kept: list[Tally] = []
    waiting = 0
    for tally in series.tallies:
        if tally.denominator > 0:
            kept.append(Tally(tally.numerator + waiting, tally.denominator))
            waiting = 0
        elif kept:
            kept[-1] = Tally(kept[-1].numerator + tally.numerator, kept[-1].denominator)
        else:
            waiting += tally.numerator
    return kept


def side(outcome: Outcome, period: Period | None, tally: Tally) -> Side:
    """One side of a comparison in the outcome's own unit."""
    return Side(period, tally, value(outcome, tally))


def value(outcome: Outcome, tally: Tally) -> float | None:
    """A tally in the outcome's unit: per 1,000 person days, in 100, per 100 stay-years, or points of a score."""
    if outcome.kind == "score":
        return tally.mean
    return None if tally.ratio is None else tally.ratio * times(outcome)


def times(outcome: Outcome) -> float:
    """What events a day, or a share, are multiplied by: moves are said for 100 years, everything else as its file says."""
    return outcome.per * DAYS_A_YEAR if outcome.kind == "stay" else outcome.per
