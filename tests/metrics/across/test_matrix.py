"""What fills the matrix, and the twelve months behind a funnel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dashboard.views.trends import usual_step
from data.model import Period
from data.warehouse import Warehouse
from metrics.across.last_year import NOT_RECORDED, TOO_SHORT, funnel_of, last_month_end
from metrics.across.matrix import MOST_COLUMNS, USUAL, around_all, asked_of_units, candidates, matrix, step_of
from metrics.across.pooling import Units, sizes, units
from metrics.catalogue import Catalogue, load_catalogue
from metrics.charting import Around, around_service, control_chart
from metrics.series.spc.build import charts
from tests.support.exports import facts_of

CATALOGUE = load_catalogue()
HEADS = "service_id, setting, nation, beds, label"


def _falls(service: str, months: int, each: int = 2, year: int = 2025) -> list[str]:
    return [
        f"{service}-{year}-{month}-{n}, P-{service}, {service}, {year + (month // 12)}-{month % 12 + 1:02}-{3 + n:02}, low"
        for month in range(months)
        for n in range(each)
    ]


@pytest.fixture(scope="module")
def several(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    """Six homes of twenty, three of four, a homecare branch, and one home that began late."""
    homes = [f"home{n}, residential, EN, 20, Home {n}" for n in range(6)]
    small = [f"wee{n}, residential, EN, 4, Wee {n}" for n in range(3)]
    other = ["late, residential, EN, 20, Late", "care, homecare, EN, 30, Care at home"]
    falls = [
        *(row for n in range(6) for row in _falls(f"home{n}", 18, 2 + (n == 5) * 6)),
        *(row for n in range(3) for row in _falls(f"wee{n}", 18, 1)),
        *_falls("care", 18),
        *_falls("late", 3, year=2026),
    ]
    tables = {
        "services": "\n".join([HEADS, *homes, *small, *other]),
        "falls": "\n".join(["fall_id, person_id, service_id, occurred_at, harm", *falls]),
        "interventions": "intervention_id, service_id, person_id, title, kind, start_on\n"
        "i1, home0, , Evening lounge, environment, 2025-10-01\ni2, home1, P-1, Walks, positive_risk, 2025-10-01",
        "declarations": "declaration_id, intervention_id, outcome, question, size, role, declared_on\n"
        "d1, i1, F1, steady, 1.25, main, 2025-09-20",
    }
    with facts_of(tmp_path_factory.mktemp("several"), **tables) as facts:
        yield facts


@pytest.fixture(scope="module")
def rows(several: Warehouse) -> Units:
    return units(several.services(), sizes(several, several.services()))


def test_the_columns_are_the_usual_outcomes_that_have_a_figure(several: Warehouse, rows: Units) -> None:
    found = matrix(several, CATALOGUE, rows.shown)
    assert [outcome.code for outcome in found.outcomes][:2] == ["F1", "F2"]
    assert len(found.outcomes) <= MOST_COLUMNS
    assert set(USUAL[:2]) <= {code for _, code in found.asked}


def test_rows_of_a_setting_are_taken_from_the_whole(several: Warehouse, rows: Units) -> None:
    whole = matrix(several, CATALOGUE, rows.shown)
    care = whole.of("homecare")
    assert [unit.name for unit in care.units] == ["Care at home"]
    assert {service for service, _ in care.asked} == {"care"}


def test_small_homes_stand_together_as_the_last_row_and_hold_all_their_falls(several: Warehouse, rows: Units) -> None:
    outcome = CATALOGUE.get("F1")
    assert outcome is not None
    assert rows.shown[-1].name == "3 smaller care homes together"
    asked = {each.service.service_id: each for each in asked_of_units(several, CATALOGUE, outcome, rows.shown)}
    together = asked["together:residential"].series
    assert together.total.numerator == 3 * 18
    assert together.tallies[1].denominator == 3 * 4 * 28


def test_a_cell_is_the_chart_of_the_page_of_one_service(several: Warehouse, rows: Units) -> None:
    """Same points, same usual range worked out again at the declared change; only rare events differ in chart type."""
    outcome = CATALOGUE.get("F1")
    assert outcome is not None
    alone = {
        unit.service.service_id: control_chart(several, CATALOGUE, outcome, unit.service)
        for unit in rows.shown
        if not unit.pooled
    }
    for chart in charts(asked_of_units(several, CATALOGUE, outcome, rows.shown)):
        if chart.service.service_id in alone:
            own = alone[chart.service.service_id]
            assert (chart.points, chart.phases, chart.marks, chart.variation) == (
                own.points, own.phases, own.marks, own.variation,
            )  # fmt: skip


def test_only_changes_of_the_whole_service_begin_a_new_range(several: Warehouse) -> None:
    around = around_all(several)
    assert [each.intervention_id for each in around["home0"].interventions] == ["i1"]
    assert [each.outcome for each in around["home0"].declarations] == ["F1"]
    assert "home1" not in around


def test_steps_are_those_of_the_page_of_one_service() -> None:
    assert all(step_of(outcome) == usual_step(outcome) for outcome in CATALOGUE)


def test_shares_of_people_and_moves_go_by_quarters() -> None:
    steps = {code: step_of(outcome) for code in ("F1", "L9", "I6", "C1") if (outcome := CATALOGUE.get(code))}
    assert steps == {"F1": "month", "L9": "quarter", "I6": "quarter", "C1": "month"}


def test_an_own_outcome_is_tried_apart_from_the_shipped_ones(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(
        'code = "Z1"\nname = "Evening falls"\nwhy = "Ours."\nkind = "rate"\ntable = "falls"\ngood = "none"\n'
        'judged = "list"\n[words]\none_thing = "evening fall"\nmany_things = "evening falls"\n',
        encoding="utf-8",
    )
    shipped, own = candidates(load_catalogue(tmp_path))
    assert [outcome.code for outcome in own] == ["Z1"]
    assert "Z1" not in {outcome.code for outcome in shipped}
    assert candidates(Catalogue({})) == ((), ())


def test_the_year_of_a_funnel_ends_with_the_last_month_that_is_nearly_whole() -> None:
    assert last_month_end(date(2026, 6, 30)) == date(2026, 6, 30)
    assert last_month_end(date(2026, 6, 28)) == date(2026, 6, 30)
    assert last_month_end(date(2026, 6, 20)) == date(2026, 5, 31)


def test_a_funnel_holds_the_last_year_of_one_setting_and_names_who_is_left_out(several: Warehouse, rows: Units) -> None:
    outcome = CATALOGUE.get("F1")
    assert outcome is not None
    found = funnel_of(several, outcome, "residential", rows.of("residential"))
    assert found is not None
    assert found.period == Period(date(2025, 6, 1), date(2026, 5, 31))
    assert [dot.name for dot in found.dots] == ["3 smaller care homes together", *(f"Home {n}" for n in range(6))]
    assert found.left_out == (("Late", TOO_SHORT),)
    assert found.dots[0].tally.numerator == 3 * 12
    assert found.dots[1].tally.numerator == 2 * 12
    distress = CATALOGUE.get("L9")
    assert distress is not None
    assert funnel_of(several, distress, "residential", rows.of("residential")) is None
    assert NOT_RECORDED


def test_scores_have_no_funnel(several: Warehouse, rows: Units) -> None:
    score = next(outcome for outcome in CATALOGUE if outcome.kind == "score")
    assert funnel_of(several, score, "residential", rows.of("residential")) is None


def test_what_stands_around_all_services_is_what_stands_around_each(several: Warehouse) -> None:
    every = around_all(several)
    for service in several.services():
        assert every.get(service.service_id, Around()) == around_service(several, service.service_id)
