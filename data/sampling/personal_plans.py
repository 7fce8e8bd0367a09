"""The plans for one person: whose they are, when each begins, what it truly does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.days import DAYS
from data.sampling.homes import Home
from data.sampling.plans import BEFORE_LEVELS, EFFECTS, Plan
from data.sampling.residents import Residents
from data.sampling.rhythm import runs_of_days
from data.sampling.trials import PERSON_SETTLING, Push, Trial, Windows

RECENT = 28
BAD_SPELL = 1.8
"""People act when the last 28 mornings lie this many standard errors above the person's usual."""
ROOM_BEFORE, ROOM_AFTER = 74, 46
"""Days a person must be there around a start, so that both windows are full."""
FINDING_AFTER = 130
"""Days from the start of the choice plan to the finding about capacity, where one is planted."""


@dataclass(frozen=True)
class Choice:
    """A plan for one person before its start is known."""

    place: int
    plan: Plan
    who: int
    level: float
    days: tuple[int, ...]


def choose_people(home: Home, residents: Residents, disturbed: NDArray[np.bool_], everyone: tuple[Trial, ...],
                  rng: Generator, *, later: bool = False, not_these: frozenset[int] = frozenset(),
                  ) -> tuple[Choice, ...]:  # fmt: skip
    """One person for each personal plan: somebody whose stay leaves room around a start.

    ``everyone`` are the plans of the whole home, ``disturbed`` the days to keep clear of. ``later`` asks for the
    plans planted later, for people who are not among ``not_these``.
    """
    windows = [trial.windows() for trial in everyone if trial.plan.outcome == "D2"]
    taken = set(not_these)
    chosen = {}
    personal = [
        (place, plan)
        for place, plan in enumerate(home.plans, start=1)
        if not plan.whole_service and plan.later == later
    ]
    for place, plan in sorted(personal, key=lambda pair: not pair[1].early):
        options = []
        for who, stay in enumerate(residents.stays):
            if who in taken or stay.kind == "respite":
                continue
            days = possible_starts(home, residents, disturbed, plan, who)
            if len(days) >= (1 if plan.early else 40):
                options.append((who, days))
        options = _steadier(residents, windows, options) or [_longest(residents, taken)]
        who, days = options[int(rng.integers(len(options)))]
        taken.add(who)
        level = plan.level if plan.level is not None else float(rng.uniform(*BEFORE_LEVELS[plan.outcome]))
        chosen[place] = Choice(place, plan, who, level, days)
    return tuple(chosen[place] for place in sorted(chosen))


_Option = tuple[int, tuple[int, ...]]


