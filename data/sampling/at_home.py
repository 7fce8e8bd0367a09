"""Homecare: the person's own times and a wash that is not declined, and what they said of it when asked."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from numpy.random import Generator

from data.sampling.days import DAYS, iso
from data.sampling.feedback import MEANS, asked_one
from data.sampling.plan_checks import check, days_there, graded, offers, visits
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

OWN_TIMES = (0.60, 0.80)
"""Share of visits at the person's own time before and after a plan about declined care: a routine that holds."""
OFFERS_BEFORE, OFFERS_AFTER = 56, 46
DECLINED = 0.06
"""Where the plan is about the times of visits, six offers in 100 are declined, before and after."""
RANKED = (0.45, 0.85)
"""Plans whose tasks the person put in order, before and after; with the plan about declined care, first with help."""
SAID_BETTER = 0.7
"""What people say at a review two months later, where their plan works."""


def at_home_checks(world: World, rng: Generator) -> list[Row]:
    """Offers of help, visits and the order of tasks for the people of homecare's plans."""
    if world.home.setting != "homecare":
        return []
    rows: list[Row] = []
    for trial in world.all_trials:
        if trial.who is None:
            continue
        if trial.plan.outcome == "C1":
            rows.extend(offers(world, trial, rng) if trial not in world.planted_later else ())
            rows.extend(visits(world, own_times(trial), rng))
        else:
            rows.extend(_offers_meanwhile(world, trial, rng))
        for days, chance in ((-16, RANKED[0]), (24, RANKED[1])):
            if trial.start + days < DAYS:
                ranked = graded(chance, rng, partly=0.8, not_applicable=0.0)
                if trial.plan.later:
                    ranked = "partly" if days < 0 else "met"
                rows.append(check(world, "ranked_plan", ranked, trial.who, done=iso(trial.start + days), trial=trial))
    return rows


def own_times(trial: Trial) -> Trial:
    """The same plan, seen from the times of the visits."""
    return replace(trial, level=OWN_TIMES[0], level_after=OWN_TIMES[1])


def _offers_meanwhile(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    for day in days_there(world, trial, OFFERS_BEFORE, OFFERS_AFTER):
        if day % 2:
            element = ("washing", "dressing", "meal")[day % 3]
            result = graded(1 - DECLINED, rng, partly=0.55, not_applicable=0.01)
            yield check(world, "care_offer", result, trial.who, element=element, done=iso(day), shift="early")


def said_at_reviews(world: World, rng: Generator) -> list[Row]:
    """What the people of homecare's plans said of their support, just before the start and two months later."""
    if world.home.setting != "homecare":
        return []
    rows = []
    for trial in world.all_trials:
        if trial.who is None:
            continue
        better = SAID_BETTER if trial.plan.truth == "works" else 0.0
        for days, moment, more in ((-12, "review", 0.0), (36, "reassessment", better)):
            day = trial.start + days
            if day < DAYS and world.residents.present[trial.who, day]:
                rows.append(asked_one(world, day, "self", "person_checkin", "support_overall",
                                      MEANS["support_overall"] + more, 0.0, f"{trial.who:03d}a", rng, trial.who,
                                      moment=moment, support="none", mode="spoken",
                                      intervention_id=trial.intervention_id))  # fmt: skip
    return rows
