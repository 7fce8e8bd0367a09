"""Names and words of the contract as SQL text. Nothing that comes from a file ever passes through here."""

from __future__ import annotations


def quoted(name: str) -> str:
    """A column or table name for SQL."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """A word as an SQL string."""
    return "'" + text.replace("'", "''") + "'"
