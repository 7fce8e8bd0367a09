"""Each ugly file that is an export loads exactly as the hand that damaged it says: counts, reasons, stored cells."""

from __future__ import annotations

import tomllib
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from data.ingest import ingest, staged
from data.matching import Shelf, match_table
from data.pseudonyms import Pseudonymiser
from data.reading import open_table
from data.source import Source
from data.sqltext import quoted
from tests.support.exports import KEY
from tests.ugly.make import HERE

EXPORTS = {
    path.stem: wanted["ingest"]
    for path in sorted(HERE.glob("*.toml"))
    if "ingest" in (wanted := tomllib.loads(path.read_text(encoding="utf-8")))
}


def test_there_are_enough_of_them() -> None:
    assert len(EXPORTS) >= 40


@pytest.mark.parametrize("stem", EXPORTS)
def test_it_is_loaded_exactly(stem: str, tmp_path: Path) -> None:
    """Cases 40 and 41: each damaged file, row for row."""
    wanted = EXPORTS[stem]
    when, shelf = date.fromisoformat(wanted["as_of"]), Shelf(tmp_path / "profiles")
    if "after" in wanted:
        ingest([HERE / wanted["after"]], tmp_path / "db", as_of=when, key=KEY, shelf=shelf)
    (file,) = ingest([HERE / f"{stem}.csv"], tmp_path / "db", as_of=when, key=KEY, shelf=shelf).files
    assert file.refused is None, file.refused
    counts = ("table", "accepted", "duplicates", "rejected", "ignored")
    assert {name: getattr(file, name) for name in counts} == {name: wanted[name] for name in counts}
    assert file.rows_in == file.accepted + file.duplicates + file.rejected
    assert sorted([each.line, each.column or "", each.reason] for each in file.problems) == sorted(wanted["problems"])


@pytest.mark.parametrize("stem", [stem for stem, wanted in EXPORTS.items() if wanted["cells"]])
def test_its_cells_become_what_they_mean(stem: str, tmp_path: Path) -> None:
    wanted = EXPORTS[stem]
    raw = open_table(Source.at(HERE / f"{stem}.csv"))
    match = match_table(raw, f"{stem}.csv", shelf=Shelf(tmp_path))
    with duckdb.connect() as con:
        staged(con, raw, match, match.profile, date.fromisoformat(wanted["as_of"]), Pseudonymiser(KEY))
        found = [[line, column, stored(con, line, column)] for line, column, _ in wanted["cells"]]
    assert found == wanted["cells"]


def stored(con: duckdb.DuckDBPyConnection, line: int, column: str) -> Any:
    (row,) = con.execute(f"SELECT {quoted(column)} FROM work WHERE line = ?", [line]).fetchall() or [(None,)]
    match row[0]:
        case datetime() as moment:
            return f"{moment:%Y-%m-%d %H:%M}"
        case date() as day:
            return day.isoformat()
        case None:
            return ""
        case float() as number:
            return f"{number:g}"
        case value:
            return str(value)
