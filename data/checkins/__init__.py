"""The project's own three check-ins: what is asked, in which words, and how answers are written down.

CHECKINS              by instrument: person_checkin, family_checkin, staff_checkin
template_of(checkin)  an empty table, a row a filled card
"""

from data.checkins.model import (
    DONT_KNOW,
    NOT_ABLE,
    RATHER_NOT,
    Checkin,
    Part,
    Question,
)
from data.checkins.reading import CHECKINS
from data.checkins.template import BEFORE, CARD_HEADING, codes_allowed, template_columns, template_of

__all__ = [
    "BEFORE",
    "CARD_HEADING",
    "CHECKINS",
    "DONT_KNOW",
    "NOT_ABLE",
    "RATHER_NOT",
    "Checkin",
    "Part",
    "Question",
    "codes_allowed",
    "template_columns",
    "template_of",
]
