"""Charts and funnels of a release: from its rounded figures alone, gaps left open, recording told from harm."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.releases.model import Cell, CommissionerRelease, Happening
from metrics.across.recording import recording_changes
from metrics.across.released import Book, book_of, funnel_of
from tests.support.cube import (
    CATALOGUE,
    EVERY,
    RULES,
    UNITS,
    YEAR,
    cell,
    definition,
    full_release,
    quarter,
    report,
)

OVER = 40 * 91
TRAINING = Happening("elm", "reporting_training", quarter(5).first, None)


@pytest.fixture(scope="module")
def book() -> Book:
    return book_of(full_release(), CATALOGUE)


def falls(counts: list[int | None], harm: list[int | None], *happenings: Happening) -> Book:
    """Elm House with these falls, and falls with harm, quarter by quarter; None is hidden."""
    cells = [
        cell(code, "elm", EVERY[place], count, OVER, status="shown" if count is not None else "suppressed")
        for code, row in (("F1", counts), ("F2", harm))
        for place, count in enumerate(row)
    ]
    outcomes = [found for code in ("F1", "F2") if (found := CATALOGUE.get(code)) is not None]
    return book_of(
        CommissionerRelease(
            report(rules=RULES), tuple(map(definition, outcomes)), UNITS, tuple(cells), happenings=happenings
        ),
        CATALOGUE,
    )


# Charts ----------------------------------------------------------------------------------------------


def test_a_hidden_quarter_is_a_gap_and_nothing_is_fitted_to_it(book: Book) -> None:
    """Section a.2: no fitted point is drawn for a hidden period."""
    chart = book.charts["oak", "F1"]
    gap = chart.points[5]
    assert gap.value is None
    assert (gap.centre, gap.lower, gap.upper) == (None, None, None)
    assert all(point.upper is not None for point in chart.points if point.value is not None)


def test_every_chart_is_drawn_over_every_quarter_so_that_they_can_be_laid_side_by_side(book: Book) -> None:
    late = falls([None, None, None, 30, 30, 35, 30, 25, 30], [None] * 9)
    for chart in (*book.charts.values(), *late.charts.values()):
        assert [point.period for point in chart.points] == list(EVERY)
        assert chart.phases[0].first == 0
        assert chart.phases[-1].last == len(EVERY) - 1
    assert [point.value for point in late.charts["elm", "F1"].points[:3]] == [None, None, None]


def test_an_outcome_that_is_hidden_in_every_quarter_has_no_chart() -> None:
    assert falls([None] * 9, [None] * 9).charts == {}


def test_the_figures_of_a_chart_follow_from_the_released_parts(book: Book) -> None:
    """Case 15: nothing on a chart is finer than numerator over denominator, both rounded."""
    for (unit, code), chart in book.charts.items():
        for point, held in zip(chart.points, book.row(unit, code), strict=True):
            if point.value is not None:
                assert held is not None
                assert held.value == pytest.approx(point.value, abs=0.51 if chart.outcome.kind == "share" else 0.06)


def test_rounding_alone_never_makes_a_signal() -> None:
    """A 15 followed by eight 10s may be a 13 followed by 12s."""
    quiet = falls([15, *[10] * 8], [None] * 9).charts["elm", "F1"]
    assert quiet.variation == "common_cause"
    assert not any(point.signals for point in quiet.points)
    loud = falls([*[50] * 8, 150], [None] * 9).charts["elm", "F1"]
    assert loud.variation == "concern_high"


@given(st.lists(st.integers(1, 3), min_size=9, max_size=9), st.integers(2, 10))
def test_figures_within_one_step_of_rounding_stay_quiet(steps: list[int], level: int) -> None:
    """Counts that could all be the same number before rounding (two neighbouring fives) are no change."""
    counts: list[int | None] = [5 * (level + step % 2) for step in steps]
    chart = falls(counts, [None] * 9).charts["elm", "F1"]
    assert chart.variation in (None, "common_cause")


def test_below_five_shown_quarters_there_is_no_usual_range() -> None:
    chart = falls([30, None, 30, None, 35, None, None, None, 30], [None] * 9).charts["elm", "F1"]
    assert not chart.has_limits
    assert chart.variation is None


def test_units_and_outcomes_are_in_order_of_name_and_code_whatever_their_figures(book: Book) -> None:
    """Case 14: turning every figure upside down changes no order."""
    turned = tuple(
        each if each.value is None else replace(each, value=1 / (1 + each.value), numerator=5, denominator=10)
        for each in book.release.cells
    )
    other = book_of(replace(book.release, cells=tuple(reversed(turned))), CATALOGUE)
    assert other.units == book.units
    assert list(other.definitions) == list(book.definitions)
    assert [each.name for each in book.of("residential")][-2:] == ["4 smaller care homes together", "All care homes"]


# Funnel ----------------------------------------------------------------------------------------------


def test_a_hidden_service_takes_no_part_in_the_funnel_and_is_named_with_the_reason(book: Book) -> None:
    found = funnel_of(book, "F2", "residential")
    assert found is not None
    assert found.left_out == (("Fir Bank", "there are too few people to show it"),)
    assert "fir" not in {dot.key for dot in found.dots}
    assert [dot.name for dot in found.dots] == sorted((dot.name for dot in found.dots), key=str.casefold)
    without = replace(book.release, cells=tuple(each for each in book.release.cells if each.unit != "fir"))
    fewer = funnel_of(book_of(without, CATALOGUE), "F2", "residential")
    assert fewer is not None
    assert (fewer.centre, fewer.edges, fewer.dots) == (found.centre, found.edges, found.dots)


def test_a_dot_stands_where_the_table_says(book: Book) -> None:
    """Case 17."""
    for code in ("F1", "F2", "L9", "I6"):
        found = funnel_of(book, code, "residential")
        assert found is not None
        for dot in found.dots:
            held = book.in_year(dot.key, code)
            assert held is not None
            assert dot.value == held.value


def test_scores_and_unknown_outcomes_have_no_funnel(book: Book) -> None:
    assert funnel_of(book, "L4", "residential") is None
    assert funnel_of(book, "Z9", "residential") is None
    assert funnel_of(falls([30] * 9, [10] * 9), "F1", "residential") is None  # no year in it


# Recording -------------------------------------------------------------------------------------------

FLAT, UP = [50] * 5 + [50] * 4, [50] * 5 + [70] * 4


@pytest.mark.parametrize(
    ("counts", "harm", "read"),
    [
        (UP, [20] * 9, "recording"),
        (UP, [20] * 5 + [45] * 4, "harm_too"),
        (UP, [15] * 5 + [20] * 4, "harm_open"),
        (UP, [None] * 9, "harm_hidden"),
        (UP, [0] * 9, "harm_hidden"),
    ],
)
def test_falls_up_after_training_are_read_beside_falls_with_harm(
    counts: list[int | None], harm: list[int | None], read: str
) -> None:
    """Acceptance 9: more falls written down after training, harm flat: recording changed."""
    (found,) = recording_changes(falls(counts, harm, TRAINING), "residential")
    assert found.read == read
    assert found.falls is not None
    assert found.falls.estimate == pytest.approx(1.4, abs=0.01)


def test_without_a_clear_rise_or_with_too_few_quarters_it_says_so() -> None:
    def read(book: Book, setting: str = "residential") -> list[str]:
        return [each.read for each in recording_changes(book, setting)]

    assert read(falls(FLAT, [20] * 9, TRAINING)) == ["no_rise"]
    assert read(falls(UP, [20] * 9, replace(TRAINING, from_on=quarter(8).first))) == ["not_known"]
    assert read(falls(UP, [20] * 9, replace(TRAINING, from_on=quarter(40).first))) == []
    assert read(falls(UP, [20] * 9)) == []
    assert read(falls(UP, [20] * 9, replace(TRAINING, kind="outbreak"))) == []
    assert read(falls(UP, [20] * 9, TRAINING), "nursing") == []


def test_after_a_change_of_recording_a_rise_in_falls_is_no_alarm_and_a_rise_in_harm_still_is() -> None:
    loud: list[int | None] = [*[50] * 8, 150]
    book = falls(loud, loud, TRAINING)
    assert book.charts["elm", "F1"].variation == "neutral_high"
    assert book.charts["elm", "F2"].variation == "concern_high"


def test_an_outcome_of_the_services_own_is_charted_from_its_definition_alone() -> None:
    plain = falls([30] * 8 + [35], [10] * 9)
    own = replace(plain.release.definitions[0], outcome="OWN1", name="Own falls")
    cells: tuple[Cell, ...] = tuple(
        replace(each, outcome="OWN1") for each in plain.release.cells if each.outcome == "F1"
    )
    book = book_of(replace(plain.release, definitions=(own,), cells=cells), CATALOGUE)
    assert book.outcomes["OWN1"].per == 1000
    assert book.charts["elm", "OWN1"].latest is not None
    assert YEAR not in book.quarters
