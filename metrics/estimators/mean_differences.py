"""Two mean scores: of the same answerers twice, of different answerers, of one answerer's answers over time.

Scores come in steps (1, 2, 3, 4, 5). When all of them, or all their differences, are the same, the spread is nil
on paper only: each may have been anything that rounds to that step. So no spread is taken below that of the
rounding itself, and no interval has width nought.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from metrics.estimators.autocorrelation import pooled_lag1
from metrics.estimators.clustering import effective_size
from metrics.estimators.intervals import Interval
from metrics.estimators.limits import symmetric_limits, two_sided_quantile

FEWEST = 2
"""With one answer nothing is known of the spread."""

MOST_RESEMBLANCE = 0.9
DAY_TO_DAY = 0.3
"""How much a mood resembles that of the day before at least; after a week nothing is left of it."""


@dataclass(frozen=True)
class MeanDifference:
    """The mean after minus the mean before, in points (0 = no change), with t limits.

    ``floored`` when the answers hardly differed, so that the interval rests on the steps of the scale.
    ``correlation`` is what was allowed for between one answer and the next of the same answerer.
    """

    estimate: float
    interval: Interval
    df: float
    method: str
    floored: bool = False
    correlation: float | None = None


def paired_mean_difference(differences: Sequence[float], step: float = 1.0, level: float = 0.95) -> MeanDifference:
    """The mean of each answerer's own difference, after minus before, with paired t limits.

    Unit: points. Range: the width of the scale either way. No change: 0.
    Assumes: answerers independent; their mean difference roughly normal, which 1-to-5 answers are from about five
    on. The spread is never taken below that of rounding both answers to the scale's ``step`` (step / sqrt(6)): for
    n equal differences that reaches about as far as the exact bound on the share that could have moved by a step,
    step * (1 - 0.025^(1/n)).
    Raises: ValueError for fewer than 2 differences, a figure that is not finite, or a step not above 0.
    Student 1908, Biometrika 6:1, doi:10.1093/biomet/6.1.1; Sheppard 1898 on rounding, Proc London Math Soc 29:353,
    doi:10.1112/plms/s1-29.1.353.
    """
    values, least = _finite(differences, "difference"), _step(step) / math.sqrt(6)
    n, mean = len(values), _mean(values)
    spread = math.sqrt(sum((value - mean) ** 2 for value in values) / (n - 1))
    se = max(spread, least) / math.sqrt(n)
    return MeanDifference(mean, _limits(mean, se, n - 1, level), n - 1, "paired t limits", floored=spread < least)


def clustered_mean_difference(
    before: Sequence[tuple[Hashable, Hashable, float]],
    after: Sequence[tuple[Hashable, Hashable, float]],
    step: float = 1.0,
    level: float = 0.95,
) -> tuple[MeanDifference, tuple[float, float]]:
    """The difference of two means of answers, and both means; several answers by or about a person are alike.

    Each answer is (cluster, question, score). Where several questions were asked, the mean is that of the
    questions' means, so that asking one of them more often moves nothing. The variance of each mean is taken
    between clusters, with m / (m - 1) and m - 1 degrees of freedom for m clusters of equal weight, and for the number
    they are worth where some weigh more (Kish); with one answer a cluster this is Welch's interval. In simulations of
    5 to 20 people with one to four answers each these limits covered 94 to 96 %.

    Unit: points. Range: the width of the scale either way. No change: 0.
    Assumes: clusters independent. The same answerers on both sides usually resemble themselves, which makes these
    limits cautious. The spread of single answers is never taken below that of rounding (step / sqrt(12)).
    Raises: ValueError for clusters worth fewer than 2 on a side, different questions on the two sides, a figure that is
    not finite, or a step not above 0.
    Welch 1947, Biometrika 34:28, doi:10.1093/biomet/34.1-2.28; Liang & Zeger 1986, Biometrika 73:13,
    doi:10.1093/biomet/73.1.13.
    """
    if {question for _, question, _ in before} != {question for _, question, _ in after}:
        raise ValueError("The same questions must be asked on both sides.")
    least = _step(step) ** 2 / 12
    one, two = (_clustered(side, least) for side in (before, after))
    method = "Welch t limits, clustered" if one.grouped or two.grouped else "Welch t limits"
    return _welch([one, two], level, method), (one.value, two.value)


def serial_mean_difference(
    before: Sequence[tuple[float, float]],
    after: Sequence[tuple[float, float]],
    step: float = 1.0,
    level: float = 0.95,
) -> MeanDifference:
    """The difference of two means of one answerer's answers, allowing for answers near in time being alike.

    Each answer is (day, score). The resemblance of neighbouring answers is estimated within the two sides, put
    right for the bias of short runs, and never taken below 0.3 a day apart (0.3^7 a week apart, next to nothing)
    nor above 0.9; each side counts as the independent answers it is worth.

    Unit: points. Range: the width of the scale either way. No change: 0.
    Assumes: answers in evenly spread days on each side, a steady level within it. Spread floored as above.
    Raises: ValueError for fewer than 2 answers on a side, a figure that is not finite, or a step not above 0.
    Bayley & Hammersley 1946, J R Stat Soc Suppl 8:184, doi:10.2307/2983560; Marriott & Pope 1954, Biometrika
    41:390, doi:10.1093/biomet/41.3-4.390.
    """
    runs = []
    for side in (before, after):
        _finite([day for day, _ in side], "day")
        _finite([score for _, score in side], "score")
        runs.append(sorted(side))
    rho = _resemblance(runs)
    least = _step(step) ** 2 / 12
    sides = []
    for run in runs:
        scores = [score for _, score in run]
        mean = _mean(scores)
        worth = max(float(FEWEST), effective_size(len(scores), rho))
        variance = sum((score - mean) ** 2 for score in scores) / (len(scores) - 1)
        sides.append(_Mean(mean, max(variance, least) / worth, worth - 1, False, variance < least))
    found = _welch(sides, level, f"Welch t limits, answer-to-answer correlation {rho:.1f}")
    return MeanDifference(found.estimate, found.interval, found.df, found.method, found.floored, rho)


def worst_case_means(total: float, answered: int, people: int, low: float, high: float) -> tuple[float, float]:
    """The mean of all people had those who did not answer all scored lowest, and all highest.

    Unit: points. Range: ``low`` to ``high``. No-change value: none; twice the mean itself when
    everybody answered. Assumes: nothing of those who did not answer.
    Raises: ValueError when nobody is there, more answered than there are, or the scale has no width.
    Manski 1990 (Am Econ Rev 80:319) calls these the bounds without any assumption.
    """
    if not 0 <= answered <= people or people < 1:
        raise ValueError(f"{answered} answers cannot come from {people} people.")
    if not low < high:
        raise ValueError("A scale goes from a lower to a higher score.")
    silent = people - answered
    return (total + silent * low) / people, (total + silent * high) / people


@dataclass(frozen=True)
class _Mean:
    value: float
    variance: float
    df: float
    grouped: bool
    floored: bool


def _clustered(answers: Sequence[tuple[Hashable, Hashable, float]], least: float) -> _Mean:
    _finite([score for _, _, score in answers], "score")
    by_question: dict[Hashable, list[float]] = {}
    for _, question, score in answers:
        by_question.setdefault(question, []).append(score)
    means = {question: _mean(scores) for question, scores in by_question.items()}
    sums: dict[Hashable, float] = {}
    weights: dict[Hashable, float] = {}
    rounding = 0.0
    for cluster, question, score in answers:
        weight = 1 / (len(means) * len(by_question[question]))
        sums[cluster] = sums.get(cluster, 0.0) + weight * (score - means[question])
        weights[cluster] = weights.get(cluster, 0.0) + weight
        rounding += weight**2 * least
    if len(sums) < FEWEST:
        raise ValueError("Answers about one person alone say nothing of how much people differ.")
    m = 1 / sum(weight**2 for weight in weights.values())
    if m < FEWEST:
        raise ValueError("Nearly all answers are about one person: they say nothing of how much people differ.")
    spread = m / (m - 1) * sum(each**2 for each in sums.values())
    grouped = len(sums) < len(answers)
    return _Mean(_mean(list(means.values())), max(spread, rounding), m - 1, grouped, spread < rounding)


def _welch(sides: Sequence[_Mean], level: float, method: str) -> MeanDifference:
    one, two = sides
    difference, variance = two.value - one.value, one.variance + two.variance
    df = variance**2 / (one.variance**2 / one.df + two.variance**2 / two.df)
    return MeanDifference(
        difference,
        _limits(difference, math.sqrt(variance), df, level),
        df,
        method,
        floored=one.floored and two.floored,
    )


def _resemblance(runs: Sequence[Sequence[tuple[float, float]]]) -> float:
    """The larger of what is seen from answer to answer and what is left of 0.3 a day over the usual gap."""
    seen = pooled_lag1([[score for _, score in run] for run in runs])
    gaps = [max(1.0, later - earlier) for run in runs for (earlier, _), (later, _) in pairwise(run)]
    floor = DAY_TO_DAY ** median(gaps)
    if seen is None:
        return float(floor)
    seen += (1 + 4 * seen) * len(runs) / sum(len(run) for run in runs)
    return float(min(MOST_RESEMBLANCE, max(floor, seen)))


def _limits(centre: float, se: float, df: float, level: float) -> Interval:
    return symmetric_limits(centre, se, two_sided_quantile(level, df), level)


def _mean(values: Sequence[float]) -> float:
    return math.fsum(values) / len(values)


def _finite(values: Sequence[float], name: str) -> Sequence[float]:
    if len(values) < FEWEST:
        raise ValueError(
            f"At least two are needed, and there are {len(values)}: one {name} says nothing of the spread."
        )
    for value in values:
        if not math.isfinite(value):
            raise ValueError(f"A {name} is a finite number, not {value}.")
    return values


def _step(step: float) -> float:
    if not (math.isfinite(step) and step > 0):
        raise ValueError(f"The step of a scale is above 0, not {step}.")
    return step
