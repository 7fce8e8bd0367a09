"""The quarter's table to download: which quarters, and which of the release's cells belong to one.

What a file looks like is written once, in ``data.releases.csv_files``: the folder of a release and the page have the same bytes
for the same cells.
"""

from __future__ import annotations

from dashboard.views.released.words import TOO_FEW
from data.releases import csv_files
from data.releases.model import Cell, quarter_name
from metrics.across.released import Book

ALL = "all"


def quarters_offered(book: Book) -> dict[str, str]:
    """The quarters that can be downloaded, the latest first, and all of them."""
    return {**{quarter_name(each): quarter_name(each) for each in reversed(book.quarters)}, ALL: "All quarters"}


def cells_of(book: Book, quarter: str) -> tuple[Cell, ...]:
    """The cells of a quarter, with the four quarters that end in it; all cells for all quarters."""
    last = {quarter_name(each): each.last for each in book.quarters}.get(quarter)
    return tuple(each for each in book.release.cells if quarter == ALL or each.period.last == last)


def table_csv(book: Book, quarter: str) -> bytes:
    """The file: a line a cell, as in the cells.csv of the release. Hidden figures have no number anywhere in their line."""
    return csv_files.cells_csv(book.release, cells_of(book, quarter))


def rounding_words(book: Book) -> str:
    """What was done to every count."""
    to = book.release.report.rules.get("rounding", 5)
    return f"counts rounded to the nearest {to}; figures worked out from rounded counts; hidden: {TOO_FEW}"
