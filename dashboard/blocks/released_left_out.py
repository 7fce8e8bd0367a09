"""Who is left out as markup: for each outcome how far groups are known, everybody, then a row a group."""

from __future__ import annotations

from dashboard.charts.interval import interval
from dashboard.markup import Column, Html, Piece, join, paragraph, table, tag
from dashboard.views.released.left_out import GroupLine, OutcomeGaps
from metrics.words import counted

CLEAR, OPEN = "●", "○"
KEY = f"{CLEAR} the range leaves out that there is no gap. {OPEN} there may be none. Dashed line: no gap."


def gaps(each: OutcomeGaps) -> Html:
    """One outcome; how far the groups are known is part of it, so that no gap stands without it."""
    columns = (
        Column("Who", 30),
        Column("They", 22),
        Column("The gap to everybody else, and how far it may be off", 48),
    )
    scale = f"{KEY} Left of it: {each.left} than everybody else; right: {each.right}."
    drawn = [line for line in each.lines if line.drawn is not None]
    clear = sum(line.clear for line in drawn)
    told = f"{counted(len(drawn), 'gap', 'gaps')} can be shown, {clear or 'none'} looks clear"
    return tag(
        "details",
        tag(
            "summary",
            tag("h2", each.title, class_="leo-chart-title leo-gaps-title"),
            tag("span", told, class_="leo-under"),
        ),
        paragraph(each.known, kind="leo-known"),
        paragraph(each.everybody),
        tag("div", table(each.title, columns, (_row(line, each) for line in each.lines)), class_="leo-gaps"),
        paragraph(scale, kind="leo-muted leo-method"),
        class_="leo-details leo-opens",
        open="" if clear else None,
    )


def _row(line: GroupLine, each: OutcomeGaps) -> tuple[Piece, ...]:
    if line.drawn is None:
        return line.name, line.they, join([line.found, tag("span", line.said, class_="leo-under") if line.said else ""])
    mark = tag("span", CLEAR if line.clear else OPEN, class_="leo-shape", aria_hidden="true")
    picture = interval(line.drawn, each.axis, f"{line.name}: {line.found}. {line.said}")
    return line.name, line.they, join([tag("b", mark, line.found), picture, tag("span", line.said, class_="leo-under")])
