"""How small a change these data could have shown at all. From planned data, never from the result."""

from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray
from scipy import optimize, stats

from metrics.estimators.arguments import positive, share, tail
from metrics.estimators.limits import two_sided_quantile
from metrics.estimators.proportions import wilson_ends

Floats = NDArray[np.float64]

MOST_ENUMERATED = 2_000
"""Events expected on both sides together; beyond that the normal approximation agrees to two digits."""

MOST_TRIALS = 400
"""Trials a side that are enumerated; beyond that the normal approximation agrees to two digits."""

LARGEST_RATIO = 100.0


def detectable_ratio(
    expected_before: float,
    exposure_before: float,
    exposure_after: float,
    *,
    fewer_is_better: bool = True,
    dispersion: float = 1.0,
    power: float = 0.8,
    level: float = 0.95,
) -> float | None:
    """The rate ratio nearest to 1 that the exact conditional test would call better this often; None if there is none.

    ``expected_before`` is how many events the before side is expected to have; ``dispersion`` (1 or more) says
    how many events one independent event is worth.

    Unit: a ratio, after over before. Range: from 0 to below 1, or above 1 to 100 where more is better.
    No-change value: none. Assumes: Poisson events once divided by the dispersion.
    Raises: ValueError when a figure is not above 0 or ``power`` does not lie between the error allowed and 1.
    Przyborowski & Wilenski 1940, Biometrika 31:313, doi:10.2307/2332612; Gu, Ng, Tang & Schucany 2008 (power),
    Biometrical J 50:283, doi:10.1002/bimj.200710403.
    """
    spread = max(1.0, positive("the dispersion", dispersion))
    before = positive("the events expected before", expected_before) / spread
    unchanged = (
        before * positive("the exposure after", exposure_after) / positive("the exposure before", exposure_before)
    )
    _check_power(power, level)
    if before + unchanged > MOST_ENUMERATED:
        return _ratio_by_normal(before, unchanged, fewer_is_better, power, level)
    if fewer_is_better:
        chance = _chance_of_few(before, unchanged, level)
        return None if chance(0.0) < power else _last_reaching(chance, power, 0.0, 1.0)
    # A rise is a fall read backwards: what counts then is how few events the before side has.
    rises = _chance_of_many(before, unchanged, level)
    return None if rises(LARGEST_RATIO) < power else _last_reaching(rises, power, LARGEST_RATIO, 1.0)


def detectable_share(
    share_before: float,
    size_before: float,
    size_after: float,
    *,
    fewer_is_better: bool = True,
    power: float = 0.8,
    level: float = 0.95,
) -> float | None:
    """The difference of shares nearest to 0 that Newcombe's limits would call better this often; None if there is none.

    Sizes are what the trials are worth when they are not independent, and are taken down to whole trials.

    Unit: a difference of shares, after less before. Range: -1 to below 0, or above 0 to 1 where more is better.
    No-change value: none. Assumes: independent trials of those sizes.
    Raises: ValueError when a share or a power is out of range or a size below 1.
    Newcombe 1998, Statistics in Medicine 17:873,
    doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I.
    """
    before = share(share_before)
    m, n = (math.floor(positive("the size", size) + 1e-9) for size in (size_before, size_after))
    _check_power(power, level)
    if min(m, n) < 1:
        raise ValueError("Each side must be worth at least one trial.")
    if max(m, n) > MOST_TRIALS:
        chance = _share_by_normal(before, size_before, size_after, fewer_is_better, level)
    else:
        chance = _share_by_counting(before, m, n, fewer_is_better, level)
    furthest = 0.0 if fewer_is_better else 1.0
    if furthest == before or chance(furthest) < power:
        return None
    return _last_reaching(chance, power, furthest, before) - before


def _check_power(power: float, level: float) -> None:
    if not tail(level) < power < 1:
        raise ValueError(f"A power lies between {tail(level):g} and 1, not at {power}.")


def _last_reaching(chance: Callable[[float], float], power: float, far: float, near: float) -> float:
    """The value nearest to ``near`` whose chance still reaches the power, by halving."""
    for _ in range(30):
        middle = (far + near) / 2
        if chance(middle) >= power:
            far = middle
        else:
            near = middle
        if abs(far - near) < 1e-6 * max(1.0, abs(far)):
            break
    return far


