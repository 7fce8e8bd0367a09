"""How outcomes stand now, and the rows about persons that a manager's page lists."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from dashboard.access.audit import about_person
from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.model import Period, Scope
from metrics.standing import Standing
from metrics.standing import standings as standings_of


def standings(
    service_id: str, codes: Sequence[str], period: Period, person_id: str | None = None
) -> tuple[Standing, ...]:
    """How these outcomes stand in a period, for a service or one person in it."""
    about_person(person_id)
    return _standings(snapshot().key, service_id, person_id, tuple(codes), period.first, period.last)


@cached(at_most=300)
def _standings(
    key: Key, service_id: str, person_id: str | None, codes: tuple[str, ...], first: date, last: date
) -> tuple[Standing, ...]:
    with opened(Path(key[1])) as facts:
        return standings_of(facts, catalogue(), Scope(service_id, person_id), codes, Period(first, last))
