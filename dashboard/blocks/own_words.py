"""In people's own words as markup: the head, the warning, three voices side by side.

head_card(head) · warning(warned) · voices(columns) · behalf_table(rows) · engaged_card(told, change)
"""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.spark import spark
from dashboard.markup import Column, Html, Piece, bullets, card, chips, grid, join, paragraph, table, tag
from dashboard.views.own_words import lines
from dashboard.views.own_words.lines import LineWords
from dashboard.views.own_words.page import WHY_IT_MATTERS, Head, Warned

ABOUT_ENGAGED = (
    "Noted by somebody who watched, from 0 to 5; 3 or more counts. It is what was seen, not what the person said."
)


def head_card(head: Head) -> Html:
    """The sentence, the figure, the quarters, and what lies behind."""
    parts: list[Piece] = [paragraph(head.sentence, kind="leo-lead")]
    if head.big is not None:
        drawn = tag("div", spark(head.spark), paragraph("Quarter by quarter", kind="leo-muted"), class_="leo-own-spark")
        big = tag("p", tag("span", head.big, class_="leo-big"), tag("span", head.unit, class_="leo-unit"))
        parts.append(tag("div", big, drawn if head.spark.label else Html(""), class_="leo-own-big"))
    parts.append(paragraph(head.earlier, kind="leo-muted") if head.earlier else Html(""))
    if head.said:
        parts.append(paragraph(head.said, kind="leo-sentence leo-own-said"))
    parts.append(chips(head.facts))
    parts.extend(paragraph(way, kind="leo-muted") for way in head.ways)
    return tag("section", *parts, class_="leo-card leo-own-head", aria_label="Who answered for themselves")


def warning(warned: Warned) -> Html:
    """Said before everything else where nobody answered for themselves; below the head where it is about some things."""
    mark = tag("span", "○", class_="leo-shape", aria_hidden="true")
    parts = [paragraph(warned.said), bullets(warned.questions), paragraph(WHY_IT_MATTERS, kind="leo-muted")]
    kind = "leo-card leo-answer leo-edge-open" if warned.wholly else "leo-card"
    return card(join([mark, warned.title]), *parts, kind=kind, level=2)


def voices(columns: Sequence[lines.Column]) -> Html:
    """Three equal columns; on a telephone one below the other."""
    return grid(map(_voice, columns), "leo-grid leo-voices")


def _voice(column: lines.Column) -> Html:
    about = tag("span", column.about, class_="leo-under")
    parts: list[Piece] = [paragraph(column.who, kind="leo-own-who")]
    if column.too_few:
        parts.append(paragraph(column.too_few))
        parts.append(_folded(column.title, f"What was asked ({len(column.lines)})", column.lines))
    elif column.lines:
        parts.append(_lines(column.lines))
    if column.senses:
        parts.append(_folded(column.title, f"The six senses, {len(column.senses)} of 6 asked", column.senses))
    if column.not_asked:
        parts.append(paragraph(column.not_asked, kind="leo-muted"))
    return card(join([column.title, about]), *parts, kind="leo-card leo-voice")


def _folded(whose: str, summary: str, told: Sequence[LineWords]) -> Html:
    return tag("details", tag("summary", _unseen(whose), summary), _lines(told), class_="leo-details")


def _unseen(about: str) -> Html:
    """What a summary is about, for those who come to it by the keyboard and do not see what stands above."""
    return tag("span", f"{about}: ", class_="leo-unseen")


def _lines(told: Sequence[LineWords]) -> Html:
    return tag("ul", *map(_line, told), class_="leo-own-lines")


def _line(line: LineWords) -> Html:
    figure = tag("span", tag("b", line.figure, class_="leo-own-figure"), " ", line.unit)
    nothing = Html("")
    return tag(
        "li",
        tag("span", line.name, class_="leo-own-name"),
        figure,
        tag("span", line.behind, class_="leo-under") if line.behind else nothing,
        _change(line) if line.change or line.moved else nothing,
    )


def _change(line: LineWords) -> Html:
    """Before and after in one line; how each answer went, and how far it may be off, opened from it."""
    if not line.change:
        return tag("span", line.moved, class_="leo-under")
    if not line.moved:
        return tag("span", line.change, class_="leo-own-change")
    return tag(
        "details",
        tag("summary", _unseen(line.name), line.change),
        tag("span", line.moved, class_="leo-under"),
        class_="leo-own-change",
    )


def behalf_table(rows: Sequence[tuple[str, LineWords]], sides: str) -> Html:
    """What others answered about people: each kind of answerer by itself; nothing where no figure can be shown."""
    if not rows:
        return Html("")
    columns = (
        Column("Who answered", 20),
        Column("About", 18),
        Column("Figure", 30, half=True),
        Column(sides, 32, half=True),
    )
    return table(lines.ON_BEHALF, columns, (_behalf(who, line) for who, line in rows))


def _behalf(who: str, line: LineWords) -> tuple[Piece, ...]:
    figure = join([tag("b", line.figure), " ", line.unit, tag("span", line.behind, class_="leo-under")])
    change = join([tag("b", line.change) if line.change else "–", tag("span", line.moved, class_="leo-under")])
    return who, line.name, figure, change


def engaged_card(told: str, change: str) -> Html:
    """What an observer noted in sessions."""
    return tag(
        "section",
        paragraph(tag("b", told), kind="leo-sentence"),
        paragraph(change) if change else Html(""),
        paragraph(ABOUT_ENGAGED, kind="leo-muted"),
        class_="leo-card",
        aria_label="Noted by somebody who watched",
    )
