"""Changes tried as markup: a card each, then all together, never without what the counts cannot say."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.markup import Column, Html, chips, join, paragraph, table, tag, verdict
from dashboard.theme import MARKS
from dashboard.views.released.changes import ASSOCIATION, ChangeCard, CountsTable, PartLine

FEW = 6
"""So many changes stand open; more of them would make a page nobody reads to its end."""


def changes(cards: Sequence[ChangeCard]) -> Html:
    """One below the other: its answer, and whether it is also still safe, at once; the rest of each opens."""
    return tag("div", *(_card(each, len(cards) <= FEW) for each in cards), class_="leo-grid leo-changes-tried")


def _card(each: ChangeCard, opened: bool) -> Html:
    summary = [
        tag("h2", each.title, class_="leo-card-title"),
        paragraph(verdict(each.word, each.verdict), kind="leo-verdict-big"),
    ]
    if each.word != "cannot tell yet":  # no claim stands without how far it may be off
        summary.append(paragraph(each.range))
    pieces = [
        chips(each.facts),
        paragraph(each.range) if each.word == "cannot tell yet" else Html(""),
        paragraph(each.agreed, kind="leo-muted"),
    ]
    if each.care:
        pieces.append(paragraph(each.care, kind="leo-muted"))
    if each.joint is not None:
        word, said = each.joint
        summary.append(paragraph("Better, and still safe? ", verdict(word, said), kind="leo-joint"))
        parts = [
            tag("ul", *map(_part, each.parts), class_="leo-parts"),
            paragraph("All parts count together; one that cannot be told leaves the whole open.", kind="leo-muted"),
        ]
        pieces += [tag("h3", "Its parts, one by one"), *parts]
    word = each.word if each.joint is None else each.joint[0]
    whole = tag("details", tag("summary", *summary), *pieces, open="" if opened else None)
    return tag("section", whole, class_=f"leo-card leo-answer leo-edge-{MARKS[word].name}")


def _part(part: PartLine) -> Html:
    return tag(
        "li",
        verdict(part.looks, part.mark),
        tag("span", tag("b", part.name), f": {part.found}" if part.found else "", class_="leo-part"),
        tag("span", part.written, class_="leo-under"),
    )


def together(tables: Sequence[CountsTable]) -> Html:
    """All changes counted, with what such counts cannot say: one piece of markup, so that neither stands alone."""
    if not tables:
        return Html("")
    pieces = [paragraph(tag("b", ASSOCIATION), kind="leo-association")]
    for each in tables:
        columns = [
            Column(heading, 30 if place == 0 else 14, half=place > 0) for place, heading in enumerate(each.headings)
        ]
        pieces.append(tag("h3", each.title, class_="leo-chart-title"))
        if each.rows:
            pieces.append(tag("div", table(each.caption, columns, each.rows), class_="leo-figures"))
        if each.hidden:
            pieces.append(paragraph(each.hidden, kind="leo-muted"))
    return tag("section", join(pieces), class_="leo-card leo-together")
