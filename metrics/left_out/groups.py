"""Gaps between groups for the page “Who is left out”: one outcome in full, several at a glance, who is known at all."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from data.contract import NOT_RECORDED
from data.facts import Facts
from data.model import Impossible, Period, Rows, Scope
from metrics.catalogue import Catalogue
from metrics.model import Effect, Outcome
from metrics.splits import ETHNICITY, Gap, GroupGap, can_compare, gap, known_words

NOT_ABOUT_A_PERSON = ("E6", "G8", "Q2", "T1", "T2", "K3")
"""Outcomes of the first release whose rows are about staff, meetings or the record itself: no group of people has them."""
AT_A_GLANCE = ("V1", "L9", "V10", "L6", "D2", "D5", "F2", "F5", "C3", "G1", "E7")
"""Being heard first, then distress and what is done about it, falls with harm, and whether promises are kept alike."""
DECLINED = "prefer_not_to_say"
TOGETHER_FIRST = (ETHNICITY, "first_language")
"""Where most people are of one group, everybody outside it is first seen together, for each group alone is small."""


@dataclass(frozen=True)
class Known:
    """How far a column is known of the people who were there: how many of each word, how many of none."""

    column: str
    people: tuple[tuple[str, int], ...]

    @property
    def everybody(self) -> int:
        return sum(count for _, count in self.people)

    @property
    def groups(self) -> tuple[str, ...]:
        """The words that name a group, the commonest first."""
        return known_words((word for word, _ in self.people), self.column)

    @property
    def not_recorded(self) -> int:
        return dict(self.people).get(NOT_RECORDED, 0)

    @property
    def declined(self) -> int:
        """Asked, and would rather not say: known to have been asked, in no group."""
        return dict(self.people).get(DECLINED, 0) if self.column == ETHNICITY else 0


def known(facts: Facts, service_id: str, period: Period, column: str) -> Known:
    """Who was there in the period, by the words of a column."""
    return Known(column, tuple(facts.words_of(Scope(service_id), Rows("people"), column, [period]).items()))


def comparable(outcomes: Sequence[Outcome], column: str) -> tuple[Outcome, ...]:
    """Those of the outcomes recorded that can be looked at by groups of people."""
    return tuple(each for each in outcomes if each.code not in NOT_ABOUT_A_PERSON and can_compare(each, column))


def at_a_glance(
    facts: Facts, catalogue: Catalogue, service_id: str, codes: Sequence[str], period: Period, column: str
) -> tuple[Gap, ...]:
    """Several outcomes, in the order given; none where nobody's group is known."""
    found = []
    for code in codes:
        outcome = catalogue.get(code)
        if outcome is None:
            continue
        try:
            found.append(gap(facts, catalogue, service_id, outcome, period, column))
        except Impossible:
            continue
    return tuple(found)


def leading(found: Gap) -> GroupGap | None:
    """The gap a page speaks of first; None where none has a range.

    Everybody outside the largest group where that is one of ``TOGETHER_FIRST``; else the widest of those that leave out
    that there is none, else the widest.
    """
    if found.column in TOGETHER_FIRST and found.together is not None and found.together.effect is not None:
        return found.together
    ranged = [each for each in found.groups if each.effect is not None]
    return max(ranged, key=lambda each: (each.clear, width(each.effect)), default=None)


def width(effect: Effect | None) -> float:
    """How far from no gap an estimate lies; ratios by their logarithm, so that half and twice are as far."""
    if effect is None or effect.estimate is None:
        return 0.0
    if effect.scale != "ratio":
        return abs(effect.estimate)
    return abs(math.log(effect.estimate)) if effect.estimate > 0 else math.inf
