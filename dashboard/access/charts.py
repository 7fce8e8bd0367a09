"""An outcome over time and from close by: charts, hours and weekdays, how long people stay, the six senses."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Literal

from dashboard.access.audit import about_person
from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, services, snapshot
from data.model import Period, Scope, Series
from metrics import charting, recorded
from metrics import trend as trends
from metrics.charting import Wanted
from metrics.kinds import module_for
from metrics.model import Finding, Outcome
from metrics.pictures.clock_pattern import ClockPattern
from metrics.pictures.clock_pattern import clock_pattern as clock_pattern_of
from metrics.pictures.senses_profile import OUTCOME as SENSES_OUTCOME
from metrics.pictures.senses_profile import SensesProfile, senses_around
from metrics.pictures.staying_curve import StayCurves, before_and_after, over_the_record
from metrics.series.spc.model import ControlChart


def trend(
    outcome_code: str, service_id: str, person_id: str | None, first: date, last: date, step: Literal["week", "month"]
) -> Series:
    """An outcome over time, for a service or one person in it."""
    about_person(person_id)
    return _trend(snapshot().key, outcome_code, service_id, person_id, first, last, step)


def over(outcome_code: str, service_id: str, periods: Sequence[Period]) -> Series:
    """An outcome of a service over periods of the caller's own choosing, such as quarters."""
    return _over(snapshot().key, outcome_code, service_id, tuple((period.first, period.last) for period in periods))


def outcomes_recorded(service_id: str) -> tuple[Outcome, ...]:
    """The outcomes for which a service has any record at all, in the order of the catalogue."""
    return _outcomes_recorded(snapshot().key, service_id)


def control_chart(outcome_code: str, service_id: str, wanted: Wanted) -> ControlChart:
    """An outcome of a service over its whole record, with its usual range."""
    return _control_charts(snapshot().key, outcome_code, service_id, None, wanted.key, wanted)[0]


def control_charts_by(outcome_code: str, service_id: str, column: str, wanted: Wanted) -> tuple[ControlChart, ...]:
    """The outcome taken apart by a column, one chart a part."""
    return _control_charts(snapshot().key, outcome_code, service_id, column, wanted.key, wanted)


def clock_pattern(service_id: str, outcome_code: str, first: date, last: date) -> ClockPattern | None:
    """An outcome of a service by hour and weekday; None where it has no times or nothing is recorded."""
    return _clock_pattern(snapshot().key, service_id, outcome_code, first, last)


def stay_curves(service_id: str, outcome_code: str) -> StayCurves | None:
    """How long people stay, over all that is recorded of a service; None where too few can be followed."""
    return _stay_curves(snapshot().key, service_id, outcome_code)


def stay_curves_around(finding: Finding) -> StayCurves | None:
    """The same before and after a change; None where neither side holds enough people."""
    return _stay_curves_around(snapshot().key, finding.intervention.intervention_id, finding.outcome.code, finding)


def senses_profile(service_id: str, around: date | None = None) -> SensesProfile | None:
    """The six senses in three voices, before and after a day, or in the two halves of the record; None without answers."""
    return _senses_profile(snapshot().key, service_id, around)


@cached(at_most=2000)
def _trend(
    key: Key,
    outcome_code: str,
    service_id: str,
    person_id: str | None,
    first: date,
    last: date,
    step: Literal["week", "month"],
) -> Series:
    outcome = catalogue().get(outcome_code)
    if outcome is None or last < first:
        return Series((), ())
    with opened(Path(key[1])) as facts:
        return trends.trend(facts, outcome, Scope(service_id, person_id), Period(first, last), step)


@cached(at_most=500)
def _over(key: Key, outcome_code: str, service_id: str, bounds: tuple[tuple[date, date], ...]) -> Series:
    outcome = catalogue().get(outcome_code)
    if outcome is None or not bounds:
        return Series((), ())
    periods = [Period(first, last) for first, last in bounds]
    with opened(Path(key[1])) as facts:
        return module_for(outcome.kind).series(facts, outcome, Scope(service_id), periods)


@cached(at_most=200, copied=True)
def _outcomes_recorded(key: Key, service_id: str) -> tuple[Outcome, ...]:
    with opened(Path(key[1])) as facts:
        return recorded.outcomes_recorded(facts, catalogue(), service_id)


@cached(at_most=500)
def _control_charts(
    key: Key,
    outcome_code: str,
    service_id: str,
    column: str | None,
    wanted_key: tuple[str, ...],  # noqa: ARG001 - what was wanted, as the answer is kept under
    _wanted: Wanted,
) -> tuple[ControlChart, ...]:
    outcome = catalogue().outcomes[outcome_code]
    service = next(each for each in services() if each.service_id == service_id)
    with opened(Path(key[1])) as facts:
        if column is None:
            return (charting.control_chart(facts, catalogue(), outcome, service, _wanted),)
        return charting.control_charts_by(facts, catalogue(), outcome, service, column, _wanted)


@cached(at_most=500)
def _clock_pattern(key: Key, service_id: str, outcome_code: str, first: date, last: date) -> ClockPattern | None:
    outcome = catalogue().get(outcome_code)
    if outcome is None or last < first:
        return None
    with opened(Path(key[1])) as facts:
        return clock_pattern_of(facts, outcome, Scope(service_id), Period(first, last))


@cached(at_most=200)
def _stay_curves(key: Key, service_id: str, outcome_code: str) -> StayCurves | None:
    outcome = catalogue().get(outcome_code)
    if outcome is None:
        return None
    with opened(Path(key[1])) as facts:
        recorded = facts.spells_span(service_id)
        return None if recorded is None else over_the_record(facts, outcome, Scope(service_id), recorded)


@cached(at_most=500)
def _stay_curves_around(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - with the code what the answer is kept under
    outcome_code: str,  # noqa: ARG001
    _finding: Finding,
) -> StayCurves | None:
    compared = _finding.comparison
    if compared is None:
        return None
    with opened(Path(key[1])) as facts:
        return before_and_after(facts, _finding.outcome, _finding.intervention.scope, compared.before, compared.after)


@cached(at_most=200)
def _senses_profile(key: Key, service_id: str, around: date | None) -> SensesProfile | None:
    outcome = catalogue().get(SENSES_OUTCOME)
    if outcome is None:
        return None
    with opened(Path(key[1])) as facts:
        return senses_around(facts, outcome, Scope(service_id), around)
