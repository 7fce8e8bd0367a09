"""What an interrupted series says, in one or two plain sentences: what was to be expected, what came, how sure."""

from __future__ import annotations

from data.model import Question
from metrics.estimators.intervals import Interval
from metrics.model import Outcome
from metrics.series.interrupted import Interrupted
from metrics.words import at_least, number, whole

NONE = "no difference"
HOPELESS = 10.0
IF_CONTINUED = "If the earlier pattern had simply continued we would have expected about"


def continued(outcome: Outcome, found: Interrupted, question: Question = "change") -> str:
    """What the earlier pattern would have brought, what was recorded, and how far the difference may be off."""
    said = _events(outcome, found, question) if found.averted is not None else _points(outcome, found, question)
    beside = set_beside(found)
    return f"{said} {beside}" if beside else said


def set_beside(found: Interrupted) -> str:
    """What is left of it beside the series the change could not have reached; empty without one."""
    if found.beside is None:
        return ""
    own, effect = found.beside.comparison.effect, found.beside.effect
    other = f"{found.beside.name}, which the change could not have reached, came to {_moved(found, own.value)}"
    here = f"set beside that, it was {_moved(found, effect.value)} here"
    low, high = effect.interval.low, effect.interval.high
    if low is None or high is None:
        return f"{other}; {here}, and how far that may be off cannot be said."
    return f"{other}; {here}, and it could be anything from {_apart(found, low)} to {_apart(found, high)}."


def _moved(found: Interrupted, figure: float) -> str:
    """ "12 in 100 fewer than expected"; "what was expected" where nothing moved."""
    said = _apart(found, figure)
    return "what was expected" if said == NONE else f"{said} than expected"


def _apart(found: Interrupted, figure: float) -> str:
    """A ratio or a difference as so many in 100 fewer or more."""
    points = (figure - 1) * 100 if found.scale == "ratio" else figure
    if round(abs(points)) == 0:
        return NONE
    return f"{whole(abs(points))} in 100 {'fewer' if points < 0 else 'more'}"


def _events(outcome: Outcome, found: Interrupted, question: Question) -> str:
    averted = found.averted
    assert averted is not None
    limits = event_limits(found)
    opening = (
        f"{IF_CONTINUED} {whole(found.expected)} {outcome.many_things}; "
        f"there {'was' if found.observed == 1 else 'were'} {whole(found.observed)}."
    )
    fewer = found.expected - found.observed
    if _hopeless(found.effect.interval):
        end = ", so we cannot tell yet" if question == "change" else ""
        return f"{opening} On so thin a record that could as well be far fewer or far more than expected{end}."
    return f"{opening} {_difference(fewer, limits, question, '')}"


def _hopeless(ratio_limits: Interval) -> bool:
    """Whether the range leaves open both a tenth and ten times as many: figures would only seem to say something."""
    low, high = ratio_limits.low, ratio_limits.high
    return (low is None or low < 1 / HOPELESS) and (high is None or high > HOPELESS)


def _points(outcome: Outcome, found: Interrupted, question: Question) -> str:
    opening = (
        f"{IF_CONTINUED} {whole(found.expected)} {outcome.many_things} in every 100 {outcome.many_of}; "
        f"there were {whole(found.observed)}."
    )
    low, high = found.effect.interval.low, found.effect.interval.high
    assert low is not None and high is not None
    return f"{opening} {_difference(-found.effect.value, Interval(-high, -low), question, ' in 100')}"


def event_limits(found: Interrupted) -> Interval:
    """Limits of the events averted, by the count itself; by the ratio where the two disagree about no change, or
    where the count's would have fewer than none to be expected.

    The verdict rests on the ratio, whose limits cannot promise more than there was, so the words follow it.
    """
    averted = found.averted
    assert averted is not None
    count, ratio_limits = averted.averted_interval, averted.ratio_interval
    possible = count.low is not None and count.low > -averted.fitted
    if possible and count.contains(0) == ratio_limits.contains(1):
        return count
    low, high = ratio_limits.low, ratio_limits.high
    return Interval(
        None if high is None else averted.fitted * (1 / high - 1),
        None if not low else averted.fitted * (1 / low - 1),
        count.level,
    )


def _difference(fewer: float, limits: Interval, question: Question, unit: str) -> str:
    """ "That is 24 fewer, but it could be anything from 91 fewer to 44 more, so we cannot tell yet." """
    most, least = limits.high, limits.low
    word = "fewer" if fewer >= 0 else "more"
    that = f"That is {at_least(abs(fewer))} {word}{unit}" if round(abs(fewer), 9) else "That is no difference"
    if least is None or most is None:
        return f"{that}; how far it may be off cannot be said."
    if least > 0:
        return f"{that}, and it could be anything from {at_least(least)} to {at_least(most)} fewer."
    if most < 0:
        return f"{that}, and it could be anything from {at_least(-most)} to {at_least(-least)} more."
    end = ", so we cannot tell yet" if question == "change" else ""
    return f"{that}, but it could be anything from {at_least(most)} fewer to {at_least(-least)} more{end}."


def ratio(value: float) -> str:
    """A ratio as it stands in a table, always to as many places: 0.885, 1.200, 12.4."""
    return f"{value:.3f}" if value < 10 else number(value, 1)


def signed(value: float) -> str:
    """A difference with its sign: +3.2, −12."""
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value), 1)}"
