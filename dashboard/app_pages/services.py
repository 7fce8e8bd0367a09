"""All services: which of them need a conversation, and about what?"""

from functools import partial

import streamlit as st

from dashboard import access, choices
from dashboard.blocks import services as blocks
from dashboard.blocks.common import empty, figures
from dashboard.charts.funnel import funnel
from dashboard.markup import Html
from dashboard.parts import NO_DATA, show
from dashboard.views import services, services_funnel, services_matrix, services_trend
from metrics.across.last_year import NOT_FOR_SCORES
from metrics.across.pooling import kind_words

access.require("manager")


def numbers(rows: list[dict[str, str]], file: bytes | partial[bytes], name: str, title: str) -> None:
    """The figures behind a view, as a table to read and a file to keep; put together only when asked for."""
    with st.expander("The numbers", key="numbers", on_change="rerun") as table:
        if table.open:
            show(figures(title, rows))
    st.download_button(
        "Download these numbers (CSV)", data=file, file_name=name, mime="text/csv", on_click="ignore",
        key="download_numbers",
    )  # fmt: skip


with st.container(horizontal=True, vertical_alignment="bottom", key="filters"):
    view = choices.chosen_from_row("Shown as", services.VIEWS, name="view")
    shown = access.services_matrix().units if view == "matrix" else access.units()
    kinds = services.settings(shown, view)
    setting = next(iter(kinds), None)
    if len(kinds) > 1:
        with st.container(width=210):
            setting = choices.chosen_from_list("Kind of service", kinds, name="setting")
    outcome = None
    if view != "matrix":
        options = services.outcomes(access.catalogue(), *access.tables_anywhere(), view)
        if options:
            with st.container(width=300):
                outcome = access.catalogue().get(choices.chosen_from_list("Outcome", options, name="outcome"))

hidden = services.hidden(shown)
if not shown.shown and not hidden:
    show(
        empty(NO_DATA, "The database is there, and no service has any record in it.", "Add files on the page Add data.")
    )
    st.stop()
if setting is None or services.only_one(shown):
    show(
        empty(
            services.ONE_ALONE,
            services.why_alone(shown),
            "See how this one is doing on the page What changed, or add the files of other services on the page Add data.",
        )
    )
    if hidden:
        show(blocks.not_shown(hidden))
    st.stop()

NOTHING_ON_RECORD = empty(
    NO_DATA,
    f"Nothing of this is on record for these {kind_words(setting)}.",
    "Choose another outcome, or another kind.",
)

if view == "matrix":
    every = access.services_matrix()
    found = every.matrix if setting == services.EVERY else every.matrix.of(setting)
    page = services_matrix.matrix_page(found, every.charts)
    if not found.outcomes:
        show(
            empty(
                NO_DATA, "No outcome has a figure for any of these services.", "Add their records on the page Add data."
            )
        )
        st.stop()
    show(blocks.told(page.title, page.sentence))
    if len(page.columns) > services_matrix.COLUMNS_IN_VIEW:
        show(blocks.sideways(page))
    show(access.finished("matrix", setting, partial(blocks.matrix, page)))
    show(blocks.matrix_key(page))
    show(blocks.muted([services_matrix.SOME_BY_CHANCE]))
    numbers(
        services_matrix.number_rows(page), partial(services_matrix.numbers_csv, page), "all-services.csv", page.title
    )
elif outcome is None:
    show(NOTHING_ON_RECORD)
elif view == "funnel":
    limits = access.services_funnel(outcome.code, setting)
    if limits is None or not limits.dots:
        why = empty("No funnel for scores", NOT_FOR_SCORES, "Choose Trend above.") if outcome.kind == "score" else None
        show(why or NOTHING_ON_RECORD)
    else:
        told = services_funnel.funnel_page(limits, shown.of(setting)[0].service, choices.chosen_before("service"))
        with st.container(border=True, key="chart_card"):
            show(blocks.told(told.title, told.sentence))
            st.plotly_chart(
                funnel(told), theme=None, key="funnel", alt=told.sentence,
                config={"displayModeBar": False, "scrollZoom": False, "doubleClick": False},
            )  # fmt: skip
            show(blocks.funnel_key(told))
            show(blocks.funnel_notes(told, services_funnel.A_QUESTION))
            name = f"funnel-{outcome.code.lower()}.csv"
            numbers(services_funnel.number_rows(told), partial(services_funnel.numbers_csv, told), name, told.title)
else:
    lines = access.services_charts(outcome.code, setting)
    if not lines:
        show(NOTHING_ON_RECORD)
    else:
        together = services_trend.trend_page(outcome, setting, lines)
        show(blocks.told(together.title, together.sentence))
        drawn: Html = access.finished("trend", f"{setting} {outcome.code}", partial(blocks.trend, together))
        show(drawn)
        show(blocks.trend_key(together))
        name = f"trend-{outcome.code.lower()}.csv"
        numbers(
            services_trend.number_rows(together), partial(services_trend.numbers_csv, together), name, together.title
        )

show(blocks.muted([services.NO_RANKING]))
if hidden:
    show(blocks.not_shown(hidden))
