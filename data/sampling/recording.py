"""How staff write things down: rounded to the hour, hours later, less at night, more at handover."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, MINUTES_A_DAY, clock
from data.sampling.homes import Home

ON_THE_HOUR = 0.55
SHIFT_ONLY = 0.07
SEEN_AT_NIGHT = 0.80
AT_HANDOVER = 0.12
"""Of the hours next to a handover, the share written as the handover hour (07 or 19)."""
LAG_MEDIAN_HOURS = 2.0
LAG_SPREAD = float(np.log(24 / LAG_MEDIAN_HOURS) / 1.405)
"""So that 8 in 100 are written down more than 24 hours later."""
SHIFT_STARTS = (7 * 60, 14 * 60, 21 * 60)
"""Early, late and night: what a record that names only the shift is dated by."""


@dataclass(frozen=True)
class Happenings:
    """Things that happened: who (row of the residents), and minutes since the sample's first midnight."""

    who: NDArray[np.int64]
    minute: NDArray[np.int64]

    @property
    def day(self) -> NDArray[np.int64]:
        return self.minute // MINUTES_A_DAY

    def only(self, keep: NDArray[np.bool_]) -> Happenings:
        return Happenings(self.who[keep], self.minute[keep])


@dataclass(frozen=True)
class Entry:
    """One thing as it stands in the record."""

    who: int
    day: int
    occurred_at: str
    time_precision: str
    recorded_at: str
    recorded_by: str


def noticed(happened: Happenings, present: NDArray[np.bool_], rng: Generator) -> Happenings:
    """What reaches the record: while the person was there, and four in five of what happens at night."""
    inside = happened.day < DAYS
    inside &= present[happened.who, np.minimum(happened.day, DAYS - 1)]
    clock_minute = happened.minute % MINUTES_A_DAY
    at_night = (clock_minute >= 22 * 60) | (clock_minute < 6 * 60)
    return happened.only(inside & ~(at_night & (rng.random(len(happened.who)) > SEEN_AT_NIGHT)))


def staff_of(home: Home) -> tuple[str, ...]:
    """The references of the colleagues of one service."""
    size = max(8, home.beds // 2)
    return tuple(f"S-{home.index + 1:02d}{number:02d}" for number in range(1, size + 1))


def write_down(happened: Happenings, home: Home, present: NDArray[np.bool_], rng: Generator) -> tuple[Entry, ...]:
    """Entries in order of time. Two of one person never stand on the same minute."""
    order = np.lexsort((happened.who, happened.minute))
    who, minute = happened.who[order], happened.minute[order]
    count = len(who)
    written = _to_handover(minute, rng)
    written = np.where(rng.random(count) < ON_THE_HOUR, written // 60 * 60, written)
    by_shift = rng.random(count) < SHIFT_ONLY
    lag = (LAG_MEDIAN_HOURS * 60 * np.exp(LAG_SPREAD * rng.standard_normal(count))).astype(np.int64)
    recorded = np.minimum(minute + 1 + np.minimum(lag, 30 * MINUTES_A_DAY), DAYS * MINUTES_A_DAY - 1)
    staff = staff_of(home)
    writers = rng.choice(len(staff), size=count, p=_uneven(len(staff)))
    taken: set[tuple[int, int]] = set()
    entries = []
    for place in range(count):
        person, exact = int(who[place]), int(written[place])
        nominal = _shift_start(exact)
        day_before_absent = not present[person, max(0, nominal // MINUTES_A_DAY)]
        coarse = bool(by_shift[place]) and nominal >= 0 and not day_before_absent
        while not coarse and (person, exact) in taken:
            exact += 1
        taken.add((person, exact))
        shown = nominal if coarse else exact
        entries.append(
            Entry(person, shown // MINUTES_A_DAY, clock(shown), "shift" if coarse else "minute",
                  clock(max(int(recorded[place]), shown)), staff[writers[place]])
        )  # fmt: skip
    return tuple(entries)


def _to_handover(minute: NDArray[np.int64], rng: Generator) -> NDArray[np.int64]:
    hour = minute % MINUTES_A_DAY // 60
    moved = rng.random(len(minute)) < AT_HANDOVER
    earlier = moved & ((hour == 8) | (hour == 20))
    later = moved & ((hour == 6) | (hour == 18))
    return np.asarray(minute - 60 * earlier + 60 * later, dtype=np.int64)


def _shift_start(minute: int) -> int:
    """The nominal clock time of the shift a minute falls in; the night shift began the evening before."""
    day, rest = divmod(minute, MINUTES_A_DAY)
    starts = [start for start in SHIFT_STARTS if start <= rest]
    return day * MINUTES_A_DAY + starts[-1] if starts else (day - 1) * MINUTES_A_DAY + SHIFT_STARTS[-1]


def _uneven(count: int) -> NDArray[np.float64]:
    """Some colleagues write more than others."""
    weights = 1 / np.arange(2, count + 2)
    return np.asarray(weights / weights.sum(), dtype=np.float64)
