"""The first page as markup: the sentence, the tiles, the table of changes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.blocks.common import address
from dashboard.charts.spark import spark
from dashboard.markup import Column, Html, Piece, card, grid, join, link, paragraph, table, tag, verdict
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


def tiles(all_tiles: Iterable[Tile], service_id: str) -> Html:
    """Three tiles side by side; under each other on a telephone."""
    return grid((_tile(each, service_id) for each in all_tiles), "leo-grid leo-tiles")


def _tile(tile: Tile, service_id: str) -> Html:
    if tile.word is None or tile.finding is None:
        said: Html = paragraph(NOT_TRIED, kind="leo-muted")
    else:
        to = address(
            "one_change", service=service_id, change=tile.finding.intervention.intervention_id,
            outcome=tile.finding.outcome.code,
        )  # fmt: skip
        said = join(
            [
                paragraph(verdict(tile.word, more=tile.reason)),
                paragraph("after ", link(tile.after, to), kind="leo-muted"),
            ]
        )
    return card(
        tile.name,
        paragraph(tag("span", tile.big, class_="leo-big"), tag("span", tile.unit, class_="leo-unit")),
        paragraph(tile.when, kind="leo-muted"),
        spark(tile.spark),
        said,
        kind="leo-card leo-tile",
    )


def changes_table(rows: Sequence[ChangeRow], service_id: str) -> Html:
    """Every change with its answer, each title a link to its page."""
    columns = (Column("Change", 27), Column("Designed with", 17), Column("Answer", 19), Column("In a sentence", 37))
    return table("Changes tried together, the newest first", columns, (_change(row, service_id) for row in rows))


def _change(row: ChangeRow, service_id: str) -> tuple[Piece, ...]:
    to = address("one_change", service=service_id, change=row.intervention_id, outcome=row.outcome)
    title = join([link(row.title, to), tag("span", row.under, class_="leo-under")])
    return title, row.made_with, verdict(row.word, more=row.reason), row.sentence


def looks(all_looks: Iterable[Look]) -> Html:
    """Cards of things to see to."""
    return grid((card(look.title, paragraph(look.text)) for look in all_looks), "leo-grid leo-looks")
