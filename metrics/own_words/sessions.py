"""Sessions around one person's plan, such as music: how often joining in was seen before it and after.

A count of sessions, noted by somebody who watched; with one person there is no mean to hide behind and no verdict.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.facts import Facts
from data.model import Intervention, Period, Scope
from metrics.comparison import compare
from metrics.own_words.counts import Figure, figure_of, within
from metrics.own_words.lines import ENGAGED

KINDS = ("music", "activities")


@dataclass(frozen=True)
class Sessions:
    """One plan: the sessions watched in the days before it and after its settling in."""

    intervention: Intervention
    before: Figure
    after: Figure

    @property
    def both(self) -> bool:
        return bool(self.before.counts.scored and self.after.counts.scored)


def sessions_around(facts: Facts, service_id: str, period: Period) -> tuple[Sessions, ...]:
    """Plans for one person whose days touch the period and around which sessions were watched, the newest first."""
    recorded = facts.span("feedback", service_id)
    found = []
    for plan in facts.interventions():
        if plan.service_id != service_id or plan.person_id is None or plan.kind not in KINDS:
            continue
        compared = compare(plan, None, recorded)
        if compared.before is None or compared.after is None:
            continue
        whole = Period(compared.before.first, compared.after.last)
        if not whole.overlaps(period):
            continue
        answers = facts.score_answers(Scope(service_id, plan.person_id), ENGAGED.rows, whole)
        sides = (figure_of(ENGAGED, within(answers, side)) for side in (compared.before, compared.after))
        found.append(Sessions(plan, *sides))
    kept = [each for each in found if each.both]
    return tuple(sorted(kept, key=lambda each: each.intervention.start_on, reverse=True))
