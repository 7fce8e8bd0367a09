"""What else happens to a whole home: outbreaks, training, a new system, a finding about capacity."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, seasons
from data.sampling.homes import Home
from data.sampling.trials import Trial

SURGE = 1.35
"""After training in reporting a third more falls are written down, with no more injuries (as trials have seen)."""
NEW_SYSTEM = 1.20
"""A new recording system catches a fifth more distress."""
OUTBREAK = 1.40
OUTBREAK_DAYS = 24


@dataclass(frozen=True)
class HomeEvent:
    """A dated happening of the whole home, as it will stand in ``context``."""

    kind: str
    day: int
    until: int | None
    label: str


@dataclass(frozen=True)
class Background:
    """Factors by day that have nothing to do with any plan, and the happenings behind them."""

    distress: NDArray[np.float64]
    extra_unharmed_falls: NDArray[np.float64]
    events: tuple[HomeEvent, ...]


def background(home: Home, trials: tuple[Trial, ...], rng: Generator) -> Background:
    """Season, outbreak and changes in recording; ``trials`` are those of the whole service."""
    distress = seasons()
    extra = np.zeros(DAYS)
    events = _ordinary(home, rng)
    if "outbreak" in home.planted:
        day = int(rng.integers(620, 660))
        distress[day : day + OUTBREAK_DAYS] *= OUTBREAK
        events.append(HomeEvent("outbreak", day, day + OUTBREAK_DAYS - 1, "Winter sickness in the home"))
    if "new_recording_system" in home.planted:
        day = _near(trials, "D2", rng)
        distress[day:] *= NEW_SYSTEM
        events.append(HomeEvent("new_recording_system", day, None, "New recording system"))
    if "recording_surge" in home.planted:
        day = _near(trials, "F1", rng)
        extra[day:] = SURGE - 1
        events.append(HomeEvent("reporting_training", day, day + 1, "Training in reporting falls"))
    return Background(distress, extra, tuple(sorted(events, key=lambda event: event.day)))


def _near(trials: tuple[Trial, ...], outcome: str, rng: Generator) -> int:
    """A day within a fortnight of the start of the home's plan about ``outcome``."""
    start = next(trial.start for trial in trials if trial.plan.outcome == outcome)
    return start + int(rng.integers(-14, 15))


def _ordinary(home: Home, rng: Generator) -> list[HomeEvent]:
    """Things every home knows; they change nothing in the numbers."""
    events = []
    if rng.random() < 0.5:
        events.append(HomeEvent("manager_change", int(rng.integers(60, 850)), None, "New manager"))
    for _ in range(int(rng.integers(0, 3))):
        day = int(rng.integers(30, 860))
        events.append(HomeEvent("staffing_gap", day, day + int(rng.integers(7, 29)), "Short of night staff"))
    if home.sleeps and rng.random() < 0.4:
        day = int(rng.integers(60, 820))
        events.append(HomeEvent("building_work", day, day + int(rng.integers(14, 60)), "New bathroom"))
    return events
