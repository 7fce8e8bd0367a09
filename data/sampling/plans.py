"""What was tried in each home of the sample, and what it truly does: the planted truth before the dice."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.sampling.days import months

Truth = Literal["works", "null", "worse", "unsafe"]
Declared = Literal["before", "after", "never"]

BEFORE_LEVELS = {"D1": (0.34, 0.56), "C1": (0.28, 0.42), "C4": (0.55, 0.70), "R1": (0.60, 0.74), "F1": (0.58, 0.74),
                 "F4": (0.58, 0.74), "L4": (2.6, 3.1), "I7": (2.9, 3.2), "K1": (3.2, 3.5), "X3": (0.18, 0.26)}  # fmt: skip
"""Where a plan's person stood before: share of mornings, offers, visits, choices or days; or a score's mean.
For F1 of one person the level is that of freedom kept (F4), the good the plan is for."""
EFFECTS = {
    ("D1", "works"): (-35, -14), ("D1", "worse"): (16, 28), ("D1", "unsafe"): (-32, -22),
    ("C1", "works"): (-20, -12), ("C1", "worse"): (10, 16), ("C4", "works"): (13, 20), ("C4", "worse"): (-18, -12),
    ("R1", "works"): (10, 16), ("F1", "works"): (10, 18), ("F4", "works"): (10, 18), ("L4", "works"): (0.7, 1.0),
}  # fmt: skip
"""True change in percentage points (L4: score)."""


@dataclass(frozen=True)
class Plan:
    """One intervention to be planted.

    ``outcome`` is what it will be judged by. ``after_incidents`` places the start right after a bad spell
    that the dice happened to throw. ``effect`` and ``level`` fix what is otherwise drawn: the change (points,
    ratio, score or share) and the level before. ``months`` bounds the start; ``early`` starts so late that the
    follow-up is unfinished when the exports end. ``watched`` is the share of windows with notes.
    ``declared_days`` writes down windows of that many days instead of the usual ones. ``revised``: the declared
    size was changed, openly, before the start. ``ladder`` fixes how far people were involved where dice would not do.
    ``also`` are outcomes promised not to get worse, beside the usual ones. ``later``: planted after the rest, on dice
    of its own, so that everything else stays as it was.
    """

    title: str
    kind: str
    outcome: str
    truth: Truth
    whole_service: bool = False
    after_incidents: bool = False
    declared: Declared = "before"
    effect: float | None = None
    level: float | None = None
    months: tuple[int, int] = (7, 29)
    early: bool = False
    watched: float = 0.93
    declared_days: int | None = None
    settling_days: int | None = None
    calming_ratio: float = 1.0
    revised: bool = False
    ladder: int | None = None
    also: tuple[str, ...] = ()
    later: bool = False

    def start_bounds(self) -> tuple[int, int]:
        """First and last day on which it may begin."""
        spans = months()
        return spans[self.months[0] - 1][0], spans[self.months[1] - 1][1]


def _home(title: str, kind: str, outcome: str, truth: Truth, effect: float = 1.0, *, declared: Declared = "before",
          months: tuple[int, int] = (8, 23), calming_ratio: float = 1.0,
          declared_days: int | None = None, ladder: int | None = None, also: tuple[str, ...] = (),
          later: bool = False) -> Plan:  # fmt: skip
    """A plan of the whole service; months 8 to 23 leave room for 180 days on both sides."""
    return Plan(title, kind, outcome, truth, whole_service=True, effect=effect, declared=declared, months=months,
                calming_ratio=calming_ratio, declared_days=declared_days, ladder=ladder, also=also, later=later)  # fmt: skip


ELM = (
    Plan("Tea before washing", "routine", "D1", "works", after_incidents=True, effect=-35, level=0.72,
         months=(13, 22), ladder=3, also=("C3", "K1")),
    Plan("Walking to the shop", "positive_risk", "F1", "works", effect=14, ladder=2, also=("F3",)),
    Plan("Music before breakfast", "music", "D1", "works", effect=-32, level=0.62, revised=True, ladder=2, also=("L8",)),
    Plan("Slow start with the same two faces", "routine", "D1", "null"),
    Plan("Radio on waking", "music", "D1", "null", after_incidents=True, also=("L8",)),
    Plan("Choosing clothes and breakfast", "choice", "R1", "works", months=(9, 16)),
    _home("Relatives' group every month", "relatives_group", "I7", "works", 0.6, also=("K3",)),
    Plan("Warm towels and no hurry", "routine", "D1", "works", early=True),
)  # fmt: skip
OAK = (
    _home("Gentle exercise twice a week", "activities", "F1", "null"),
    Plan("Getting up when ready", "routine", "D1", "works", settling_days=7),
    Plan("Breakfast before dressing", "routine", "D1", "null", after_incidents=True),
    Plan("One voice at a time", "routine", "D1", "null", after_incidents=True),
    Plan("Own dressing gown till ten", "routine", "D1", "null", declared="never"),
    Plan("Bath in the afternoon", "routine", "C1", "works"),
    Plan("Making own tea", "positive_risk", "F1", "null", also=("F3",)),
    _home(
        "Families told early, in plain words",
        "safeguarding",
        "I7",
        "works",
        0.9,
        months=(10, 16),
        ladder=3,
        also=("I2", "I6"),
        later=True,
    ),
)
ASH = (
    _home("Breakfast when ready", "meals", "D2", "works", 0.62),
    Plan("Singing while dressing", "music", "D1", "works", declared_days=56, also=("L8",)),
    Plan("Pictures for each step", "routine", "D1", "works"),
    Plan("Family photographs at waking", "routine", "D1", "null", after_incidents=True),
    Plan("Morning walk to the window", "activities", "D1", "null", watched=0.65),
    Plan("Earlier start with two carers", "routine", "D1", "worse"),
    Plan("Quiet room before breakfast", "environment", "D1", "unsafe", level=0.60, calming_ratio=3.0),
)
BIRCH = (
    _home("Clear signs and warm light", "environment", "D2", "null", months=(14, 20)),
    Plan("Porridge in own room", "meals", "D1", "null", after_incidents=True),
    Plan("Hand massage on waking", "routine", "D1", "works"),
    Plan("Garden door open", "positive_risk", "F4", "works", also=("F3",)),
    Plan("Morning paper together", "activities", "D1", "null", after_incidents=True, declared="after"),
    _home(
        "People decide the week",
        "activities",
        "X3",
        "works",
        0.34,
        months=(9, 12),
        ladder=4,
        also=("X1", "T1"),
        later=True,
    ),
)
WILLOW = (
    _home("Evening lounge, no television", "environment", "D2", "works", 0.68, months=(8, 14)),
    _home("Fewer alarms at night", "environment", "F1", "unsafe", 1.6, months=(15, 23)),
    Plan("Prayer and tea first", "routine", "D1", "works"),
    Plan("Slow waking with the curtains", "routine", "D1", "null", after_incidents=True),
    Plan("Same chair, same table", "meals", "D1", "null", after_incidents=True, declared="after"),
    Plan("Shower every morning", "routine", "D1", "worse"),
    Plan("Calm corner in the morning", "environment", "D1", "unsafe", level=0.62, calming_ratio=2.8),
)
ROWAN = (
    Plan("Welsh songs on waking", "music", "D1", "works", months=(13, 28), also=("L8",)),
    Plan("Breakfast with the cat", "activities", "D1", "null", after_incidents=True, months=(13, 28)),
    Plan("A chat over tea every day", "activities", "L4", "works", months=(10, 24), declared_days=84),
    _home("Planning together, three ways", "three_way_planning", "K1", "null", also=("V2", "V5", "V8")),
)
LARCH = (
    _home("Footwear and foot care mornings", "other", "F1", "null", months=(8, 13)),
    _home("Quiet evenings", "environment", "D2", "unsafe", 0.6, months=(15, 23), calming_ratio=2.6),
    Plan("Time to wake before help", "routine", "D1", "works", declared_days=56),
    Plan("Radio stories", "music", "D1", "null", after_incidents=True, also=("L8",)),
    Plan("Own mug, own place", "meals", "D1", "null", after_incidents=True),
    Plan("Everyone down by eight", "routine", "D1", "worse"),
    Plan("Mouth care after breakfast", "routine", "C1", "works"),
)
MAPLE = (
    Plan("Porridge and the radio", "routine", "D1", "works", declared="never"),
    Plan("Waking with the dog", "activities", "D1", "null", after_incidents=True, declared="never"),
    _home("Afternoon gardening", "activities", "D2", "null", declared="never"),
)
POPLAR = (_home("Handrails and clear floors", "environment", "F1", "null"),)
CEDAR = (
    Plan("Visits at the time chosen", "visits", "C4", "works"),
    Plan("Later mornings at weekends", "visits", "C4", "works", declared="after"),
    Plan("Bed visit after the news", "visits", "C4", "null"),
    Plan("Shorter, more frequent visits", "visits", "C4", "worse"),
    _home("Staying at home together", "three_way_planning", "I6", "null", also=("V2", "V5", "V8")),
    Plan(
        "A wash when the kettle has boiled",
        "routine",
        "C1",
        "works",
        effect=-22,
        level=0.40,
        months=(12, 27),
        ladder=3,
        also=("C4", "C6", "L13"),
        later=True,
    ),
)
HAZEL = (
    _home("Same small team", "visits", "D2", "null", declared="never"),
    Plan("Kettle on first", "visits", "D1", "null", after_incidents=True, declared="never"),
)
HOLLY = (
    Plan("Bus to the market", "positive_risk", "F1", "works", effect=12, also=("F3",)),
    Plan("Choosing the evening", "choice", "R1", "null"),
    Plan("Evening wash with the rota", "routine", "C1", "worse"),
)
