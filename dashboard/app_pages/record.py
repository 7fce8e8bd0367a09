"""Record a change: what was tried, what would count as better, what else happened. No system exports that."""

from functools import partial

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import record as blocks
from dashboard.blocks import record_answers
from dashboard.blocks import record_sections as sections
from dashboard.blocks.common import empty
from dashboard.markup import paragraph
from dashboard.parts import NO_SAVING, choose_service, heading, link_to_change, show
from dashboard.views import record, say

access.require("manager")
if why := access.why_not_save():
    show(empty(NO_SAVING, why, "Until then the other pages can be read as usual."))

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        what = choices.chosen_from_row("What do you want to write down?", record.WHAT, name="write", first="change")

changes = record.change_lines(
    access.recorded("interventions"), service, access.recorded("declarations"), access.catalogue()
)
show(paragraph(record.SAID_LEAD if what == "said" else record.lead(service, len(changes)), kind="leo-muted"))

why_not = st.session_state.pop("record_not_saved", None)
if why_not:
    show(blocks.not_saved(why_not))
saved = st.session_state.get("record_saved")
if isinstance(saved, str):
    show(blocks.taken_back(saved))
elif saved is not None and saved.service_id == service.service_id:
    findings = [each for each in access.findings(service.service_id) if each.intervention.intervention_id == saved.ref]
    with st.container(key="saved"):
        show(blocks.saved(record.saved_line(saved.what, saved.title, bool(findings))))
        with st.container(horizontal=True):
            if findings:
                link_to_change("See it", findings[0].intervention, findings[0].outcome.code)
            if saved.what == "change":
                st.button(
                    "Say what would count as better", key="go_on", on_click=sections.agree, args=(service, saved.ref)
                )
            if saved.load_id is not None:
                st.button("Take this back", key="take_back", on_click=sections.take_back, args=(saved,))

with st.container(border=True, key="form"):
    if what == "change":
        sections.change_section(service)
    elif what == "counts":
        sections.promise_section(service)
    elif what == "said":
        record_answers.answers_section(service)
    else:
        sections.happening_section(service)

if what == "said":
    heading("Answers written down here")
    record_answers.answer_lines(service)
elif what == "happened":
    heading("What else happened, as it is written down")
    sections.lines("happened", service, record.happening_lines(access.recorded("context"), service))
else:
    heading("Changes written down, the newest first")
    sections.lines("change", service, changes)

files = access.recorded_csv()
if files:
    heading("Take it with you")
    show(
        paragraph(
            "Everything written down, for all services, as files that can be loaded here again. People are in them as codes.",
            kind="leo-muted",
        )
    )
    with st.container(horizontal=True):
        for table in files:
            st.download_button(
                f"{say.TABLES[table]} (CSV)", data=partial(files.__getitem__, table), file_name=f"{table}.csv",
                mime="text/csv", on_click="ignore", key=f"download_{table}",
            )  # fmt: skip
