"""Row by row about persons: views, decisions, things due, happenings, who was there. For the manager's own pages."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from data import asking
from data.contract import TABLES
from data.model import Period, Rows, Scope
from data.records import Checked, Decision, Happened, Matter, PersonHere, View, Visit
from data.sqltext import quoted
from data.warehouse.ledger import Ledger

_VIEW = (
    "e.view_id, e.person_id, nullif(e.decision_id, ''), nullif(e.intervention_id, ''), nullif(e.element, ''), e.voice, "
    "e.given_on, e.how_sought, e.understood, e.stance, e.used, e.reason_given, e.own_words, e.own_entry, "
    "CAST(e.ticks AS INTEGER), e.by_main_recorder = 'yes'"
)
_DECISION = (
    "e.decision_id, e.person_id, e.decided_on, e.class, e.domain, nullif(e.element, ''), nullif(e.intervention_id, ''), "
    "e.capacity, e.assessed_on, e.decider, e.accountable, e.followed, e.risk, e.reason_given, e.consulted, "
    "e.wishes_considered, e.less_restrictive, e.method, e.complete = 'yes'"
)
_YES = (
    "e.person_heard = 'yes', e.family_heard = 'yes', e.staff_heard = 'yes', e.family_only = 'yes', "
    "e.kept_apart = 'yes', e.traced = 'yes'"
)


class People(Ledger):
    """Row by row about persons. Answers ``data.facts.FactsOfPeople``."""

    def views(self, scope: Scope, period: Period) -> tuple[View, ...]:
        return tuple(View(*row) for row in self._listed("views", _VIEW, scope, period, "e.given_on, e.view_id"))

    def decisions(self, scope: Scope, period: Period) -> tuple[Decision, ...]:
        found = self._listed("decisions", _DECISION, scope, period, "e.decided_on, e.decision_id")
        return tuple(Decision(*row) for row in found)

    def matters(self, scope: Scope, period: Period) -> tuple[Matter, ...]:
        asked = f"e.person_id, e.decision_id, e.element, e.dated, {_YES}, e.person_family"
        found = self._listed("matters", asked, scope, period, "e.dated, e.person_id, e.row_key")
        if not found:
            return ()
        # A view or decision may lie outside the period of the matter that it belongs to.
        everything = self.span("matters", scope.service_id) or period
        decisions = {each.decision_id: each for each in self.decisions(scope, everything)}
        linked: dict[tuple[str, str | None, str | None], list[View]] = defaultdict(list)
        for view in self.views(scope, everything):
            linked[_belongs_to(view.person_id, view.decision_id, view.element)].append(view)
        told = []
        for person, decision_id, element, *rest in found:
            decision = decisions.get(decision_id or "")
            views = tuple(linked.get(_belongs_to(person, decision_id, element), ()))
            name = element or next((each.element for each in views if each.element), None)
            name = name or (decision.element if decision is not None else None)
            told.append(Matter(*(person, name, *rest, decision, views)))
        return tuple(told)

    def checks(self, scope: Scope, measures: Sequence[str], period: Period) -> tuple[Checked, ...]:
        rows = Rows("checks", {"measure": tuple(measures)})
        span = self.span("checks", scope.service_id)
        asked = (
            "e.measure, nullif(e.person_id, ''), nullif(e.intervention_id, ''), nullif(e.element, ''), "
            "CAST(e.due_on AS DATE), CAST(e.done_at AS DATE), e.result, "
            "CASE WHEN e.due_on IS NULL OR CAST(e.due_on AS DATE) > $passed OR e.result = 'not_applicable' THEN NULL "
            "ELSE e.result = 'met' AND e.done_at IS NOT NULL AND CAST(e.done_at AS DATE) <= CAST(e.due_on AS DATE) END"
        )
        found = self._listed(
            "checks", asked, scope, period, f"{_DUE_OR_DONE}, e.measure, e.row_key", rows=rows, dated=_DUE_OR_DONE,
            passed=span.last if span is not None else period.last,
        )  # fmt: skip
        return tuple(Checked(*row) for row in found)

    def visits(self, scope: Scope, period: Period) -> tuple[Visit, ...]:
        rows = Rows("checks", {"measure": ("visit_time",)})
        # A due day without a clock time says nothing about minutes; its midnight is no visit.
        found = self._listed(
            "checks", "nullif(e.person_id, ''), nullif(e.element, ''), e.due_on, e.done_at, e.result", scope, period,
            "e.due_on, e.row_key", rows=rows, dated="CAST(e.due_on AS DATE)",
        )  # fmt: skip
        return tuple(
            Visit(person, element, due, done if done is None or _has_clock(done) else None, result)
            for person, element, due, done, result in found
            if _has_clock(due)
        )

    def happened(self, scope: Scope, rows: Rows, period: Period) -> tuple[Happened, ...]:
        falls = rows.table == "falls"
        kind, subkind, explained = (
            ("'fall'", "NULL", "'not_recorded'") if falls else ("e.kind", "nullif(e.subkind, '')", "e.explained")
        )
        asked = (
            f"'{rows.table}', nullif(e.person_id, ''), e.occurred_at, e.time_precision, {kind}, {subkind}, e.harm, "
            f"{explained}, e.location"
        )
        found = self._listed(rows.table, asked, scope, period, "e.occurred_at, e.row_key", rows=rows)
        return tuple(Happened(*row) for row in found)

    def people_here(self, scope: Scope, period: Period) -> tuple[PersonHere, ...]:
        values: dict[str, Any] = {"service": scope.service_id, "first": period.first, "last": period.last}
        who = "AND s.person_id = $person" if scope.person_id is not None else ""
        if scope.person_id is not None:
            values["person"] = scope.person_id
        whose = f"AND {asking.people_of(scope, 's.person_id', values)}" if scope.people else ""
        columns = TABLES["people"].columns
        words = ", ".join(
            f"coalesce(nullif(p.{quoted(name)}, ''), 'not_recorded')"
            for name in PersonHere.__dataclass_fields__
            if name != "person_id" and name in columns
        )
        found = self._rows(
            f"SELECT s.person_id, {words} FROM (SELECT DISTINCT person_id FROM presence s WHERE s.service_id = $service "
            f"AND s.first_night <= $last AND s.after_last > $first {who} {whose}) s LEFT JOIN people p USING (person_id) "
            "ORDER BY s.person_id",
            values,
        )
        return tuple(PersonHere(*row) for row in found)

    def _listed(
        self,
        table: str,
        asked: str,
        scope: Scope,
        period: Period,
        order: str,
        *,
        rows: Rows | None = None,
        dated: str | None = None,
        **more: Any,
    ) -> list[tuple[Any, ...]]:
        source, where, values = self._matching(rows or Rows(table), scope)
        return self._rows(
            f"SELECT {asked} FROM {source} WHERE {where} AND {dated or asking.date_of(table)} BETWEEN $first AND $last "
            f"ORDER BY {order}",
            {**values, "first": period.first, "last": period.last, **more},
        )


_DUE_OR_DONE = "CAST(coalesce(e.due_on, e.done_at) AS DATE)"
"""What was promised stands under the day it was promised for, whenever it was done."""


def _has_clock(moment: datetime) -> bool:
    return moment.time() != time()


def _belongs_to(person: str, decision_id: str | None, element: str | None) -> tuple[str, str | None, str | None]:
    """The matter a row belongs to: its decision, else its plan element, whatever its capitals."""
    return person, decision_id, None if decision_id is not None else (element or "").lower() or None
