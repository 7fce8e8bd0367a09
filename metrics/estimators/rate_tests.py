"""P-values for two event rates. They are shown to readers who ask; verdicts rest on the interval."""

from __future__ import annotations

import math
from typing import Literal

from scipy import stats

from metrics.estimators.arguments import positive, whole

Test = Literal["exact", "mid-p", "score"]
"""Which chance is worked out: exact conditional, the same with half the observed point, or the score test."""


def p_exact_central(x1: int, t1: float, x2: int, t2: float, ratio: float = 1.0) -> float:
    """How surprising the two tallies are if the true ratio is ``ratio``: twice the smaller exact tail.

    It is at most 0.05 exactly when the 95 % interval of ``rate_ratio_exact`` leaves ``ratio`` out. The
    minimum-likelihood p of R's ``poisson.test`` and of statsmodels' ``exact-cond`` does not keep that
    promise.

    Unit: a probability. Range: 0 to 1. No-change value: 1 (nothing surprising).
    Assumes: independent events. Raises: ValueError for a broken count, exposure or ratio not above 0.
    Fay 2010, R Journal 2:53, doi:10.32614/RJ-2010-008.
    """
    return _two_sided(x1, t1, x2, t2, ratio, "exact")


def p_exact_minlike(x1: int, t1: float, x2: int, t2: float, ratio: float = 1.0) -> float:
    """The exact p that adds up every split of the events at most as likely as the one seen, as R's ``poisson.test`` does.

    For comparing with others' figures only: it can lie below 0.05 where the exact interval includes ``ratio``.

    Unit, range, no-change value, assumptions and errors as ``p_exact_central``.
    Sterne 1954, Biometrika 41:275, doi:10.1093/biomet/41.1-2.275.
    """
    before, after = whole("events before", x1), whole("events after", x2)
    relative = positive("exposure after", t2) / positive("exposure before", t1) * positive("ratio", ratio)
    if not before + after:
        return 1.0
    return float(stats.binomtest(after, before + after, relative / (1 + relative)).pvalue)


def p_midp_central(x1: int, t1: float, x2: int, t2: float, ratio: float = 1.0) -> float:
    """``p_exact_central`` with half the chance of exactly what was seen; it goes with ``rate_ratio_midp``.

    Unit, range, no-change value, assumptions and errors as ``p_exact_central``. Right on average, below the promised
    level at times. Berry & Armitage 1995, The Statistician 44:417, doi:10.2307/2348891.
    """
    return _two_sided(x1, t1, x2, t2, ratio, "mid-p")


def p_score(x1: int, t1: float, x2: int, t2: float, ratio: float = 1.0) -> float:
    """Two-sided p of the score test; it goes with ``rate_ratio_score``.

    Unit, range and no-change value as ``p_exact_central``. Assumes: independent events, and enough of them.
    Raises: ValueError as ``p_exact_central``, and without any event.
    Graham, Mengersen & Morton 2003, Statistics in Medicine 22:2071, doi:10.1002/sim.1405.
    """
    return _two_sided(x1, t1, x2, t2, ratio, "score")


def p_not_above(x1: int, t1: float, x2: int, t2: float, margin: float, test: Test = "exact") -> float:
    """The chance of so few events after if the rate had truly risen to ``margin`` times.

    A small one rules the rise out. The one-sided non-inferiority p for an outcome where fewer is better.

    Unit: a probability. Range: 0 to 1. No-change value: none.
    Assumes: independent events. Raises: ValueError for a broken count, exposure or margin not above 0, and
    for the score test without any events.
    Piaggio and others 2012, JAMA 308:2594, doi:10.1001/jama.2012.87802.
    """
    return _tails(x1, t1, x2, t2, margin, test)[0]


def p_not_below(x1: int, t1: float, x2: int, t2: float, margin: float, test: Test = "exact") -> float:
    """The chance of so many after if the rate had truly fallen to ``margin`` times.

    Unit, range, no-change value, assumptions, errors and paper as ``p_not_above``.
    """
    return _tails(x1, t1, x2, t2, margin, test)[1]


def p_equivalence(
    x1: int, t1: float, x2: int, t2: float, margin_low: float, margin_high: float, test: Test = "exact"
) -> float:
    """Two one-sided tests in one figure: small when both a rise and a fall beyond the margins are ruled out.

    Unit: a probability. Range: 0 to 1. No-change value: none.
    Assumes: as ``p_not_above``. Raises: ValueError as ``p_not_above``, and when the margins are the wrong way round.
    Schuirmann 1987, J Pharmacokinet Biopharm 15:657, doi:10.1007/BF01068419.
    """
    if margin_low >= margin_high:
        raise ValueError(f"The lower margin {margin_low} must lie below the upper margin {margin_high}.")
    rise = p_not_above(x1, t1, x2, t2, margin_high, test)
    fall = p_not_below(x1, t1, x2, t2, margin_low, test)
    return max(rise, fall)


def _two_sided(x1: int, t1: float, x2: int, t2: float, ratio: float, test: Test) -> float:
    return min(1.0, 2 * min(_tails(x1, t1, x2, t2, ratio, test)))


def _tails(x1: int, t1: float, x2: int, t2: float, ratio: float, test: Test) -> tuple[float, float]:
    """Chances of at most, and at least, the events seen after when the true ratio is ``ratio``."""
    before, after = whole("events before", x1), whole("events after", x2)
    relative = positive("exposure after", t2) / positive("exposure before", t1) * positive("ratio", ratio)
    total = before + after
    if test == "score":
        if not total:
            raise ValueError("The score test needs at least one event.")
        z = (after - relative * before) / math.sqrt(relative * total)
        return float(stats.norm.cdf(z)), float(stats.norm.sf(z))
    share = relative / (1 + relative)
    seen = float(stats.binom.pmf(after, total, share)) / 2 if test == "mid-p" else 0.0
    at_most = float(stats.binom.cdf(after, total, share))
    at_least = float(stats.binom.sf(after - 1, total, share))
    return at_most - seen, at_least - seen
