"""What changed: is life here getting better or worse, and how sure are we?"""

import streamlit as st

from dashboard import choices, page_data
from dashboard.blocks import what_changed as blocks
from dashboard.blocks.common import empty
from dashboard.markup import paragraph
from dashboard.parts import NO_DATA, choose_service, heading, show

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
            "Load its incidents, falls or feedback with: outcomes ingest FOLDER.",
        )
    )
    st.stop()

show(blocks.in_short(found.landing))
if found.landing.tiles:
    show(blocks.tiles(found.landing.tiles, service.service_id))
show(paragraph(found.landing.dates, kind="leo-muted leo-dates"))

if found.landing.rows:
    heading("Changes we tried together")
    show(blocks.changes_table(found.landing.rows, service.service_id))
if found.landing.earlier:
    show(paragraph(found.landing.earlier, kind="leo-muted"))

if found.looks:
    heading("Worth a look")
    show(blocks.looks(found.looks))
