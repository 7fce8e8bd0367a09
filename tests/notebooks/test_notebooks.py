"""Each notebook runs to its end, where every figure it quotes is asserted; it stays on this computer and becomes an .ipynb."""

from __future__ import annotations

import importlib.util
import os
import re
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NoReturn

import nbformat
import pytest

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.py"))
NAMES = [path.stem for path in NOTEBOOKS]
EXPORT_SECONDS = 120
RESTS_ON = {"what_a_release_keeps": "metrics/releasing/sample_rows.py"}
"""What a notebook needs that is not there yet: until it is, the notebook waits."""


def the_app(path: Path) -> Any:
    """The marimo app in a notebook; making it runs nothing yet."""
    spec = importlib.util.spec_from_file_location(f"notebook_{path.stem}", path)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module.app


def files_in(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if "__pycache__" not in path.parts}


@pytest.fixture
def cut_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing in this process may open a connection to another computer."""

    def refused(whole: Callable[..., Any]) -> Callable[..., Any]:
        def connect(self: socket.socket, address: Any) -> Any:
            if self.family in (socket.AF_INET, socket.AF_INET6):
                _nobody_is_called(address)
            return whole(self, address)

        return connect

    monkeypatch.setattr(socket.socket, "connect", refused(socket.socket.connect))
    monkeypatch.setattr(socket.socket, "connect_ex", refused(socket.socket.connect_ex))


def _nobody_is_called(address: Any) -> NoReturn:
    raise AssertionError(f"A notebook called {address}.")


def test_there_are_notebooks_and_each_is_told_of() -> None:
    told = (ROOT / "docs" / "notebooks.md").read_text(encoding="utf-8")
    here = (ROOT / "notebooks" / "README.md").read_text(encoding="utf-8")
    assert NOTEBOOKS
    for name in NAMES:
        assert f"notebooks/{name}.py" in told
        assert f"{name}.py" in here


@pytest.mark.usefixtures("cut_off")
@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_it_runs_to_its_end_without_the_network_and_leaves_nothing_behind(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    needs = RESTS_ON.get(path.stem)
    if needs is not None and not (ROOT / needs).is_file():
        pytest.skip(f"{path.name} waits for {needs}")
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    before = files_in(path.parent)
    the_app(path).run()
    assert files_in(path.parent) == before
    assert not files_in(tmp_path)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_its_last_cell_asserts_and_so_does_each_cell_after_prose_with_figures(path: Path) -> None:
    """Prose writes the figures it quotes in bold, or has them filled in; the cell that follows has to hold an assertion."""
    cells = re.split(r"^@app\.cell.*$", path.read_text(encoding="utf-8"), flags=re.M)[1:]
    assert "assert " in cells[-1]
    for number, prose in enumerate(cells):
        if "mo.md(f" in prose or ("mo.md(" in prose and re.search(r"\*\*-?\d", prose)):
            assert "assert " in cells[number + 1], prose


@pytest.mark.parametrize("path", NOTEBOOKS, ids=NAMES)
def test_it_exports_to_a_jupyter_notebook(path: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    home.mkdir()
    places = dict.fromkeys(
        ("HOME", "USERPROFILE", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_STATE_HOME", "XDG_DATA_HOME"), str(home)
    )
    out = tmp_path / f"{path.stem}.ipynb"
    before = files_in(path.parent)
    done = subprocess.run(
        [sys.executable, "-m", "marimo", "export", "ipynb", str(path), "-o", str(out)],
        env={**os.environ, **places, "MARIMO_SKIP_UPDATE_CHECK": "1", "PYTHONPATH": str(ROOT)},
        cwd=tmp_path,
        capture_output=True,
        encoding="utf-8",
        timeout=EXPORT_SECONDS,
    )
    assert done.returncode == 0, done.stderr
    notebook = nbformat.read(out, as_version=4)
    nbformat.validate(notebook)
    kinds = {cell.cell_type for cell in notebook.cells}
    assert kinds == {"code", "markdown"}
    assert any("assert" in cell.source for cell in notebook.cells if cell.cell_type == "code")
    assert files_in(path.parent) == before
