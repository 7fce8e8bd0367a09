"""Instruments as tables, and the check-ins to print and to fill in.

scales_table(rows, sides) · registry() · checkin_downloads(service_id)
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import streamlit as st

from dashboard.markup import Column, Html, Piece, join, paragraph, table, tag
from dashboard.parts import show
from dashboard.printing.checkin_cards import MANNERS, checkin_cards, file_name
from dashboard.views.own_words import scales as views
from dashboard.views.own_words.scales import ScaleRow
from data.checkins import CHECKINS, Checkin, template_of

NAMES = {
    "person_checkin": ("For the person", "How life feels, my say, and one card for a review."),
    "family_checkin": ("For family", "Confident, valued, told what happens, and the six senses."),
    "staff_checkin": ("For staff", "Happy, proud, supported, a say, and the six senses."),
}
ABOUT_CARDS = (
    "Three check-ins of our own: 1 to 5 in words or faces, with “I don't know” and “I would rather not say” on every card. "
    "Nothing is compulsory, any card may be skipped, and each may be asked on its own day."
)
ABOUT_TABLE = (
    "In the table a row is a filled card. Write 1 to 5 or the word that was ticked. Leave a cell empty where a card was "
    "skipped: it counts as nothing. Load the table on the page Add data; no question is asked."
)


def scales_table(rows: Sequence[ScaleRow], sides: str) -> Html:
    """The instruments in use, each kind of answerer by itself."""
    columns = (
        Column("Instrument", 28), Column("Who answered", 18), Column("Mean", 24, half=True), Column(sides, 30, half=True),
    )  # fmt: skip
    return table("Instruments in use", columns, map(_scale, rows))


def _scale(row: ScaleRow) -> tuple[Piece, ...]:
    bands = tag("span", f"Answers by band: {row.bands}", class_="leo-under") if row.bands else Html("")
    figure = join([tag("b", row.figure), tag("span", row.behind, class_="leo-under"), bands])
    change = join([tag("b", row.change) if row.change else "–", tag("span", row.moved, class_="leo-under")])
    return join([row.name, tag("span", row.about, class_="leo-under")]), row.who, figure, change


def registry() -> Html:
    """Every instrument whose scores may be stored."""
    columns = (
        Column("Instrument", 32),
        Column("Scores", 18),
        Column("Who may answer; about when", 22),
        Column("To know", 28),
    )
    rows = (
        (
            join([each.name, tag("span", each.about, class_="leo-under")]),
            each.scores,
            each.answered,
            "; ".join(each.to_know),
        )
        for each in views.registry()
    )
    return tag("div", table("Instruments whose scores may be stored", columns, rows), class_="leo-figures")


def checkin_downloads(service_id: str) -> None:
    """For each check-in the cards with words, the cards with faces, and the table."""
    made = " ".join(dict.fromkeys(views.own_line(each.made_with) for each in CHECKINS.values()))
    show(paragraph(made, kind="leo-muted"))
    for place, checkin in zip(st.columns(len(CHECKINS)), CHECKINS.values(), strict=True):
        with place:
            _downloads(checkin, service_id)
    show(paragraph(ABOUT_TABLE, kind="leo-muted"))


def _downloads(checkin: Checkin, service_id: str) -> None:
    title, about = NAMES[checkin.instrument]
    show(tag("div", tag("h3", title), paragraph(about, kind="leo-muted"), class_="leo-own-cards"))
    for manner, said in MANNERS.items():
        st.download_button(
            f"Cards {said}, to print",
            data=partial(checkin_cards, checkin, manner),
            file_name=file_name(checkin, manner),
            mime="text/html",
            on_click="ignore",
            key=f"cards_{checkin.instrument}_{manner}",
            width="stretch",
        )
    st.download_button(
        "Table to fill in (CSV)",
        data=partial(template_of, checkin, service_id),
        file_name=f"{checkin.instrument.replace('_', '-')}-to-fill-in.csv",
        mime="text/csv",
        on_click="ignore",
        key=f"cards_{checkin.instrument}_table",
        width="stretch",
    )
