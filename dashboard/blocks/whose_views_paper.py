"""The sheet of whose views on paper: one page that needs nothing else, wide enough for four voices."""

from __future__ import annotations

import html
from collections.abc import Sequence

from dashboard.blocks.common import SAMPLE
from dashboard.blocks.whose_views import TICKS_KEY, sheet_table
from dashboard.markup import Html, join, paragraph
from dashboard.views.whose_views_sheet import SheetLine

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


PAPER_CSS = """
* { box-sizing: border-box; }
html { -webkit-print-color-adjust: exact; print-color-adjust: exact; }
body { margin: 0 auto; padding: 1.5rem; background: #FFFFFF; color: #0B0C0C; line-height: 1.4;
  font-family: Arial, "Liberation Sans", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.7em; line-height: 1.2; margin: 0 0 0.4em; }
p { margin: 0 0 0.7em; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4em 0.6em 0.4em 0; border-bottom: 1px solid #8A96A0; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
.print-button { font: inherit; padding: 0.4em 1em; margin: 0 0 1em; border: 2px solid #0B0C0C; border-radius: 6px;
  background: #FFFFFF; color: #0B0C0C; cursor: pointer; }
.print-button:focus-visible { outline: 3px solid #FFB81C; outline-offset: 2px; box-shadow: 0 0 0 6px #0B0C0C; }
@media print { body { padding: 0; max-width: none; } .print-button { display: none; } }
""".strip()


def printed_page(title: str, body: Html, *, css: str = "", print_button: bool = True) -> str:
    """A whole document: one h1, large enough to read, nothing to fetch. Stands in for ``dashboard.printing.paper``."""
    name = html.escape(" ".join(title.split()))
    button = '<button class="print-button" type="button" onclick="print()">Print this</button>' if print_button else ""
    return (
        '<!doctype html>\n<html lang="en-GB">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>\n{PAPER_CSS}\n{css}\n</style>\n</head>\n"
        f"<body>\n{button}\n<main>\n<h1>{name}</h1>\n{body}\n</main>\n</body>\n</html>\n"
    )
