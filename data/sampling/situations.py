"""Rows that let each situation of daily life be walked through, drawn after the rest and on dice of their own.

Nothing here changes a row that was there before: new rows follow the others, with the numbers that come next.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from data.sampling.agreements import agreements, said_around
from data.sampling.at_home import at_home_checks, said_at_reviews
from data.sampling.choices_made import decided_since, everyday_choices
from data.sampling.concerns import families_understanding
from data.sampling.equal_access import health_checks
from data.sampling.everybody_asked import everybody_asked
from data.sampling.feedback import session_notes
from data.sampling.papers import register
from data.sampling.plan_checks import plan_checks
from data.sampling.risk_records import risk_records
from data.sampling.scores import PERSON_SPREAD
from data.sampling.shaping import shaping
from data.sampling.tables import Row
from data.sampling.three_ways import three_ways
from data.sampling.voice import plan_matters, voices_on
from data.sampling.world import Luck, World


@dataclass(frozen=True)
class MoreRows:
    """The rows to be added, table by table, without the ids that are numbered at the end."""

    interventions: list[Row]
    declarations: list[Row]
    views: list[Row]
    decisions: list[Row]
    checks: list[Row]
    feedback: list[Row]


def more_rows(world: World, luck: Luck, concerns: list[tuple[int, int]], checks: list[Row], decisions: int) -> MoreRows:
    """``concerns``: about whom and when; ``checks``: those there are; ``decisions``: how many have a number already."""
    later = world.of_the_later()
    interventions, declarations = register(later, luck["later papers"])
    rng = luck["later voices"]
    said = voices_on(later, plan_matters(later, rng), rng, numbered_from=decisions + 1)
    planned = three_ways(world, decisions + len(said.decisions) + 1, luck["three ways"])
    decided = decided_since(world, decisions + len(said.decisions) + len(planned.decisions) + 1, luck["choices made"])
    return MoreRows(
        interventions,
        declarations,
        said.views + planned.views + decided.views,
        said.decisions + planned.decisions + decided.decisions,
        _checks(world, later, checks, luck),
        _feedback(world, luck, concerns, [row for row in checks if row["measure"] == "safeguarding_close"]),
    )


def _checks(world: World, later: World, checks: list[Row], luck: Luck) -> list[Row]:
    return [
        *plan_checks(later, (), [], luck["later checks"]),
        *shaping(world, luck["shaping"]),
        *agreements(world, luck["agreements"]),
        *risk_records(world, checks, luck["risk records"]),
        *at_home_checks(world, luck["at home"]),
        *health_checks(world, luck["health"]),
        *everyday_choices(world, luck["everyday"]),
    ]


def _feedback(world: World, luck: Luck, concerns: list[tuple[int, int]], closed: list[Row]) -> list[Row]:
    willing, leaning = _as_they_answer(world, luck)
    notes = luck["session notes"]
    return [
        *families_understanding(world, concerns, closed, leaning[1], luck["concerns"]),
        *everybody_asked(world, willing, leaning, luck["everybody asked"]),
        *said_around(world, luck["said around"]),
        *said_at_reviews(world, luck["said at home"]),
        *(
            row
            for trial in world.trials
            if trial.plan.kind == "music" and trial.who is not None
            for row in session_notes(world, trial, notes, between=True)
        ),
    ]


def _as_they_answer(world: World, luck: Luck) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Who answers, and how high: the first two draws of the ordinary rounds, so that people stay themselves."""
    rng = luck["feedback"]
    leaning = PERSON_SPREAD * rng.standard_normal((3, world.residents.count))
    return rng.random((3, world.residents.count)), leaning
