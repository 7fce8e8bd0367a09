"""One person as markup: what the timeline shows, what its marks mean, what this page would need."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.blocks.standing import aim
from dashboard.markup import Html, Piece, card, join, paragraph, tag
from dashboard.views.needs import Need
from dashboard.views.one_person import Timeline
from dashboard.views.say import plural
from dashboard.views.standing import StandingRow
from dashboard.views.visits import CLOSE, TITLE, VisitsShown

NEEDS = (
    Need(
        "checks", "notes on which mornings somebody watched",
        "We cannot count mornings with distress out of the mornings that were watched.",
        "For one person, write down each morning whether somebody was there and wrote notes: “met” if so, “not_met” if not.",
        ("person_id", "element", "done_at"), {"measure": "window_observed", "element": "morning"}, ("Q2",),
    ),
    Need(
        "views", "views on the plan", "We cannot say whose voice counted.",
        "At the next review write one line for each voice on each part of the plan: who, how they were asked, what came of it.",
        ("element", "understood", "stance", "used", "reason_given", "own_words"),
    ),
    Need(
        "feedback", "answers of the person", "We cannot say how it feels to the person.",
        "Print the check-in cards on the page In people's own words, and write down what the person says, once a month.",
        ("person_id", "rater_key", "score", "answer", "mode", "support"),
        {"rater": "self", "instrument": "person_checkin"}, ("L4", "L9"),
    ),
    Need(
        "checks", "reviews", "We cannot say whether reviews were held when they were due.",
        "Write down the day each review is due and the day it was held.",
        ("person_id", "element", "due_on", "done_at"), {"measure": "review"}, ("G1",),
    ),
)  # fmt: skip


RISK_LEAD = (
    "One person's falls are too few to be judged. What can be shown is whether what you promised was done: each trigger "
    "answered by a review in time, freedom kept, support in proportion."
)


def risk_card(rows: Sequence[StandingRow]) -> Html:
    """What a positive risk plan is read by, since it began; nothing for any other plan."""
    if not rows:
        return join([])
    lines = (tag("li", tag("b", f"{row.name}: "), row.now, _aim(row)) for row in rows)
    return card(
        "Since it began: was it done as promised?", tag("ul", *lines, class_="leo-bullets"),
        paragraph(RISK_LEAD, kind="leo-muted"), level=2,
    )  # fmt: skip


def _aim(row: StandingRow) -> Html:
    return aim(row.target, row.reached) if row.target else join([])


def timeline_title(shown: Timeline) -> Html:
    """What the timeline shows, as a sentence."""
    return tag("div", tag("h2", shown.title, class_="leo-chart-title"), paragraph(shown.sentence, kind="leo-sentence"))


def timeline_key(shown: Timeline) -> Html:
    """What the marks mean, in place of a legend."""
    items: list[Piece] = []
    if shown.bars:
        items.append(f"Bars: {shown.counted} in a week; the pale part is all that was looked at.")
    if shown.settling is not None:
        items.append("Grey band: settling in, counted with neither side.")
    items.append("Each mark is a day; point at it, or open the list below, to read what it stands for.")
    return tag("ul", *(tag("li", item) for item in items), class_="leo-key") if items else join([])


def visits_title(shown: VisitsShown) -> Html:
    """What the picture of visits shows."""
    return tag("div", tag("h2", TITLE, class_="leo-chart-title"), paragraph(shown.sentence, kind="leo-sentence"))


def visits_key(shown: VisitsShown) -> Html:
    """What its marks mean, and what is not drawn."""
    items = [
        "Each mark is a visit: upwards the minutes it came late, downwards the minutes it came early.",
        f"Grey band: within {CLOSE} minutes of the person's own time. A triangle lies further off than two hours.",
    ]
    if shown.missed:
        items.append(
            f"{plural(shown.missed, 'visit was', 'visits were')} missed, or nobody wrote down when it came: not drawn."
        )
    return tag("ul", *(tag("li", item) for item in items), class_="leo-key")
