"""Pictures made by hand, for tests of what is said and drawn of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from data.model import Answer, ClockCounts, Period, Service, Spell, Tally
from metrics.model import Finding, Outcome
from metrics.pictures.clock_pattern import ClockPattern, pattern_of
from metrics.pictures.dumbbell import Dumbbell, DumbbellRow
from metrics.pictures.forest import Forest, forest_of_group
from metrics.pictures.senses_profile import SensesProfile, profile_of
from metrics.pictures.staying_curve import StayCurves, curve_of, stays_in_view
from metrics.side_by_side import side_by_side
from tests.support.builders import DISTRESS, FALLS, HEARD, STAYING, change_tried, finding

HOSTILE = "<a href='http://a.example'>x</a> %{x} =1+1"
FOUR_WEEKS = Period(date(2026, 3, 2), date(2026, 3, 29))
BEFORE, AFTER = Period(date(2025, 1, 1), date(2025, 6, 29)), Period(date(2025, 8, 1), date(2026, 1, 27))


def clock(
    by_hour: dict[int, int] | None = None,
    *,
    untimed: int = 3,
    on_the_hour: int = 0,
    outcome: Outcome = FALLS,
    every_day: bool = False,
) -> ClockPattern:
    """So many falls at these hours, all on a Monday, or on every day; three without a time."""
    week = [[0] * 24 for _ in range(7)]
    for hour, count in ({8: 30, 15: 6} if by_hour is None else by_hour).items():
        for day in week if every_day else week[:1]:
            day[hour] = count
    counts = ClockCounts(FOUR_WEEKS, tuple(map(tuple, week)), (0, 0, untimed, 0, 0, 0, 0), on_the_hour)
    return pattern_of(outcome, counts)


def spells(moves: int, deaths: int, stayers: int) -> list[Spell]:
    """People living here since 2024; the first few leave in the spring of 2025 and again in the autumn."""
    left = [
        Spell(f"P{side}{n}", date(2024, 1, 1), date(2025, month, 2 + n), why)
        for side, month in enumerate((3, 9))
        for n, why in enumerate(["unplanned_move"] * moves + ["died"] * deaths)
    ]
    return [*left, *(Spell(f"S{n}", date(2024, 1, 1)) for n in range(stayers))]


def staying(*, sides: int = 2, stayers: int = 20, outcome: Outcome = STAYING) -> StayCurves:
    """Before and after, or one side, or the whole record as one."""
    people = spells(2, 3, stayers)
    periods = (("before", BEFORE), ("after", AFTER)) if sides == 2 else (("whole", BEFORE),)
    curves = [
        curve_of(stays_in_view(outcome, people, period, "period_began"), period, part)  # type: ignore[arg-type]
        for part, period in periods
    ]
    return StayCurves(outcome, "period_began", tuple(curve for curve in curves if curve is not None))


def answers(count: int, score: float, on: date, voice: str, sense: str) -> list[Answer]:
    return [Answer(on, voice, "person_checkin", sense, "score", score, rater_key=f"{voice}{n}") for n in range(count)]


def senses() -> SensesProfile:
    """People: security 3 to 4, belonging too few earlier; families: security alone; staff: nobody."""
    early, late = BEFORE.first, AFTER.first
    said = [
        *answers(6, 3, early, "self", "security"),
        *answers(7, 4, late, "self", "security"),
        *answers(2, 2, early, "self", "belonging"),
        *answers(8, 2, late, "self", "belonging"),
        *answers(5, 5, early, "family_about_self", "security"),
        *answers(5, 5, late, "family_about_self", "security"),
    ]
    return profile_of(HEARD, said, BEFORE, AFTER)


def dumbbells(name: str = "Mornings with distress") -> Dumbbell:
    """Four rows: better, held steady, worse, and one with a target."""
    rows = (
        DumbbellRow(name, 71.0, 29.0, Tally(20, 28), Tally(8, 28), "better"),
        DumbbellRow("Distress at other times", 20.0, 20.0, Tally(5, 25), Tally(5, 25), "held steady"),
        DumbbellRow("Care declined", 4.0, 12.0, Tally(1, 25), Tally(3, 25), "worse"),
        DumbbellRow("Visits kept", None, 92.0, Tally(0, 0), Tally(23, 25), None, "On target: the target is 90 in 100"),
    )
    return Dumbbell("Music at tea", "outcomes", rows, ("Freedom kept",))


def tried(
    service: str, effect: tuple[float, float | None, float | None] | None, word: str, title: str = "Tea first"
) -> Finding:
    plan = replace(change_tried(title, ref=service, person=None), service_id=service)
    made = finding(DISTRESS, word, intervention=plan, effect=(0.9, 0.8, 1.1), before=(60, 6000), after=(40, 6000))  # type: ignore[arg-type]
    assert made.change is not None
    assert made.change.effect is not None
    if effect is None:
        return replace(made, change=replace(made.change, effect=None))
    estimate, low, high = effect
    return replace(
        made, change=replace(made.change, effect=replace(made.change.effect, estimate=estimate, low=low, high=high))
    )


def forests(title: str = "Tea first", label: str | None = None) -> Forest:
    """Three services: one better, one whose range runs off both ways, one without a range."""
    findings = [
        tried("oak", None, "cannot tell yet"),
        tried("elm", (1.1, 0.05, 20.0), "cannot tell yet", title),
        tried("ash", (0.5, 0.3, 0.8), "better"),
    ]
    names = {"ash": "Ash", "elm": label or "Elm", "oak": "Oak"}
    services = [Service(code, "residential", "EN", name, 40) for code, name in names.items()]
    (group,) = side_by_side(findings, services)
    found = forest_of_group(group)
    assert found is not None
    return found
