"""The fields of "Record a change": what was typed is kept until it is saved, each fault stands over its field.

A draft is kept for each service. Its widgets carry a number that goes up when a draft is begun anew, so that they
start from the values of the row that is to be changed, or empty.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Generic, TypeVar

import streamlit as st

from dashboard import access
from dashboard.blocks import record as blocks
from dashboard.parts import show
from dashboard.views import say
from dashboard.views.record_forms import Fault

EARLIEST, LATEST = date(1990, 1, 1), date(2099, 12, 31)
T = TypeVar("T")


@dataclass(frozen=True)
class Saved:
    """What was saved last, for the message at the top."""

    what: str
    title: str
    service_id: str
    ref: str
    load_id: int | None


@dataclass(frozen=True)
class Draft(Generic[T]):
    """What is being filled in: its name in the session and what an empty one looks like."""

    name: str
    blank: T

    @property
    def turn(self) -> int:
        return int(st.session_state.get(f"{self.name}_turn", 0))

    @property
    def start(self) -> T:
        """The values the fields begin with."""
        found: T = st.session_state.get(f"{self.name}_start", self.blank)
        return found

    def key(self, field: str) -> str:
        """The key of a field's widget."""
        return f"{self.name}_{self.turn}_{field}"

    def typed(self, field: str, default: Any = None) -> Any:
        """What stands in a field now."""
        return st.session_state.get(self.key(field), getattr(self.start, field, default))

    def begin(self, start: T | None = None) -> None:
        """A new draft: empty, or with the values of something that is to be changed."""
        st.session_state[f"{self.name}_turn"] = self.turn + 1
        st.session_state[f"{self.name}_start"] = self.blank if start is None else start
        st.session_state[f"{self.name}_faulty"] = False
        st.session_state[f"{self.name}_refused"] = ()

    @property
    def faulty(self) -> bool:
        """Whether saving was tried, so that faults are to be shown."""
        return bool(st.session_state.get(f"{self.name}_faulty"))

    def show_faults(self) -> None:
        st.session_state[f"{self.name}_faulty"] = True

    @property
    def refused(self) -> tuple[Fault, ...]:
        """What the checks of every export found when it was to be saved."""
        found: tuple[Fault, ...] = st.session_state.get(f"{self.name}_refused", ())
        return found

    def refuse(self, faults: tuple[Fault, ...]) -> None:
        st.session_state[f"{self.name}_refused"] = faults


