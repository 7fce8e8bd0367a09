"""One group of people beside everybody else in the same days, and how far the groups are known at all.

A gap has no verdict: it says how far apart two groups were found, and how far the truth may lie from that. Groups too
small to be shown are put together as "others"; where the others or the rest are too few, it is said and nothing is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from data.contract import NOT_RECORDED
from data.facts import Facts
from data.model import Impossible, Period, Rows, Scope, Tally, total
from metrics.catalogue import Catalogue
from metrics.estimators.clustered_rates import ENOUGH_PEOPLE, clustered_rate_ratio
from metrics.estimators.shares import clustered_share_difference
from metrics.kinds import common, module_for, score, stay
from metrics.model import Effect, Outcome, Side
from metrics.splits.parts import OTHERS, TOO_FEW, can_split, is_small

ETHNIC_GROUPS = ("asian", "black", "mixed", "white", "other")
ETHNICITY, RECORDED = "ethnicity_group", "E6"
BESIDES_STARRED = ("V1", "L9", "G10", "E7")
"""Looked at by group though not all of them are of the first release (E8, and health checks for themselves)."""
COLUMNS = (ETHNICITY, "first_language", "language_match", "communication_need", "stage")
"""What is known of people by which groups are set side by side."""


@dataclass(frozen=True)
class GroupGap:
    """One group beside everybody else in the same days: a ratio (1 = no gap) or a difference (0 = none), group less rest."""

    name: str
    words: tuple[str, ...]
    group: Side
    rest: Side
    effect: Effect | None
    reason: str | None = None

    @property
    def clear(self) -> bool:
        """Whether the range of the gap leaves out that there is none."""
        effect = self.effect
        if effect is None:
            return False
        above = effect.low is not None and effect.low > effect.no_change
        below = effect.high is not None and effect.high < effect.no_change
        return above or below


@dataclass(frozen=True)
class Gap:
    """The gaps between groups in a period, with how far the groups are known at all: never one without the other.

    ``recorded`` is E6 for ethnic groups and people with anything in the column for the others. ``together`` is everybody
    outside the largest group, beside it. ``people`` says how many people there were of each word, not recorded included.
    """

    outcome: Outcome
    period: Period
    recorded: Tally
    groups: tuple[GroupGap, ...]
    column: str = ETHNICITY
    together: GroupGap | None = None
    people: tuple[tuple[str, int], ...] = ()


def gap(
    facts: Facts, catalogue: Catalogue, service_id: str, outcome: Outcome, period: Period, column: str = ETHNICITY
) -> Gap:
    """An outcome of the first release by group: each group beside all others, with the interval of the gap.

    Raises Impossible for another outcome, and where nobody's group is written down: without knowing how far it is
    known a gap cannot be read, for nobody knows who is missing.
    """
    _check(outcome, column)
    scope = Scope(service_id)
    people = facts.words_of(scope, Rows("people"), column, [period])
    recorded = _recorded(facts, catalogue, scope, period, column, people)
    known = known_words(people, column)
    if not recorded.numerator or not known:
        raise Impossible(f"Nobody's {_called(column)} is written down here, so a gap between groups cannot be shown.")

    def beside(name: str, words: tuple[str, ...]) -> GroupGap:
        rest = tuple(word for word in known if word not in words)
        return _beside_the_rest(facts, outcome, scope, period, column, name, words, rest)

    each = [beside(word, (word,)) for word in known]
    small = [found for found in each if is_small(outcome, found.group.tally, Tally(0, 0))]
    small_ones = tuple(small)
    groups = [found for found in each if found not in small]
    if len(small) > 1 and groups:
        pooled = beside(OTHERS, tuple(word for found in small for word in found.words))
        if not is_small(outcome, pooled.group.tally, Tally(0, 0)):
            small, groups = [], [*groups, pooled]
    groups += [replace(found, effect=None, reason=TOO_FEW) for found in small]
    largest = replace(each[0], effect=None, reason=TOO_FEW) if each[0] in small_ones else each[0]
    together = _turned_round(largest, tuple(known[1:])) if len(known) > 1 else None
    return Gap(outcome, period, recorded, tuple(groups), column, together, tuple(people.items()))


def can_compare(outcome: Outcome, column: str = ETHNICITY) -> bool:
    """Whether an outcome is one that is looked at by group, and its rows say whose they are."""
    looked_at = outcome.starred or outcome.code in BESIDES_STARRED
    return looked_at and outcome.code != RECORDED and can_split(outcome, f"person.{column}")


def known_words(people: Iterable[str], column: str) -> tuple[str, ...]:
    """The words of a column that name a group, in the order given."""
    return tuple(word for word in people if (word in ETHNIC_GROUPS if column == ETHNICITY else word != NOT_RECORDED))


def _check(outcome: Outcome, column: str) -> None:
    if column not in COLUMNS:
        raise Impossible(f'Groups are not told apart by "{column}". They can be by: {", ".join(COLUMNS)}.')
    if not outcome.starred and outcome.code not in BESIDES_STARRED:
        raise Impossible(f"{outcome.code} is not looked at by {_called(column)}.")
    if not can_split(outcome, f"person.{column}"):
        raise Impossible(f"{outcome.code} cannot be taken apart by who the people are.")


def _called(column: str) -> str:
    return "ethnic group" if column == ETHNICITY else column.replace("_", " ")


def _recorded(
    facts: Facts, catalogue: Catalogue, scope: Scope, period: Period, column: str, people: Mapping[str, int]
) -> Tally:
    """How far the column is known: E6 for ethnic groups, else people with anything written there."""
    if column != ETHNICITY:
        everybody = sum(people.values())
        return Tally(everybody - people.get(NOT_RECORDED, 0), everybody)
    asked = catalogue.get(RECORDED)
    if asked is None:
        raise Impossible("The gap between groups is only shown beside E6, and there is no such outcome file.")
    return _tally(facts, asked, scope, period)


def _turned_round(largest: GroupGap, others: tuple[str, ...]) -> GroupGap:
    """The same gap seen from the other side: everybody outside the largest group, beside it."""
    effect = largest.effect
    if effect is not None:
        effect = replace(
            effect,
            estimate=_inverse(effect, effect.estimate),
            low=_inverse(effect, effect.high),
            high=_inverse(effect, effect.low),
        )
    return GroupGap(OTHERS, others, largest.rest, largest.group, effect, largest.reason)


def _inverse(effect: Effect, figure: float | None) -> float | None:
    if figure is None:
        return None
    if effect.scale != "ratio":
        return 0.0 - figure
    return 1 / figure if figure else None


def _beside_the_rest(
    facts: Facts,
    outcome: Outcome,
    scope: Scope,
    period: Period,
    column: str,
    name: str,
    words: tuple[str, ...],
    rest: tuple[str, ...],
) -> GroupGap:
    if not rest:
        nothing = Side(period, Tally(0, 0), None)
        only = _figure(facts, outcome, replace(scope, people=((column, words),)), period)
        return GroupGap(name, words, only, nothing, None, "no_other_group")
    others, group = (replace(scope, people=((column, these),)) for these in (rest, words))
    one, two, effect = _between(facts, outcome, others, group, period)
    if is_small(outcome, one.tally, Tally(0, 0)):
        effect = None
    return GroupGap(name, words, two, one, effect, None if effect is not None else TOO_FEW)


def _figure(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> Side:
    return common.side(outcome, period, _tally(facts, outcome, scope, period))


def _tally(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> Tally:
    return module_for(outcome.kind).series(facts, outcome, scope, (period,)).total


def _between(
    facts: Facts, outcome: Outcome, one: Scope, other: Scope, period: Period
) -> tuple[Side, Side, Effect | None]:
    """Two groups of people in the same days, the second compared with the first; people are the clusters throughout."""
    if outcome.kind == "score":
        return score.between(facts, outcome, one, other, period)
    if outcome.kind == "stay":
        return stay.between(facts, outcome, one, other, period)
    inside = common.events_part(facts, outcome, one, period) or period
    people = [_people(facts, outcome, scope, inside) for scope in (one, other)]
    sides = [common.side(outcome, period, total(tuple(each))) for each in people]
    effect = None
    if outcome.kind == "rate":
        if min(sum(tally.denominator > 0 for tally in each) for each in people) >= ENOUGH_PEOPLE:
            pairs = [[(tally.numerator, tally.denominator) for tally in each] for each in people]
            ratio = clustered_rate_ratio(pairs[0], pairs[1])
            effect = Effect("ratio", ratio.estimate, ratio.interval.low, ratio.interval.high, ratio.method)
    elif all(side.tally.denominator for side in sides):
        shares = [  # nobody is in both groups
            {f"{side} {n}": (float(tally.numerator), tally.denominator) for n, tally in enumerate(each)}
            for side, each in zip(("rest", "group"), people, strict=True)
        ]
        found = clustered_share_difference(shares[0], shares[1])
        low, high = found.interval.low, found.interval.high
        assert low is not None and high is not None
        effect = Effect("points", found.estimate * 100, low * 100, high * 100, found.method)
    return sides[0], sides[1], effect


def _people(facts: Facts, outcome: Outcome, scope: Scope, period: Period) -> list[Tally]:
    """One tally a person."""
    if outcome.kind == "rate":
        return list(facts.person_tallies(scope, outcome.counts, period).values())
    if outcome.kind == "day_share":
        marks = facts.day_marks(scope, outcome.counts, outcome.window, outcome.observed, period)
        return [each.tally for each in marks]
    assert outcome.over is not None
    return list(facts.share_clusters(scope, outcome.counts, outcome.over, outcome.share_of, period))
