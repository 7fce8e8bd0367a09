"""The form for a filled check-in card: whose, when, and an answer to each question somebody was asked."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import access
from dashboard.blocks import record as blocks
from dashboard.blocks.record_fields import Draft, Fields, code_reference, save
from dashboard.parts import show
from dashboard.views import record_answers as words
from dashboard.views import record_forms as forms
from dashboard.views.record_answers import AnswersForm
from data.model import Service

LABELS = {"given_on": "Asked on", "score": "Answers", "person_id": "Which person"}
SKIP = "Leave out what was not asked. Nothing has to be answered."


def answers_draft(service: Service) -> Draft[AnswersForm]:
    """The draft of a card at a service."""
    return Draft(f"said-{service.service_id}", AnswersForm(service.service_id))


def typed_answers(draft: Draft[AnswersForm]) -> AnswersForm:
    """The card as the fields have it now."""
    form = replace(
        draft.start,
        **{
            name: draft.typed(name) for name in ("checkin", "part", "person", "relative", "given_on", "support", "mode")
        },
    )
    said = {code: draft.typed(f"answer_{code}") for code in (question.code for question in form.asked.questions)}
    return replace(form, answers={code: str(each) for code, each in said.items() if each})


def save_answers(draft: Draft[AnswersForm]) -> None:
    """Save the card as typed. The next card begins with the same day and the same way of asking."""
    code_reference(draft)
    form = typed_answers(draft)
    turn = draft.turn
    save(draft, "said", words.title(form), form.service_id, form.faults(access.today()), form.rows, _refused)
    if draft.turn != turn:
        draft.begin(replace(form, person=None, answers={}))


def _refused(problems: Any) -> tuple[forms.Fault, ...]:
    return forms.refused(problems, LABELS)


def answers_section(service: Service) -> None:
    """The form of a filled card."""
    draft = answers_draft(service)
    form = typed_answers(draft)
    faults = (*form.faults(access.today()), *draft.refused) if draft.faulty else ()
    fields = Fields(draft, faults)
    if faults:
        show(blocks.fault_summary(faults))
    fields.row("checkin", "Who answered", words.WHO)
    if form.about_one:
        fields.person(service.service_id)
    left, right = st.columns(2)
    with left:
        fields.day("given_on", "Asked on")
    with right:
        fields.one("mode", "How it was asked", words.MODES, placeholder="Not written down")
    if form.checkin == words.PERSON:
        fields.one("support", "Who helped", words.SUPPORT, placeholder="Not written down")
    elif form.about_one:
        fields.row("relative", "Which of the relatives", words.RELATIVES)
        show(blocks.explained("Always the same number for the same relative, so that their answers can be compared."))
    parts = {number: part.title for number, part in enumerate(form.asked.parts)}
    fields.row("part", "Which card", parts)
    show(blocks.explained(SKIP))
    for each in faults:
        if each.field == "answers":
            show(blocks.fault(each.text))
    offered = words.choices(form.asked)
    for question in form.card.questions:
        st.segmented_control(
            question.line, list(offered), format_func=lambda code: offered[code],
            key=draft.key(f"answer_{question.code}"), default=form.answers.get(question.code), persist_state="session",
        )  # fmt: skip
    with st.container(horizontal=True):
        st.button("Save these answers", type="primary", key=f"save_{draft.name}", on_click=save_answers, args=(draft,))
        st.button("Empty the form", key=f"empty_{draft.name}", on_click=draft.begin)


def answer_lines(service: Service) -> None:
    """The cards written down here, the newest first."""
    found = words.card_lines(access.recorded("feedback"), service.service_id)
    if not found:
        show(blocks.explained("Nothing yet. Print the cards on the page In people's own words."))
    for each in found[:20]:
        show(blocks.line(each.title, each.under, ()))
    if len(found) > 20:
        show(blocks.explained(f"And {len(found) - 20} earlier ones."))
