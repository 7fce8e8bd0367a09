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

_BEFORE: Mapping[str, tuple[str, ...]] = {
    "self": ("service_id", "person_id", "rater_key", "given_on", CARD_HEADING, "rater", "support", "mode", "moment"),
    "family_about_self": ("service_id", "person_id", "rater_key", "given_on", CARD_HEADING, "rater", "mode"),
    "staff_about_self": ("service_id", "rater_key", "given_on", CARD_HEADING, "rater", "mode"),
}
"""What stands before the questions. ``rater_key`` is the same for the same answerer at another time."""


def template_columns(checkin: Checkin) -> tuple[str, ...]:
    """The headings of the table, the questions last."""
    return (*_BEFORE[checkin.rater], *(question.code for question in checkin.questions))


def template_of(checkin: Checkin, service_id: str = "") -> bytes:
    """The table with one row begun, to be copied down: what is the same on every card stands there already."""
    begun = {CARD_HEADING: checkin.instrument, "rater": checkin.rater, "service_id": service_id}
    headings = template_columns(checkin)
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(headings)
    write.writerow([for_spreadsheet(begun.get(name, "")) for name in headings])
    return out.getvalue().encode("utf-8-sig")


def codes_allowed(name: str) -> tuple[str, ...]:
    """The codes that may stand under a heading before the questions; empty where it is a reference or a date."""
    column = TABLES["feedback"].columns.get("instrument" if name == CARD_HEADING else name)
    return column.codes if column is not None and name != CARD_HEADING else ()
