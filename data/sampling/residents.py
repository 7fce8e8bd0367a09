"""Who lives (or is supported) where and when: stays, nights in hospital, changes in need."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.homes import Home

STAGES = ("early", "middle", "later")
MOBILITY = ("independent", "aid", "one_person", "two_people", "bed")

DEATHS_A_YEAR = {"residential": 0.26, "nursing": 0.30, "homecare": 0.16, "supported_living": 0.10}
"""About 26 in 100 people a year over the sample, more in nursing homes."""
DEATHS_BY_STAGE = (0.55, 0.95, 1.32)
UNPLANNED_MOVES_A_YEAR = 0.06
NOT_RETURNED_A_YEAR = 0.03
"""Together nine unplanned moves for every 100 years of stay."""
OTHER_LEAVING_A_YEAR = {"needs_changed_planned": 0.05, "own_choice": 0.03}
HOSPITAL_A_YEAR = 0.9
HOSPITAL_NIGHTS = 8.0
RESPITE_SHARE = 0.05
CHANGES_A_YEAR = 0.30

STAGE_SHARES = (0.20, 0.45, 0.35)
MOBILITY_SHARES = (
    (0.35, 0.40, 0.20, 0.05, 0.0),
    (0.15, 0.40, 0.32, 0.12, 0.01),
    (0.04, 0.20, 0.38, 0.30, 0.08),
)
"""By stage: how people get about."""


@dataclass(frozen=True)
class Stay:
    """One person's stay. ``left`` is the day of leaving (not slept there); past the last day: still there."""

    person_id: str
    arrived: int
    left: int
    end_reason: str
    kind: str
    stage: int
    mobility: int

    @property
    def first(self) -> int:
        return max(0, self.arrived)

    @property
    def until(self) -> int:
        """One past the last day of the sample on which the person is there."""
        return max(self.first, min(DAYS, self.left))


@dataclass(frozen=True)
class Away:
    """Nights in hospital, first to last, both away."""

    who: int
    first: int
    last: int


@dataclass(frozen=True)
class NeedChange:
    """From this day the person's stage or mobility is another."""

    who: int
    day: int
    stage: int | None = None
    mobility: int | None = None


@dataclass(frozen=True)
class Residents:
    """Everyone in one service, with a yes or no for each person and day: present that night."""

    stays: tuple[Stay, ...]
    away: tuple[Away, ...]
    changes: tuple[NeedChange, ...]
    present: NDArray[np.bool_]

    @property
    def count(self) -> int:
        return len(self.stays)

    def stage_on(self, who: int, day: int) -> int:
        """The stage as it was on that day; ``Stay.stage`` is the stage at the end."""
        later = [change for change in self.changes if change.who == who and change.stage is not None]
        stage = self.stays[who].stage - len(later)
        return stage + sum(change.day <= day for change in later)

    def here(self, day: int) -> list[int]:
        return [int(who) for who in np.flatnonzero(self.present[:, day])]


def settle(home: Home, rng: Generator) -> Residents:
    """Fill the beds from well before the first day to the last."""
    stays = []
    occupancy = rng.uniform(0.92, 0.97)
    for _ in range(home.beds):
        stays.extend(_one_bed(home, occupancy, rng))
    first_id = (home.index + 1) * 1000
    order = rng.permutation(len(stays))
    named = tuple(
        Stay(f"P-{first_id + place:05d}", *stays[bed_order]) for place, bed_order in enumerate(order, start=1)
    )
    away = _hospital(named, rng)
    present = np.zeros((len(named), DAYS), dtype=bool)
    for who, stay in enumerate(named):
        present[who, stay.first : stay.until] = True
    for gone in away:
        present[gone.who, gone.first : gone.last + 1] = False
    return Residents(named, away, _need_changes(named, rng), present)


_Unnamed = tuple[int, int, str, str, int, int]


def _one_bed(home: Home, occupancy: float, rng: Generator) -> list[_Unnamed]:
    """The people who follow one another in one bed or place."""
    people: list[_Unnamed] = []
    empty_days = _mean_stay(home) * (1 / occupancy - 1)
    taken = rng.random() < occupancy
    day = -int(min(1800, rng.exponential(520))) - 1 if taken else int(rng.exponential(empty_days))
    while day < DAYS:
        stage = int(rng.choice(3, p=STAGE_SHARES))
        mobility = int(rng.choice(5, p=MOBILITY_SHARES[stage]))
        if day > 0 and home.stay_kind == "long_term" and rng.random() < RESPITE_SHARE:
            left, reason, kind = day + int(rng.integers(7, 43)), "other", "respite"
        else:
            left, reason = _leaving(home, max(day, 0), stage, rng)
            kind = home.stay_kind
        people.append((day, left, reason if left < DAYS else "", kind, stage, mobility))
        day = left + int(rng.exponential(empty_days))
    return people


def _mean_stay(home: Home) -> float:
    yearly = DEATHS_A_YEAR[home.setting] + UNPLANNED_MOVES_A_YEAR + NOT_RETURNED_A_YEAR
    return 365.25 / (yearly + sum(OTHER_LEAVING_A_YEAR.values()))


def _leaving(home: Home, from_day: int, stage: int, rng: Generator) -> tuple[int, str]:
    """The day and the reason of leaving: the first of several things that may happen."""
    yearly = {
        "died": DEATHS_A_YEAR[home.setting] * DEATHS_BY_STAGE[stage],
        "unplanned_move": UNPLANNED_MOVES_A_YEAR,
        "hospital_not_returned": NOT_RETURNED_A_YEAR,
        **OTHER_LEAVING_A_YEAR,
    }
    days = {reason: from_day + 1 + int(rng.exponential(365.25 / rate)) for reason, rate in yearly.items()}
    reason = min(days, key=lambda name: days[name])
    return days[reason], reason


def _hospital(stays: tuple[Stay, ...], rng: Generator) -> tuple[Away, ...]:
    away = []
    for who, stay in enumerate(stays):
        last_possible = stay.until - 2
        if stay.end_reason == "hospital_not_returned" and stay.left < DAYS:
            first = max(stay.first + 1, stay.left - int(rng.integers(3, 22)))
            away.append(Away(who, first, stay.left - 1))
            last_possible = first - 3
        day = stay.first + 1 + int(rng.exponential(365.25 / HOSPITAL_A_YEAR))
        while day < last_possible:
            last = min(day + int(rng.exponential(HOSPITAL_NIGHTS - 0.5)), last_possible)
            away.append(Away(who, day, last))
            day = last + 2 + int(rng.exponential(365.25 / HOSPITAL_A_YEAR))
    return tuple(sorted(away, key=lambda gone: (gone.first, gone.who)))


def _need_changes(stays: tuple[Stay, ...], rng: Generator) -> tuple[NeedChange, ...]:
    """Some people's stage or mobility moved on during the sample; the stay holds where it ended."""
    changes = []
    for who, stay in enumerate(stays):
        years = (stay.until - stay.first) / 365.25
        if years < 0.25 or rng.random() >= 1 - np.exp(-CHANGES_A_YEAR * years):
            continue
        day = int(rng.integers(stay.first + 30, stay.until - 10))
        if stay.stage > 0 and rng.random() < 0.5:
            changes.append(NeedChange(who, day, stage=stay.stage))
        elif stay.mobility > 1:
            changes.append(NeedChange(who, day, mobility=stay.mobility))
    return tuple(sorted(changes, key=lambda change: (change.day, change.who)))
