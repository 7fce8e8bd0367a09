"""Checks every service makes: reviews, training, meetings, safeguarding steps, who took part."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from numpy.random import Generator

from data.sampling.days import DAYS, iso, working_days_after
from data.sampling.plan_checks import check, graded
from data.sampling.tables import Row
from data.sampling.world import World


@dataclass(frozen=True)
class Habit:
    """Something a service checks as a matter of course.

    ``often`` is rows per 100 person months (``about_people``) or a year for the service. ``on_time`` is the share
    done by the promised day; None where nothing is promised.
    """

    measure: str
    often: float
    met: float
    elements: tuple[str, ...] = ("",)
    on_time: float | None = None
    about_people: bool = True


def _service(measure: str, a_year: float, met: float, *elements: str, on_time: float | None = None) -> Habit:
    return Habit(measure, a_year, met, elements or ("",), on_time, about_people=False)


HABITS = (
    Habit("review", 9, 0.95, ("scheduled", "scheduled", "two_week", "reassessment", "evaluation"), 0.84),
    Habit("review_learning", 4, 0.62, ("keep", "adjust", "stop")),
    Habit("risk_plan", 2.5, 0.72),
    Habit("risk_entry", 2.5, 0.70),
    Habit("daily_monitoring", 3, 0.90),
    Habit("person_took_part", 4, 0.52, ("assessment", "plan", "review", "evaluation")),
    Habit("family_took_part", 4, 0.58, ("assessment", "plan", "review", "evaluation")),
    Habit("preference_acted_on", 2, 0.60),
    Habit("own_goal", 3, 0.46, ("garden", "singing", "own tea", "visits", "walking")),
    Habit("interaction", 4, 0.66),
    Habit("health_check", 4, 0.93, ("gp", "dental", "hearing", "eye", "pain", "medicines"), 0.80),
    Habit("contribution", 5, 0.72, ("meals", "activities", "plans", "evenings", "board", "welcoming")),
    Habit("contribution_family", 1, 0.80, ("activities", "meals")),
    Habit("contribution_staff", 1, 0.85, ("activities", "evenings")),
    Habit("strength_used", 1.5, 0.58, ("baking", "music", "gardening", "sewing", "figures")),
    Habit("disagreement_answered", 0.8, 0.90, ("risk", "care", "money", "home", "contact"), 0.78),
    Habit("boundary_set", 0.8, 0.88, ("influence", "provider", "disagreement", "review"), 0.85),
    Habit("change_explained", 0.8, 0.84, ("",), 0.82),
    _service("advisory_board", 4, 0.92, on_time=0.86),
    _service("meeting_seat", 16, 0.80, "person", "person", "family", "staff", "other"),
    _service("suggestion", 18, 0.90, "relatives_group", "advisory_board", "box", "survey", on_time=0.76),
    _service("training", 30, 0.84, "dementia", "capacity_law", "co_production", "moving", "medicines"),
    _service("supervision_voices", 8, 0.60),
    _service("involvement_prompt", 16, 0.66),
    _service("coproduction_audit", 2, 0.95, on_time=0.80),
    _service("pledge", 5, 0.85, on_time=0.70),
    _service("lesson", 6, 0.55, "incident", "review", "complaint", "audit"),
    _service("lesson_shared", 6, 0.50, "incident", "review", "complaint", "audit"),
    _service("activity_stage", 20, 0.56, "design", "deliver", "evaluate"),
    _service("activity_ladder", 16, 0.93, "told", "asked", "asked", "designed", "decided", "led"),
)

GROUP_EVERY_DAYS = 28


def routine_checks(world: World, safeguarding: list[tuple[int, int]], rng: Generator) -> list[Row]:
    """``safeguarding`` lists who a concern was about, and the day it was written down."""
    rows = [row for habit in HABITS for row in _habit(world, habit, rng)]
    rows.extend(_relatives_group(world, rng))
    rows.extend(_after_need_changes(world, rng))
    rows.extend(_after_concerns(world, safeguarding, rng))
    rows.extend(_ranked_plans(world, rng))
    return rows


def promised(world: World, measure: str, who: int | None, due: int, met: float, on_time: float, rng: Generator,
             element: str = "") -> Row:  # fmt: skip
    """One row with a promised day: done, done in part or not; in time or not."""
    result = graded(met, rng, not_applicable=0.01)
    early = rng.random() < on_time
    done = due - int(rng.integers(0, 8)) if early else due + int(rng.integers(1, 22))
    never = result in ("not_met", "not_applicable") or not 0 <= done < DAYS
    if never and result in ("met", "partly"):
        result = "not_met"
    return check(world, measure, result, who, element=element, due=iso(due), done="" if never else iso(done))


def _habit(world: World, habit: Habit, rng: Generator) -> Iterator[Row]:
    person_months = float(world.residents.present.sum()) / 30.44
    expected = habit.often * (person_months / 100 if habit.about_people else DAYS / 365.25)
    for _ in range(int(rng.poisson(expected))):
        day = int(rng.integers(10, DAYS))
        here = world.residents.here(day)
        if habit.about_people and not here:
            continue
        who = here[int(rng.integers(len(here)))] if habit.about_people else None
        element = habit.elements[int(rng.integers(len(habit.elements)))]
        if habit.on_time is not None:
            yield promised(world, habit.measure, who, day, habit.met, habit.on_time, rng, element)
        else:
            yield check(world, habit.measure, graded(habit.met, rng), who, element=element, done=iso(day))


def _relatives_group(world: World, rng: Generator) -> Iterator[Row]:
    """Due every four weeks from the day the home's group began, or from the first month."""
    began = next((trial.start for trial in world.trials if trial.plan.kind == "relatives_group"), 25)
    for due in range(began, DAYS, GROUP_EVERY_DAYS):
        yield promised(world, "relatives_group", None, due, 0.93, 0.90, rng)


def _after_need_changes(world: World, rng: Generator) -> Iterator[Row]:
    for change in world.residents.changes:
        if change.day + 14 < DAYS:
            yield promised(world, "need_change_review", change.who, change.day + 14, 0.92, 0.78, rng)


def _after_concerns(world: World, safeguarding: list[tuple[int, int]], rng: Generator) -> Iterator[Row]:
    """What each safeguarding concern calls for."""
    for who, day in safeguarding:
        if day + 40 >= DAYS:
            continue
        for days, measure, element in ((2, "notification", "regulator"), (2, "notification", "council"),
                                       (3, "notification", "family"), (7, "safeguarding_action", ""),
                                       (14, "safeguarding_action", ""), (28, "safeguarding_action", "")):  # fmt: skip
            yield promised(world, measure, who, day + days, 0.96, 0.95, rng, element)
        due = working_days_after(day, 3)
        for element in ("duties", "process", "fixed_points"):
            yield promised(world, "limits_explained", who, due, 0.88, 0.80, rng, element)
        closed = day + int(rng.integers(28, 40))
        yield check(world, "safeguarding_close", graded(0.50, rng, partly=0.8), who, done=iso(closed))
        yield check(world, "wanted_outcome", graded(0.55, rng, partly=0.7, not_applicable=0.15), who, done=iso(closed))


def _ranked_plans(world: World, rng: Generator) -> Iterator[Row]:
    """In homecare, whether the person put the tasks in order, twice a year."""
    if world.home.setting != "homecare":
        return
    for who, stay in enumerate(world.residents.stays):
        for day in range(stay.first + 10, stay.until, 182):
            yield check(world, "ranked_plan", graded(0.68, rng, partly=0.5), who, done=iso(day))