def _steadier(residents: Residents, windows: Sequence[Windows], options: list[_Option]) -> list[_Option]:
    """The third of the options whose frequent distress would disturb the record of the whole home the least.

    First those there as much before as after each plan of the whole home, then those with the shorter stays.
    """

    def disturbance(option: _Option) -> tuple[float, int]:
        there = residents.present[option[0]]
        uneven = sum(
            abs(float(there[before[0] : before[1] + 1].mean() - there[after[0] : after[1] + 1].mean()))
            for before, after in windows
        )
        return round(uneven, 1), int(there.sum())

    return sorted(options, key=disturbance)[: (len(options) + 2) // 3]


def possible_starts(
    home: Home, residents: Residents, disturbed: NDArray[np.bool_], plan: Plan, who: int
) -> tuple[int, ...]:
    """Days on which the plan could begin with the person present, and nothing else changing, on both sides."""
    first, last = plan.start_bounds()
    before = max(ROOM_BEFORE, plan.declared_days or 0)
    after = max(ROOM_AFTER, PERSON_SETTLING + (plan.declared_days or 0) + 2)
    if plan.outcome == "R1" and "capacity_finding" in home.planted:
        after = FINDING_AFTER + 60
    if plan.early:
        first, last, after = DAYS - 34, DAYS - 20, 20
    clear = residents.present[who] & ~disturbed
    missing = np.concatenate([[0], np.cumsum(~clear)])
    earliest = max(first, home.events_from + before)
    return tuple(
        day for day in range(earliest, min(last, DAYS - after) + 1) if missing[day + after] == missing[day - before]
    )


def _longest(residents: Residents, taken: set[int]) -> tuple[int, tuple[int, ...]]:
    """Where nobody leaves enough room: the person there the longest, in the middle of their stay."""
    free = [who for who in range(residents.count) if who not in taken and residents.stays[who].kind != "respite"]
    who = max(free, key=lambda one: residents.stays[one].until - residents.stays[one].first)
    stay = residents.stays[who]
    middle = (stay.first + stay.until) // 2
    return who, tuple(day for day in range(middle - 20, middle + 20) if 184 <= day < DAYS - 20) or (DAYS // 2,)


def person_trials(home: Home, choices: tuple[Choice, ...], mornings: NDArray[np.float64], dice: NDArray[np.float64],
                  rng: Generator) -> tuple[Trial, ...]:  # fmt: skip
    """The plans for one person. ``mornings`` is the chance of distress with no personal plan in force."""
    trials = []
    quiet = runs_of_days(mornings, dice)
    for choice in choices:
        plan, days = choice.plan, np.array(choice.days)
        if plan.after_incidents:
            start = after_bad_spell(quiet[choice.who], mornings[choice.who], days, rng)
            reason = "after_incidents"
        else:
            start = int(days[int(rng.integers(len(days)))])
            reason = str(rng.choice(["planned", "change_in_need", "request"], p=[0.6, 0.2, 0.2]))
        settling = PERSON_SETTLING if plan.settling_days is None else plan.settling_days
        stopped = start + settling + 40 if plan.truth == "worse" and rng.random() < 0.6 else None
        trial = Trial(
            plan, f"{home.service_id}-{choice.place:02d}", choice.who, start, settling,
            stopped if stopped is not None and stopped < DAYS else None, reason, choice.level, choice.level, (),
        )  # fmt: skip
        trials.append(_with_effect(trial, rng))
    return tuple(trials)


def after_bad_spell(
    mornings: NDArray[np.bool_], chance: NDArray[np.float64], days: NDArray[np.int64], rng: Generator
) -> int:
    """A day right after four weeks that were bad by chance, the last fortnight worse than the one before.

    So people really do act: when things have become bad, which is when they would have got better anyway.
    """
    four_weeks, fortnight = (
        _excess(mornings, chance, RECENT)[days],
        _excess(mornings, chance, RECENT // 2)[days],
    )
    usual = chance[days]
    far = four_weeks / np.sqrt(RECENT * usual * (1 - usual))
    bad = days[(far >= BAD_SPELL) & (fortnight >= four_weeks / 2)]
    return int(bad[int(rng.integers(len(bad)))]) if len(bad) else int(days[int(np.argmax(far))])


def _excess(mornings: NDArray[np.bool_], chance: NDArray[np.float64], length: int) -> NDArray[np.float64]:
    """For each day: mornings with distress in the days before it, above what was to be expected."""
    above = np.concatenate([[0.0], np.cumsum(mornings - chance)])
    days = np.arange(len(mornings))
    return np.asarray(above[days] - above[np.maximum(days - length, 0)], dtype=np.float64)


def _with_effect(trial: Trial, rng: Generator) -> Trial:
    """Draw the true effect and turn it into a change of rate or of chance."""
    plan = trial.plan
    drawn = EFFECTS.get((plan.outcome, plan.truth))
    effect = plan.effect if plan.effect is not None else float(rng.uniform(*drawn)) if drawn else 0.0
    after = trial.level + (effect if plan.outcome == "L4" else effect / 100)
    if plan.outcome != "L4":
        after = float(np.clip(after, 0.05, 0.97))
    pushes = []
    if plan.outcome == "D1" and effect:
        pushes.append(Push("morning", trial.who, float(np.log(1 - after) / np.log(1 - trial.level))))
    if plan.calming_ratio != 1:
        pushes.append(Push("calming", trial.who, plan.calming_ratio))
    return replace(trial, level_after=after, pushes=tuple(pushes))
