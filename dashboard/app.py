"""The dashboard's entry: style, navigation and the header that every page carries."""

from __future__ import annotations

from pathlib import Path

import streamlit as st

from dashboard import access, choices, roles
from dashboard.blocks.common import badge, empty
from dashboard.hosted import gate
from dashboard.parts import show
from dashboard.theme import STYLE_SHEET

NOT_HERE = "Not shown here"
ASK = "Choose a page from the menu, or ask whoever runs this server."
PAGES = Path(__file__).resolve().with_name("app_pages")

# No page_title: the browser tab then carries the name of the page that is open.
st.set_page_config(layout="wide", initial_sidebar_state="auto")
st.html(STYLE_SHEET)
gate.pass_or_stop()
if gate.is_hosted():
    access.identify_by(gate.signed_in_as)

try:
    reader = access.require(*roles.ROLES)
except access.Denied as denied:
    show(empty(NOT_HERE, str(denied), ASK))
    st.stop()
pages = [
    st.Page(
        PAGES / each.file, title=each.title, default=number == 0, visibility="visible" if each.in_menu else "hidden"
    )
    for number, each in enumerate(roles.PAGES[reader])
]
page = st.navigation(pages, expanded=True)
st.sidebar.html('<p class="leo-product">Lived Experience Outcomes</p>')

with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", key="page_head"):
    st.title(page.title, anchor=False, width="content")
    badge_at = st.empty()


def is_made_up() -> bool:
    """Whether what is open was invented. Raises NoData."""
    if reader == "researcher":
        return access.sample_release().report.synthetic
    if reader == "commissioner":
        return page.url_path != "method" and access.released().report.synthetic
    return (page.url_path != "add_data" or access.any_data()) and access.snapshot().is_sample


choices.on_page(page.url_path)
access.page_opened(page.url_path)
try:
    if is_made_up():
        with badge_at:
            st.html(badge(), width="content")
    page.run()
except access.Denied as denied:
    show(empty(NOT_HERE, str(denied), ASK))
except access.NoData as nothing:
    show(empty(nothing.title, nothing.reason, nothing.next_step))
    if reader == "manager" and page.url_path != "add_data" and nothing.title == nothing.NOTHING_YET:
        st.page_link(PAGES / "add_data.py", label="Or load them here: Add data")
