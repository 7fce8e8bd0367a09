"""One server, one reader, one kind of file: nothing a visitor does changes which."""

from __future__ import annotations

import ast
import shutil
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access, roles
from dashboard.parts import NO_SAVING
from dashboard.printing.sample_report import pages
from data.guarded import LONGEST_QUERY, TookTooLong
from data.releases.cube_file import write_cube
from data.releases.sample_file import write_sample
from data.warehouse import open_facts
from tests.dashboard.test_explore_view import release as small_sample
from tests.support.cube import full_release
from tests.support.home import small_home
from tests.support.pages import APP, markup, words

PAGES = APP.with_name("app_pages")
OTHERS = ("commissioner", "researcher")
OWN = {role: [each.file for each in roles.PAGES[role]] for role in roles.ROLES}
ONLY_MANAGERS = [file for file in OWN["manager"] if all(file not in OWN[role] for role in OTHERS)]
TELLS = ("Music before breakfast", "P-1")
"""What stands in the manager's file and must never reach another reader."""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A release of each kind, its database beside the other's."""
    folder = tmp_path_factory.mktemp("made")
    write_cube(full_release(), folder / "commissioner.duckdb")
    write_sample(folder / "given", small_sample(), pages, lambda report: None)
    shutil.copyfile(folder / "given" / "sample.duckdb", folder / "sample.duckdb")
    return folder


@pytest.fixture
def release(tmp_path: Path, made: Path) -> Path:
    for name in ("commissioner.duckdb", "sample.duckdb"):
        shutil.copyfile(made / name, tmp_path / name)
    return tmp_path


def opened(
    monkeypatch: pytest.MonkeyPatch, role: str, database: Path, script: Path = APP, /, **address: str
) -> AppTest:
    monkeypatch.setenv("OUTCOMES_ROLE", role)
    monkeypatch.setenv("OUTCOMES_DB", str(database))
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)
    at = AppTest.from_file(str(script), default_timeout=60)
    for key, value in address.items():
        at.query_params[key] = value
    return at.run()


def everything(at: AppTest) -> str:
    return " ".join([markup(at), *(str(each) for each in at.main), str(at.sidebar)])


def test_every_page_of_one_reader_alone_begins_with_the_door() -> None:
    """Case 49: before anything is asked for, the page says whose it is."""
    for file in ONLY_MANAGERS:
        body = [
            node
            for node in ast.parse((PAGES / file).read_text(encoding="utf-8")).body
            if not isinstance(node, ast.Import | ast.ImportFrom)
        ]
        assert ast.unparse(body[1]) == "access.require('manager')", file


