"""Incidents: distress by its rhythm, everything else by chance, written down as staff write."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, MINUTES_A_DAY
from data.sampling.recording import Entry, Happenings, noticed, write_down
from data.sampling.rhythm import later_minutes, morning_minutes, runs_of_days, sharing_luck
from data.sampling.tables import Row
from data.sampling.tempers import EXTRA_IN_A_MORNING, EXTRA_LATER, chance_of
from data.sampling.watch import Watch, only_seen
from data.sampling.world import World

SAME_LUCK = 0.25
"""Share of days on which a bad morning and a bad rest of the day have one cause."""

Details = Callable[[Generator], Row]


@dataclass(frozen=True)
class OtherKind:
    """A kind of incident that comes by chance: how often, when in the day, and what is noted."""

    kind: str
    per_1000: float
    hours: tuple[float, ...]
    details: Details
    spread: float = 0.8


def pick(rng: Generator, *shares: tuple[str, float]) -> str:
    """One of the words, by its share; what the shares leave over is an empty cell."""
    roll, passed = rng.random(), 0.0
    for word, share in shares:
        passed += share
        if roll < passed:
            return word
    return ""


def incident_rows(world: World, kept: tuple[Watch, ...], rng: Generator) -> list[Row]:
    """All incidents of one home, without their ids."""
    home, present = world.home, world.residents.present
    rows = []
    for entry in write_down(only_seen(noticed(_distress(world, rng), present, rng), kept), home, present, rng):
        rows.append(_row(world, entry, "distress", _distress_details(rng)))
    calming = noticed(by_chance(world.calming(), _EVENING, rng), present, rng)
    for entry in write_down(calming, home, present, rng):
        rows.append(_row(world, entry, "calming_medicine", {}))
    restrictive = np.repeat(world.tempers.restrictive[:, None], DAYS, axis=1)
    for entry in write_down(noticed(by_chance(restrictive, _DAYTIME, rng), present, rng), home, present, rng):
        rows.append(_row(world, entry, "restrictive", _restrictive_details(rng)))
    for other in OTHERS:
        rows.extend(_other(world, other, rng))
    return rows


def by_chance(rate: NDArray[np.float64], hours: tuple[float, ...], rng: Generator) -> Happenings:
    """Poisson counts a day at clock times from a profile of six blocks of four hours."""
    who, day = np.nonzero(counts := rng.poisson(rate))
    who, day = np.repeat(who, counts[who, day]), np.repeat(day, counts[who, day])
    return Happenings(who, day * MINUTES_A_DAY + minutes_by_block(len(who), hours, rng))


def minutes_by_block(count: int, hours: tuple[float, ...], rng: Generator) -> NDArray[np.int64]:
    """Minutes after midnight, by the shares of six blocks of four hours."""
    shares = np.array(hours) / sum(hours)
    return rng.choice(6, size=count, p=shares) * 240 + rng.integers(0, 240, count)


def _distress(world: World, rng: Generator) -> Happenings:
    """All distress, seen or not: mornings with some, days with some later on, and how often on each."""
    mornings = runs_of_days(chance_of(world.mornings()), world.dice)
    later = runs_of_days(chance_of(world.later()), sharing_luck(world.dice, SAME_LUCK, rng))
    who_m, day_m = _each(mornings, EXTRA_IN_A_MORNING, rng)
    who_l, day_l = _each(later, EXTRA_LATER, rng)
    overnight = world.home.setting != "homecare"
    minutes = np.concatenate([
        day_m * MINUTES_A_DAY + morning_minutes(len(day_m), rng),
        day_l * MINUTES_A_DAY + later_minutes(world.tempers.clock[who_l], overnight, rng),
    ])  # fmt: skip
    return Happenings(np.concatenate([who_m, who_l]), minutes)


def _each(bad: NDArray[np.bool_], extra: float, rng: Generator) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    who, day = np.nonzero(bad)
    times = 1 + rng.poisson(extra, len(who))
    return np.repeat(who, times), np.repeat(day, times)


def _row(world: World, entry: Entry, kind: str, details: Row) -> Row:
    return {
        "service_id": world.home.service_id,
        "person_id": world.residents.stays[entry.who].person_id,
        "occurred_at": entry.occurred_at,
        "time_precision": entry.time_precision,
        "recorded_at": entry.recorded_at,
        "recorded_by": entry.recorded_by,
        "kind": kind,
        **details,
    }


def _distress_details(rng: Generator) -> Row:
    return {
        "subkind": pick(rng, ("upset", 0.34), ("calling_out", 0.24), ("searching", 0.19), ("pushing_away", 0.17),
                        ("self_harm", 0.02)),
        "harm": pick(rng, ("none", 0.80), ("low", 0.02)),
        "harm_psychological": pick(rng, ("none", 0.06), ("low", 0.09), ("moderate", 0.03)),
        "intensity": pick(rng, ("1", 0.38), ("2", 0.30), ("3", 0.10)),
        "minutes": str(int(rng.integers(1, 13)) * 5) if rng.random() < 0.25 else "",
        "location": pick(rng, ("bedroom", 0.30), ("lounge", 0.18), ("corridor", 0.11), ("bathroom", 0.10),
                         ("dining", 0.06), ("garden", 0.02)),
        "likely_reason": pick(rng, ("not_known", 0.06), ("hurry", 0.10), ("noise", 0.09), ("pain", 0.07),
                              ("unfamiliar_person", 0.07), ("loneliness", 0.06), ("boredom", 0.05), ("toilet", 0.04),
                              ("hunger", 0.02)),
    }  # fmt: skip


def _restrictive_details(rng: Generator) -> Row:
    return {
        "subkind": pick(rng, ("physical", 0.42), ("environmental", 0.26), ("mechanical", 0.16), ("chemical", 0.06),
                        ("surveillance", 0.10)),
        "harm": pick(rng, ("none", 0.80), ("low", 0.08)),
        "harm_psychological": pick(rng, ("none", 0.20), ("low", 0.20), ("moderate", 0.06)),
        "location": pick(rng, ("bedroom", 0.50), ("bathroom", 0.22), ("lounge", 0.14), ("corridor", 0.08)),
    }  # fmt: skip


def _injury(rng: Generator) -> Row:
    return {
        "subkind": pick(rng, ("skin tear", 0.35), ("bruise", 0.45), ("cut", 0.15)),
        "harm": pick(rng, ("low", 0.86), ("moderate", 0.06), ("none", 0.04)),
        "explained": pick(rng, ("yes", 0.76), ("no", 0.15)),
        "location": pick(rng, ("bedroom", 0.55), ("bathroom", 0.20), ("lounge", 0.10)),
    }


def _with_harm(*shares: tuple[str, float]) -> Details:
    return lambda rng: {"harm": pick(rng, *shares)}


_EVENING = (6.0, 8.0, 20.0, 20.0, 28.0, 18.0)
_DAYTIME = (5.0, 14.0, 25.0, 20.0, 22.0, 14.0)

OTHERS = (
    OtherKind("injury", 1.6, _DAYTIME, _injury, spread=0.5),
    OtherKind("medicine_error", 0.9, _DAYTIME, _with_harm(("none", 0.85), ("low", 0.10))),
    OtherKind("skin", 0.9, _DAYTIME, _with_harm(("low", 0.70), ("moderate", 0.20))),
    OtherKind("safeguarding", 0.25, _DAYTIME, _with_harm(("none", 0.40), ("low", 0.40), ("moderate", 0.10))),
    OtherKind("staff_injury", 0.5, _DAYTIME, _with_harm(("low", 0.70), ("none", 0.20), ("moderate", 0.05))),
    OtherKind("missing", 0.12, _DAYTIME, _with_harm(("none", 0.90), ("low", 0.05))),
    OtherKind("other", 0.4, _DAYTIME, _with_harm(("none", 0.60), ("low", 0.20))),
)


def _other(world: World, other: OtherKind, rng: Generator) -> list[Row]:
    own = rng.gamma(other.spread, 1 / other.spread, world.residents.count) * other.per_1000 / 1000
    happened = by_chance(np.repeat(own[:, None], DAYS, axis=1), other.hours, rng)
    present = world.residents.present
    rows = []
    for entry in write_down(noticed(happened, present, rng), world.home, present, rng):
        row = _row(world, entry, other.kind, other.details(rng))
        if other.kind == "staff_injury" and rng.random() < 0.5:
            row["person_id"] = ""
        rows.append(row)
    return rows
