"""Checks that belong to a plan: windows watched, offers, visits, choices, freedom, elements, reviews."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS, MINUTES_A_DAY, clock, iso
from data.sampling.personal_plans import FINDING_AFTER
from data.sampling.recording import staff_of
from data.sampling.rhythm import WINDOWS, runs_of_days
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.watch import Watch
from data.sampling.world import World

ELEMENTS = {
    "routine": ("waking", "order", "phrases"), "music": ("music", "waking"), "positive_risk": ("company", "mobility"),
    "meals": ("food", "company"), "activities": ("company", "activity"), "environment": ("waking", "light"),
    "choice": ("order", "food"), "visits": ("waking", "order"),
}  # fmt: skip
"""The parts of a plan that are looked at, and on which views are asked."""

EXPORTED_NEAR_START = (72, 60)
"""Days before and after a start for which all four windows are exported; further off only mornings are."""
CHOICE_LOST_AT_FINDING = 0.30
"""How far everyday choice shrinks after the planted finding about capacity, though the law asks for no such thing."""
DECLINED_OF_OFFERS = 0.09


def plan_checks(world: World, kept: tuple[Watch, ...], fell: list[tuple[int, int]], rng: Generator) -> list[Row]:
    """All checks tied to a plan; ``fell`` lists who fell on which day."""
    rows = [row for watch in kept for row in _windows(world, watch)]
    for trial in world.trials:
        if trial.who is None:
            continue
        rows.extend(_elements(world, trial, rng))
        if trial.plan.outcome in ("C1", "D1"):
            rows.extend(offers(world, trial, rng))
        if trial.plan.outcome == "C4":
            rows.extend(visits(world, trial, rng))
        if trial.plan.outcome == "R1":
            rows.extend(_choices(world, trial, rng))
        if trial.plan.kind == "positive_risk":
            rows.extend(_freedom(world, trial, rng))
            rows.extend(_trigger_reviews(world, trial, fell, rng))
    return rows


def check(world: World, measure: str, result: str, who: int | None = None, *, element: str = "",
          done: str = "", due: str = "", trial: Trial | None = None, shift: str = "",
          by: str = "") -> Row:  # fmt: skip
    """One row of checks, without its id."""
    return {
        "measure": measure,
        "service_id": world.home.service_id,
        "person_id": "" if who is None else world.residents.stays[who].person_id,
        "intervention_id": "" if trial is None else trial.intervention_id,
        "element": element,
        "due_on": due,
        "done_at": done,
        "result": result,
        "shift": shift,
        "recorded_by": by,
    }


def graded(chance: float, rng: Generator, *, partly: float = 0.6, not_applicable: float = 0.02) -> str:
    """Met with the given chance; of the rest, a share is met in part."""
    if rng.random() < not_applicable:
        return "not_applicable"
    if rng.random() < chance:
        return "met"
    return "partly" if rng.random() < partly else "not_met"


def some_staff(world: World, rng: Generator) -> str:
    """A colleague among the ten who write most."""
    staff = staff_of(world.home)
    return staff[int(rng.integers(min(10, len(staff))))]


def days_there(world: World, trial: Trial, before: int, after: int) -> Iterator[int]:
    """Days around the start on which the person was there."""
    if trial.who is None:
        return
    for day in range(max(0, trial.start - before), min(DAYS, trial.start + after)):
        if world.residents.present[trial.who, day]:
            yield day


def _windows(world: World, watch: Watch) -> Iterator[Row]:
    for day in range(watch.first, watch.last + 1):
        there = world.residents.present[watch.who, day]
        near = -EXPORTED_NEAR_START[0] <= day - watch.trial.start < EXPORTED_NEAR_START[1]
        for window, element in enumerate(WINDOWS if near else WINDOWS[:1]):
            seen = "met" if watch.seen[day - watch.first, window] else "not_met"
            yield check(world, "window_observed", seen if there else "not_applicable", watch.who, element=element,
                        done=iso(day))  # fmt: skip


def _elements(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    """Each element looked at every third day or so; some plans are kept better than others."""
    kept = rng.uniform(0.60, 0.80) if rng.random() < 0.25 else rng.uniform(0.86, 0.98)
    for day in days_there(world, trial, 0, 99):
        if trial.end is not None and day > trial.end:
            return
        for element in ELEMENTS[trial.plan.kind]:
            if rng.random() < 0.33:
                shift = "early" if element in ("waking", "order", "phrases", "music") else "late"
                yield check(world, "element_delivered", graded(kept, rng, not_applicable=0.05), trial.who,
                            element=element, done=iso(day), trial=trial, shift=shift,
                            by=some_staff(world, rng))  # fmt: skip


def offers(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    """Offers of help: three a day where declining is what the plan is about, else one each morning."""
    subject = trial.plan.outcome == "C1"
    elements = ("washing", "dressing", "mouth_care") if subject else ("washing", "dressing")
    usual = DECLINED_OF_OFFERS * (0.5 + rng.gamma(1.0, 1.0))
    shape = rng.random()
    for day in days_there(world, trial, 72, 61 if subject else 46):
        chance = trial.level_on(day) if subject else min(0.6, usual * _own_way(shape, day - trial.start))
        width = 0.5 * min(chance, 1 - chance)
        today = chance + float(rng.uniform(-width, width))
        for element in elements if subject else elements[day % 2 : day % 2 + 1]:
            result = graded(1 - today, rng, partly=0.55, not_applicable=0.01)
            yield check(world, "care_offer", result, trial.who, element=element, done=iso(day), shift="early")


def _own_way(shape: float, day: int) -> float:
    """Declining over time with nothing done: half steady, a third up and down, an eighth high then falling."""
    if shape < 0.54:
        return 1.0
    if shape < 0.875:
        return 1.0 + 0.6 * float(np.sin(2 * np.pi * day / 45))
    return 0.8 + 2.2 * float(np.exp(-(day + 72) / 30))


def visits(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    """Two visits a day against the person's own time, and every other day whether the face was familiar."""
    times = {"morning": int(rng.integers(16, 21)) * 30, "tea": int(rng.integers(32, 37)) * 30}
    spans = {"met": (-20, 30), "partly": (31, 60), "not_met": (61, 130), "not_applicable": (60, 180)}
    for day in days_there(world, trial, 72, 61):
        for element, minute in times.items():
            result = graded(trial.level_on(day), rng)
            low, high = spans[result]
            due = day * MINUTES_A_DAY + minute
            missed = result == "not_met" and rng.random() < 0.08
            done = "" if missed else clock(due + int(rng.integers(low, high + 1)))
            yield check(world, "visit_time", result, trial.who, element=element, due=clock(due), done=done)
        if day % 2:
            yield check(world, "usual_team", graded(0.74, rng, partly=0.0), trial.who, element="morning",
                        done=iso(day))  # fmt: skip


