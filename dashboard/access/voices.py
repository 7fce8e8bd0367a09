"""Whose views are on record and who decided: the rows behind the pages Whose views and Choice."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from pathlib import Path

from dashboard.access.audit import about_person
from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.model import Intervention, Period, Scope
from data.records import Matter
from metrics.deciding import sides as deciding
from metrics.deciding.around_finding import AroundFinding
from metrics.deciding.around_finding import around_findings as around_findings_of
from metrics.deciding.sides import Sides
from metrics.voices.alerts import Record
from metrics.voices.sheet import about

Asked = tuple[str, str | None, date, date]


def voices_on_record(service_id: str, period: Period, person_id: str | None = None) -> Record:
    """Matters and views of a period, of a service or one person in it, with who was there and when they moved in."""
    about_person(person_id)
    return _voices_on_record(snapshot().key, (service_id, person_id, period.first, period.last))


def matters_of_change(service_id: str, intervention_id: str) -> tuple[Matter, ...]:
    """Every matter of one change, whenever it was raised."""
    return _matters_of_change(snapshot().key, service_id, intervention_id)


def plans_of(service_id: str) -> tuple[Intervention, ...]:
    """Everything tried at a service, the newest first; cheaper than its findings."""
    return _plans_of(snapshot().key, service_id)


def two_sides(service_id: str, period: Period) -> Sides:
    """Decisions and everyday choices of a period."""
    return _two_sides(snapshot().key, (service_id, None, period.first, period.last))


def around_findings(service_id: str) -> tuple[AroundFinding, ...]:
    """Everyday choice around every finding about capacity on record, the newest first."""
    return _around_findings(snapshot().key, service_id)


@cached(at_most=100)
def _voices_on_record(key: Key, asked: Asked) -> Record:
    service_id, person_id, first, last = asked
    scope, period = Scope(service_id, person_id), Period(first, last)
    with opened(Path(key[1])) as facts:
        # A plan element that was looked at before anybody wrote views down is in no outcome, so it is in no count here.
        recorded = period.within(facts.span("matters", service_id))
        matters = facts.matters(scope, recorded) if recorded is not None else ()
        # Somebody may have left before a view on them was written: the register is asked for the whole record.
        whole = facts.span("people", service_id) or period
        moved_in: dict[str, list[date]] = defaultdict(list)
        still_here: set[str] = set()
        if facts.spells_span(service_id) is not None:
            for spell in facts.spells(scope, whole):
                moved_in[spell.person_id].append(spell.moved_in)
                if spell.left_on is None:
                    still_here.add(spell.person_id)
        left = frozenset(person for person in moved_in if person not in still_here)
        people = {each.person_id: each for each in facts.people_here(scope, whole)}
        return Record(matters, facts.views(scope, period), people, moved_in, left, period)


@cached(at_most=300)
def _matters_of_change(key: Key, service_id: str, intervention_id: str) -> tuple[Matter, ...]:
    with opened(Path(key[1])) as facts:
        whole = facts.span("people", service_id)
        return () if whole is None else about(facts.matters(Scope(service_id), whole), intervention_id)


@cached(at_most=100)
def _plans_of(key: Key, service_id: str) -> tuple[Intervention, ...]:
    with opened(Path(key[1])) as facts:
        ours = [each for each in facts.interventions() if each.service_id == service_id]
    return tuple(sorted(ours, key=lambda each: (each.start_on, each.intervention_id), reverse=True))


@cached(at_most=100)
def _two_sides(key: Key, asked: Asked) -> Sides:
    service_id, person_id, first, last = asked
    scope, period = Scope(service_id, person_id), Period(first, last)
    with opened(Path(key[1])) as facts:
        return deciding.sides(facts.decisions(scope, period), facts.checks(scope, (deciding.MEASURE,), period))


@cached(at_most=100, spinner="Looking around each finding about capacity …")
def _around_findings(key: Key, service_id: str) -> tuple[AroundFinding, ...]:
    with opened(Path(key[1])) as facts:
        return around_findings_of(facts, catalogue(), service_id)
