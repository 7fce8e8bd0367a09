"""Groups of people side by side: by ethnic group, language, need and stage, never without how far that is known."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.left_out.page import gap_csv, gap_told, glance, known_line, who_comes
from data.model import Impossible, Period, Scope
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.left_out.groups import Known, at_a_glance, comparable, known, leading, width
from metrics.left_out.health_checks import health_checks
from metrics.model import Effect
from metrics.splits import COLUMNS, ETHNICITY, Gap, can_compare, gap
from tests.support.exports import SERVICES, facts_of
from tests.support.safe_home import NOBODY_ASKED, START, safe_home

CATALOGUE = load_catalogue()
SHOWN = Period(START, date(2026, 6, 30))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return safe_home(tmp_path_factory.mktemp("home"))


def found(home: Path, code: str = "V1", column: str = ETHNICITY) -> tuple[Gap, Known]:
    with open_facts(home) as facts:
        outcome = CATALOGUE.outcomes[code]
        return gap(facts, CATALOGUE, "elm", outcome, SHOWN, column), known(facts, "elm", SHOWN, column)


def test_people_outside_the_largest_group_stand_together_beside_it(home: Path) -> None:
    shown, _ = found(home)
    assert shown.together is not None
    assert set(shown.together.words) == {"black", "asian"}
    assert (shown.together.group.tally.numerator, shown.together.group.tally.denominator) == (5, 30)
    assert (shown.together.rest.tally.numerator, shown.together.rest.tally.denominator) == (24, 36)
    assert shown.together.clear


def test_seen_from_the_other_side_the_gap_is_the_same_and_its_ends_change_places(home: Path) -> None:
    shown, _ = found(home)
    white = next(each for each in shown.groups if each.words == ("white",))
    assert shown.together is not None and shown.together.effect is not None and white.effect is not None
    assert shown.together.effect.estimate == pytest.approx(-(white.effect.estimate or 0))
    assert shown.together.effect.low == pytest.approx(-(white.effect.high or 0))
    assert shown.together.effect.high == pytest.approx(-(white.effect.low or 0))


def test_the_sentence_names_the_groups_both_figures_the_gap_and_how_far_it_may_be_off(home: Path) -> None:
    told = gap_told(*found(home), "bed days")
    assert told.sentence.startswith(
        "The person's own view is there: 5 of 30 matters for people from Black and Asian ethnic groups, "
        "24 of 36 matters for everybody else. That is 50 in 100 fewer; the true gap is likely between "
    )
    assert told.sentence.endswith(" in 100 fewer.")
    assert "cause" not in told.sentence


@pytest.mark.parametrize("column", COLUMNS)
def test_a_gap_is_never_shown_without_how_far_the_groups_are_known(home: Path, column: str) -> None:
    shown, here = found(home, column=column)
    told = gap_told(shown, here, "bed days")
    assert told.known == known_line(here)
    assert f" of {here.everybody} people" in told.known
    assert shown.recorded.numerator == here.everybody - here.not_recorded


def test_those_who_would_rather_not_say_and_those_nobody_asked_are_told(home: Path) -> None:
    _, here = found(home)
    assert known_line(here) == (
        "Ethnic group was asked and written down for 23 of 24 people. 1 would rather not say. "
        "It is not recorded for 1: nobody knows on which side they stand."
    )


def test_a_service_that_asked_nobody_is_refused_a_gap(tmp_path: Path) -> None:
    with open_facts(safe_home(tmp_path, {"people": NOBODY_ASKED})) as facts:
        assert known(facts, "elm", SHOWN, ETHNICITY).groups == ()
        with pytest.raises(Impossible, match="Nobody's ethnic group is written down"):
            gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["V1"], SHOWN)
        with pytest.raises(Impossible, match="Nobody's first language is written down"):
            gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["V1"], SHOWN, "first_language")


def test_by_stage_the_widest_gap_leads_and_says_that_it_is_the_widest(home: Path) -> None:
    shown, here = found(home, column="stage")
    lead = leading(shown)
    assert lead is not None and lead in shown.groups
    told = gap_told(shown, here, "bed days")
    assert [row.name for row in told.rows] != []
    assert any("the widest of 3 gaps" in note for note in told.notes)
    assert "People stand in the stage they are in now." in told.notes


def test_the_numbers_as_a_file_carry_how_far_the_groups_are_known_on_every_line(home: Path) -> None:
    lines = list(csv.DictReader(io.StringIO(gap_csv(*found(home)).decode("utf-8-sig"))))
    first = lines[0]
    assert (first["Group"], first["They"], first["Of"]) == ("people from Black and Asian ethnic groups", "5", "30")
    assert {(line["Group known for"], line["Of people"]) for line in lines} == {("23", "24")}


def test_looking_at_many_finds_some_by_chance_is_said_once(home: Path) -> None:
    told = gap_told(*found(home), "bed days")
    assert sum("by chance alone" in note for note in told.notes) == 1


def test_groups_too_few_for_a_row_are_named_in_one_line_without_their_figures(tmp_path: Path) -> None:
    few = "view_id, person_id, service_id, element, voice, given_on, how_sought\n" + "\n".join(
        f"V{n}, P-{n}, elm, tea, person, 2026-03-01, talk" for n in range(24)
    )
    told = gap_told(*found(safe_home(tmp_path, {"views": few})), "bed days")
    assert [row.name for row in told.rows] == ["People from Black and Asian ethnic groups"]
    again = few.replace("V12,", "V98,").split("\n")
    again = [line for line in again if not any(f", P-{n}," in line for n in range(12, 20))]
    alone = safe_home(tmp_path / "alone", {"views": "\n".join(again)})
    told = gap_told(*found(alone), "bed days")
    assert told.rows == ()
    assert told.sentence.endswith("too few are on record to set one group beside another.")


def test_an_unknown_column_and_an_outcome_of_another_kind_are_refused(home: Path) -> None:
    with open_facts(home) as facts:
        with pytest.raises(Impossible, match="Groups are not told apart by"):
            gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["V1"], SHOWN, "gender")
        with pytest.raises(Impossible, match="D4 is not looked at by stage"):
            gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["D4"], SHOWN, "stage")


def test_at_a_glance_outcomes_stand_in_their_fixed_order_and_the_few_are_named(home: Path) -> None:
    with open_facts(home) as facts:
        gaps = at_a_glance(facts, CATALOGUE, "elm", ("V1", "E7", "D2", "NONE"), SHOWN, ETHNICITY)
    rows, few = glance(gaps, "bed days")
    assert [row.name for row in rows] == ["The person's own view is there", "Basic health checks done in time"]
    assert [row.clear for row in rows] == [True, True]
    assert few == "Too few on record to set side by side: distress across the home."


def test_outcomes_about_staff_or_the_record_itself_are_not_offered() -> None:
    offered = {each.code for each in comparable(list(CATALOGUE), ETHNICITY)}
    assert {"V1", "L9", "D2", "E7", "G10"} <= offered
    assert not offered & {"E6", "T1", "T2", "G8", "Q2", "K3", "D4"}
    assert not can_compare(CATALOGUE.outcomes["E6"])


def test_health_checks_are_counted_kind_by_kind_for_the_largest_group_and_the_others(home: Path) -> None:
    with open_facts(home) as facts:
        here = known(facts, "elm", SHOWN, ETHNICITY)
        rows = facts.checks(Scope("elm"), ("health_check",), SHOWN)
        group_of = {each.person_id: each.ethnicity_group for each in facts.people_here(Scope("elm"), SHOWN)}
    (dental,) = health_checks(rows, group_of, here.groups)
    assert (dental.element, dental.everybody.denominator) == ("dental", 24)
    assert (dental.largest.numerator, dental.largest.denominator) == (12, 12)
    assert (dental.others.denominator, dental.not_recorded.denominator) == (10, 2)


def test_who_comes_is_set_beside_who_lives_nearby_and_is_no_aim() -> None:
    assert "Of people aged 65 and over living nearby it is 45 in 100." in who_comes(44.0, 45.0)
    assert "nothing to set it beside" in who_comes(44.0, None)
    assert who_comes(None, 45.0) == ""


@given(st.floats(0.01, 100))
def test_half_as_many_and_twice_as_many_are_as_far_from_no_gap(ratio: float) -> None:
    one, other = (Effect("ratio", each, None, None, "") for each in (ratio, 1 / ratio))
    assert width(one) == pytest.approx(width(other), abs=1e-9)


FORGOTTEN = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(20))
REGISTER = "person_id, ethnicity_group, stage\n" + "\n".join(
    f"P-{n}, {'white' if n < 6 else 'black'}, early" for n in range(12)
)
BED_DAYS = Period(date(2026, 5, 1), date(2026, 5, 31))


def test_whoever_the_register_forgot_is_somebody_of_whom_nothing_is_recorded(tmp_path: Path) -> None:
    falls = "fall_id, person_id, service_id, occurred_at, harm\n" + "\n".join(
        f"F{n}, P-{n % 20}, elm, 2026-05-{1 + n % 31:02} 10:10, low" for n in range(40)
    )
    with facts_of(tmp_path, services=SERVICES, stays=FORGOTTEN, people=REGISTER, falls=falls) as facts:
        shown = gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["F2"], BED_DAYS)
        heard_of = known(facts, "elm", BED_DAYS, ETHNICITY)
        of_them = Scope("elm", people=(("ethnicity_group", ("not_recorded",)),))
        days = facts.exposure(of_them, (BED_DAYS,))[0]
        here = facts.people_here(Scope("elm"), BED_DAYS)
    assert (shown.recorded.numerator, shown.recorded.denominator) == (12, 20)  # not "12 of 12"
    assert (heard_of.everybody, heard_of.not_recorded) == (20, 8) == (len(here), 8)
    assert days == (8 * 31,)


def test_a_service_that_keeps_no_register_has_no_people_of_unknown_group(tmp_path: Path) -> None:
    oak = "service_id, setting, nation, beds\nelm, residential, EN, 40\noak, residential, EN, 40"
    stays = FORGOTTEN + "\n" + "\n".join(f"Q-{n}, oak, 2024-01-01" for n in range(5))
    with facts_of(tmp_path, services=oak, stays=stays, people=REGISTER) as facts:
        assert known(facts, "oak", BED_DAYS, ETHNICITY).everybody == 0


def test_everybody_outside_a_largest_group_too_small_to_show_is_not_set_beside_it(tmp_path: Path) -> None:
    views = "view_id, person_id, service_id, element, voice, given_on, how_sought\n" + "\n".join(
        f"V{n}, P-{n % 6 if n < 8 else 6 + n % 3}, elm, element {n}, person, 2026-05-{1 + n:02}, talk"
        for n in range(28)
    )
    register = REGISTER.replace("P-11, black", "P-11, white")
    with facts_of(tmp_path, services=SERVICES, stays=FORGOTTEN, people=register, views=views) as facts:
        shown = gap(facts, CATALOGUE, "elm", CATALOGUE.outcomes["V1"], BED_DAYS)
    assert shown.groups[-1].words == ("white",) and shown.groups[-1].effect is None  # eight matters are too few
    assert shown.together is not None and shown.together.effect is None
