"""What the page Whose views wants written down, and how to begin."""

from __future__ import annotations

from dashboard.views.needs import Need

NEEDS = (
    Need(
        "views", "views", "We cannot say whose voice counted.",
        "Take one person’s plan. For each thing agreed in it, write one row for every voice: how you asked, what they "
        "said, what came of it.",
        columns=("element", "intervention_id", "voice", "given_on", "how_sought", "understood", "stance", "used",
                 "reason_given", "own_words", "own_entry", "recorded_by"),
    ),
    Need(
        "decisions", "decisions", "We cannot say who decided, and whose view was followed.",
        "Write down the next five decisions as they are made: who decided, whose view was followed, why.",
        columns=("decided_on", "class", "domain", "decider", "followed", "risk", "reason_given", "element"),
    ),
    Need(
        "people", "notes on communication needs and advocates", "We cannot say whether people were asked in a way that suits them.",
        "For each person, write down one communication need, or none, and whether they have family and an advocate.",
        columns=("stage", "communication_need", "speech", "family_contact", "advocate"),
    ),
    Need(
        "checks", "answers to disagreements", "We cannot say whether a disagreement was answered when promised.",
        "When somebody disagrees, write down the day you promised an answer, and the day it was given.",
        columns=("person_id", "due_on", "done_at", "result", "element"), filled={"measure": "disagreement_answered"},
        outcomes=("V15",),
    ),
    Need(
        "checks", "boundaries agreed at the start", "We cannot say whether all knew what could be decided together.",
        "When a plan begins, write down what is open to influence, what is not, and the day that was agreed.",
        columns=("intervention_id", "due_on", "done_at", "result", "element"), filled={"measure": "boundary_set"},
        outcomes=("V14",),
    ),
    Need(
        "checks", "records of who took part", "We cannot say who was part of planning, review and looking back.",
        "After each meeting, write one row: whether the person took part, sent their views, or did not.",
        columns=("person_id", "done_at", "result", "element"), filled={"measure": "person_took_part"}, outcomes=("V16",),
    ),
    Need(
        "checks", "preferences acted on", "We cannot say whether a preference ever changed the support.",
        "At each review, write down whether something the person prefers has changed the plan, a visit or a purchase.",
        columns=("person_id", "done_at", "result"), filled={"measure": "preference_acted_on"}, outcomes=("V12",),
    ),
)  # fmt: skip
"""What the page wants, and how to begin."""
