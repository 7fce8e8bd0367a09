"""Everything one service has on record about being safe and accountable, in a stretch of time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from data.facts import FactsOfPeople
from data.model import Period, Rows, Scope, Tally
from data.records import Checked, Happened
from metrics.accountable.attention import Attention, attention
from metrics.accountable.concern_to_close import ConcernToClose, concern_to_close
from metrics.accountable.injuries import WITHIN_DAYS, Again, unexplained_again, with_harm
from metrics.accountable.promises import Kept, Promise, kept, promises
from metrics.accountable.risk_plans import RiskPlan, risk_plans
from metrics.accountable.sections import COUNTED, PROMISED, Section
from metrics.catalogue import Catalogue
from metrics.model import Outcome

UNDERSTANDING = "I7"
UNEXPLAINED = "I9"
STAYING_PUT = "I6"
DECIDED_OR_LED = ("decided", "led")
LONG_AGO = timedelta(days=3653)


@dataclass(frozen=True)
class Accountable:
    """Promises, injuries, harm, plans and what was learned, row by row, with what needs attention first.

    ``learned`` counts reviews that learned by what came of them; ``suggestions`` those answered in time, and ``lessons``
    and ``shared`` what became of lessons, by where they came from. ``shaped`` are activities that people decided on or led,
    of those that took place; ``moves`` people who moved away without it being planned, None where stays are not known.
    """

    period: Period
    promises: tuple[Promise, ...]
    injuries: tuple[Happened, ...]
    again: tuple[Again, ...]
    harm: tuple[Happened, ...]
    plans: tuple[RiskPlan, ...]
    understanding: ConcernToClose
    learned: tuple[tuple[str, int], ...]
    suggestions: tuple[tuple[str, Tally], ...]
    lessons: tuple[tuple[str, Tally], ...]
    shared: tuple[tuple[str, Tally], ...]
    shaped: Tally
    moves: int | None
    attention: tuple[Attention, ...]

    @property
    def kept(self) -> Kept:
        return kept(self.promises)

    def of(self, section: Section) -> tuple[Promise, ...]:
        """The promises that belong to a part of the page."""
        return tuple(each for each in self.promises if each.checked.measure in section.promised)


def accountable(facts: FactsOfPeople, catalogue: Catalogue, service_id: str, period: Period) -> Accountable:
    """The record of a service in a period."""
    scope = Scope(service_id)
    span = facts.span("checks", service_id)
    as_of = min(period.last, span.last) if span is not None else period.last
    rows = facts.checks(scope, (*PROMISED, *COUNTED), period)
    gone = people_gone(facts, scope, as_of)
    found = promises((each for each in rows if each.measure in PROMISED), as_of, gone)
    asked = _about(catalogue, UNEXPLAINED, "incidents", "falls")
    # An injury in the first days shown may be the second within 90 days.
    earlier = Period(period.first - timedelta(days=WITHIN_DAYS - 1), period.last)
    close_by = facts.happened(scope, asked.counts, earlier) if asked is not None else ()
    injuries = tuple(each for each in close_by if each.occurred_at.date() >= period.first)
    happenings = (
        *facts.happened(scope, Rows("falls"), period),
        *(each for each in facts.happened(scope, Rows("incidents"), period) if each.kind != "fall"),
    )
    again = tuple(each for each in unexplained_again(close_by) if each.days[-1] >= period.first)
    harm = with_harm(happenings)
    about = _about(catalogue, UNDERSTANDING, "feedback")
    # A case that closed in these days may have been raised before them.
    ever = facts.span("feedback", service_id)
    answers = facts.score_answers(scope, about.counts, ever) if about is not None and ever is not None else ()
    return Accountable(
        period=period,
        promises=found,
        injuries=injuries,
        again=again,
        harm=harm,
        plans=risk_plans(facts, catalogue, service_id, period, as_of, gone),
        understanding=concern_to_close((each for each in answers if each.given_on <= period.last), period),
        learned=_learned(rows),
        suggestions=_in_time_by_element(found, "suggestion"),
        lessons=_met_by_element(rows, "lesson"),
        shared=_met_by_element(rows, "lesson_shared"),
        shaped=_shaped(rows),
        moves=_moves(facts, catalogue, scope, period),
        attention=attention(found, again, harm, period.last),
    )


def _about(catalogue: Catalogue, code: str, *tables: str) -> Outcome | None:
    """The outcome, where its file counts what is listed here; somebody's own file may count something else."""
    found = catalogue.get(code)
    return found if found is not None and found.table in tables else None


def people_gone(facts: FactsOfPeople, scope: Scope, as_of: date) -> dict[str, date]:
    """People whose every stay has ended by that day, each with the last day of leaving; a hospital night ends none."""
    last: dict[str, date] = {}
    for each in facts.spells(scope, Period(as_of - LONG_AGO, as_of)):
        last[each.person_id] = max(last.get(each.person_id, date.min), each.left_on or date.max)
    return {person: day for person, day in last.items() if day <= as_of}


def _learned(rows: Iterable[Checked]) -> tuple[tuple[str, int], ...]:
    """Reviews that learned something and decided, by what they decided, the commonest first."""
    words = Counter(
        each.element or "not_recorded" for each in rows if each.measure == "review_learning" and each.result == "met"
    )
    return tuple(words.most_common())


def _shaped(rows: Iterable[Checked]) -> Tally:
    held = [each.element for each in rows if each.measure == "activity_ladder" and each.result == "met"]
    return Tally(sum(element in DECIDED_OR_LED for element in held), len(held))


def _moves(facts: FactsOfPeople, catalogue: Catalogue, scope: Scope, period: Period) -> int | None:
    staying = _about(catalogue, STAYING_PUT, "stays")
    if staying is None or facts.spells_span(scope.service_id) is None:
        return None
    reasons = staying.counts.where.get("end_reason", ())
    return sum(each.left_within(period) and each.end_reason in reasons for each in facts.spells(scope, period))


def _in_time_by_element(found: Iterable[Promise], measure: str) -> tuple[tuple[str, Tally], ...]:
    return _by_element(
        (each.checked.element, each.state == "in time") for each in found if each.checked.measure == measure
    )


def _met_by_element(rows: Iterable[Checked], measure: str) -> tuple[tuple[str, Tally], ...]:
    """Over those looked at; what did not apply is left out, as in the outcome itself."""
    looked_at = ("met", "partly", "not_met")
    return _by_element(
        (each.element, each.result == "met") for each in rows if each.measure == measure and each.result in looked_at
    )


def _by_element(rows: Iterable[tuple[str | None, bool]]) -> tuple[tuple[str, Tally], ...]:
    added: dict[str, Tally] = {}
    for element, hit in rows:
        name = element or "not_recorded"
        added[name] = added.get(name, Tally(0, 0)) + Tally(int(hit), 1)
    return tuple(sorted(added.items()))
