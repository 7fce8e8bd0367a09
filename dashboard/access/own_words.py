"""What people, families and staff said at a service."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.model import Period
from metrics.own_words.change import Sides
from metrics.own_words.said import OwnWords
from metrics.own_words.said import own_words as own_words_of


def own_words(service_id: str, period: Period, sides: Sides) -> OwnWords:
    """Who was asked, what each voice said in the period, and what it was on the two sides."""
    ends = tuple((side.first, side.last) if side is not None else None for side in (sides.before, sides.after))
    return _own_words(
        snapshot().key, service_id, (period.first, period.last), ends, sides.around, sides.unfinished, period, sides
    )


@cached(at_most=100)
def _own_words(
    key: Key,
    service_id: str,
    days: tuple[date, date],  # noqa: ARG001 - part of the key
    ends: tuple[tuple[date, date] | None, ...],  # noqa: ARG001 - part of the key
    around: date | None,  # noqa: ARG001 - part of the key
    unfinished: bool,  # noqa: ARG001 - part of the key
    _period: Period,
    _sides: Sides,
) -> OwnWords:
    with opened(Path(key[1])) as facts:
        return own_words_of(facts, catalogue(), service_id, _period, _sides)
