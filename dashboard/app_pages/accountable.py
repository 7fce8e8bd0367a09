"""Safe and accountable: was what we promised done in time, and did we learn?"""

import streamlit as st

from dashboard import access
from dashboard.blocks.standing import standing_table
from dashboard.parts import choose_service, choose_time, show
from dashboard.views.standing import standing_rows

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        time = choose_time(service)
rows = standing_rows(
    access.standings(service.service_id, ("V1", "V2", "G8", "G1", "D5"), time.period), service.day_word
)
show(standing_table("How things stand", rows, time.now, time.earlier))
