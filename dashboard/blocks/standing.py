"""How outcomes stand, as a table that becomes cards on a telephone.

standing_table(caption, rows, now_words, earlier_words)     rows from views.standing.standing_rows
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.spark import spark
from dashboard.markup import Column, Html, Piece, join, paragraph, table, tag
from dashboard.views.standing import StandingRow

REACHED, NOT_YET = "●", "○"
"""A full ring for what was promised and done, an open one for what is not there yet: shape, never red or green."""


def standing_table(caption: str, rows: Sequence[StandingRow], now: str, earlier: str) -> Html:
    """One row an outcome: its figure now, before, quarter by quarter, and what was promised."""
    if not rows:
        return paragraph("Nothing of this is on record yet.", kind="leo-muted")
    columns = (
        Column("What", 30), Column(now, 26, half=True), Column(earlier, 18, half=True), Column("Quarter by quarter", 26),
    )  # fmt: skip
    return tag("div", table(caption, columns, (_row(row) for row in rows)), class_="leo-standing")


def _row(row: StandingRow) -> tuple[Piece, ...]:
    about = tag("span", row.why, class_="leo-under")
    now: list[Piece] = [tag("b", row.now)]
    if row.share:
        now.append(tag("span", row.share, class_="leo-under"))
    if row.target:
        now.append(aim(row.target, row.reached))
    drawn = spark(row.spark) if row.spark.label else tag("span", "too little for a line", class_="leo-muted")
    return join([row.name, about]), join(now), row.earlier, drawn


def aim(words: str, reached: bool | None) -> Html:
    """What was promised, and whether it is reached: a mark and words."""
    mark = tag("span", REACHED if reached else NOT_YET, class_="leo-shape", aria_hidden="true")
    return tag("span", mark, " ", words, class_="leo-aim" if reached else "leo-aim leo-aim-open")
