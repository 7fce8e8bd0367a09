"""Whose a database file is: three kinds, told apart by what is in them and never by their names."""

from __future__ import annotations

import shutil
from pathlib import Path

import duckdb
import pytest

from data.guarded import DatabaseUnavailable
from data.releases.kind import file_in, kind_of, refuse_other_kind, release_id
from data.schema import open_draft
from data.warehouse import open_facts
from tests.support.exports import load, write
from tests.support.release_files import release_file

FALLS = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("kinds")
    load(write(folder / "exports", falls=FALLS), folder / "m")
    return {
        "manager": folder / "m",
        "commissioner": release_file(folder / "c", "commissioner"),
        "researcher": release_file(folder / "r", "researcher"),
    }


def test_each_kind_is_known(files: dict[str, Path]) -> None:
    assert {kind: kind_of(path) for kind, path in files.items()} == {kind: kind for kind in files}
    assert release_id(files["commissioner"]) == "2026-Q3"


@pytest.mark.parametrize("served", ["manager", "commissioner", "researcher"])
def test_only_ones_own_kind_is_opened(served: str, files: dict[str, Path]) -> None:
    """Case 54: refused at the file, in one sentence without a path."""
    for kind, path in files.items():
        if kind == served:
            refuse_other_kind(path, served)  # type: ignore[arg-type]
            continue
        with pytest.raises(DatabaseUnavailable, match=r"so it is not opened\.$") as error:
            refuse_other_kind(path, served)  # type: ignore[arg-type]
        assert str(path) not in str(error.value)


def test_a_managers_file_that_also_says_it_is_a_release_is_the_managers(files: dict[str, Path], tmp_path: Path) -> None:
    path = Path(shutil.copy(files["manager"], tmp_path / "both"))
    release = release_file(tmp_path / "other", "commissioner")
    with duckdb.connect(str(path)) as con:
        con.execute(f"ATTACH '{release}' AS other")
        con.execute("CREATE TABLE release_meta AS SELECT * FROM other.release_meta")
    assert kind_of(path) == "manager"


@pytest.mark.parametrize("kind", ["commissioner", "researcher"])
def test_the_facts_of_a_release_cannot_be_asked_and_nothing_is_loaded_into_it(
    kind: str, files: dict[str, Path]
) -> None:
    before = files[kind].read_bytes()
    with pytest.raises(DatabaseUnavailable, match="made for another reader"), open_facts(files[kind]):
        pass
    with pytest.raises(DatabaseUnavailable, match="made for another reader"), open_draft(files[kind]):
        pass
    assert files[kind].read_bytes() == before


def test_what_is_no_database_of_ours_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="no database file"):
        kind_of(tmp_path / "nothing")
    with duckdb.connect(str(tmp_path / "empty")):
        pass
    with pytest.raises(DatabaseUnavailable, match="no kind that is known"):
        kind_of(tmp_path / "empty")
    with pytest.raises(DatabaseUnavailable, match="another version"):
        kind_of(release_file(tmp_path / "later", "commissioner", version="99"))
    with pytest.raises(DatabaseUnavailable, match="whom it was made for"):
        kind_of(release_file(tmp_path / "odd", "everybody"))


def test_a_release_folder_may_be_named_instead_of_its_file(tmp_path: Path) -> None:
    assert file_in(tmp_path, "commissioner") == tmp_path / "commissioner.duckdb"
    assert file_in(tmp_path, "researcher") == tmp_path / "sample.duckdb"
    assert file_in(tmp_path / "file.duckdb", "commissioner") == tmp_path / "file.duckdb"
    assert file_in(tmp_path, "manager") == tmp_path
