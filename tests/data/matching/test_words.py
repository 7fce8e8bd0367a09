"""Their words to our codes; answers in words to scores; the order of day and month; what cells look like."""

from __future__ import annotations

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import TABLES
from data.matching.codes import code_of, match_words, vocabulary
from data.matching.dates import Ordered, count_orders, decide
from data.matching.evidence import Evidence, is_nhs_number
from data.matching.headings import alike, bag_of, without_number, words_of
from data.matching.likert import FIXED_SCALES, friends_and_family, score_words
from data.matching.naming import named_exactly, named_nearly, names_a_person
from data.matching.survey import short_name
from data.matching.toml import codes_of


@pytest.mark.parametrize(
    ("table", "column", "theirs", "ours"),
    [
        ("falls", "harm", "No harm", "none"),
        ("falls", "harm", "2 - Low (first aid)", "low"),
        ("falls", "harm", "Moderate harm", "moderate"),
        ("falls", "harm", "DEATH", "fatal"),
        ("falls", "seen", "Un-witnessed", "no"),
        ("falls", "hospital", "A&E", "attended"),
        ("falls", "location", "En suite", "bathroom"),
        ("falls", "location", "Bathroom - upstairs", "bathroom"),
        ("incidents", "kind", "Fall: from bed", "fall"),
        ("incidents", "kind", "Slip/Trip", "fall"),
        ("incidents", "kind", "Physical aggression", "distress"),
        ("incidents", "kind", "Fall - near miss", None),
        ("incidents", "kind", "Falls risk assessment", None),
        ("incidents", "kind", "Blue form", None),
        ("people", "gender", "F", "woman"),
        ("people", "stage", "Severe", "later"),
        ("decisions", "capacity", "No", "lacks"),
        ("checks", "result", "Refused", "not_met"),
        ("feedback", "rater", "Relative", "family_about_self"),
        ("interventions", "designed_with", "Resident, family", "person;family"),
        ("interventions", "designed_with", "Resident, the cat", None),
        ("services", "nation", "wales", "WA"),
    ],
)
def test_a_listed_word_is_its_code_and_no_other_is(table: str, column: str, theirs: str, ours: str | None) -> None:
    assert code_of(table, column, theirs) == ours


@pytest.mark.parametrize("table", list(TABLES.values()), ids=lambda table: table.name)
def test_our_own_codes_mean_themselves_however_they_are_spelt(table) -> None:  # type: ignore[no-untyped-def]
    for column in table.columns.values():
        if column.type == "code":
            for code in column.codes:
                assert code_of(table.name, column.name, code.replace("_", " ").title()) == code


def test_every_listed_word_leads_to_a_code_of_its_column() -> None:
    for table in TABLES.values():
        for column in table.columns.values():
            allowed = set(codes_of(column))
            if allowed:
                assert set(vocabulary(table.name, column.name).values()) <= allowed, (table.name, column.name)


def test_only_words_that_differ_from_ours_are_written_down_and_strange_ones_are_counted() -> None:
    codes, unknown = match_words(
        "falls", "harm", {"None": 5, "No harm": 3, "no-harm": 1, "Wobbly": 2, "wobbly": 1, "N/A": 4}
    )
    assert codes == {"No harm": "none", "no-harm": "none"} or codes == {"No harm": "none"}
    assert [(each.word, each.times) for each in unknown] == [("Wobbly", 3)]


def test_the_nearest_codes_are_named_beside_a_strange_word() -> None:
    _, (unknown,) = match_words("falls", "location", {"Bedrom": 1})
    assert unknown.nearest[0] == "bedroom"


def test_a_cell_a_spreadsheet_spoilt_is_no_word() -> None:
    assert match_words("falls", "location", {"#REF!": 3}) == ({}, ())


def test_yes_under_a_turned_heading_is_no() -> None:
    assert match_words("falls", "seen", {"Y": 1, "N": 2}, turned=True) == ({"N": "yes", "Y": "no"}, ())


@pytest.mark.parametrize(
    ("heading", "code"), [("999 called", "ambulance_called"), ("Conveyed", "attended"), ("Admitted", "admitted")]
)
def test_a_bare_yes_about_hospital_means_what_the_heading_asks(heading: str, code: str) -> None:
    assert match_words("falls", "hospital", {"Yes": 1, "No": 1}, heading=words_of(heading))[0] == {
        "No": "none",
        "Yes": code,
    }


