"""Tables of numbers as a page shows them, read back from their markup."""

from __future__ import annotations

import html
import re

from streamlit.testing.v1 import AppTest

CELL = re.compile(r"<t[hd][^>]*>(.*?)</t[hd]>", re.DOTALL)


def tables(at: AppTest) -> list[list[dict[str, str]]]:
    """Each table of numbers as rows by heading; an escaped cell comes back as the text a reader sees."""
    found = []
    for each in at.get("html"):
        for told in re.findall(r'<div class="leo-figures">(.*?)</table>', each.value, re.DOTALL):
            head, *rows = [CELL.findall(row) for row in re.findall(r"<tr>(.*?)</tr>", told, re.DOTALL)]
            found.append([dict(zip(map(html.unescape, head), map(html.unescape, row), strict=True)) for row in rows])
    return found
