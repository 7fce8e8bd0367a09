"""What a page cannot show yet, as cards with a table to begin with; where there are many, the first and a list to open.

needs_part(service_id, NEEDS)    at the foot of a page, or in its place when nothing of it is there
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard import access
from dashboard.blocks.common import figures
from dashboard.markup import Html, card, paragraph, tag
from dashboard.parts import heading, show
from dashboard.safe import label_escape
from dashboard.views.needs import Missing, Need, missing, template
from data.model import Service

TITLE = "What we cannot show yet, and how to begin"


def missing_of(service: Service, needs: Sequence[Need]) -> tuple[Missing, ...]:
    """The needs of a page that this service's records do not meet."""
    recorded = {outcome.code for outcome in access.outcomes_recorded(service.service_id)}
    return missing(needs, access.tables_with_rows(service.service_id), recorded)


def needs_part(service: Service, needs: Sequence[Need], *, title: str = TITLE) -> None:
    """A card for each need that is not met; nothing where all are."""
    lacking = missing_of(service, needs)
    if not lacking:
        return
    heading(title)
    wholly = len(lacking) <= MOST_OPEN
    for number, each in enumerate(lacking):
        if wholly or not number:
            _card(each, service, number)
        else:
            _folded(each, service, number)


MOST_OPEN = 2
"""With more, the first stands open, so that a reader sees what to do next, and the others are a list to open."""


def _card(lacking: Missing, service: Service, number: int) -> None:
    with st.container(border=True, key=f"need_{number}"):
        show(card(lacking.title, *_words(lacking), kind="leo-need"))
        with st.expander("What goes in the table", key=f"need_columns_{number}"):
            _columns(lacking)
        _table_to_fill_in(lacking, service, number)


def _folded(lacking: Missing, service: Service, number: int) -> None:
    with st.expander(label_escape(lacking.title), key=f"need_{number}"):
        show(tag("section", tag("h3", lacking.title, class_="leo-unseen"), *_words(lacking), class_="leo-need"))
        _table_to_fill_in(lacking, service, number)
        _columns(lacking)


def _words(lacking: Missing) -> tuple[Html, Html]:
    return paragraph(lacking.why), paragraph(tag("b", "How to begin: "), lacking.start)


def _columns(lacking: Missing) -> None:
    show(figures(f"The columns of {lacking.file_name}", columns_of(lacking)))


def _table_to_fill_in(lacking: Missing, service: Service, number: int) -> None:
    st.download_button(
        "Download a table to fill in (CSV)",
        data=partial(template, lacking.need, service.service_id),
        file_name=lacking.file_name,
        mime="text/csv",
        on_click="ignore",
        key=f"need_template_{number}",
    )


def columns_of(lacking: Missing) -> list[dict[str, str]]:
    """One row a column: its heading, whether each row needs it, what may stand there."""
    return [
        {
            "Column": each.name,
            "Needed": "in every row" if each.needed else "if known",
            "What to write": f"{each.holds}{' – ' + each.about if each.about else ''}".replace("_", "_\u200b"),
        }
        for each in lacking.headings
    ]
