"""Headings as a reader of columns needs them: tidy, unique, never empty, two lines of them made into one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import zip_longest

from data.reading.shapes import filled, shape
from data.values import tidy

_OPEN_ANSWER = frozenset({"response", "open-ended response", "open ended response", "open-ended", "answer"})
"""What a survey tool writes in the second line under a question with one column."""
_INVISIBLE = str.maketrans("", "", "\ufeff\u200b\u200c\u200d\u2060\u00ad")


def tidy_heading(heading: str) -> str:
    """One line, one blank between words, nothing invisible."""
    return tidy(heading.translate(_INVISIBLE))


def is_second_heading(first: Sequence[str], second: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether the line under the headings names the options of questions, as SurveyMonkey writes them.

    It does when it is empty where every record says who and when, holds no figures, and either names what the
    headings leave empty or says "Response".
    """
    if not filled(second) or not below or len(second) > len(first):
        return False
    labels = [tidy_heading(cell) for cell in second] + [""] * (len(first) - len(second))
    if labels[0] or any(shape(label) in ("number", "date") for label in labels if label):
        return False
    says_response = any(label.casefold() in _OPEN_ANSWER for label in labels)
    names_the_empty = any(label and not heading.strip() for heading, label in zip(first, labels, strict=True))
    return (says_response or names_the_empty) and any(row and row[0].strip() for row in below)


def merged(first: Sequence[str], second: Sequence[str]) -> list[str]:
    """One heading a column: ``<question> [<option>]``, the plain question where the option only says "Response"."""
    headings, question = [], ""
    for heading, option in zip_longest(map(tidy_heading, first), map(tidy_heading, second), fillvalue=""):
        question = heading or (question if option else "")
        if not option or option.casefold() in _OPEN_ANSWER:
            headings.append(heading or (question if option else ""))
        else:
            headings.append(f"{question} [{option}]" if question else option)
    return headings


def named(headings: Sequence[str]) -> tuple[tuple[str, ...], list[str]]:
    """Unique names for all columns, and a note for each that two columns shared: "Date (2)", "Column 3"."""
    taken = {tidy_heading(heading) for heading in headings}
    names: list[str] = []
    told: list[str] = []
    for place, heading in enumerate(headings, start=1):
        plain = tidy_heading(heading)
        name = plain or f"Column {place}"
        if (plain and plain in names) or (not plain and name in taken):
            number = 2
            while f"{name} ({number})" in taken:
                number += 1
            if plain:
                told.append(f'Another column is called "{plain}" too: it is shown as "{name} ({number})".')
            name = f"{name} ({number})"
        taken.add(name)
        names.append(name)
    return tuple(names), told
