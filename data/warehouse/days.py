"""Days marked: did something happen, was anybody watching."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

import duckdb

from data import asking
from data.contract import TABLES
from data.model import (
    ClockWindow,
    Period,
    PersonDays,
    Rows,
    Scope,
)
from data.warehouse.shares import Shares


class Days(Shares):
    """Days marked: did something happen, was anybody watching."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(con)
        self._written: dict[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], frozenset[str]] = {}

    def day_marks(
        self,
        scope: Scope,
        counts: Rows,
        window: ClockWindow | None,
        observed: Rows | None,
        period: Period,
    ) -> tuple[PersonDays, ...]:
        here = self._here(scope, period)
        marked = self._marked_days(scope, counts, window, period)
        watched = self._watched_days(scope, observed, period) if observed is not None else {}
        people = sorted(here) if here else sorted({*marked, *watched})
        found = []
        for person in people:
            there = here[person] if here else [True] * period.days
            days: list[bool | None] = [None] * period.days
            # What is counted may itself be an observation: a day of freedom nobody wrote about is no day without it.
            seen = watched.get(person, [] if observed is not None and observed.table == counts.table else None)
            for number in range(period.days) if seen is None else seen:
                if there[number]:
                    days[number] = False
            for number in marked.get(person, ()):
                if days[number] is False:
                    days[number] = True
            found.append(PersonDays(person, period, tuple(days), tuple(there)))
        return tuple(found)

    def watch_kept(self, scope: Scope, observed: Rows) -> bool:
        return bool(self._written_about(scope, asking.whatever_the_result(observed)))

    def _written_about(self, scope: Scope, rows: Rows) -> frozenset[str]:
        """The people of whom any such row was ever written; asked once for a service, whoever the scope names."""
        if scope.people:
            return self._people_in(scope, rows)
        key = (scope.service_id, rows.table, tuple(sorted(rows.where.items())))
        if key not in self._written:
            self._written[key] = self._people_in(Scope(scope.service_id), rows)
        found = self._written[key]
        return found if scope.person_id is None else found & {scope.person_id}

    def _people_in(self, scope: Scope, rows: Rows) -> frozenset[str]:
        source, where, values = self._matching(rows, scope)
        found = self._rows(f"SELECT DISTINCT e.person_id FROM {source} WHERE {where}", values)
        return frozenset(person for (person,) in found if person is not None)

    def _here(self, scope: Scope, period: Period) -> dict[str, list[bool]]:
        """Day by day who was there, of those who were there at all; nobody where no stays arrived."""
        found: dict[str, list[bool]] = {}
        if self._has_stays(scope.service_id):
            for person_id, first, after in self._nights_of(scope):
                if first <= period.last and after > period.first:
                    days = found.setdefault(person_id, [False] * period.days)
                    start, stop = max(0, (first - period.first).days), min(period.days, (after - period.first).days)
                    days[start:stop] = [True] * (stop - start)
        return found

    def _marked_days(
        self, scope: Scope, counts: Rows, window: ClockWindow | None, period: Period
    ) -> dict[str, list[int]]:
        """For each person the days, counted from the first of the period, on which something happened."""
        source, where, values = self._matching(counts, scope)
        dated = asking.date_of(counts.table)
        if window is not None:
            moment = f"e.{TABLES[counts.table].dated_by}"
            dated = f"CAST({moment} - to_minutes($start) AS DATE)"
            since = f"(hour({moment}) * 60 + minute({moment}) - $start + 1440) % 1440"
            where += f" AND {since} < $length"
            values |= {"start": window.start_minute, "length": window.length_minutes}
            if "time_precision" in TABLES[counts.table].columns:
                where += " AND e.time_precision IN ('minute', 'hour')"
        rows = self._rows(
            f"SELECT DISTINCT e.person_id, {dated} AS dated FROM {source} WHERE {where} AND e.person_id IS NOT NULL "
            f"AND {dated} BETWEEN $first AND $last",
            {**values, "first": period.first, "last": period.last},
        )
        return _by_person(rows, period)

    def _watched_days(self, scope: Scope, observed: Rows, period: Period) -> dict[str, list[int]]:
        """Days with a matching row, for the people for whom anybody wrote down at all whether they watched."""
        source, where, values = self._matching(observed, scope)
        dated = asking.date_of(observed.table)
        watched = _by_person(
            self._rows(
                f"SELECT DISTINCT e.person_id, {dated} FROM {source} WHERE {where} AND e.person_id IS NOT NULL "
                f"AND {dated} BETWEEN $first AND $last",
                {**values, "first": period.first, "last": period.last},
            ),
            period,
        )
        kept = self._written_about(scope, asking.whatever_the_result(observed))
        return {person: watched.get(person, []) for person in sorted(kept)}


def _by_person(rows: Sequence[tuple[str, date]], period: Period) -> dict[str, list[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for person, day in rows:
        days[person].append((day - period.first).days)
    return dict(days)
