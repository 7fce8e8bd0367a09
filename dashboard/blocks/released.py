"""A commissioner's pages as markup: the head with its release line, the matrix, cards of lines, funnel keys."""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence

from dashboard.blocks.cells import line, variation_sign
from dashboard.charts.anatomy import LOOKS
from dashboard.charts.mini import picture, shape
from dashboard.charts.released_line import HEIGHT, WIDTH, released_line
from dashboard.charts.small_multiples import shared_heights
from dashboard.markup import Html, bullets, join, paragraph, tag
from dashboard.views.released.matrix import MatrixCell, MatrixPage, MatrixRow, marks_words, row_words
from dashboard.views.released.trends import TrendCard


def head(sentence: str, release: str, second: str = "") -> Html:
    """What the page says in ten seconds, then what it stands on."""
    pieces = [paragraph(sentence, kind="leo-lead")]
    if second:
        pieces.append(paragraph(second, kind="leo-released-second"))
    return tag("div", *pieces, paragraph(release, kind="leo-muted leo-release-line"))


def notes(lines: Iterable[str]) -> Html:
    """What to know, in grey; nothing for empty lines."""
    return join(paragraph(each, kind="leo-muted") for each in lines if each)


def listed(lines: Sequence[str]) -> Html:
    """Lines as a plain list; nothing where there are none."""
    return tag("div", bullets(lines), class_="leo-muted") if lines else Html("")


def told(title: str, sentence: str) -> Html:
    """A part's title with its sentence."""
    return tag("div", tag("h2", title, class_="leo-chart-title"), paragraph(sentence, kind="leo-sentence"))


# Matrix ----------------------------------------------------------------------------------------------


def matrix(page: MatrixPage) -> Html:
    """A real table in a box that scrolls by hand or keyboard; on a telephone a line for each service that opens."""
    heads = [tag("th", "Service", scope="col", class_="leo-m-corner")]
    heads += [tag("th", name, tag("span", unit, class_="leo-m-unit"), scope="col") for _, name, unit in page.columns]
    span = str(len(page.columns) + 1)
    bodies = [
        tag(
            "tbody",
            tag("tr", tag("th", tag("span", heading), colspan=span, scope="rowgroup"), class_="leo-m-group"),
            *(_row(row) for row in rows),
        )
        for heading, rows in page.groups
    ]
    whole = tag(
        "table", tag("caption", page.caption, class_="leo-unseen"), tag("thead", tag("tr", *heads)), *bodies,
        class_="leo-matrix leo-released",
    )  # fmt: skip
    box = tag(
        "div", whole, class_="leo-matrix-box leo-wide-only", role="region", tabindex="0",
        aria_label="Services and outcomes. Scroll sideways for more outcomes.",
    )  # fmt: skip
    return join([box, tag("div", *map(_narrow_group, page.groups), class_="leo-narrow-only")])


def _narrow_group(group: tuple[str, tuple[MatrixRow, ...]]) -> Html:
    heading, rows = group
    return tag("section", tag("h2", heading, class_="leo-chart-title"), *map(_narrow_row, rows))


def _narrow_row(row: MatrixRow) -> Html:
    """A service on a telephone: what lies outside its usual range at once, every figure after a tap."""
    told = [tag("span", row.unit.name, class_="leo-entry"), tag("span", row_words(row), class_="leo-under")]
    told += [
        tag("span", _narrow_sign(cell), " ", cell.name, class_="leo-under")
        for cell in row.cells
        if cell.variation not in (None, "common_cause")
    ]
    return tag(
        "details", tag("summary", *told), tag("ul", *map(_narrow_cell, row.cells)), class_="leo-details leo-m-narrow"
    )


def _narrow_cell(cell: MatrixCell) -> Html:
    if cell.status != "shown":
        return tag("li", tag("span", cell.name), tag("span", cell.words, class_="leo-m-none"))
    figure = tag(
        "a", _narrow_sign(cell), " ", tag("b", cell.words), href=cell.link, target="_self", aria_label=cell.said
    )
    return tag("li", tag("span", cell.name), figure)


def _narrow_sign(cell: MatrixCell) -> Html:
    return variation_sign(cell.variation, cell.trial) if cell.variation is not None else Html("")


