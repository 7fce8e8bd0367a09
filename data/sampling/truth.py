"""What is truly so: the expected change of each plan, worked out from the rates behind the dice."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from data.sampling import at_home, equal_access, feedback, happenings, plan_checks, tempers, voice
from data.sampling.days import DAYS, iso
from data.sampling.papers import beside
from data.sampling.recording import SEEN_AT_NIGHT, SHIFT_ONLY
from data.sampling.scores import DAY_SPREAD, PERSON_SPREAD, expected_score
from data.sampling.tempers import EXTRA_IN_A_MORNING, EXTRA_LATER, chance_of
from data.sampling.trials import Trial
from data.sampling.world import World

NOTE = (
    "Synthetic. For each intervention, 'true' is what the plan did: the expected value in the follow-up window with "
    "the plan, against the same window without it (points: difference; ratio: quotient; score: difference). "
    "'true_before_after' is the expected follow-up value against the expected baseline value, with season, other "
    "plans, changes in recording and who lives there as they were; it is what an honest interval should cover. "
    "Both are without the luck of the draw. Windows are the declared ones, else 28 days before, 14 settling in and "
    "28 after for one person (after incidents: the 56 days ending 14 days before the start), and 180, 28, 180 for a "
    "service; cut where the exports end."
)

AT_NIGHT = (0.0, 0.0, 0.56, 0.42)
"""By personal clock: the share of later distress that falls between 22:00 and 06:00."""

Daily = NDArray[np.float64]
Rate = Callable[[World, Trial | None], Daily]
Span = tuple[int, int]

DAY_SHARES = frozenset({"D1", "D3"})
RATES = frozenset({"D2", "D5", "F1", "F2"})
SCORES = frozenset({"L4", "K1", "I7"})


def known(extra: float) -> float:
    """Chance that at least one of a day's records carries a clock time: shift-only ones cannot be placed."""
    return float(1 - SHIFT_ONLY * np.exp(-extra * (1 - SHIFT_ONLY)))


def _mornings(world: World, without: Trial | None) -> Daily:
    return chance_of(world.mornings(without)) * known(EXTRA_IN_A_MORNING)


def _later_days(world: World, without: Trial | None) -> Daily:
    return chance_of(world.later(without)) * known(EXTRA_LATER)


def _distress(world: World, without: Trial | None) -> Daily:
    noted = 1 - (1 - SEEN_AT_NIGHT) * np.array(AT_NIGHT)[world.tempers.clock]
    if world.home.setting == "homecare":
        noted = np.ones_like(noted)
    mornings = chance_of(world.mornings(without)) * (1 + EXTRA_IN_A_MORNING)
    return mornings + chance_of(world.later(without)) * (1 + EXTRA_LATER) * noted[:, None]


def _calming(world: World, without: Trial | None) -> Daily:
    return world.calming(without)


def _falls(world: World, without: Trial | None) -> Daily:
    return world.falls(without) * (1 + world.background.extra_unharmed_falls)


def _falls_with_harm(world: World, without: Trial | None) -> Daily:
    return world.falls(without)


DAILY: dict[str, Rate] = {"D1": _mornings, "D3": _later_days, "D2": _distress, "D5": _calming, "F1": _falls,
                          "F2": _falls_with_harm}  # fmt: skip


BESIDE_WITH_A_TRUE_FIGURE = frozenset({*DAILY, "F4", "I2", "I6", "C4", "L8"})
"""Of what is promised beside another outcome, what the plan's own rates and chances tell; the rest has no true figure."""


def intervention_truth(world: World, trial: Trial) -> dict[str, Any]:
    """One entry of the truth file."""
    before, after = trial.windows()
    outcomes = [trial.plan.outcome, *(code for code in beside(trial) if code in BESIDE_WITH_A_TRUE_FIGURE)]
    if trial.plan.outcome == "D2" and trial.plan.truth == "null":
        outcomes = ["D2", "D5"]
    return {
        "intervention_id": trial.intervention_id,
        "service_id": world.home.service_id,
        "class": trial.plan.truth,
        "began_after_incidents": trial.reason == "after_incidents",
        "level": "service" if trial.who is None else "person",
        "main_outcome": trial.plan.outcome,
        "declared": trial.plan.declared,
        "early_look": trial.plan.early,
        "before": [iso(before[0]), iso(before[1])],
        "after": [iso(after[0]), iso(after[1])],
        "effects": [_effect(world, trial, outcome) for outcome in dict.fromkeys(outcomes)],
    }


