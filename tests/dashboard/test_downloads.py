"""Case 34 over all pages: no cell of any file that can be downloaded begins a formula."""

from __future__ import annotations

import ast
import csv
import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from tests.support.home import small_home
from tests.support.pages import opener

ROOT = Path(__file__).parents[2]
FORMULA = "=HYPERLINK(A1)"
SUM = "@SUM(1,1)"
PAGES = (
    "what_changed", "one_change", "one_person", "own_words", "whose_views", "choice", "accountable", "left_out", "services",
    "trends", "record", "trust",
)  # fmt: skip
SIGNS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
WRITERS = {
    "data/checkins/template.py", "data/exporting.py", "data/fixing.py", "data/releases/csv_files.py",
    "data/releases/sample_file.py", "dashboard/views/chart_numbers.py",
    "dashboard/views/numbers.py", "dashboard/views/pictured.py", "dashboard/views/services_matrix.py",
    "dashboard/views/trust.py", "dashboard/views/whose_views/sheet.py",
}  # fmt: skip
"""The modules that write CSV for people. A new one goes through ``csv_text`` or ``for_spreadsheet`` and is added here."""
FOR_PROGRAMS = {"dashboard/commands/read.py", "data/sampling/tables.py"}
"""A faithful copy of one's own file, asked for on the command line, and the made-up sample: read by programs."""


@pytest.fixture(scope="module")
def hostile_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("formula"), title=FORMULA, label=SUM)


@pytest.fixture
def downloads(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[bytes]]:
    """What stands behind the download buttons of the pages that are opened."""
    found: list[bytes] = []
    whole = DeltaGenerator.download_button

    def button(self: DeltaGenerator, label: str, data: Any, *more: Any, **named: Any) -> bool:
        if named.get("mime") == "text/csv":
            content = data() if callable(data) else data
            found.append(content if isinstance(content, bytes) else str(content).encode())
        return whole(self, label, data, *more, **named)

    monkeypatch.setattr(DeltaGenerator, "download_button", button)
    monkeypatch.setattr(st, "download_button", lambda *more, **named: button(st._main, *more, **named))
    yield found


@pytest.mark.parametrize("name", PAGES)
def test_no_cell_of_a_file_to_download_begins_a_formula(
    name: str, hostile_home: Path, downloads: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 34: page by page, with formulas for a title and for the name of a service."""
    opener(monkeypatch, name)(hostile_home)
    for content in downloads:
        for row in csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")):
            for cell in row:
                assert not cell.lstrip(" ").startswith(SIGNS) or re.fullmatch(r"-\d+(\.\d+)?(e-?\d+)?", cell), cell


def test_the_pages_do_have_files_with_hostile_cells_in_them(
    hostile_home: Path, downloads: list[bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one_change", "record", "trends"):
        opener(monkeypatch, name)(hostile_home)
    everything = b"\n".join(downloads).decode("utf-8-sig", "replace")
    assert f"'{FORMULA}" in everything
    assert f"'{SUM}" in everything


def test_every_module_that_writes_csv_makes_its_cells_harmless() -> None:
    """Case 34: a new file to download cannot be forgotten."""
    found = {}
    for top in ("data", "metrics", "dashboard"):
        for path in (ROOT / top).rglob("*.py"):
            tree = ast.parse(path.read_text(encoding="utf-8"))
            names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
            calls = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
            imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
            if "to_csv" in names or ("csv" in imports and names & {"writer", "DictWriter"}):
                found[path.relative_to(ROOT).as_posix()] = calls & {"csv_text", "for_spreadsheet"}
    assert set(found) <= WRITERS | FOR_PROGRAMS
    assert all(found[name] for name in set(found) & WRITERS)
