"""Which mornings, afternoons, evenings and nights were watched for the people whose mornings are judged."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.recording import Happenings
from data.sampling.rhythm import NIGHT, WINDOWS, window_of
from data.sampling.trials import Trial
from data.sampling.world import World

WATCHED_ROUND_A_START = 91
"""Days before and after a start for which window notes are exported."""
WATCHED_LATER_IN_THE_DAY = 0.93


@dataclass(frozen=True)
class Watch:
    """For one person: the days with window notes, and for each of them and each window, whether someone was there."""

    trial: Trial
    who: int
    first: int
    last: int
    seen: NDArray[np.bool_]


def watches(world: World, rng: Generator) -> tuple[Watch, ...]:
    """One watch for each plan judged by mornings, in homes that export checks."""
    if "checks" not in world.home.tables:
        return ()
    found = []
    for trial in world.trials:
        if trial.plan.outcome != "D1" or trial.who is None:
            continue
        stay = world.residents.stays[trial.who]
        first = max(stay.first, trial.start - WATCHED_ROUND_A_START)
        last = min(stay.until, trial.start + WATCHED_ROUND_A_START + 1) - 1
        chance = [trial.plan.watched] + [min(WATCHED_LATER_IN_THE_DAY, trial.plan.watched + 0.15)] * 3
        seen = rng.random((last - first + 1, len(WINDOWS))) < chance
        found.append(Watch(trial, trial.who, first, last, seen))
    return tuple(found)


def only_seen(happened: Happenings, kept: tuple[Watch, ...]) -> Happenings:
    """Without what nobody could have noted: there was no one there to see it."""
    window = window_of(happened.minute)
    day = happened.day - ((window == NIGHT) & (happened.minute % 1440 < 360))
    keep = np.ones(len(happened.who), dtype=bool)
    for watch in kept:
        theirs = (happened.who == watch.who) & (day >= watch.first) & (day <= min(watch.last, DAYS - 1))
        keep[theirs] = watch.seen[day[theirs] - watch.first, window[theirs]]
    return happened.only(keep)
