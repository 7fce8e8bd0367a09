"""What changed: is life here getting better or worse, and how sure are we?"""

import streamlit as st

from dashboard import access, choices, page_data
from dashboard.blocks import pictures
from dashboard.blocks import side_by_side as elsewhere_blocks
from dashboard.blocks import what_changed as blocks
from dashboard.blocks.common import empty
from dashboard.markup import paragraph
from dashboard.parts import NO_DATA, choose_service, heading, link_to_change, show
from dashboard.views import forest, side_by_side

access.require("manager")

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        period = choices.chosen_from_row(
            "Time back from the last record", page_data.PERIODS, name="period", first=page_data.usual_period(service)
        )

found = page_data.first_page_of(service, period)
if found is None:
    show(
        empty(
            NO_DATA,
            f"No dated record has arrived for {service.label}.",
            "Load its incidents, falls or feedback on the page Add data.",
        )
    )
    st.page_link("app_pages/add_data.py", label="Add data")
    st.stop()

show(blocks.in_short(found.landing))
if found.landing.tiles:
    for place, told in zip(st.columns(len(found.landing.tiles)), found.landing.tiles, strict=True):
        with place.container(border=True, height="stretch", gap="xsmall"):
            show(blocks.tile(told))
            if told.finding is not None:
                link_to_change(told.after, told.finding.intervention, told.finding.outcome.code)
show(paragraph(found.landing.dates, kind="leo-muted leo-dates"))

if found.landing.rows:
    heading("Changes we tried together")
    with st.container(key="changes_head"):
        for column, head in zip(st.columns(blocks.ROW_WIDTHS), blocks.row_heads(), strict=True):
            with column:
                show(head)
    for number, row in enumerate(found.landing.rows):
        with st.container(key=f"change_row_{number}"):
            title, *others = st.columns(blocks.ROW_WIDTHS)
            under, *parts = blocks.row_parts(row)
            with title, st.container(gap=None):
                link_to_change(row.title, row.intervention, row.outcome)
                show(under)
            for column, part in zip(others, parts, strict=True):
                with column:
                    show(part)
if found.landing.earlier:
    show(paragraph(found.landing.earlier, kind="leo-muted"))

with st.expander(forest.EVERYTHING, key="everything", on_change="rerun") as everything:
    if everything.open:
        pictures.service_forest_part(service.service_id, framed=False)

if page_data.may_be_elsewhere(service, period):
    with st.expander(side_by_side.TITLE, key="elsewhere", on_change="rerun") as elsewhere:
        if elsewhere.open:
            groups = page_data.tried_elsewhere(service, period)
            if not groups:
                show(paragraph(side_by_side.NONE_FOUND, kind="leo-muted"))
            else:
                picked = choices.chosen_from_list(
                    "What was tried, and its outcome", side_by_side.labels(groups), name="same"
                )
                group = next(each for each in groups if side_by_side.code(each) == picked)
                show(elsewhere_blocks.elsewhere(side_by_side.elsewhere(group, service.service_id)))
                as_picture = pictures.forest_of(group)
                if as_picture is not None:
                    with st.expander(forest.OPEN, key="elsewhere_picture", on_change="rerun") as picture:
                        if picture.open:
                            pictures.forest_part(as_picture, framed=False)

if found.looks:
    heading("Worth a look")
    show(blocks.looks(found.looks))