def _effect(world: World, trial: Trial, outcome: str) -> dict[str, Any]:
    if outcome in DAILY:
        return _daily_effect(world, trial, outcome)
    scale = "score" if outcome in SCORES else "ratio" if outcome == "I6" else "points"
    if outcome == "I6":
        change = 1.0
    elif outcome == "I2":
        change = 0.0
    elif outcome in SCORES:
        spread = DAY_SPREAD if trial.who is not None else float(np.hypot(DAY_SPREAD, PERSON_SPREAD))
        change = expected_score(trial.level_after, spread) - expected_score(trial.level, spread)
    else:
        before, after = trial.windows()
        if outcome != trial.plan.outcome and outcome == "C4":
            trial = at_home.own_times(trial)
        if outcome == "L8":
            trial = feedback.joining_in(trial)
        change = 100 * (_level(trial, after) - _level(trial, before))
    value = round(change, 3 if scale != "points" else 2)
    return {"outcome": outcome, "scale": scale, "true": value, "true_before_after": value}


def _level(trial: Trial, span: Span) -> float:
    return float(np.mean([trial.level_on(day) for day in range(span[0], span[1] + 1)]))


def _daily_effect(world: World, trial: Trial, outcome: str) -> dict[str, Any]:
    before, after = trial.windows()
    tried = DAILY[outcome](world, None)
    untried = DAILY[outcome](world, trial)
    value = {span: _mean(world, trial, tried, span) for span in (before, after)}
    without = _mean(world, trial, untried, after)
    if outcome in DAY_SHARES:
        return {
            "outcome": outcome, "scale": "points", "true": round(100 * (value[after] - without), 2),
            "true_before_after": round(100 * (value[after] - value[before]), 2),
        }  # fmt: skip
    return {
        "outcome": outcome, "scale": "ratio", "true": round(value[after] / without, 3),
        "true_before_after": round(value[after] / value[before], 3),
    }  # fmt: skip


def _mean(world: World, trial: Trial, daily: Daily, span: Span) -> float:
    """Expected events (or days with some) per day present, for the plan's person or the whole service."""
    rows = slice(None) if trial.who is None else slice(trial.who, trial.who + 1)
    days = slice(max(span[0], world.home.events_from), min(span[1], DAYS - 1) + 1)
    there = world.residents.present[rows, days]
    return float((daily[rows, days] * there).sum() / there.sum())


def service_truth(world: World) -> dict[str, Any]:
    """What is planted in one home, with its size and date."""
    home = world.home
    entry: dict[str, Any] = {"service_id": home.service_id, "setting": home.setting, "nation": home.nation,
                             "planted": sorted(home.planted)}  # fmt: skip
    dates = {event.kind: iso(event.day) for event in world.background.events}
    details: dict[str, Any] = {}
    if "recording_surge" in home.planted:
        details["recording_surge"] = {"from": dates["reporting_training"], "falls_recorded_ratio": happenings.SURGE,
                                      "falls_with_harm_ratio": 1.0}  # fmt: skip
    if "new_recording_system" in home.planted:
        details["new_recording_system"] = {"from": dates["new_recording_system"],
                                           "distress_recorded_ratio": happenings.NEW_SYSTEM}  # fmt: skip
    if "outbreak" in home.planted:
        details["outbreak"] = {"from": dates["outbreak"], "days": happenings.OUTBREAK_DAYS,
                               "distress_ratio": happenings.OUTBREAK}  # fmt: skip
    if "equity_gap" in home.planted:
        details["equity_gap"] = {"distress_ratio": tempers.EQUITY_DISTRESS, "person_heard_ratio": voice.EQUITY_HEARD,
                                 "answers_for_themselves_ratio": feedback.EQUITY_ANSWERS,
                                 "health_checks_in_time": equal_access.IN_TIME}  # fmt: skip
    if "one_main_recorder" in home.planted:
        details["one_main_recorder"] = {"share_of_views": voice.MAIN_RECORDER}
    if "earlier_totals" in home.planted:
        details["earlier_totals"] = {"events_from": iso(home.events_from)}
    for trial in world.trials:
        found = plan_checks.finding_day(world, trial)
        if found is not None and trial.who is not None:
            details["capacity_finding"] = {
                "person_id": world.residents.stays[trial.who].person_id, "on": iso(found), "outcome": "R1",
                "scale": "points", "true": -100 * plan_checks.CHOICE_LOST_AT_FINDING,
            }  # fmt: skip
    return {**entry, "details": details}
