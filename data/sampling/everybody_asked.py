"""Where a whole home changes how it lives together, people, families and staff are all asked before and after."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.feedback import FAMILY_ANSWERS, MEANS, SENSES, asked_one, self_chance
from data.sampling.scores import PERSON_SPREAD
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

DAYS_FROM_START = (-130, -45, 70, 160)
"""Two rounds on each side of the start, all four inside the windows of a whole service."""
LATER_ON = (DAYS - 130,)
"""Once more in the last year of the record, to see whether it lasts."""
TEAM, STAFF_ANSWER = 14, 0.85
LIFTS = {
    "activities": {"belonging": 0.5, "purpose": 0.8, "achievement": 0.6, "significance": 0.6, "control": 0.8,
                   "choice": 0.5, "happy": 0.5, "proud": 0.4},
    "relatives_group": {"continuity": 0.3, "belonging": 0.3},
}  # fmt: skip
"""By kind of plan: how much higher the answers lie once it has settled in, whoever answers."""

Each = NDArray[np.float64]


def everybody_asked(world: World, willing: Each, leaning: Each, rng: Generator) -> Iterator[Row]:
    """The six senses of the three voices, the person's say, and how work is for staff.

    ``willing`` and ``leaning`` say who answers and how high, for person and family, as in their other answers.
    """
    for trial in world.all_trials:
        if trial.who is None and trial.plan.kind in LIFTS and (trial.plan.later or trial.plan.outcome == "I7"):
            staff = PERSON_SPREAD * rng.standard_normal(TEAM)
            rounds = [trial.start + days for days in DAYS_FROM_START]
            for day in (*rounds, *(day for day in LATER_ON if day > rounds[-1] + 60)):
                if 0 <= day < DAYS - 14:
                    yield from _round(world, trial, day, willing, leaning, staff, rng)


def _round(world: World, trial: Trial, day: int, willing: Each, leaning: Each, staff: Each,
           rng: Generator) -> Iterator[Row]:  # fmt: skip
    moment = "baseline" if day < trial.start else "review"

    def asked(given: int, rater: str, instrument: str, domain: str, lean: float, key: str,
              who: int | None = None, **more: str) -> Row:  # fmt: skip
        lift = LIFTS[trial.plan.kind].get(domain, 0.0) * float(trial.settled()[given])
        return asked_one(world, given, rater, instrument, domain, MEANS[domain] + lift, lean, key, rng, who,
                         moment=moment, **more)  # fmt: skip

    for who in world.residents.here(day):
        given = day + int(rng.integers(0, 10))
        if given >= world.residents.stays[who].until:
            continue
        if willing[0, who] < self_chance(world, who, day):
            for domain in (*SENSES, "control", "choice"):
                yield asked(given, "self", "person_checkin", domain, float(leaning[0, who]), f"{who:03d}a", who,
                            mode="faces", support="staff")  # fmt: skip
        if world.portraits[who].family_contact and willing[1, who] < FAMILY_ANSWERS / 0.88:
            for domain in SENSES:
                yield asked(given, "family_about_self", "family_checkin", domain, float(leaning[1, who]),
                            f"{who:03d}b", who, mode="paper")  # fmt: skip
    for member in range(TEAM):
        if rng.random() < STAFF_ANSWER:
            given = day + int(rng.integers(0, 10))
            for domain in ("happy", "proud", *SENSES):
                yield asked(given, "staff_about_self", "staff_checkin", domain, float(staff[member]),
                            f"s{member:02d}", mode="screen")  # fmt: skip
