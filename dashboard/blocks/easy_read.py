"""The easy-read page of a finding, and the note that it is not how it feels.

easy_read_part(finding, key="…")     on One change and on One person: the page, a file to print, the form
"""

from __future__ import annotations

from functools import partial

import streamlit as st

from dashboard import access
from dashboard.charts.pictogram import pictogram
from dashboard.markup import Html, join, paragraph, tag
from dashboard.parts import show
from dashboard.printing.easy_read import easy_read_page
from dashboard.views.easy_read import HOW, LEAD, WHO, Note, notes_said
from data.model import Answer
from metrics.easy_read import EasyRead, counted_as, easy_read
from metrics.model import Finding

SAVED, NOT_SAVED = "note_saved", "note_not_saved"


def easy_read_card(page: EasyRead, counted: str) -> Html:
    """The page in large type."""
    drawn = Html("") if page.picture is None else pictogram(page.picture, counted)
    said = tag("div", *(paragraph(each) for each in page.said), class_="leo-said-so") if page.said else Html("")
    return tag(
        "section",
        tag("p", page.title, class_="leo-easy-title"),
        *(_part(part.heading, part.sentences) for part in page.found),
        drawn,
        said,
        *(_part(part.heading, part.sentences) for part in page.beside),
        class_="leo-card leo-easy",
    )


def _part(heading: str, sentences: tuple[str, ...]) -> Html:
    return join([tag("h3", heading), *(paragraph(each) for each in sentences)])


def notes_card(notes: tuple[Answer, ...], *, personal: bool) -> Html:
    """What people said of the figures, beside the figures; nothing where nobody objected."""
    if not notes:
        return Html("")
    told = notes_said(notes, personal=personal)
    return tag("div", *(paragraph(each) for each in told), class_="leo-said-so leo-notes")


def easy_read_part(finding: Finding, *, key: str) -> None:
    """The page, the file to print, and the form for a note."""
    notes = access.notes(finding.intervention)
    page, counted = easy_read(finding, notes), counted_as(finding.outcome)
    show(easy_read_card(page, counted))
    st.download_button(
        "Download the page to print (HTML)",
        data=partial(easy_read_page, page, counted=counted, sample=access.snapshot().is_sample),
        file_name="easy-read.html",
        mime="text/html",
        on_click="ignore",
        key=f"{key}_print",
    )
    _form(finding, key)


def _form(finding: Finding, key: str) -> None:
    plan = finding.intervention
    with st.container(border=True, key=f"{key}_note"):
        show(join([tag("h3", "Is this how it feels?"), paragraph(LEAD, kind="leo-muted")]))
        who = st.segmented_control("Who says that this is not how it feels?", list(WHO), format_func=lambda code: WHO[code],
                                   key=f"{key}_who", required=True, default="self")  # fmt: skip
        how = st.segmented_control("How does it feel instead?", list(HOW), format_func=lambda code: HOW[code],
                                   key=f"{key}_how", required=True, default="rather_not")  # fmt: skip
        st.button(
            "Write down: this is not how it feels", key=f"{key}_save", on_click=_save,
            args=(finding, Note(str(who), str(how))),
        )  # fmt: skip
        saved = st.session_state.get(SAVED)
        if st.session_state.get(NOT_SAVED):
            show(paragraph(f"Not saved. {st.session_state.pop(NOT_SAVED)}", kind="leo-fault"))
        elif saved is not None and saved[0] == plan.intervention_id:
            show(paragraph("Written down. It now stands beside the number.", kind="leo-saved"))
            if saved[1] is not None:
                st.button("Take this back", key=f"{key}_undo", on_click=_take_back, args=(saved[1],))


def _save(finding: Finding, note: Note) -> None:
    st.session_state.pop(SAVED, None)
    try:
        done = access.record({"feedback": [note.row(finding.intervention, access.today())]})
    except access.NotSaved as error:
        st.session_state[NOT_SAVED] = str(error)
        return
    if done.report.needs_attention:
        problems = [problem.remedy for file in done.report.files for problem in file.problems]
        st.session_state[NOT_SAVED] = " ".join(dict.fromkeys(problems)) or "The note could not be kept."
        return
    st.session_state[SAVED] = (finding.intervention.intervention_id, done.report.load_id)


def _take_back(load_id: int) -> None:
    st.session_state.pop(SAVED, None)
    try:
        access.take_back(load_id)
    except access.NotSaved as error:
        st.session_state[NOT_SAVED] = str(error)
