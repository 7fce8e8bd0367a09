"""Can I trust the data? In words."""

from __future__ import annotations

import csv
import io
from datetime import date, datetime

from dashboard.views.trust import file_rows, groups, reach, refused_csv, refused_rows, trust_page
from data.facts import DataCheck, LoadedFile, RefusedRow
from data.model import Period, Problem
from tests.support.builders import HOME

RECORD = Period(date(2025, 1, 1), date(2025, 12, 31))


def bad(reason: str = "date_unreadable", line: int = 12, value: str | None = "31/02/2025") -> RefusedRow:
    return RefusedRow("falls.csv", "falls", Problem(line, "occurred_at", value, reason, "Write dates as YYYY-MM-DD."))


def test_what_arrived_what_is_left_out_and_what_was_refused() -> None:
    checks = [
        DataCheck("missing", "elm", "views", 0, "We cannot say whose voice counted."),
        DataCheck("left_out", "elm", "incidents", 7, "7 records of people who were not here."),
        DataCheck("note", "elm", "falls", 3, "3 of 9 records were written down late."),
        DataCheck("missing", "oak", "falls", 0, "Somebody else's."),
    ]
    page = trust_page(HOME, {"falls", "services"}, {"falls": RECORD}, checks, [bad()], RECORD)
    assert page.summary == (
        "2 of 13 kinds of record have arrived for Elm House, with events from 1 January 2025 to 31 December 2025. "
        "7 records are kept but left out of some figures. 1 row of any file was refused, each with its reason below."
    )
    assert [(kind.name, kind.days, kind.share) for kind in page.kinds] == [
        ("Services", "no dates of its own", None),
        ("Falls", "1 Jan 2025 to 31 Dec 2025", (0.0, 1.0)),
    ]
    assert [(kind.name, kind.said) for kind in page.missing] == [
        ("Whose views were heard", "We cannot say whose voice counted.")
    ]
    assert page.left_out == ("Incidents: 7 records of people who were not here.",)
    assert page.notes == ("Falls: 3 of 9 records were written down late.",)


def test_nothing_arrived() -> None:
    assert trust_page(HOME, (), {}, [], [], None).summary == "Nothing has arrived for Elm House yet."


def test_refused_rows_are_grouped_with_the_next_move() -> None:
    first, second = groups([bad(), bad(line=13), bad("code_unknown", 14)])
    assert (first.reason, first.count, first.remedy) == ("Not a date we can read", 2, "Write dates as YYYY-MM-DD.")
    assert second.count == 1


def test_a_value_that_may_not_be_shown_is_not() -> None:
    (row,) = refused_rows([bad(value=None)])
    assert row["Found"] == "not shown"


def test_the_list_runs_nothing_in_a_spreadsheet() -> None:
    """Case 34: the list of refused rows."""
    content = refused_csv([bad(value="=cmd()")]).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    assert rows[1][4] == "'=cmd()"
    assert rows[1][2] == "12"


def test_each_file_with_what_became_of_its_rows() -> None:
    file = LoadedFile(
        1,
        datetime(2026, 11, 18, 9, 0),
        "falls.csv",
        "falls",
        1200,
        1190,
        4,
        0,
        6,
        0,
        date(2025, 1, 1),
        date(2025, 2, 1),
    )
    assert file_rows([file]) == [
        ("falls.csv", "Falls", "18 Nov 2026", "1,200", "1,190", "4", "6", "1 Jan 2025 to 1 Feb 2025")
    ]


def test_how_far_a_record_reaches() -> None:
    assert reach("falls", {"falls": RECORD}, {"falls"}) == "to 31 Dec 2025"
    assert reach("falls", {}, set()) == "none"
    assert reach("services", {}, {"services"}) == "here"
