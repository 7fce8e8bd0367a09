"""All services: what clearly moved in the latest closed quarter, and how it has gone over the quarters."""

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import released as blocks
from dashboard.blocks.common import empty, figures
from dashboard.blocks.services import funnel_key, funnel_notes
from dashboard.charts.funnel import funnel
from dashboard.markup import Html
from dashboard.parts import NO_DATA, heading, show
from dashboard.views import services_funnel
from dashboard.views.released import funnel as funnels
from dashboard.views.released import matrix as matrices
from dashboard.views.released import trends, words
from metrics.across.last_year import NOT_FOR_SCORES
from metrics.across.pooling import kind_words
from metrics.across.released import funnel_of

access.require("commissioner")

VIEWS = {"matrix": "Matrix", "funnel": "Funnel", "trend": "Over time"}


def numbers(rows: list[dict[str, str]], title: str) -> None:
    """The figures behind a picture as a table, put together only when asked for; the file is on its own page."""
    with st.expander("The numbers", key="numbers", on_change="rerun") as table:
        if table.open:
            show(figures(title, rows))
    st.page_link("app_pages/commissioner/download.py", label="Download the quarter’s table")


book = access.book()
release = words.release_line(book)
if book.latest is None or not book.units:
    show(blocks.head("There is no closed quarter in this release yet.", release))
    show(
        empty(
            NO_DATA,
            "A quarter is shown when it has ended and at least one service can be shown.",
            "Ask for the next release.",
        )
    )
    show(blocks.notes([words.hidden_services(book), words.not_given_note(book)]))
    st.stop()

with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    view = choices.chosen_from_row("Shown as", VIEWS, name="view")
    kinds = words.setting_names(book)
    if view == "matrix" and len(kinds) > 1:
        kinds = {matrices.EVERY: "All kinds", **kinds}
    setting = next(iter(kinds))
    if len(kinds) > 1:
        with st.container(width=240):
            setting = choices.chosen_from_list("Kind of service", kinds, name="setting")
    outcome = ""
    if view != "matrix":
        options = words.outcomes_offered(book)
        with st.container(width=340):
            outcome = choices.chosen_from_list("Outcome", options, name="outcome", first="F2")

if view == "matrix":
    page = matrices.matrix_page(book, setting)
    show(blocks.head(page.sentence, release, page.second))
    drawn: Html = blocks.matrix(page)
    show(drawn)
    show(blocks.matrix_key(page))
    show(blocks.recording(trends.recording_everywhere(book, page.settings)))
    show(blocks.notes([matrices.SOME_BY_CHANCE, words.NO_RANKING]))
    show(blocks.no_column(page))
elif view == "funnel":
    limits = funnel_of(book, outcome, setting)
    name = words.named(outcome, book)
    if limits is None:
        show(blocks.head(f"{name}: there is no funnel for it.", release))
        show(empty("No funnel for scores", NOT_FOR_SCORES, "Choose “Over time” above."))
    elif not limits.dots:
        show(blocks.head(f"{name}: no {kind_words(setting)} can be shown.", release))
        show(blocks.listed(funnels.not_drawn(limits)))
    else:
        told = funnels.released_funnel(book, limits, setting)
        show(blocks.head(told.sentence, release))
        show(blocks.recording(trends.recording_for(book, outcome, setting)))
        with st.container(border=True, key="chart_card"):
            show(blocks.told(told.title, "The last four closed quarters taken together, from rounded counts."))
            st.plotly_chart(
                funnel(told), theme=None, key="funnel", alt=told.sentence,
                config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
            )  # fmt: skip
            show(funnel_key(told))
            show(blocks.listed([*funnels.not_drawn(limits), *funnels.grouped(book, setting)]))
            show(funnel_notes(told, services_funnel.A_QUESTION))
        numbers(funnels.number_rows(book, told), told.title)
    show(blocks.notes([words.NO_RANKING]))
else:
    lines = trends.trend_page(book, outcome, setting)
    show(blocks.head(f"{lines.title}.", release, lines.sentence))
    show(blocks.recording(lines.recording))
    first = trends.headline_cards(book, setting)
    if first:
        heading(f"All {kind_words(setting)} together")
        show(blocks.cards(first, own_scale=True))
        heading(words.named(outcome, book))
    show(blocks.cards(lines.cards))
    show(blocks.looks_key(lines.marks, lines.note))
    numbers(trends.number_rows(book, outcome, setting), lines.title)
    show(blocks.notes([words.NO_RANKING]))
show(blocks.notes([words.hidden_services(book), words.not_given_note(book)]))
