"""The record of a service in the days shown, and what reaches over their edge."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from data.model import Period
from metrics.accountable.record import Accountable, accountable
from metrics.catalogue import load_catalogue
from tests.support.exports import SERVICES, facts_of

SHOWN = Period(date(2026, 4, 1), date(2026, 6, 29))
STAYS = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(1, 6))


def found(folder: Path, *injured: tuple[int, date]) -> Accountable:
    lines = ["incident_id, service_id, person_id, occurred_at, kind, explained, harm"]
    lines += [f"I{n}, elm, P-{who}, {day} 09:15, injury, no, low" for n, (who, day) in enumerate(injured)]
    with facts_of(folder, services=SERVICES, stays=STAYS, incidents="\n".join(lines)) as facts:
        return accountable(facts, load_catalogue(), "elm", SHOWN)


def test_the_first_of_two_injuries_may_lie_before_the_days_shown(tmp_path: Path) -> None:
    told = found(tmp_path, (1, SHOWN.first - timedelta(days=20)), (1, SHOWN.first + timedelta(days=30)))
    assert [each.person_id for each in told.again] == [told.injuries[0].person_id]
    assert len(told.injuries) == 1  # only those shown are counted and listed


def test_two_injuries_that_both_lie_before_the_days_shown_are_not_told(tmp_path: Path) -> None:
    before = (SHOWN.first - timedelta(days=60), SHOWN.first - timedelta(days=1))
    told = found(tmp_path, *((1, day) for day in before), (2, SHOWN.last))
    assert told.again == ()
    assert len(told.injuries) == 1


def test_ninety_days_count_over_the_edge_as_anywhere(tmp_path: Path) -> None:
    edge = SHOWN.first
    told = found(tmp_path, (1, edge - timedelta(days=89)), (1, edge), (2, edge - timedelta(days=90)), (2, edge))
    assert len(told.again) == 1
