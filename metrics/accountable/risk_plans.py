"""Positive risk plans one by one: was every trigger answered, was freedom kept, did anybody come to harm?

One person's falls are nearly always too few to judge. What shows that a plan is safe is that somebody looked again
each time they had agreed to: so the triggers lead, and falls stand beside them.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from data.facts import FactsOfPeople
from data.model import Intervention, Period, Rows, Scope
from data.records import Happened
from metrics.accountable.injuries import with_harm
from metrics.accountable.promises import Kept, Promise, kept, promises
from metrics.catalogue import Catalogue
from metrics.standing import Standing, standings

KIND = "positive_risk"
TRIGGERS = "trigger_review"
BESIDE = ("F4", "F8", "F6", "F7", "F1", "F2")
"""Freedom kept, proportionate support, the plan complete, monitoring; falls and falls with harm."""
NOBODY: Mapping[str, date] = {}
AHEAD = timedelta(days=366)
"""How far ahead a trigger that is still to come may be due."""


@dataclass(frozen=True)
class RiskPlan:
    """One plan since it began, up to its end or the last record. ``to_come`` are triggers whose day has not come.

    ``left`` says that it ended because the person left.
    """

    intervention: Intervention
    period: Period
    triggers: tuple[Promise, ...]
    to_come: int
    beside: tuple[Standing, ...]
    harm: tuple[Happened, ...]
    left: bool = False

    @property
    def kept(self) -> Kept:
        return kept(self.triggers)


def risk_plans(
    facts: FactsOfPeople,
    catalogue: Catalogue,
    service_id: str,
    shown: Period,
    as_of: date,
    gone: Mapping[str, date] = NOBODY,
) -> tuple[RiskPlan, ...]:
    """The positive risk plans that were running on any day shown, the newest first, each over all of its own days."""
    running = [
        each
        for each in facts.interventions()
        if each.service_id == service_id and each.kind == KIND and _running(each, shown, gone)
    ]
    running.sort(key=lambda each: (each.start_on, each.intervention_id), reverse=True)
    return tuple(_plan(facts, catalogue, each, running, as_of, gone) for each in running)


def _running(plan: Intervention, shown: Period, gone: Mapping[str, date]) -> bool:
    ended = _ended(plan, gone)
    return plan.start_on <= shown.last and (ended is None or ended >= shown.first)


def _ended(plan: Intervention, gone: Mapping[str, date]) -> date | None:
    """The day a plan ended: as written down, or when the person it was for left."""
    days = [day for day in (plan.end_on, gone.get(plan.person_id or "")) if day is not None]
    return max(plan.start_on, min(days)) if days else None


def _plan(
    facts: FactsOfPeople,
    catalogue: Catalogue,
    plan: Intervention,
    others: Iterable[Intervention],
    as_of: date,
    gone: Mapping[str, date],
) -> RiskPlan:
    last = min(_ended(plan, gone) or as_of, as_of)
    period = Period(plan.start_on, max(last, plan.start_on))
    scope = Scope(plan.service_id, plan.person_id)
    alone = [each.person_id for each in others].count(plan.person_id) == 1
    rows = [
        each
        for each in facts.checks(scope, (TRIGGERS,), Period(period.first, max(as_of, period.last) + AHEAD))
        if each.intervention_id == plan.intervention_id or (each.intervention_id is None and alone)
    ]
    found = promises(rows, as_of, gone)
    happenings = (
        *facts.happened(scope, Rows("falls"), period),
        *(each for each in facts.happened(scope, Rows("incidents"), period) if each.kind != "fall"),
    )
    to_come = sum(each.due_on is not None and each.due_on > as_of and each.result != "not_applicable" for each in rows)
    return RiskPlan(
        plan,
        period,
        found,
        to_come,
        standings(facts, catalogue, scope, BESIDE, period),
        with_harm(happenings),
        left=gone.get(plan.person_id or "") == period.last,
    )
