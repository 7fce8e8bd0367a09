"""Who and what there is, and which days are spoken for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import duckdb

from data.contract import TABLES
from data.model import (
    ContextEvent,
    Declaration,
    Intervention,
    Period,
    Scope,
    Service,
)
from data.sqltext import quoted
from data.warehouse.connected import Connected


class Register(Connected):
    """Who and what there is, and which days are spoken for."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(con)
        self._spans: dict[tuple[str, str], Period] | None = None
        self._services: dict[str, Service] | None = None
        self._present: dict[str, frozenset[str]] = {}
        self._context: dict[str, tuple[ContextEvent, ...]] = {}
        self._totals: dict[str, frozenset[str]] | None = None
        self._incident_falls: frozenset[str] | None = None

    def services(self) -> tuple[Service, ...]:
        if self._services is None:
            known = {
                row[0]: Service(row[0], row[1], row[2], row[3] or row[0], row[4], row[5])
                for row in self._rows(
                    "SELECT service_id, setting, nation, label, beds, expected_minority_pct FROM services "
                    "ORDER BY coalesce(label, service_id)"
                )
            }
            named = self._rows("SELECT DISTINCT service_id FROM store.coverage ORDER BY service_id")
            self._services = known | {
                row[0]: Service(row[0], "not_recorded", "not_recorded", row[0]) for row in named if row[0] not in known
            }
        return tuple(self._services.values())

    def interventions(self) -> tuple[Intervention, ...]:
        rows = self._rows(
            "SELECT intervention_id, service_id, nullif(person_id, ''), title, kind, start_on, settling_days, end_on, "
            "reason, ladder_level, designed_with FROM interventions ORDER BY start_on, intervention_id"
        )
        return tuple(Intervention(*(*row[:10], _voices(row[10]))) for row in rows)

    def declarations(self) -> tuple[Declaration, ...]:
        rows = self._rows(
            "SELECT declaration_id, intervention_id, outcome, question, size, role, declared_on, declared_with, "
            "baseline_from, baseline_to, follow_from, follow_to FROM declarations "
            "ORDER BY intervention_id, role = 'balance', declared_on, declaration_id"
        )
        return tuple(
            Declaration(*(*row[:5], "balance" if row[5] == "balance" else "main", row[6], _voices(row[7]), *row[8:]))
            for row in rows
        )

    def context_events(self, scope: Scope, period: Period) -> tuple[ContextEvent, ...]:
        return tuple(
            event
            for event in self._happenings(scope.service_id)
            if event.from_on <= period.last
            and (event.until_on or event.from_on) >= period.first
            and event.person_id in (None, scope.person_id)
        )

    def _happenings(self, service_id: str) -> tuple[ContextEvent, ...]:
        if service_id not in self._context:
            rows = self._rows(
                "SELECT kind, from_on, until_on, nullif(person_id, ''), coalesce(label, '') FROM context "
                "WHERE service_id = ? ORDER BY from_on, kind, row_key",
                [service_id],
            )
            self._context[service_id] = tuple(ContextEvent(*row) for row in rows)
        return self._context[service_id]

    def tables_with_rows(self, service_id: str) -> frozenset[str]:
        if service_id not in self._present:
            found = set()
            for table in TABLES.values():
                if "service_id" in table.columns:
                    sql = f"SELECT 1 FROM {quoted(table.name)} WHERE service_id = ? LIMIT 1"
                elif "person_id" in table.columns:
                    sql = (
                        f"SELECT 1 FROM {quoted(table.name)} JOIN stays USING (person_id) WHERE service_id = ? LIMIT 1"
                    )
                else:
                    sql = (
                        f"SELECT 1 FROM {quoted(table.name)} JOIN interventions USING (intervention_id) "
                        "WHERE service_id = ? LIMIT 1"
                    )
                if self._rows(sql, [service_id]):
                    found.add(table.name)
            self._present[service_id] = frozenset(found)
        return self._present[service_id]

    def span(self, table: str, service_id: str) -> Period | None:
        if self._spans is None:
            self._spans = {
                (name, service): Period(first, last)
                for name, service, first, last in self._rows(
                    "SELECT table_name, service_id, min(first_day), max(last_day) FROM store.coverage "
                    "WHERE first_day <= last_day GROUP BY ALL"
                )
            }
        if table == "falls" and ("falls", service_id) not in self._spans:
            table = "incidents" if self._has_incident_falls(service_id) else "falls"
        if table == "matters":
            return _hull(self._spans.get((name, service_id)) for name in ("views", "decisions"))
        if table == "people":
            return _hull(found for (_, service), found in self._spans.items() if service == service_id)
        return self._spans.get((table, service_id))

    def _has_incident_falls(self, service_id: str) -> bool:
        if self._incident_falls is None:
            found = self._rows("SELECT DISTINCT service_id FROM incidents WHERE kind = 'fall'")
            self._incident_falls = frozenset(service for (service,) in found)
        return service_id in self._incident_falls

    def totals_outcomes(self, service_id: str) -> frozenset[str]:
        if self._totals is None:
            found: dict[str, set[str]] = defaultdict(set)
            for service, outcome in self._rows("SELECT DISTINCT service_id, outcome FROM totals"):
                found[service].add(outcome)
            self._totals = {service: frozenset(outcomes) for service, outcomes in found.items()}
        return self._totals.get(service_id, frozenset())

    def totals_span(self, outcome: str, service_id: str) -> Period | None:
        if outcome not in self.totals_outcomes(service_id):
            return None
        row = self._rows(
            "SELECT min(period_from), max(period_to) FROM totals WHERE outcome = ? AND service_id = ?",
            [outcome, service_id],
        )[0]
        return Period(row[0], row[1]) if row[0] is not None else None


def _voices(text: str | None) -> tuple[str, ...]:
    return tuple(word for word in (text or "").split(";") if word)


def _hull(periods: Iterator[Period | None]) -> Period | None:
    found = [period for period in periods if period is not None]
    if not found:
        return None
    return Period(min(each.first for each in found), max(each.last for each in found))
