"""Choices that stay in the address bar, so that a view can be sent to a colleague.

Streamlit's own binding writes an option's label into the address. A label may hold a title somebody wrote about
one person, so the address carries the code instead: a service, a change, an outcome, a number of months.
"""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

ON = "on"


def chosen_from_list(label: str, options: Mapping[str, str], *, name: str, first: str | None = None) -> str:
    """One of the codes, shown by its label in a list. ``name`` is the word in the address and the widget's key."""
    _settle(name, options, first)
    picked = st.selectbox(label, list(options), format_func=lambda code: options.get(code, code), key=name)
    return _remembered(name, picked)


def chosen_from_row(label: str, options: Mapping[str, str], *, name: str, first: str | None = None) -> str:
    """One of a few codes, all in view side by side."""
    _settle(name, options, first)
    picked = st.segmented_control(
        label, list(options), format_func=lambda code: options.get(code, code), key=name, required=True
    )
    return _remembered(name, picked)


def chosen_here(label: str, options: Mapping[str, str], *, name: str, help: str | None = None) -> str:
    """One of the codes, shown by its label, that never enters the address: for a list of persons.

    Kept for this visit alone. The browser is sent the labels and the place in the list, no code.
    """
    kept = st.session_state.get(f"{name}_kept")
    here = st.session_state.get(f"{name}_page") == st.session_state.get("open_page")
    wanted = (st.session_state.get(name) if here else None, kept, *options)
    st.session_state[name] = next(code for code in wanted if code in options)
    picked = st.selectbox(label, list(options), format_func=lambda code: options.get(code, code), key=name, help=help)
    st.session_state[f"{name}_kept"], st.session_state[f"{name}_page"] = picked, st.session_state.get("open_page")
    return str(picked)


def chosen_before(name: str) -> str | None:
    """What was chosen under a name on any page of this visit, or stands in the address."""
    found = st.query_params.get(name) or st.session_state.get(f"{name}_chosen")
    return str(found) if found else None


def chosen_some(label: str, options: Mapping[str, str], *, name: str, help: str | None = None) -> tuple[str, ...]:
    """Any number of the codes, none at first; the address carries them with dots between."""
    stands = ".".join(st.session_state.get(name, ()))
    st.session_state[name] = [code for code in _before(name, stands).split(".") if code in options]
    picked = st.multiselect(
        label, list(options), format_func=lambda code: options.get(code, code), key=name, help=help,
        placeholder="None chosen",
    )  # fmt: skip
    _keep(name, ".".join(picked))
    return tuple(picked)


def switched_on(label: str, *, name: str, help: str | None = None) -> bool:
    """A switch, off at first; the address says when it is on."""
    st.session_state[name] = _before(name, ON if st.session_state.get(name) else "") == ON
    picked = bool(st.toggle(label, key=name, help=help))
    _keep(name, ON if picked else "")
    return picked


def _before(name: str, stands: str) -> str:
    """A new word in the address wins; then what stands in the widget on this page; then what was chosen before."""
    asked, known = st.query_params.get(name, ""), st.session_state.get(f"{name}_chosen", "")
    here = st.session_state.get(f"{name}_page") == st.session_state.get("open_page") and name in st.session_state
    return asked if asked != known else stands if here else known


def _keep(name: str, said: str) -> None:
    """In the address, which says nothing of what was left as it is, and for the next page."""
    if said:
        st.query_params[name] = said
    else:
        st.query_params.pop(name, None)
    st.session_state[f"{name}_chosen"], st.session_state[f"{name}_page"] = said, st.session_state.get("open_page")


def on_page(page: str) -> None:
    """Which page is open, told once a run: a choice just made on a page counts, one left over from another does not."""
    st.session_state["open_page"] = page


def _settle(name: str, options: Mapping[str, str], first: str | None) -> None:
    """A new word in the address wins; then what was just picked on this page; then what was chosen before."""
    asked, known = st.query_params.get(name), st.session_state.get(f"{name}_chosen")
    here = st.session_state.get(f"{name}_page") == st.session_state.get("open_page")
    wanted = (
        asked if asked != known else None,
        st.session_state.get(name) if here else None,
        known,
        first,
        *options,
    )
    st.session_state[name] = next(code for code in wanted if code in options)


def _remembered(name: str, picked: str | None) -> str:
    code = picked if picked is not None else st.session_state[name]
    if st.query_params.get(name) != code:
        st.query_params[name] = code
    st.session_state[f"{name}_chosen"] = code
    st.session_state[f"{name}_page"] = st.session_state.get("open_page")
    return str(code)