def _chance_of_few(before: float, unchanged: float, level: float) -> Callable[[float], float]:
    """For a ratio, the chance that the after side has so few of all events that the test speaks of a fall."""
    share_if_unchanged = unchanged / (before + unchanged)
    totals = np.arange(math.ceil(_reach(before + unchanged)) + 1)
    most = _critical(totals, share_if_unchanged, level)

    def chance(ratio: float) -> float:
        after = ratio * unchanged
        weights = stats.poisson.pmf(totals, before + after)
        return float(weights @ _at_most(most, totals, after / (before + after)))

    return chance


def _chance_of_many(before: float, unchanged: float, level: float) -> Callable[[float], float]:
    """For a ratio above 1, the chance that the before side has so few of all events that it was a rise."""
    share_if_unchanged = before / (before + unchanged)

    def chance(ratio: float) -> float:
        after = ratio * unchanged
        if before + after > MOST_ENUMERATED:
            z = two_sided_quantile(level)
            return float(stats.norm.cdf(math.log(ratio) / math.sqrt(1 / before + 1 / after) - z))
        totals = np.arange(math.ceil(_reach(before + after)) + 1)
        most = _critical(totals, share_if_unchanged, level)
        return float(stats.poisson.pmf(totals, before + after) @ _at_most(most, totals, before / (before + after)))

    return chance


def _reach(mean: float) -> float:
    """A count that a Poisson variable of this mean exceeds less than once in a million million."""
    return mean + 8 * math.sqrt(mean) + 20


def _critical(totals: NDArray[np.int64], share_if_unchanged: float, level: float) -> Floats:
    """The most events of each total that still count as too few; -1 where none do."""
    outside = tail(level)
    first = stats.binom.ppf(outside, totals, share_if_unchanged)
    # ppf gives the first count whose chance reaches the tail; it belongs to the tail only if it meets it exactly.
    inside = stats.binom.cdf(first, totals, share_if_unchanged) <= outside * (1 + 1e-12)
    return np.asarray(np.where(inside, first, first - 1), dtype=np.float64)


def _at_most(most: Floats, totals: NDArray[np.int64], part: float) -> Floats:
    return np.asarray(np.where(most >= 0, stats.binom.cdf(most, totals, part), 0.0), dtype=np.float64)


def _ratio_by_normal(before: float, unchanged: float, fewer_is_better: bool, power: float, level: float) -> float:
    """Where the log ratio stands z for the error allowed plus z for the power from no change."""
    away = two_sided_quantile(level) + float(stats.norm.ppf(power))

    def excess(log_ratio: float) -> float:
        return abs(log_ratio) - away * math.sqrt(1 / before + 1 / (unchanged * math.exp(log_ratio)))

    if fewer_is_better:
        # Below this the after side's own uncertainty grows faster than the distance.
        turning = max(-20.0, 2 * math.log(away / math.sqrt(unchanged)) - 2)
        return math.exp(float(optimize.brentq(excess, min(turning / 2, -1e-3), 0.0)))
    return math.exp(float(optimize.brentq(excess, 0.0, math.log(LARGEST_RATIO))))


def _share_by_counting(before: float, m: int, n: int, fewer_is_better: bool, level: float) -> Callable[[float], float]:
    """The chance over every pair of tallies that the limits lie on the good side of 0."""
    x1, x2 = np.arange(m + 1), np.arange(n + 1)
    (low1, high1), (low2, high2) = wilson_ends(x1 / m, m, level), wilson_ends(x2 / n, n, level)
    p1, p2 = (x1 / m)[:, None], (x2 / n)[None, :]
    seen = p2 - p1
    if fewer_is_better:
        better = seen + np.hypot(high2[None, :] - p2, p1 - low1[:, None]) < 0
    else:
        better = seen - np.hypot(p2 - low2[None, :], high1[:, None] - p1) > 0
    given_after = stats.binom.pmf(x1, m, before) @ better.astype(float)
    return lambda after: float(given_after @ stats.binom.pmf(x2, n, after))


def _share_by_normal(
    before: float, m: float, n: float, fewer_is_better: bool, level: float
) -> Callable[[float], float]:
    z, way = two_sided_quantile(level), -1 if fewer_is_better else 1

    def chance(after: float) -> float:
        se = math.sqrt(before * (1 - before) / m + after * (1 - after) / n)
        if se == 0:
            return 1.0 if after != before else 0.0
        return float(stats.norm.cdf(way * (after - before) / se - z))

    return chance
