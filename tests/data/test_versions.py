"""Later exports correct earlier ones, a full export closes what has gone, and a load can be taken back."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.ingest import ingest
from data.model import Period
from data.reports import IngestReport
from data.schema import DatabaseUnavailable
from data.undoing import NoSuchLoad, undo
from data.warehouse import open_facts
from tests.support.exports import KEY, TODAY, load, write

HEAD = "fall_id, person_id, service_id, occurred_at, harm\n"
MARCH = Period(date(2026, 3, 1), date(2026, 3, 31))


def falls(*rows: str) -> str:
    return HEAD + "\n".join(rows)


def row(n: int, harm: str = "none", home: str = "elm") -> str:
    return f"F{n}, P-{n}, {home}, 2026-03-{n % 28 + 1:02d} 14:{n % 59 + 1:02d}, {harm}"


def now_there(database: Path) -> dict[str, str]:
    with duckdb.connect(str(database), read_only=True) as con:
        return dict(con.execute("SELECT fall_id, harm FROM falls ORDER BY fall_id").fetchall())


def load_full(folder: Path, database: Path, period: Period = MARCH) -> IngestReport:
    return ingest([folder], database, as_of=TODAY, key=KEY, full_export=period)


def test_a_full_export_closes_the_rows_it_no_longer_has(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(*(row(n) for n in range(1, 8)))), tmp_path / "db")
    report = load_full(write(tmp_path / "b", falls=falls(*(row(n) for n in range(1, 6)))), tmp_path / "db")
    assert (report.total("accepted"), report.total("duplicates"), report.total("retired")) == (0, 5, 2)
    assert sorted(now_there(tmp_path / "db")) == ["F1", "F2", "F3", "F4", "F5"]


def test_rows_of_other_homes_and_other_days_stay(tmp_path: Path) -> None:
    april = "F90, P-1, elm, 2026-04-02 10:10, low"
    load(write(tmp_path / "a", falls=falls(row(1), row(2), row(3, home="oak"), april)), tmp_path / "db")
    report = load_full(write(tmp_path / "b", falls=falls(row(1))), tmp_path / "db")
    assert report.total("retired") == 1
    assert sorted(now_there(tmp_path / "db")) == ["F1", "F3", "F90"]


def test_a_refused_row_is_still_in_the_export_and_its_earlier_version_stays(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(row(1), row(2))), tmp_path / "db")
    report = load_full(write(tmp_path / "b", falls=falls(row(1), row(2, harm="dreadful"))), tmp_path / "db")
    assert (report.total("rejected"), report.total("retired")) == (1, 0)
    assert sorted(now_there(tmp_path / "db")) == ["F1", "F2"]


def test_a_full_export_that_lacks_far_too_much_is_refused_whole(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(*(row(n) for n in range(1, 41)))), tmp_path / "db")
    report = load_full(write(tmp_path / "b", falls=falls(*(row(n) for n in range(20, 42)))), tmp_path / "db")
    (file,) = report.files
    assert file.refused is not None and "19 of the 40 rows" in file.refused
    assert "F41" not in now_there(tmp_path / "db")
    assert len(now_there(tmp_path / "db")) == 40
    both = write(tmp_path / "b", context="context_id, service_id, from_on, kind\nN1, elm, 2026-03-05, outbreak")
    load_full(both, tmp_path / "db", Period(date(2026, 3, 1), date(2026, 4, 30)))
    with open_facts(tmp_path / "db") as facts:
        span = facts.span("falls", "elm")
        assert span is not None and span.last == date(2026, 3, 28), "a refused file speaks for no day"


def test_undo_takes_rows_away_and_brings_back_what_they_replaced(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(row(1), row(2))), tmp_path / "db")
    load(write(tmp_path / "b", falls=falls(row(1, "moderate"), row(2), row(3))), tmp_path / "db")
    done = undo(tmp_path / "db", 2)
    assert (done.removed, done.restored, done.shared) == (2, 1, 0)
    assert now_there(tmp_path / "db") == {"F1": "none", "F2": "none"}


def test_undo_of_a_middle_load_leaves_the_newest_version_true(tmp_path: Path) -> None:
    for name, harm in (("a", "none"), ("b", "low"), ("c", "moderate")):
        load(write(tmp_path / name, falls=falls(row(1, harm))), tmp_path / "db")
    undo(tmp_path / "db", 2)
    assert now_there(tmp_path / "db") == {"F1": "moderate"}
    undo(tmp_path / "db", 3)
    assert now_there(tmp_path / "db") == {"F1": "none"}


def test_undo_opens_again_what_a_full_export_had_closed(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(row(1), row(2))), tmp_path / "db")
    load_full(write(tmp_path / "b", falls=falls(row(1), row(3))), tmp_path / "db")
    assert sorted(now_there(tmp_path / "db")) == ["F1", "F3"]
    done = undo(tmp_path / "db", 2)
    assert (done.removed, done.restored) == (1, 1)
    assert sorted(now_there(tmp_path / "db")) == ["F1", "F2"]


def test_a_file_taken_back_can_be_loaded_again_and_so_can_those_it_shared_rows_with(tmp_path: Path) -> None:
    first = write(tmp_path / "a", falls=falls(row(1), row(2)))
    second = write(tmp_path / "b", falls=falls(row(2), row(3)))
    load(first, tmp_path / "db")
    load(second, tmp_path / "db")
    done = undo(tmp_path / "db", 1)
    assert done.shared == 1
    assert sorted(now_there(tmp_path / "db")) == ["F3"]
    report = load(second, tmp_path / "db")
    assert (report.total("accepted"), report.total("duplicates")) == (1, 1)
    report = load(first, tmp_path / "db")
    assert report.total("accepted") == 1
    assert sorted(now_there(tmp_path / "db")) == ["F1", "F2", "F3"]


def test_days_of_a_load_that_was_taken_back_are_no_longer_covered(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(row(1))), tmp_path / "db")
    load(write(tmp_path / "b", falls=falls("F50, P-1, elm, 2026-05-20 10:11, low")), tmp_path / "db")
    with open_facts(tmp_path / "db") as facts:
        before = facts.data_version()
    undo(tmp_path / "db", 2)
    with open_facts(tmp_path / "db") as facts:
        span = facts.span("falls", "elm")
        assert span is not None and span.last == date(2026, 3, 2)
        assert facts.data_version() != before
        assert [file.undone_at is None for file in facts.files_loaded()] == [False, True]


@pytest.mark.parametrize("load_id", [0, 2, 99])
def test_a_load_that_is_not_there_cannot_be_taken_back(tmp_path: Path, load_id: int) -> None:
    load(write(tmp_path / "a", falls=falls(row(1))), tmp_path / "db")
    with pytest.raises(NoSuchLoad, match="no load"):
        undo(tmp_path / "db", load_id)


def test_a_load_cannot_be_taken_back_twice(tmp_path: Path) -> None:
    load(write(tmp_path / "a", falls=falls(row(1))), tmp_path / "db")
    undo(tmp_path / "db", 1)
    with pytest.raises(NoSuchLoad, match="taken back before"):
        undo(tmp_path / "db", 1)


def test_without_a_database_there_is_nothing_to_take_back(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="no database"):
        undo(tmp_path / "db", 1)
    assert not list(tmp_path.iterdir())
