"""The log of views: a line for each time somebody opens one person's record, and no record without its line."""

from __future__ import annotations

import json
import os
import shutil
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.access import audit
from data.pseudonyms import pseudonym
from data.viewing import NotWritten, Viewing, add, folder_of, stamp, views
from tests.support.exports import KEY
from tests.support.home import small_home
from tests.support.pages import APP, words

PERSON = pseudonym(KEY, "person", "P-1")
LINE = Viewing("2026-11-22T17:20:05Z", "manager", "this computer", "one_person", PERSON, "1:0:2026")


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def home(made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    home = Path(shutil.copy(made, tmp_path / "home.duckdb"))
    monkeypatch.setenv("OUTCOMES_DB", str(home))
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)
    return home


def start() -> AppTest:
    return AppTest.from_file(str(APP), default_timeout=60).run()


def go(at: AppTest, page: str, **address: str) -> AppTest:
    at.switch_page(f"app_pages/{page}.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def who_where(home: Path) -> list[tuple[str, str]]:
    return [(each.page, each.person) for each in views(home)]


# The lines ---------------------------------------------------------------------------------------------


def test_a_line_comes_back_as_it_was_written(tmp_path: Path) -> None:
    other = Viewing(stamp(datetime(2026, 12, 1, 0, 0, 9, tzinfo=UTC)), "manager", "K7", "whose_views", "B", "2")
    for each in (other, LINE):
        add(tmp_path / "home.duckdb", each)
    assert list(views(tmp_path / "home.duckdb")) == [LINE, other]
    assert list(views(tmp_path / "home.duckdb", date(2026, 12, 1))) == [other]
    assert list(views(tmp_path / "home.duckdb", None, date(2026, 11, 22))) == [LINE]
    assert sorted(each.name for each in (tmp_path / "home.audit").iterdir()) == ["2026-11.jsonl", "2026-12.jsonl"]


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_folder_and_files_are_for_this_user_alone(tmp_path: Path) -> None:
    before = os.umask(0)
    try:
        folder_of(tmp_path / "home.duckdb").mkdir()
        add(tmp_path / "home.duckdb", LINE)
    finally:
        os.umask(before)
    assert (tmp_path / "home.audit").stat().st_mode & 0o777 == 0o700
    assert (tmp_path / "home.audit" / "2026-11.jsonl").stat().st_mode & 0o777 == 0o600


def test_lines_written_at_once_do_not_mix(tmp_path: Path) -> None:
    def write(who: str) -> None:
        for _ in range(50):
            add(tmp_path / "home.duckdb", Viewing(LINE.time, "manager", who * 200, "p", PERSON, "1"))

    threads = [threading.Thread(target=write, args=(each,)) for each in "abcd"]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    found = [each.who for each in views(tmp_path / "home.duckdb")]
    assert len(found) == 200 and all(len(set(each)) == 1 for each in found)


def test_a_torn_line_is_passed_over(tmp_path: Path) -> None:
    add(tmp_path / "home.duckdb", LINE)
    with (tmp_path / "home.audit" / "2026-11.jsonl").open("a") as file:
        file.write('{"time": "2026-11-2\n[1]\n{"time": "soon"}\n')
    add(tmp_path / "home.duckdb", LINE)
    assert list(views(tmp_path / "home.duckdb")) == [LINE, LINE]


@pytest.mark.skipif(os.name != "posix", reason="links are another matter elsewhere")
def test_a_file_that_is_a_link_to_elsewhere_is_not_written(tmp_path: Path) -> None:
    folder_of(tmp_path / "home.duckdb").mkdir()
    (tmp_path / "home.audit" / "2026-11.jsonl").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(NotWritten) as error:
        add(tmp_path / "home.duckdb", LINE)
    assert str(tmp_path) not in str(error.value)
    assert not (tmp_path / "elsewhere").exists()


# The pages ---------------------------------------------------------------------------------------------


def test_opening_one_person_is_one_line_and_a_rerun_none(home: Path) -> None:
    at = go(start(), "one_person", service="elm", change="one")
    at.run()
    at.run()
    assert who_where(home) == [("one_person", PERSON)]
    go(at, "trends", service="elm")
    go(at, "one_person", service="elm", change="one")
    assert who_where(home) == [("one_person", PERSON)] * 2
    go(start(), "one_person", service="elm", change="one")  # another visit
    assert len(who_where(home)) == 3
    (line, *_) = views(home)
    assert (line.role, line.who) == ("manager", "this computer")
    assert abs(datetime.now(UTC) - datetime.fromisoformat(line.time)).total_seconds() < 600
    assert "P-1" not in (home.with_name("home.audit") / f"{line.time[:7]}.jsonl").read_text()


def test_another_person_on_the_same_page_is_another_line(home: Path) -> None:
    at = go(start(), "one_person", service="elm", change="one")
    at.query_params["change"] = "two"
    at.run()
    assert who_where(home) == [("one_person", PERSON), ("one_person", pseudonym(KEY, "person", "P-2"))]


def test_a_change_of_one_person_is_theirs_and_one_of_the_whole_home_is_nobodys(home: Path) -> None:
    at = go(start(), "one_change", service="elm", change="three")
    assert who_where(home) == []
    at.query_params["change"] = "one"
    at.run()
    go(at, "whose_views", service="elm", look="change", change="one")
    assert who_where(home) == [("one_change", PERSON), ("whose_views", PERSON)]


def test_pages_about_everybody_write_no_line(home: Path) -> None:
    at = start()
    for page in ("own_words", "accountable", "left_out", "trends", "services", "record", "trust", "method", "choice"):
        go(at, page, service="elm")
    assert who_where(home) == []


def test_who_looked_is_what_signing_in_says(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_who", audit._who)
    audit.identify_by(lambda: "QK7M2")
    go(start(), "one_person", service="elm", change="one")
    assert [each.who for each in views(home)] == ["QK7M2"]


@pytest.mark.parametrize("page", ["one_person", "one_change"])
def test_what_cannot_be_written_down_is_not_shown(page: str, home: Path) -> None:
    """A file stands where the folder should be, so even a superuser cannot write."""
    home.with_name("home.audit").write_text("in the way")
    at = go(start(), page, service="elm", change="one")
    said = words(at)
    assert "Not shown" in said and "could not be written down" in said
    assert not at.get("page_link")
    assert str(home.parent) not in said
    assert "Before" not in said and "timeline" not in said.lower()
    go(at, "trends", service="elm")
    assert "Not shown" not in words(at)


# The command -------------------------------------------------------------------------------------------


def test_the_command_lists_the_lines(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from dashboard.cli import app

    def run(*said: str) -> str:
        app(["audit", "--db", str(home), *said], standalone_mode=False)
        return capsys.readouterr().out

    assert "Nobody has opened" in run()
    add(home, LINE)
    assert json.loads(run("--json"))[0]["person"] == PERSON
    assert PERSON in run("--from", "2026-11-22", "--to", "2026-11-22")
    assert json.loads(run("--json", "--from", "2026-11-23")) == []
    assert json.loads(run("--json", "--to", "2026-11-21")) == []
