"""The first page as markup: the sentence, the tiles, the table of changes."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.charts.spark import spark
from dashboard.markup import Html, Piece, card, grid, join, paragraph, tag, verdict
from dashboard.views.landing import ChangeRow, Landing
from dashboard.views.tiles import NOT_TRIED, Tile
from dashboard.views.worth_a_look import Look
from metrics.model import VerdictWord


def in_short(landing: Landing) -> Html:
    """The large sentence, the four verdicts counted, how sure."""
    counted = tag("ul", *(_count(word, count) for word, count in landing.counts), class_="leo-counts")
    return tag(
        "div",
        paragraph(tag("b", "In short: "), landing.summary, kind="leo-lead"),
        counted if landing.counts else Html(""),
        paragraph(landing.sure, kind="leo-muted") if landing.sure else Html(""),
    )


def _count(word: VerdictWord, count: int) -> Html:
    return tag("li", verdict(word, f"{count} {word}"), class_=None if count else "leo-none")


def tile(told: Tile) -> Html:
    """Name, figure, unit in words, the way it went, and what was found about the newest change."""
    said = verdict(told.word, more=told.reason) if told.word else tag("span", NOT_TRIED, class_="leo-muted")
    return tag(
        "section",
        tag("h2", told.name),
        paragraph(tag("span", told.big, class_="leo-big"), tag("span", told.unit, class_="leo-unit")),
        paragraph(told.when, kind="leo-muted"),
        spark(told.spark),
        paragraph(said),
        class_="leo-tile",
    )


ROW_WIDTHS = (27, 17, 19, 37)
"""How the four parts of a change share the width."""
ROW_HEADS = ("Change", "Designed with", "Answer", "In a sentence")


def row_heads() -> tuple[Html, ...]:
    """The headings over the rows; each cell says its own again where rows become cards, and when read aloud."""
    return tuple(tag("span", head, class_="leo-row-head", aria_hidden="true") for head in ROW_HEADS)


def _cell(head: str, content: Piece) -> Html:
    """One part of a row, with its heading for those who do not see it above."""
    return tag("div", tag("span", head, class_="leo-cell-head"), tag("div", content))


def row_parts(row: ChangeRow) -> tuple[Html, Html, Html, Html]:
    """What stands under the title, who designed it, the answer, the sentence."""
    return (
        tag("span", row.under, class_="leo-under"),
        _cell(ROW_HEADS[1], row.made_with),
        _cell(ROW_HEADS[2], verdict(row.word, more=row.reason)),
        _cell(ROW_HEADS[3], join([row.sentence, tag("span", row.noted, class_="leo-under") if row.noted else ""])),
    )


def looks(all_looks: Iterable[Look]) -> Html:
    """Cards of things to see to."""
    return grid((card(look.title, paragraph(look.text)) for look in all_looks), "leo-grid leo-looks")
