"""Positive risk plans in words, and families' understanding from concern to close."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.accountable.lists import Row, trigger_rows
from dashboard.views.accountable.words import HARMS
from dashboard.views.codes_in_words import HAPPENED
from data.model import Intervention
from metrics.accountable.concern_to_close import FEWEST_CASES, ConcernToClose
from metrics.accountable.risk_plans import RiskPlan
from metrics.standing import Standing
from metrics.wording import figure, points
from metrics.words import and_list, capital, day


@dataclass(frozen=True)
class PlanTold:
    """One plan: its title as somebody wrote it, how its triggers were answered, and what stands beside."""

    intervention: Intervention
    title: str
    since: str
    triggers: str
    all_answered: bool | None
    trigger_rows: tuple[Row, ...]
    beside: tuple[Row, ...]
    harm: str


def plan_told(found: RiskPlan, day_word: str) -> PlanTold:
    """Everything said about one plan."""
    plan, counted = found.intervention, found.kept
    whose = f"for {say.person_code(plan.person_id)}" if plan.person_id is not None else "for the whole service"
    return PlanTold(
        intervention=plan,
        title=plan.title,
        since=f"{capital(whose)}, since {day(plan.start_on)}{_until(found)}.",
        triggers=_triggers(found),
        all_answered=counted.in_time == counted.due if counted.due else None,
        trigger_rows=tuple(trigger_rows(found.triggers)),
        beside=tuple(row for each in found.beside if (row := _beside(each, day_word)) is not None),
        harm=_harm(found),
    )


def _until(found: RiskPlan) -> str:
    plan, last = found.intervention, day(found.period.last)
    if found.left:
        return f", until the person left on {last}"
    return f", until {last}" if plan.end_on == found.period.last else f"; on record to {last}"


def _triggers(found: RiskPlan) -> str:
    counted = found.kept
    to_come = f" {found.to_come} more {'is' if found.to_come == 1 else 'are'} to come." if found.to_come else ""
    if not counted.due:
        return f"Nothing agreed as a trigger has come up and fallen due yet.{to_come}"
    told = f"{counted.in_time} of {counted.due} triggers answered by a review in time."
    rest = [
        f"{count} {word}"
        for count, word in (
            (counted.late, "late"),
            (counted.in_part, "in part"),
            (counted.not_done, "not held yet"),
            (counted.left_before, "not held before the person left"),
        )
        if count
    ]
    return f"{told}{f' {and_list(rest)}.' if rest else ''}{to_come}"


def _beside(found: Standing, day_word: str) -> Row | None:
    """One figure since the start and over as long before; None where nothing of it is on record for the plan."""
    sides = []
    for side in (found.now, found.earlier):
        there = side.period is not None and (side.tally.denominator or side.tally.numerator)
        sides.append(figure(found.outcome, side, day_word, personal=True) if there else "not recorded")
    if sides[0] == "not recorded":
        return None
    return {"Beside it": found.outcome.name, "Since it began": sides[0], "As long before, as far as recorded": sides[1]}


def _harm(found: RiskPlan) -> str:
    if not found.harm:
        return "No fall or incident with moderate harm or more since it began."
    listed = [
        f"{HAPPENED.get(each.kind, each.kind.replace('_', ' '))} on {day(each.occurred_at.date())} "
        f"({HARMS.get(each.harm, each.harm)})"
        for each in found.harm
    ]
    return f"Moderate harm or more since it began: {and_list(listed)}."


def understanding_told(found: ConcernToClose) -> tuple[str, ...]:
    """From concern to close, in a few sentences; empty where families were not asked at either."""
    if not found.any_asked:
        return ()
    if not found.pairs:
        return (
            "Families were asked how well they understand what happens, but none of them both at the concern and at its "
            "close, so we cannot say whether they came to understand more.",
        )
    told = [
        f"Of {say.plural(len(found.pairs), 'relative', 'relatives')} asked at the concern and again at its close "
        f"({say.plural(found.cases, 'case', 'cases')}), {found.higher} understood more, {found.same} the same, "
        f"{found.lower} less."
    ]
    if found.mean is not None:
        told.append(_moved(found))
    left = [
        words
        for count, words in (
            (found.once, f"{found.once} answered at one of the two moments only"),
            (found.unscored, f"{found.unscored} said “I don’t know” or gave no score at one of them"),
            (found.other_form, f"{found.other_form} answered on another form the second time"),
        )
        if count
    ]
    if left:
        told.append(f"Not compared: {and_list(left)}.")
    return tuple(told)


def _moved(found: ConcernToClose) -> str:
    assert found.mean is not None
    way = "higher" if found.mean > 0 else "lower"
    moved = (
        f"On a scale of 1 to 5 it was {points(abs(found.mean))} {way} on average"
        if found.mean
        else "On average it was no higher and no lower"
    )
    if found.low is None or found.high is None:
        return f"{moved}; fewer than {FEWEST_CASES} cases are too few to say how far that may be off."
    ends = [f"{points(abs(end))} {'higher' if end > 0 else 'lower'}" for end in (found.low, found.high)]
    return f"{moved}; the true figure is likely between {ends[0]} and {ends[1]}."


def understanding_rows(found: ConcernToClose) -> list[Row]:
    """Each pair: whose case, when, and the two answers."""
    return [
        {
            "About": say.person_code(each.person_id) if each.person_id is not None else "not recorded",
            "Concern": f"{each.concern:g} of 5, {day(each.asked_on)}",
            "Close": f"{each.close:g} of 5, {day(each.closed_on)}",
        }
        for each in found.pairs
    ]
