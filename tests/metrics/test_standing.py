"""How an outcome stands: its figure, the stretch before, quarter by quarter, and what was promised."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from data.model import Period, Scope, Series, Tally
from metrics.catalogue import load_catalogue
from metrics.model import Side
from metrics.standing import Standing, standing, standings
from tests.support.exports import SERVICES, facts_of

CATALOGUE = load_catalogue()
HALF = Period(date(2026, 1, 1), date(2026, 6, 29))
STAYS = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(1, 9))


def reviews(results: list[tuple[date, str]]) -> str:
    lines = ["check_id, measure, service_id, person_id, element, due_on, done_at, result"]
    lines += [
        f"C{n}, review, elm, P-{1 + n % 8}, scheduled, {due}, {due if result == 'met' else ''}, {result}"
        for n, (due, result) in enumerate(results)
    ]
    return "\n".join(lines)


def test_the_figure_now_stands_beside_the_stretch_of_the_same_length_before(tmp_path: Path) -> None:
    first = date(2025, 7, 6)
    days = [(first + timedelta(days=7 * n), "met" if n % 2 else "not_met") for n in range(51)]
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, checks=reviews(days)) as facts:
        found = standing(facts, CATALOGUE.outcomes["G1"], Scope("elm"), HALF)
    assert found.recorded
    assert found.now.period == Period(HALF.first, days[-1][0])  # cut to what is recorded
    assert found.now.tally.denominator + found.earlier.tally.denominator == 51
    assert found.target == 90
    assert found.reached is False
    assert (found.low, found.high) == (None, None)  # everything that was due was looked at
    assert found.line.periods


def test_a_share_of_rows_has_limits_that_allow_for_people_being_alike(tmp_path: Path) -> None:
    lines = ["check_id, measure, service_id, person_id, element, done_at, result"]
    alike = [(person, "met" if person < 4 else "not_met") for person in range(1, 9) for _ in range(10)]
    lines += [
        f"C{n}, everyday_choice, elm, P-{person}, food, {HALF.first + timedelta(days=n)}, {result}"
        for n, (person, result) in enumerate(alike)
    ]
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, checks="\n".join(lines)) as facts:
        found = standing(facts, CATALOGUE.outcomes["R1"], Scope("elm"), HALF)
    assert found.now.value == 37.5
    assert found.low is not None and found.high is not None
    assert found.high - found.low > 40  # eight people, not eighty independent choices (21 points apart if they were)


def test_what_nobody_records_has_no_figure_and_says_so(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAYS) as facts:
        (found,) = standings(facts, CATALOGUE, Scope("elm"), ("V1", "NO SUCH CODE"), HALF)
    assert not found.recorded
    assert not found.has_figure
    assert found.reached is None


@given(st.integers(0, 40), st.integers(0, 40))
def test_a_target_is_reached_exactly_when_the_figure_is_on_its_side(hits: int, rest: int) -> None:
    for code in ("G1", "G8"):
        outcome = CATALOGUE.outcomes[code]
        tally = Tally(hits, hits + rest)
        value = None if tally.ratio is None else 100 * tally.ratio
        found = Standing(
            outcome, Side(HALF, tally, value), Side(None, Tally(0, 0), None), None, None, Series((), ()), True
        )
        assert outcome.size is not None
        if value is None:
            assert found.reached is None
        elif outcome.good == "down":
            assert found.reached is (value <= outcome.size)
        else:
            assert found.reached is (value >= outcome.size)


def test_distress_and_falls_never_have_a_target() -> None:
    for code in ("D1", "D2", "F1", "F2", "F5", "I9"):
        assert CATALOGUE.outcomes[code].judged != "target"


def choices(results: list[tuple[int, str]]) -> str:
    lines = ["check_id, measure, service_id, person_id, element, done_at, result"]
    lines += [
        f"C{n}, everyday_choice, elm, P-{person}, food, {HALF.first + timedelta(days=n)}, {result}"
        for n, (person, result) in enumerate(results)
    ]
    return "\n".join(lines)


def test_the_rows_of_very_few_people_have_no_range(tmp_path: Path) -> None:
    rows = choices([(1 + n % 4, "met" if n % 3 else "not_met") for n in range(80)])
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, checks=rows) as facts:
        found = standing(facts, CATALOGUE.outcomes["R1"], Scope("elm"), HALF)
    assert found.has_figure
    assert (found.low, found.high) == (None, None)  # eighty choices, and four people


def test_where_every_row_says_the_same_each_person_counts_once(tmp_path: Path) -> None:
    rows = choices([(1 + n % 8, "met") for n in range(80)])
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, checks=rows) as facts:
        found = standing(facts, CATALOGUE.outcomes["R1"], Scope("elm"), HALF)
    assert found.now.value == 100
    assert found.low is not None and 60 < found.low < 70  # eight of eight people, not eighty of eighty choices


def test_a_share_of_people_is_not_set_beside_days_that_the_record_cuts_short(tmp_path: Path) -> None:
    lines = ["feedback_id, service_id, person_id, given_on, rater, instrument, domain, score"]
    days = (HALF.first - timedelta(days=3), HALF.first + timedelta(days=20), HALF.last)
    lines += [f"A{n}, elm, P-{n}, {day}, self, person_checkin, mood, 4" for n, day in enumerate(days, start=1)]
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, feedback="\n".join(lines)) as facts:
        found = standing(facts, CATALOGUE.outcomes["L9"], Scope("elm"), HALF)
    assert (found.now.tally.numerator, found.now.tally.denominator) == (2, 8)
    assert found.earlier.period is None  # three days are no half year: "1 of 8" would look like people left out


def test_nobody_knows_who_wrote_most_where_no_recorder_is_written_down(tmp_path: Path) -> None:
    lines = ["view_id, person_id, service_id, element, voice, given_on, how_sought, recorded_by"]
    lines += [
        f"V{n}, P-1, elm, tea, person, {HALF.first + timedelta(days=n)}, talk, {'S1' if n in (3, 4) else ''}"
        for n in range(9)
    ]
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, views="\n".join(lines)) as facts:
        found = standing(facts, CATALOGUE.outcomes["G8"], Scope("elm"), HALF)
    assert (found.now.tally.numerator, found.now.tally.denominator) == (2, 2)
    assert found.reached is False  # "2 of 9, at most half: reached" would praise an empty column
