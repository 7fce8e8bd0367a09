"""Staying put: moves out over the years lived there, and beside it how many are still there after 90 and 180 days.

The effect is the ratio of two rates of moves. A hospital stay does not end a spell of living somewhere, so nights in
hospital count as days lived there: it is from there that some do not come back.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from data.facts import Facts
from data.model import Period, Scope, Series, Spell, Tally, total
from metrics.estimators.rates import rate_ratio_exact
from metrics.estimators.survival import COMPETING, OF_INTEREST, STILL_THERE, IncidenceAt, cumulative_incidence
from metrics.kinds import common
from metrics.model import Change, Comparison, Effect, Outcome, Side, Staying, StillThere

LOOKED_AT_DAYS = (90, 180)
FEWEST_FOLLOWED = 5
"""A curve one of whose steps rests on fewer people than this says more about them than about the home."""


def change(facts: Facts, outcome: Outcome, scope: Scope, comparison: Comparison) -> Change:
    """Moves before, moves after, and the ratio of their rates with exact limits, widened for people who move twice."""
    periods = (comparison.before, comparison.after)
    inside = tuple(None if each is None else common.events_part(facts, outcome, scope, each) for each in periods)
    spells = tuple(_spells(facts, outcome, scope, period) for period in periods)
    sides = tuple(
        common.side(outcome, period, _side_tally(facts, outcome, scope, period, found))
        for period, found in zip(periods, spells, strict=True)
    )
    before, after = sides
    effect = None
    if before.tally.denominator and after.tally.denominator:
        moves = Counter(
            spell.person_id
            for period, found in zip(inside, spells, strict=True)
            for spell in found
            if period is not None and _moved(outcome, spell, period)
        )
        found_ratio = rate_ratio_exact(
            before.tally.numerator,
            before.tally.denominator,
            after.tally.numerator,
            after.tally.denominator,
            dispersion=_repeats(moves),
        )
        interval = found_ratio.interval
        effect = Effect("ratio", found_ratio.estimate, interval.low, interval.high, found_ratio.method)
    return Change(
        before,
        after,
        effect=effect,
        basis="stays" if any(spells) else "given",
        staying=Staying(*(_still_there(outcome, found, period) for found, period in zip(spells, inside, strict=True))),
    )


def series(facts: Facts, outcome: Outcome, scope: Scope, periods: Sequence[Period]) -> Series:
    """Moves over days lived there in each period inside the record."""
    if not periods:
        return Series((), ())
    whole = Period(periods[0].first, periods[-1].last)
    totals = common.totals_within(common.all_totals(facts, outcome, scope), whole)
    inside = [part for period in periods if (part := common.events_part(facts, outcome, scope, period)) is not None]
    spells = facts.spells(scope, whole) if inside else ()
    lived = Series(tuple(inside), tuple(_tally(outcome, spells, period) for period in inside), "stays")
    return common.joined(totals, lived)


def between(
    facts: Facts, outcome: Outcome, one: Scope, other: Scope, period: Period
) -> tuple[Side, Side, Effect | None]:
    """Two groups of people in the same days: moves of each, and the ratio of the second rate to the first."""
    spells = [_spells(facts, outcome, scope, period) for scope in (one, other)]
    inside = common.events_part(facts, outcome, one, period)
    tallies = [Tally(0, 0) if inside is None else _tally(outcome, found, inside) for found in spells]
    sides = [common.side(outcome, period, tally) for tally in tallies]
    if not all(tally.denominator for tally in tallies):
        return sides[0], sides[1], None
    moves = Counter(spell.person_id for found in spells for spell in found if _moved(outcome, spell, period))
    found_ratio = rate_ratio_exact(
        tallies[0].numerator,
        tallies[0].denominator,
        tallies[1].numerator,
        tallies[1].denominator,
        dispersion=_repeats(moves),
    )
    interval = found_ratio.interval
    return sides[0], sides[1], Effect("ratio", found_ratio.estimate, interval.low, interval.high, found_ratio.method)


def _spells(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None) -> tuple[Spell, ...]:
    inside = None if period is None else common.events_part(facts, outcome, scope, period)
    return () if inside is None else facts.spells(scope, inside)


def _side_tally(facts: Facts, outcome: Outcome, scope: Scope, period: Period | None, spells: Sequence[Spell]) -> Tally:
    if period is None:
        return Tally(0, 0)
    totals = total(common.totals_within(common.all_totals(facts, outcome, scope), period).tallies)
    inside = common.events_part(facts, outcome, scope, period)
    return totals if inside is None else totals + _tally(outcome, spells, inside)


def _tally(outcome: Outcome, spells: Sequence[Spell], period: Period) -> Tally:
    return Tally(
        sum(_moved(outcome, spell, period) for spell in spells), float(sum(spell.days_in(period) for spell in spells))
    )


def _moved(outcome: Outcome, spell: Spell, period: Period) -> bool:
    """Whether the spell ended inside the period in a way that is counted."""
    reasons = outcome.counts.where.get("end_reason")
    return spell.left_within(period) and (reasons is None or spell.end_reason in reasons)


def _repeats(moves: Counter[str]) -> float:
    """How many times as uncertain moves are because some people moved more than once.

    The variance of a count made up of clusters is the sum of their squares: two moves of one person weigh as four.
    """
    return max(1.0, sum(count**2 for count in moves.values()) / sum(moves.values())) if moves else 1.0


def _still_there(outcome: Outcome, spells: Sequence[Spell], period: Period | None) -> tuple[StillThere, ...] | None:
    """Still there so many days after moving in; None when nobody, or too few, can be followed.

    Time runs from the day of moving in, so whoever lived there already when the period began enters late. Any
    other way of leaving, death among them, is a competing event: whoever died can no longer move.
    """
    if period is None or not spells:
        return None
    entry, leave, cause = [], [], []
    for spell in spells:
        since = spell.moved_in.toordinal()
        left = spell.left_on is not None and spell.left_on <= period.last
        last = spell.left_on if left and spell.left_on is not None else period.last
        came, went = max(0, period.first.toordinal() - since), last.toordinal() - since
        if came > LOOKED_AT_DAYS[-1]:
            continue  # came into sight too late to say anything of the first half year
        entry.append(float(came))
        leave.append(float(went))
        cause.append((OF_INTEREST if _moved(outcome, spell, period) else COMPETING) if left else STILL_THERE)
    if not entry:
        return None
    found = cumulative_incidence(entry, leave, cause, LOOKED_AT_DAYS)
    told = []
    for days, each in zip(LOOKED_AT_DAYS, found.at, strict=True):
        if each.at_risk < FEWEST_FOLLOWED or _fewest_up_to(entry, leave, cause, days) < FEWEST_FOLLOWED:
            return None
        told.append(_told(days, each))
    return tuple(told)


def _fewest_up_to(entry: Sequence[float], leave: Sequence[float], cause: Sequence[int], days: int) -> int:
    """The fewest people a step of the curve up to ``days`` rests on."""
    steps = {left for left, why in zip(leave, cause, strict=True) if why != STILL_THERE and left <= days}
    sizes = [
        sum((first == 0 or first < step) and step <= last for first, last in zip(entry, leave, strict=True))
        for step in steps
    ]
    return min(sizes, default=len(leave))


def _told(days: int, each: IncidenceAt) -> StillThere:
    assert each.still_there is not None and each.estimate is not None and each.competing is not None
    return StillThere(
        days, each.still_there, each.estimate, each.competing, each.interval.low, each.interval.high, each.at_risk
    )
