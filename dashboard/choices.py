"""Choices that stay in the address bar, so that a view can be sent to a colleague.

Streamlit's own binding writes an option's label into the address. A label may hold a title somebody wrote about
one person, so the address carries the code instead: a service, a change, an outcome, a number of months.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st


def chosen_from_list(label: str, options: Mapping[str, str], *, name: str, first: str | None = None) -> str:
    """One of the codes, shown by its label in a list. ``name`` is the word in the address and the widget's key."""
    _settle(name, options, first)
    picked = st.selectbox(
        label, list(options), format_func=lambda code: options.get(code, code), key=name, persist_state="session"
    )
    return _remembered(name, picked, options)


def chosen_from_row(label: str, options: Mapping[str, str], *, name: str, first: str | None = None) -> str:
    """One of a few codes, all in view side by side."""
    _settle(name, options, first)
    picked = st.segmented_control(
        label, list(options), format_func=lambda code: options.get(code, code), key=name, required=True,
        persist_state="session",
    )  # fmt: skip
    return _remembered(name, picked, options)


def _settle(name: str, options: Mapping[str, str], first: str | None) -> None:
    """A new word in the address wins; else what was chosen before, as long as it still exists."""
    asked = st.query_params.get(name)
    known = st.session_state.get(f"{name}_in_address")
    if asked in options and asked != known:
        st.session_state[name] = asked
    elif st.session_state.get(name) not in options:
        st.session_state[name] = first if first in options else next(iter(options))


def _remembered(name: str, picked: str | None, options: Mapping[str, str]) -> str:
    code = picked if picked is not None and picked in options else next(iter(options))
    if st.query_params.get(name) != code:
        st.query_params[name] = code
    st.session_state[f"{name}_in_address"] = code
    return code
