"""The dashboard's entry: style, navigation and the header that every page carries."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import access, choices, roles
from dashboard.blocks.common import badge, empty
from dashboard.parts import NO_DATA, show
from dashboard.theme import STYLE_SHEET

PAGES = Path(__file__).resolve().with_name("app_pages")

# No page_title: the browser tab then carries the name of the page that is open.
st.set_page_config(layout="wide", initial_sidebar_state="auto")
st.html(STYLE_SHEET)

pages = [
    st.Page(
        PAGES / each.file, title=each.title, default=number == 0, visibility="visible" if each.in_menu else "hidden"
    )
    for number, each in enumerate(roles.PAGES[roles.role_served()])
]
page = st.navigation(pages, expanded=True)
st.sidebar.html('<p class="leo-product">Lived Experience Outcomes</p>')

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"):
    st.title(page.title, anchor=False, width="content")
    badge_at = st.empty()

choices.on_page(page.url_path)


def made_up() -> bool:
    """Whether what this reader sees comes from the invented sample. Raises access.NoData."""
    if roles.role_served() == "researcher":
        return access.sample_release().report.synthetic
    return (page.url_path != "add_data" or access.any_data()) and access.snapshot().is_sample


try:
    if made_up():
        with badge_at:
            st.html(badge(), width="content")
    page.run()
except access.NoData as nothing:
    show(empty(NO_DATA, nothing.reason, nothing.next_step))
    if page.url_path != "add_data" and roles.role_served() == "manager":
        st.page_link(PAGES / "add_data.py", label="Or load them here: Add data")
