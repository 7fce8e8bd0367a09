"""The gate before every page of a hosted server: nothing is opened for anybody who is not let in.

On somebody's own computer it does nothing at all.
"""

from __future__ import annotations

import logging
import os
import threading
from collections import Counter
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NoReturn

import streamlit as st

from dashboard import roles
from dashboard.hosted.role_table import RoleTableError, reader_code
from dashboard.hosted.settings import NEVER_WITH, Hosting, NotServed, hosting
from dashboard.hosted.sign_ins import SignIns
from dashboard.hosted.signing_in import Allowed, Denied, SignIn, decide, sign_in_of
from data.pseudonyms import load_key

WELCOME = "Sign in"
PLEASE = "This page is for people who have been given access. Sign in with the account of your organisation."
NOT_LET_IN = (
    "You are not signed in for this page. Sign in again. If you still cannot open it, ask the person in your "
    "organisation who looks after access."
)
NOT_SERVED = "This service cannot be opened at the moment. Ask the person in your organisation who looks after it."

_log = logging.getLogger("outcomes.sign_in")
_sign_ins = SignIns()
_refused: Counter[str] = Counter()
_counting = threading.Lock()


def pass_or_stop() -> None:
    """Let the page run, or show what to do and stop. Called first on every run, before anything is opened."""
    if _let_in() is None:
        return
    st.sidebar.button("Sign out", key="sign_out", on_click=_sign_out)


def database_for_session() -> Path | None:
    """The file that the person signed in may open; None where the server was started on one file.

    Worked out again from the sign-in and the role table each time it is asked, so nothing kept can be stale.
    """
    let_in = _let_in()
    if let_in is None or let_in[1].role != "manager":
        return None
    hosted, allowed = let_in
    try:
        return hosted.database(allowed.entry.database or "")
    except NotServed as fault:
        _unavailable(fault)


def is_hosted() -> bool:
    """Whether several people are served, or would be if the set-up were whole: nothing meant for one's own computer
    (a choice of reader, "nothing leaves this computer") may then be offered or said.
    """
    try:
        return hosting(os.environ, _auth_section()) is not None
    except NotServed:
        return True


def signed_in_as() -> str:
    """The code of whoever is signed in, for the log of who looked: keyed, never a name. Empty on one's own computer.

    Raises KeyFileError. ``outcomes readers`` lists the same codes beside the entries of the role table.
    """
    let_in = _let_in()
    return "" if let_in is None else reader_code(load_key(), let_in[1].entry)


def _let_in() -> tuple[Hosting, Allowed] | None:
    """None on somebody's own computer. Whoever is not let in stops here."""
    try:
        hosted = hosting(os.environ, _auth_section())
        if hosted is None:
            return None
        for option, what in NEVER_WITH.items():
            if st.get_option(option):
                raise NotServed(f"Streamlit's {option} lets {what} in beside the sign-in. Take it out.")
        table = hosted.table()
    except (NotServed, RoleTableError) as fault:
        _unavailable(fault)
    claims, now = st.user.to_dict(), datetime.now(UTC)
    who = sign_in_of(claims)
    if isinstance(who, Denied):
        _not_let_in(who)
    decision = decide(
        claims, table, roles.role_served(), now, last_seen=_sign_ins.last_seen(who), signed_out=_sign_ins.is_ended(who)
    )
    if isinstance(decision, Denied):
        _not_let_in(decision)
    _sign_ins.used(who, now)
    return hosted, decision


def _auth_section() -> Mapping[str, Any] | None:
    """``[auth]`` of the secrets; None without one. Raises NotServed when there are secrets that cannot be read."""
    try:
        readable = st.secrets.load_if_toml_exists()
        there = readable or any(Path(each).exists() for each in st.get_option("secrets.files"))
    except OSError:  # files of another user: Streamlit would show the path
        readable, there = False, True
    if not readable:
        if there:
            raise NotServed("The secrets cannot be read.")
        return None
    auth = st.secrets.get("auth")
    return auth.to_dict() if auth is not None else None


def _not_let_in(denied: Denied) -> NoReturn:
    with _counting:
        _refused[denied.reason] += 1
        count = _refused[denied.reason]
    st.set_page_config(page_title=WELCOME)
    st.title(WELCOME, anchor=False)
    if denied.reason == "not_signed_in":
        st.write(PLEASE)
    else:
        _log.warning("Not let in: %s (%d since the server was started).", denied.reason, count)
        st.write(NOT_LET_IN)
    st.button("Sign in", key="sign_in", type="primary", on_click=st.login)
    if denied.reason != "not_signed_in":
        st.button("Sign out", key="sign_out_here", on_click=_sign_out)
    st.stop()


def _unavailable(fault: Exception) -> NoReturn:
    _log.error("Nobody is let in: %s", fault)
    st.title("Not open", anchor=False)
    st.write(NOT_SERVED)
    st.stop()


def _sign_out() -> None:
    who = sign_in_of(st.user.to_dict())
    if isinstance(who, SignIn):
        _sign_ins.end(who)
    st.logout()
