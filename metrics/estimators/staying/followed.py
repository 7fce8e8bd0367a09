"""The people followed, checked, and the times at which somebody left."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.arguments import figures

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Followed:
    """The people, checked: when they came into sight, when they left it, and why."""

    entry: Floats
    leave: Floats
    cause: NDArray[np.int64]

    @classmethod
    def of(
        cls, entry: Sequence[float], leave: Sequence[float], cause: Sequence[int], codes: tuple[int, ...]
    ) -> Followed:
        if not len(entry) == len(leave) == len(cause):
            raise ValueError("Each person needs a time of entry, a time of leaving and a reason.")
        if not len(leave):
            raise ValueError("Nobody was followed, so there is no share still there.")
        start, end = figures("A time of entry", entry), figures("A time of leaving", leave)
        why = np.asarray(cause)
        if (start < 0).any() or (end < start).any():
            raise ValueError("A stay cannot begin before 0 or end before it begins.")
        if not np.isin(why, codes).all():
            raise ValueError(f"A reason for leaving is one of {', '.join(map(str, codes))}.")
        # Who came into sight late and left it at once was never seen at risk, so cannot be seen leaving.
        never = (start == end) & (start > 0)
        return cls(start, end, np.where(never, 0, why).astype(np.int64))

    @property
    def people(self) -> int:
        return int(self.leave.size)

    @property
    def person_time(self) -> float:
        return float(np.sum(self.leave - self.entry))

    @property
    def last_seen(self) -> float:
        return float(self.leave.max())


@dataclass(frozen=True)
class Steps:
    """The times at which somebody left, how many did, and how many were there to leave."""

    times: Floats
    events: Floats
    at_risk: Floats

    @classmethod
    def of(cls, who: Followed, left: NDArray[np.bool_]) -> Steps:
        times, events = np.unique(who.leave[left], return_counts=True)
        return cls(times, events.astype(float), at_risk_before(who.entry, who.leave, times))

    @property
    def shares(self) -> Floats:
        """The share still there from each time on."""
        return np.asarray(np.cumprod(1 - self.events / self.at_risk), dtype=np.float64)

    @property
    def shares_before(self) -> Floats:
        """The share still there just before each time."""
        return np.concatenate([[1.0], self.shares])[: self.times.size]

    @property
    def fewest(self) -> int | None:
        return int(self.at_risk.min()) if self.at_risk.size else None


def at_risk_before(entry: Floats, leave: Floats, times: Floats) -> Floats:
    """How many were there just before each time. A stay seen from its first day counts from time 0 itself."""
    came = np.searchsorted(np.sort(np.where(entry == 0, -1.0, entry)), times, side="left")
    gone = np.searchsorted(np.sort(leave), times, side="left")
    return np.asarray(came - gone, dtype=float)


def events_at(times_of_events: Floats, times: Floats) -> Floats:
    """How many events fall on each of ``times``."""
    ordered = np.sort(times_of_events)
    found = np.searchsorted(ordered, times, side="right") - np.searchsorted(ordered, times, side="left")
    return np.asarray(found, dtype=float)
