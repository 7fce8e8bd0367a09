"""Which table, which columns: our own headings to the letter, saved profiles, and what is worked out or asked."""

from __future__ import annotations

import csv
import random
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.contract import TABLES, Column, Table, columns_for, plain
from data.matching import Profile, Shelf, Wide, arrangement, match_table
from data.matching.fitting import needed_columns
from data.matching.naming import listed_headings, named_exactly, names_a_person
from data.matching.toml import profile_from_toml, profile_to_toml
from data.reading.table import NotATable, RawTable
from data.values import word
from tests.data.matching.drawn import drawn, raw

HERE = Path(__file__).parent


def own_rows(table: Table, rows: int = 3) -> RawTable:
    return raw(list(table.columns), [[""] * len(table.columns)] * rows)


@pytest.mark.parametrize("table", list(TABLES.values()), ids=lambda table: table.name)
def test_our_own_headings_are_certain_and_read_as_they_are(table: Table) -> None:
    for name in (f"{table.name}.csv", "export.csv"):
        match = match_table(own_rows(table), name)
        assert (match.how, match.profile.table, match.confidence, match.ready) == ("own", table.name, 1.0, True)
        stored = [column.name for column in table.stored]
        assert dict(match.profile.columns) == {column: (column,) for column in stored}
        assert (match.questions, match.missing, match.unknown_words, match.profile.codes) == ((), (), (), {})
        assert not (match.lacks_service or match.numbered or match.numbers_people)


@pytest.mark.parametrize("table", list(TABLES.values()), ids=lambda table: table.name)
def test_headings_of_the_contract_are_matched_by_it_alone(table: Table) -> None:
    found = columns_for(table, list(table.columns))
    match = match_table(own_rows(table), f"{table.name}.csv")
    assert set(match.profile.columns) == {name for name in found if not table.columns[name].free_text}


def test_columns_without_a_place_and_personal_ones_are_told_as_ever() -> None:
    match = match_table(
        drawn("""
        fall_id|person_id|service_id|occurred_at|Resident Name|NHS Number|Shoe size
        F1|P-1|elm|2026-01-03 14:05|A Person|999 000 0018|7
        """),
        "falls.csv",
    )
    assert match.personal_columns == 2
    assert match.left_behind == ("Shoe size",)
    assert match.warnings == (
        "2 columns of personal details were recognised and never stored.",
        "Not stored, no place in the contract: Shoe size.",
    )


def test_two_headings_for_one_column_are_refused_as_ever() -> None:
    with pytest.raises(NotATable, match=r"Two headings both mean person_id in the table falls. Remove or rename one"):
        match_table(raw(["fall_id", "person_id", "Resident ID", "occurred_at", "service_id"], []), "falls.csv")


def test_a_needed_column_that_is_not_there_is_refused_as_ever() -> None:
    with pytest.raises(NotATable, match=r"Read as the table stays, and these columns are missing: start_on. Add them"):
        match_table(raw(["person_id", "service_id"], [["P-1", "elm"]]), "stays.csv")


def test_a_file_of_one_home_may_leave_the_home_out_and_rows_are_numbered() -> None:
    match = match_table(raw(["person_id", "occurred_at"], [["P-1", "2026-01-03"]]), "falls.csv")
    assert (match.how, match.lacks_service, match.numbered, match.ready) == ("own", True, True, True)


def test_a_file_with_our_headings_and_one_of_somebody_elses_is_still_read() -> None:
    match = match_table(
        drawn("""
        incident_id|service_id|person_id|kind|Date it happened
        1|elm|P-1|fall|13/01/2026
        """),
        "incidents.csv",
    )
    assert match.profile.columns["occurred_at"] == ("Date it happened",)


