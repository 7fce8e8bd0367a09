"""One change, before and after: did it make a difference, and at what cost?"""

from functools import partial

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks import easy_read, pictures
from dashboard.blocks import one_change as blocks
from dashboard.blocks import one_person as person_blocks
from dashboard.blocks.common import empty, figures
from dashboard.charts.before_after import before_after
from dashboard.charts.interrupted import over_time
from dashboard.markup import paragraph
from dashboard.parts import NO_DATA, choose_service, heading, show
from dashboard.views import deeper, dumbbell, numbers, one_change, trends
from dashboard.views.standing import standing_rows

access.require("manager")

service_at, change_at, outcome_at = st.columns([22, 46, 32])
with service_at:
    service = choose_service()
changes = page_data.changes_of(service.service_id)
if not changes:
    show(
        empty(
            NO_DATA,
            f"Nobody has written down yet what was tried at {service.label}, so there is no before and after.",
            "Write it down on the page Record a change: what, from when, for whom, and what would count as better.",
        )
    )
    st.page_link("app_pages/record.py", label="Record a change")
    st.stop()
with change_at:
    code = choices.chosen_from_list("Change", one_change.change_labels(changes), name="change")
change = next(each for each in changes if each.intervention.intervention_id == code)
with outcome_at:
    outcome = choices.chosen_from_list("Outcome", one_change.outcome_labels(change), name="outcome")

access.about_person(change.intervention.person_id)
finding = next(each for each in change.findings if each.outcome.code == outcome)
page = one_change.change_page(finding)
show(blocks.about_change(page))
show(blocks.verdict_card(page))
show(easy_read.notes_card(access.notes(change.intervention), personal=change.intervention.is_personal))
show(person_blocks.risk_card(standing_rows(access.since_it_began(change.intervention), service.day_word)))
if page.joint is not None:
    show(blocks.joint_card(page.joint))

told = page_data.story_of(finding)
if told is not None and told.has_anything:
    with st.container(border=True, key="chart_card"):
        show(blocks.chart_title(told))
        st.plotly_chart(
            before_after(told),
            theme=None,
            key="before_after",
            alt=told.alt,
            config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
        )
        show(blocks.chart_key(told))
        with st.expander("The numbers", key="numbers"):
            show(figures(told.title, numbers.number_rows(finding, told)))
        st.download_button(
            "Download these numbers (CSV)",
            data=partial(numbers.numbers_csv, finding, told),
            file_name=f"before-and-after-{finding.outcome.code.lower()}.csv",
            mime="text/csv",
            on_click="ignore",
            key="download_numbers",
        )
elif told is not None:
    show(
        empty(
            "No chart yet",
            "Nothing was recorded for this outcome in the days around the change.",
            "See which records have arrived on the page “Can I trust the data?”.",
        )
    )

if page.beside:
    heading("Is it better without costing something else?")
    show(blocks.beside_table(page.beside))
show(blocks.how_sure(page))

together = pictures.dumbbell_of(change.findings)
if together is not None:
    with st.expander(dumbbell.TITLE, key="all_outcomes", on_change="rerun") as all_outcomes:
        if all_outcomes.open:
            pictures.dumbbell_part(together, framed=False)

columns = trends.columns_within(finding)
if columns:
    with st.expander("Before and after, taken apart", key="taken_apart", on_change="rerun") as taken_apart:
        if taken_apart.open:
            pictures.parts_part(finding, choices.chosen_from_list("Taken apart", columns, name="apart"), framed=False)

if finding.outcome.kind == "stay":
    with st.expander("How long people stay, before and after", key="staying_open", on_change="rerun") as staying:
        if staying.open:
            pictures.staying_around_part(finding, framed=False)

with st.expander("Month by month, with what would have been", key="over_time", on_change="rerun") as over_the_record:
    if over_the_record.open:
        series = page_data.series_of(finding)
        if isinstance(series, str):
            show(blocks.not_over_time(series))
        else:
            show(blocks.series_title(series))
            for number, drawn in enumerate(series.charts):
                if len(series.charts) > 1:
                    show(blocks.series_heading(drawn))
                st.plotly_chart(
                    over_time(drawn),
                    theme=None,
                    key=f"over_time_{number}",
                    alt=drawn.alt,
                    config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
                )
            show(blocks.series_key(series))
            show(blocks.series_models(series))

if "views" in access.tables_with_rows(service.service_id):
    st.page_link(
        "app_pages/whose_views.py",
        label="Whose views shaped it, how they were asked, and what came of them",
        query_params={"service": service.service_id, "look": "change", "change": code},
    )
if finding.intervention.is_personal:
    st.page_link(
        "app_pages/one_person.py",
        label="How was it for this person? Their days, their views, their reviews",
        query_params={"service": service.service_id, "change": code},
    )
with st.expander(
    "A page for the person and their family, in easy words", key="easy_open", on_change="rerun"
) as easy_open:
    if easy_open.open:
        easy_read.easy_read_part(finding, key="easy")

if not finding.intervention.is_personal and finding.verdict.reason != "outcome_unknown":
    st.page_link(
        "app_pages/trends.py",
        label="See it over the whole record, with its usual range",
        query_params={"service": service.service_id, "outcome": outcome},
    )

with st.expander("For those who look deeper", key="second_figures", on_change="rerun") as second:
    if second.open:
        told_apart = deeper.sections(access.second_figures(finding))
        show(paragraph(deeper.INTRO if told_apart else deeper.NOTHING, kind="leo-muted"))
        for section in told_apart:
            show(blocks.second_figures(section))
