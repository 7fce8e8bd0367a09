"""A disk that takes no more ends a release in a sentence, and nothing is left of it."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest

from data.guarded import DatabaseUnavailable
from data.releases.cube_file import write_cube
from data.releases.folder import new_folder
from tests.support.cube import full_release


def test_a_cube_that_the_disk_does_not_take_is_a_sentence(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="disk") as refused:
        write_cube(full_release(), tmp_path / "not there" / "commissioner.duckdb")
    assert str(tmp_path) not in str(refused.value)


def test_a_folder_that_cannot_be_finished_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="No space left"), new_folder(tmp_path / "release") as folder:
        (folder / "cells.csv").write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device", str(folder))
    assert not list(tmp_path.iterdir())
