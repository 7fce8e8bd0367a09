"""Which words tell who somebody was, and how they are taken out of the titles and labels that stay."""

from __future__ import annotations

import re
from collections.abc import Sequence

from data.sqltext import text_literal

SHORTEST_REPLACED = 5
"""A shorter reference may be an ordinary word or a year, so it is not looked for inside labels and titles."""
IN_PLACE = "…"
NOTHING = "(?!)"
"""A pattern that finds nothing."""


def telling(person: str, words: Sequence[str]) -> str:
    """The pattern of what is looked for in titles and labels: the reference however it is spaced, and the words as they are."""
    letters = [letter for letter in person.strip() if letter.isalnum()]
    found = []
    if not person.startswith("code:") and len(letters) >= SHORTEST_REPLACED:
        found.append(_whole(r"[\s-]?".join(re.escape(letter) for letter in letters), letters[0], letters[-1]))
    for word in (each.strip() for each in words):
        if word:
            found.append(_whole(re.escape(word), word[0], word[-1]))
    return "|".join(found) or NOTHING


def _whole(pattern: str, first: str, last: str) -> str:
    """A pattern that finds whole words only; the engine knows the edges of words of A to Z alone."""
    edges = [r"\b" if edge.isascii() and edge.isalnum() else "" for edge in (first, last)]
    return f"{edges[0]}{pattern}{edges[1]}"


def without(column: str, pattern: str) -> str:
    """SQL: a column of text with the pattern's words left out."""
    return f"regexp_replace({column}, {text_literal(pattern)}, '{IN_PLACE}', 'gi')" if pattern != NOTHING else column
