"""The log of views: nothing about one chosen person is shown before it is written down that somebody looks.

``identify_by`` says how somebody who has signed in is named; without signing in it is whoever sits at this computer.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from dashboard.access.opened import NoData, require, snapshot
from data.viewing import NotWritten, Viewing, add, stamp

THIS_COMPUTER = "this computer"
_SEEN = "views_written"


def _nobody_signed_in() -> str:
    return THIS_COMPUTER


_who: Callable[[], str] = _nobody_signed_in


def identify_by(who: Callable[[], str]) -> None:
    """Name whoever looks by this: a keyed short code of somebody signed in, never a name or an address; empty for nobody."""
    global _who
    _who = who


def page_opened(page: str) -> None:
    """Which page a run is of, told before anything is asked: opening it again later is another view."""
    if st.session_state.get(_SEEN, ("",))[0] != page:
        st.session_state[_SEEN] = (page, frozenset())


def about_person(person_id: str | None) -> None:
    """Write down that what is recorded about this person is about to be shown; once a view, not once a rerun.

    Nothing for None: nobody is named. Raises NoData when it cannot be written, so that the person is not shown either.
    """
    require("manager")
    if person_id is None or get_script_run_ctx(suppress_warning=True) is None:  # outside a page nobody looks
        return
    found = snapshot()
    page, seen = st.session_state.get(_SEEN, ("", frozenset()))
    view = hash((person_id, found.version))  # no code of a person stays in the state of a visit
    if view in seen:
        return
    line = Viewing(
        stamp(datetime.now(UTC)), found.role, _who() or THIS_COMPUTER, page or "first page", person_id, found.version
    )
    try:
        add(Path(found.path), line)
    except NotWritten as error:
        raise NoData(
            f"It could not be written down that somebody looks at this person’s record, so it is not shown. {error}",
            "Make room on the disk, or let the dashboard write into the folder of the database, then open the page again.",
            "Not shown",
        ) from None
    st.session_state[_SEEN] = (page, seen | {view})
