"""HTML made safe by default: plain text is escaped, only ``Html`` made here goes through as it is.

Used for the parts Streamlit has no element for (tiles with a sparkline, tables that become cards on a telephone).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.theme import MARKS
from metrics.model import VerdictWord

_SPACES = re.compile(r"\s+")


class Html(str):
    """Markup made by this module; everything else is text."""

    __slots__ = ()


Piece = str | Html


def escaped(piece: Piece) -> Html:
    """The piece, harmless."""
    return piece if isinstance(piece, Html) else Html(html.escape(_SPACES.sub(" ", piece)))


def tag(name: str, *children: Piece, **attributes: str | None) -> Html:
    """``tag("p", "text", class_="lead")``. Attributes that are None are left out; ``aria_label`` is aria-label."""
    said = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{html.escape(value, quote=True)}"'
        for key, value in attributes.items()
        if value is not None
    )
    if name in ("img", "col"):
        return Html(f"<{name}{said}>")
    return Html(f"<{name}{said}>{join(children)}</{name}>")


def join(pieces: Iterable[Piece], between: str = "") -> Html:
    """Pieces one after the other, each made harmless."""
    return Html(html.escape(between).join(escaped(piece) for piece in pieces))


def paragraph(*children: Piece, kind: str | None = None) -> Html:
    """A paragraph."""
    return tag("p", *children, class_=kind)


def bullets(items: Iterable[Piece]) -> Html:
    """A plain list."""
    return tag("ul", *(tag("li", item) for item in items), class_="leo-bullets")


def verdict(word: VerdictWord, text: str | None = None, more: str | None = None) -> Html:
    """Shape, word and colour together; the shape is silent for a screen reader because the word says it."""
    mark = MARKS[word]
    shape = tag("span", mark.shape, class_="leo-shape", aria_hidden="true")
    said = tag("span", text or word[:1].upper() + word[1:], class_="leo-word")
    small = tag("span", more, class_="leo-more") if more else Html("")
    return tag("span", shape, said, small, class_=f"leo-verdict leo-{mark.name}")


def chips(texts: Iterable[Piece]) -> Html:
    """Short facts side by side."""
    return tag("ul", *(tag("li", text) for text in texts), class_="leo-chips")


@dataclass(frozen=True)
class Column:
    """One column: its heading, and how wide it may be compared with the others."""

    heading: str
    share: int = 1
    number: bool = False
    half: bool = False
    """On a telephone, beside its neighbour instead of above it."""


def table(caption: str, columns: Sequence[Column], rows: Iterable[Sequence[Piece]]) -> Html:
    """A real table; on a narrow screen each row becomes a card whose cells carry their heading."""
    whole = sum(column.share for column in columns)
    widths = tag("colgroup", *(tag("col", style=f"width:{100 * each.share / whole:.1f}%") for each in columns))
    head = tag("thead", tag("tr", *(tag("th", each.heading, scope="col", class_=_kind(each)) for each in columns)))
    body = tag("tbody", *(_row(columns, row) for row in rows))
    return tag("table", tag("caption", caption, class_="leo-unseen"), widths, head, body, class_="leo-table")


def _row(columns: Sequence[Column], row: Sequence[Piece]) -> Html:
    first, *rest = zip(columns, row, strict=True)
    cells = [tag("th", first[1], scope="row", class_=_kind(first[0]))]
    cells += [tag("td", cell, class_=_kind(column), data_heading=column.heading) for column, cell in rest]
    return tag("tr", *cells)


def _kind(column: Column) -> str | None:
    kinds = [name for name, on in (("leo-number", column.number), ("leo-half", column.half)) if on]
    return " ".join(kinds) or None


def card(title: Piece, *children: Piece, kind: str = "leo-card", level: int = 3) -> Html:
    """A framed part with its own heading."""
    return tag("section", tag(f"h{level}", title), *children, class_=kind)


def grid(cards: Iterable[Html], kind: str = "leo-grid") -> Html:
    """Cards side by side as far as there is room."""
    return tag("div", *cards, class_=kind)
