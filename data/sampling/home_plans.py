"""The plans of a whole home: when each begins and what it does to everybody's rates."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.homes import Home
from data.sampling.plans import BEFORE_LEVELS, Plan
from data.sampling.trials import SERVICE_SETTLING, SERVICE_WINDOW, Push, Trial

SCORES_AND_SHARES = ("I7", "K1", "X3")
"""Outcomes of a whole service whose effect is a change of level, not of a rate."""


def service_trials(home: Home, rng: Generator, *, later: bool = False) -> tuple[Trial, ...]:
    """The plans of the whole service; their effects are written in the plan. ``later`` asks for those planted later."""
    trials = []
    for place, plan in enumerate(home.plans, start=1):
        if not plan.whole_service or plan.later != later:
            continue
        first, last = _start_bounds(home, plan)
        effect = 1.0 if plan.effect is None else plan.effect
        pushes = []
        if plan.outcome in ("D2", "F1"):
            pushes.append(Push("distress" if plan.outcome == "D2" else "falls", None, effect))
        if plan.calming_ratio != 1:
            pushes.append(Push("calming", None, plan.calming_ratio))
        level = float(rng.uniform(*BEFORE_LEVELS.get(plan.outcome, (0.0, 0.0))))
        shift = effect if plan.truth == "works" and plan.outcome in SCORES_AND_SHARES else 0.0
        trials.append(
            Trial(plan, f"{home.service_id}-{place:02d}", None, int(rng.integers(first, last + 1)), SERVICE_SETTLING,
                  None, "planned", level, level + shift, tuple(push for push in pushes if push.ratio != 1))
        )  # fmt: skip
    return tuple(trials)


def _start_bounds(home: Home, plan: Plan) -> tuple[int, int]:
    """Room for the windows of a whole service on both sides, inside the home's export."""
    first, last = plan.start_bounds()
    return (
        max(first, home.events_from + SERVICE_WINDOW + 2),
        min(last, DAYS - SERVICE_WINDOW - SERVICE_SETTLING),
    )


def in_steady_times(
    home: Home, trial: Trial, events: NDArray[np.float64], present: NDArray[np.bool_], rng: Generator
) -> Trial:
    """The plan at a time when who lives in the home hardly changes what is to be expected.

    ``events`` are those expected a day for each person with the plan left out. A home's mean drifts as people
    come and go; a planted effect is easier to see where it does not.
    """
    first, last = _start_bounds(home, trial.plan)
    expected, days_there = (events * present).sum(axis=0), present.sum(axis=0)

    def drift(start: int) -> float:
        rates = [
            expected[span[0] : span[1] + 1].sum() / days_there[span[0] : span[1] + 1].sum()
            for span in replace(trial, start=start).windows()
        ]
        return abs(float(np.log(rates[1] / rates[0])))

    starts = sorted(range(first, last + 1, 3), key=drift)
    calm = starts[: max(1, len(starts) // 10)]
    return replace(trial, start=calm[int(rng.integers(len(calm)))])
