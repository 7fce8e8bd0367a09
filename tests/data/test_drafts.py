"""A load works on a copy: readers go on reading, a second load waits its turn, a failure leaves nothing behind."""

from __future__ import annotations

from pathlib import Path

import pytest
from filelock import FileLock

from data.schema import DatabaseUnavailable, open_draft, open_for_reading
from data.warehouse import open_facts
from tests.support.exports import load, write

FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
MORE = FALLS + "F2, P-2, elm, 2026-01-04 15:06\n"


def names(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir() if each.is_file() and not each.name.endswith(".lock"))


def test_a_reader_sees_the_old_facts_until_it_opens_again(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    with open_facts(tmp_path / "db") as facts:
        load(write(tmp_path / "b", falls=MORE), tmp_path / "db")
        assert len(facts.files_loaded()) == 1
    with open_facts(tmp_path / "db") as facts:
        assert len(facts.files_loaded()) == 2


def test_a_second_load_is_refused_while_one_is_running(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    with FileLock(tmp_path / "db.lock"), pytest.raises(DatabaseUnavailable, match="Another load is running"):
        load(write(tmp_path / "b", falls=MORE), tmp_path / "db")


def test_what_a_killed_load_left_is_cleared_away(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    (tmp_path / "db.loading").write_bytes(b"half a copy")
    (tmp_path / "db.loading.wal").write_bytes(b"half a log")
    assert load(write(tmp_path / "b", falls=MORE), tmp_path / "db").total("accepted") == 1
    assert names(tmp_path) == ["db"]


def test_an_error_in_the_middle_changes_nothing(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    before = (tmp_path / "db").read_bytes()
    with pytest.raises(ZeroDivisionError), open_draft(tmp_path / "db") as draft:
        draft.con.execute("DELETE FROM store.falls")
        draft.keep()
        raise ZeroDivisionError
    assert (tmp_path / "db").read_bytes() == before
    assert names(tmp_path) == ["db"]


def test_a_damaged_database_is_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(DatabaseUnavailable, match="damaged or not a database"):
        load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    assert (tmp_path / "db").read_bytes() == b"not a database at all" * 500
    assert names(tmp_path) == ["db"]


def test_the_database_and_its_copies_are_for_this_user_alone(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    load(write(tmp_path / "b", falls=MORE), tmp_path / "db")
    assert (tmp_path / "db").stat().st_mode & 0o077 == 0


def test_the_engine_draws_no_progress_bar_into_what_programs_read(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=FALLS), tmp_path / "db")
    with open_draft(tmp_path / "db") as draft, open_for_reading(tmp_path / "db") as reader:
        for con in (draft.con, reader):
            assert con.execute("SELECT current_setting('enable_progress_bar')").fetchall() == [(False,)]
