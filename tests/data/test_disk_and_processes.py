"""What is outside the program: a full disk, and another load in another process."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.ingest import ingest
from data.pseudonyms import load_or_make_key
from data.schema import DAMAGED, NO_ROOM, DatabaseUnavailable, open_draft
from data.warehouse import open_facts
from tests.support.exports import TODAY, load, write

ROOT = Path(__file__).parents[2]
FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
MANY = "fall_id, person_id, service_id, occurred_at\n" + "\n".join(
    f"F{n}, P-{n % 97}, elm, 2025-{n % 12 + 1:02d}-{n % 28 + 1:02d} {n % 24:02d}:00" for n in range(20_000)
)


ROOM_FOR = "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, ({0}, {0})); from dashboard.cli import main; main()"


def run(folder: Path, database: Path, room: int | None = None) -> subprocess.CompletedProcess[str]:
    """``outcomes ingest`` in a process of its own, in which no file may grow beyond ``room`` bytes."""
    program = ["-m", "dashboard.cli"] if room is None else ["-c", ROOM_FOR.format(room)]
    return subprocess.run(
        [sys.executable, *program, "ingest", str(folder), "--db", str(database), "--as-of", "2026-06-30"],
        env=os.environ | {"OUTCOMES_KEY": str(database.parent / "key"), "COLUMNS": "400"},
        capture_output=True,
        encoding="utf-8",
        cwd=ROOT,
        timeout=120,
    )


def names(folder: Path) -> set[str]:
    return {each.name for each in folder.iterdir() if each.is_file()}


@pytest.mark.skipif(os.name != "posix", reason="limits of a process are a POSIX matter")
@pytest.mark.parametrize("for_a_copy", [False, True], ids=["no room for a copy", "no room for what is new"])
def test_a_full_disk_is_said_and_nothing_is_changed_or_left_behind(for_a_copy: bool, tmp_path: Path) -> None:
    """Case 46: a file that may not grow any further stands for the disk; the system says the same of both."""
    ingest([write(tmp_path / "a", falls=FALLS)], tmp_path / "db", as_of=TODAY, key=load_or_make_key(tmp_path / "key"))
    before, there = (tmp_path / "db").read_bytes(), names(tmp_path)
    done = run(write(tmp_path / "b", falls=MANY), tmp_path / "db", len(before) if for_a_copy else 100_000)
    assert done.returncode == 2, done.stderr
    assert "no room left" in done.stderr
    assert "Traceback" not in done.stderr
    assert str(tmp_path) not in done.stderr
    assert (tmp_path / "db").read_bytes() == before
    assert names(tmp_path) == there


def test_a_disk_that_is_full_in_the_middle_of_a_load_is_said_too(tmp_path: Path) -> None:
    """Case 46: the engine says it in words of its own."""
    import errno

    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    for fault, said in (
        (OSError(errno.ENOSPC, "No space left on device", str(tmp_path / "db")), NO_ROOM),
        (OSError(errno.EROFS, "Read-only file system", str(tmp_path / "db")), "may not be written"),
    ):
        with pytest.raises(DatabaseUnavailable) as told, open_draft(tmp_path / "db"):
            raise fault
        assert said in str(told.value)
        assert str(tmp_path) not in str(told.value)
    with open_facts(tmp_path / "db") as facts:
        assert len(facts.files_loaded()) == 1


def test_a_database_that_breaks_off_is_said_to_be_damaged_by_a_load(tmp_path: Path) -> None:
    """Case 45: it can be opened, and is found out when it is read; what is there is not written over."""
    load(write(tmp_path / "a", falls=MANY), tmp_path / "db")
    whole = (tmp_path / "db").read_bytes()
    broken = bytearray(whole)
    for at in range(600_000, len(whole) - 64, 4096):
        broken[at : at + 8] = b"\xff" * 8
    (tmp_path / "db").write_bytes(broken)
    with pytest.raises(DatabaseUnavailable) as told:
        load(write(tmp_path / "b", falls=FALLS), tmp_path / "db")
    assert str(told.value) == DAMAGED or "cannot be" in str(told.value)
    assert str(tmp_path) not in str(told.value)
    assert (tmp_path / "db").read_bytes() == bytes(broken)


def test_two_processes_never_load_into_one_database_at_once(tmp_path: Path) -> None:
    """Case 43: the one that comes second is told so, and its rows are not mixed in."""
    first, second = write(tmp_path / "a", falls=FALLS), write(tmp_path / "b", falls=MANY)
    ingest([first], tmp_path / "db", as_of=TODAY, key=load_or_make_key(tmp_path / "key"))
    with open_draft(tmp_path / "db"):
        done = run(second, tmp_path / "db")
    assert done.returncode == 2
    assert "Another load is running. Wait until it has ended, then try again." in " ".join(done.stderr.split())
    with open_facts(tmp_path / "db") as facts:
        assert [each.accepted for each in facts.files_loaded()] == [1]
