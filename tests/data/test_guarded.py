"""The connection for reading: one file, nothing else, for so long and no longer, whoever the file was made for."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import duckdb
import pytest

from data import guarded
from data.guarded import DatabaseUnavailable, TookTooLong, read_only, unavailable
from data.schema import open_for_reading
from data.warehouse import open_facts
from tests.support.exports import load, write
from tests.support.release_files import release_file

FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
ENDLESS = "SELECT count(*) FROM range(1000000000000)"
KINDS = ("manager", "commissioner", "researcher")
SQL_OF_AN_INTRUDER = (
    "ATTACH '{other}'",
    "ATTACH ':memory:'",
    "SELECT * FROM read_csv('{text}')",
    "SELECT * FROM read_text('{text}')",
    "SELECT * FROM read_blob('{text}')",
    "SELECT * FROM glob('{folder}/*')",
    "FROM '{text}'",
    "FROM a_variable",
    "COPY (SELECT 1) TO '{folder}/out.csv'",
    "EXPORT DATABASE '{folder}/out'",
    "INSTALL httpfs",
    "LOAD httpfs",
    "CREATE SECRET s (TYPE s3)",
    "SELECT getenv('HOME')",
    "SET memory_limit = '64GB'",
    "SET threads = 8",
    "SET temp_directory = '{folder}'",
    "SET enable_external_access = true",
    "SET lock_configuration = false",
    "RESET lock_configuration",
    "SET python_enable_replacement_scans = true",
    "SET log_query_path = '{folder}/log'",
    "CALL enable_logging()",
    "CREATE TABLE mine (n INTEGER)",
    "DROP TABLE {table}",
    "INSERT INTO {table} VALUES ('a', 'b')",
    "DELETE FROM {table}",
)


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """One file of each kind, and what an intruder would like to reach."""
    folder = tmp_path_factory.mktemp("kinds")
    load(write(folder / "exports", falls=FALLS), folder / "manager.duckdb")
    for kind in KINDS[1:]:
        release_file(folder / f"{kind}.duckdb", kind)
    (folder / "secret.csv").write_text("a,b\n1,2\n")
    return {each: folder / f"{each}.duckdb" for each in KINDS}


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_but_the_file_itself_can_be_read_or_changed(kind: str, files: dict[str, Path]) -> None:
    """Case 60: whatever SQL reaches the connection of a reader, it opens, writes and sets nothing."""
    a_variable = {"a": [1]}
    path = files[kind]
    other = next(each for each in files.values() if each != path)
    words = {
        "other": other,
        "text": path.parent / "secret.csv",
        "folder": path.parent,
        "table": "store.meta" if kind == "manager" else "release_meta",
    }
    before = sorted(each.name for each in path.parent.iterdir())
    con = read_only(path)
    try:
        for sql in SQL_OF_AN_INTRUDER:
            with pytest.raises(Exception, match=r".") as refused:
                con.execute(sql.format(**words)).fetchall()
            assert "Parser Error" not in str(refused.value), sql
        assert con.execute(f"SELECT count(*) > 0 FROM {words['table']}").fetchall() == [(True,)]
    finally:
        con.close()
    assert sorted(each.name for each in path.parent.iterdir()) == before
    assert a_variable


def test_a_second_reader_of_the_same_file_has_the_same_settings(files: dict[str, Path]) -> None:
    asked = (
        "SELECT current_setting('memory_limit'), current_setting('threads'), current_setting('temp_directory'), "
        "current_setting('enable_external_access'), current_setting('lock_configuration'), current_setting('TimeZone')"
    )
    first, second = read_only(files["manager"]), read_only(files["manager"])
    try:
        found = first.execute(asked).fetchone()
        assert found == ("488.2 MiB", 1, "", False, True, "Europe/London")
        assert second.execute(asked).fetchone() == found
    finally:
        first.close()
        second.close()


def test_many_readers_opening_at_once_do_not_get_in_each_others_way(files: dict[str, Path]) -> None:
    failed: list[BaseException] = []

    def read() -> None:
        try:
            for _ in range(20):
                with open_facts(files["manager"], longest=5) as facts:
                    assert len(facts.files_loaded()) == 1
        except BaseException as error:
            failed.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert failed == []


def test_an_endless_question_is_stopped_and_others_are_served_meanwhile(files: dict[str, Path]) -> None:
    """Case 61: a heavy question ends in time with a sentence; another reader is answered while it runs."""
    told: list[str] = []
    running = threading.Event()

    def heavy() -> None:
        con = read_only(files["manager"], longest=1.0)
        running.set()
        try:
            con.execute(ENDLESS).fetchall()
        except TookTooLong as error:
            told.append(str(error))
        finally:
            con.close()

    other = threading.Thread(target=heavy)
    began = time.monotonic()
    other.start()
    running.wait()
    served = 0
    while other.is_alive() and served < 3:
        with open_facts(files["manager"], longest=1.0) as facts:
            served += len(facts.files_loaded())
    other.join(timeout=9)
    assert not other.is_alive()
    assert 1.0 <= time.monotonic() - began < 9
    assert served == 3
    assert len(told) == 1 and "took too long" in told[0] and "try again" in told[0]


def test_the_connection_goes_on_after_a_question_was_stopped(files: dict[str, Path]) -> None:
    con = read_only(files["commissioner"], longest=0.3)
    try:
        for _ in range(2):
            with pytest.raises(TookTooLong):
                con.execute(ENDLESS).fetchall()
            assert con.execute("SELECT 1").fetchall() == [(1,)]
    finally:
        con.close()


def test_no_question_of_a_page_takes_ten_seconds() -> None:
    """Case 61."""
    assert guarded.LONGEST_QUERY < 10


def test_a_question_that_needs_too_much_memory_ends_in_a_sentence_and_spills_nothing(files: dict[str, Path]) -> None:
    con = read_only(files["manager"])
    try:
        with pytest.raises(TookTooLong, match="more memory"):
            con.execute("SELECT list(repeat('x', 100) || n) FROM range(20000000) AS r(n)").fetchall()
    finally:
        con.close()
    assert [each.name for each in files["manager"].parent.iterdir() if "tmp" in each.name] == []


def _flip(raw: bytes) -> bytes:
    middle = len(raw) // 2 // 4096 * 4096
    return raw[:middle] + bytes(255 - each for each in raw[middle : middle + 4096 * 8]) + raw[middle + 4096 * 8 :]


@pytest.mark.parametrize(
    "harm",
    [lambda raw: raw[: len(raw) // 2], lambda raw: b"junk" * 5000, lambda raw: b"", _flip],
    ids=["cut short", "junk", "empty", "a block changed"],
)
def test_a_damaged_file_is_said_to_be_unavailable_and_its_path_is_not_said(harm: object, tmp_path: Path) -> None:
    """Case 45."""
    falls = FALLS + "".join(f"G{n}, P-{n % 50}, elm, 2026-01-{n % 28 + 1:02d} 10:{n % 60:02d}\n" for n in range(3000))
    path = tmp_path / "a-telling-name.duckdb"
    load(write(tmp_path / "exports", falls=falls), path)
    path.write_bytes(harm(path.read_bytes()))  # type: ignore[operator]
    with pytest.raises(DatabaseUnavailable) as error, open_for_reading(path) as con:
        tables = con.execute("SELECT schema_name, table_name FROM duckdb_tables()").fetchall()
        for schema, table in tables:
            con.execute(f'SELECT * FROM "{schema}"."{table}"').fetchall()
    assert "a-telling-name" not in str(error.value) and str(tmp_path) not in str(error.value)


def test_a_load_onto_a_file_with_damaged_blocks_ends_in_a_sentence_and_leaves_it_as_it_is(tmp_path: Path) -> None:
    """Case 45: damage that is only found when a block is read."""
    falls = FALLS + "".join(f"G{n}, P-{n % 50}, elm, 2026-01-{n % 28 + 1:02d} 10:{n % 60:02d}\n" for n in range(3000))
    path = tmp_path / "manager.duckdb"
    exports = write(tmp_path / "exports", falls=falls)
    load(exports, path)
    harmed = _flip(path.read_bytes())
    path.write_bytes(harmed)
    more = write(tmp_path / "more", falls=falls.replace("G", "H"))
    with pytest.raises(DatabaseUnavailable):
        load(more, path)
    assert path.read_bytes() == harmed
    assert sorted(each.name for each in tmp_path.iterdir() if each.is_file()) == [
        "manager.duckdb",
        "manager.duckdb.lock",
    ]


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_reading_writes_no_file_beside_the_database(files: dict[str, Path]) -> None:
    before = sorted(each.name for each in files["manager"].parent.iterdir())
    with open_facts(files["manager"]) as facts:
        facts.data_checks()
        assert sorted(each.name for each in files["manager"].parent.iterdir()) == before


def test_a_file_the_system_keeps_us_out_of_is_not_called_damaged() -> None:
    """Case 55: what a reader of the computer sees whom the system does not let in; the path is not said."""
    error = duckdb.IOException('IO Error: Cannot open file "/srv/a-telling-name.duckdb": Permission denied')
    assert "may not open" in str(unavailable(error)) and "telling" not in str(unavailable(error))
