"""The dashboard's entry: style, navigation and the header that every page carries."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import access, choices
from dashboard.blocks.common import badge, empty
from dashboard.parts import NO_DATA, show
from dashboard.theme import STYLE_SHEET

PAGES = Path(__file__).resolve().with_name("app_pages")

# No page_title: the browser tab then carries the name of the page that is open.
st.set_page_config(layout="wide", initial_sidebar_state="auto")
st.html(STYLE_SHEET)

page = st.navigation(
    [
        st.Page(PAGES / "what_changed.py", title="What changed", default=True),
        st.Page(PAGES / "one_change.py", title="One change, before and after"),
        st.Page(PAGES / "own_words.py", title="In people's own words"),
        st.Page(PAGES / "whose_views.py", title="Whose views"),
        st.Page(PAGES / "choice.py", title="Choice"),
        st.Page(PAGES / "accountable.py", title="Safe and accountable"),
        st.Page(PAGES / "left_out.py", title="Who is left out"),
        st.Page(PAGES / "trends.py", title="Trends"),
        st.Page(PAGES / "services.py", title="All services"),
        st.Page(PAGES / "record.py", title="Record a change"),
        st.Page(PAGES / "add_data.py", title="Add data"),
        st.Page(PAGES / "trust.py", title="Can I trust the data?"),
        st.Page(PAGES / "method.py", title="How we work it out"),
        st.Page(PAGES / "one_person.py", title="One person", visibility="hidden"),
    ],
    expanded=True,
)
st.sidebar.html('<p class="leo-product">Lived Experience Outcomes</p>')

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"):
    st.title(page.title, anchor=False, width="content")
    badge_at = st.empty()

choices.on_page(page.url_path)
try:
    if (page.url_path != "add_data" or access.any_data()) and access.snapshot().is_sample:
        with badge_at:
            st.html(badge(), width="content")
    page.run()
except access.NoData as nothing:
    show(empty(NO_DATA, nothing.reason, nothing.next_step))
    if page.url_path != "add_data":
        st.page_link(PAGES / "add_data.py", label="Or load them here: Add data")
