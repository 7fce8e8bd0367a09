"""What a person has in hand on "Add data": the files, what was said about each, and which step is open.

Everything is kept in the browser session, so going back a step, or to another page, loses nothing. The bytes are
forgotten once they are saved or put aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

import streamlit as st

from dashboard import access
from dashboard.views import add_data as words
from dashboard.views.add_data_look import Looked, look, looked_again
from data.contract import TABLES
from data.exporting import contract_csv
from data.matching.match import Match, Question
from data.matching.profile import Profile
from data.reports import IngestReport
from data.source import Source

CHOOSE, MATCH, CHECK, SAVED = range(4)
NEW_SERVICE = "?new"
"""Stands for a service that is not here yet; no code of a service begins like this."""


@dataclass(frozen=True)
class Done:
    """What the last load did."""

    report: IngestReport
    news: tuple[words.News, ...]
    read_as: Mapping[str, Profile]
    sources: Mapping[str, Source]
    not_remembered: str = ""


def files() -> dict[int, Looked]:
    """The files in hand by their number."""
    found: dict[int, Looked] = st.session_state.setdefault("add_files", {})
    return found


def step() -> int:
    """Which step is open."""
    return int(st.session_state.get("add_step", CHOOSE))


def go(to: int) -> None:
    """Open a step."""
    st.session_state["add_step"] = to
    st.session_state.pop("add_faulty", None)
    st.session_state.pop("add_report", None)


def take_in(key: str) -> None:
    """The files just chosen, looked into and put with the others; the same file twice is one file."""
    for upload in st.session_state.get(key) or ():
        content = upload.getvalue()
        if any(content == each.source.content for each in files().values()):
            continue
        number = int(st.session_state.get("add_number", 0)) + 1
        st.session_state["add_number"] = number
        taken = {each.source.name for each in files().values()}
        files()[number] = look(Source(_unlike(upload.name, taken), content=content), access.shelf())
    st.session_state["add_turn"] = int(st.session_state.get("add_turn", 0)) + 1


def _unlike(name: str, taken: set[str]) -> str:
    stem, dot, ending = name.rpartition(".")
    number, unlike = 1, name
    while unlike in taken:
        number += 1
        unlike = f"{stem or name} ({number}){dot}{ending if dot else ''}"
    return unlike


def put_aside(number: int) -> None:
    """Leave a file out."""
    files().pop(number, None)


def start_again() -> None:
    """Forget all files and answers."""
    for name in [name for name in st.session_state if str(name).startswith("add_")]:
        if name != "add_number":
            del st.session_state[name]


def usable() -> dict[int, Looked]:
    """The files that can be loaded, or could be once somebody says what they are."""
    return {number: each for number, each in files().items() if each.match is not None or each.could_be}


# What was said about a file --------------------------------------------------------------------------


def key(number: int, field: str) -> str:
    """The key of a widget about a file; it changes when the file is looked at as another table."""
    return f"add_{number}_{st.session_state.get(f'add_{number}_turn', 0)}_{field}"


def say_table(number: int) -> None:
    """Somebody said what kind of record a file holds: look at it again."""
    chosen = st.session_state.get(key(number, "table"))
    looked = files()[number]
    if chosen and (looked.match is None or chosen != looked.match.profile.table or unsure_of_table(looked.match)):
        st.session_state[f"add_{number}_turn"] = st.session_state.get(f"add_{number}_turn", 0) + 1
        files()[number] = look(looked.source, access.shelf(), chosen)


def unsure_of_table(match: Match) -> bool:
    """Whether somebody has to say what kind of record the file holds."""
    return any(question.about == "table" and question.default is None for question in match.questions)


def answer_to(number: int, question: Question) -> str | None:
    """What was answered to a question, else what is done without an answer; None when it must be answered."""
    chosen = st.session_state.get(key(number, f"question_{question.about}"), _unsaid)
    if chosen is _unsaid or chosen is None:
        return question.default
    return str(chosen)


def answers(number: int, match: Match, again: Match | None = None) -> words.Answers:
    """Everything said about a file so far. ``again``: the match whose unknown words were asked about."""
    raw = files()[number].raw
    headings = raw.headings if raw is not None else ()
    columns: dict[str, tuple[str, ...]] = {}
    for ours in match.table.columns:
        chosen = st.session_state.get(key(number, f"column_{ours}"), _unsaid)
        if chosen is not _unsaid:
            columns[ours] = tuple(chosen) if isinstance(chosen, list) else ((chosen,) if chosen else ())
    asked = {question.about for question in match.questions}
    codes: dict[str, dict[str, str]] = {}
    for column, word in (*open_words(again or match), *known_words(match)):
        code = st.session_state.get(key(number, f"word_{column}_{word}"), _unsaid)
        if code is not _unsaid:
            codes.setdefault(column, {})[word] = code or ""
    order = st.session_state.get(key(number, "date_order"))
    said = tuple(
        (question, chosen)
        for question in match.questions
        if question.about not in ("date_order", "table")
        and (chosen := answer_to(number, question)) is not None
        and chosen != question.default
    )
    columns = {ours: theirs for ours, theirs in columns.items() if ours not in asked}
    return words.Answers(columns, codes, order, service_of(match), said, headings)


_unsaid: Any = object()


def open_words(match: Match) -> list[tuple[str, str]]:
    """(column, word) for the words of theirs that are none of our codes yet."""
    asked = {question.about for question in match.questions}
    return [(each.column, each.word) for each in match.unknown_words if each.word not in asked]


def known_words(match: Match) -> list[tuple[str, str]]:
    """(column, word) for the words of theirs that are taken to mean one of our codes."""
    return [(column, word) for column, words_ in match.profile.codes.items() for word in words_]


def matched(number: int) -> tuple[Match, Profile] | None:
    """The file as it would be read with everything said, and the match its open words come from."""
    looked = files()[number]
    if looked.match is None:
        return None
    said = answers(number, looked.match)
    arranged = words.answered(looked.match.profile, replace(said, codes={}))
    again = looked.match
    if arranged != words.answered(looked.match.profile, words.Answers({}, {}, None, said.service_id)):
        kept = st.session_state.get(f"add_{number}_again")
        if kept is None or kept[0] != arranged:
            kept = (arranged, looked_again(looked, arranged))
            st.session_state[f"add_{number}_again"] = kept
        again = kept[1] or looked.match
    return again, words.answered(looked.match.profile, answers(number, looked.match, again))


# Which service ---------------------------------------------------------------------------------------


def nameless() -> bool:
    """Whether any file does not say which service it is from."""
    return any(
        each.match.lacks_service and "service_id" not in each.match.profile.defaults
        for each in files().values()
        if each.match is not None
    )


def known_services() -> dict[str, str]:
    """The services there are, by code."""
    return {each.service_id: each.label for each in access.services()} if access.any_data() else {}


def service_of(match: Match) -> str | None:
    """The service that was said for files that name none."""
    if not match.lacks_service or "service_id" in match.profile.defaults:
        return None
    known = known_services()
    chosen = st.session_state.get("add_service", next(iter(known)) if len(known) == 1 else None)
    if chosen == NEW_SERVICE or (chosen is None and not known):
        name = str(st.session_state.get("add_service_name") or "").strip()
        return words.new_service_id(name, known) if name else None
    return str(chosen) if chosen else None


def new_service() -> Source | None:
    """The service that is not here yet, as an export of its own."""
    known = known_services()
    name = str(st.session_state.get("add_service_name") or "").strip()
    asked = st.session_state.get("add_service") == NEW_SERVICE or not known
    if not nameless() or not asked or not name:
        return None
    beds = st.session_state.get("add_service_beds")
    row = {
        "service_id": words.new_service_id(name, known), "label": name,
        "setting": st.session_state.get("add_service_setting") or "other", "beds": "" if beds is None else str(beds),
    }  # fmt: skip
    return Source("services.csv", content=contract_csv(TABLES["services"], [row]))


# All together ----------------------------------------------------------------------------------------


def faults() -> tuple[str, ...]:
    """What must be said before the files can be checked."""
    told = []
    if nameless() and not any(each.match and service_of(each.match) for each in files().values()):
        told.append("Which service: choose the one the files are from, or give the new one a name.")
    for number, looked in usable().items():
        found = matched(number)
        if looked.match is None or found is None:
            told.append(f"{looked.source.name}: say what kind of record it holds, or leave the file out.")
            continue
        told += [f"{looked.source.name}, {line}" for line in words.still_needed(looked.match, found[1])]
        if unsure_of_table(looked.match):
            told.append(f"{looked.source.name}: say what kind of record it holds.")
        told += [
            f"{looked.source.name}: {words.asked_words(question, looked.match)}"
            for question in looked.match.questions
            if question.about not in ("date_order", "table") and answer_to(number, question) is None
        ]
        asks_order = any(question.about == "date_order" for question in looked.match.questions)
        if asks_order and not st.session_state.get(key(number, "date_order")):
            told.append(f"{looked.source.name}: say in which order its dates are written.")
    return tuple(told)


def to_check() -> None:
    """On to the check, when nothing is left to say."""
    if faults():
        st.session_state["add_step"] = MATCH
        st.session_state["add_faulty"] = True
        return
    go(CHECK)
    st.session_state["add_load"] = load()


@dataclass(frozen=True)
class Load:
    """What is to be loaded: the sources, how those are read that do not say so themselves, and how all are read."""

    sources: list[Source]
    profiles: Mapping[str, Profile]
    read_as: Mapping[str, Profile]


def load() -> Load:
    """The load as everything said makes it."""
    sources: list[Source] = []
    profiles: dict[str, Profile] = {}
    read_as: dict[str, Profile] = {}
    service = new_service()
    if service is not None:
        sources.append(service)
    for number, looked in usable().items():
        found = matched(number)
        if found is None or looked.match is None:
            continue
        sources.append(looked.source)
        read_as[looked.source.name] = found[1]
        if looked.match.how != "own" or found[1] != looked.match.profile:
            profiles[looked.source.name] = found[1]
    return Load(sources, profiles, read_as)


def to_remember(profiles: Mapping[str, Profile]) -> list[Profile]:
    """The ways of reading worth keeping: those a person looked over, under a name that is not another export's."""
    kept = {each.profile.name.casefold(): each.profile for each in access.shelf().all()}
    found = []
    for looked in usable().values():
        profile = profiles.get(looked.source.name)
        if profile is None or looked.raw is None or looked.match is None:
            continue
        profile = replace(profile, headings=looked.raw.headings, recognised_by=())
        stem = profile.name if looked.match.how == "saved" else words.remembered_name(profile.table)
        name, number = stem, 1
        while (other := kept.get(name.casefold())) is not None and other.fingerprint != profile.fingerprint:
            number += 1
            name = f"{stem} {number}"
        found.append(replace(profile, name=name))
        kept[name.casefold()] = found[-1]
    return found