# Answers in words ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("scale", FIXED_SCALES, ids=lambda scale: scale[-1].split("|")[0])
def test_a_scale_of_five_steps_runs_from_one_to_five(scale: tuple[str, ...]) -> None:
    first = [step.split("|")[0] for step in scale]
    chosen = {word.capitalize(): f"{number}" for number, word in enumerate(first, start=6 - len(first))}
    assert score_words(chosen) == chosen


def test_a_step_nobody_chose_keeps_its_place() -> None:
    assert score_words(["Strongly agree", "Agree"]) == {"Strongly agree": "5", "Agree": "4"}


def test_words_of_degree_are_put_evenly() -> None:
    assert score_words(["Very supportive – always there", "Somewhat – now and then", "Not at all"]) == {
        "Very supportive – always there": "5",
        "Somewhat – now and then": "3",
        "Not at all": "1",
    }


def test_an_answer_that_is_no_score_stays_an_answer() -> None:
    assert score_words(["4", "5", "Don’t know", "Prefer not to say", "-", ""]) == {
        "Don’t know": "dont_know",
        "Prefer not to say": "rather_not",
    }


@pytest.mark.parametrize(
    "values", [["Yes", "No"], ["Music", "Walks"], ["Agree", "Blue"], ["7", "9"], [], ["-"], ["Somewhat", "Very"]]
)
def test_words_of_no_scale_are_no_rating(values: list[str]) -> None:
    assert score_words(values) is None


def test_on_the_friends_and_family_test_one_is_best_before_and_after_2020() -> None:
    assert friends_and_family(["Very good", "Very poor", "Dont Know"]) == {
        "Very good": "1",
        "Very poor": "5",
        "Dont Know": "dont_know",
    }
    assert friends_and_family(["Extremely likely", "Unlikely"]) == {"Extremely likely": "1", "Unlikely": "4"}
    assert friends_and_family(["Agree"]) is None


def test_a_question_gets_a_short_name_of_its_own() -> None:
    assert short_name("Q12. I can choose what I eat!") == "i_can_choose_what_i_eat"
    assert short_name("q14a_mgr_cpd_supportive_cat") == "mgr_cpd_supportive"
    assert short_name("I eat", ["i_eat"]) == "i_eat_2"
    assert len(short_name("word " * 40)) <= 40
    assert short_name("???") == "question"


# The order of day and month ------------------------------------------------------------------------------


def ordered(*cells: str) -> Ordered:
    return count_orders([pa.array(cells, pa.string())])


@pytest.mark.parametrize(
    ("cells", "order"),
    [
        (["13/01/2025", "02/03/2025"], "dmy"),
        (["Mon 13/01/2025 10:00", "2/3/25 9:00"], "dmy"),
        (["01/13/2025", "02/14/2025", "02/03/2025"], "mdy"),
        (["2025-01-13", "13 Jan 2025", ""], None),
    ],
)
def test_dates_that_can_only_be_one_thing_decide(cells: list[str], order: str | None) -> None:
    decided = decide(ordered(*cells))
    assert (decided.order, decided.question) == (order, None)


def test_one_odd_date_does_not_turn_a_file_round() -> None:
    decided = decide(ordered("01/31/2025", *["02/03/2025"] * 20))
    assert decided.order is None
    assert decided.question is not None
    assert decided.question.default == "dmy"


def test_a_clear_majority_decides_and_the_others_are_said() -> None:
    decided = decide(ordered(*[f"{day}/01/2025" for day in range(13, 32)], *["20/02/2025"] * 20, "01/13/2025"))
    assert decided.order == "dmy"
    assert "1 date cannot be read" in decided.warning


def test_a_real_mixture_must_be_answered() -> None:
    decided = decide(ordered("13/01/2025", "01/14/2025", "01/15/2025"))
    assert decided.question is not None
    assert decided.question.default is None


