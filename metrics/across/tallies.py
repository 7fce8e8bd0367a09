"""One outcome of every service, by one question to the facts instead of one for each service.

The tallies are those of ``metrics.kinds``; a test holds the two against each other for every outcome of the sample.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from data.facts import FactsOfAll
from data.model import Period, Scope, Series, Spell, Tally
from metrics.kinds import common, module_for
from metrics.model import Outcome

Asked = Mapping[str, Sequence[Period]]
"""For each service the stretches asked for, in order of time."""


def series_of_all(facts: FactsOfAll, outcome: Outcome, asked: Asked) -> dict[str, Series]:
    """What ``module_for(outcome.kind).series`` gives for each whole service."""
    asked = {service: tuple(periods) for service, periods in asked.items()}
    if outcome.kind == "stay":
        return _stays(facts, outcome, asked)
    if outcome.kind == "rate":
        return _rates(facts, outcome, asked)
    if outcome.kind == "share" and outcome.over is not None:
        return _shares(facts, outcome, asked)
    kind = module_for(outcome.kind)
    return {service: kind.series(facts, outcome, Scope(service), periods) for service, periods in asked.items()}


def recorded_by_all(facts: FactsOfAll, outcome: Outcome, services: Sequence[str]) -> dict[str, Period]:
    """The days for which each service records the outcome; services that do not are left out."""
    found = {service: common.recorded(facts, outcome, Scope(service)) for service in services}
    return {service: span for service, span in found.items() if span is not None}


def _rates(facts: FactsOfAll, outcome: Outcome, asked: Asked) -> dict[str, Series]:
    totals = _totals(facts, outcome, asked)
    inside = _inside(facts, outcome, asked)
    counted = facts.event_series_of_all(outcome.counts, inside) if inside else {}
    return {service: _together(totals[service], counted.get(service)) for service in asked}


def _shares(facts: FactsOfAll, outcome: Outcome, asked: Asked) -> dict[str, Series]:
    """Shares of people have no totals of their own; what a total covers of other shares is not counted twice."""
    assert outcome.over is not None
    if outcome.share_of == "people" or outcome.over.table == "people":
        spans = recorded_by_all(facts, outcome, list(asked))
        inside = {service: parts for service, span in spans.items() if (parts := _cut(asked[service], span))}
        counted = facts.share_series_of_all(outcome.counts, outcome.over, outcome.share_of, inside) if inside else {}
        return {service: counted.get(service, Series((), ())) for service in asked}
    totals = _totals(facts, outcome, asked)
    whole = {service: _recorded_rows(facts, outcome, service) for service in asked}
    inside = {
        service: kept
        for service, periods in asked.items()
        if (kept := _not_in(_cut(periods, whole[service]), totals[service]))
    }
    counted = facts.share_series_of_all(outcome.counts, outcome.over, outcome.share_of, inside) if inside else {}
    return {service: _together(totals[service], counted.get(service)) for service in asked}


def _recorded_rows(facts: FactsOfAll, outcome: Outcome, service: str) -> Period | None:
    span = facts.span(outcome.table, service) if outcome.table != "totals" else None
    totals = common.all_totals(facts, outcome, Scope(service))
    return common.hull([*([span] if span else []), *totals.periods])


def _stays(facts: FactsOfAll, outcome: Outcome, asked: Asked) -> dict[str, Series]:
    totals = _totals(facts, outcome, asked)
    spans = {service: facts.spells_span(service) for service in asked}
    inside = {service: parts for service, span in spans.items() if (parts := _cut(asked[service], span))}
    if not inside:
        return totals
    whole = Period(min(parts[0].first for parts in inside.values()), max(parts[-1].last for parts in inside.values()))
    spells = facts.spells_of_all(whole)
    return {
        service: _together(
            totals[service], _moves(outcome, spells.get(service, ()), inside[service]) if service in inside else None
        )
        for service in asked
    }


def _moves(outcome: Outcome, spells: Sequence[Spell], periods: Sequence[Period]) -> Series:
    """Moves over days lived there; the day of leaving is not lived there."""
    reasons = outcome.counts.where.get("end_reason")
    first = np.array([period.first.toordinal() for period in periods])[:, None]
    after = np.array([period.last.toordinal() + 1 for period in periods])[:, None]
    came = np.array([spell.moved_in.toordinal() for spell in spells], dtype=np.int64)
    left = np.array([_far if spell.left_on is None else spell.left_on.toordinal() for spell in spells], dtype=np.int64)
    counts = np.array(
        [spell.left_on is not None and (reasons is None or spell.end_reason in reasons) for spell in spells], dtype=bool
    )
    lived = np.maximum(0, np.minimum(after, left) - np.maximum(came, first)).sum(axis=1)
    moved = (counts & (left >= first) & (left < after)).sum(axis=1)
    tallies = tuple(Tally(int(moves), float(days)) for moves, days in zip(moved, lived, strict=True))
    return Series(tuple(periods), tallies, "stays")


_far = 10_000_000
"""A day after all others, for those who still live there."""


def _totals(facts: FactsOfAll, outcome: Outcome, asked: Asked) -> dict[str, Series]:
    found = {}
    for service, periods in asked.items():
        every = common.all_totals(facts, outcome, Scope(service)) if periods else Series((), ())
        found[service] = (
            common.totals_within(every, Period(periods[0].first, periods[-1].last)) if every.periods else every
        )
    return found


def _inside(facts: FactsOfAll, outcome: Outcome, asked: Asked) -> dict[str, tuple[Period, ...]]:
    if outcome.table == "totals":
        return {}
    spans = {service: facts.span(outcome.table, service) for service in asked}
    return {service: parts for service, span in spans.items() if (parts := _cut(asked[service], span))}


def _cut(periods: Sequence[Period], span: Period | None) -> tuple[Period, ...]:
    """The parts of the stretches that lie inside the record."""
    if span is None:
        return ()
    parts = (period if span.covers(period) else period.within(span) for period in periods)
    return tuple(part for part in parts if part is not None)


def _not_in(periods: Sequence[Period], totals: Series) -> tuple[Period, ...]:
    return tuple(part for part in periods if not any(part.overlaps(months) for months in totals.periods))


def _together(totals: Series, counted: Series | None) -> Series:
    """Totals and what was counted, as one series; mostly there is only one of the two."""
    if counted is None or not counted.periods:
        return common.joined(totals)
    return common.joined(totals, counted) if totals.periods else counted
