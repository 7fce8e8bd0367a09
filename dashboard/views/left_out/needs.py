"""What the page “Who is left out” wants written down, and how to begin with each."""

from __future__ import annotations

from collections.abc import Collection

from dashboard.views.needs import Need
from metrics.left_out.groups import Known
from metrics.splits import COLUMNS, ETHNICITY

NEVER = "E2"
"""A code under which nothing is ever recorded (E2 is a way of looking, not an outcome): such a need is always shown."""

PEOPLE = Need(
    "people",
    "register of the people who live here",
    "We cannot see who is left out.",
    "One row for each person, with their own reference. Ask the person, or whoever they would want asked; “prefer not to "
    "say” is an answer and is kept as one.",
    (*COLUMNS[:2], "language_match", "communication_need", "format_needed", "format_given", "stage", "family_contact",
     "advocate"),
    outcomes=("E6",),
)  # fmt: skip
ETHNIC_GROUP = Need(
    "people",
    "ethnic group written down",
    "We cannot see whether people of one ethnic group are heard less, or come to more harm, than everybody else.",
    "Ask each person, or whoever they would want asked, which group they say they belong to, and why you ask: to see that "
    "nobody is left out. “Prefer not to say” is an answer.",
    (ETHNICITY, "first_language"),
    outcomes=(NEVER,),
)
NEEDS = (
    Need(
        "stays",
        "stays",
        "We cannot say who comes to live here.",
        "One row for each person who lives or lived here: the day they moved in, the day they left, and why.",
        ("start_on", "end_on", "end_reason", "kind"),
        outcomes=("I6",),
    ),
    Need(
        "checks",
        "health checks with a day",
        "We cannot say whether teeth, eyes, hearing, pain and medicines are looked at alike for everybody.",
        "Copy the health section of each plan: the day each check was due and the day it was done.",
        ("person_id", "element", "due_on", "done_at", "result"),
        {"measure": "health_check"},
        ("E7",),
    ),
    Need(
        "views",
        "views of people",
        "We cannot say whose own view is there, and whose is missing.",
        "For each plan element write who was asked, on which day and how. One row for each voice.",
        ("person_id", "element", "voice", "given_on", "how_sought"),
        outcomes=("V1",),
    ),
    Need(
        "feedback",
        "answers from people themselves",
        "We cannot say who answers for themselves, and who is never asked.",
        "Ask people with the check-in cards, in words or faces, and write down who answered: the person or somebody else.",
        ("person_id", "rater", "domain", "answer", "score", "support", "mode"),
        {"instrument": "person_checkin"},
        ("L9",),
    ),
)


def needs(here: Known, tables: Collection[str]) -> tuple[Need, ...]:
    """The needs of the page; ethnic groups on their own where there is a register that has none."""
    if "people" in tables and not here.groups and here.column == ETHNICITY:
        return (ETHNIC_GROUP, *NEEDS)
    return (PEOPLE, *NEEDS)
