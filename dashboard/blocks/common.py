"""The badge, and the page with nothing on it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dashboard.markup import Column, Html, card, paragraph, table, tag

LEAST_ROOM, MOST_ROOM = 8, 26
SAMPLE = "Sample data, not a real home"


def badge() -> Html:
    """Said on every page while the data are made up."""
    return tag("p", SAMPLE, class_="leo-badge")


def empty(what: str, why: str, next_step: str) -> Html:
    """An empty page that says what is missing, why, and what to do next."""
    return card(what, paragraph(why), paragraph(tag("b", "What next: "), next_step), kind="leo-card leo-empty", level=2)


def figures(caption: str, rows: Sequence[Mapping[str, str]]) -> Html:
    """The numbers behind a picture as a table: every row has the same headings; on a telephone each is a card.

    Nothing scrolls sideways, so nobody without a mouse misses a column.
    """
    if not rows:
        return paragraph("There are no numbers.", kind="leo-muted")
    headings = list(rows[0])
    last = len(headings) - 1
    columns = [
        Column(heading, _room(heading, [row.get(heading, "") for row in rows]), half=0 < place < last)
        for place, heading in enumerate(headings)
    ]
    return tag(
        "div", table(caption, columns, ([row.get(each, "") for each in headings] for row in rows)), class_="leo-figures"
    )


def _room(heading: str, cells: Sequence[str]) -> int:
    """How wide a column of a table should be beside the others: as its words need, within reason."""
    longest = max(len(heading) // 2, *(len(cell) for cell in cells))
    return min(MOST_ROOM, max(LEAST_ROOM, longest))
