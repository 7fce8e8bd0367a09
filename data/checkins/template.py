"""The table in which filled cards are written down: a row a filled card, a column a question.

The heading ``check_in`` tells the import what it has before it (``data/matching/profiles/check-in-cards.toml``), so
that a filled table is loaded without a question. A cell holds a step (1 to 5, or its word), "I don't know", "I would
rather not say" or "Not able to answer today"; an empty cell is a card that was skipped, and leaves no answer behind.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping

from data.checkins.model import Checkin
from data.contract import TABLES
from data.spreadsheets import for_spreadsheet

CARD_HEADING = "check_in"
"""The column that says which check-in a row is; its cells are codes of instruments."""

BEFORE: Mapping[str, str] = {
    "service_id": "service_id", "person_id": "person_id", "answerer": "rater_key", "given_on": "given_on",
    CARD_HEADING: "instrument", "answered_by": "rater", "helped_by": "support", "asked_with": "mode", "occasion": "moment",
}  # fmt: skip
"""What may stand before the questions, and the column of ours it is. Mostly words of their own: a table with our own
headings would be held to the contract's long shape. ``answerer`` is the same for the same relative or member of
staff at another time; of people who answer for themselves ``person_id`` says as much."""
_LEFT_OUT: Mapping[str, tuple[str, ...]] = {
    "self": ("answerer",),
    "family_about_self": ("helped_by", "occasion"),
    "staff_about_self": ("person_id", "helped_by", "occasion"),
}


def template_columns(checkin: Checkin) -> tuple[str, ...]:
    """The headings of the table, the questions last."""
    before = [name for name in BEFORE if name not in _LEFT_OUT.get(checkin.rater, ())]
    return (*before, *(question.code for question in checkin.questions))


def template_of(checkin: Checkin, service_id: str = "") -> bytes:
    """The table with one row begun, to be copied down: what is the same on every card stands there already."""
    begun = {CARD_HEADING: checkin.instrument, "answered_by": checkin.rater, "service_id": service_id}
    headings = template_columns(checkin)
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(headings)
    write.writerow([for_spreadsheet(begun.get(name, "")) for name in headings])
    return out.getvalue().encode("utf-8-sig")


def codes_allowed(name: str) -> tuple[str, ...]:
    """The codes that may stand under a heading before the questions; empty where it is a reference or a date."""
    return TABLES["feedback"].columns[BEFORE[name]].codes
