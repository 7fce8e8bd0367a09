"""What a manager is shown of an outcome over time: its usual range, clear changes, gaps, and what is no alarm."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.charting import Wanted, control_chart
from metrics.series.spc.model import ControlChart
from tests.support.exports import load, write

FIRST = date(2024, 1, 1)
BEDS = 30
STAYS = "person_id,service_id,start_on\n" + "".join(f"P-{n},elm,2023-01-01\n" for n in range(BEDS))
HOME = f"service_id,setting,nation,beds,label\nelm,residential,EN,{BEDS},Elm House\n"
USUAL = [6, 9, 5, 7, 10, 6, 8, 7, 5, 9, 6, 8]


def month(number: int) -> date:
    return date(FIRST.year + number // 12, number % 12 + 1, 1)


def falls(by_month: Sequence[int], harm: str = "none") -> str:
    """So many falls in each month from January 2024, never two on one day; one on the first and last day of all."""
    rows = []
    for number, count in enumerate(by_month):
        start = month(number)
        last = monthrange(start.year, start.month)[1]
        for n in range(count):
            day = 1 + n * (last - 1) // max(1, count - 1) if count > 1 else 1
            rows.append(f"F{number}-{n},P-{n % BEDS},elm,{start.replace(day=day)} 14:05,{harm}")
    return "fall_id,person_id,service_id,occurred_at,harm\n" + "\n".join(rows) + "\n"


def shown(folder: Path, outcome: str = "F1", wanted: Wanted | None = None, **tables: str) -> ControlChart:
    database = folder / "home.duckdb"
    load(write(folder / "exports", services=HOME, stays=STAYS, **tables), database, as_of=date(2026, 12, 31))
    catalogue = load_catalogue()
    with open_facts(database) as facts:
        (service,) = facts.services()
        found = catalogue.get(outcome)
        assert found is not None
        return control_chart(facts, catalogue, found, service, wanted)


def test_a_home_whose_falls_vary_as_they_always_did_is_told_so(tmp_path: Path) -> None:
    chart = shown(tmp_path, falls=falls(USUAL + USUAL))
    assert chart.title == "Falls: no clear change"
    assert chart.variation == "common_cause"
    assert "Nothing in it is more than could be chance." in chart.sentence


def test_one_month_far_above_the_rest_is_a_clear_change(tmp_path: Path) -> None:
    chart = shown(tmp_path, falls=falls([*USUAL, *USUAL[:11], 26]))
    assert chart.title == "Falls: a clear change, higher than usual"
    assert chart.variation == "concern_high"
    assert "it lies above the usual range" in chart.sentence


def test_fewer_falls_are_told_with_what_they_are_read_beside(tmp_path: Path) -> None:
    """Fewer falls may mean less freedom."""
    chart = shown(tmp_path, falls=falls([*USUAL, *USUAL, 2, 1, 2, 1, 2, 1, 2, 2]))
    assert chart.latest is not None
    assert "shift" in chart.latest.signals
    assert any("freedom kept" in note for note in chart.notes)


def test_six_months_on_one_side_are_not_enough_and_seven_are(tmp_path: Path) -> None:
    for months, clear in ((6, False), (7, True)):
        chart = shown(
            tmp_path / str(months),
            wanted=Wanted(chart="xmr"),
            falls=falls([9, 5] * 9 + [10, 8] * 3 + [9] * (months - 6)),
        )
        assert chart.latest is not None
        assert ("shift" in chart.latest.signals) is clear


def test_a_change_agreed_for_the_home_begins_a_usual_range_of_its_own(tmp_path: Path) -> None:
    chart = shown(
        tmp_path,
        falls=falls([*USUAL, 3, 2, 4, 3, 2, 3, 4, 2, 3, 2, 3, 3]),
        interventions="intervention_id,service_id,person_id,title,kind,start_on\nw,elm,,Handrails,environment,2025-01-01\n",
        declarations="declaration_id,intervention_id,outcome,question,size,role,declared_on\nd,w,F1,steady,1.25,main,2024-12-01\n",
    )
    assert [phase.why for phase in chart.phases] == ["", "since “Handrails” began"]
    assert "Before that the average was" in chart.sentence
    assert [mark.label for mark in chart.marks if mark.rebased] == ["Handrails"]


def test_a_change_agreed_for_something_else_is_marked_and_moves_nothing(tmp_path: Path) -> None:
    chart = shown(
        tmp_path,
        falls=falls(USUAL + USUAL),
        interventions="intervention_id,service_id,person_id,title,kind,start_on\nw,elm,,Handrails,environment,2025-01-01\n",
        declarations="declaration_id,intervention_id,outcome,question,size,role,declared_on\nd,w,D2,change,0.8,main,2024-12-01\n",
    )
    assert len(chart.phases) == 1
    assert [mark.label for mark in chart.marks] == ["Handrails"]


def test_more_falls_after_training_in_reporting_are_no_alarm(tmp_path: Path) -> None:
    chart = shown(
        tmp_path,
        falls=falls([*USUAL, *USUAL, *[14, 13, 15]]),
        context="context_id,service_id,from_on,kind,label\nc,elm,2026-01-01,reporting_training,Reporting training\n",
    )
    assert chart.variation in ("neutral_high", "common_cause")
    assert all(point.kind != "concern" for point in chart.points[24:])


def test_a_quarter_after_a_new_recording_system_the_range_is_worked_out_again(tmp_path: Path) -> None:
    chart = shown(
        tmp_path,
        falls=falls([*USUAL, *[14, 13, 15, 12, 16, 14]]),
        context="context_id,service_id,from_on,kind,label\nc,elm,2025-01-01,new_recording_system,New tablets\n",
    )
    assert chart.phases[1].why == "since recording changed (new tablets)"
    assert chart.variation == "common_cause"


def test_something_that_happens_a_few_times_a_year_is_shown_as_the_time_between(tmp_path: Path) -> None:
    rare = [1, 0, 0, 1, 0, 0, 0, 1, 0, 1, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0, 0, 1, 0, 1]
    chart = shown(tmp_path, falls=falls(rare))
    assert (chart.chart, chart.step) == ("t", "event")
    assert "rare" in chart.why


def test_four_months_are_too_few_for_a_usual_range(tmp_path: Path) -> None:
    chart = shown(tmp_path, falls=falls(USUAL[:4]))
    assert not chart.has_limits
    assert chart.variation is None
    assert "no usual range yet" in chart.sentence


def test_twelve_months_give_a_range_on_trial_and_it_is_said(tmp_path: Path) -> None:
    chart = shown(tmp_path, falls=falls(USUAL))
    assert chart.phases[0].standing == "trial"
    assert "it may still move" in chart.sentence


def test_a_month_nobody_looked_is_a_gap_and_not_a_month_without(tmp_path: Path) -> None:
    """Checks were written down in January, February and April: March is unknown."""
    checks = "check_id,measure,service_id,person_id,done_at,result\n" + "".join(
        f"K{number}-{n},element_delivered,elm,P-{n},{month(number).replace(day=3 + n)} 09:00,{'met' if n % 4 else 'not_met'}\n"
        for number in (0, 1, 3, 4, 5, 6, 7, 8)
        for n in range(20)
    )
    chart = shown(tmp_path, "C3", checks=checks)
    assert [point.is_gap for point in chart.points] == [False, False, True, False, False, False, False, False]
    assert any("without a record" in note for note in chart.notes)


@pytest.mark.parametrize("wanted", [Wanted(), Wanted(chart="xmr"), Wanted(chart="run"), Wanted(step="week")])
def test_the_convention_is_on_every_chart(tmp_path: Path, wanted: Any) -> None:
    chart = shown(tmp_path, wanted=wanted, falls=falls(USUAL + USUAL))
    assert "Clear change:" in chart.convention
    assert chart.why
