"""A manager's own exports: what can be counted on, told as stories."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from data.fixing import fix_csv
from data.ingest import ingest
from data.matching.shelf import Shelf
from data.model import Period, Rows, Scope
from data.reports import FileReport
from data.source import Source
from data.undoing import undo
from data.warehouse import open_facts
from tests.support.exports import KEY

JUNE = date(2026, 6, 30)
HEAD = "Elm House: falls\r\nPrinted by the office\r\n\r\nFall Ref;Resident;Home;Date of Fall;Time of Fall;Severity;Location of Fall\r\n"
BAD = [
    "31/02/2026;14:05;Low;Lounge", "13/13/2026;14:05;Low;Lounge", "last week;14:05;Low;Lounge", "14/07/2027;14:05;Low;Lounge",
    "14/02/0206;14:05;Low;Lounge", ";14:05;Low;Lounge", "14/02/2026;25:10;Low;Lounge", "14/02/2026;24:00;Low;Lounge",
    "14/02/2026;after tea;Low;Lounge", "14/02/2026;14:05;Dreadful;Lounge", "14/02/2026;14:05;Lwo;Lounge",
    "14/02/2026;14:05;Low;Balcony 3", "14/02/2026;14:05", "14/02/2026;14:05;Low;Lounge;more;and more",
]  # fmt: skip


def export(*rows: str) -> bytes:
    return (HEAD + "\r\n".join(rows) + "\r\nTotal;;;;;;\r\n").encode("cp1252")


def good(n: int, severity: str = "Low") -> str:
    return f"F{n};R{n};Elm;{n % 28 + 1:02d}/03/2026;14:{n % 59 + 1:02d};{severity};Lounge"


def load(folder: Path, content: bytes, name: str = "falls.csv", **more: object) -> FileReport:
    (file,) = ingest(
        [Source(name, content=content)], folder / "db", as_of=JUNE, key=KEY, shelf=Shelf(folder / "shelf"), **more
    ).files  # type: ignore[arg-type]
    assert file.refused is None, file.refused
    return file


def falls(folder: Path) -> int:
    with open_facts(folder / "db") as facts:
        year = Period(date(2026, 1, 1), date(2026, 12, 31))
        return facts.event_series(Scope("Elm"), Rows("falls"), [year]).total.numerator


def test_bad_rows_are_each_named_with_their_reason_and_the_rest_is_loaded(tmp_path: Path) -> None:
    rows = [f"B{n};R{n};Elm;{bad}" for n, bad in enumerate(BAD)] + [good(n) for n in range(100, 140)]
    file = load(tmp_path, export(*rows))
    assert (file.accepted, file.rejected, file.ignored) == (40, len(BAD), 4)
    assert {each.line for each in file.problems} == set(range(5, 5 + len(BAD)))
    assert all(each.remedy.endswith(".") for each in file.problems)
    assert falls(tmp_path) == 40


def test_the_rows_to_correct_are_mended_and_loaded_and_nothing_is_counted_twice(tmp_path: Path) -> None:
    content = export(*[f"B{n};R{n};Elm;{bad}" for n, bad in enumerate(BAD[:1])], *[good(n) for n in range(100, 110)])
    file = load(tmp_path, content)
    mended = fix_csv(Source("falls.csv", content=content), file.problems).replace(b"31/02/2026", b"28/02/2026")
    again = load(tmp_path, mended, "falls - to correct.csv")
    assert (again.accepted, again.rejected) == (1, 0)
    assert falls(tmp_path) == 11


def test_next_months_export_overlaps_and_only_what_is_new_is_added(tmp_path: Path) -> None:
    load(tmp_path, export(*[good(n) for n in range(100, 110)]))
    file = load(tmp_path, export(*[good(n) for n in range(105, 120)]))
    assert (file.accepted, file.duplicates, file.superseded) == (10, 5, 0)
    assert falls(tmp_path) == 20


def test_a_correction_in_the_care_system_corrects_the_record_here(tmp_path: Path) -> None:
    load(tmp_path, export(*[good(n) for n in range(100, 110)]))
    file = load(tmp_path, export(good(100, "Severe"), *[good(n) for n in range(101, 110)]))
    assert (file.accepted, file.duplicates, file.superseded) == (1, 9, 1)
    assert falls(tmp_path) == 10


def test_a_record_deleted_in_the_care_system_goes_when_the_export_is_called_full(tmp_path: Path) -> None:
    load(tmp_path, export(*[good(n) for n in range(100, 110)]))
    march = Period(date(2026, 3, 1), date(2026, 3, 31))
    file = load(tmp_path, export(*[good(n) for n in range(100, 108)]), full_export=march)
    assert (file.duplicates, file.retired) == (8, 2)
    assert falls(tmp_path) == 8


def test_a_load_that_was_a_mistake_is_taken_back(tmp_path: Path) -> None:
    load(tmp_path, export(*[good(n) for n in range(100, 110)]))
    load(tmp_path, export(*[good(n) for n in range(200, 260)]))
    assert falls(tmp_path) == 70
    undo(tmp_path / "db", 2)
    assert falls(tmp_path) == 10


@pytest.mark.parametrize("name", ["falls.csv", "export (3).csv", "Résidents – chutes.csv"])
def test_the_name_of_the_file_does_not_matter(tmp_path: Path, name: str) -> None:
    assert load(tmp_path, export(*[good(n) for n in range(100, 110)]), name).accepted == 10
