"""Safe and accountable: was what we promised done in time, is it still safe, and did we learn?"""

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import accountable as blocks
from dashboard.blocks.accountable_parts import open_part
from dashboard.blocks.needs import needs_part
from dashboard.parts import choose_service, choose_time, show
from dashboard.safe import md_escape
from dashboard.views.accountable import page as views
from dashboard.views.accountable.needs import NEEDS

access.require("manager")

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=300):
        service = choose_service()
    with st.container(width="content"):
        time = choose_time(service)

found = access.accountable(service.service_id, time.period)
show(blocks.head(views.head(found, time.now)))

everything = choices.switched_on("Open every part, to print or to read on", name="everything")
for part in views.parts(found):
    key = f"{part.name}_{'open' if everything else 'part'}"
    label = f"**{md_escape(part.title)}:** {md_escape(part.label)}"
    with st.expander(label, expanded=everything, key=key, on_change="rerun") as shown:
        if shown.open:
            open_part(part, found, service, time)

needs_part(service, NEEDS)
