"""A plan in its place: whose, from when, and what it truly does to rates and chances."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.plans import Plan

Windows = tuple[tuple[int, int], tuple[int, int]]
Hazard = Literal["morning", "distress", "falls", "calming"]
PERSON_SETTLING, SERVICE_SETTLING = 14, 28
PERSON_WINDOW, SERVICE_WINDOW = 28, 180


@dataclass(frozen=True)
class Push:
    """What a plan does to a rate: times ``ratio`` once settled in, for one person or everybody."""

    what: Hazard
    who: int | None
    ratio: float


@dataclass(frozen=True)
class Trial:
    """A plan in its place. ``level`` and ``level_after`` belong to outcomes that are a chance or a mean."""

    plan: Plan
    intervention_id: str
    who: int | None
    start: int
    settling: int
    end: int | None
    reason: str
    level: float
    level_after: float
    pushes: tuple[Push, ...]

    def settled(self) -> NDArray[np.float64]:
        """How much of the plan is in force on each day: 0 before, rising while settling in, then 1."""
        days = np.arange(DAYS)
        ramp = np.clip((days - self.start) / max(1, self.settling), 0, 1)
        return np.where(days > self.end, 0.0, ramp) if self.end is not None else ramp

    def level_on(self, day: int) -> float:
        return self.level + (self.level_after - self.level) * float(self.settled()[day])

    def windows(self) -> Windows:
        """First and last day before and after: declared ones, else the usual ones of this project."""
        after = self.start + self.settling
        if self.plan.declared_days is not None:
            length = self.plan.declared_days
            return (self.start - length, self.start - 1), (after, min(after + length, DAYS) - 1)
        length = PERSON_WINDOW if self.who is not None else SERVICE_WINDOW
        before = (self.start - length, self.start - 1)
        if self.who is not None and self.reason == "after_incidents":
            before = (self.start - 70, self.start - 15)
        return before, (after, min(after + length, DAYS) - 1)


def combined(trials: tuple[Trial, ...], what: Hazard, people: int) -> NDArray[np.float64]:
    """The factor of all plans together on one rate, for each person and day."""
    factor = np.ones((people, DAYS))
    for trial in trials:
        for push in trial.pushes:
            if push.what == what:
                rows = slice(None) if push.who is None else slice(push.who, push.who + 1)
                factor[rows] *= 1 + (push.ratio - 1) * trial.settled()
    return factor