def test_our_own_list_of_rows_to_correct_is_read_as_the_export_it_came_from(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    headings = ["Ref", "Date", "Who", "What"]
    shelf.save(
        Profile("Elm", "falls", {"occurred_at": ("Date",), "person_id": ("Who",)}, "dmy", headings=tuple(headings))
    )
    fixing = ["Line in the export", "What to correct", *headings]
    match = match_table(raw(fixing, [["3", "the date", "1", "3/2/2025", "P-1", "x"]]), "fix.csv", shelf=shelf)
    assert match.how == "saved"
    assert {each.heading for each in match.unused} == {"Ref", "What"}


def test_a_saved_profile_is_used_before_anything_is_worked_out(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    made = Profile(
        "Elm",
        "incidents",
        {"occurred_at": ("A",), "kind": ("B",), "person_id": ("C",)},
        "mdy",
        {"kind": {"blue form": "distress"}},
        {"service_id": "elm"},
        headings=("A", "B", "C"),
    )
    shelf.save(made)
    match = match_table(
        raw(["c", "b", "a"], [["P", "Blue form", "3/2/2025"], ["P", "Red form", "3/2/2025"]]), "x.csv", shelf=shelf
    )
    assert (match.how, match.ready, match.profile.codes) == ("saved", True, made.codes)
    assert (match.profile.name, match.profile.headings, match.profile.date_order) == ("Elm", ("A", "B", "C"), "mdy")
    assert match.profile.columns == {"occurred_at": ("a",), "kind": ("b",), "person_id": ("c",)}
    assert [(each.column, each.word, each.times) for each in match.unknown_words] == [("kind", "Red form", 1)]
    assert not match.lacks_service


def test_a_saved_profile_learns_words_that_everybody_knows(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    shelf.save(Profile("E", "incidents", {"occurred_at": ("A",), "kind": ("B",)}, "dmy", headings=("A", "B")))
    match = match_table(raw(["A", "B"], [["3/2/2025", "Slip/Trip"]]), "x.csv", shelf=shelf)
    assert match.profile.codes == {"kind": {"Slip/Trip": "fall"}}


def test_dates_that_contradict_the_profile_are_said() -> None:
    profile = Profile("E", "falls", {"occurred_at": ("A",), "person_id": ("B",)}, "mdy")
    match = match_table(raw(["A", "B"], [["13/2/2025", "P"], ["14/2/2025", "P"]]), "x.csv", profile=profile)
    assert match.profile.date_order == "dmy"
    assert "The profile says month first; the dates are day first." in match.warnings


def test_a_monthly_sheet_is_read_again_when_it_has_other_months(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    wide = Wide("period_from", "numerator", {"Jan 2025": "Jan 2025"})
    shelf.save(Profile("Sheet", "totals", {"outcome": ("What",)}, codes={"outcome": {"tumbles": "F1"}}, wide=wide,
                       headings=("What", "Jan 2025")))  # fmt: skip
    match = match_table(raw(["What", "Feb 2025", "Mar 2025"], [["Tumbles", "3", "4"]]), "x.csv", shelf=shelf)
    assert match.how == "saved"
    assert match.profile.wide is not None
    assert dict(match.profile.wide.columns) == {"Feb 2025": "Feb 2025", "Mar 2025": "Mar 2025"}
    assert match.profile.codes == {"outcome": {"tumbles": "F1"}}


def test_a_list_that_is_none_of_ours_is_refused_with_what_to_do() -> None:
    with pytest.raises(NotATable, match=r"No table of the contract fits these headings.*--table"):
        match_table(raw(["colour", "shape"], [["blue", "round"]]), "notes.csv")


def test_a_table_that_was_named_is_taken_and_what_it_lacks_is_asked() -> None:
    match = match_table(raw(["Colour", "When"], [["blue", "13/1/2025"]]), "x.csv", table="falls")
    assert match.profile.table == "falls"
    assert match.missing == ("person_id",)
    assert not match.ready


def test_two_tables_that_fit_alike_are_a_question() -> None:
    match = match_table(drawn("Start Date|Service\n13/01/2025|elm\n14/01/2025|elm"), "export.csv")
    assert "table" in {question.about for question in match.questions}
    assert not match.ready


def test_the_two_readings_of_a_date_are_spelt_out() -> None:
    match = match_table(drawn("Ref|Date|Resident|Type\n1|03/04/2025|R1|Fall"), "incidents.csv")
    (asked,) = (question for question in match.questions if question.about == "date_order")
    assert asked.asked == ("All days are 12 or below, so 03/04/2025 could be 3 April or 4 March. Which comes first?")
    assert (asked.options, asked.default, match.ready) == (("dmy", "mdy"), "dmy", True)


def test_cells_decide_what_a_heading_could_mean_twice() -> None:
    worded = drawn("Date of Fall|Resident|Injury\n13/01/2025|R1|Skin tear\n14/01/2025|R2|Bruise")
    assert match_table(worded, "x.csv").profile.columns["injury"] == ("Injury",)
    ticked = drawn("Date of Fall|Resident|Injury\n13/01/2025|R1|Yes\n14/01/2025|R2|No")
    match = match_table(ticked, "x.csv")
    assert match.profile.columns["harm"] == ("Injury",)
    assert any("read as low harm" in warning for warning in match.warnings)


def test_a_heading_whose_cells_are_something_else_is_not_taken() -> None:
    match = match_table(drawn("Date of Fall|Resident|Room\n13/01/2025|R1|12\n14/01/2025|R2|14"), "falls.csv")
    assert "location" not in match.profile.columns


def test_personal_details_are_seen_in_the_cells_whatever_the_heading_says() -> None:
    match = match_table(
        drawn("""
        Date of Fall|Resident|Contact|Also|More|Home
        13/01/2025|R1|a@example.org|020 7946 0958|ZZ99 3VZ|elm
        14/01/2025|R2|b@example.org|020 7946 0959|ZZ99 3WZ|elm
        15/01/2025|R2|c@example.org|020 7946 0960|ZZ99 3CZ|elm
        """),
        "falls.csv",
    )
    assert {each.heading: each.why for each in match.unused} == dict.fromkeys(("Contact", "Also", "More"), "personal")


def test_a_form_of_incidents_is_not_a_survey_because_a_form_made_it() -> None:
    match = match_table(
        drawn("""
        ID|Start time|Completion time|Email|Name|Date of incident|Resident ID|Type of incident|Severity
        1|8/9/25 12:51|8/9/25 12:55|anonymous||08/08/2025|R1|Fall|Minor
        2|8/9/25 12:51|8/9/25 12:55|anonymous||08/07/2025|R1|Fall|None
        """),
        "incident form.csv",
    )
    assert (match.profile.table, match.profile.date_order) == ("incidents", "mdy")
    assert match.profile.columns["occurred_at"] == ("Date of incident",)


def real(name: str, *, whole: bool = False) -> RawTable:
    folder = HERE.parents[3] / "shared" / "real" / "survey" if whole else HERE / "real"
    path = folder / f"{name}.csv"
    if not path.exists():
        pytest.skip("the whole file is not here")
    with path.open(encoding="utf-8", newline="") as file:
        headings, *rows = csv.reader(file)
    return raw(headings, rows)


@pytest.mark.parametrize("whole", [False, True], ids=["thirty rows", "whole"])
def test_a_real_staff_survey_becomes_feedback_of_staff(whole: bool) -> None:
    match = match_table(real("apha_cpd_survey", whole=whole), "apha_cpd_survey.csv")
    assert (match.profile.table, match.ready, match.missing) == ("feedback", True, ())
    assert match.profile.defaults == {"rater": "staff_about_self", "instrument": "staff_checkin"}
    assert match.profile.columns == {"feedback_id": ("respondent_id",), "given_on": ("form_ended_dttm",)}
    assert match.profile.wide is not None
    assert dict(match.profile.wide.columns) == {
        "q07a_future_health_work_cat": "future_health_work",
        "q12a_cpd_time_at_work_cat": "cpd_time_at_work",
        "q14a_mgr_cpd_supportive_cat": "mgr_cpd_supportive",
        "q16a_org_cpd_supportive_cat": "org_cpd_supportive",
    }
    scores = match.profile.codes["score"]
    assert (scores["Very likely"], scores["Undecided"], scores["Not at all"]) == ("5", "3", "1")
    assert next(score for words, score in scores.items() if words.startswith("Somewhat – policy")) == "3"
    why = {each.heading: each.why for each in match.unused}
    assert why["q20a_cpd_opps_nhs_intranet_ind"] == "multi-select"
    assert why["q01a_gender_cat"] == "about the answerer"
    assert why["q17a_org_cpd_budget_cat"] == "yes or no"


@pytest.mark.parametrize("whole", [False, True], ids=["thirty rows", "whole"])
def test_real_stays_without_a_person_are_numbered_with_a_warning(whole: bool) -> None:
    match = match_table(real("stranded_data", whole=whole), "stranded_data.csv")
    assert (match.profile.table, match.profile.date_order, match.ready) == ("stays", "dmy", True)
    assert match.profile.columns == {"start_on": ("admit_date",)}
    assert match.numbers_people
    assert match.lacks_service
    assert any("person of its own" in warning for warning in match.warnings)


# The contract back from other people's headings ----------------------------------------------------------


def clear_headings(table: Table, column: Column) -> list[str]:
    """Headings that mean this column of this table and no other."""
    known = [*column.seen_as, *listed_headings(table.name).get(column.name, [])]
    return [
        heading
        for heading in known
        if set(found := named_exactly(table.name, heading)) == {column.name}
        and not found[column.name].turned
        and not names_a_person(heading)
    ]


def cell(table: Table, column: Column, row: int, random: random.Random) -> str:
    if column.codes:
        return random.choice(column.codes)
    if column.name == "birth_year":
        return f"{1930 + row % 20}"
    return {
        "id": f"{column.name[:2]}{row if column.name == table.own_key else row % 4}",
        "date": f"{13 + row % 15:02d}/{1 + row % 12:02d}/2025",
        "time": f"{13 + row % 15:02d}/{1 + row % 12:02d}/2025 10:{10 + row}",
        "int": f"{1 + row % 3}",
        "num": f"{1 + row % 5}",
        "text": f"note {row % 5}",
    }[column.type]


NEVER_LEFT_OUT = ("service_id", "person_id", "period_to", "due_on")


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(
    st.sampled_from([table for table in TABLES.values() if table.name != "falls"]), st.randoms(use_true_random=False)
)
def test_a_contract_table_under_other_headings_is_matched_back_exactly(table: Table, random: random.Random) -> None:
    needed = {*needed_columns(table), table.own_key, *NEVER_LEFT_OUT}
    columns = {
        column.name: headings
        for column in table.stored
        if column.name != "time_precision"
        and (headings := clear_headings(table, column))
        and (column.name in needed or random.random() < 0.6)
    }
    chosen = {name: random.choice(headings) for name, headings in columns.items()}
    if len({plain(heading) for heading in chosen.values()}) < len(chosen):
        return
    order = list(chosen)
    random.shuffle(order)
    spellings = [str.upper, str.lower, lambda text: text.replace(" ", "_"), lambda text: f" {text}?", lambda text: text]
    headings = [random.choice(spellings)(chosen[name]) for name in order]
    rows = [[cell(table, table.columns[name], row, random) for name in order] for row in range(12)]
    match = match_table(raw(headings, rows), "export.csv")
    assert match.profile.table == table.name
    assert dict(match.profile.columns) == {name: (heading,) for name, heading in zip(order, headings, strict=True)}


# Whatever arrives -----------------------------------------------------------------------------------------

ANY_HEADING = st.one_of(
    st.text(min_size=1, max_size=12),
    st.sampled_from(
        ["Date", "Time", "Resident", "Ref", "Falls", "Jan 2025", "Feb 2025", "Measure", "Score", "Question", "Home", "Name",
         "Timestamp", "Respondent ID", "Injury", "Month", "Bed days", "Type", "Category", "Outcome", "Status", "1", "March"]
    ),
)  # fmt: skip
ANY_CELL = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        [
            "",
            "-",
            "13/01/2025",
            "03/04/2025",
            "10:05",
            "Yes",
            "No",
            "Agree",
            "4",
            "Fall",
            "A;B;",
            "Jan 2025",
            "N/A",
            "#REF!",
        ]
    ),
)


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_any_sheet_is_matched_or_refused_and_every_heading_is_accounted_for(data: st.DataObject) -> None:
    headings = data.draw(st.lists(ANY_HEADING, min_size=1, max_size=7, unique=True))
    rows = data.draw(st.lists(st.lists(ANY_CELL, min_size=len(headings), max_size=len(headings)), max_size=6))
    table = raw(headings, rows)
    try:
        match = match_table(
            table, data.draw(st.sampled_from(["export.csv", "falls.csv", "survey 2025.csv", "monthly.csv"]))
        )
    except NotATable:
        return
    used = {heading for theirs in match.profile.columns.values() for heading in theirs}
    spread = set(match.profile.wide.columns) if match.profile.wide else set()
    assert used | spread | {each.heading for each in match.unused} == set(headings)
    arranged = arrangement(match.profile, table.headings).apply(table.first)
    assert {len(column) for column in arranged.columns.values()} <= {len(arranged)}
    assert profile_from_toml(profile_to_toml(match.profile)) == match.profile
    assert not match.ready or not match.missing


def test_the_real_survey_becomes_a_row_an_answer() -> None:
    table = real("apha_cpd_survey")
    match = match_table(table, "apha_cpd_survey.csv")
    arranged = arrangement(match.profile, table.headings).apply(table.first)
    assert len(arranged) + arranged.blanks == 4 * 30
    keys = arranged.columns["feedback_id"].to_pylist()
    assert len(set(keys)) == len(keys)
    scored = {word(text) for text in match.profile.codes["score"]}
    assert {word(text) for text in arranged.columns["score"].to_pylist()} <= scored


@pytest.mark.parametrize(
    ("heading", "days", "kind"),
    [
        ("Week commencing", ("06/01/2025", "13/01/2025"), "week"),
        ("W/E", ("12/01/2025", "19/01/2025"), "week_ending"),
        ("Month", ("31/01/2025", "28/02/2025"), "month"),
        ("Date", ("31/01/2025", "28/02/2025"), None),
        ("Month", ("Jan 2025", "Feb 2025"), None),
    ],
)
def test_weeks_and_months_that_are_told_as_a_day_are_as_long_as_they_are(
    heading: str, days: tuple[str, str], kind: str | None
) -> None:
    match = match_table(raw([heading, "Falls", "Bed days"], [[day, "3", "200"] for day in days]), "sheet.csv")
    assert match.profile.table == "totals"
    assert match.profile.columns["period_from"] == (heading,)
    assert match.profile.read_as.get("period_from") == kind


def test_days_above_the_columns_that_are_a_week_apart_are_weeks() -> None:
    match = match_table(raw(["Measure", "06/01/2025", "13/01/2025", "20/01/2025"], [["Falls", "1", "2", "3"]]), "x.csv")
    assert match.profile.wide is not None
    assert list(match.profile.wide.columns.values()) == ["w/c 2025-01-06", "w/c 2025-01-13", "w/c 2025-01-20"]
    assert "The days above the columns are a week apart, so each is read as a week." in match.warnings


def test_a_shipped_pattern_of_a_monthly_sheet_does_not_lose_the_measures_it_does_not_list() -> None:
    sheet = raw(["Month", "Falls", "Complaints", "Occupied bed days"], [["Jan 2025", "3", "1", "1178"]])
    match = match_table(sheet, "sheet.csv")
    assert match.how == "shipped"
    assert match.profile.wide is not None
    assert dict(match.profile.wide.columns) == {"Falls": "F1", "Complaints": "COMPLAINTS"}
    assert match.profile.columns["denominator"] == ("Occupied bed days",)


def test_kinds_that_are_no_falls_make_it_a_list_of_incidents() -> None:
    found = match_table(
        drawn(
            """
            Form ID | Home | Service User | When did the incident happen | Category             | Level of Harm | Witnessed
            1       | Elm  | SU01         | 13/06/2025 14:05             | Verbal aggression    | No harm       | Yes
            2       | Elm  | SU02         | 14/06/2025 09:10             | Fall - unwitnessed   | Minor         | No
            3       | Elm  | SU03         | 15/06/2025 18:20             | PRN given            | None          | N/A
            """
        ),
        "export.csv",
    )
    assert (found.profile.table, found.ready, found.questions) == ("incidents", True, ())


def test_a_monthly_sheet_with_more_measures_than_a_known_kind_keeps_them_all() -> None:
    found = match_table(
        drawn(
            """
            Month  | Falls | Falls with injury | Occupied Bed Days
            Apr-25 | 7     | 2                 | 1140
            May-25 | 5     | 1                 | 1178
            """
        ),
        "sheet.csv",
    )
    assert found.profile.wide is not None
    assert found.profile.wide.columns == {"Falls": "F1", "Falls with injury": "F2"}
    assert found.profile.columns["denominator"] == ("Occupied Bed Days",)
