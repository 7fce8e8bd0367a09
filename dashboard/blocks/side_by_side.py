"""Services side by side as markup: the sentence, and a row for each with its range drawn on one scale."""

from __future__ import annotations

from dashboard.charts.interval import interval
from dashboard.markup import Column, Html, Piece, join, paragraph, table, tag, verdict
from dashboard.views.side_by_side import Elsewhere, Row


def elsewhere(told: Elsewhere) -> Html:
    """The whole section for one kind of thing and one outcome."""
    columns = (Column("Service", 26), Column("Answer", 22), Column("Change, and how far it may be off", 52))
    rows = (_row(row, told) for row in told.rows)
    scale = f"Left of the dashed line: {told.left} after than before. Right of it: {told.right}."
    return join(
        [
            paragraph(told.said),
            paragraph(told.not_a_ranking, kind="leo-muted"),
            table(told.title, columns, rows),
            paragraph(scale, kind="leo-muted leo-method"),
        ]
    )


def _row(row: Row, told: Elsewhere) -> tuple[Piece, ...]:
    name = join([row.service, tag("span", row.under, class_="leo-under")])
    answer = (
        tag("span", row.reason or "", class_="leo-under") if row.word is None else verdict(row.word, more=row.reason)
    )
    picture = Html("") if row.drawn is None else interval(row.drawn, told.axis, f"{row.service}: {row.said}")
    return name, answer, join([picture, tag("span", row.said, class_="leo-under")])
