"""Text that came from somebody's file, made harmless for each place it is shown in.

Streamlit renders Markdown in labels, captions and table cells, Plotly a little HTML of its own, spreadsheets run
cells that start like a formula. A value is therefore never shown without going through one of these.
"""

from __future__ import annotations

import html
import re

from data.spreadsheets import for_spreadsheet

_MARKDOWN = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^@/])")
_LIVE_IN_A_LINE = re.compile(r"([\\`*_\[\]<>$~]|:(?=[A-Za-z]))")


def md_escape(text: str) -> str:
    """For Markdown: shown as it stands, never a link, picture, colour or formula."""
    return _MARKDOWN.sub(r"\\\1", _unlinked(text))


def label_escape(text: str) -> str:
    """For the label of a field, which is Markdown for the eye and read out as it stands: only what can act is escaped.

    A backslash before every hyphen and bracket would be read aloud. The value must not stand first in the label.
    """
    return _LIVE_IN_A_LINE.sub(r"\\\1", _unlinked(text))


def _unlinked(text: str) -> str:
    # Bare addresses are linked after parsing, so a backslash does not stop them; a zero-width space does.
    flat = " ".join(text.split())
    return re.sub(r"(?i)(https?|ftp|www|mailto)(?=[:.])", "\\1\u200b", flat).replace("@", "\u200b@")


def plotly_escape(text: str) -> str:
    """For Plotly: its tags and templates are shown, not obeyed."""
    return html.escape(" ".join(text.split()), quote=False).replace("%{", "%\u200b{")


def csv_text(text: str) -> str:
    """For a spreadsheet: a cell that would start a formula starts with an apostrophe instead."""
    return for_spreadsheet(text)
