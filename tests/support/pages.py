"""A page of the dashboard, run as Streamlit runs it, and what a reader sees of it."""

from __future__ import annotations

import html
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
HOSTILE = "![t](http://a.example/p.png) <img src=http://a.example/q.png> <b>x</b>"
"""What somebody's file may hold where a title or a label is meant."""
Open = Callable[..., AppTest]


def opener(monkeypatch: pytest.MonkeyPatch, name: str) -> Open:
    """Opens one page on a database, with words in its address; an exception on the page fails the test."""

    def opened(database: Path, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.run()
        at.switch_page(f"app_pages/{name}.py")
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at

    return opened


def commissioner_page(monkeypatch: pytest.MonkeyPatch, release: Path, page: str, **address: str) -> AppTest:
    """A page of a release as a commissioner opens it, with words in its address; an exception fails the test."""
    monkeypatch.setenv("OUTCOMES_DB", str(release))
    monkeypatch.setenv("OUTCOMES_ROLE", "commissioner")
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)
    at = AppTest.from_file(str(APP), default_timeout=60)
    for key, value in address.items():
        at.query_params[key] = value
    at.run()
    if page != "all_services":
        at.switch_page(f"app_pages/commissioner/{page}.py")
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
    assert not at.exception
    return at


def markup(at: AppTest) -> str:
    """Everything the page put out as markup, its style sheet left out."""
    return " ".join(each.value for each in at.get("html") if "<style" not in each.value)


def words(at: AppTest) -> str:
    """The markup's words, as they are read."""
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", markup(at))))
