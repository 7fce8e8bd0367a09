"""Falls, with their harm; in homes trained to report, a third more without harm."""

from __future__ import annotations

import numpy as np
from numpy.random import Generator

from data.sampling.days import DAYS
from data.sampling.incidents import by_chance, pick
from data.sampling.recording import Entry, Happenings, write_down
from data.sampling.tables import Row
from data.sampling.world import World

BY_HOUR = (6.0, 10.0, 20.0, 22.0, 27.0, 15.0)
"""Falls by blocks of four hours from midnight, in 100."""
HARM = (("none", 0.62), ("low", 0.32), ("moderate", 0.046), ("severe", 0.013))
FATAL_BEFORE_A_DEATH = 0.12
"""Of falls in the last fortnight of a life, the share that is fatal: about one fall in a thousand overall."""
UNRECORDED_HARM = 0.03


def falls(world: World, rng: Generator) -> tuple[list[Row], list[tuple[int, int]]]:
    """Rows of falls, and who fell on which day."""
    rate = world.falls()
    happened = _present(world, by_chance(rate, BY_HOUR, rng))
    extra = _present(world, by_chance(rate * world.background.extra_unharmed_falls, BY_HOUR, rng))
    rows, when = [], []
    for group, reported_more in ((happened, False), (extra, True)):
        for entry in write_down(group, world.home, world.residents.present, rng):
            harm = "none" if reported_more else _harm(world, entry, rng)
            rows.append(_row(world, entry, harm, rng))
            when.append((entry.who, entry.day))
    return rows, when


def _present(world: World, happened: Happenings) -> Happenings:
    return happened.only(world.residents.present[happened.who, np.minimum(happened.day, DAYS - 1)])


def _harm(world: World, entry: Entry, rng: Generator) -> str:
    stay = world.residents.stays[entry.who]
    dying = stay.end_reason == "died" and 0 < stay.left - entry.day <= 14
    if dying and rng.random() < FATAL_BEFORE_A_DEATH:
        return "fatal"
    return "" if rng.random() < UNRECORDED_HARM else pick(rng, *HARM) or "none"


def _row(world: World, entry: Entry, harm: str, rng: Generator) -> Row:
    injured = harm in ("low", "moderate", "severe", "fatal")
    gone_in = any(away.who == entry.who and 0 <= away.first - entry.day <= 1 for away in world.residents.away)
    hospital = "none"
    if gone_in and injured:
        hospital = "admitted"
    elif harm in ("moderate", "severe", "fatal"):
        hospital = pick(rng, ("attended", 0.7), ("ambulance_called", 0.3)) or "attended"
    elif rng.random() < 0.06:
        hospital = "ambulance_called"
    return {
        "person_id": world.residents.stays[entry.who].person_id,
        "service_id": world.home.service_id,
        "occurred_at": entry.occurred_at,
        "time_precision": entry.time_precision,
        "recorded_at": entry.recorded_at,
        "recorded_by": entry.recorded_by,
        "harm": harm,
        "injury": _injury(harm, rng),
        "location": pick(rng, ("bedroom", 0.63), ("bathroom", 0.11), ("lounge", 0.09), ("corridor", 0.07),
                         ("dining", 0.03), ("garden", 0.02), ("outside", 0.01)),
        "doing": pick(rng, ("walking", 0.32), ("transfer", 0.20), ("bed", 0.14), ("chair", 0.10), ("toilet", 0.08),
                      ("reaching", 0.03), ("not_known", 0.10)),
        "seen": pick(rng, ("no", 0.74), ("yes", 0.22)),
        "hospital": hospital,
    }  # fmt: skip


def _injury(harm: str, rng: Generator) -> str:
    if harm == "low":
        return pick(rng, ("bruise_graze", 0.66), ("cut", 0.22), ("head", 0.08)) or "other"
    if harm in ("moderate", "severe", "fatal"):
        return pick(rng, ("fracture", 0.55), ("head", 0.30), ("cut", 0.10)) or "other"
    return "none" if harm == "none" else ""
