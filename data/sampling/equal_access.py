"""Basic health checks, for whom they came in time: where a gap between groups is planted, it is here as well."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.random import Generator

from data.sampling.days import DAYS
from data.sampling.routine_checks import promised
from data.sampling.tables import Row
from data.sampling.world import World

IN_TIME = {"everybody else": 0.86, "minority ethnic groups": 0.58}
EVERY_DAYS = 130
DONE = 0.95
ELEMENTS = ("gp", "dental", "hearing", "eye", "pain", "medicines")


def health_checks(world: World, rng: Generator) -> Iterator[Row]:
    """A check of one kind or another for everybody there, about three times a year, in the home with a planted gap."""
    if "equity_gap" not in world.home.planted:
        return
    for who, stay in enumerate(world.residents.stays):
        group = "minority ethnic groups" if world.portraits[who].minority else "everybody else"
        day = stay.first + int(rng.integers(10, EVERY_DAYS))
        while day < min(stay.until, DAYS):
            element = ELEMENTS[int(rng.integers(len(ELEMENTS)))]
            yield promised(world, "health_check", who, day, DONE, IN_TIME[group], rng, element)
            day += EVERY_DAYS
