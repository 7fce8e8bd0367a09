"""The same people asked twice: the change in a yes-or-no share."""

from __future__ import annotations

import math

from scipy import stats

from metrics.estimators.arguments import whole
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.proportions import ShareDifference, score_limits, wilson


def newcombe_paired(yes_yes: int, yes_no: int, no_yes: int, no_no: int, level: float = 0.95) -> ShareDifference:
    """How far the share of yes moved among people asked before and after (``yes_no``: yes before, no after).

    Newcombe's method 10 with the correlation between the two answers, corrected for continuity when positive.

    Unit: a difference of shares. Range: -1 to 1. No change: 0.
    Assumes: people independent of each other. Raises: ValueError for a broken count or nobody at all.
    Newcombe 1998, Statistics in Medicine 17:2635,
    doi:10.1002/(SICI)1097-0258(19981130)17:22<2635::AID-SIM954>3.0.CO;2-C.
    """
    a, b, c, d = _counts(yes_yes, yes_no, no_yes, no_no)
    people = a + b + c + d
    before, after = wilson(a + b, people, level), wilson(a + c, people, level)
    p1, p2 = (a + b) / people, (a + c) / people
    assert before.low is not None and before.high is not None
    assert after.low is not None and after.high is not None
    correlation = _correlation(a, b, c, d)
    low = _hypotenuse(p2 - after.low, before.high - p1, correlation)
    high = _hypotenuse(after.high - p2, p1 - before.low, correlation)
    interval = Interval(max(-1.0, p2 - p1 - low), min(1.0, p2 - p1 + high), level)
    return ShareDifference(p1, p2, interval, "Newcombe limits for pairs", people, people)


def mcnemar_exact(yes_no: int, no_yes: int) -> float:
    """How surprising the split of those who changed their answer is, if either way were as likely.

    Unit: a probability. Range: 0 to 1. No-change value: 1; nobody changed gives 1.
    Assumes: people independent of each other. Raises: ValueError for a broken count.
    McNemar 1947, Psychometrika 12:153, doi:10.1007/BF02295996.
    """
    b, c = whole("a number of people", yes_no), whole("a number of people", no_yes)
    return min(1.0, 2 * float(stats.binom.cdf(min(b, c), b + c, 0.5)))


def mcnemar_midp(yes_no: int, no_yes: int) -> float:
    """``mcnemar_exact`` counting half the chance of exactly the split that was seen.

    Equal numbers either way give 1 - half that chance, so the figure never exceeds 1; nobody changed gives 1.

    Unit, range, no-change value, assumptions and errors as ``mcnemar_exact``.
    Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91, doi:10.1186/1471-2288-13-91.
    """
    b, c = whole("a number of people", yes_no), whole("a number of people", no_yes)
    if b + c == 0:
        return 1.0
    seen = float(stats.binom.pmf(b, b + c, 0.5))
    return 1 - seen / 2 if b == c else mcnemar_exact(b, c) - seen


def _correlation(a: int, b: int, c: int, d: int) -> float:
    """Correlation of the two answers; 0 when everybody gave the same answer at one of the times."""
    margins = float(a + b) * (c + d) * (a + c) * (b + d)
    if margins == 0:
        return 0.0
    product = float(a * d - b * c)
    if product > 0:
        product = max(product - (a + b + c + d) / 2, 0.0)
    return product / math.sqrt(margins)


def _hypotenuse(one: float, other: float, correlation: float) -> float:
    return math.sqrt(max(one * one - 2 * correlation * one * other + other * other, 0.0))


def tango(yes_yes: int, yes_no: int, no_yes: int, no_no: int, level: float = 0.95) -> ShareDifference:
    """``newcombe_paired`` with score limits: the differences the score test would not refuse.

    Unit, range, no-change value, assumptions and errors as ``newcombe_paired``. Tango 1998, Statistics in Medicine 17:891,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<891::AID-SIM780>3.0.CO;2-B.
    """
    a, b, c, d = _counts(yes_yes, yes_no, no_yes, no_no)
    people, z = a + b + c + d, two_sided_quantile(level)
    seen = (c - b) / people

    def excess(difference: float) -> float:
        """Distance of the difference seen from this one, less z of its standard error under it."""
        second = -(b + c) + (2 * people - c + b) * difference
        third = -b * difference * (1 - difference)
        falling = (math.sqrt(max(second**2 - 8 * people * third, 0.0)) - second) / (4 * people)
        variance = (2 * falling + difference * (1 - difference)) / people
        return abs(seen - difference) - z * math.sqrt(max(variance, 0.0))

    interval = score_limits(excess, seen, level)
    return ShareDifference((a + b) / people, (a + c) / people, interval, "Tango score limits", people, people)


def bonett_price(yes_yes: int, yes_no: int, no_yes: int, no_no: int, level: float = 0.95) -> ShareDifference:
    """``newcombe_paired`` with simple limits around the shares of one more changer each way.

    Unit, range, no-change value, assumptions and errors as ``newcombe_paired``. Bonett & Price 2012, J Educational
    and Behavioral Statistics 37:479, doi:10.3102/1076998611411915.
    """
    a, b, c, d = _counts(yes_yes, yes_no, no_yes, no_no)
    people = a + b + c + d
    down, up = (b + 1) / (people + 2), (c + 1) / (people + 2)
    reach = two_sided_quantile(level) * math.sqrt((up + down - (up - down) ** 2) / (people + 2))
    interval = Interval(max(-1.0, up - down - reach), min(1.0, up - down + reach), level)
    return ShareDifference((a + b) / people, (a + c) / people, interval, "Bonett-Price limits", people, people)


def mcnemar_chi_square(yes_no: int, no_yes: int, corrected: bool = False) -> float:
    """The p of ``mcnemar_exact`` by chi-square on one degree of freedom; with Edwards' continuity correction if asked.

    Unit: a probability. Range: 0 to 1. No-change value: 1; nobody changed gives 1.
    Assumes: 25 or more who changed. Raises: ValueError for a broken count.
    McNemar 1947, Psychometrika 12:153, doi:10.1007/BF02295996; Edwards 1948, Psychometrika 13:185, doi:10.1007/BF02289261.
    """
    b, c = whole("a number of people", yes_no), whole("a number of people", no_yes)
    if b + c == 0:
        return 1.0
    distance = max(abs(b - c) - (1 if corrected else 0), 0)
    return float(stats.chi2.sf(distance**2 / (b + c), 1))


def _counts(*counts: int) -> tuple[int, int, int, int]:
    a, b, c, d = (whole("a number of people", count) for count in counts)
    if a + b + c + d == 0:
        raise ValueError("Nobody was asked twice.")
    return a, b, c, d
