"""All services as markup: the matrix as a table that becomes cards, keys of the marks, who is not shown."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from dashboard.blocks.cells import assurance_sign, line, variation_sign
from dashboard.charts.anatomy import LOOKS
from dashboard.charts.icons import ASSURANCE_WORDS, VARIATION_WORDS
from dashboard.charts.mini import picture, shape
from dashboard.charts.small_multiples import small_multiples_html
from dashboard.markup import Html, Piece, bullets, join, paragraph, tag
from dashboard.views.services_funnel import STANDING, FunnelPage
from dashboard.views.services_matrix import NOT_RECORDED, TOO_FEW, Cell, Group, MatrixPage
from dashboard.views.services_trend import TrendPage


def told(title: str, sentence: str) -> Html:
    """What a view shows, first in a line, then in a sentence or two."""
    return tag("div", tag("h2", title, class_="leo-chart-title"), paragraph(sentence, kind="leo-sentence"))


def matrix(page: MatrixPage) -> Html:
    """The table in a box of its own that can be scrolled by hand or by keyboard; on a telephone a card for each service."""
    heads = [tag("th", "Service", scope="col", class_="leo-m-corner")]
    heads += [tag("th", name, tag("span", unit, class_="leo-m-unit"), scope="col") for _, name, unit in page.columns]
    several = len(page.groups) > 1
    bodies = [_group(group, page, heading=several) for group in page.groups]
    whole = tag(
        "table",
        tag("caption", page.title, class_="leo-unseen"),
        tag("thead", tag("tr", *heads)),
        *bodies,
        class_="leo-matrix",
    )
    return tag(
        "div", whole, class_="leo-matrix-box", role="region", tabindex="0",
        aria_label="Services and outcomes. Scroll sideways for more outcomes.",
    )  # fmt: skip


def sideways(page: MatrixPage) -> Html:
    """That there is more to the right; a telephone shows cards instead."""
    return paragraph(
        f"{len(page.columns)} outcomes: move the table sideways, or tab to it and use the arrow keys, to see them all.",
        kind="leo-muted leo-m-hint",
    )


def _group(group: Group, page: MatrixPage, *, heading: bool) -> Html:
    rows = []
    if heading:
        span = str(len(page.columns) + 1)
        rows.append(
            tag("tr", tag("th", tag("span", group.heading), colspan=span, scope="rowgroup"), class_="leo-m-group")
        )
    for unit, cells in group.rows:
        told_of = "".join(_cell(cell) for cell in cells)
        rows.append(Html(f'<tr><th scope="row">{html.escape(unit.name)}</th>{told_of}</tr>'))
    return tag("tbody", *rows)


def _cell(cell: Cell) -> str:
    """One cell, put together by hand: there are hundreds of them on a page."""
    head = f'<span class="leo-m-head">{html.escape(cell.outcome.name)}</span>'
    chart = cell.chart
    if cell.figure is None or chart is None:
        kind = {NOT_RECORDED: "leo-m-none", TOO_FEW: "leo-m-few"}[cell.words]
        said = cell.words if chart is None else _linked(cell, cell.words)
        return f'<td class="{kind}">{head}{said}</td>'
    icons = variation_sign(chart.variation, cell.trial) if chart.variation is not None else ""
    if chart.assurance is not None:
        icons += assurance_sign(chart.assurance, cell.trial)
    inside = f"{icons}<b>{html.escape(cell.figure)}</b>{line(chart)}"
    return f"<td>{head}{_linked(cell, inside)}</td>"


def _linked(cell: Cell, inside: str) -> str:
    said = html.escape(cell.said, quote=True)
    if cell.link is None:
        return f'<span role="img" aria-label="{said}" title="{said}">{inside}</span>'
    return (
        f'<a href="{html.escape(cell.link, quote=True)}" target="_self" aria-label="{said}" title="{said}">{inside}</a>'
    )


def matrix_key(page: MatrixPage) -> Html:
    """The marks that occur, in words."""
    items: list[Piece] = [
        join([variation_sign(variation), " ", VARIATION_WORDS[variation]]) for variation in page.marks
    ]
    items += [
        join([assurance_sign(assurance), " ", ASSURANCE_WORDS[assurance]])
        for assurance in ("pass", "fail", "inconsistent")
        if assurance in page.assurances
    ]
    if page.trial:
        items.append(
            join(
                [
                    variation_sign("concern_high", True),
                    " grey: perhaps, on fewer than 13 points so far",
                ]
            )
        )
    items.append("grey band: the service's own usual range")
    return tag("ul", *(tag("li", item) for item in items), class_="leo-key")


def funnel_key(page: FunnelPage) -> Html:
    """What the marks and lines mean, in place of a legend."""
    items: list[Piece] = [
        join([tag("span", class_=f"leo-swatch leo-f-{standing}", aria_hidden="true"), STANDING[standing]])
        for standing in page.standings
    ]
    if page.funnel.has_limits:
        items.append(join([_swatch("leo-f-inner"), "inner limits: 95 in 100"]))
        items.append(join([_swatch("leo-f-outer"), "outer limits: 998 in 1,000"]))
    items.append(join([_swatch("leo-swatch-line"), "all of them together"]))
    return tag("ul", *(tag("li", item) for item in items), class_="leo-key")


def _swatch(kind: str) -> Html:
    return tag("span", class_=f"leo-swatch {kind}", aria_hidden="true")


def funnel_notes(page: FunnelPage, question: str) -> Html:
    """What outside means, how the limits were made, who is left out."""
    said = [text for text in (question if page.funnel.has_limits else "", page.method, *page.left_out) if text]
    return tag("div", *(paragraph(text, kind="leo-muted leo-method") for text in said))


def trend(page: TrendPage) -> Html:
    """The small charts."""
    return small_multiples_html(page.charts, most=len(page.charts))


def trend_key(page: TrendPage) -> Html:
    """The marks that occur on the lines, in words."""
    items = [join([_mark(name), LOOKS[name].words]) for name in page.marks]
    return tag(
        "ul", *(tag("li", item) for item in [*items, "grey band: the service's own usual range"]), class_="leo-key"
    )


def _mark(name: str) -> Html:
    drawing = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16">{shape(name, 12, 8, 10)}</svg>'
    return tag("img", src=picture(drawing), alt="", class_="leo-swatch", width="24", height="16")


def not_shown(lines: Sequence[str]) -> Html:
    """Who has no row of its own, and why."""
    return tag("div", bullets(lines), class_="leo-muted")


def muted(lines: Iterable[str]) -> Html:
    """Lines in grey under what they explain."""
    return join(paragraph(line, kind="leo-muted") for line in lines)
