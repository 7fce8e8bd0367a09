"""Best interests beside everyday choice: what went on being decided, and who led, where a finding about capacity is planted."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.random import Generator

from data.sampling.days import DAYS, iso
from data.sampling.plan_checks import check, finding_day, graded
from data.sampling.tables import Row
from data.sampling.voice import Matter, Voices, voices_on
from data.sampling.world import World

MATTERS = 44
SUBJECTS = ("medicines", "money", "going out", "washing", "clothes", "food", "bedtime", "company")
LOOKED_AT, EVERY_DAYS, LED_BY_THE_PERSON = 8, 13, 0.70
ELEMENTS = ("clothes", "food", "activity", "company", "time", "bathing", "evening")


def decided_since(world: World, first_decision: int, rng: Generator) -> Voices:
    """Matters of other people talked over since the finding, big ones and everyday ones."""
    found = _found(world)
    if found is None:
        return Voices([], [])
    day_of_finding, who_found = found
    matters = []
    for _ in range(MATTERS):
        day = int(rng.integers(day_of_finding, DAYS - 10))
        here = [who for who in world.residents.here(day) if who != who_found]
        element = str(rng.choice(SUBJECTS))
        matters.append(Matter(here[int(rng.integers(len(here)))], element, day, ""))
    return voices_on(world, matters, rng, numbered_from=first_decision)


def everyday_choices(world: World, rng: Generator) -> Iterator[Row]:
    """Now and then somebody looks who led in an everyday choice, for a few people other than the one of the finding."""
    found = _found(world)
    if found is None:
        return
    for day in range(found[0], DAYS, EVERY_DAYS):
        here = [who for who in world.residents.here(day) if who != found[1]]
        for who in rng.choice(here, min(LOOKED_AT, len(here)), replace=False):
            element = ELEMENTS[int(rng.integers(len(ELEMENTS)))]
            yield check(
                world, "everyday_choice", graded(LED_BY_THE_PERSON, rng), int(who), element=element, done=iso(day)
            )


def _found(world: World) -> tuple[int, int] | None:
    """The day of the planted finding and whom it is about."""
    for trial in world.trials:
        day = finding_day(world, trial)
        if day is not None and trial.who is not None:
            return day, trial.who
    return None
