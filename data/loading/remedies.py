"""What each reason for refusing a cell means, and what to do about it, in words for a care-home office."""

from __future__ import annotations

import difflib
from functools import lru_cache

from data.contract import Column
from data.values import is_damaged

REASONS = {
    "required_missing": "a needed cell is empty",
    "date_unreadable": "not a date we can read",
    "time_unreadable": "the date can be read, the time cannot",
    "date_future": "the date lies in the future",
    "date_implausible": "the year cannot be right",
    "end_before_start": "it ends before it starts",
    "recorded_before_event": "written down before it happened",
    "code_unknown": "not a word we know for this column",
    "number_unreadable": "not a number",
    "number_out_of_range": "a number outside what is possible",
    "duplicate_conflict": "the same record twice, with different contents",
    "too_few_cells": "fewer cells than headings",
    "too_many_cells": "more cells than headings",
    "unclosed_quote": "a quotation mark that never closes",
    "personal_data": "something that could say who a person is",
    "erased": "about somebody whose record was erased here",
}


def remedy(column: Column, reason: str, value: str, found: str = "") -> str:
    """The next move for one refused cell. ``value`` is only repeated where the column may be shown; ``found`` never."""
    if is_damaged(found):
        return "A spreadsheet has spoilt this cell. Export again and load the file without opening it in between."
    match reason:
        case "required_missing":
            return _missing(column.name)
        case "date_unreadable":
            return "Write dates as YYYY-MM-DD or DD/MM/YYYY."
        case "time_unreadable":
            return "Write the time as HH:MM, for example 2025-03-09 14:05, or leave the time out."
        case "date_future":
            return "Check the year. If the date is right, load the file again after that day."
        case "date_implausible":
            return "Check the year: write it with four figures."
        case "end_before_start":
            return "One of the two dates is a typing error. Correct it and load the row again."
        case "recorded_before_event":
            return "One of the two times is a typing error. Correct it and load the row again."
        case "code_unknown":
            return _code(column, value.strip().lower().replace(" ", "_"))
        case "number_unreadable":
            return "Write a number in figures, without words or units."
        case "number_out_of_range":
            return _range(column)
        case "duplicate_conflict":
            return "The first one was kept. If both are real, give each its own reference; if not, remove one."
        case "personal_data":
            return "Take out the e-mail address, telephone number, postcode or NHS number, and load the row again."
        case _:
            return "Correct the row and load it again."


def _missing(name: str) -> str:
    special = {
        "done_at": "Say when it was done, or in due_on when it is due.",
        "element": "Name the plan element, or the decision in decision_id.",
        "score": "Give a score, or say in answer why there is none (dont_know, rather_not, not_able).",
        "person_id": "Say whom it concerns with the person's reference.",
    }
    return special.get(name, f"Fill in {name}: the row cannot be counted without it.")


@lru_cache(maxsize=4096)
def _code(column: Column, value: str) -> str:
    words = column.codes or ("yes", "no")
    near = difflib.get_close_matches(value, words, n=1, cutoff=0.6)
    nearest = f'Did you mean "{near[0]}"? ' if near else ""
    return f"{nearest}Use one of: {', '.join(words)}."


def _range(column: Column) -> str:
    if column.name == "score":
        return "The score must lie in its instrument's range, and stay empty where the answer is not a score."
    if column.low is None or column.high is None:
        return "Correct the number and load the row again."
    return f"It must lie between {column.low:g} and {column.high:g}."