def _row(row: MatrixRow) -> Html:
    under = tag("span", row.under, class_="leo-m-unit") if row.under else Html("")
    cells = "".join(map(_cell, row.cells))
    kind = ' class="leo-m-whole"' if row.unit.level == "setting" else ""
    return Html(f'<tr{kind}><th scope="row">{html.escape(row.unit.name)}{under}</th>{cells}</tr>')


def _cell(cell: MatrixCell) -> str:
    """One cell, put together by hand: there may be hundreds. A hidden one holds its words and nothing else."""
    top = f'<span class="leo-m-head">{html.escape(cell.name)}</span>'
    if cell.status != "shown":
        kind = "leo-m-few" if cell.status == "suppressed" else "leo-m-none"
        return f'<td class="{kind}">{top}{html.escape(cell.words)}</td>'
    said = html.escape(cell.said, quote=True)
    icon = variation_sign(cell.variation, cell.trial) if cell.variation is not None else ""
    spark = line(cell.chart) if cell.chart is not None else ""
    link = html.escape(cell.link, quote=True)
    return (
        f'<td>{top}<a href="{link}" target="_self" aria-label="{said}" title="{said}">{icon}'
        f"<b>{html.escape(cell.words)}</b>{spark}</a></td>"
    )


def no_column(page: MatrixPage) -> Html:
    """The outcomes without a column, behind a line that opens: there may be dozens."""
    return opens("Outcomes without a column, and why", page.no_column)


def opens(title: str, lines: Sequence[str]) -> Html:
    """Lines behind a title that opens; nothing where there are none."""
    if not lines:
        return Html("")
    return tag("details", tag("summary", tag("span", title, class_="leo-entry")), listed(lines), class_="leo-details")


def matrix_key(page: MatrixPage) -> Html:
    """The marks that occur, in words."""
    items = [tag("li", variation_sign(each, greyed), " ", words) for each, greyed, words in marks_words(page)]
    band = "grey band: the service’s own usual range; a break in the line: a quarter hidden or not recorded"
    return tag("ul", *items, tag("li", band, class_="leo-wide-only"), class_="leo-key")


# Lines over time -------------------------------------------------------------------------------------


def cards(each: Sequence[TrendCard], *, own_scale: bool = False) -> Html:
    """Small charts side by side, one below the other on a telephone."""
    heights = None if own_scale else shared_heights([card.chart for card in each if card.chart is not None])
    return tag("ul", *(_card(card, heights) for card in each), class_="leo-multiples")


def _card(card: TrendCard, heights: tuple[float, float] | None) -> Html:
    figure = tag(
        "p", card.figure if card.latest_hidden else tag("b", card.figure), tag("span", card.shows, class_="leo-under")
    )
    pieces = [tag("h3", card.name, class_="leo-multiple-name")]
    if card.under:
        pieces.append(paragraph(card.under, kind="leo-muted"))
    pieces.append(figure)
    address = released_line(card.chart, heights) if card.chart is not None else ""
    if address:
        pieces.append(
            tag(
                "img",
                src=address,
                alt=card.alt,
                class_="leo-multiple-picture",
                width=f"{WIDTH:g}",
                height=f"{HEIGHT:g}",
            )
        )
        pieces.append(tag("p", *(tag("span", end) for end in card.ends), class_="leo-multiple-ends"))
    said = [*(f"{letter}: {words}." for letter, words in card.happened), *card.gaps]
    pieces += [paragraph(words, kind="leo-muted leo-released-note") for words in said]
    return tag("li", *pieces, class_="leo-multiple")


def looks_key(names: Sequence[str], note: str) -> Html:
    """The marks that occur on the lines, and how far the ranges can be believed."""
    items = [join([_mark(name), LOOKS[name].words]) for name in names]
    key = tag("ul", *(tag("li", item) for item in items), class_="leo-key") if items else Html("")
    return join([key, paragraph(note, kind="leo-muted")])


def _mark(name: str) -> Html:
    drawn = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 16">{shape(name, 12, 8, 10)}</svg>'
    return tag("img", src=picture(drawn), alt="", class_="leo-swatch", width="24", height="16")


def recording(lines: Sequence[str]) -> Html:
    """What a change of recording has to do with it: in the calm of the page, no alarm."""
    if not lines:
        return Html("")
    return tag(
        "section", tag("h2", "Recording changed"), *(paragraph(each) for each in lines), class_="leo-card leo-recording"
    )