def test_a_declaration_counts_unless_the_dates_contradict_it() -> None:
    assert decide(ordered("01/02/2025"), "mdy").order == "mdy"
    assert decide(ordered("13/02/2025"), "mdy").order == "dmy"
    assert decide(ordered("01/13/2025", "01/14/2025"), "dmy").order == "mdy"
    assert decide(ordered("01/13/2025", "01/14/2025", "13/01/2025"), "dmy").question is not None


@given(st.lists(st.dates(), min_size=1, max_size=30))
def test_every_date_is_counted_once(days: list) -> None:  # type: ignore[type-arg]
    found = ordered(*(f"{day:%d/%m}/{day.year:04d} 10:00" for day in days))
    assert found.all == len(days)
    assert found.month_first == 0


# What cells and headings look like -----------------------------------------------------------------------


def test_the_check_digit_of_an_nhs_number() -> None:
    assert is_nhs_number("943 476 5919")  # the example of the NHS Data Dictionary
    assert not is_nhs_number("943 476 5918")
    assert not is_nhs_number("12345")


def evidence(*cells: str) -> Evidence:
    return Evidence(pa.array(cells, pa.string()))


def test_cells_are_seen_for_what_they_are() -> None:
    assert evidence("13/01/2025", "12/31/2025", "N/A").days == 1
    assert evidence("13/01/2025 10:00", "14/01/2025 00:00").timed == 0.5
    assert evidence("10:00", "2.05pm", "1405").clocks == 1
    assert evidence("Yes", "n", "Not known").yes_or_no == 1
    assert evidence("Jan 2025", "Q1 2025").periods == 1
    assert evidence("R1", "R2", "R1").distinct_share == pytest.approx(2 / 3)
    assert evidence("", "-", "Unknown").is_empty
    assert evidence("a@example.org", "b@example.org").personal == "e-mail"
    assert evidence("R1", "R2").personal is None


@given(st.lists(st.text(max_size=12), max_size=40))
def test_no_cells_of_any_kind_upset_the_evidence(cells: list[str]) -> None:
    seen = evidence(*cells)
    for share in (
        seen.days,
        seen.timed,
        seen.clocks,
        seen.numbers,
        seen.yes_or_no,
        seen.periods,
        seen.references,
        seen.filled,
    ):
        assert 0 <= share <= 1
    assert seen.personal is None or isinstance(seen.personal, str)
    assert len(seen.samples) <= 5


def test_two_ways_of_heading_a_column_have_their_words_in_common() -> None:
    assert bag_of("Date of the Incident") == bag_of("incidentDate")
    assert bag_of("Service User Ref") == bag_of("Resident No.")
    assert bag_of("Number of falls") != bag_of("Fall No")
    assert without_number("Q12. I feel happy") == "I feel happy"
    assert without_number("3) I feel happy") == "I feel happy"


def test_likeness_is_that_of_jaro_and_winkler() -> None:
    # MARTHA and MARHTA, DIXON and DICKSONX: the worked examples of Winkler (1990)
    assert alike("MARTHA", "MARHTA") == pytest.approx(0.961, abs=0.001)
    assert alike("DIXON", "DICKSONX") == pytest.approx(0.813, abs=0.001)
    assert (alike("", "a"), alike("a", "a")) == (0, 1)


@given(st.text(max_size=10), st.text(max_size=10))
def test_likeness_is_a_share_and_the_same_both_ways(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == pytest.approx(alike(other, one), abs=0.15)


def test_a_mistyped_heading_is_like_one_we_know_and_another_word_is_not() -> None:
    assert "kind" in named_nearly("incidents", "Incident Catagory")
    assert named_nearly("falls", "Fall Tipe").get("occurred_at") is None
    assert set(named_exactly("falls", "Witnessed?")) == {"seen"}


@pytest.mark.parametrize(
    ("heading", "personal"),
    [
        ("Resident Name", True), ("Surname", True), ("Date of Birth", True), ("NHS No.", True), ("E-mail", True), ("Next of kin", True),
        ("Home Name", False), ("Nhs cpd aware", False), ("Plan name", False), ("Resident ID", False), ("Postcode", True),
        ("IP Address", True), ("GP Name", True), ("Username", True),
    ],
)  # fmt: skip
def test_headings_of_personal_details_are_known(heading: str, personal: bool) -> None:
    assert names_a_person(heading) is personal
