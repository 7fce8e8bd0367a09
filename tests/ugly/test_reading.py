"""Each ugly file is read exactly as the hand that damaged it says."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from data.reading import NotATable
from tests.data.reading.support import read
from tests.ugly.make import HERE, all_sheets

STEMS = sorted(path.stem for path in HERE.glob("*.toml"))


def expected(stem: str) -> dict[str, Any]:
    return tomllib.loads((HERE / f"{stem}.toml").read_text(encoding="utf-8"))


def test_there_are_enough_of_them() -> None:
    assert len(STEMS) >= 45


def test_the_script_remakes_every_file_byte_for_byte() -> None:
    made: dict[str, bytes] = {}
    for sheet in all_sheets():
        made[sheet.name] = sheet.content()
        made[Path(sheet.name).with_suffix(".toml").name] = sheet.expectation().encode()
    kept = {path.name: path.read_bytes() for path in HERE.iterdir() if path.suffix in (".csv", ".toml")}
    assert made.keys() == kept.keys()
    assert [name for name in made if made[name] != kept[name]] == []


@pytest.mark.parametrize("stem", STEMS)
def test_it_is_read_exactly(stem: str) -> None:
    """Case 40: each damaged file, byte for byte."""
    wanted = expected(stem)
    content = (HERE / f"{stem}.csv").read_bytes()
    if "refused" in wanted:
        with pytest.raises(NotATable, match=wanted["refused"]):
            read(content)
        return
    table, rows = read(content, f"{stem}.csv")
    assert {
        "encoding": table.encoding,
        "delimiter": table.delimiter,
        "heading_line": table.heading_line,
        "headings": list(table.headings),
        "rows": table.rows,
        "problems": [[bad.problem.line, bad.problem.reason] for bad in table.bad],
        "set_aside": [[each.first_line, each.last_line, each.why] for each in table.set_aside],
    } == {key: wanted[key] for key in (
        "encoding", "delimiter", "heading_line", "headings", "rows", "problems", "set_aside",
    )}  # fmt: skip
    by_line = dict(rows)
    found = [[line, heading, by_line[line][table.headings.index(heading)]] for line, heading, _ in wanted["cells"]]
    assert found == wanted["cells"]
    for words in wanted["notes"]:
        assert any(words in note for note in table.notes), table.notes