@dataclass(frozen=True)
class Fields(Generic[T]):
    """Draws the fields of a draft, each with its fault above it."""

    draft: Draft[T]
    faults: Sequence[Fault]

    def at(self, field: str, *others: str) -> str:
        """The key of a field, its fault shown where it is about to stand."""
        for each in self.faults:
            if each.field in (field, *others):
                show(blocks.fault(each.text))
        return self.draft.key(field)

    def text(self, field: str, label: str, *, help_: str, longest: int) -> None:
        st.text_input(
            label, value=getattr(self.draft.start, field), max_chars=longest, key=self.at(field), autocomplete="off",
            help=help_, persist_state="session",
        )  # fmt: skip

    def day(self, field: str, label: str, *, help_: str | None = None) -> None:
        st.date_input(
            label, value=getattr(self.draft.start, field), min_value=EARLIEST, max_value=LATEST, key=self.at(field),
            format="DD/MM/YYYY", help=help_, persist_state="session",
        )  # fmt: skip

    def one(
        self,
        field: str,
        label: str,
        options: Mapping[Any, str],
        *,
        placeholder: str = "Choose one",
        help_: str | None = None,
    ) -> Any:
        """One of a list, or nothing: what is chosen can be taken away again."""
        codes = list(options)
        key, start = self.at(field), getattr(self.draft.start, field)
        if key not in st.session_state and start in codes:
            st.session_state[key] = start  # not as the first choice of the list: that one cannot be taken away
        return st.selectbox(
            label, codes, index=None, key=key, format_func=lambda code: options.get(code, str(code)),
            placeholder=placeholder, help=help_, persist_state="session",
        )  # fmt: skip

    def row(self, field: str, label: str, options: Mapping[Any, str], *, start: Any = None) -> Any:
        """One of a few, all in view, one always chosen."""
        codes = list(options)
        chosen = getattr(self.draft.start, field, start)
        return st.radio(
            label, codes, index=codes.index(chosen) if chosen in codes else 0, key=self.at(field), horizontal=True,
            format_func=lambda code: options[code], persist_state="session",
        )  # fmt: skip

    def several(self, field: str, label: str, options: Mapping[str, str], *, help_: str | None = None) -> list[str]:
        """Any number of a few."""
        start = [code for code in getattr(self.draft.start, field) or () if code in options]
        return st.pills(
            label, list(options), selection_mode="multi", default=start, key=self.at(field), help=help_,
            format_func=lambda code: options[code], persist_state="session",
        )  # fmt: skip

    def count(self, field: str, label: str, *, start: int | None, help_: str) -> None:
        st.number_input(
            label, min_value=0, max_value=365, value=start, step=1, key=self.at(field, "settling_days"), help=help_,
            persist_state="session",
        )  # fmt: skip

    def size(self, field: str, label: str, *, start: float, fault: str, help_: str) -> None:
        st.number_input(
            label, min_value=0.0, max_value=900.0, value=start, step=1.0 if start.is_integer() else 0.1, format="%g",
            key=self.at(field, fault), help=help_, persist_state="session",
        )  # fmt: skip

    def person(self, service_id: str) -> None:
        """Somebody by code, or by the home's own reference, which becomes the code at once."""
        draft = self.draft
        chosen = draft.typed("person")
        known = dict.fromkeys((*access.people_known(service_id), *([chosen] if chosen else [])))
        self.one(
            "person", "Which person", {code: say.person_code(code) for code in known}, placeholder="Choose by code",
            help_="The codes stand for people in all pages; nobody's name is kept.",
        )  # fmt: skip
        st.text_input(
            "… or the reference used in your records", key=draft.key("reference"), autocomplete="off",
            on_change=code_reference, args=(draft,),
            help="For example the room or client reference of your care system. It is turned into the code at once, and "
                 "is neither kept nor shown again.",
        )  # fmt: skip
        if chosen and chosen == st.session_state.get(f"{draft.name}_coded"):
            there = chosen in access.people_known(service_id)
            show(blocks.explained(
                f"That reference is the person with the code {say.person_code(chosen)}.",
                "" if there else "No record of this person has arrived here yet: check the reference, or go on if the "
                "first export is still to come.",
            ))  # fmt: skip


def code_reference(draft: Draft[Any]) -> None:
    """Turn a typed reference into the person's code and forget it."""
    typed = str(st.session_state.get(draft.key("reference")) or "").strip()
    if not typed:
        return
    st.session_state[draft.key("reference")] = ""
    try:
        code = access.person_code(typed)
    except access.NotSaved as error:
        st.session_state["record_not_saved"] = str(error)
        return
    st.session_state[draft.key("person")] = code
    st.session_state[f"{draft.name}_coded"] = code


def save(
    draft: Draft[Any],
    what: str,
    title: str,
    service_id: str,
    faults: Sequence[Fault],
    rows: Callable[[], Mapping[str, Sequence[Mapping[str, str]]]],
    refused_as: Callable[[Any], tuple[Fault, ...]],
) -> None:
    """Write it down, or show every fault and keep what was typed."""
    st.session_state.pop("record_saved", None)
    st.session_state.pop("record_not_saved", None)
    draft.refuse(())
    draft.show_faults()
    if faults:
        return
    try:
        done = access.record(rows())
    except access.NotSaved as error:
        st.session_state["record_not_saved"] = str(error)
        return
    if done.report.needs_attention:
        draft.refuse(refused_as([problem for file in done.report.files for problem in file.problems]))
        return
    refs = [row["intervention_id"] for name in ("interventions", "declarations") for row in done.rows.get(name, ())]
    st.session_state["record_saved"] = Saved(what, title, service_id, refs[0] if refs else "", done.report.load_id)
    draft.begin()
