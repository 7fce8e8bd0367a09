"""Text that came from somebody's file, made harmless for each place it is shown in.

Streamlit renders Markdown in labels, captions and table cells, Plotly a little HTML of its own, spreadsheets run
cells that start like a formula. A value is therefore never shown without going through one of these.
"""

from __future__ import annotations

import html
import re

from data.spreadsheets import for_spreadsheet

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^@/])")


def md_escape(text: str) -> str:
    """For Markdown: shown as it stands, never a link, picture, colour or formula."""
    flat = " ".join(text.split())
    # Bare addresses are linked after parsing, so a backslash does not stop them; a zero-width space does.
    flat = re.sub(r"(?i)(https?|ftp|www|mailto)(?=[:.])", "\\1\u200b", flat).replace("@", "\u200b@")
    return _MARKDOWN.sub(r"\\\1", flat)


def plotly_escape(text: str) -> str:
    """For Plotly: its tags and templates are shown, not obeyed."""
    return html.escape(" ".join(text.split()), quote=False).replace("%{", "%\u200b{")


def csv_text(text: str) -> str:
    """For a spreadsheet: a cell that would start a formula starts with an apostrophe instead."""
    return for_spreadsheet(text)