@pytest.mark.parametrize("role", OTHERS)
@pytest.mark.parametrize("file", ONLY_MANAGERS)
def test_a_managers_page_is_denied_even_when_it_is_run_by_itself(
    role: str, file: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 49: no row, and the file is not opened, even if the server stands on the manager's own."""

    def opens(*args: object, **more: object) -> None:
        raise AssertionError("the manager's file was opened")

    monkeypatch.setattr("dashboard.access.opened.open_facts", opens)
    at = opened(monkeypatch, role, home, PAGES / file)
    assert len(at.exception) == 1 and "redacted" in at.exception[0].message
    assert not at.title and not at.selectbox and not at.get("html")
    assert not any(word in everything(at) for word in TELLS)


@pytest.mark.parametrize("role", OTHERS)
def test_a_page_that_is_not_in_the_list_is_not_found_by_its_address_either(
    role: str, home: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 49: by URL, bookmark or back button: the reader's own first page, and nothing of the one asked for."""
    managers = opened(monkeypatch, "manager", home)
    bookmarks = {}
    for file in ("one_person.py", "record.py", "what_changed.py"):
        managers.switch_page(f"app_pages/{file}")
        bookmarks[file] = managers._page_hash
    at = opened(monkeypatch, role, release)
    first = at.title[0].value
    for file, address in bookmarks.items():
        with pytest.raises(ValueError, match="Could not find a navigation page"):
            at.switch_page(f"app_pages/{file}")
        at._page_hash = address
        at.run()
        assert not at.exception
        assert at.title[0].value == first == roles.PAGES[role][0].title  # type: ignore[index]
        assert not any(word in everything(at) for word in TELLS)


@pytest.mark.parametrize("role", OTHERS)
def test_no_word_in_the_address_and_no_state_of_the_visit_changes_the_reader(
    role: str, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cases 20 and 51: role=manager, k=1 and a person's address are ignored."""
    plain = opened(monkeypatch, role, release)
    at = opened(monkeypatch, role, release, role="manager", k="1", service="elm", change="one", db="/etc/passwd")
    assert everything(at) == everything(plain)
    for name in ("role", "reader", "OUTCOMES_ROLE"):
        at.session_state[name] = "manager"
    at.run()
    assert not at.exception
    assert everything(at) == everything(plain)


@pytest.mark.parametrize("role", OTHERS)
def test_a_server_of_another_reader_that_stands_on_the_managers_file_shows_a_sentence(
    role: str, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 54: looked at again whenever a page opens it, not only when the server starts."""
    at = opened(monkeypatch, role, home)
    assert not at.exception
    assert "so it is not opened" in words(at)
    assert not any(word in everything(at) for word in TELLS)
    assert str(home) not in everything(at)


def test_a_managers_server_that_stands_on_a_release_shows_a_sentence(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 54, the other way about."""
    at = opened(monkeypatch, "manager", release / "sample.duckdb")
    assert "made for another reader" in words(at)


def test_the_page_about_method_opens_nothing_of_anybodys(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def opens(*args: object, **more: object) -> None:
        raise AssertionError("a database was opened")

    monkeypatch.setattr("dashboard.access.opened.open_facts", opens)
    monkeypatch.setattr("dashboard.access.opened.refuse_other_kind", opens)
    at = opened(monkeypatch, "commissioner", home, PAGES / "method.py")
    assert not at.exception
    assert "The four answers" in [each.value for each in at.header]


def test_an_unknown_reader_is_shown_nothing(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 52: deny by default."""
    at = opened(monkeypatch, "everybody", home)
    assert not at.exception
    assert "does not exist" in words(at)
    assert not any(word in everything(at) for word in TELLS)
    with pytest.raises(access.Denied):
        access.catalogue()


@pytest.mark.parametrize("role", roles.ROLES)
def test_a_damaged_file_is_said_to_be_unavailable_and_the_other_readers_go_on(
    role: roles.Role, home: Path, release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 45: cut short, junk, or gone; no path is shown."""
    junk = release / "a-telling-name.duckdb"
    for raw in (b"junk" * 5000, home.read_bytes()[:40_000], b""):
        junk.write_bytes(raw)
        at = opened(monkeypatch, role, junk)
        assert not at.exception
        shown = everything(at)
        assert "a-telling-name" not in shown and str(release) not in shown
        assert any(word in words(at) for word in ("damaged", "cannot be opened", "cannot be read", "no kind", "empty"))
    for other in roles.ROLES:
        at = opened(monkeypatch, other, home if other == "manager" else release)
        assert not at.exception
        assert "damaged" not in words(at)


def test_a_question_that_took_too_long_is_said_with_what_to_do(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 61: the page says so; it does not wait and does not fail."""

    def slow(*args: object, **more: object) -> None:
        raise TookTooLong("This took too long and was stopped. Choose a shorter time, and try again.")

    monkeypatch.setattr("dashboard.access.left_out.groups.known", slow)
    monkeypatch.setenv("OUTCOMES_ROLE", "manager")
    at = opened(monkeypatch, "manager", home)
    at.switch_page("app_pages/left_out.py").run()
    assert not at.exception
    assert "This took too long" in words(at) and "Choose a shorter time" in words(at)


def test_every_question_of_a_page_has_its_time(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 61: the manager's door never opens a file without the limit."""
    limits: list[float | None] = []

    def noted(path: Path, *, longest: float | None = None) -> Any:
        limits.append(longest)
        return open_facts(path, longest=longest)

    monkeypatch.setattr("dashboard.access.opened.open_facts", noted)
    opened(monkeypatch, "manager", Path(shutil.copy(home, home.with_name("again.duckdb"))))
    assert limits and set(limits) == {LONGEST_QUERY}


def test_without_the_key_of_the_database_the_writing_pages_say_that_nothing_can_be_saved(
    home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 59: no new key is made silently; the other pages are read as usual."""
    monkeypatch.setenv("OUTCOMES_KEY", str(tmp_path / "gone.key"))
    at = opened(monkeypatch, "manager", home)
    for page, refused in (("record", True), ("add_data", True), ("trust", False)):
        at.switch_page(f"app_pages/{page}.py").run()
        assert not at.exception
        assert (NO_SAVING in words(at)) == refused
    with pytest.raises(access.NotSaved, match="no key is there"):
        access.person_code("P-1")
    assert not (tmp_path / "gone.key").exists()
