"""One person: how was it for them? Reached from a change; neither the address nor a title says who it is."""

from functools import partial

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks import easy_read, needs, one_person
from dashboard.blocks import one_change as change_blocks
from dashboard.blocks.common import empty, figures
from dashboard.charts import timeline as chart
from dashboard.charts import visits as visits_chart
from dashboard.markup import bullets, chips, paragraph
from dashboard.parts import NO_DATA, choose_service, heading, link_to_change, show
from dashboard.safe import md_escape
from dashboard.views import deeper, one_change, visits
from dashboard.views import one_person as views
from dashboard.views.standing import standing_rows

access.require("manager")

service_at, change_at = st.columns([30, 70])
with service_at:
    service = choose_service()
changes = page_data.personal_changes_of(service.service_id)
if not changes:
    show(
        empty(
            NO_DATA,
            f"Nothing is written down at {service.label} that was tried with one person.",
            "Write it down on the page Record a change: what, from when, and for whom.",
        )
    )
    st.page_link("app_pages/record.py", label="Record a change")
    st.stop()
with change_at:
    code = choices.chosen_from_list("What was tried", one_change.change_labels(changes), name="change")
change = next(each for each in changes if each.intervention.intervention_id == code)
access.about_person(change.intervention.person_id)
finding = change.headline
found = access.one_person(change.intervention, page_data.declared_codes(change))

show(chips(views.about(service.label, found)))
show(change_blocks.verdict_card(one_change.change_page(finding)))
show(easy_read.notes_card(access.notes(change.intervention), personal=True))
show(one_person.risk_card(standing_rows(access.since_it_began(change.intervention), service.day_word)))
link_to_change("See this change, before and after", change.intervention, finding.outcome.code)

shown = views.timeline(found)
with st.container(border=True, key="timeline_card"):
    show(one_person.timeline_title(shown))
    if shown.bars or shown.lanes:
        st.plotly_chart(
            chart.timeline(shown),
            theme=None,
            key="timeline",
            alt=shown.sentence,
            config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        )
        show(one_person.timeline_key(shown))
        with st.expander("Everything, in order of days", key="days"):
            if shown.bars:
                show(figures("Week by week", views.week_rows(shown)))
            if shown.lanes:
                show(figures("Day by day", views.day_rows(shown)))
        st.download_button(
            "Download these days (CSV)",
            data=partial(views.timeline_csv, shown),
            file_name="one-person-day-by-day.csv",
            mime="text/csv",
            on_click="ignore",
            key="download_timeline",
        )

off = visits.visits_shown(found.visits, change.intervention.start_on)
if off is not None:
    with st.container(border=True, key="visits_card"):
        show(one_person.visits_title(off))
        st.plotly_chart(
            visits_chart.visits(off),
            theme=None,
            key="visits",
            alt=off.sentence,
            config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        )
        show(one_person.visits_key(off))
        with st.expander("Every visit", key="every_visit", on_change="rerun") as every_visit:
            if every_visit.open:
                show(figures(visits.TITLE, visits.visit_rows(off)))
        st.download_button(
            "Download these visits (CSV)",
            data=partial(visits.visits_csv, off),
            file_name="visits-against-own-times.csv",
            mime="text/csv",
            on_click="ignore",
            key="download_visits",
        )

figures_found = access.second_figures(finding)
told = views.series_sentences(figures_found, finding)
if told:
    heading("What these weeks say")
    show(bullets(told))
    sections = [each for each in deeper.sections(figures_found) if each.title == deeper.TITLES["one person"]]
    if sections:
        with st.expander("The figures behind it", key="single_case"):
            for section in sections:
                show(change_blocks.second_figures(section))

heading("Whose views")
show(paragraph(views.summary(found)))
st.page_link(
    "app_pages/whose_views.py",
    label="See whose views shaped this plan",
    query_params={"service": service.service_id, "look": "change", "change": code},
)
if found.others:
    heading("Also tried with this person")
    for other, label in zip(found.others, views.others(found), strict=True):
        st.page_link(
            "app_pages/one_person.py",
            label=md_escape(label),
            query_params={"service": service.service_id, "change": other.intervention_id},
        )

heading("A page for the person and their family")
easy_read.easy_read_part(finding, key="easy")
needs.needs_part(service, one_person.NEEDS)
