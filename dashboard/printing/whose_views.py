"""The sheet of whose views on paper: one page that needs nothing else, wide enough for four voices."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.blocks.common import SAMPLE
from dashboard.blocks.whose_views import TICKS_KEY, sheet_table
from dashboard.markup import join, paragraph
from dashboard.printing.paper import printed_page
from dashboard.views.whose_views.sheet import SheetLine

CSS = """
@page { size: A4 landscape; margin: 10mm; }
body { max-width: 275mm; font-size: 14px; }
.leo-table { table-layout: fixed; }
.leo-under { display: block; color: #3A444C; font-size: 12.5px; font-weight: 400; }
.leo-muted { color: #3A444C; }
.leo-lead { font-size: 18px; }
.leo-voice + .leo-voice { margin-top: 0.6em; }
.leo-ticks { letter-spacing: 0.1em; }
.leo-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
p { max-width: none; }
@media screen and (max-width: 640px) {
  .leo-table, .leo-table tbody, .leo-table tr, .leo-table th, .leo-table td { display: block; width: auto; }
  .leo-table thead, .leo-table colgroup { display: none; }
  .leo-table td::before { content: attr(data-heading); display: block; color: #3A444C; }
}
""".strip()


def printed_sheet(
    title: str, said: tuple[str, str], lines: Sequence[SheetLine], notes: Sequence[str], *, sample: bool = False
) -> str:
    """The whole sheet as one document: title, the first words, every matter, what it rests on; made-up data say so."""
    body = join(
        [
            paragraph(SAMPLE, kind="leo-muted") if sample else "",
            paragraph(said[0], kind="leo-lead"),
            paragraph(said[1], kind="leo-muted"),
            sheet_table(lines),
            paragraph(TICKS_KEY, kind="leo-muted"),
            *(paragraph(note, kind="leo-muted") for note in notes),
        ]
    )
    return printed_page(title, body, css=CSS)
