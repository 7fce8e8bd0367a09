"""Everyday choice (R1) before and after a finding about capacity: the same question as for a change, by the same machinery.

A finding about capacity is about one matter. Whether everyday choice held steady across it is asked over the windows of
one person's plan (28 days before, 14 left out, 28 after), with the margin written down for that person where there is
one. A longer look, up to 26 weeks on each side, stands beside it and is not what the answer rests on.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from data.facts import FactsOfPeople
from data.model import ContextEvent, Declaration, Intervention, Period, Scope
from data.records import Decision
from metrics.catalogue import Catalogue
from metrics.comparison import PERSON_SETTLING
from metrics.evaluate import around
from metrics.kinds import common, share
from metrics.model import Change, Comparison, Finding, Outcome
from metrics.wording import CAPACITY_FINDING

EVERYDAY_CHOICE = "R1"
LONG_DAYS = 182
"""The longer look of 26 weeks (domain handbook, section 7: "long looks at 6 and 12 months")."""
DECISIONS_AFTER_DAYS = 365


@dataclass(frozen=True)
class AroundFinding:
    """One finding about capacity: R1 around it, a longer look where more days are on record, the decisions after it."""

    event: ContextEvent
    person_id: str
    finding: Finding
    longer: Change | None
    after: tuple[Decision, ...]

    @property
    def decided_for_them(self) -> tuple[Decision, ...]:
        """Everyday matters decided in the person's best interest since then."""
        return tuple(each for each in self.after if (each.kind, each.domain) == ("best_interest", "everyday"))


def around_findings(facts: FactsOfPeople, catalogue: Catalogue, service_id: str) -> tuple[AroundFinding, ...]:
    """Every finding about one person's capacity on record at a service, the newest first."""
    outcome = catalogue.get(EVERYDAY_CHOICE)
    if outcome is None:
        return ()
    found = sorted(_capacity_findings(facts, service_id), key=lambda each: (each.from_on, each.person_id or ""))
    return tuple(_around(facts, catalogue, outcome, service_id, event) for event in reversed(found))


def _capacity_findings(facts: FactsOfPeople, service_id: str) -> set[ContextEvent]:
    span = facts.span("context", service_id)
    if span is None:
        return set()
    return {
        event
        for person in facts.people_known(service_id)
        for event in facts.context_events(Scope(service_id, person), span)
        if event.kind == CAPACITY_FINDING and event.person_id == person
    }


def _around(
    facts: FactsOfPeople, catalogue: Catalogue, outcome: Outcome, service_id: str, event: ContextEvent
) -> AroundFinding:
    assert event.person_id is not None
    stand_in = stand_in_for(event, service_id)
    promise = _promise(facts, stand_in)
    finding = around(facts, catalogue, stand_in, outcome.code, itself=event, promise=promise)
    scope = stand_in.scope
    since = Period(event.from_on, event.from_on + timedelta(days=DECISIONS_AFTER_DAYS))
    return AroundFinding(
        event, event.person_id, finding, _longer(facts, outcome, finding), facts.decisions(scope, since)
    )


def stand_in_for(event: ContextEvent, service_id: str) -> Intervention:
    """The finding in the shape the machinery knows: something with a first day, about one person."""
    return Intervention(
        f"{CAPACITY_FINDING} {event.from_on} {event.person_id}", service_id, event.person_id,
        event.label or "Finding about capacity", CAPACITY_FINDING, event.from_on,
    )  # fmt: skip


def _promise(facts: FactsOfPeople, stand_in: Intervention) -> Declaration | None:
    """What was written down about this person's everyday choices before the finding: the latest margin, without its days."""
    theirs = {each.intervention_id for each in facts.interventions() if each.person_id == stand_in.person_id}
    found = [
        each
        for each in facts.declarations()
        if each.intervention_id in theirs
        and (each.outcome, each.question) == (EVERYDAY_CHOICE, "steady")
        and each.declared_on <= stand_in.start_on
    ]
    if not found:
        return None
    latest = max(found, key=lambda each: (each.declared_on, each.declaration_id))
    return replace(
        latest, intervention_id=stand_in.intervention_id,
        baseline_from=None, baseline_to=None, follow_from=None, follow_to=None,
    )  # fmt: skip


def _longer(facts: FactsOfPeople, outcome: Outcome, finding: Finding) -> Change | None:
    """The same share over up to 26 weeks each side, as far as recorded; None where that adds no day."""
    comparison = finding.comparison
    recorded = common.recorded(facts, outcome, finding.intervention.scope)
    if comparison is None or recorded is None or outcome.kind != "share":
        return None
    wider = longer_comparison(finding.intervention.start_on, recorded)
    if wider.before is None or wider.after is None:
        return None
    change = share.change(facts, outcome, finding.intervention.scope, wider)
    usual = finding.change
    if usual is None or _looked_at(change) <= _looked_at(usual) or not _both_sides(change):
        return None
    return change


def longer_comparison(start: date, recorded: Period) -> Comparison:
    """Up to 26 weeks before, the same days left out, up to 26 weeks after."""
    first = start + timedelta(days=PERSON_SETTLING)
    before = Period(start - timedelta(days=LONG_DAYS), start - timedelta(days=1))
    after = Period(first, first + timedelta(days=LONG_DAYS - 1))
    return Comparison(
        before.within(recorded), after.within(recorded), before, after, Period(start, first - timedelta(days=1)), False
    )


def _looked_at(change: Change) -> float:
    return change.before.tally.denominator + change.after.tally.denominator


def _both_sides(change: Change) -> bool:
    return bool(change.before.tally.denominator and change.after.tally.denominator)
