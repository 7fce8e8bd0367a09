"""Groups of people side by side: one outcome in full, several at a glance, how far the groups are known."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.model import Impossible, Period, Scope
from metrics.left_out import groups
from metrics.left_out.health_checks import HealthChecks
from metrics.left_out.health_checks import health_checks as health_checks_of
from metrics.splits import ETHNICITY, Gap
from metrics.splits import gap as gap_of


def group_gap(service_id: str, code: str, period: Period, column: str) -> Gap | None:
    """An outcome by group; None where nobody's group is known."""
    return _gap(snapshot().key, service_id, code, period.first, period.last, column)


def group_gaps(service_id: str, codes: tuple[str, ...], period: Period, column: str) -> tuple[Gap, ...]:
    """Several outcomes by group."""
    return _gaps(snapshot().key, service_id, codes, period.first, period.last, column)


def groups_known(service_id: str, period: Period, column: str) -> groups.Known:
    """How far a column is known of the people who were there."""
    return _known(snapshot().key, service_id, period.first, period.last, column)


def health_checks(service_id: str, period: Period) -> tuple[HealthChecks, ...]:
    """Health checks in time by kind and ethnic group, as counts."""
    return _health_checks(snapshot().key, service_id, period.first, period.last)


@cached(at_most=500)
def _gap(key: Key, service_id: str, code: str, first: date, last: date, column: str) -> Gap | None:
    outcome = catalogue().get(code)
    if outcome is None:
        return None
    with opened(Path(key[1])) as facts:
        try:
            return gap_of(facts, catalogue(), service_id, outcome, Period(first, last), column)
        except Impossible:
            return None


@cached(at_most=100)
def _gaps(key: Key, service_id: str, codes: tuple[str, ...], first: date, last: date, column: str) -> tuple[Gap, ...]:
    with opened(Path(key[1])) as facts:
        return groups.at_a_glance(facts, catalogue(), service_id, codes, Period(first, last), column)


@cached(at_most=200)
def _known(key: Key, service_id: str, first: date, last: date, column: str) -> groups.Known:
    with opened(Path(key[1])) as facts:
        return groups.known(facts, service_id, Period(first, last), column)


@cached(at_most=100)
def _health_checks(key: Key, service_id: str, first: date, last: date) -> tuple[HealthChecks, ...]:
    period, scope = Period(first, last), Scope(service_id)
    with opened(Path(key[1])) as facts:
        group_of = {each.person_id: each.ethnicity_group for each in facts.people_here(scope, period)}
        here = groups.known(facts, service_id, period, ETHNICITY)
        return health_checks_of(facts.checks(scope, ("health_check",), period), group_of, here.groups)
