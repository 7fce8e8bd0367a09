"""The gate on a page: nothing on one's own computer, a plain page and no more for whoever is not let in."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.hosted import gate
from tests.dashboard.hosted.test_role_table import AUTH, ONE

Opened = Callable[..., AppTest]
SECRET = "a record that only people let in may see"


def page() -> None:
    import streamlit as st

    from dashboard.hosted import gate

    gate.pass_or_stop()
    st.write("a record that only people let in may see")
    st.write(f"file: {gate.database_for_session()}")


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Opened:
    """The page, on a server with these settings and secrets, asked for with this address."""
    (tmp_path / "roles.toml").write_text(ONE, encoding="utf-8")
    (tmp_path / "roles.toml").chmod(0o600)

    def open_page(*, table: str | None = None, auth: bool = False, **query: str) -> AppTest:
        monkeypatch.delenv("OUTCOMES_ROLES", raising=False)
        if table is not None:
            monkeypatch.setenv("OUTCOMES_ROLES", str(tmp_path / table))
        app = AppTest.from_function(page)
        if auth:
            app.secrets["auth"] = dict(AUTH)
        for name, value in query.items():
            app.query_params[name] = value
        return app.run()

    return open_page


def said(app: AppTest) -> str:
    return " ".join(str(each.value) for each in [*app.title, *app.markdown])


def test_on_ones_own_computer_the_gate_is_not_there(opened: Opened) -> None:
    app = opened()
    assert SECRET in said(app)
    assert "file: None" in said(app)
    assert not app.button
    assert not gate.is_hosted()


@pytest.mark.parametrize("table", [None, "gone.toml"])
def test_half_a_set_up_shows_nothing_and_says_no_path(
    opened: Opened, caplog: pytest.LogCaptureFixture, tmp_path: Path, table: str | None
) -> None:
    """Case 52: deny by default, also where somebody starts Streamlit past our own command."""
    with caplog.at_level(logging.ERROR, logger="outcomes.sign_in"):
        app = opened(table=table, auth=True)
    assert said(app) == f"Not open {gate.NOT_SERVED}"
    assert not app.button
    assert "Nobody is let in" in caplog.text
    assert str(tmp_path) not in caplog.text


def test_a_role_table_without_signing_in_shows_nothing(opened: Opened) -> None:
    """Case 52."""
    assert said(opened(table="roles.toml")) == f"Not open {gate.NOT_SERVED}"


def test_a_stranger_sees_the_way_in_and_an_address_changes_nothing(opened: Opened) -> None:
    """Case 51."""
    for query in ({}, {"role": "manager", "sub": "s-1", "is_logged_in": "true"}):
        app = opened(table="roles.toml", auth=True, **query)
        assert SECRET not in said(app)
        assert gate.PLEASE in said(app)
        assert [each.label for each in app.button] == ["Sign in"]


def test_what_a_page_keeps_of_a_visit_lets_nobody_in(opened: Opened) -> None:
    """Case 51: session state is not asked."""
    app = opened(table="roles.toml", auth=True)
    app.session_state["role"] = "manager"
    app.session_state["is_logged_in"] = True
    assert SECRET not in said(app.run())
