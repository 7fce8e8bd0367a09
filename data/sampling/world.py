"""One home's world before anything is written down: who, when, how often, and what was tried."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator, SeedSequence, default_rng
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.happenings import OUTBREAK_DAYS, Background, background
from data.sampling.home_plans import in_steady_times, service_trials
from data.sampling.homes import Home
from data.sampling.personal_plans import choose_people, person_trials
from data.sampling.portraits import Portrait, minority_of, portraits
from data.sampling.residents import MOBILITY, Residents, settle
from data.sampling.tempers import Tempers, chance_of, tempers
from data.sampling.trials import SERVICE_SETTLING, Hazard, Trial, combined

FALLS_WHEN_MOBILITY_CHANGES = 1.3

_STREAMS = ("settle", "portraits", "plans", "happenings", "tempers", "dice", "starts", "steady", "watch", "incidents", "falls",
            "people", "checks", "voice", "feedback", "declarations", "context", "later plans", "later papers", "later checks",
            "later voices", "concerns", "everybody asked", "shaping", "agreements", "risk records", "at home",
            "three ways", "health", "session notes", "levels", "said around", "said at home",
            "choices made", "everyday", "told early", "answered together")  # fmt: skip


@dataclass(frozen=True)
class Luck:
    """A generator for each part of the simulation, so that a change in one part leaves the others alone."""

    seeds: dict[str, SeedSequence]

    def __getitem__(self, stream: str) -> Generator:
        return default_rng(self.seeds[stream])


def luck_of(seed: SeedSequence) -> Luck:
    """Split one seed into the streams."""
    return Luck(dict(zip(_STREAMS, seed.spawn(len(_STREAMS)), strict=True)))


@dataclass(frozen=True)
class World:
    """Everything that is true in one home."""

    home: Home
    residents: Residents
    portraits: tuple[Portrait, ...]
    tempers: Tempers
    background: Background
    trials: tuple[Trial, ...]
    dice: NDArray[np.float64]
    planted_later: tuple[Trial, ...] = ()
    """Plans planted later, on dice of their own; they change no rate."""

    @property
    def all_trials(self) -> tuple[Trial, ...]:
        return (*self.trials, *self.planted_later)

    def of_the_later(self) -> World:
        """The same world with the later plans alone, to draw what follows from them."""
        return replace(self, trials=self.planted_later, planted_later=())

    def mornings(self, without: Trial | None = None) -> NDArray[np.float64]:
        """Hazard of distress before 11:00 for each person and day, as if ``without`` had not been tried."""
        factor = self._everywhere(without) * self._pushed("morning", without)
        return np.asarray(self.tempers.morning[:, None] * factor, dtype=np.float64)

    def later(self, without: Trial | None = None) -> NDArray[np.float64]:
        """Hazard of distress from 11:00 to 06:00."""
        return np.asarray(self.tempers.later[:, None] * self._everywhere(without), dtype=np.float64)

    def falls(self, without: Trial | None = None) -> NDArray[np.float64]:
        """Falls a day, however many of them are written down."""
        rate = self.tempers.falls[:, None] * self._mobility() * self._pushed("falls", without)
        return np.asarray(rate, dtype=np.float64)

    def calming(self, without: Trial | None = None) -> NDArray[np.float64]:
        """As-needed calming medicine a day."""
        return np.asarray(self.tempers.calming[:, None] * self._pushed("calming", without), dtype=np.float64)

    def _pushed(self, what: Hazard, without: Trial | None) -> NDArray[np.float64]:
        tried = tuple(trial for trial in self.trials if trial is not without)
        return combined(tried, what, self.residents.count)

    def _everywhere(self, without: Trial | None) -> NDArray[np.float64]:
        return np.asarray(self.background.distress * self._pushed("distress", without), dtype=np.float64)

    def _mobility(self) -> NDArray[np.float64]:
        factor = np.ones((self.residents.count, DAYS))
        for change in self.residents.changes:
            if change.mobility is not None and change.mobility < len(MOBILITY) - 1:
                factor[change.who, change.day :] *= FALLS_WHEN_MOBILITY_CHANGES
        return factor


def make_world(home: Home, luck: Luck) -> World:
    """People first, then the plans of the home, then the person of each personal plan and its start."""
    residents = settle(home, luck["settle"])
    people = portraits(home, residents, luck["portraits"])
    everyone = service_trials(home, luck["plans"])
    around = background(home, everyone, luck["happenings"])
    rng = luck["starts"]
    choices = choose_people(home, residents, _disturbed(everyone, around), everyone, rng)
    rates = tempers(home, residents, choices, minority_of(people), luck["tempers"])
    dice = luck["dice"].random((residents.count, DAYS))
    without = World(home, residents, people, rates, around, everyone, dice)
    everyone = tuple(
        in_steady_times(home, trial, without.falls(trial), residents.present, luck["steady"])
        if trial.plan.outcome == "F1"
        else trial
        for trial in everyone
    )
    around = background(home, everyone, luck["happenings"])
    without = replace(without, background=around, trials=everyone)
    personal = person_trials(home, choices, chance_of(without.mornings()), dice, rng)
    trials = tuple(sorted((*everyone, *personal), key=lambda trial: trial.intervention_id))
    world = replace(without, trials=trials)
    return replace(world, planted_later=_later_trials(world, luck["later plans"]))


def _later_trials(world: World, rng: Generator) -> tuple[Trial, ...]:
    """The plans planted later: at other times than anything that changes distress, for people who have no plan yet."""
    home = world.home
    whole = service_trials(home, rng, later=True)
    taken = frozenset(trial.who for trial in world.trials if trial.who is not None)
    disturbed = _disturbed(world.trials, world.background)
    choices = choose_people(home, world.residents, disturbed, whole, rng, later=True, not_these=taken)
    personal = person_trials(home, choices, chance_of(world.mornings()), world.dice, rng)
    return tuple(sorted((*whole, *personal), key=lambda trial: trial.intervention_id))


def _disturbed(trials: tuple[Trial, ...], around: Background) -> NDArray[np.bool_]:
    """Days on which something else changes distress in the whole home: no personal plan straddles them."""
    disturbed = np.zeros(DAYS, dtype=bool)
    for trial in trials:
        if any(push.what in ("distress", "calming") for push in trial.pushes):
            disturbed[trial.start : trial.start + SERVICE_SETTLING + 1] = True
    for event in around.events:
        if event.kind == "outbreak":
            disturbed[event.day : event.day + OUTBREAK_DAYS] = True
        if event.kind == "new_recording_system":
            disturbed[event.day] = True
    return disturbed
