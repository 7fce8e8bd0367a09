"""Exports that mean harm, or are beyond all measure: each ends in a sentence, quickly, with nothing half loaded."""

from __future__ import annotations

import io
import time
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import TABLES
from data.exporting import contract_csv
from data.fixing import fix_csv
from data.ingest import WrongUse, ingest
from data.loading.nhs_numbers import can_be_one, ten_figures
from data.model import Period, Problem, Rows, Scope
from data.reading import NotATable, open_table
from data.reading.workbook import MOST_BYTES
from data.reports import FileReport
from data.source import Source
from data.spreadsheets import from_spreadsheet
from data.warehouse import open_facts
from tests.support.exports import KEY, TODAY, csv_text, load, write

FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
SECONDS = 5
"""A hostile file is refused within this."""
DROP = "'; DROP TABLE falls; --"


def loaded(folder: Path, name: str, content: bytes) -> FileReport:
    """One file into a database that holds one fall already."""
    load(write(folder / "first", falls=FALLS), folder / "db")
    (report,) = ingest([Source(name, content=content)], folder / "db", as_of=TODAY, key=KEY).files
    return report


def falls_in(database: Path) -> float:
    with open_facts(database) as facts:
        return facts.event_series(Scope("elm"), Rows("falls"), [Period(date(2025, 1, 1), TODAY)]).total.numerator


