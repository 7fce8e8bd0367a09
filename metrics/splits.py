"""An outcome taken apart: by element, kind or harm of its rows, or by who the people are; and the gap between groups.

A part has no verdict of its own: the more parts one looks at, the more of them look different by chance. Parts of
fewer than ten rows or five events are put together as "others", and where even those are few it is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from data.contract import NOT_RECORDED
from data.facts import Facts
from data.model import Impossible, Period, Rows, Scope, Series, Tally, total
from metrics.catalogue import Catalogue, columns_of
from metrics.estimators.clustered_rates import ENOUGH_PEOPLE, clustered_rate_ratio
from metrics.estimators.shares import clustered_share_difference
from metrics.kinds import common, module_for, score, stay
from metrics.model import Change, Comparison, Effect, Finding, Outcome, Side
from metrics.trend import Step, trend

SPLITS = (
    "element", "shift", "kind", "harm", "person.stage", "person.ethnicity_group", "person.communication_need",
    "service.setting", "service.nation", "intervention.ladder_level",
)  # fmt: skip
"""By what any outcome may be taken apart, where its rows have it; a file may name more."""
OTHERS = "others"
FEWEST_ROWS, FEWEST_EVENTS = 10, 5
TOO_FEW = "too_few_to_show_apart"
ETHNIC_GROUPS = ("asian", "black", "mixed", "white", "other")
ETHNICITY, RECORDED = "ethnicity_group", "E6"
BESIDES_STARRED = ("V1", "L9", "G10")
"""Looked at by ethnic group though not all of them are of the first release (E8)."""


@dataclass(frozen=True)
class Part:
    """One part of an outcome: the words that stand in the column (several in "others"), both sides, the effect.

    ``reason`` says why there is no effect.
    """

    name: str
    words: tuple[str, ...]
    before: Side
    after: Side
    effect: Effect | None
    reason: str | None = None


@dataclass(frozen=True)
class GroupGap:
    """One group beside everybody else in the same days: a ratio (1 = no gap) or a difference (0 = none), group less rest."""

    name: str
    words: tuple[str, ...]
    group: Side
    rest: Side
    effect: Effect | None
    reason: str | None = None


@dataclass(frozen=True)
class Gap:
    """The gaps between groups in a period, with how far the groups are known at all (E6): never one without the other."""

    outcome: Outcome
    period: Period
    recorded: Tally
    groups: tuple[GroupGap, ...]


def split(facts: Facts, finding: Finding, column: str) -> tuple[Part, ...]:
    """The finding's outcome by the words of a column, the commonest first, others last.

    Raises Impossible when the outcome's rows do not have the column.
    """
    outcome, scope, comparison = finding.outcome, finding.intervention.scope, finding.comparison
    check_column(outcome, column)
    if comparison is None:
        return ()
    periods = [period for period in (comparison.before, comparison.after) if period is not None]
    found = _words(facts, outcome, scope, column, periods)
    parts, small = [], []
    for word in found:
        part = _part(facts, outcome, scope, comparison, column, word, (word,))
        if _is_small(outcome, part.before.tally, part.after.tally):
            small.append(part)
        else:
            parts.append(part)
    return (*parts, *_pooled(facts, outcome, scope, comparison, column, small))


def trend_by(
    facts: Facts, outcome: Outcome, scope: Scope, period: Period, column: str, step: Step = "month"
) -> dict[str, Series]:
    """The outcome over time for each word of a column, the commonest first; small ones together as "others".

    Raises Impossible when the outcome's rows do not have the column.
    """
    check_column(outcome, column)
    lines: dict[str, Series] = {}
    small: list[str] = []
    for word in _words(facts, outcome, scope, column, (period,)):
        line = trend(facts, *_narrowed(outcome, scope, column, (word,)), period, step)
        if _is_small(outcome, line.total, Tally(0, 0)):
            small.append(word)
        else:
            lines[word] = line
    if len(small) > 1:
        line = trend(facts, *_narrowed(outcome, scope, column, tuple(small)), period, step)
        if not _is_small(outcome, line.total, Tally(0, 0)):
            lines[OTHERS] = line
    return lines


def check_column(outcome: Outcome, column: str) -> None:
    """Raises Impossible when an outcome cannot be taken apart by this column, with the columns that it can."""
    can = [name for name in dict.fromkeys((*outcome.splits, *SPLITS)) if _can(outcome, name)]
    if column not in can:
        raise Impossible(f'{outcome.code} cannot be split by "{column}". It can be split by: {", ".join(can)}.')


def _can(outcome: Outcome, column: str) -> bool:
    if outcome.table == "totals":
        return False
    there = columns_of(outcome.table)
    if column.startswith("person."):
        return outcome.table == "matters" or "person_id" in there
    if outcome.kind == "stay":
        return False
    if column.startswith("intervention."):
        return bool({"intervention_id"} & there)
    return column in there


def gap(facts: Facts, catalogue: Catalogue, service_id: str, outcome: Outcome, period: Period) -> Gap:
    """An outcome of the first release by ethnic group: each group beside all others, with the interval of the gap.

    Raises Impossible for another outcome, and where nobody's ethnic group is written down: without E6 beside it a
    gap cannot be read, for nobody knows who is missing.
    """
    asked = catalogue.get(RECORDED)
    if asked is None:
        raise Impossible("The gap between groups is only shown beside E6, and there is no such outcome file.")
    if not outcome.starred and outcome.code not in BESIDES_STARRED:
        raise Impossible(f"{outcome.code} is not looked at by ethnic group.")
    check_column(outcome, f"person.{ETHNICITY}")
    scope = Scope(service_id)
    recorded = _tally(facts, asked, scope, period)
    there = facts.words_of(scope, Rows("people"), ETHNICITY, [period])
    known = [word for word in there if word in ETHNIC_GROUPS]
    if not recorded.numerator or not known:
        raise Impossible("Nobody's ethnic group is written down here, so a gap between groups cannot be shown.")
    groups: list[GroupGap] = []
    small: list[GroupGap] = []
    for word in known:
        rest = tuple(other for other in known if other != word)
        found = _beside_the_rest(facts, outcome, scope, period, word, (word,), rest)
        (small if _is_small(outcome, found.group.tally, Tally(0, 0)) else groups).append(found)
    if len(small) > 1:
        words = tuple(word for each in small for word in each.words)
        rest = tuple(word for word in known if word not in words)
        pooled = _beside_the_rest(facts, outcome, scope, period, OTHERS, words, rest)
        small = [] if not _is_small(outcome, pooled.group.tally, Tally(0, 0)) else small
        groups += [] if small else [pooled]
    groups += [replace(each, effect=None, reason=TOO_FEW) for each in small]
    return Gap(outcome, period, recorded, tuple(groups))


# Parts -----------------------------------------------------------------------------------------------


def _words(facts: Facts, outcome: Outcome, scope: Scope, column: str, periods: Sequence[Period]) -> tuple[str, ...]:
    """The words there are, commonest first: of the people who were there, or of the rows themselves."""
    if not periods:
        return ()
    if column.startswith("person.") and scope.person_id is None:
        found = facts.words_of(scope, Rows("people"), column.removeprefix("person."), periods)
        if found:
            return tuple(found)
    return tuple(facts.words_of(scope, outcome.over or outcome.counts, column, periods))


def _part(
    facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison, column: str, name: str, words: tuple[str, ...]
) -> Part:
    narrower, whose = _narrowed(outcome, scope, column, words)
    change: Change = module_for(outcome.kind).change(facts, narrower, whose, comparison)
    reason = None
    if change.effect is None:
        reason = change.why_none or ("no_exposure" if change.basis == "none" else "no_data")
    return Part(name, words, change.before, change.after, change.effect, reason)


def _narrowed(outcome: Outcome, scope: Scope, column: str, words: tuple[str, ...]) -> tuple[Outcome, Scope]:
    """The same question about fewer people, or about fewer rows."""
    prefix, dot, own = column.partition(".")
    if dot and prefix == "person":
        return outcome, replace(scope, people=(*scope.people, (own, words)))
    over = None if outcome.over is None else _with(outcome.over, column, words)
    return replace(outcome, counts=_with(outcome.counts, column, words), over=over), scope


def _with(rows: Rows, column: str, words: tuple[str, ...]) -> Rows:
    """The filter, narrowed to these words of the column; to none that can be when it let in others only."""
    already: Sequence[str] | None = rows.where.get(column)
    kept = words if already is None else tuple(word for word in words if word in already)
    return Rows(rows.table, {**rows.where, column: kept or ("",)})


def _is_small(outcome: Outcome, before: Tally, after: Tally) -> bool:
    if outcome.scale == "ratio":
        return before.numerator + after.numerator < FEWEST_EVENTS
    if outcome.kind == "score":
        return before.numerator + after.numerator < FEWEST_ROWS
    return before.denominator + after.denominator < FEWEST_ROWS


def _pooled(
    facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison, column: str, small: Sequence[Part]
) -> tuple[Part, ...]:
    """Small parts together; each by itself, without an effect, where they cannot be put together."""
    known = [part for part in small if NOT_RECORDED not in part.words]
    alone = [part for part in small if part not in known or len(known) == 1]
    told = []
    if len(known) > 1:
        words = tuple(word for part in known for word in part.words)
        together = _part(facts, outcome, scope, comparison, column, OTHERS, words)
        enough = not _is_small(outcome, together.before.tally, together.after.tally)
        told.append(together if enough else replace(together, effect=None, reason=TOO_FEW))
    return (*told, *(replace(part, effect=None, reason=TOO_FEW) for part in alone))


# Groups ----------------------------------------------------------------------------------------------


def _beside_the_rest(
    facts: Facts,
    outcome: Outcome,
    scope: Scope,
    period: Period,
    name: str,
    words: tuple[str, ...],
    rest: tuple[str, ...],
) -> GroupGap:
    if not rest:
        nothing = Side(period, Tally(0, 0), None)
        only = _figure(facts, outcome, replace(scope, people=((ETHNICITY, words),)), period)
        return GroupGap(name, words, only, nothing, None, "no_other_group")
    others, group = (replace(scope, people=((ETHNICITY, these),)) for these in (rest, words))
    one, two, effect = _between(facts, outcome, others, group, period)
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
