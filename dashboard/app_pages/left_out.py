"""Who is left out: the same outcome for different groups of people."""

from functools import partial

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import left_out as blocks
from dashboard.blocks.common import empty
from dashboard.blocks.needs import needs_part
from dashboard.blocks.standing import standing_table
from dashboard.markup import paragraph
from dashboard.parts import choose_service, choose_time, heading, show
from dashboard.views.accountable.page import on_record
from dashboard.views.left_out import page as views
from dashboard.views.left_out.needs import needs
from dashboard.views.left_out.words import COLUMNS, KNOWN_AS
from dashboard.views.standing import standing_rows
from metrics.left_out.groups import AT_A_GLANCE, comparable
from metrics.splits import ETHNICITY

access.require("manager")

WHO_COMES = ("E6", "E1", "E3", "E5", "E7", "V18")
WHO_COMES_TITLE = "Who comes to us, and what is known of them"

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        time = choose_time(service)
column = choices.chosen_from_row("Told apart by", COLUMNS, name="by")
here = access.groups_known(service.service_id, time.period, column)
offered = {each.code: each.name for each in comparable(access.outcomes_recorded(service.service_id), column)}

if here.everybody == 0 or not here.groups:
    show(
        empty(
            "We cannot see who is left out",
            f"{KNOWN_AS[column]} is written down for nobody at {service.label}, so no group can be set beside another.",
            "Ask, write it down in the table of people, and load it on the page Add data. A table to begin with is below.",
        )
    )
elif not offered:
    show(
        empty(
            "Nothing to set side by side yet",
            f"We know who lives at {service.label}, and none of the outcomes that are looked at by group is on record.",
            "Load incidents, falls, feedback, views or checks that say whose they are.",
        )
    )
else:
    code = choices.chosen_from_list("Outcome", offered, name="compare", first="V1" if "V1" in offered else "L9")
    found = access.group_gap(service.service_id, code, time.period, column)
    if found is not None:
        told = views.gap_told(found, here, service.day_word)
        show(blocks.lead(told))
        show(blocks.groups(told))
        st.download_button(
            "Download these numbers (CSV)",
            data=partial(views.gap_csv, found, here),
            file_name=f"groups-{code.lower()}-by-{column.replace('_', '-')}.csv",
            mime="text/csv",
            on_click="ignore",
            key="download_gaps",
        )
    with st.expander("Several outcomes at a glance", key="at_a_glance", on_change="rerun") as several:
        if several.open:
            codes = tuple(each for each in AT_A_GLANCE if each in offered)
            rows, few = views.glance(
                access.group_gaps(service.service_id, codes, time.period, column), service.day_word
            )
            show(paragraph(views.known_line(here)))
            show(blocks.glance(rows, few))
    for page, words in (
        ("own_words", "Who answers for themselves: In people’s own words"),
        ("whose_views", "Whose own view is there: Whose views"),
    ):
        st.page_link(f"app_pages/{page}.py", label=words, query_params={"service": service.service_id})

standing = on_record(access.standings(service.service_id, WHO_COMES, time.period))
if standing:
    heading(WHO_COMES_TITLE)
    show(standing_table(WHO_COMES_TITLE, standing_rows(standing, service.day_word), time.now, time.earlier))
    comes = next((each.now.value for each in standing if each.outcome.code == "E1"), None)
    show(paragraph(views.who_comes(comes, service.expected_minority_pct)))
ethnic = access.groups_known(service.service_id, time.period, ETHNICITY)
checked = access.health_checks(service.service_id, time.period)
if checked:
    with st.expander("Health checks, kind by kind", key="health_checks", on_change="rerun") as checks:
        if checks.open:
            show(paragraph(views.known_line(ethnic)))
            show(blocks.health_checks(checked, ethnic.groups))

needs_part(service, needs(here, access.tables_with_rows(service.service_id)))
