"""People living there shape the home: who has a part to play, who decides what is done, who looks back on it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, iso, number_of
from data.sampling.plan_checks import check
from data.sampling.tables import Row
from data.sampling.trials import SERVICE_SETTLING, SERVICE_WINDOW, Trial
from data.sampling.world import World

WITH_A_PART = (0.34, 0.62)
"""Share of the people with a part to play, before and after; for the home's own log of who did what."""
A_PART_EVERY_DAYS = 16
STAGES_WITH_PEOPLE = (0.34, 0.66)
NOT_DECIDED = ("told", "asked", "asked", "designed")
DECIDED = ("decided", "decided", "led")
PARTS = ("meals", "activities", "plans", "evenings", "board", "welcoming")
DAY_OF_THE_PLAN, DAY_OF_LOOKING_BACK = 0, 6


def shaping(world: World, rng: Generator) -> Iterator[Row]:
    """The home's log where people come to decide what is done: closely around the plan, and on to the end."""
    for trial in world.all_trials:
        if trial.plan.outcome == "X3":
            first = max(0, trial.start - SERVICE_WINDOW)
            last = min(DAYS, trial.start + SERVICE_SETTLING + SERVICE_WINDOW)
            likes = rng.random(world.residents.count)
            yield from _parts_to_play(world, trial, likes, (first, last), A_PART_EVERY_DAYS, rng)
            for monday in range(first, last - 6, 7):
                yield from _one_week(world, trial, monday, rng)
            for monday in (*range(first % 7, first - 6, 7), *range(last, DAYS - 6, 7)):
                yield from _one_week(world, trial, monday, rng)
            yield from _parts_to_play(world, trial, likes, (last, DAYS), 2 * A_PART_EVERY_DAYS, rng)


def _parts_to_play(
    world: World, trial: Trial, likes: NDArray[np.float64], days: tuple[int, int], every: int, rng: Generator
) -> Iterator[Row]:
    """Who took a part on which day; ``likes`` says who comes forward first."""
    for who in range(world.residents.count):
        day = days[0] + int(rng.integers(0, every))
        while day < days[1]:
            in_force = float(trial.settled()[day])
            share = WITH_A_PART[0] + (WITH_A_PART[1] - WITH_A_PART[0]) * in_force
            if world.residents.present[who, day] and likes[who] < share:
                result = "met" if rng.random() < 0.75 else "partly"
                part = PARTS[int(rng.integers(len(PARTS)))]
                yield check(world, "contribution", result, who, element=part, done=iso(day))
            day += int(rng.integers(every - 6, every + 7))


def _one_week(world: World, trial: Trial, monday: int, rng: Generator) -> Iterator[Row]:
    """Two things done together, and whether people living there took part in thinking them up and looking back."""
    for offset in (int(rng.integers(1, 4)), int(rng.integers(4, 7))):
        day = monday + offset
        result = "met" if rng.random() < 0.93 else "not_met"
        yield check(world, "activity_ladder", result, element=level_of(trial.level_on(day), rng), done=iso(day))
    in_force = float(trial.settled()[monday])
    chance = STAGES_WITH_PEOPLE[0] + (STAGES_WITH_PEOPLE[1] - STAGES_WITH_PEOPLE[0]) * in_force
    for stage, offset in (("design", DAY_OF_THE_PLAN), ("deliver", 3), ("evaluate", DAY_OF_LOOKING_BACK)):
        part = rng.random()
        result = "met" if part < chance else "partly" if part < chance + 0.15 else "not_met"
        yield check(world, "activity_stage", result, element=stage, done=iso(monday + offset))


def level_of(decided: float, rng: Generator) -> str:
    """How much of a say people had in one thing done together; ``decided`` is the chance that they decided or led."""
    words = DECIDED if rng.random() < decided else NOT_DECIDED
    return words[int(rng.integers(len(words)))]


def as_the_plan_has_it(world: World, rows: list[Row], rng: Generator) -> list[Row]:
    """The home's other records of things done together, at the levels its plan brings about."""
    plan = next((trial for trial in world.all_trials if trial.plan.outcome == "X3"), None)
    if plan is None:
        return rows
    return [
        {**row, "element": level_of(plan.level_on(_day(row)), rng)} if row["measure"] == "activity_ladder" else row
        for row in rows
    ]


def _day(row: Row) -> int:
    return number_of(date.fromisoformat(row["done_at"][:10]))
