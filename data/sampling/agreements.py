"""What was agreed and said around the start of a plan: boundaries, why, disagreements, and how it feels in the end."""

from __future__ import annotations

from collections.abc import Iterator

from numpy.random import Generator

from data.sampling.days import DAYS, iso
from data.sampling.feedback import MEANS, answer, asked_one
from data.sampling.plan_checks import check
from data.sampling.tables import Row
from data.sampling.trials import Trial
from data.sampling.world import World

AGREED, AGREED_IN_TIME = 0.90, 0.86
TOGETHER_IN_TIME = 0.97
"""Where a plan was made together on purpose, what is due by its start is seldom late."""
TOLD_WHY, TOLD_IN_TIME = 0.90, 0.88
DISAGREED, ANSWERED_IN_TIME = 0.35, 0.80
IN_SAFEGUARDING = (18, 64, 121, 170)
"""Days after the start of a safeguarding plan by which an answer was promised to somebody who saw it differently."""
SUBJECTS = {"positive_risk": "risk", "safeguarding": "safeguarding", "choice": "care"}
FEELS_OTHERWISE_AFTER = 52
FAMILY_SURER = 0.8


def agreements(world: World, rng: Generator) -> Iterator[Row]:
    """For each plan: four boundaries and the reason, all due when it begins; and some disagreements, answered."""
    for trial in world.all_trials:
        for element in ("influence", "provider", "disagreement", "review"):
            yield _by_the_start(world, trial, "boundary_set", AGREED, AGREED_IN_TIME, rng, element)
        yield _by_the_start(world, trial, "change_explained", TOLD_WHY, TOLD_IN_TIME, rng)
        some = [int(rng.integers(5, 30))] if rng.random() < DISAGREED else []
        for days in IN_SAFEGUARDING if trial.plan.kind == "safeguarding" else some:
            if trial.start + days + 10 < DAYS:
                yield _answered(world, trial, trial.start + days, rng)


def _answered(world: World, trial: Trial, due: int, rng: Generator) -> Row:
    """A disagreement with the answer that was promised, and whether a way through was written down."""
    late = int(rng.integers(1, 9)) if rng.random() > ANSWERED_IN_TIME else -int(rng.integers(0, 5))
    return check(world, "disagreement_answered", "met" if rng.random() < 0.92 else "partly", trial.who,
                 element=SUBJECTS.get(trial.plan.kind, "care"), due=iso(due), done=iso(due + late),
                 trial=trial)  # fmt: skip


def _by_the_start(world: World, trial: Trial, measure: str, met: float, in_time: float, rng: Generator,
                  element: str = "") -> Row:  # fmt: skip
    roll, days, late = (
        rng.random(),
        int(rng.integers(0, 12)),
        rng.random() > (in_time if trial.plan.ladder is None else TOGETHER_IN_TIME),
    )
    done = trial.start + 1 + days if late else trial.start - days
    result = "met" if roll < met else "partly" if roll < met + 0.06 else "not_met"
    never = result == "not_met" or done >= DAYS
    return check(world, measure, "not_met" if never else result, trial.who, element=element, due=iso(trial.start),
                 done="" if never else iso(done), trial=trial)  # fmt: skip


def said_around(world: World, rng: Generator) -> Iterator[Row]:
    """How confident a family felt around a morning routine; and two notes that it does not feel as the figures say."""
    for trial in world.trials:
        if "capacity_finding" not in world.home.planted or trial.who is None:
            continue
        if trial.plan.kind == "routine" and trial.plan.ladder is not None:
            yield from _family_confident(world, trial, rng)
            yield _not_how_it_feels(world, trial, "self", "2", mode="faces", support="staff")
        elif trial.plan.kind == "positive_risk" and world.portraits[trial.who].family_contact:
            yield _not_how_it_feels(world, trial, "family_about_self", "", answer="rather_not", mode="paper")


def _family_confident(world: World, trial: Trial, rng: Generator) -> Iterator[Row]:
    """Once a week, when they visit, from two months before to two months after."""
    assert trial.who is not None
    for day in range(max(0, trial.start - 68), min(DAYS, trial.start + 60), 7):
        mean = MEANS["confident"] - 0.5 + FAMILY_SURER * float(trial.settled()[day])
        yield asked_one(world, day, "family_about_self", "family_checkin", "confident", mean, 0.0,
                        f"{trial.who:03d}b", rng, trial.who, mode="spoken",
                        moment="baseline" if day < trial.start else "review",
                        intervention_id=trial.intervention_id)  # fmt: skip


def _not_how_it_feels(world: World, trial: Trial, rater: str, score: str, **more: str) -> Row:
    """A note kept beside the figure: it feels otherwise, and how it feels instead where they would say."""
    assert trial.who is not None
    instrument, voice = ("person_checkin", "a") if rater == "self" else ("family_checkin", "b")
    row = answer(world, trial.start + FEELS_OTHERWISE_AFTER, rater, instrument, "not_how_it_feels", None,
                 f"{trial.who:03d}{voice}", trial.who, intervention_id=trial.intervention_id, **more)  # fmt: skip
    return {**row, "score": score}
