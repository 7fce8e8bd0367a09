"""Add data, in words: what a file looks like, how sure, whether it adds up, what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.add_data import (
    Answers,
    Counted,
    answered,
    asked_words,
    balance_line,
    column_lines,
    column_name,
    file_line,
    how_line,
    left_out_lines,
    missing_tables,
    needs_a_person,
    new_service_id,
    news,
    option_words,
    other_columns,
    readiness,
    refused_rows,
    still_needed,
    summary,
    sure,
    undone_line,
    with_answer,
)
from dashboard.views.add_data_look import look, samples
from data.contract import TABLES
from data.matching.match import ColumnMatch, Match, Question, UnknownWord, Unused
from data.matching.profile import Profile, Wide
from data.matching.shelf import Shelf
from data.model import Period, Problem
from data.reports import FileReport, IngestReport
from data.source import Source
from data.undoing import Undone
from tests.support.builders import HOME

PROFILE = Profile("", "falls", {"person_id": ("Resident",), "occurred_at": ("Date", "Time"), "harm": ("Severity",)})
MATCH = Match(
    PROFILE, "suggested", 0.9,
    (ColumnMatch("person_id", ("Resident",), 0.95, "a heading we know for it"),
     ColumnMatch("occurred_at", ("Date", "Time"), 0.7, "its cells read so"),
     ColumnMatch("harm", ("Severity",), 0.5, "it may be")),
    (Unused("Resident Name", "personal"), Unused("Notes", "free text"), Unused("Floor", "no place")),
    (UnknownWord("harm", "Skin tear", 6),),
    lacks_service=True, numbered=True,
)  # fmt: skip


def test_a_file_is_named_with_what_it_looks_like() -> None:
    counted = Counted(214, 3, Period(date(2024, 1, 3), date(2025, 9, 30)))
    assert file_line(MATCH, counted) == "Falls, 214 rows, 3 Jan 2024 to 30 Sep 2025"
    assert file_line(MATCH, Counted(1, 0, None)) == "Falls, 1 row"


def test_how_sure_is_a_word() -> None:
    assert [sure(figure) for figure in (1.0, 0.85, 0.84, 0.6, 0.59, 0)] == [
        "sure", "sure", "probably", "probably", "please check", "please check",
    ]  # fmt: skip


def test_a_person_is_needed_for_what_only_a_person_can_say() -> None:
    assert readiness(MATCH, services=2) == "We need you for 2 things."
    assert readiness(MATCH, services=1) == "We need you for 1 thing."
    known = replace(MATCH, how="saved", unknown_words=())
    assert readiness(known, services=1) == "We know how to read it."
    assert needs_a_person(known, services=2)
    assert needs_a_person(replace(known, ready=False), services=1)


def test_what_is_remembered_is_said_with_its_day() -> None:
    saved = replace(MATCH, how="saved", profile=replace(PROFILE, name="Falls export"))
    assert how_line(saved, date(2026, 6, 1)) == (
        "We remember how this export is read, as “Falls export”; last used on 1 June 2026."
    )
    assert "not seen this kind of export before" in how_line(MATCH, None)


def test_needed_columns_come_first_and_what_is_made_on_import_is_not_asked() -> None:
    lines = column_lines(MATCH)
    assert [(line.ours, line.headings, line.sure) for line in lines] == [
        ("person_id", ("Resident",), "sure"), ("occurred_at", ("Date", "Time"), "probably"),
        ("harm", ("Severity",), "please check"),
    ]  # fmt: skip
    assert "fall_id" not in other_columns(MATCH)
    assert "location" in other_columns(MATCH)


@pytest.mark.parametrize("table", list(TABLES))
def test_every_column_of_ours_has_a_name(table: str) -> None:
    for name in TABLES[table].columns:
        assert "_" not in column_name(name)


def test_personal_columns_are_named_as_never_stored() -> None:
    assert left_out_lines(MATCH) == (
        "Seen and never stored, because they could say who somebody is: Resident Name.",
        "Free text, not stored: Notes.",
        "Not needed, not stored: Floor.",
    )


# What a person said ---------------------------------------------------------------------------------


def test_what_a_person_said_wins() -> None:
    said = Answers({"harm": (), "location": ("Where",)}, {"harm": {"Skin tear": "low", "Minor": ""}}, "mdy", "elm")
    profile = answered(replace(PROFILE, codes={"harm": {"Minor": "low"}}), said)
    assert profile.columns == {"person_id": ("Resident",), "occurred_at": ("Date", "Time"), "location": ("Where",)}
    assert profile.codes == {"harm": {"Skin tear": "low"}}
    assert (profile.date_order, profile.defaults) == ("mdy", {"service_id": "elm"})


@given(
    st.dictionaries(st.sampled_from(sorted(TABLES["falls"].columns)), st.sampled_from([(), ("Date",), ("A", "B")])),
    st.sampled_from([None, "dmy", "mdy"]),
)
def test_saying_the_same_twice_changes_nothing_more(columns, order) -> None:  # type: ignore[no-untyped-def]
    said = Answers(columns, {}, order, None)
    once = answered(PROFILE, said)
    assert answered(once, said) == once
    assert all(once.columns.values())


def test_what_is_still_needed_is_said_in_words() -> None:
    gone = replace(PROFILE, columns={"occurred_at": ("Date",), "harm": ("Date",)})
    assert still_needed(MATCH, gone) == (
        "Which person (kept as a code): choose the heading it stands under.",
        "“Date” is chosen for When it happened and How much harm. Choose it once.",
    )
    assert still_needed(MATCH, PROFILE) == ()


def test_a_service_gets_a_short_code_that_is_not_taken() -> None:
    assert new_service_id("Elm House", ()) == "elm-house"
    assert new_service_id(" St. Mary’s, No. 2 ", {"st-mary-s-no-2"}) == "st-mary-s-no-2-2"
    assert new_service_id("…", ()) == "service"


# It adds up -----------------------------------------------------------------------------------------

BAD = Problem(9, "occurred_at", "31/09/2026", "date_unreadable", "Write dates as YYYY-MM-DD or DD/MM/YYYY.")


def test_every_row_is_accounted_for_in_one_line() -> None:
    file = FileReport("falls.csv", "falls", rows_in=25, accepted=20, duplicates=4, superseded=2, rejected=1, ignored=4)
    assert balance_line(file) == (
        "25 rows read = 20 will be added + 4 already there + 1 refused. 2 of those added replace an earlier version. "
        "4 further lines hold no row: titles, totals, blank lines."
    )
    assert balance_line(file, done=True).startswith("25 rows read = 20 added + ")
    assert balance_line(replace(file, already_loaded=True)) == "This very file was loaded before: 25 rows, nothing new."


@given(st.integers(0, 10**6), st.integers(0, 10**6), st.integers(0, 10**6))
def test_the_line_adds_up(accepted: int, duplicates: int, rejected: int) -> None:
    file = FileReport("f", "falls", rows_in=accepted + duplicates + rejected, accepted=accepted, duplicates=duplicates,
                      rejected=rejected)  # fmt: skip
    left, right = balance_line(file).split("refused")[0].split("=")
    figures = [int(word.replace(",", "")) for word in right.split() if word.replace(",", "").isdigit()]
    assert int(left.split()[0].replace(",", "")) == sum(figures)


def test_the_summary_says_what_matters_most() -> None:
    good = FileReport("a.csv", "falls", rows_in=2, accepted=2)
    part = FileReport("b.csv", "falls", rows_in=3, accepted=2, rejected=1, problems=[BAD])
    gone = FileReport("c.csv", refused="This is a picture.")
    assert summary(IngestReport([good], None)) == "2 rows are ready to be saved. No row was refused."
    assert summary(IngestReport([good, part], None)) == (
        "4 rows are ready to be saved. 1 row cannot be used; each is named below with what to do."
    )
    assert "1 file cannot be used at all." in summary(IngestReport([good, gone], None))
    assert summary(IngestReport([gone], None)).startswith("None of these files can be used")
    assert summary(IngestReport([FileReport("a.csv", "falls", rows_in=2, duplicates=2)], None)).startswith(
        "Nothing new"
    )


def test_a_refused_cell_stands_under_the_heading_of_the_export() -> None:
    assert refused_rows(FileReport("f", problems=[BAD]), PROFILE) == [
        ("Line 9", "Date and Time", "31/09/2026", "Not a date we can read", "Write dates as YYYY-MM-DD or DD/MM/YYYY.")
    ]
    hidden = replace(BAD, value=None, column=None, reason="unclosed_quote")
    assert refused_rows(FileReport("f", problems=[hidden]), None)[0][1:3] == ("the whole row", "not shown")


def test_each_missing_table_says_what_it_would_let_one_see() -> None:
    names = [name for name, _ in missing_tables({"services", "falls"}, {"stays"})]
    assert "Falls" not in names
    assert "Stays" not in names
    assert ("Whose views were heard", "We cannot say whose voice counted.") in missing_tables((), ())


# What is new ----------------------------------------------------------------------------------------


def test_new_months_are_counted_service_by_service() -> None:
    before = {"elm": {"falls": Period(date(2025, 1, 1), date(2025, 9, 15))}}
    after = {
        "elm": {
            "falls": Period(date(2025, 1, 1), date(2025, 12, 31)),
            "stays": Period(date(2020, 1, 1), date(2025, 1, 1)),
        }
    }
    (told,) = news(before, after, [HOME], ("falls", "incidents"))
    assert (told.service_id, told.text) == ("elm", "3 new months of falls on Elm House.")
    (first,) = news({}, after, [HOME], ("falls",))
    assert first.text == "12 months of falls on Elm House."
    assert news(after, after, [HOME], ("falls",)) == ()


def test_taking_back_says_what_went_and_what_counts_again() -> None:
    assert undone_line(Undone(3, 24, 0, 0)) == "24 rows are gone again."
    assert undone_line(Undone(3, 1, 2, 5)) == (
        "1 row is gone again, and 2 earlier rows count as before. Files that were loaded later shared some of these rows: "
        "add those files once more."
    )


# Looking into a file --------------------------------------------------------------------------------

LOG = (
    "Fall Ref;Date of Fall;Time of Fall;Resident ID;Severity\n1;13/05/2026;08:07;P-2;Minor\n2;31/06/2026;;P-3;Odd\n"
).encode("utf-16")


def test_cells_are_shown_as_they_will_be_read_but_never_who(tmp_path) -> None:  # type: ignore[no-untyped-def]
    looked = look(Source("log.csv", content=LOG), Shelf(tmp_path))
    assert looked.match is not None and looked.raw is not None
    columns, profile = TABLES["falls"].columns, looked.match.profile
    assert samples(looked.raw, ("Date of Fall", "Time of Fall"), columns["occurred_at"], profile) == (
        "“13/05/2026 08:07” is 13 May 2026, 08:07", "“31/06/2026” is not a date we can read",
    )  # fmt: skip
    assert samples(looked.raw, ("Severity",), columns["harm"], profile) == (
        "“Minor” is low", "“Odd” is not a word we know yet",
    )  # fmt: skip
    assert samples(looked.raw, ("Resident ID",), columns["person_id"], profile) == ()
    assert samples(looked.raw, ("Fall Ref",), columns["fall_id"], profile) == ()


def test_rows_and_days_are_counted_over_the_whole_file(tmp_path) -> None:  # type: ignore[no-untyped-def]
    looked = look(Source("log.csv", content=LOG), Shelf(tmp_path))
    assert looked.counted == Counted(2, 0, Period(date(2026, 5, 13), date(2026, 5, 13)))


def test_what_is_no_table_says_so(tmp_path) -> None:  # type: ignore[no-untyped-def]
    looked = look(Source("scan.csv", content=b"%PDF-1.4\n" + bytes(100)), Shelf(tmp_path))
    assert looked.refused
    assert not looked.could_be


# Answers to questions -------------------------------------------------------------------------------

SHEET = Profile("", "totals", {"outcome": ("Measure",)}, codes={"outcome": {"Sores": "SORES"}},
                wide=Wide("period_from", "numerator", {"Jan": "Jan", "Feb": "Feb"}))  # fmt: skip


def test_the_answer_to_a_question_is_written_where_it_belongs() -> None:
    headings = ("Resident", "Date", "Time", "Severity", "Room")
    heading = with_answer(PROFILE, Question("location", "?", ("Room", "")), "Room", headings)
    assert heading.columns["location"] == ("Room",)
    nothing = with_answer(heading, Question("location", "?", ("Room", "")), "", headings)
    assert "location" not in nothing.columns
    survey = Profile("", "feedback", {"rater": ("Role",)})
    constant = with_answer(survey, Question("rater", "?", ("self", "staff")), "self", ("Role",))
    assert (dict(constant.columns), dict(constant.defaults)) == ({}, {"rater": "self"})
    theirs = with_answer(PROFILE, Question("Room", "?", ("location", "doing")), "location", headings)
    assert theirs.columns["location"] == ("Room",)
    year = with_answer(SHEET, Question("period_from", "?", ()), "2024", ("Measure", "Jan", "Feb"))
    assert year.wide is not None and year.wide.columns == {"Jan": "Jan 2024", "Feb": "Feb 2024"}
    counts = with_answer(SHEET, Question("Sores", "?", ("SORES", "I9", "")), "I9", ("Measure", "Jan", "Feb"))
    assert counts.codes["outcome"] == {"Sores": "I9"}
    wide = replace(PROFILE, table="totals", wide=Wide("outcome", "numerator", {"Falls": "F1", "Odd": "ODD"}))
    left = with_answer(wide, Question("Odd", "?", ("ODD", "")), "", ("Falls", "Odd"))
    assert left.wide is not None and left.wide.columns == {"Falls": "F1"}


def test_questions_name_our_columns_as_the_page_does() -> None:
    asked = Question(
        "occurred_at", '"Date" and "Logged" could both be occurred_at. Which one is it?', ("Date", "Logged")
    )
    assert asked_words(asked, MATCH) == '"Date" and "Logged" could both be “When it happened”. Which one is it?'
    same = Question("harm", "No column says harm. Is it the same for every row?", ("none", "low"))
    assert asked_words(same, MATCH) == "How much harm: nothing in the file says so. What holds for every row?"
    assert option_words("low", same, MATCH, {}) == "Low"
    assert option_words("", same, MATCH, {}) == "Leave it out"
    assert option_words("F1", Question("Sores", "?", ("F1",)), MATCH, {"F1": "Falls"}) == "Falls (F1)"
