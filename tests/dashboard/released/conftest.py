"""A commissioner's server on a release made in memory."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

import dashboard.access  # noqa: F401 - so that its modules are there
from data.releases.cube_file import NAME, write_cube
from data.releases.model import CommissionerRelease
from metrics.across.released import Book, book_of
from tests.support.cube import CATALOGUE, full_release
from tests.support.pages import commissioner_page

DOOR = sys.modules["dashboard.access.released"]
OpenRelease = Callable[..., AppTest]


@pytest.fixture(scope="session")
def release() -> CommissionerRelease:
    return full_release()


@pytest.fixture(scope="session")
def book(release: CommissionerRelease) -> Book:
    return book_of(release, CATALOGUE)


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> OpenRelease:
    """Opens one page on a release, with words in its address; an exception on the page fails the test."""
    opened: list[Path] = []

    def on(release: CommissionerRelease, name: str = "all_services", **address: str) -> AppTest:
        folder = tmp_path / f"release-{len(opened)}"
        folder.mkdir()
        write_cube(release, folder / NAME)
        opened.append(folder)
        return commissioner_page(monkeypatch, folder, name, **address)

    return on


def everything(at: AppTest) -> str:
    """All that the page sends to a browser: markup, charts with their hovers, labels and options; no random names."""
    said = "\n".join(str(each.proto) for each in (*at.main, *at.sidebar))
    return re.sub(r'(file_id|url): "[^"]*"', "", said)
