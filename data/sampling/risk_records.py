"""What is written down around a positive risk plan: entries, the plan's own parts, daily looks, near misses reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from numpy.random import Generator

from data.sampling.days import DAYS, iso, number_of
from data.sampling.plan_checks import check, days_there, graded
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

BEFORE, AFTER = 42, 60
AN_ENTRY_EVERY_DAYS = 2
PROPORTIONATE = (0.62, 0.92)
"""Entries that name the lightest support that works, before the plan and once it has settled in."""
LOOKED_AT_DAILY = 0.93
PLAN_COMPLETE = (0.60, 0.92)
NEAR_MISS_AFTER = (9, 18, 29)
HELD_IN_TIME = 0.95


def risk_records(world: World, checks: list[Row], rng: Generator) -> Iterator[Row]:
    """The records of each person with a positive risk plan; ``checks`` are those there are, with reviews after falls."""
    for trial in world.all_trials:
        if trial.plan.kind == "positive_risk":
            yield from _entries(world, trial, rng)
            yield from _near_misses(world, trial, _reviews_due(trial, checks), rng)


def answered_together(world: World, checks: list[Row], rng: Generator) -> list[Row]:
    """The reviews after falls, held in time where the person is in it: nearly all, for plans made together on purpose."""
    together = {trial.intervention_id for trial in world.trials if trial.plan.ladder is not None}
    rows = []
    for row in checks:
        if row["measure"] == "trigger_review" and row["intervention_id"] in together and rng.random() < HELD_IN_TIME:
            due = number_of(date.fromisoformat(row["due_on"]))
            row = {**row, "result": "met", "done_at": iso(due - int(rng.integers(1, 6)))}
        rows.append(row)
    return rows


def _reviews_due(trial: Trial, checks: list[Row]) -> int:
    """Reviews after falls that fall due while the plan is first looked at."""
    first, last = trial.windows()[1]
    return sum(
        row["measure"] == "trigger_review"
        and row["intervention_id"] == trial.intervention_id
        and iso(first) <= row["due_on"] <= iso(last)
        for row in checks
    )


def _entries(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    for day in days_there(world, trial, BEFORE, AFTER):
        in_force = float(trial.settled()[day])
        if day % AN_ENTRY_EVERY_DAYS:
            good = PROPORTIONATE[0] + (PROPORTIONATE[1] - PROPORTIONATE[0]) * in_force
            yield check(world, "risk_entry", graded(good, rng), trial.who, done=iso(day), trial=trial)
        if day % 7 == 0:
            whole = PLAN_COMPLETE[0] + (PLAN_COMPLETE[1] - PLAN_COMPLETE[0]) * in_force
            yield check(
                world, "risk_plan", graded(whole, rng, not_applicable=0.0), trial.who, done=iso(day), trial=trial
            )
        looked = graded(LOOKED_AT_DAILY, rng)
        yield check(world, "daily_monitoring", looked, trial.who, due=iso(day),
                    done=iso(min(DAYS - 1, day + (looked == "partly"))) if looked in ("met", "partly") else "",
                    trial=trial)  # fmt: skip


def _near_misses(world: World, trial: Trial, already: int, rng: Generator) -> Iterator[Row]:
    """A trip caught in time calls for a review within seven days, as a fall does: together with falls, three or more."""
    for days in NEAR_MISS_AFTER[already:]:
        due = trial.start + days + 7
        done = due - int(rng.integers(1, 6)) if rng.random() < HELD_IN_TIME else due + int(rng.integers(1, 6))
        if max(due, done) < DAYS:
            yield check(world, "trigger_review", "met", trial.who, element="near_miss", due=iso(due), done=iso(done),
                        trial=trial)  # fmt: skip
