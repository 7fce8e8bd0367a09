"""What a service has on record about being safe and accountable."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.model import Period
from metrics.accountable.record import Accountable
from metrics.accountable.record import accountable as accountable_of


def accountable(service_id: str, period: Period) -> Accountable:
    """Promises, injuries, harm, plans and lessons of a service in a period, with what needs attention."""
    return _accountable(snapshot().key, service_id, period.first, period.last)


@cached(at_most=100)
def _accountable(key: Key, service_id: str, first: date, last: date) -> Accountable:
    with opened(Path(key[1])) as facts:
        return accountable_of(facts, catalogue(), service_id, Period(first, last))
