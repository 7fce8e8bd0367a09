"""Their columns become ours row for row: nothing is lost, nothing is made up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.matching import Arranged, Profile, Wide, arrangement
from data.matching.arrange import financial_month, period_of_day
from data.reading.table import Chunk, NotATable, text_chunk


def chunk(*rows: Sequence[str]) -> Chunk:
    return text_chunk([list(row) for row in rows], [line + 2 for line in range(len(rows))], len(rows[0]) if rows else 0)


def as_rows(arranged: Arranged) -> list[dict[str, str]]:
    names = list(arranged.columns)
    columns = [arranged.columns[name].to_pylist() for name in names]
    return [dict(zip(names, cells, strict=True)) for cells in zip(*columns, strict=True)]


def test_a_date_and_a_time_in_two_columns_are_joined_and_an_empty_part_leaves_no_blank() -> None:
    profile = Profile("", "falls", {"occurred_at": ("Date", "Time"), "person_id": ("Who",)})
    arranged = arrangement(profile, ["Who", "Date", "Time"]).apply(
        chunk(("P-1", "3/2/2025", "14:05"), ("P-2", "4/2/2025", ""), ("", "", ""))
    )
    assert as_rows(arranged) == [
        {"occurred_at": "3/2/2025 14:05", "person_id": "P-1"},
        {"occurred_at": "4/2/2025", "person_id": "P-2"},
        {"occurred_at": "", "person_id": ""},
    ]
    assert list(arranged.lines) == [2, 3, 4]
    assert list(arranged.origin) == [0, 1, 2]


def test_a_default_is_written_in_every_row_only_where_the_export_has_no_such_column() -> None:
    profile = Profile("", "falls", {"person_id": ("Who",)}, defaults={"service_id": "elm", "person_id": "nobody"})
    arranged = arrangement(profile, ["Who"]).apply(chunk(("P-1",), ("",)))
    assert as_rows(arranged) == [{"person_id": "P-1", "service_id": "elm"}, {"person_id": "", "service_id": "elm"}]


def test_free_text_is_left_where_it_is() -> None:
    profile = Profile("", "incidents", {"kind": ("Type",), "what_helped": ("Action taken",)})
    assert set(arrangement(profile, ["Type", "Action taken"]).apply(chunk(("fall", "tea"))).columns) == {"kind"}


def test_headings_are_found_in_any_spelling_and_an_exact_spelling_wins() -> None:
    profile = Profile("", "falls", {"person_id": ("Resident ID",), "fall_id": ("Ref",)})
    found = arrangement(profile, ["resident_id", "Ref.", "Ref"])
    assert found.places == {"person_id": (0,), "fall_id": (2,)}


def test_a_file_without_a_needed_heading_is_refused_and_an_optional_one_is_passed_over() -> None:
    profile = Profile("Elm", "falls", {"person_id": ("Who",), "occurred_at": ("Date", "Time"), "harm": ("Injury",)})
    with pytest.raises(NotATable, match='The profile Elm reads "Time", and this file has no such heading'):
        arrangement(profile, ["Who", "Date", "Injury"])
    found = arrangement(profile, ["Who", "Date", "Time"])
    assert found.absent == ("Injury",)
    assert "harm" not in found.columns


def test_a_column_a_question_becomes_a_row_an_answer_and_unanswered_ones_none() -> None:
    profile = Profile(
        "",
        "feedback",
        {"feedback_id": ("ID",), "given_on": ("Done",)},
        codes={"score": {"Agree": "4", "Not known": "dont_know"}},
        defaults={"rater": "staff_about_self"},
        wide=Wide("domain", "score", {"I feel happy": "happy", "I feel proud": "proud"}),
    )
    arranged = arrangement(profile, ["ID", "Done", "I feel happy", "I feel proud"]).apply(
        chunk(
            ("1", "2025-01-02", "Agree", "-"), ("2", "2025-01-03", "Not known", "Agree"), ("3", "2025-01-03", "", "–")
        )
    )
    rows = as_rows(arranged)
    assert [(row["feedback_id"], row["domain"], row["score"]) for row in rows] == [
        ("1 happy", "happy", "Agree"),
        ("2 happy", "happy", "Not known"),
        ("2 proud", "proud", "Agree"),
    ]
    assert {row["rater"] for row in rows} == {"staff_about_self"}
    assert list(arranged.origin) == [0, 1, 1]
    assert list(arranged.lines) == [2, 3, 3]
    assert arranged.blanks == 3


def test_in_a_column_a_month_the_bed_days_row_is_what_the_other_rows_are_counted_over() -> None:
    profile = Profile(
        "",
        "totals",
        {"outcome": ("Measure",), "service_id": ("Home",)},
        wide=Wide("period_from", "numerator", {"Jan 2025": "Jan 2025", "Feb 2025": "Feb 2025"}, ("Occupied bed days",)),
    )
    headings = ["Home", "Measure", "Jan 2025", "Feb 2025"]
    arranged = arrangement(profile, headings).apply(
        chunk(
            ("elm", "Falls", "3", ""),
            ("elm", "occupied bed-days", "1,210", "1,100"),
            ("oak", "Falls", "4", "5"),
            ("oak", "Occupied bed days", "900", "n/a"),
        )
    )
    rows = as_rows(arranged)
    assert [(row["service_id"], row["period_from"], row["numerator"], row["denominator"]) for row in rows] == [
        ("elm", "Jan 2025", "3", "1,210"),
        ("oak", "Jan 2025", "4", "900"),
        ("oak", "Feb 2025", "5", ""),
    ]
    assert (arranged.blanks, arranged.denominators) == (2, 3)


def test_an_empty_chunk_stays_empty() -> None:
    profile = Profile(
        "", "totals", {"outcome": ("M",)}, wide=Wide("period_from", "numerator", {"Jan 2025": "Jan 2025"})
    )
    arranged = arrangement(profile, ["M", "Jan 2025"]).apply(text_chunk([], [], 2))
    assert len(arranged) == 0
    assert set(arranged.columns) == {"outcome", "period_from", "numerator"}


def test_every_arranged_chunk_holds_the_columns_the_arrangement_promises() -> None:
    profile = Profile(
        "", "totals", {"outcome": ("M",)}, wide=Wide("period_from", "numerator", {"Jan 2025": "Jan 2025"}, ("Beds",))
    )
    laid = arrangement(profile, ["M", "Jan 2025"])
    assert set(laid.columns) == set(laid.apply(chunk(("Falls", "3"))).columns)


@pytest.mark.parametrize(
    ("text", "month"),
    [
        ("2025_26 AUGUST", "AUGUST 2025"),
        ("2025-26 January", "January 2026"),
        ("2025/26 Mar", "Mar 2026"),
        ("May", "May"),
    ],
)
def test_a_financial_year_begins_in_april(text: str, month: str) -> None:
    assert financial_month(text) == month


cells = st.text(st.sampled_from("aB1-/ é\u00a0"), max_size=4)


@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_arranging_never_loses_or_invents_a_cell(rows: list[tuple[str, str, str]]) -> None:
    profile = Profile("", "falls", {"fall_id": ("A",), "person_id": ("B",), "harm": ("C",)})
    arranged = arrangement(profile, ["A", "B", "C"]).apply(
        text_chunk([list(row) for row in rows], list(range(2, len(rows) + 2)), 3)
    )
    found = [(row["fall_id"], row["person_id"], row["harm"]) for row in as_rows(arranged)]
    assert found == rows


@given(st.lists(st.tuples(cells, cells, cells), max_size=8))
def test_every_cell_of_a_wide_sheet_is_a_row_or_counted_as_blank(rows: list[tuple[str, str, str]]) -> None:
    wide = Wide("domain", "score", {"B": "mood", "C": "control"})
    laid = arrangement(Profile("", "feedback", {"rater_key": ("A",)}, wide=wide), ["A", "B", "C"])
    arranged = laid.apply(text_chunk([list(row) for row in rows], list(range(2, len(rows) + 2)), 3))
    assert len(arranged) + arranged.blanks == 2 * len(rows)
    for row, origin in zip(as_rows(arranged), arranged.origin, strict=True):
        assert rows[origin][1 if row["domain"] == "mood" else 2] == row["score"]
        assert rows[origin][0] == row["rater_key"]
    assert np.all(np.diff(arranged.origin) >= 0)


@pytest.mark.parametrize(
    ("text", "kind", "period"),
    [
        ("06/01/2025", "week", "w/c 2025-01-06"),
        ("12/01/2025", "week_ending", "w/c 2025-01-06"),
        ("31/01/2025", "month", "2025-01"),
        ("Jan 2025", "month", "Jan 2025"),
        ("w/c 6 Jan 2025", "week", "w/c 6 Jan 2025"),
        ("", "week", ""),
    ],
)
def test_a_day_may_stand_for_its_week_or_month(text: str, kind: str, period: str) -> None:
    assert period_of_day(text, kind) == period
    profile = Profile("", "totals", {"period_from": ("When",)}, "dmy", read_as={"period_from": kind})
    assert as_rows(arrangement(profile, ["When"]).apply(chunk((text,)))) == [{"period_from": period}]


def test_a_date_exported_with_midnight_gives_way_to_the_time_beside_it() -> None:
    profile = Profile("", "falls", {"occurred_at": ("Date", "Time")})
    arranged = arrangement(profile, ["Date", "Time"]).apply(
        chunk(("2025-06-13 00:00:00", "14:05"), ("14/06/2025 00:00", ""), ("15/06/2025 10:00", ""))
    )
    assert [row["occurred_at"] for row in as_rows(arranged)] == [
        "2025-06-13 14:05",
        "14/06/2025",
        "15/06/2025 10:00",
    ]
