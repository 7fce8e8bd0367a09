"""Events by weekday and hour: those with a time, those without, those on the full hour."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.model import ClockCounts, Impossible, Period, Rows, Scope
from tests.support.exports import SERVICES, facts_of

MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))
NOTHING = ((0,) * 24,) * 7
STAYS = "person_id, service_id, start_on\nP-1, elm, 2024-01-01"
# 2 March 2026 is a Monday.
FALLS = """
fall_id, person_id, service_id, occurred_at,      time_precision
F1,      P-1,       elm,        2026-03-02 07:40,
F2,      P-1,       elm,        2026-03-02 07:00,
F3,      P-1,       elm,        2026-03-09 23:00, hour
F4,      P-1,       elm,        2026-03-03,
F5,      P-1,       elm,        2026-03-03 14:00, shift
F6,      P-1,       elm,        2026-04-01 07:10,
"""


def counted(folder: Path, period: Period = MARCH, rows: Rows | None = None, scope: Scope | None = None) -> ClockCounts:
    with facts_of(folder, services=SERVICES, stays=STAYS, falls=FALLS) as facts:
        return facts.clock_counts(scope or Scope("elm"), rows or Rows("falls"), period)


def test_events_with_a_time_stand_in_their_weekday_and_hour(tmp_path: Path) -> None:
    found = counted(tmp_path)
    assert found.timed[0][7] == 2
    assert found.timed[0][23] == 1
    assert found.with_time == 3
    assert found.by_hour[7] == 2


def test_events_known_to_the_day_or_the_shift_have_a_weekday_and_no_hour(tmp_path: Path) -> None:
    found = counted(tmp_path)
    assert found.untimed == (0, 2, 0, 0, 0, 0, 0)
    assert found.by_weekday == (3, 2, 0, 0, 0, 0, 0)
    assert found.events == 5


def test_times_on_the_full_hour_are_counted(tmp_path: Path) -> None:
    assert counted(tmp_path).on_the_hour == 2


def test_events_outside_the_days_asked_for_do_not_count(tmp_path: Path) -> None:
    assert counted(tmp_path, Period(date(2026, 4, 1), date(2026, 4, 1))).events == 1


def test_another_service_or_person_has_none(tmp_path: Path) -> None:
    assert counted(tmp_path, scope=Scope("oak")).events == 0
    assert counted(tmp_path / "two", scope=Scope("elm", "nobody")).events == 0


def test_a_table_without_times_cannot_be_asked(tmp_path: Path) -> None:
    with pytest.raises(Impossible, match="no time of day"):
        counted(tmp_path, rows=Rows("feedback"))


@pytest.mark.parametrize(
    ("timed", "untimed", "on_the_hour"),
    [
        (NOTHING[:6], (0,) * 7, 0),
        (((0,) * 23,) * 7, (0,) * 7, 0),
        (NOTHING, (0,) * 6, 0),
        (NOTHING, (-1, 0, 0, 0, 0, 0, 0), 0),
        (NOTHING, (0,) * 7, 1),
    ],
)
def test_a_week_that_cannot_be_is_refused(
    timed: tuple[tuple[int, ...], ...], untimed: tuple[int, ...], on_the_hour: int
) -> None:
    with pytest.raises(Impossible):
        ClockCounts(MARCH, timed, untimed, on_the_hour)
