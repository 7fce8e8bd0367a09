"""The disk is full in the middle of a load: a sentence, the old version kept, nothing half-written left."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.schema import DatabaseUnavailable, open_draft
from data.warehouse import open_facts
from tests.support.exports import load, write

ROOT = Path(__file__).parents[2]
STAYS = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(97))
FALLS = "fall_id, person_id, service_id, occurred_at\n" + "\n".join(
    f"F-{n * 7919 % 1_000_003}-{n}, P-{n % 97}, elm, 2025-{n % 12 + 1:02d}-{n % 28 + 1:02d} {n % 24:02d}:{n % 59 + 1:02d}"
    for n in range(60_000)
)
AS_OF = ["--as-of", "2026-06-30"]
WITH_A_LIMIT = """
import resource, signal, sys
limit = int(sys.argv.pop(1))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
from dashboard.cli import main
main()
"""


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("old")
    load(write(folder / "exports", stays=STAYS), folder / "home.duckdb")
    return folder / "home.duckdb"


@pytest.fixture(scope="module")
def more(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("more"), falls=FALLS)


def assert_as_it_was(database: Path, old: Path, said: subprocess.CompletedProcess[str]) -> None:
    assert said.returncode == 2, said.stderr
    assert "no room left on the disk" in " ".join(said.stderr.split())
    assert "Traceback" not in said.stderr
    assert str(database.parent) not in said.stderr
    assert database.read_bytes() == old.read_bytes()
    assert [each.name for each in database.parent.iterdir() if each.suffix != ".lock"] == [database.name]
    with open_facts(database) as facts:
        assert len(facts.files_loaded()) == 1


@pytest.mark.skipif(sys.platform == "win32", reason="limits of a process are a POSIX matter")
@pytest.mark.parametrize("room", [0.5, 1.2], ids=["for less than a copy", "for the copy and not for the load"])
def test_no_room_for_the_load_leaves_everything_as_it_was(room: float, old: Path, more: Path, tmp_path: Path) -> None:
    """Case 46, by a limit on how large a file may grow; any user can set one."""
    database = Path(shutil.copy(old, tmp_path / "home.duckdb"))
    limit = str(int(old.stat().st_size * room))
    said = subprocess.run(
        [sys.executable, "-c", WITH_A_LIMIT, limit, "ingest", str(more), "--db", str(database), *AS_OF],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert_as_it_was(database, old, said)


@pytest.fixture
def small_disk(tmp_path: Path, old: Path) -> Iterator[Path]:
    """A disk in memory that holds the database and a copy, and hardly more."""
    if sys.platform == "win32" or os.geteuid() != 0:
        pytest.skip("only a superuser may mount a small disk")
    folder = tmp_path / "disk"
    folder.mkdir()
    size = f"size={int(old.stat().st_size * 2.4)}"
    if subprocess.run(["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True).returncode:
        pytest.skip("no disk may be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


def test_a_full_disk_leaves_everything_as_it_was(small_disk: Path, old: Path, more: Path) -> None:
    """Case 46, on a disk that really is full. And case 62's part: nothing temporary stays behind."""
    database = Path(shutil.copy(old, small_disk / "home.duckdb"))
    said = subprocess.run(
        [sys.executable, "-m", "dashboard.cli", "ingest", str(more), "--db", str(database), *AS_OF],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert_as_it_was(database, old, said)


def test_another_error_of_the_disk_is_not_called_a_full_one(old: Path, tmp_path: Path) -> None:
    database = Path(shutil.copy(old, tmp_path / "home.duckdb"))
    with pytest.raises(OSError, match="something else"), open_draft(database):
        raise OSError(5, "something else")
    with pytest.raises(DatabaseUnavailable, match="no room"), open_draft(database):
        raise OSError(28, "no space")
    assert database.read_bytes() == old.read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_folders_that_are_made_are_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        load(write(tmp_path / "exports", stays=STAYS), tmp_path / "new" / "folder" / "home.duckdb")
    finally:
        os.umask(before)
    for each in (tmp_path / "new", tmp_path / "new" / "folder", tmp_path / "new" / "folder" / "home.duckdb"):
        assert each.stat().st_mode & 0o077 == 0
