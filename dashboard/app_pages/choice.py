"""Choice: what is decided for people beside what they choose themselves."""

from functools import partial

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks import two_sides as blocks
from dashboard.blocks.common import empty, figures
from dashboard.blocks.needs import needs_part
from dashboard.blocks.one_change import chart_key, chart_title
from dashboard.blocks.standing import standing_table
from dashboard.charts.before_after import before_after
from dashboard.markup import paragraph
from dashboard.parts import choose_service, choose_time, heading, show
from dashboard.views import numbers
from dashboard.views.choice import findings as finding_words
from dashboard.views.choice import page as words
from dashboard.views.standing import standing_rows

access.require("manager")

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        time = choose_time(service)

found = access.two_sides(service.service_id, time.period)
around = access.around_findings(service.service_id)
if found.has_anything:
    page = words.two_sides(found, time.now)
    show(blocks.first_words(page.lead, finding_words.in_short(around)))
    show(blocks.two_sides(page))
else:
    show(empty(*words.NOTHING))

earlier = words.earlier_line(found, access.two_sides(service.service_id, page_data.whole_record(service.service_id)))
if found.best_interest or earlier:
    heading("Everyday matters decided in somebody’s best interest")
    listed, rest = words.newest(found.on_everyday_matters)
    if listed:
        show(figures("Best-interest decisions on everyday matters", words.decision_rows(listed)))
    show(paragraph(" ".join(filter(None, (rest if listed else words.NONE_LISTED, earlier))), kind="leo-muted"))
if found.best_interest:
    heading("Are best-interest records complete?")
    show(paragraph(words.missing_line(found)))
    show(blocks.side_lines(words.missing_lines(found)))
    if found.incomplete:
        with st.expander(f"The incomplete records, one by one ({len(found.incomplete)})", key="incomplete"):
            listed, rest = words.newest(found.incomplete)
            show(figures("Incomplete best-interest records", words.decision_rows(listed)))
            show(paragraph(rest, kind="leo-muted"))
    st.page_link(
        "app_pages/whose_views.py",
        label="Whose views stand behind these decisions: Whose views",
        query_params={"service": service.service_id},
    )

if around:
    place = "0"
    if len(around) > 1:
        heading("Since a finding about capacity")
        place = choices.chosen_here("Finding about capacity", finding_words.finding_labels(around), name="finding")
    one = around[int(place)]
    access.about_person(one.person_id)
    told = finding_words.finding_page(one)
    heading(told.heading)
    show(paragraph(told.about))
    show(paragraph(finding_words.PRINCIPLE, kind="leo-muted"))
    show(blocks.finding_card(told))
    story = page_data.story_of(one.finding)
    if story is not None and story.has_anything:
        with st.container(border=True, key="chart_card"):
            show(chart_title(story))
            st.plotly_chart(
                before_after(story),
                theme=None,
                key="around_finding",
                alt=story.alt,
                config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
            )
            show(chart_key(story))
            with st.expander("The numbers", key="numbers"):
                show(figures(story.title, numbers.number_rows(one.finding, story)))
            st.download_button(
                "Download these numbers (CSV)",
                data=partial(numbers.numbers_csv, one.finding, story),
                file_name="everyday-choice-around-a-finding.csv",
                mime="text/csv",
                on_click="ignore",
                key="download_numbers",
            )
    show(paragraph(told.decided))
    if one.after:
        show(figures("Decisions about this person in the year after the finding", words.after_rows(one.after)))
    show(blocks.finding_sure(told))

standing = standing_rows(page_data.standings_recorded(service.service_id, words.CODES, time.period), service.day_word)
if standing:
    heading("How does this compare with the time before?")
    with st.expander("Choices and decisions, now, before, and quarter by quarter", key="standing"):
        show(standing_table("Choice and decisions", standing, time.now, time.earlier))
needs_part(service, words.NEEDS)
