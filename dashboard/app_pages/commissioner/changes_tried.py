"""Changes tried: what whole services tried, what came of it, and whether it stayed safe."""

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import released as blocks
from dashboard.blocks.common import empty
from dashboard.blocks.released_changes import changes, together
from dashboard.parts import NO_DATA, heading, show
from dashboard.views.released import changes as views
from dashboard.views.released import words

access.require("commissioner")

MANY = 20  # more changes than this open with one kind of service; all kinds are a choice away

book = access.book()
kinds = words.setting_names(book)
setting = views.EVERY
if len(kinds) > 1:
    with st.container(horizontal=True, key="filters"), st.container(width=240):
        first = views.EVERY if len(book.release.changes) <= MANY else next(iter(kinds))
        setting = choices.chosen_from_list(
            "Kind of service", {views.EVERY: "All kinds", **kinds}, name="setting", first=first
        )
show(blocks.head(views.head_sentence(book, setting), words.release_line(book)))
cards = views.change_cards(book, setting)
if cards:
    show(changes(cards))
    show(blocks.notes([views.OUTWARDS]))
else:
    show(
        empty(
            NO_DATA,
            "A change is shown when a whole service tried it and that service is large enough to be shown alone.",
            "Ask services to write down what they try, and what would count as better, before they begin.",
        )
    )
for each in views.settings_together(book, setting):
    heading(views.together_heading(each))
    show(together(views.count_tables(book, each)))
show(blocks.notes([words.NO_RANKING]))
