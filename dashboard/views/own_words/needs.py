"""What this page wants that may not be there yet, and how to begin."""

from __future__ import annotations

from dashboard.views.needs import Need

_ANSWER = ("person_id", "rater_key", "score", "answer", "support", "mode")

NEEDS = (
    Need(
        "feedback",
        "answers from people themselves",
        "Nobody's own voice is on record, so we cannot say how life feels to the people here.",
        "Print the cards above and ask one person one card today: “I feel happy.” Tick what they say, “I don't know” too.",
        _ANSWER,
        {"rater": "self", "instrument": "person_checkin"},
        ("L9",),
    ),
    Need(
        "feedback",
        "answers from relatives and friends",
        "We cannot say whether families feel confident, valued and told what happens.",
        "Give the family's cards to the next three visitors. Each answers for themselves.",
        _ANSWER,
        {"rater": "family_about_self", "instrument": "family_checkin"},
        ("K1", "K2", "I7"),
    ),
    Need(
        "feedback",
        "answers from staff",
        "We cannot say whether the people who give the support feel supported themselves.",
        "Put the staff's cards and a closed box in the staff room, once every three months.",
        ("rater_key", "score", "answer", "mode"),
        {"rater": "staff_about_self", "instrument": "staff_checkin"},
        ("T1", "T2", "T3", "T4"),
    ),
    Need(
        "feedback",
        "word of what people said at their review",
        "We cannot say whether people find the support right for them when it is looked at again.",
        "End each review with one card, “The support I have is right for me”, and ask it again two months later.",
        (*_ANSWER, "moment"),
        {"rater": "self", "instrument": "person_checkin", "domain": "support_overall", "moment": "review"},
        ("L13",),
    ),
    Need(
        "feedback",
        "notes of sessions, such as music",
        "We cannot say whether people are taken up by what goes on, where words are few.",
        "In one music session a week, note for each person from 0 to 5 how taken up they were.",
        ("person_id", "score", "intervention_id"),
        {"rater": "observer", "instrument": "session_note", "domain": "engagement"},
        ("L8",),
    ),
    Need(
        "people",
        "list of people with their stage and communication needs",
        "We cannot say who was not asked, nor what would help to ask them.",
        "Fill in one row for each person: stage, communication need, how much speech.",
        ("stage", "communication_need", "speech", "first_language"),
    ),
)
