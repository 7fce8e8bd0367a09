"""The three forms of "Record a change", each from its draft: what is typed, its fields, saving, and the list of what is there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import streamlit as st

from dashboard import access
from dashboard.blocks import record as blocks
from dashboard.blocks.record_fields import Draft, Fields, Saved, code_reference, save
from dashboard.markup import paragraph
from dashboard.parts import show
from dashboard.safe import md_escape
from dashboard.views import record as words
from dashboard.views import record_forms as forms
from dashboard.views.record_forms import LONGEST_LABEL, LONGEST_TITLE, ChangeForm, Fault, HappeningForm, PromiseForm
from data.contract import CONTEXT_KINDS
from data.facts import RecordedRow
from data.model import Service
from data.recording import NEW
from metrics.model import Outcome
from metrics.words import capital

SHOWN_AT_ONCE = 8
"""Lines of a list before somebody asks for more."""

WHOM = {False: "The whole service", True: "One person"}
LABELS = {"title": "What was tried", "label": "In a few words", "size": "How much"}


# A change --------------------------------------------------------------------------------------------


def change_draft(service: Service) -> Draft[ChangeForm]:
    """The draft of a change at a service."""
    return Draft(f"change-{service.service_id}", ChangeForm(service.service_id))


def typed_change(draft: Draft[ChangeForm]) -> ChangeForm:
    """The change as the fields have it now."""
    personal = bool(draft.typed("personal"))
    result = str(draft.typed("review_result"))
    boundaries = {each: draft.typed(f"boundary_{each}", draft.start.boundaries.get(each)) for each in words.BOUNDARIES}
    return replace(
        draft.start,
        personal=personal,
        person=draft.typed("person") if personal else None,
        settling_days=draft.typed(_settling(personal), _first_settling(draft, personal)),
        designed_with=tuple(draft.typed("designed_with") or ()),
        review_result=result,
        review_held_on=draft.typed("review_held_on") if result in ("met", "partly") else None,
        boundaries={each: result for each, result in boundaries.items() if result},
        **{
            name: draft.typed(name)
            for name in ("title", "kind", "start_on", "end_on", "guide_on", "reason", "ladder_level", "based_on",
                         "review_on", "boundaries_on")
        },
    )  # fmt: skip


def _settling(personal: bool) -> str:
    return "settling_days_person" if personal else "settling_days_service"


def _first_settling(draft: Draft[ChangeForm], personal: bool) -> int:
    start = draft.start
    same = start.personal == personal and start.settling_days is not None
    return start.settling_days if same and start.settling_days is not None else words.usual_settling(personal)


def save_change(draft: Draft[ChangeForm]) -> None:
    """Save the change as typed."""
    code_reference(draft)
    form = typed_change(draft)
    save(draft, "change", form.title, form.service_id, form.faults(access.today()), form.rows, _refused)


def _refused(problems: Any) -> tuple[Fault, ...]:
    return forms.refused(problems, LABELS)


def change_section(service: Service) -> None:
    """The form of a change."""
    draft = change_draft(service)
    form = typed_change(draft)
    faults = (*form.faults(access.today()), *draft.refused) if draft.faulty else ()
    fields = Fields(draft, faults)
    _head(faults, "Change what is written down" if form.ref else None)
    fields.row("personal", "For whom", WHOM)
    if form.personal:
        fields.person(service.service_id)
    fields.text(
        "title", "What was tried", longest=LONGEST_TITLE,
        help_="A few words that everybody here understands, such as “Tea before washing”. No names, please: say what was "
              "done, not for whom.",
    )  # fmt: skip
    left, right = st.columns(2)
    with left:
        fields.one("kind", "Kind of change", words.KINDS)
    with right:
        fields.one("reason", "Why", words.REASONS, placeholder="Not written down")
    if form.reason == "after_incidents":
        show(blocks.explained("The fortnight before it is then left out of “before”: after a bad spell things tend to look "
                              "better whatever is done."))  # fmt: skip
    left, right = st.columns(2)
    with left:
        fields.day("start_on", "First day")
    with right:
        fields.count(
            _settling(form.personal), "Days of settling in", start=_first_settling(draft, form.personal),
            help_="The days after the start that count neither as before nor as after. Usually 14 for one person and 28 "
                  "for a service.",
        )  # fmt: skip
    fields.several("designed_with", "Designed with", words.voices(), help_="Everybody who had a part in shaping it.")
    fields.one("ladder_level", "How far up the ladder", words.LADDER, placeholder="Not written down",
               help_="How much people living with dementia shaped it.")  # fmt: skip
    _looking_back(fields, form)
    with st.expander("More: last day, visual guide, copied from", key=draft.key("more"), expanded=_has_more(form)):
        left, right = st.columns(2)
        with left:
            fields.day("end_on", "Last day", help_="Leave it empty while it goes on.")
        with right:
            fields.day("guide_on", "Visual guide in place from")
        earlier = {ref: title for ref, title in _titles(service).items() if ref != form.ref}
        fields.one("based_on", "Copied from an earlier change", earlier, placeholder="Nothing: it is new")
    _buttons(draft, faults, save_change, "Save this change" if not form.ref else "Save the new version")


def _looking_back(fields: Fields[ChangeForm], form: ChangeForm) -> None:
    left, right = st.columns(2)
    with left:
        fields.day(
            "review_on", "We look at it together on", help_="The review you promised. Outcomes about reviews count it."
        )
    if form.ref and form.review_on:
        with right:
            fields.one("review_result", "That review", words.REVIEW)
        if form.review_result in ("met", "partly"):
            fields.day("review_held_on", "Held on")
    opened = bool(form.boundaries) or any(fault.field == "boundaries_on" for fault in fields.faults)
    with st.expander("Boundaries agreed at the start", key=fields.draft.key("boundaries"), expanded=opened):
        show(blocks.explained("What was agreed about who decides what. Leave open what you did not speak about."))
        for element, label in words.BOUNDARIES.items():
            st.segmented_control(
                label, list(words.AGREED), format_func=lambda code: words.AGREED[code],
                default=fields.draft.start.boundaries.get(element), key=fields.draft.key(f"boundary_{element}"), persist_state="session",
            )  # fmt: skip
        fields.day("boundaries_on", "Boundaries agreed on")


def _has_more(form: ChangeForm) -> bool:
    return any(each is not None for each in (form.end_on, form.guide_on, form.based_on))


def _titles(service: Service) -> dict[str, str]:
    rows = [row.cells for row in access.recorded("interventions") if row.cells["service_id"] == service.service_id]
    return {row["intervention_id"]: row["title"] for row in reversed(rows)}


# What would count -----------------------------------------------------------------------------------


def promise_draft(service: Service) -> Draft[PromiseForm]:
    """The draft of what would count, at a service."""
    return Draft(f"counts-{service.service_id}", PromiseForm())


def typed_promise(draft: Draft[PromiseForm], changes: Mapping[str, RecordedRow]) -> PromiseForm:
    """What would count, as the fields have it now."""
    start = draft.start
    ref = st.session_state.get(draft.key("change"), start.change.intervention_id if start.change else None)
    change = words.intervention(changes[ref].cells) if ref in changes else None
    catalogue = access.catalogue()
    code = st.session_state.get(draft.key("outcome"), start.outcome.code if start.outcome else None)
    outcome = catalogue.get(code) if code else None
    if outcome is None:
        return replace(start, change=change, outcome=None, declared_on=draft.typed("declared_on"), beside={})
    question = draft.typed(f"question_{outcome.code}", words.usual_question(outcome))
    chosen = st.session_state.get(draft.key(f"beside_{outcome.code}"), ())
    return replace(
        start,
        change=change,
        outcome=outcome,
        question=question,
        size=draft.typed(f"size_{outcome.code}_{question}", words.usual_size(outcome, question)),
        declared_with=tuple(draft.typed("declared_with") or ()),
        beside={each: _margin(draft, each) for each in chosen or ()},
        **{
            name: draft.typed(name)
            for name in ("role", "declared_on", "baseline_from", "baseline_to", "follow_from", "follow_to")
        },
    )  # fmt: skip


def _margin(draft: Draft[PromiseForm], code: str) -> float | None:
    outcome = access.catalogue().outcomes[code]
    found: float | None = draft.typed(f"margin_{code}", words.usual_size(outcome, "steady"))
    return found


def save_promise(draft: Draft[PromiseForm], service: Service) -> None:
    """Save what would count as typed."""
    changes = _changes(service)
    form = typed_promise(draft, changes)
    title = form.change.title if form.change else ""
    catalogue = access.catalogue().outcomes
    save(
        draft, "counts", title, service.service_id, form.faults(access.today(), _earlier(form), catalogue),
        lambda: form.rows(catalogue), _refused,
    )  # fmt: skip


def _changes(service: Service) -> dict[str, RecordedRow]:
    """The changes of a service, the newest first."""
    rows = [row for row in access.recorded("interventions") if row.cells["service_id"] == service.service_id]
    return {row.cells["intervention_id"]: row for row in reversed(rows)}


def _earlier(form: PromiseForm) -> list[Any]:
    if form.change is None:
        return []
    rows = access.recorded("declarations")
    return [words.declaration(row.cells) for row in rows if row.cells["intervention_id"] == form.change.intervention_id]


def promise_section(service: Service) -> None:
    """The form of what would count as better."""
    draft, changes = promise_draft(service), _changes(service)
    form = typed_promise(draft, changes)
    faults: tuple[Fault, ...] = ()
    if draft.faulty:
        faults = (*form.faults(access.today(), _earlier(form), access.catalogue().outcomes), *draft.refused)
    fields = Fields(draft, faults)
    _head(faults, None)
    labels = {
        ref: f"{row.cells['title']} · from {words.intervention(row.cells).start_on:%-d %b %Y}"
        for ref, row in changes.items()
    }
    first = draft.start.change.intervention_id if draft.start.change else None
    _one_named(fields, "change", "Which change", labels, first)
    offered = words.offered(access.catalogue(), form.change.is_personal if form.change else False)
    names = {code: outcome.name for code, outcome in offered.items()}
    _one_named(fields, "outcome", "What you will look at", names, None)
    if form.outcome is not None:
        _size(fields, form, form.outcome)
        _beside(fields, form, form.outcome, offered)
    fields.day(
        "declared_on", "Agreed on", help_="The day on which you agreed it together, not the day of writing it down."
    )
    if form.declared_on is not None and form.change is not None:
        show(blocks.explained(
            words.timing_line(form.declared_on, form.change, form.follow_from),
            words.written_later_line(form.declared_on, access.today()),
        ))  # fmt: skip
    fields.several("declared_with", "Agreed with", words.voices())
    if form.change is not None:
        opened = any(fault.field.startswith(("baseline", "follow")) for fault in faults)
        with st.expander("Compare other days than usual", key=draft.key("windows"), expanded=opened):
            show(blocks.explained(words.windows_line(form.change)))
            for name, label in (("baseline", "Before"), ("follow", "After")):
                left, right = st.columns(2)
                with left:
                    fields.day(f"{name}_from", f"{label}: first day")
                with right:
                    fields.day(f"{name}_to", f"{label}: last day")
    _buttons(draft, faults, save_promise, "Save what would count", service)


def _one_named(
    fields: Fields[PromiseForm], field: str, label: str, options: Mapping[str, str], start: str | None
) -> None:
    key = fields.at(field)
    if key not in st.session_state and start in options:
        st.session_state[key] = start
    st.selectbox(
        label, list(options), index=None, key=key, format_func=lambda code: options.get(code, code),
        placeholder="Choose one", persist_state="session",
    )  # fmt: skip


def _size(fields: Fields[PromiseForm], form: PromiseForm, outcome: Outcome) -> None:
    show(blocks.explained(outcome.why, words.what_it_is(outcome)))
    left, right = st.columns(2)
    with left:
        fields.row(
            f"question_{outcome.code}", "What we hope", words.questions(outcome), start=words.usual_question(outcome)
        )
    with right:
        fields.row("role", "What it is for", words.ROLES)
    fields.size(
        f"size_{outcome.code}_{form.question}", words.size_label(outcome, form.question),
        start=words.usual_size(outcome, form.question), fault="size",
        help_="What you agreed together. The number shown first is a usual one.",
    )  # fmt: skip
    show(blocks.explained(words.size_line(outcome, form.question, form.size)))


def _beside(fields: Fields[PromiseForm], form: PromiseForm, outcome: Outcome, offered: Mapping[str, Outcome]) -> None:
    """What this outcome is read beside, to be agreed in the same breath."""
    beside = {code: offered[code] for code in outcome.beside if code in offered}
    if not beside or form.role == "balance":
        return
    st.pills(
        "And what must not get worse meanwhile?", list(beside), selection_mode="multi",
        format_func=lambda code: md_escape(beside[code].name), key=fields.draft.key(f"beside_{outcome.code}"),
        persist_state="session",
    )  # fmt: skip
    for code, margin in form.beside.items():
        other = beside[code]
        fields.size(
            f"margin_{code}", f"{md_escape(other.name)}: {words.size_label(other, 'steady').lower()}",
            start=words.usual_size(other, "steady"), fault=f"beside_{code}", help_="How much would still count as steady.",
        )  # fmt: skip
        show(blocks.explained(words.size_line(other, "steady", margin)))


# What else happened ----------------------------------------------------------------------------------


def happening_draft(service: Service) -> Draft[HappeningForm]:
    """The draft of a happening at a service."""
    return Draft(f"happened-{service.service_id}", HappeningForm(service.service_id))


def typed_happening(draft: Draft[HappeningForm]) -> HappeningForm:
    """The happening as the fields have it now."""
    personal = bool(draft.typed("personal"))
    return replace(
        draft.start,
        personal=personal,
        person=draft.typed("person") if personal else None,
        **{name: draft.typed(name) for name in ("kind", "from_on", "until_on", "label", "stage", "mobility")},
    )


def save_happening(draft: Draft[HappeningForm]) -> None:
    """Save the happening as typed."""
    code_reference(draft)
    form = typed_happening(draft)
    title = form.label or words.happening_name(form.kind or "")
    save(draft, "happened", title, form.service_id, form.faults(access.today()), form.rows, _refused)


def happening_section(service: Service) -> None:
    """The form of something else that happened."""
    draft = happening_draft(service)
    form = typed_happening(draft)
    faults = (*form.faults(access.today()), *draft.refused) if draft.faulty else ()
    fields = Fields(draft, faults)
    _head(faults, "Change what is written down" if form.ref else None)
    fields.one("kind", "What happened", {kind: capital(words.happening_name(kind)) for kind in CONTEXT_KINDS})
    fields.row("personal", "For whom", WHOM)
    if form.personal:
        fields.person(service.service_id)
    left, right = st.columns(2)
    with left:
        fields.day("from_on", "From")
    with right:
        fields.day(
            "until_on", "Until", help_="The last day of it, or the last night away. Empty: a single day, or it goes on."
        )
    if form.kind == "need_change":
        left, right = st.columns(2)
        with left:
            fields.one("stage", "New stage", words.STAGES, placeholder="As before")
        with right:
            fields.one("mobility", "How the person moves about now", words.MOBILITY, placeholder="As before")
    fields.text("label", "In a few words", longest=LONGEST_LABEL,
                help_="Stands beside the chart. No names, please.")  # fmt: skip
    _buttons(draft, faults, save_happening, "Save what happened" if not form.ref else "Save the new version")


# Around the forms ------------------------------------------------------------------------------------


def _head(faults: Any, title: str | None) -> None:
    if faults:
        show(blocks.fault_summary(faults))
    elif title:
        show(blocks.explained(title + ". The earlier version stays in the record."))


def _buttons(draft: Draft[Any], faults: Sequence[Fault], on_save: Any, label: str, *more: Any) -> None:
    if faults:
        show(blocks.fault(f"{words.how_many(len(faults))} to put right, marked above. Nothing is saved yet."))
    with st.container(horizontal=True):
        st.button(label, type="primary", key=f"save_{draft.name}", on_click=on_save, args=(draft, *more))
        st.button("Empty the form", key=f"empty_{draft.name}", on_click=draft.begin)


def lines(what: str, service: Service, found: tuple[words.Line, ...]) -> None:
    """What is written down, the newest first, each with its buttons; or that nothing is."""
    if not found:
        show(paragraph("Nothing yet.", kind="leo-muted"))
    at = f"shown_{what}_{service.service_id}"
    shown = int(st.session_state.get(at, SHOWN_AT_ONCE))
    for number, each in enumerate(found[:shown]):
        with st.container(key=f"written_{what}_{number}"):
            show(blocks.line(each.title, each.under, each.agreed))
            with st.container(horizontal=True, gap="small"):
                st.button("Change this", key=f"edit_{what}_{number}", on_click=_edit, args=(what, service, each.ref))
                if what == "change":
                    st.button(
                        "Say what would count", key=f"agree_{number}", on_click=agree, args=(service, each.ref)
                    )  # fmt: skip
    if len(found) > shown:
        st.button(f"Show more ({len(found) - shown:,})", key=f"more_{what}", on_click=_more, args=(at, shown))


def _more(at: str, shown: int) -> None:
    st.session_state[at] = shown + 4 * SHOWN_AT_ONCE


def _edit(what: str, service: Service, ref: str) -> None:
    """Fill the form with what is written down."""
    st.session_state.pop("record_saved", None)
    if what == "change":
        change_draft(service).begin(forms.change_form(_changes(service)[ref], access.recorded("checks")))
        return
    rows = access.recorded("context")
    (row,) = (row for row in rows if row.cells["context_id"] == ref and row.cells["service_id"] == service.service_id)
    happening_draft(service).begin(forms.happening_form(row))


def agree(service: Service, ref: str) -> None:
    """Go on to what would count as better for a change."""
    st.session_state.pop("record_saved", None)
    if ref in (changes := _changes(service)) and ref != NEW:
        promise_draft(service).begin(PromiseForm(change=words.intervention(changes[ref].cells)))
    st.session_state["write_chosen"] = st.session_state["write"] = "counts"
    st.query_params["write"] = "counts"


def take_back(saved: Saved) -> None:
    """Take back what was just saved; what it had replaced is true again."""
    assert saved.load_id is not None
    try:
        access.take_back(saved.load_id)
    except access.NotSaved as error:
        st.session_state["record_not_saved"] = str(error)
        return
    st.session_state["record_saved"] = words.taken_back_line(saved.title)
