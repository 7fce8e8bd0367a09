"""The rows to correct come out with what to do, are mended in a spreadsheet, and load like the export they came from."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest

from data.fixing import fix_csv
from data.ingest import ingest
from data.matching.profile import FIX_HEADINGS
from data.matching.shelf import Shelf
from data.model import Problem
from data.reading import NotATable
from data.source import Source
from tests.support.exports import KEY

EXPORT = (
    b"Falls report\r\n"
    b"Fall Ref,Resident,Home,Date of Fall,Time of Fall,Severity,Location of Fall\r\n"
    b"F1,R1,Elm,13/02/2026,14:05,Low,Lounge\r\n"
    b"=F2,R2,Elm,14/02/2026,25:99,Low,Lounge\r\n"
    b"F3,R3,Elm,15/02/2026,14:06,Dreadful,-\r\n"
    b"F4,R4,Elm,16/02/2026\r\n"
    b'"F5,R5,Elm,17/02/2026,14:08,Low,Lounge\r\n'
    b"F6,R6,Elm,18/02/2026,14:09,Low,Lounge\r\n"
)


def load(content: bytes, folder: Path, name: str = "falls.csv") -> tuple[int, int, list[Problem]]:
    report = ingest(
        [Source(name, content=content)], folder / "db", as_of=date(2026, 6, 30), key=KEY, shelf=Shelf(folder / "shelf")
    )
    (file,) = report.files
    assert file.refused is None, file.refused
    return file.accepted, file.rejected, file.problems


def rows(content: bytes) -> list[list[str]]:
    assert content.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_each_refused_record_stands_there_as_in_the_export_with_what_to_do(tmp_path: Path) -> None:
    accepted, rejected, problems = load(EXPORT, tmp_path)
    assert (accepted, rejected) == (2, 4)
    headings, *found = rows(fix_csv(Source("falls.csv", content=EXPORT), problems))
    assert headings[:2] == list(FIX_HEADINGS)
    assert headings[2:5] == ["Fall Ref", "Resident", "Home"]
    assert [row[0] for row in found] == ["4", "5", "6", "7"]
    assert "Write the time as HH:MM" in found[0][1]
    assert "Did you mean" in found[1][1] or "Use one of" in found[1][1]
    assert found[0][2] == "'=F2", "a spreadsheet must not run it"
    assert found[1][2:] == ["F3", "R3", "Elm", "15/02/2026", "14:06", "Dreadful", "'-"]


def test_mended_rows_load_under_their_own_references(tmp_path: Path) -> None:
    _, _, problems = load(EXPORT, tmp_path)
    mended = fix_csv(Source("falls.csv", content=EXPORT), problems).decode("utf-8-sig")
    mended = mended.replace("25:99", "14:07").replace("Dreadful", "Severe").replace("16/02/2026", "16/02/2026,,,")
    headings, *found = list(csv.reader(io.StringIO(mended)))
    whole = [row[:9] for row in found if row[2].startswith(("'=F2", "F3", "F4"))]
    text = io.StringIO(newline="")
    csv.writer(text).writerows([headings, *whole])
    accepted, rejected, again = load(text.getvalue().encode("utf-8-sig"), tmp_path, "falls - to correct.csv")
    assert (accepted, rejected) == (3, 0), again


def test_an_export_that_has_gone_cannot_give_its_rows(tmp_path: Path) -> None:
    with pytest.raises(NotATable):
        fix_csv(Source.at(tmp_path / "gone.csv"), [])
