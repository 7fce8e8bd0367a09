"""Rows over rows, done in time over due, people over people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from data import asking
from data.model import (
    DatedTally,
    Period,
    Rows,
    Scope,
    Series,
    Tally,
)
from data.warehouse.events import Events, _whose


class Shares(Events):
    """Rows over rows, done in time over due, people over people."""

    def share_clusters(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[Tally, ...]:
        if share_of == "people":
            return self._people_clusters(scope, counts, period)
        if over.table == "people":
            return self._people_as_they_are(scope, counts, over, period)
        dated = asking.due_or_dated(over.table, share_of)
        cluster = asking.cluster_of(over.table, scope, dated)
        return self._share(scope, counts, over, share_of, (period,), cluster)[0]

    def share_days(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[DatedTally, ...] | None:
        if share_of == "people" or over.table == "people":
            return None
        dated = asking.due_or_dated(over.table, share_of)
        cluster = asking.cluster_of(over.table, scope, dated)
        looked_at, values = self._looked_at(scope, counts, over, share_of, cluster)
        rows = self._rows(
            f"SELECT dated, cluster, count(*) FILTER (WHERE hit)::BIGINT, count(*)::BIGINT FROM ({looked_at}) "
            "WHERE dated BETWEEN $first AND $last GROUP BY dated, cluster ORDER BY dated, cluster",
            {**values, "first": period.first, "last": period.last},
        )
        return tuple(DatedTally(day, str(name), Tally(hits, of)) for day, name, hits, of in rows)

    def share_series(self, scope: Scope, counts: Rows, over: Rows, share_of: str, periods: Sequence[Period]) -> Series:
        periods = tuple(periods)
        if share_of == "people":
            tallies = tuple(_added(self._people_clusters(scope, counts, period)) for period in periods)
        elif over.table == "people":
            tallies = tuple(_added(self._people_as_they_are(scope, counts, over, period)) for period in periods)
        else:
            found = self._share(scope, counts, over, share_of, periods, "0")
            tallies = tuple(_added(each) for each in found)
        return Series(periods, tallies)

    def _share(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, periods: Sequence[Period], cluster: str
    ) -> tuple[tuple[Tally, ...], ...]:
        looked_at, values = self._looked_at(scope, counts, over, share_of, cluster)
        rows = self._rows(
            f"WITH asked AS ({asking.PERIODS}) SELECT a.n, count(*) FILTER (WHERE e.hit)::BIGINT, count(*)::BIGINT "
            f"FROM asked a JOIN ({looked_at}) e ON e.dated BETWEEN a.first AND a.last "
            "GROUP BY a.n, e.cluster ORDER BY a.n, e.cluster",
            {**values, **asking.bounds(periods)},
        )
        found: list[list[Tally]] = [[] for _ in periods]
        for number, hits, of in rows:
            found[number].append(Tally(hits, of))
        return tuple(tuple(each) for each in found)

    def _looked_at(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, cluster: str
    ) -> tuple[str, dict[str, Any]]:
        """Every row looked at, as SQL: its day, its cluster, whether it matches."""
        source, where, values = self._matching(over, scope)
        more = asking.conditions(counts, values)
        if share_of == "on_time":
            span = self.span("checks", scope.service_id)
            more += " AND e.done_at IS NOT NULL AND CAST(e.done_at AS DATE) <= CAST(e.due_on AS DATE)"
            where += " AND e.due_on IS NOT NULL AND CAST(e.due_on AS DATE) <= $passed"
            values["passed"] = span.last if span else date.max
        dated = asking.due_or_dated(over.table, share_of)
        sql = f"SELECT {dated} AS dated, CAST({cluster} AS VARCHAR) AS cluster, coalesce({more}, FALSE) AS hit FROM {source} WHERE {where}"
        return sql, values

    def _people_clusters(self, scope: Scope, counts: Rows, period: Period) -> tuple[Tally, ...]:
        """Of the people present in the period, those with at least one matching row: one tally a person."""
        source, where, values = self._matching(counts, scope)
        rows = self._rows(
            "SELECT (m.person_id IS NOT NULL)::INTEGER FROM (SELECT DISTINCT person_id FROM presence WHERE service_id = $service "
            f"AND first_night <= $last AND after_last > $first {_whose(scope, 'person_id', values)}) p "
            f"LEFT JOIN (SELECT DISTINCT e.person_id FROM "
            f"{source} WHERE {where} AND {asking.date_of(counts.table)} BETWEEN $first AND $last) m USING (person_id)",
            {**values, "service": scope.service_id, "first": period.first, "last": period.last},
        )
        return tuple(Tally(row[0], 1) for row in rows)

    def _people_as_they_are(self, scope: Scope, counts: Rows, over: Rows, period: Period) -> tuple[Tally, ...]:
        """The register as it stands now, for the people present in the period: one tally a person."""
        source, where, values = self._matching(over, scope)
        hit = asking.conditions(counts, values)
        rows = self._rows(
            f"SELECT max(coalesce({hit}, FALSE)::INTEGER) FROM {source} WHERE {where} AND e.first_night <= $last "
            "AND e.after_last > $first GROUP BY e.person_id ORDER BY e.person_id",
            {**values, "first": period.first, "last": period.last},
        )
        return tuple(Tally(row[0], 1) for row in rows)


def _added(tallies: Sequence[Tally]) -> Tally:
    return sum(tallies, Tally(0, 0))
