"""Strict ingest: every bad cell named, nothing lost, nothing half loaded, the same folder twice changes nothing."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.contract import TABLES
from data.ingest import WrongUse, ingest
from data.model import Period
from data.warehouse import open_facts
from tests.support.exports import KEY, SERVICES, TODAY, load, write

FALLS = """
fall_id, person_id, service_id, occurred_at,      harm
F1,      P-1,       elm,        2026-01-03 14:05, none
F2,      P-2,       elm,        04/02/2026 09:30, low
F3,      P-1,       elm,        2026-03-01,
"""


def test_iso_and_day_first_dates_are_read(tmp_path: Path) -> None:
    report = load(write(tmp_path / "x", falls=FALLS), tmp_path / "db")
    assert (report.total("rows_in"), report.total("accepted")) == (3, 3)
    with open_facts(tmp_path / "db") as facts:
        assert facts.span("falls", "elm") == Period(date(2026, 1, 3), date(2026, 3, 1))


def test_the_same_folder_twice_changes_nothing_and_says_so(tmp_path: Path) -> None:
    """Case 42: the same file twice."""
    folder = write(tmp_path / "x", services=SERVICES, falls=FALLS)
    first = load(folder, tmp_path / "db")
    before = (tmp_path / "db").read_bytes()
    again = load(folder, tmp_path / "db")
    assert first.load_id == 1
    assert again.load_id is None
    assert all(file.already_loaded for file in again.files)
    assert (again.total("accepted"), again.total("duplicates")) == (0, 4)
    assert (tmp_path / "db").read_bytes() == before


def test_an_overlapping_export_adds_only_what_is_new(tmp_path: Path) -> None:
    """Case 42: files that overlap."""
    load(write(tmp_path / "x", falls=FALLS), tmp_path / "db")
    more = FALLS + "F4, P-9, elm, 2026-04-01 10:10, low\n"
    report = load(write(tmp_path / "y", falls=more), tmp_path / "db")
    assert (report.total("accepted"), report.total("duplicates"), report.total("superseded")) == (1, 3, 0)


def test_a_later_export_supersedes_a_changed_row(tmp_path: Path) -> None:
    load(write(tmp_path / "x", falls=FALLS), tmp_path / "db")
    report = load(write(tmp_path / "y", falls=FALLS.replace("none", "moderate")), tmp_path / "db")
    assert (report.total("accepted"), report.total("duplicates"), report.total("superseded")) == (1, 2, 1)
    with duckdb.connect(str(tmp_path / "db"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM falls").fetchone() == (3,)
        assert con.execute("SELECT harm FROM falls WHERE fall_id = 'F1'").fetchone() == ("moderate",)
        assert con.execute("SELECT count(*) FROM store.falls").fetchone() == (4,)


def test_two_spellings_of_one_date_are_the_same_row(tmp_path: Path) -> None:
    load(write(tmp_path / "x", falls=FALLS), tmp_path / "db")
    report = load(write(tmp_path / "y", falls=FALLS.replace("2026-01-03", "03/01/2026")), tmp_path / "db")
    assert (report.total("accepted"), report.total("duplicates")) == (0, 3)


BAD_INCIDENTS = """
incident_id, service_id, person_id, occurred_at,      recorded_at,      kind,     harm, explained, intensity
I01,         elm,        P-1,       31/02/2026,       ,                 distress, low,  ,          1
I02,         elm,        P-1,       2026-01-05 25:61, ,                 distress, low,  ,          1
I03,         elm,        P-1,       2027-01-05 10:00, ,                 distress, low,  ,          1
I04,         elm,        P-1,       0205-01-05 10:00, ,                 distress, low,  ,          1
I05,         elm,        P-1,       2026-01-06 10:05, 2026-01-05 10:00, distress, low,  ,          1
I06,         elm,        P-1,       2026-01-06 11:05, ,                 distrss,  low,  ,          1
I07,         elm,        P-1,       2026-01-06 12:05, ,                 distress, low,  maybe,     1
I08,         elm,        P-1,       2026-01-06 13:05, ,                 distress, low,  ,          two
I09,         elm,        P-1,       2026-01-06 14:05, ,                 distress, low,  ,          7
I10,         elm,        P-1,       ,                 ,                 distress, low,  ,          1
I11,         ,           P-1,       2026-01-06 15:05, ,                 distress, low,  ,          1
I12,         elm,        ,          2026-01-06 16:05, ,                 distress, low,  ,          1
I13,         elm,        P-1,       2026-01-06 17:05, ,                 distress, low,  ,          1
I13,         elm,        P-1,       2026-01-06 17:06, ,                 distress, low,  ,          1
I14,         elm,        P-1,       2026-01-06 18:05, ,                 distress, low,  ,          1
I15,         elm,        P-1,       2026-01-06 18:05, ,                 distress, low,  ,          2
I16,         elm,        P-1,       2026-01-07 10:05, ,                 distress, bad,  perhaps,   9
I17,         elm,        P-1
I18,         elm,        P-1,       2026-01-08 10:05, ,                 distress, low,  ,          1, extra
I19,         elm,        P-1,       2026-01-09 10:05, ,                 distress, low,  ,          1
"""


def test_every_fault_of_every_row_is_named_and_the_rest_is_loaded(tmp_path: Path) -> None:
    """Case 41: each fault with its line."""
    report = load(write(tmp_path / "x", incidents=BAD_INCIDENTS), tmp_path / "db")
    (file,) = report.files
    found = {(problem.line, problem.column, problem.reason) for problem in file.problems}
    assert found == {
        (2, "occurred_at", "date_unreadable"),
        (3, "occurred_at", "time_unreadable"),
        (4, "occurred_at", "date_future"),
        (5, "occurred_at", "date_implausible"),
        (6, "recorded_at", "recorded_before_event"),
        (7, "kind", "code_unknown"),
        (8, "explained", "code_unknown"),
        (9, "intensity", "number_unreadable"),
        (10, "intensity", "number_out_of_range"),
        (11, "occurred_at", "required_missing"),
        (12, "service_id", "required_missing"),
        (13, "person_id", "required_missing"),
        (15, "incident_id", "duplicate_conflict"),
        (17, "incident_id", "duplicate_conflict"),
        (18, "harm", "code_unknown"),
        (18, "explained", "code_unknown"),
        (18, "intensity", "number_out_of_range"),
        (19, None, "too_few_cells"),
        (20, None, "too_many_cells"),
    }
    assert all(problem.remedy for problem in file.problems)
    assert (file.rows_in, file.accepted, file.duplicates, file.rejected) == (20, 3, 0, 17)
    assert report.needs_attention


def test_the_nearest_code_is_suggested(tmp_path: Path) -> None:
    report = load(write(tmp_path / "x", incidents=BAD_INCIDENTS), tmp_path / "db")
    problem = next(each for each in report.files[0].problems if each.value == "distrss")
    assert 'Did you mean "distress"?' in problem.remedy


def test_references_and_texts_are_never_repeated(tmp_path: Path) -> None:
    report = load(write(tmp_path / "x", incidents=BAD_INCIDENTS), tmp_path / "db")
    shown = [problem.value for problem in report.files[0].problems if problem.column in ("incident_id", "person_id")]
    assert set(shown) <= {None}


def test_the_counts_always_add_up(tmp_path: Path) -> None:
    for file in load(write(tmp_path / "x", incidents=BAD_INCIDENTS, falls=FALLS), tmp_path / "db").files:
        assert file.rows_in == file.accepted + file.duplicates + file.rejected


def test_an_empty_code_is_not_recorded_and_never_none(tmp_path: Path) -> None:
    load(write(tmp_path / "x", falls=FALLS), tmp_path / "db")
    with duckdb.connect(str(tmp_path / "db"), read_only=True) as con:
        assert con.execute("SELECT harm FROM falls WHERE fall_id = 'F3'").fetchone() == ("not_recorded",)


def test_a_bare_date_is_precise_to_the_day_only(tmp_path: Path) -> None:
    load(write(tmp_path / "x", falls=FALLS), tmp_path / "db")
    with duckdb.connect(str(tmp_path / "db"), read_only=True) as con:
        found = con.execute("SELECT time_precision FROM falls ORDER BY fall_id").fetchall()
    assert found == [("minute",), ("minute",), ("day",)]


def test_no_reference_of_a_person_reaches_the_file(tmp_path: Path) -> None:
    drawn = FALLS.replace("P-1", "RESIDENT-SMITH-9434765919")
    load(write(tmp_path / "x", falls=drawn), tmp_path / "db")
    stored = (tmp_path / "db").read_bytes()
    assert b"SMITH" not in stored
    assert b"9434765919" not in stored


def test_columns_of_personal_details_are_dropped_and_counted(tmp_path: Path) -> None:
    drawn = """
    fall_id, person_id, service_id, occurred_at,      Resident Name, NHS Number, Shoe size
    F1,      P-1,       elm,        2026-01-03 14:05, A Person,      943 476 5919, 7
    """
    report = load(write(tmp_path / "x", falls=drawn), tmp_path / "db")
    (file,) = report.files
    assert file.personal_columns == 2
    assert file.dropped_columns == ("Shoe size",)
    assert b"A Person" not in (tmp_path / "db").read_bytes()


def test_a_personal_pattern_in_a_kept_column_refuses_the_row(tmp_path: Path) -> None:
    drawn = """
    context_id, service_id, from_on,    kind,  label
    C1,         elm,        2026-01-03, other, call 020 7946 0958 first
    C2,         elm,        2026-01-03, other, new curtains
    """
    (file,) = load(write(tmp_path / "x", context=drawn), tmp_path / "db").files
    assert [(each.line, each.reason, each.value) for each in file.problems] == [(2, "personal_data", None)]


def test_files_of_no_table_are_refused_and_the_others_loaded(tmp_path: Path) -> None:
    folder = write(tmp_path / "x", falls=FALLS)
    (folder / "notes.csv").write_text("colour,shape\nblue,round\n", encoding="utf-8")
    (folder / "stays.csv").write_text("person_id,service_id\nP-1,elm\n", encoding="utf-8")
    report = load(folder, tmp_path / "db")
    refused = {file.file: file.refused for file in report.files if file.refused}
    assert set(refused) == {"notes.csv", "stays.csv"}
    with open_facts(tmp_path / "db") as facts:
        assert {file.file for file in facts.refused_files()} == {"file ….csv", "stays.csv"}
    assert "start_on" in (refused["stays.csv"] or "")
    assert report.total("accepted") == 3
    assert report.needs_attention


def test_a_missing_folder_and_an_unknown_table_are_wrong_use(tmp_path: Path) -> None:
    with pytest.raises(WrongUse, match="There is no file or folder"):
        load(tmp_path / "nowhere", tmp_path / "db")
    with pytest.raises(WrongUse, match="There is no table"):
        load(write(tmp_path / "x", falls=FALLS), tmp_path / "db", table="fells")


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    report = load(write(tmp_path / "x", falls=FALLS), tmp_path / "db", dry_run=True)
    assert report.total("accepted") == 3
    assert report.load_id is None
    assert not (tmp_path / "db").exists()
    load(write(tmp_path / "y", services=SERVICES), tmp_path / "db")
    before = (tmp_path / "db").read_bytes()
    load(tmp_path / "x", tmp_path / "db", dry_run=True)
    assert (tmp_path / "db").read_bytes() == before


def test_another_key_is_refused_before_anything_is_read(tmp_path: Path) -> None:
    folder = write(tmp_path / "x", falls=FALLS)
    load(folder, tmp_path / "db")
    with pytest.raises(WrongUse, match="another key"):
        ingest([folder], tmp_path / "db", as_of=TODAY, key=bytes(range(50, 82)))


def test_the_order_in_which_files_arrive_does_not_matter(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on\nP-1, elm, 2025-01-01\n"
    folder = write(tmp_path / "x", falls=FALLS, stays=stays)
    answers = []
    for name, order in (("one", ["falls", "stays"]), ("two", ["stays", "falls"])):
        for table in order:
            ingest([folder / f"{table}.csv"], tmp_path / name, as_of=TODAY, key=KEY)
        with open_facts(tmp_path / name) as facts:
            answers.append([check for check in facts.data_checks() if check.level == "left_out"])
    assert answers[0] == answers[1]
    assert answers[0][0].count == 1  # the fall of a person with no stay: kept, and left out of rates


def test_an_incident_number_of_two_homes_is_two_incidents(tmp_path: Path) -> None:
    drawn = """
    incident_id, service_id, person_id, occurred_at,      kind
    17,          elm,        P-1,       2026-01-03 14:05, distress
    17,          oak,        P-2,       2026-01-03 14:05, distress
    """
    (file,) = load(write(tmp_path / "x", incidents=drawn), tmp_path / "db").files
    assert file.accepted == 2


def test_missing_row_numbers_are_made_and_recognised_again(tmp_path: Path) -> None:
    drawn = """
    person_id, service_id, occurred_at
    P-1,       elm,        2026-01-03 14:05
    P-2,       elm,        2026-01-04 14:05
    """
    first = load(write(tmp_path / "x", falls=drawn), tmp_path / "db")
    assert first.total("accepted") == 2
    again = load(write(tmp_path / "y", falls=drawn + "P-2, elm, 2026-01-05 09:09\n"), tmp_path / "db")
    assert (again.total("accepted"), again.total("duplicates")) == (1, 2)


@pytest.mark.parametrize("table", list(TABLES))
def test_an_empty_export_of_any_table_loads_as_nothing(tmp_path: Path, table: str) -> None:
    (tmp_path / "x").mkdir()
    (tmp_path / "x" / f"{table}.csv").write_text(",".join(TABLES[table].columns) + "\n", encoding="utf-8")
    (file,) = load(tmp_path / "x", tmp_path / "db").files
    assert (file.refused, file.rows_in, file.problems) == (None, 0, [])


def test_scores_must_lie_in_their_instruments_range(tmp_path: Path) -> None:
    drawn = """
    feedback_id, service_id, person_id, given_on,   rater, instrument,     domain, score, answer
    1,           elm,        P-1,       2026-01-03, self,  person_checkin, mood,   4,     score
    2,           elm,        P-1,       2026-01-03, self,  person_checkin, mood,   6,     score
    3,           elm,        P-1,       2026-01-03, self,  person_checkin, mood,   ,      dont_know
    4,           elm,        P-1,       2026-01-03, self,  person_checkin, mood,   3,     dont_know
    5,           elm,        P-1,       2026-01-03, self,  person_checkin, mood,   ,
    6,           elm,        P-1,       2026-01-03, self,  demqol,         total,  20,    score
    """
    (file,) = load(write(tmp_path / "x", feedback=drawn), tmp_path / "db").files
    assert {(each.line, each.reason) for each in file.problems} == {
        (3, "number_out_of_range"), (5, "number_out_of_range"), (6, "required_missing"), (7, "number_out_of_range"),
    }  # fmt: skip


def test_the_report_can_be_said_as_strict_json(tmp_path: Path) -> None:
    from dashboard import as_json

    report = load(write(tmp_path / "x", incidents=BAD_INCIDENTS), tmp_path / "db")
    told = json.loads(json.dumps(as_json.ingest(report), allow_nan=False))
    assert set(told) == {"files", "totals", "load_id"}
    assert {
        "file",
        "table",
        "profile",
        "rows_in",
        "accepted",
        "duplicates",
        "superseded",
        "rejected",
        "problems",
    } <= set(told["files"][0])


def test_the_ledger_keeps_no_word_of_a_file_name_that_could_be_somebody(tmp_path: Path) -> None:
    """Case 37: nor a number that could be."""
    folder = write(tmp_path / "x", falls=FALLS)
    (folder / "falls.csv").rename(folder / "falls Smith 9434765919 march 2026.csv")
    (file,) = load(folder, tmp_path / "db").files
    assert (file.table, file.accepted) == ("falls", 3)
    with open_facts(tmp_path / "db") as facts:
        assert [each.file for each in facts.files_loaded()] == ["falls … march 2026.csv"]
    assert b"Smith" not in (tmp_path / "db").read_bytes()


def test_a_file_called_after_one_table_that_holds_another_is_read_by_its_headings(tmp_path: Path) -> None:
    folder = write(tmp_path / "x", incidents=BAD_INCIDENTS)
    (folder / "incidents.csv").rename(folder / "falls and other things.csv")
    (file,) = load(folder, tmp_path / "db").files
    assert file.table == "incidents"


def test_empty_rows_are_set_aside_and_not_refused(tmp_path: Path) -> None:
    (file,) = load(write(tmp_path / "x", falls=FALLS + ",,,,\n"), tmp_path / "db").files
    assert (file.rows_in, file.rejected, file.ignored) == (3, 0, 1)


def test_tabs_and_no_break_spaces_round_a_cell_do_not_matter(tmp_path: Path) -> None:
    folder = write(tmp_path / "x", falls=FALLS)
    path = folder / "falls.csv"
    path.write_text(path.read_text(encoding="utf-8").replace("none", "\u00a0None\t"), encoding="utf-8")
    (file,) = load(folder, tmp_path / "db").files
    assert (file.accepted, file.problems) == (3, [])


def test_exports_of_one_home_that_do_not_name_it_are_its_own(tmp_path: Path) -> None:
    folder = write(
        tmp_path / "x", services=SERVICES, falls="fall_id, person_id, occurred_at\nF1, P-1, 2026-01-03 14:05\n"
    )
    report = load(folder, tmp_path / "db")
    assert [file.table for file in report.files] == ["services", "falls"]
    with open_facts(tmp_path / "db") as facts:
        assert [service.service_id for service in facts.services()] == ["elm"]
        assert facts.span("falls", "elm") is not None


def test_a_home_nobody_has_named_gets_a_name_that_says_so(tmp_path: Path) -> None:
    falls = write(tmp_path / "x", falls="fall_id, person_id, occurred_at\nF1, P-1, 2026-01-03 14:05\n")
    load(falls, tmp_path / "db")
    with open_facts(tmp_path / "db") as facts:
        assert [service.service_id for service in facts.services()] == ["this-service"]
