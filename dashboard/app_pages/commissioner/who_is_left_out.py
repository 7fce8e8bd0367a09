"""Who is left out: how far ethnicity is written down, then the same outcome for different groups of people."""

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import released as blocks
from dashboard.blocks.common import empty, figures
from dashboard.blocks.released_left_out import gaps
from dashboard.parts import NO_DATA, heading, show
from dashboard.views.left_out.page import NO_VERDICT
from dashboard.views.released import left_out as views
from dashboard.views.released import trends, words
from metrics.splits import ETHNICITY

access.require("commissioner")

book = access.book()
release = words.release_line(book)
kinds = words.setting_names(book)
if not kinds:
    show(blocks.head("There is no closed quarter in this release yet.", release))
    show(empty(NO_DATA, "No kind of service can be shown.", "Ask for the next release."))
    st.stop()
with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    with st.container(width=240):
        setting = choices.chosen_from_list("Kind of service", kinds, name="setting")
    columns = views.columns_offered(book, setting)
    column = ETHNICITY
    if len(columns) > 1:
        column = choices.chosen_from_row("Told apart by", columns, name="by")
page = views.left_out_page(book, setting, column)
show(blocks.head(page.sentence, release, page.second))

if views.E6 in book.definitions:
    heading(words.named(views.E6, book))
    lines = trends.trend_page(book, views.E6, setting)
    show(blocks.cards(lines.cards[:1], own_scale=True))
    with st.expander("Service by service", key="numbers", on_change="rerun") as table:
        if table.open:
            show(figures(words.named(views.E6, book), trends.latest_rows(book, views.E6, setting)))

heading("Groups beside everybody else")
if not page.can_show:
    show(empty(NO_DATA, views.NOT_WITHOUT, "Ask services to ask each person, and to write the answer down."))
elif not page.outcomes and not page.hidden:
    show(
        empty(
            NO_DATA,
            "No outcome has enough people in two groups to set them side by side.",
            "Services that ask and write down ethnicity make this possible.",
        )
    )
else:
    for each in page.outcomes:
        show(gaps(each))
    show(blocks.opens("Outcomes without a gap to show", [page.hidden] if page.hidden else []))
    show(blocks.notes([NO_VERDICT, words.NO_RANKING, words.not_given_note(book)]))
