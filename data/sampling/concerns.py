"""What families understood of a safeguarding concern, when it was raised and when it was closed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, number_of
from data.sampling.feedback import MEANS, asked_one
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

ASKED, ASKED_AGAIN, A_SECOND_RELATIVE = 0.90, 0.92, 0.5
"""Families asked when a concern is raised, of those, when it is closed; and how often two relatives are asked."""
WHEN_RAISED, WHEN_CLOSED = -0.6, -0.3
"""How far below the home's usual understanding lies in the middle of a concern; hardly higher when it is closed."""
WHEN_CLOSED_AND_TOLD_EARLY = 0.5
TOLD_IN_TIME = 0.93
"""Limits explained within three working days, once families are told early."""


def families_understanding(
    world: World, concerns: list[tuple[int, int]], closed: list[Row], leaning: NDArray[np.float64], rng: Generator
) -> Iterator[Row]:
    """Two answers a case by the same relative. ``concerns``: about whom and when; ``closed``: the rows that close them.

    ``leaning`` is how far each family's answers lie from the mean, as in their other answers.
    """
    plan = next((trial for trial in world.all_trials if trial.plan.kind == "safeguarding"), None)
    for number, (who, day) in enumerate(sorted(concerns, key=lambda concern: (concern[1], concern[0])), start=1):
        asked, again, two = rng.random(3) < (ASKED, ASKED_AGAIN, A_SECOND_RELATIVE)
        days = rng.integers(1, 6, 2)
        end = _closed_on(world, who, day, closed)
        if end is None or not asked or not world.portraits[who].family_contact:
            continue
        case = f"Z{world.home.index + 1:02d}-{number:03d}"
        for given, moment in ((day + int(days[0]), "concern"), (end + int(days[1]), "close"))[: 1 + int(again)]:
            mean = _usual(world, given) + _in_a_concern(plan, given, moment)
            for relative in ("b", "d")[: 1 + int(two)]:
                leans = float(leaning[who]) if relative == "b" else 0.0
                yield asked_one(world, given, "family_about_self", "family_checkin", "understands", mean, leans,
                                f"{who:03d}{relative}", rng, who, mode="spoken", moment=moment,
                                case_id=case)  # fmt: skip


def told_early(world: World, rows: list[Row], rng: Generator) -> list[Row]:
    """The home's record of what families were told, as its plan brings it about: in time, once it has settled in."""
    plan = next((trial for trial in world.all_trials if trial.plan.kind == "safeguarding"), None)
    if plan is None:
        return rows
    told = []
    for row in rows:
        new = row["measure"] == "limits_explained" and number_of(date.fromisoformat(row["due_on"])) > plan.start
        if new and rng.random() < TOLD_IN_TIME:
            row = {**row, "result": "met", "done_at": row["due_on"]}
        told.append(row)
    return told


def _in_a_concern(plan: Trial | None, day: int, moment: str) -> float:
    if moment == "concern":
        return WHEN_RAISED
    told = 0.0 if plan is None else float(plan.settled()[min(day, DAYS - 1)])
    return WHEN_CLOSED + (WHEN_CLOSED_AND_TOLD_EARLY - WHEN_CLOSED) * told


def _usual(world: World, day: int) -> float:
    for trial in world.all_trials:
        if trial.plan.outcome == "I7":
            return trial.level_on(min(day, DAYS - 1))
    return MEANS["understands"]


def _closed_on(world: World, who: int, day: int, closed: list[Row]) -> int | None:
    """The day the concern about this person was closed, as the safeguarding log has it."""
    person = world.residents.stays[who].person_id
    days = [number_of(date.fromisoformat(row["done_at"])) for row in closed if row["person_id"] == person]
    return min((found for found in days if 28 <= found - day < 40), default=None)
