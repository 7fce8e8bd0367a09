"""Whose views: who was asked about what, how, and what came of it."""

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks import whose_views as blocks
from dashboard.blocks.common import empty, figures
from dashboard.blocks.needs import needs_part
from dashboard.blocks.standing import standing_table
from dashboard.markup import Html, paragraph
from dashboard.parts import choose_service, choose_time, heading, show
from dashboard.printing.whose_views import printed_sheet
from dashboard.safe import label_escape
from dashboard.views.standing import standing_rows
from dashboard.views.whose_views import page as words
from dashboard.views.whose_views import sheet as sheet_words
from dashboard.views.whose_views.looks import looks as looks_in_words
from dashboard.views.whose_views.needs import NEEDS
from metrics.voices.alerts import Record, understanding
from metrics.voices.sheet import SheetRow, followed_family_without_reason, heard, is_thin

access.require("manager")


def paper(rows: Sequence[SheetRow], title: str, said: tuple[str, str], notes: Sequence[str], with_person: bool) -> str:
    """The printed sheet, made when somebody asks for it."""
    lines = sheet_words.lines(rows, with_person=with_person)
    return printed_sheet(title, said, lines, notes, sample=access.snapshot().is_sample)


with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        look = choices.chosen_from_row("Look at", words.LOOK, name="look", first="service")
    with st.container(width="content"):
        time = choose_time(service)

whole = access.voices_on_record(service.service_id, time.period)
record, person, title = whole, None, ""
if look == "change":
    plans = access.plans_of(service.service_id)
    if plans:
        code = choices.chosen_from_list("Change", words.change_labels(plans), name="change")
        plan = next(each for each in plans if each.intervention_id == code)
        access.about_person(plan.person_id)
        title = plan.title
        matters = access.matters_of_change(service.service_id, code)
        views = [view for matter in matters for view in matter.views]
        record = Record(matters, views, whole.people, whole.moved_in, whole.left)
    else:
        record = Record((), ())
elif look == "person" and (labels := words.person_labels(whole.matters)):
    person = choices.chosen_here("Person", labels, name="whose")
    record = access.voices_on_record(service.service_id, time.period, person)

if not record.matters:
    show(empty(words.NOTHING_YET[0], words.nothing_words(look, time.now), words.NEXT[look]))
    needs_part(service, NEEDS)
    st.stop()

found, checked = heard(record.matters), understanding(record.views)
said = words.lead(found, words.where_words(look, time.now, title, person or ""))
show(blocks.first_words(said[0], words.trail(found, checked)))

looks = looks_in_words(record.alerts)
if looks:
    heading("Worth a second look")
    show(blocks.second_looks(looks))

rows = record.sheet
several = person is None
told = [row for row in rows if row.matter.views]
shown = told if look != "service" else told[: words.THINNEST]
thin = words.thin_line(len(rows), len(record.views), sum(map(is_thin, record.views)))
heading("Matter by matter, thin records first")
silent = sheet_words.silent(rows, with_person=several)
if silent is not None:
    show(blocks.silent_matters(silent))
if shown:
    show(blocks.ticks_key())
    show(blocks.sheet_table(sheet_words.lines(shown, with_person=several)))
show(paragraph(" ".join(filter(None, (words.shown_line(len(shown), len(told), look), thin))), kind="leo-muted"))
notes = (words.days_line(look, time.period), thin, sheet_words.traced_words(rows))
with st.container(horizontal=True, key="sheet_files"):
    st.download_button(
        "Download the whole sheet to print",
        data=partial(paper, rows, words.paper_title(service, look, title, person), said, notes, several),
        file_name="whose-views.html",
        mime="text/html",
        on_click="ignore",
        key="sheet_print",
    )
    st.download_button(
        "Download it as a table (CSV)",
        data=partial(sheet_words.sheet_csv, rows),
        file_name="whose-views.csv",
        mime="text/csv",
        on_click="ignore",
        key="sheet_csv",
    )
if look == "change":
    st.page_link(
        "app_pages/one_change.py",
        label="What came of it: this change, before and after",
        query_params={"service": service.service_id, "change": code},
    )
    if any(each.intervention_id == code and each.is_personal for each in plans):
        st.page_link(
            "app_pages/one_person.py",
            label="How was it for this person? Their days, their views, their reviews",
            query_params={"service": service.service_id, "change": code},
        )

cases = words.without_reason_rows(followed_family_without_reason(record.matters))
if cases:
    heading("Risky decisions that followed family, with no reason written")
    show(figures("Risky decisions that followed family without a reason", cases))

recorded = page_data.standings_recorded(service.service_id, words.codes_of(), time.period, person)
standings = {each.outcome.code: each for each in recorded}
heading(words.standing_title(look, person))
for number, group in enumerate(words.GROUPS):
    inside = [standings[code] for code in group.codes if code in standings]
    standing = standing_rows(inside, service.day_word)
    if standing:
        first = standing_rows([each for each in inside if each.has_figure][:1], service.day_word)
        with st.expander(label_escape(words.group_label(group, first)), key=f"standing_{number}"):
            show(paragraph(group.about, kind="leo-muted") if group.about else Html(""))
            show(standing_table(group.title, standing, time.now, time.earlier))
needs_part(service, NEEDS)
