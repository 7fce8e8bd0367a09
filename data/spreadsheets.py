"""Cells on their way into a spreadsheet and back: what would start a formula there is written as text."""

from __future__ import annotations

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def for_spreadsheet(text: str) -> str:
    """A cell that would start a formula starts with an apostrophe instead."""
    return f"'{text}" if _starts_a_formula(text) else text


def from_spreadsheet(text: str) -> str:
    """The cell as it was before ``for_spreadsheet``."""
    return text[1:] if text.startswith("'") and _starts_a_formula(text[1:]) else text


def _starts_a_formula(text: str) -> bool:
    bare = text.lstrip("\ufeff\0 ")
    return text.startswith(("\t", "\r", "\n")) or bare.startswith(_FORMULA)
