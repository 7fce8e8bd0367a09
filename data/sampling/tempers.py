"""How people differ: each person's own rate of distress, falls, calming medicine and the rest."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.homes import Home
from data.sampling.personal_plans import Choice
from data.sampling.residents import Residents
from data.sampling.rhythm import CLOCK_SHARES, MORNING_SHARE

EXTRA_IN_A_MORNING, EXTRA_LATER = 0.15, 0.20
"""Further distress on a morning, or later on a day, that had some: mean of a Poisson count."""

DISTRESS_PER_1000 = {"residential": 52.0, "nursing": 56.0, "homecare": 11.0, "supported_living": 20.0}
DISTRESS_SPREAD = 0.40
DISTRESS_RANGE = (15.0, 160.0)
DISTRESS_SHAPE = 0.35
FALLS_PER_1000 = {"residential": 6.8, "nursing": 6.4, "homecare": 3.0, "supported_living": 4.0}
"""Published care-home rates run from about 4 to 11 per 1,000 bed days."""
FALLS_SPREAD = 0.35
FALLS_SHAPE = 0.6
"""A third never fall in a year and a tenth have 44 in 100 of the falls."""
CALMING_PER_1000 = {"residential": 12.0, "nursing": 13.0, "homecare": 1.5, "supported_living": 5.0}
RESTRICTIVE_PER_1000 = {"residential": 4.0, "nursing": 4.5, "homecare": 0.5, "supported_living": 1.5}
OTHERS_AT_LEAST = 0.45
"""However frequent the distress of the plans' people, the others have this much of the home's mean."""
EQUITY_HOME_DISTRESS = 65.0
EQUITY_DISTRESS = 1.6
"""In the home with a planted gap, distress of people from minority ethnic groups is this much more frequent."""

PLANNED_CALMING_A_DAY = (0.02, 0.07)
"""People whose mornings are often hard are given calming medicine more often than most."""
UNSAFE_CALMING_A_DAY = (0.38, 0.46)
"""As-needed medicine before an unsafe plan: often enough for a rise to show."""


@dataclass(frozen=True)
class Tempers:
    """Rates a day for each person, before season and plans. Morning and later are hazards of any distress."""

    morning: NDArray[np.float64]
    later: NDArray[np.float64]
    falls: NDArray[np.float64]
    calming: NDArray[np.float64]
    restrictive: NDArray[np.float64]
    clock: NDArray[np.int64]


def tempers(home: Home, residents: Residents, choices: tuple[Choice, ...], minority: NDArray[np.bool_],
            rng: Generator) -> Tempers:  # fmt: skip
    """Draw everyone's rates; the people of the plans stand where their plan says they stood before."""
    count = residents.count
    nights = residents.present.sum(axis=1)
    clock = rng.choice(len(CLOCK_SHARES), size=count, p=CLOCK_SHARES).astype(np.int64)
    mornings = {choice.who: choice for choice in choices if choice.plan.outcome == "D1"}
    for who in mornings:
        clock[who] = 0
    own = _leanings(DISTRESS_SHAPE, nights * np.array([who not in mornings for who in range(count)]), rng)
    morning_hazard, later_hazard = np.zeros(count), np.zeros(count)
    for who, choice in mornings.items():
        morning_hazard[who] = -np.log(1 - choice.level)
        later_hazard[who] = rng.uniform(0.06, 0.20)
    theirs = (events_a_day(morning_hazard, later_hazard) * nights).sum() / max(1, nights.sum()) * 1000
    target = _home_mean(DISTRESS_PER_1000[home.setting], DISTRESS_SPREAD, DISTRESS_RANGE, rng)
    target = max(target, EQUITY_HOME_DISTRESS) if "equity_gap" in home.planted else target
    base = max(OTHERS_AT_LEAST * target, target - theirs) / 1000
    others = np.array([who not in mornings for who in range(count)])
    rate = base * own * np.where(minority & ("equity_gap" in home.planted), EQUITY_DISTRESS, 1.0)
    morning_share = np.array(MORNING_SHARE)[clock]
    morning_hazard[others] = (rate * morning_share / (1 + EXTRA_IN_A_MORNING))[others]
    later_hazard[others] = (rate * (1 - morning_share) / (1 + EXTRA_LATER))[others]
    falls = _home_mean(FALLS_PER_1000[home.setting], FALLS_SPREAD, (2.5, 14.0), rng) / 1000
    fall_rates = np.minimum(falls * _leanings(FALLS_SHAPE, nights, rng), 0.12)
    calming = CALMING_PER_1000[home.setting] / 1000 * (0.5 * own + 0.5 * _leanings(0.5, nights, rng))
    restrictive = RESTRICTIVE_PER_1000[home.setting] / 1000 * (0.4 * own + 0.6 * _leanings(0.5, nights, rng))
    for who in mornings:
        calming[who] = rng.uniform(*PLANNED_CALMING_A_DAY)
    for choice in choices:
        if choice.plan.kind == "positive_risk":
            fall_rates[choice.who] = rng.uniform(0.03, 0.06)
        if choice.plan.calming_ratio != 1:
            calming[choice.who] = rng.uniform(*UNSAFE_CALMING_A_DAY)
    return Tempers(morning_hazard, later_hazard, fall_rates, np.minimum(calming, 0.5), restrictive, clock)


def _leanings(shape: float, nights: NDArray[np.int64], rng: Generator) -> NDArray[np.float64]:
    """How far each person stands above or below the home's mean: a gamma, averaging 1 over the nights given."""
    drawn = rng.gamma(shape, 1 / shape, len(nights))
    return np.asarray(drawn * nights.sum() / max(1e-9, float((drawn * nights).sum())), dtype=np.float64)


def events_a_day(morning: NDArray[np.float64], later: NDArray[np.float64]) -> NDArray[np.float64]:
    """Expected records of distress a day: days with some, and the further ones on the same day."""
    return chance_of(morning) * (1 + EXTRA_IN_A_MORNING) + chance_of(later) * (1 + EXTRA_LATER)


def chance_of(hazard: NDArray[np.float64]) -> NDArray[np.float64]:
    """The chance of at least one where things happen at this rate."""
    return np.asarray(1 - np.exp(-hazard), dtype=np.float64)


def _home_mean(centre: float, spread: float, bounds: tuple[float, float], rng: Generator) -> float:
    return float(np.clip(centre * np.exp(spread * rng.standard_normal()), *bounds))
