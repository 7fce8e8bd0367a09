"""Figures as they are shown: rounded counts, what follows from them, and an interval rounded outwards."""

from __future__ import annotations

import math
from collections.abc import Sequence

from scipy import special, stats

from data.disclosure import Rules, rounded
from data.model import Tally
from data.releases.earlier import LEFT_OUT
from data.releases.model import Cell
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.proportions import wilson
from metrics.kinds.common import times
from metrics.model import Outcome
from metrics.releasing.figures import Figure
from metrics.releasing.people import Contributed

LEVEL = 0.95
FEWEST_TO_DIFFER = 5
"""With fewer people than this nobody can see how they differ from each other."""
EFFECT_STEP, MEAN_STEP = 0.5, 0.1
"""What the width of an interval is rounded up to, so that it does not say what is counted either."""


def decimals_of(outcome: Outcome) -> int:
    """How many decimals a released figure bears: none for a share, one for rates, moves and scores."""
    return 0 if outcome.kind == "share" else 1


def cell(figure: Figure, rules: Rules) -> Cell | None:
    """The figure as it is released; None where it is not given at all."""
    unit = figure.members.unit.code
    if figure.why == LEFT_OUT:
        return None
    if figure.why is not None or figure.found is None:
        services = len(figure.counted)
        return Cell(figure.outcome.code, unit, figure.length, figure.period, figure.status, services=services)
    return shown(figure.outcome, figure.found, rules, unit=unit, figure=figure)


def shown(
    outcome: Outcome, found: Contributed, rules: Rules, *, unit: str, figure: Figure, column: str = "", word: str = ""
) -> Cell:
    """A figure that may be shown. The value follows from the rounded parts, so that nobody can reckon back behind them.

    The mean of a score stands by itself, to one decimal; the number of answers is rounded.
    """
    numerator, denominator = rounded(found.count, rules), rounded(found.denominator, rules)
    decimals = decimals_of(outcome)
    if outcome.kind == "score":
        value = round(found.points / found.count, decimals) if found.count else None
    else:
        denominator = max(denominator, rules.rounding)
        numerator = min(numerator, denominator) if outcome.kind == "share" else numerator
        value = round(numerator / denominator * times(outcome), decimals)
    low, high = _outwards(interval(outcome, found, numerator, denominator, value, rules), decimals)
    if value is not None and low is not None and high is not None:
        low, high = min(low, value), max(high, value)
    return Cell(
        outcome.code, unit, figure.length, figure.period, "shown", numerator, denominator, value, low, high,
        len(figure.counted), column, word,
    )  # fmt: skip


def interval(
    outcome: Outcome, found: Contributed, count: int, over: int, value: float | None, rules: Rules
) -> tuple[float | None, float | None]:
    """Limits of a rate, share or mean of people who differ from each other, in the outcome's unit.

    ``count``, ``over`` and ``value`` are the figure as it is shown, and the limits lie around that: limits around the true
    figure would say what it is, since their middle does. Of the true figures only the number of people (rounded down) and
    how unlike each other they are (rounded up) go into the width.

    Range: from 0; shares end at 100. Assumes: people independent of each other. Rates: log-normal limits on the variance
    of a ratio of sums over people, never below that of independent events (Cochran 1977, Sampling Techniques, 6.3; Rao
    and Scott 1992, doi:10.2307/2532311); none seen: the exact Poisson limit (Garwood 1936, doi:10.1093/biomet/28.3-4.437).
    Shares: Wilson's limits on the sample that independent rows would have to be. Means: t limits over people.
    """
    tallies = [tally for tally in found.tallies.values() if tally.denominator > 0 or tally.numerator > 0]
    if not found.denominator or value is None or len(tallies) < FEWEST_TO_DIFFER:
        return None, None
    people = max(FEWEST_TO_DIFFER, len(tallies) // rules.rounding * rules.rounding)
    if outcome.kind == "score":
        reach = two_sided_quantile(LEVEL, people - 1) * _error_of_mean(found, tallies)
        reach = math.ceil(reach / MEAN_STEP - 1e-9) * MEAN_STEP
        return value - reach, value + reach
    unit = times(outcome)
    effect = _effect(outcome, found, tallies)
    if outcome.kind == "share":
        limits = wilson(count / effect, over / effect, LEVEL)
        return (limits.low or 0.0) * unit, (limits.high or 0.0) * unit
    if not count:
        return 0.0, float(special.chdtri(2, (1 - LEVEL) / 2)) / 2 / over * unit
    factor = math.exp(float(stats.t.ppf((1 + LEVEL) / 2, people - 1)) * math.sqrt(effect / count))
    return count / over / factor * unit, count / over * factor * unit


def _error_of_mean(found: Contributed, tallies: Sequence[Tally]) -> float:
    """The standard error of a mean over people."""
    mean, more = found.points / found.count, len(tallies) / (len(tallies) - 1)
    return math.sqrt(more * sum(((each.points or 0.0) - mean * each.numerator) ** 2 for each in tallies)) / found.count


def _effect(outcome: Outcome, found: Contributed, tallies: Sequence[Tally]) -> float:
    """How many times wider than of independent events the variance is; to the next half above, at least 1."""
    ratio, more = found.count / found.denominator, len(tallies) / (len(tallies) - 1)
    spread = more * sum((each.numerator - ratio * each.denominator) ** 2 for each in tallies)
    alike = found.count * (1 - ratio) if outcome.kind == "share" else float(found.count)
    return max(1.0, math.ceil(spread / alike / EFFECT_STEP - 1e-9) * EFFECT_STEP) if alike > 0 else 1.0


def _outwards(limits: tuple[float | None, float | None], decimals: int) -> tuple[float | None, float | None]:
    low, high = limits
    if low is None or high is None or not math.isfinite(high):
        return None, None
    scale = 10**decimals
    return math.floor(max(0.0, low) * scale + 1e-9) / scale, math.ceil(high * scale - 1e-9) / scale
