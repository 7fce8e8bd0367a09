"""Figures as they are shown: rounded counts, what follows from them, and an interval rounded outwards."""

from __future__ import annotations

import math

from scipy import special, stats

from data.disclosure import Rules, rounded
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
    low, high = _outwards(interval(outcome, found), decimals)
    if value is not None and low is not None and high is not None:
        low, high = min(low, value), max(high, value)
    return Cell(
        outcome.code, unit, figure.length, figure.period, "shown", numerator, denominator, value, low, high,
        len(figure.counted), column, word,
    )  # fmt: skip


def interval(outcome: Outcome, found: Contributed) -> tuple[float | None, float | None]:
    """Limits of a rate, share or mean of people who differ from each other, in the outcome's unit.

    Range: from 0; shares end at 100. Assumes: people independent of each other. Rates: log-normal limits on the variance
    of a ratio of sums over people, never below that of independent events (Cochran 1977, Sampling Techniques, 6.3; Rao
    and Scott 1992, doi:10.2307/2532311); none seen: the exact Poisson limit (Garwood 1936, doi:10.1093/biomet/28.3-4.437).
    Shares: Wilson's limits on the sample that independent rows would have to be. Means: t limits over people.
    """
    tallies = [tally for tally in found.tallies.values() if tally.denominator > 0 or tally.numerator > 0]
    people, count, over = len(tallies), found.count, found.denominator
    if not over or people < FEWEST_TO_DIFFER:
        return None, None
    more = people / (people - 1)
    if outcome.kind == "score":
        mean = found.points / count
        spread = more * sum(((tally.points or 0.0) - mean * tally.numerator) ** 2 for tally in tallies)
        reach = two_sided_quantile(LEVEL, people - 1) * math.sqrt(spread) / count
        return mean - reach, mean + reach
    ratio, unit = count / over, times(outcome)
    spread = more * sum((tally.numerator - ratio * tally.denominator) ** 2 for tally in tallies)
    if outcome.kind == "share":
        alike = count * (1 - ratio)
        effect = max(1.0, spread / alike) if alike > 0 else 1.0
        found_limits = wilson(count / effect, over / effect, LEVEL)
        return (found_limits.low or 0.0) * unit, (found_limits.high or 0.0) * unit
    if not count:
        return 0.0, float(special.chdtri(2, (1 - LEVEL) / 2)) / 2 / over * unit
    factor = math.exp(float(stats.t.ppf((1 + LEVEL) / 2, people - 1)) * math.sqrt(max(spread, count)) / count)
    return ratio / factor * unit, ratio * factor * unit


def _outwards(limits: tuple[float | None, float | None], decimals: int) -> tuple[float | None, float | None]:
    low, high = limits
    if low is None or high is None or not math.isfinite(high):
        return None, None
    scale = 10**decimals
    return math.floor(max(0.0, low) * scale + 1e-9) / scale, math.ceil(high * scale - 1e-9) / scale