def finding_day(world: World, trial: Trial) -> int | None:
    """The day of the planted finding about capacity, for the one plan it follows."""
    if "capacity_finding" in world.home.planted and trial.plan.outcome == "R1":
        return trial.start + FINDING_AFTER
    return None


def _choices(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    """Two everyday choices a day, and who led them."""
    kinds = ("clothes", "food", "activity", "company", "time", "bathing", "evening")
    found = finding_day(world, trial)
    until = 85 if found is None else found - trial.start + 61
    for day in days_there(world, trial, 84, until):
        lost = CHOICE_LOST_AT_FINDING if found is not None and day >= found else 0.0
        for element in (kinds[day % 7], kinds[(day + 3) % 7]):
            result = graded(trial.level_on(day) - lost, rng)
            yield check(world, "everyday_choice", result, trial.who, element=element, done=iso(day))


def _freedom(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    levels: NDArray[np.float64] = np.array([[trial.level_on(day) for day in range(DAYS)]])
    free = runs_of_days(levels, rng.random(levels.shape))[0]
    for day in days_there(world, trial, 98, 99):
        result = "not_applicable" if rng.random() < 0.02 else "met" if free[day] else "not_met"
        element = "walk" if rng.random() < 0.6 else "outing" if rng.random() < 0.4 else "activity"
        yield check(world, "freedom_day", result, trial.who, element=element, done=iso(day))


def _trigger_reviews(world: World, trial: Trial, fell: list[tuple[int, int]], rng: Generator) -> Iterator[Row]:
    """Every fall after the start calls for a review within seven days."""
    for who, day in sorted(set(fell)):
        due = day + 7
        if who != trial.who or day < trial.start or due + 12 >= DAYS:
            continue
        held = rng.random() < 0.95
        done = due - int(rng.integers(1, 7)) if rng.random() < 0.88 else due + int(rng.integers(1, 12))
        yield check(world, "trigger_review", "met" if held else "not_met", who, element="fall", due=iso(due),
                    done=iso(done) if held else "", trial=trial)  # fmt: skip
