"""The researcher's three pages, run as Streamlit runs them: on a release, on nothing, on a damaged and on another's file."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import access
from dashboard.printing.sample_report import pages
from data.releases.sample_file import FILES, write_sample
from tests.dashboard.test_explore_view import release
from tests.support.pages import APP, markup, words

PAGES = ("explore", "methods", "download")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("release") / "given"
    write_sample(out, release(), pages, lambda report: None)
    return out


@pytest.fixture(autouse=True)
def researcher(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTCOMES_ROLE", "researcher")
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)


def opened(monkeypatch: pytest.MonkeyPatch, database: Path, page: str = "explore", **address: str) -> AppTest:
    monkeypatch.setenv("OUTCOMES_DB", str(database))
    at = AppTest.from_file(str(APP), default_timeout=60)
    at.run()
    at.switch_page(f"app_pages/researcher/{page}.py")
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def test_explore_shows_people_before_and_after_the_dictionary_and_what_was_withheld(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    said = words(opened(monkeypatch, folder))
    assert "48 people, one row each" in said
    assert "This is association, not cause" in said
    assert "Meaning of own_view_before." in said
    assert "Given up for everybody: gender." in said
    assert "Sample data, not a real home" in said
    assert "Nobody with lived experience has read this release yet." in said


def test_explore_takes_words_from_the_address_only_if_they_are_in_the_release(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    at = opened(monkeypatch, folder, with_arm="a change", with_own_view_before="under 3", k="1")
    assert "24 people." in words(at)
    assert "48 people." in words(opened(monkeypatch, folder, with_arm="<b>nobody</b>"))


def test_methods_tell_how_the_sample_was_made_and_how_often_answers_are_right(
    monkeypatch: pytest.MonkeyPatch, folder: Path
) -> None:
    said = words(opened(monkeypatch, folder / "sample.duckdb", "methods"))
    assert "two draws are given out at most" in said
    assert "We made up homes in which we know what is true" in said
    assert "What it loses" in " ".join(each.value for each in opened(monkeypatch, folder, "methods").header)


def test_download_offers_every_file_of_the_release_and_no_other(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    at = opened(monkeypatch, folder, "download")
    labels = [each.label for each in at.get("download_button")]
    assert labels == [f"Download {name}" for name in FILES]
    assert "TERMS OF USE" in at.code[0].value


@pytest.mark.parametrize("name", ["../given/people.csv", "/etc/hostname", "other.txt", "", "."])
def test_no_other_file_can_be_asked_for(monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> None:
    monkeypatch.setenv("OUTCOMES_DB", str(folder))
    with pytest.raises(access.NoData):
        access.sample_file(name)


def test_a_link_to_somewhere_else_is_not_followed(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(folder, copy)
    (tmp_path / "secret.txt").write_text("secret")
    (copy / "LICENCE.txt").unlink()
    (copy / "LICENCE.txt").symlink_to(tmp_path / "secret.txt")
    monkeypatch.setenv("OUTCOMES_DB", str(copy))
    assert "LICENCE.txt" not in [each.name for each in access.sample_files()]
    with pytest.raises(access.NoData):
        access.sample_file("LICENCE.txt")


def test_another_reader_gets_nothing_from_a_release(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    monkeypatch.setenv("OUTCOMES_DB", str(folder))
    for role in ("manager", "commissioner"):
        monkeypatch.setenv("OUTCOMES_ROLE", role)
        with pytest.raises(access.Denied, match="another reader"):
            access.sample_release()


@pytest.mark.parametrize("page", PAGES)
def test_without_a_release_every_page_says_what_to_do(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, page: str
) -> None:
    at = opened(monkeypatch, tmp_path, page)
    assert "There is no database file of that name." in words(at)
    assert "outcomes release researcher" in words(at)
    assert str(tmp_path) not in markup(at)


def test_a_damaged_file_and_a_managers_file_are_said_to_be_no_release(
    monkeypatch: pytest.MonkeyPatch, folder: Path, tmp_path: Path, whole_sample: Path
) -> None:
    damaged = tmp_path / "sample.duckdb"
    damaged.write_bytes((folder / "sample.duckdb").read_bytes()[:5000])
    assert "damaged" in words(opened(monkeypatch, damaged))
    said = words(opened(monkeypatch, whole_sample))
    assert "started for a sample for researchers" in said
    assert "Add data" not in said
