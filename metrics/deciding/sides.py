"""Two sides of deciding: best-interest and duty decisions on one, everyday choices and own consent on the other.

Losing capacity for one matter takes away no other choice. A best-interest decision on an everyday matter is therefore
listed one by one, and none is the aim.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from data.records import Checked, Decision

NOT_RECORDED = "not_recorded"
PARTS = ("capacity", "consulted", "wishes_considered", "less_restrictive", "decider")
"""What a complete best-interest record holds (R3): capacity for this matter, consulted, wishes, less restrictive, decider."""
ASSESSED = ("has", "fluctuates", "lacks")
YES_OR_NO = ("consulted", "wishes_considered", "less_restrictive")
MEASURE = "everyday_choice"
NO_ELEMENT = ""


@dataclass(frozen=True)
class Choices:
    """Everyday choices of one kind (clothes, food, …): who led. ``none_arose`` is shown beside and counted with neither."""

    element: str
    person: int
    shared: int
    others: int
    none_arose: int

    @property
    def looked_at(self) -> int:
        return self.person + self.shared + self.others


@dataclass(frozen=True)
class Sides:
    """Decisions by their kind, each newest first, and everyday choices by what they were about."""

    best_interest: tuple[Decision, ...]
    duty: tuple[Decision, ...]
    own_consent: tuple[Decision, ...]
    everyday: tuple[Decision, ...]
    choices: tuple[Choices, ...]

    @property
    def on_everyday_matters(self) -> tuple[Decision, ...]:
        """Best-interest decisions on everyday matters (R2): each calls for a second look."""
        return tuple(each for each in self.best_interest if each.domain == "everyday")

    @property
    def incomplete(self) -> tuple[Decision, ...]:
        """Best-interest decisions of which a part is not written down (R3)."""
        return tuple(each for each in self.best_interest if missing_parts(each))

    @property
    def missing(self) -> Mapping[str, int]:
        """How often each part is not written down, in the order of ``PARTS``, the parts never missing included."""
        counted = Counter(part for each in self.best_interest for part in missing_parts(each))
        return {part: counted[part] for part in PARTS}

    @property
    def led(self) -> tuple[int, int]:
        """Everyday choices the person led, over those looked at."""
        return sum(each.person for each in self.choices), sum(each.looked_at for each in self.choices)

    @property
    def has_anything(self) -> bool:
        return any((self.best_interest, self.duty, self.own_consent, self.everyday, self.choices))


def sides(decisions: Iterable[Decision], checks: Iterable[Checked]) -> Sides:
    """Both sides of a stretch of time."""
    by_kind: dict[str, list[Decision]] = defaultdict(list)
    for each in sorted(decisions, key=lambda each: (each.decided_on, each.decision_id), reverse=True):
        by_kind[each.kind].append(each)
    return Sides(
        best_interest=tuple(by_kind["best_interest"]),
        duty=tuple(by_kind["duty"]),
        own_consent=tuple(by_kind["own_consent"]),
        everyday=tuple(by_kind["everyday_choice"]),
        choices=choices(checks),
    )


def choices(checks: Iterable[Checked]) -> tuple[Choices, ...]:
    """Everyday choices by what they were about, in alphabetical order; those without a word last."""
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for each in checks:
        if each.measure == MEASURE:
            found[(each.element or NO_ELEMENT).strip().lower()][each.result] += 1
    return tuple(
        Choices(element, told["met"], told["partly"], told["not_met"], told["not_applicable"])
        for element, told in sorted(found.items(), key=lambda pair: (pair[0] == NO_ELEMENT, pair[0]))
    )


def missing_parts(decision: Decision) -> tuple[str, ...]:
    """Which of the five parts of a complete record are not written down."""
    return tuple(part for part in PARTS if not _written(decision, part))


def answered_no(decision: Decision) -> tuple[str, ...]:
    """Parts that are written down and say no: the record is complete, and the answer still calls for a look."""
    return tuple(part for part in YES_OR_NO if getattr(decision, part) == "no")


def _written(decision: Decision, part: str) -> bool:
    if part == "capacity":
        return decision.capacity in ASSESSED
    return getattr(decision, part) not in (NOT_RECORDED, "", None)
