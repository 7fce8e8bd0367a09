"""One person's time around something tried with them: what was recorded week by week, and everything with a day.

Only ever shown to those who support the person, with the person or their family. Nothing here is judged; the findings
stand elsewhere. Weeks are counted from the first day of the plan, so that no week holds days of both sides.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from data.facts import ManagersFacts
from data.model import Answer, ContextEvent, Impossible, Intervention, Period, Rows, Scope, Tally
from data.records import Checked, Happened, PersonHere, View, Visit
from metrics.catalogue import Catalogue
from metrics.kinds import common, module_for
from metrics.model import Outcome
from metrics.standing import Standing, standings

WEEK = 7
WEEKS_BEFORE, WEEKS_AFTER = 13, 17
"""How far around the start a page looks: a quarter before, and four months after."""
LOOKED_AT = ("D1", "F4", "R1", "C1", "C4")
"""What may be drawn week by week above everything else: the first of these that the plan declared, else that has days."""
RISK_PLAN = "positive_risk"
FOR_A_RISK_PLAN = ("F3", "F4", "F8")
"""What a positive risk plan of one person is read by: its triggers answered, freedom kept, support in proportion. One
person's falls are too few to be judged."""
KEPT = ("element_delivered",)
REVIEWS = ("review", "trigger_review", "need_change_review", "review_learning")
Lane = Literal["falls", "distress", "medicine", "other", "views", "said", "plan", "reviews", "happenings"]
LANES: tuple[Lane, ...] = ("said", "views", "plan", "reviews", "falls", "medicine", "other", "distress", "happenings")
"""The person's own answers come first; distress comes last, for mornings with distress are drawn above."""


@dataclass(frozen=True)
class Moment:
    """Something with a day: what it was, as a code of its lane, and until when it lasted where it did.

    ``source`` is the row itself, for the words that go with it.
    """

    day: date
    lane: Lane
    source: Happened | View | Answer | Checked | ContextEvent
    until: date | None = None


@dataclass(frozen=True)
class Week:
    """Seven days counted from the start of the plan, and what was recorded of one outcome in them."""

    period: Period
    tally: Tally


@dataclass(frozen=True)
class OnePerson:
    """One person's time around a plan.

    ``outcome`` and ``weeks`` are what is drawn week by week, None and empty where nothing of the kind is recorded;
    ``others`` are further plans with the same person; ``visits`` those at the person's own times, in homecare.
    """

    intervention: Intervention
    person: PersonHere | None
    period: Period
    outcome: Outcome | None
    weeks: tuple[Week, ...]
    moments: tuple[Moment, ...]
    others: tuple[Intervention, ...]
    visits: tuple[Visit, ...] = ()

    def of(self, lane: Lane) -> tuple[Moment, ...]:
        """The moments of one lane, in order of days."""
        return tuple(each for each in self.moments if each.lane == lane)


def one_person(
    facts: ManagersFacts, catalogue: Catalogue, intervention: Intervention, declared: Sequence[str] = ()
) -> OnePerson:
    """Everything around a plan for one person. ``declared`` are the outcomes it was to be judged by, main ones first.

    Raises Impossible for a plan of a whole service.
    """
    if intervention.person_id is None:
        raise Impossible("This was tried with a whole service, not with one person.")
    scope = intervention.scope
    period = _recorded(facts, intervention)
    outcome = _drawn(facts, catalogue, scope, period, declared)
    here = facts.people_here(scope, period)
    weeks = () if outcome is None else _weeks(facts, outcome, scope, period, intervention.start_on)
    return OnePerson(
        intervention=intervention,
        person=here[0] if here else None,
        period=period,
        outcome=outcome,
        weeks=weeks,
        moments=tuple(
            sorted(_moments(facts, scope, period, outcome, weeks), key=lambda each: (each.day, LANES.index(each.lane)))
        ),
        others=tuple(
            each
            for each in facts.interventions()
            if each.scope == scope and each.intervention_id != intervention.intervention_id
        ),
        visits=facts.visits(scope, period),
    )


def around(start: date) -> Period:
    """Thirteen weeks before a day and seventeen from it on."""
    return Period(start - timedelta(days=WEEKS_BEFORE * WEEK), start + timedelta(days=WEEKS_AFTER * WEEK - 1))


def _recorded(facts: ManagersFacts, intervention: Intervention) -> Period:
    """The same, ending with the last day of any record: empty weeks to come say nothing."""
    whole, start = around(intervention.start_on), intervention.start_on
    spans = [
        facts.span(table, intervention.service_id) for table in ("incidents", "falls", "feedback", "views", "checks")
    ]
    last = max((span.last for span in spans if span is not None), default=whole.last)
    return Period(whole.first, max(start, min(whole.last, last)))