def zipped(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return out.getvalue()


def swollen_workbook(megabytes: int) -> bytes:
    """A workbook whose sheet is a few kilobytes and unpacks to so many megabytes."""
    book = openpyxl.Workbook()
    book.active.append(["fall_id", "person_id", "service_id", "occurred_at"])
    plain, out = io.BytesIO(), io.BytesIO()
    book.save(plain)
    with zipfile.ZipFile(plain) as whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in whole.namelist():
            content = whole.read(name)
            if not name.endswith("sheet1.xml"):
                archive.writestr(name, content)
                continue
            head, end, tail = content.partition(b"</sheetData>")
            with archive.open(name, "w") as sheet:
                sheet.write(head)
                for _ in range(megabytes):
                    sheet.write(b"<row><c><v>1</v></c></row>" * (1_000_000 // 26))
                sheet.write(end + tail)
    return out.getvalue()


def link() -> bytes:
    """An archive whose only part is a link that points outside."""
    part = zipfile.ZipInfo("falls.csv")
    part.external_attr = 0o120777 << 16
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(part, "../../somewhere")
    return out.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        zipped({"../../falls.csv": FALLS.encode()}),
        link(),
        zipped({"inner.zip": zipped({"falls.csv": FALLS.encode()})}),
        zipped({f"{number}.csv": b"" for number in range(20_000)}),
        zipped({"falls.csv": bytes(50_000_000)}),
        swollen_workbook(60),
    ],
    ids=["reaches outside", "a link", "an archive in an archive", "20,000 files", "swells", "a workbook that swells"],
)
def test_an_archive_is_refused_at_once_and_never_unpacked(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 38: only its table of contents is read."""

    def unpacked(*_: object, **__: object) -> None:
        raise AssertionError("An archive was unpacked.")

    monkeypatch.setattr(zipfile.ZipFile, "open", unpacked)
    monkeypatch.setattr(zipfile.ZipFile, "read", unpacked)
    monkeypatch.setattr(zipfile.ZipFile, "extractall", unpacked)
    began = time.monotonic()
    report = loaded(tmp_path, "falls.csv", content)
    assert time.monotonic() - began < SECONDS
    assert report.refused is not None and ("archive" in report.refused or "too large" in report.refused)
    assert falls_in(tmp_path / "db") == 1


def test_a_workbook_as_people_make_them_is_not_taken_for_one_that_swells() -> None:
    book = openpyxl.Workbook()
    book.active.append(["fall_id", "person_id", "service_id", "occurred_at"])
    for number in range(1500):
        book.active.append([f"F{number}", "P-1", "elm", "2026-01-03"])
    out = io.BytesIO()
    book.save(out)
    assert len(open_table(Source("falls.xlsx", content=out.getvalue())).headings) == 4
    assert MOST_BYTES > 100_000_000


PNG = b"\x89PNG\r\n\x1a\n" + bytes(range(256))
WIDE = ",".join(f"column {number}" for number in range(20_000))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (PNG, "picture"),
        (b"a\x00\x01\x02\x03b,c\n\x04\x05", "binary"),
        (b"Monday,Tuesday\n", "headings|No table"),
        ((WIDE + "\n" + WIDE + "\n").encode(), "20,000 columns"),
        (("fall_id,person_id,service_id,occurred_at," + WIDE + "\n").encode(), "20,004 columns"),
        (
            ("fall_id\tperson_id\tservice_id\toccurred_at\t" + WIDE.replace(",", "\t")).encode("utf-16"),
            "20,004 columns",
        ),
    ],
    ids=["nothing", "a picture", "binary", "headings of nothing we know", "wide", "ours and wide", "wide in UTF-16"],
)
def test_a_file_beyond_use_is_refused_whole_with_what_was_seen(content: bytes, said: str, tmp_path: Path) -> None:
    """Case 40: each in a sentence of its own, and soon."""
    began = time.monotonic()
    report = loaded(tmp_path, "falls.csv", content)
    assert time.monotonic() - began < SECONDS
    assert report.refused is not None
    assert any(word in report.refused for word in said.split("|")), report.refused
    assert falls_in(tmp_path / "db") == 1


@pytest.mark.parametrize(
    ("content", "accepted", "reasons"),
    [
        (csv_text(FALLS).replace("F1", "F2").encode("utf-16"), 1, set()),
        (csv_text(FALLS).replace("F1", "F2é").encode("cp1252"), 1, set()),
        (csv_text(FALLS).replace("F1", "F\x002").encode(), 1, set()),
        (csv_text(FALLS).splitlines()[0].encode(), 0, set()),
        (
            csv_text(
                FALLS.replace("F1", "F2").replace("occurred_at", "occurred_at,occurred_at").strip() + ","
            ).encode(),
            1,
            set(),
        ),
        (csv_text(FALLS).encode() + b'F2,"P-1,elm,2026-01-03 15:05\n', 0, {"unclosed_quote"}),
        (csv_text(FALLS).encode() + b"F2,P-1,el", 0, {"too_few_cells"}),
    ],
    ids=["UTF-16", "cp1252", "NUL", "headings alone", "a heading twice", "an open quotation mark", "cut off"],
)
def test_a_file_with_faults_loads_what_is_whole_and_counts_the_rest(
    content: bytes, accepted: int, reasons: set[str], tmp_path: Path
) -> None:
    """Case 40: row by row, none lost and none made up."""
    report = loaded(tmp_path, "falls.csv", content)
    assert report.refused is None
    assert report.accepted == accepted
    assert {problem.reason for problem in report.problems} == reasons
    assert report.rows_in == report.accepted + report.duplicates + report.rejected
    assert falls_in(tmp_path / "db") == 1 + accepted


def test_a_sheet_as_wide_as_two_years_of_days_can_be_read() -> None:
    headings = ["Measure", *(f"{date.fromordinal(738000 + day):%d/%m/%Y}" for day in range(730))]
    row = ["Falls", *("1" for _ in range(730))]
    assert len(open_table(Source("x.csv", content=f"{','.join(headings)}\n{','.join(row)}\n".encode())).headings) == 731


def test_dates_that_cannot_be_are_counted_and_a_swapped_day_and_month_is_said(tmp_path: Path) -> None:
    """Case 41: and the good row is loaded."""
    days = ["31/02/2025", "1900-01-01", "2199-01-01", "03/13/2026", "2026-01-04"]
    rows = "".join(f"G{number},P-1,elm,{day}\n" for number, day in enumerate(days))
    report = loaded(tmp_path, "falls.csv", b"fall_id,person_id,service_id,occurred_at\n" + rows.encode())
    assert {problem.line: problem.reason for problem in report.problems} == {
        2: "date_unreadable",
        3: "date_implausible",
        4: "date_implausible",
        5: "date_unreadable",
    }
    assert (report.accepted, report.rejected) == (1, 4)


def test_a_bare_number_is_the_day_a_spreadsheet_counts_or_none(tmp_path: Path) -> None:
    """Case 41: 45000 is 15 March 2023 in every spreadsheet; 4500000 is no day."""
    rows = b"G1,P-1,elm,45000\nG2,P-1,elm,4500000\n"
    report = loaded(tmp_path, "falls.csv", b"fall_id,person_id,service_id,occurred_at\n" + rows)
    assert (report.accepted, [problem.line for problem in report.problems]) == (1, [3])
    with open_facts(tmp_path / "db") as facts:
        found = facts.event_series(Scope("elm"), Rows("falls"), [Period(date(2023, 3, 15), date(2023, 3, 15))])
    assert found.total.numerator == 1


def test_a_cell_that_reads_like_a_command_is_stored_letter_by_letter(tmp_path: Path) -> None:
    """Case 36: as a label, a title, a reference and a service."""
    folder = write(
        tmp_path / "x",
        services=f"service_id, setting, nation, beds, label\nelm, residential, EN, 40, {DROP}\n{DROP}, residential, EN, 3, Oak",
        interventions=f"intervention_id, service_id, title, kind, start_on\n{DROP}, elm, {DROP}, other, 2026-01-05",
        falls=FALLS + f"{DROP}, P-2, {DROP}, 2026-01-04\n",
    )
    report = load(folder, tmp_path / "db")
    assert not report.needs_attention
    with open_facts(tmp_path / "db") as facts:
        assert {(each.service_id, each.label) for each in facts.services()} == {("elm", DROP), (DROP, "Oak")}
        assert [(each.intervention_id, each.title) for each in facts.interventions()] == [(DROP, DROP)]
        year = [Period(date(2026, 1, 1), TODAY)]
        assert facts.event_series(Scope(DROP), Rows("falls"), year).total.numerator == 1
        assert facts.event_series(Scope("elm"), Rows("falls", {"harm": (DROP,)}), year).total.numerator == 0
    assert falls_in(tmp_path / "db") == 1


@pytest.mark.parametrize(
    "name",
    [
        "../../falls.csv",
        "/etc/falls.csv",
        "..\\..\\falls.csv",
        "falls 943 476 5919.csv",
        "943-476-5919_falls.csv",
        "9434765919.csv",
        "falls Agnes Smith.csv",
    ],
)
def test_the_name_of_a_file_leads_nowhere_and_is_kept_nowhere(
    name: str, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Case 37: what is uploaded is never written to a file of its own."""
    home = tmp_path / "inner" / "home"
    home.mkdir(parents=True)
    report = loaded(home, name, csv_text(FALLS).replace("F1", "F2").encode())
    assert report.accepted == 1
    everything = {path.name for path in tmp_path.rglob("*") if path.is_file()}
    assert everything == {"db", "db.lock", "falls.csv"}
    assert [path.parent.name for path in tmp_path.rglob("falls.csv")] == ["first"]
    stored = (home / "db").read_bytes()
    for telling in (b"5919", b"Smith", b"Agnes", b"etc"):
        if telling in name.encode():
            with open_facts(home / "db") as facts:
                assert telling.decode() not in " ".join(each.file for each in facts.files_loaded())
            assert telling not in stored or telling == b"etc"
            assert telling.decode() not in caplog.text


# NHS numbers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", ["9434765919", "9990000018", "4010232137"])
def test_a_number_with_the_right_check_figure_can_be_one(number: str) -> None:
    assert can_be_one(number)


@given(st.integers(0, 9_999_999_999).map(lambda number: f"{number:010d}"))
def test_one_wrong_figure_is_always_noticed(number: str) -> None:
    """Case 47: so a slip of the keyboard is."""
    if can_be_one(number):
        for place in range(10):
            other = number[:place] + str((int(number[place]) + 1) % 10) + number[place + 1 :]
            assert not can_be_one(other)


@pytest.mark.parametrize("figure", "0123456789")
def test_one_figure_ten_times_is_no_number(figure: str) -> None:
    """Case 47: though some of them pass the check."""
    assert not can_be_one(figure * 10)


def test_ten_figures_are_told_from_other_references() -> None:
    found = ten_figures(["943 476 5919", "943-476-5919", "9434765919", "P-9434765919", "94347659", "07700900123"])
    assert found == {"9434765919"}


def test_numbers_that_cannot_be_any_are_counted_and_never_shown(tmp_path: Path) -> None:
    """Case 47: the references become codes all the same, and the warning names none."""
    folder = write(
        tmp_path / "x",
        falls="fall_id, person_id, service_id, occurred_at\nF1, 9434765919, elm, 2026-01-03\n"
        "F2, 943 476 5918, elm, 2026-01-03\nF3, 1111111111, elm, 2026-01-03\nF4, 943-476-5918, elm, 2026-01-04",
    )
    report = load(folder, tmp_path / "db")
    (told,) = [warning for warning in report.files[0].warnings if "ten figures" in warning]
    assert told.startswith("2 of 3 references of people")
    everything = repr(report) + (tmp_path / "db").read_bytes().decode("latin-1")
    for number in ("9434765919", "943 476 5918", "943-476-5918", "9434765918", "1111111111"):
        assert number not in everything


# A database for one's own services -------------------------------------------------------------------

OF_TWO_HOMES = FALLS + "F2, P-9, oak, 2026-01-04 10:00\nF3, P-1, elm, 2026-01-05 10:00\n"


def test_rows_of_another_home_are_refused_where_the_database_is_for_ones_own(tmp_path: Path) -> None:
    """Case 48: each with its line, and the rest is loaded."""
    folder = write(tmp_path / "x", falls=OF_TWO_HOMES)
    (file,) = load(folder, tmp_path / "db", only_services=["elm"]).files
    assert (file.rows_in, file.accepted, file.rejected) == (3, 2, 1)
    (problem,) = file.problems
    assert (problem.line, problem.column, problem.reason) == (3, "service_id", "code_unknown")
    assert problem.remedy == "This database is only for elm: rows of other services are not loaded into it."
    with open_facts(tmp_path / "db") as facts:
        assert facts.span("falls", "oak") is None


def test_it_holds_for_every_later_load_without_being_said_again(tmp_path: Path) -> None:
    """Case 48: so an upload on the page is held to it too."""
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db", only_services=["elm"])
    (file,) = load(write(tmp_path / "b", falls=OF_TWO_HOMES), tmp_path / "db").files
    assert (file.accepted, file.duplicates, file.rejected) == (1, 1, 1)
    homes = "service_id, setting, nation, beds\noak, residential, EN, 12\nelm, residential, EN, 40"
    (other,) = load(write(tmp_path / "c", services=homes), tmp_path / "db").files
    assert (other.accepted, other.rejected) == (1, 1)


def test_an_export_that_names_no_home_is_that_of_the_one_there_is(tmp_path: Path) -> None:
    folder = write(tmp_path / "x", falls="fall_id, person_id, occurred_at\nF1, P-1, 2026-01-03")
    assert load(folder, tmp_path / "db", only_services=["elm"]).total("accepted") == 1
    assert falls_in(tmp_path / "db") == 1


def test_a_database_of_several_homes_cannot_be_made_one_of_a_single_home(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=OF_TWO_HOMES), tmp_path / "db")
    before = (tmp_path / "db").read_bytes()
    with pytest.raises(WrongUse, match="holds other services already"):
        load(write(tmp_path / "b", falls=FALLS), tmp_path / "db", only_services=["elm"])
    assert (tmp_path / "db").read_bytes() == before
    assert not load(write(tmp_path / "c", falls=FALLS), tmp_path / "db", only_services=["elm", "oak"]).needs_attention


# Files to download -----------------------------------------------------------------------------------

SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")


@pytest.mark.parametrize("sign", SIGNS)
@pytest.mark.parametrize("table", ["interventions", "declarations", "context", "checks", "feedback", "services"])
def test_no_column_that_takes_any_word_can_begin_a_formula(table: str, sign: str) -> None:
    """Case 34: in every table that is written out."""
    free = [column.name for column in TABLES[table].stored if column.sql_type == "VARCHAR" and not column.codes]
    text = contract_csv(TABLES[table], [dict.fromkeys(free, f"{sign}1+1")], free).decode("utf-8-sig")
    row = text.split("\r\n", 1)[1]
    assert free
    assert row.count(f"'{sign}1+1") == len(free), row


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "＝"])
def test_rows_to_correct_run_nothing_headings_included_and_load_again(sign: str, tmp_path: Path) -> None:
    """Case 34: the file of refused rows holds somebody else's headings and cells."""
    heading = f"{sign}cmd|' /C calc'!A0"
    content = f'fall_id,person_id,service_id,occurred_at,"{heading}"\n{sign}F1,P-1,elm,31/02/2026,{sign}2+3\n'
    source = Source("falls.csv", content=content.encode())
    made = fix_csv(source, [Problem(2, "occurred_at", "31/02/2026", "date_unreadable", "Write dates as YYYY-MM-DD.")])
    headings, row = made.decode("utf-8-sig").splitlines()
    for line in (headings, row):
        assert f",{sign}" not in line and f',"{sign}' not in line
    assert from_spreadsheet(f"'{heading}") == heading
    mended = made.replace(b"31/02/2026", b"2026-02-28")
    (report,) = ingest([Source("falls.csv", content=mended)], tmp_path / "db", as_of=TODAY, key=KEY).files
    assert (report.refused, report.accepted) == (None, 1)


def test_a_hostile_name_of_a_file_that_is_no_table_is_still_a_sentence() -> None:
    with pytest.raises(NotATable, match="picture"):
        open_table(Source("../../x.csv", content=PNG))
