"""What the page “Safe and accountable” wants written down, and how to begin with each."""

from __future__ import annotations

from dashboard.views.needs import Need

DUE = ("person_id", "element", "due_on", "done_at", "result")
NEEDS = (
    Need(
        "checks",
        "reviews after a trigger",
        "We cannot say whether somebody looked again each time a positive risk plan asked for it.",
        "When a plan is agreed, write down what will call for a review and within how many days. Each time it happens, add "
        "a row with the day promised; fill in the day the review was held.",
        ("intervention_id", *DUE),
        {"measure": "trigger_review"},
        ("F3",),
    ),
    Need(
        "checks",
        "days of freedom",
        "We cannot say whether a person went on doing what the plan was made for.",
        "For each person with a positive risk plan, tick once a day whether they walked, went out or did what they chose. "
        "For the plan itself, write risk_plan or risk_entry in the column measure.",
        ("person_id", "intervention_id", "element", "done_at", "result"),
        {"measure": "freedom_day"},
        ("F4",),
    ),
    Need(
        "checks",
        "safeguarding steps with a day",
        "We cannot say whether what was agreed after a concern was done in time.",
        "Copy the steps from the safeguarding log: the day each was due and the day it was done. Notifications and limits "
        "explained to a family go in the same table, as notification and limits_explained.",
        DUE,
        {"measure": "safeguarding_action"},
        ("I2",),
    ),
    Need(
        "checks",
        "disagreements",
        "We cannot say whether people who disagreed with us had an answer by the day promised.",
        "One row for each disagreement: the day an answer was promised, the day it was given, and met when the route for "
        "disagreements was used and its outcome written down.",
        DUE,
        {"measure": "disagreement_answered"},
        ("V15",),
    ),
    Need(
        "feedback",
        "answers from families about what happens and why",
        "We cannot say whether families understand more at the close of a concern than at its start.",
        "Ask the same relative twice, when the concern is raised and when it is closed, and write the same case and the "
        "same reference for the relative both times.",
        ("person_id", "rater_key", "answer", "score", "moment", "case_id"),
        {"instrument": "family_checkin", "domain": "understands", "rater": "family_about_self"},
        ("I7",),
    ),
    Need(
        "stays",
        "stays",
        "We cannot say who moved away without wanting to.",
        "One row for each person who lives or lived here: the day they moved in, the day they left, and why.",
        ("start_on", "end_on", "end_reason", "kind"),
        outcomes=("I6",),
    ),
    Need(
        "incidents",
        "incidents",
        "We cannot list injuries nobody could explain, restrictive events or calming medicine.",
        "Load the incident export, or write one row for each event with its day and kind; for an injury, whether anybody "
        "can explain it.",
        ("person_id", "kind", "subkind", "harm", "explained", "location"),
        outcomes=("I9",),
    ),
    Need(
        "falls",
        "falls",
        "We cannot show falls beside the freedom that people kept.",
        "Load the falls export, or write one row for each fall with its day and the harm it did.",
        ("harm", "location"),
        outcomes=("F1",),
    ),
    Need(
        "checks",
        "reviews with a day",
        "We cannot say whether reviews were held when they were due.",
        "Export the days due and held from the care plan system. A change in need looked at within 14 days goes in the "
        "same table as need_change_review.",
        DUE,
        {"measure": "review"},
        ("G1",),
    ),
    Need(
        "checks",
        "reviews that learned",
        "We cannot say whether a review learned and changed something, or was only held.",
        "At the end of each review write what was learned and whether to keep, adjust or stop. Lessons that became a change, "
        "and lessons shared, go in the same table as lesson and lesson_shared.",
        ("person_id", "element", "done_at", "result"),
        {"measure": "review_learning"},
        ("G2",),
    ),
    Need(
        "checks",
        "suggestions and what came of them",
        "We cannot say whether people who make a suggestion get an answer.",
        "Write each suggestion on the day it is made, where it came from and when an answer is promised. Pledges, meetings of "
        "the relatives’ group and of the advisory board go in the same table, as pledge, relatives_group and advisory_board.",
        ("element", "due_on", "done_at", "result"),
        {"measure": "suggestion"},
        ("K5", "K3", "G9", "G11"),
    ),
    Need(
        "checks",
        "boundaries agreed at the start",
        "We cannot say whether it was agreed beforehand what people can decide and what happens when we disagree.",
        "When a change is planned, write down by when each boundary is to be agreed. Families told why before it begins go "
        "in the same table, as change_explained.",
        ("intervention_id", *DUE),
        {"measure": "boundary_set"},
        ("V14", "K4"),
    ),
    Need(
        "checks",
        "activities people decided on or led",
        "We cannot say whether people living here shape the home or have things laid on for them.",
        "After each activity write how far people shaped it: told, asked, designed, decided or led. Parts that people took go "
        "in the same table, as contribution; who took part in design, delivery and looking back as activity_stage.",
        ("element", "done_at", "result"),
        {"measure": "activity_ladder"},
        ("X3", "X1", "G10"),
    ),
    Need(
        "feedback",
        "answers from staff about themselves",
        "We cannot say whether staff are happy and proud of their work while all this goes on.",
        "Ask staff with the staff check-in, without names; ten answers or more are needed before anything is shown.",
        ("answer", "score"),
        {"instrument": "staff_checkin", "domain": "happy", "rater": "staff_about_self"},
        ("T1", "T2"),
    ),
)