def weeks_around(period: Period, start: date) -> tuple[Period, ...]:
    """Whole weeks of the period, counted both ways from the start."""
    before = (start - period.first).days // WEEK
    after = ((period.last - start).days + 1) // WEEK
    firsts = (start + timedelta(days=WEEK * number) for number in range(-before, after))
    return tuple(Period(first, first + timedelta(days=WEEK - 1)) for first in firsts)


def _drawn(
    facts: ManagersFacts, catalogue: Catalogue, scope: Scope, period: Period, declared: Sequence[str]
) -> Outcome | None:
    """What is drawn week by week: declared and countable in weeks first, then the first of the usual ones with a record."""
    for code in dict.fromkeys((*(code for code in declared if code in LOOKED_AT), *LOOKED_AT)):
        outcome = catalogue.get(code)
        if outcome is None:
            continue
        inside = period.within(common.recorded(facts, outcome, scope))
        if inside is None:
            continue
        if module_for(outcome.kind).series(facts, outcome, scope, (inside,)).total.denominator and _seen(
            facts, outcome, scope
        ):
            return outcome
    return None


def _seen(facts: ManagersFacts, outcome: Outcome, scope: Scope) -> bool:
    """Whether anybody ever wrote down if they were watching; days nobody looked at are no days without distress."""
    return outcome.observed is None or facts.watch_kept(scope, outcome.observed)


def _weeks(facts: ManagersFacts, outcome: Outcome, scope: Scope, period: Period, start: date) -> tuple[Week, ...]:
    record = common.recorded(facts, outcome, scope)
    asked = [week for week in weeks_around(period, start) if week.within(record) == week]
    if not asked:
        return ()
    series = module_for(outcome.kind).series(facts, outcome, scope, asked)
    return tuple(Week(week, tally) for week, tally in zip(series.periods, series.tallies, strict=True))


def _moments(
    facts: ManagersFacts, scope: Scope, period: Period, drawn: Outcome | None, weeks: Sequence[Week]
) -> Iterator[Moment]:
    for fall in facts.happened(scope, Rows("falls"), period):
        yield Moment(fall.occurred_at.date(), "falls", fall)
    for event in facts.happened(scope, Rows("incidents"), period):
        lane = _lane_of(event)
        if lane is not None and not (lane == "distress" and _is_drawn(event, drawn, weeks)):
            yield Moment(event.occurred_at.date(), lane, event)
    for view in facts.views(scope, period):
        yield Moment(view.given_on, "views", view)
    for check in facts.checks(scope, REVIEWS, period):
        yield Moment(check.done_on or check.due_on or period.first, "reviews", check)
    for part in facts.checks(scope, KEPT, period):
        if part.result != "not_applicable":
            yield Moment(part.done_on or part.due_on or period.first, "plan", part)
    for answer in facts.score_answers(scope, Rows("feedback", {"rater": ("self",)}), period):
        yield Moment(answer.given_on, "said", answer)
    for event_ in facts.context_events(scope, period):
        yield Moment(max(event_.from_on, period.first), "happenings", event_, event_.until_on)


def _lane_of(event: Happened) -> Lane | None:
    """Where an incident is drawn; falls come from the register of falls, mornings with distress from above."""
    if event.kind == "fall":
        return None
    if event.kind == "distress":
        return "distress"
    return "medicine" if event.kind == "calming_medicine" else "other"


def _is_drawn(event: Happened, drawn: Outcome | None, weeks: Sequence[Week]) -> bool:
    """Whether an event already stands in the weeks above: distress inside the hours that are counted there.

    A week that the record covers in part is not drawn, so what happened in it is told by its day.
    """
    if drawn is None or drawn.window is None or event.time_precision not in ("minute", "hour"):
        return False
    day = event.occurred_at.date()
    if not any(week.period.first <= day <= week.period.last for week in weeks):
        return False
    minute = event.occurred_at.hour * 60 + event.occurred_at.minute
    return (minute - drawn.window.start_minute) % (24 * 60) < drawn.window.length_minutes


def since_it_began(facts: ManagersFacts, catalogue: Catalogue, intervention: Intervention) -> tuple[Standing, ...]:
    """What a positive risk plan of one person is read by, from its first day on; nothing for any other plan."""
    if intervention.kind != RISK_PLAN or intervention.person_id is None:
        return ()
    spans = [facts.span(table, intervention.service_id) for table in ("checks", "falls", "incidents")]
    last = max((span.last for span in spans if span is not None), default=intervention.start_on)
    until = min(last, intervention.end_on or last)
    if until < intervention.start_on:
        return ()
    period = Period(intervention.start_on, until)
    found = standings(facts, catalogue, intervention.scope, FOR_A_RISK_PLAN, period)
    return tuple(each for each in found if each.now.tally.denominator)
