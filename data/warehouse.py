"""The facts, answered by DuckDB: the only module above the schema that knows SQL.

Every question is a sum, a count or a list over views; values are bound, names come from the contract.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import duckdb

from data import all_services, asking, checks_of_data, exporting
from data.contract import NOT_RECORDED, TABLES
from data.facts import DataCheck, LoadedFile, RecordedRow, RefusedFile, RefusedRow
from data.model import (
    NOTHING,
    Answer,
    ClockCounts,
    ClockWindow,
    ContextEvent,
    DatedTally,
    DayCounts,
    Declaration,
    ExposureBasis,
    Impossible,
    Intervention,
    Period,
    PersonDays,
    Problem,
    Rows,
    Scope,
    Series,
    Service,
    Spell,
    Tally,
)
from data.schema import open_for_reading
from data.sqltext import quoted

SHORT_BREAKS = ("respite", "day")
"""Stays that end because they were meant to: nobody lives in a respite bed or a day service, so leaving it is no move.
A stay of no recorded kind counts: most exports have no such column, and most stays are long ones."""
DAILY_TABLES = ("incidents", "falls", "feedback", "checks")


TOLD_APART_BY = {"incidents": "kind", "falls": "harm"}
"""The column by which most outcomes of a table are told apart."""
SCOPES_KEPT = 16
"""Of so many services or people at a time the events by day and word are kept."""


@contextmanager
def open_facts(path: Path) -> Iterator[Warehouse]:
    """The facts in a database file, read-only, for as long as the block lasts. Raises DatabaseUnavailable."""
    with open_for_reading(path) as con:
        yield Warehouse(con)


class Warehouse:
    """``data.facts.Facts`` over one connection. Small answers that never change are asked once."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        self._con = con
        self._spans: dict[tuple[str, str], Period] | None = None
        self._services: dict[str, Service] | None = None
        self._with_stays: frozenset[str] | None = None
        self._with_left_out: frozenset[str] | None = None
        self._present: dict[str, frozenset[str]] = {}
        self._context: dict[str, tuple[ContextEvent, ...]] = {}
        self._totals: dict[str, frozenset[str]] | None = None
        self._incident_falls: frozenset[str] | None = None
        self._left: dict[str, tuple[date, date]] | None = None
        self._words_of_all: dict[
            str, tuple[Mapping[str, Sequence[Period]] | None, dict[str, dict[tuple[str, int], int]]]
        ] = {}
        self._all_nights: all_services.Nights | None = None
        self._by_word: dict[tuple[str, str | None, str], dict[str, list[tuple[date, int]]]] = {}
        self._written: dict[tuple[str, str, tuple[tuple[str, tuple[str, ...]], ...]], frozenset[str]] = {}
        self._nights_kept: dict[str, tuple[tuple[str, date, date], ...]] = {}
        self._spells: dict[str, tuple[Spell, ...]] = {}

    # Who and what ------------------------------------------------------------------------------------

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

    # Which days are spoken for -----------------------------------------------------------------------

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

    # Exposure ----------------------------------------------------------------------------------------

    def exposure(self, scope: Scope, periods: Sequence[Period]) -> tuple[tuple[float, ...], ExposureBasis]:
        """Person days in each period: nights in stays less nights away; else beds × days; else none known.

        Nights of a stay inside a period are the shorter of two ends less the longer of two starts: no day is written
        out.
        """
        if self._has_stays(scope.service_id):
            spells = [(first, after) for _, first, after in self._nights_of(scope)]
            return tuple(_nights_within(spells, period) for period in periods), "stays"
        each_day, basis = self._without_stays(scope)
        return tuple(each_day * period.days for period in periods), basis

    def _without_stays(self, scope: Scope) -> tuple[float, ExposureBasis]:
        """People on each day where no stays arrived: one person is one; a service is its beds, or not known."""
        if scope.person_id is not None:
            return 1.0, "given"
        if scope.people:
            return 0.0, "none"
        service = next((each for each in self.services() if each.service_id == scope.service_id), None)
        return (float(service.beds), "beds") if service is not None and service.beds else (0.0, "none")

    def _nights(self, service_id: str) -> tuple[tuple[str, date, date], ...]:
        """Spells of being there: person, first night, the day after the last."""
        if service_id not in self._nights_kept:
            rows = self._rows(
                "SELECT person_id, first_night, after_last FROM presence WHERE service_id = ? ORDER BY person_id, first_night",
                [service_id],
            )
            self._nights_kept[service_id] = tuple((person_id, first, after) for person_id, first, after in rows)
        return self._nights_kept[service_id]

    def _nights_of(self, scope: Scope) -> list[tuple[str, date, date]]:
        """The same for the people of the scope."""
        people = self._people_described(scope)
        return [
            spell
            for spell in self._nights(scope.service_id)
            if scope.person_id in (None, spell[0]) and (people is None or spell[0] in people)
        ]

    def _has_stays(self, service_id: str) -> bool:
        if self._with_stays is None:
            self._with_stays = frozenset(row[0] for row in self._rows("SELECT DISTINCT service_id FROM stays"))
        return service_id in self._with_stays

    # Events over person days -------------------------------------------------------------------------

    def event_series(self, scope: Scope, rows: Rows, periods: Sequence[Period]) -> Series:
        periods = tuple(periods)
        exposure, basis = self.exposure(scope, periods)
        source, where, values = self._matching(rows, scope)
        counted = self._rows(
            f"WITH asked AS ({asking.PERIODS}) SELECT a.n, count(e.dated)::BIGINT FROM asked a LEFT JOIN (SELECT "
            f"{asking.date_of(rows.table)} AS dated FROM {source} WHERE {where}) e ON e.dated BETWEEN a.first AND a.last "
            "GROUP BY a.n ORDER BY a.n",
            {**values, **asking.bounds(periods)},
        )
        tallies = tuple(Tally(count, days) for (_, count), days in zip(counted, exposure, strict=True))
        return Series(periods, tallies, basis)

    def day_counts(self, scope: Scope, rows: Rows, period: Period) -> DayCounts:
        told_apart_by = TOLD_APART_BY.get(rows.table)
        if told_apart_by is not None and set(rows.where) <= {told_apart_by} and not scope.people:
            counted = self._counted_by(scope, rows.table, told_apart_by, rows.where.get(told_apart_by))
        else:
            source, where, values = self._matching(rows, scope)
            counted = self._rows(
                f"SELECT dated, count(*)::BIGINT FROM (SELECT {asking.date_of(rows.table)} AS dated FROM {source} WHERE {where}) "
                "WHERE dated BETWEEN $first AND $last GROUP BY dated",
                {**values, "first": period.first, "last": period.last},
            )
        events = [0] * period.days
        for day, count in counted:
            if period.first <= day <= period.last:
                events[(day - period.first).days] += count
        people, basis = self._people_each_day(scope, period)
        return DayCounts(period, tuple(events), people, basis)

    def clock_counts(self, scope: Scope, rows: Rows, period: Period) -> ClockCounts:
        if "time_precision" not in TABLES[rows.table].columns:
            raise Impossible(f"{rows.table} holds no time of day. Only incidents and falls do.")
        source, where, values = self._matching(rows, scope)
        found = self._rows(
            "SELECT isodow(moment) - 1, CASE WHEN known THEN hour(moment) END, count(*)::BIGINT, "
            "count(*) FILTER (WHERE known AND minute(moment) = 0 AND second(moment) = 0)::BIGINT FROM "
            "(SELECT e.occurred_at AS moment, coalesce(e.time_precision IN ('minute', 'hour'), false) AS known "
            f"FROM {source} WHERE {where} AND {asking.date_of(rows.table)} BETWEEN $first AND $last) GROUP BY ALL",
            {**values, "first": period.first, "last": period.last},
        )
        timed, untimed = [[0] * 24 for _ in range(7)], [0] * 7
        for weekday, hour, count, _ in found:
            if hour is None:
                untimed[weekday] += count
            else:
                timed[weekday][hour] += count
        on_the_hour = sum(exact for *_, exact in found)
        return ClockCounts(period, tuple(map(tuple, timed)), tuple(untimed), on_the_hour)

    def _counted_by(self, scope: Scope, table: str, column: str, words: Sequence[str] | None) -> list[tuple[date, int]]:
        """Events by day, of these words or of any. All words are asked for at once: several outcomes count the same table."""
        key = (scope.service_id, scope.person_id, table)
        if key not in self._by_word:
            while len(self._by_word) >= SCOPES_KEPT:
                self._by_word.pop(next(iter(self._by_word)))
            source, where, values = self._matching(Rows(table), scope)
            word = f"lower(coalesce(nullif(CAST(e.{quoted(column)} AS VARCHAR), ''), '{NOT_RECORDED}'))"
            found: dict[str, list[tuple[date, int]]] = defaultdict(list)
            for each, day, count in self._rows(
                f"SELECT word, dated, count(*)::BIGINT FROM (SELECT {word} AS word, {asking.date_of(table)} AS dated "
                f"FROM {source} WHERE {where}) WHERE dated IS NOT NULL GROUP BY word, dated",
                values,
            ):
                found[each].append((day, count))
            self._by_word[key] = dict(found)
        kept = self._by_word[key]
        wanted = kept if words is None else {word.lower() for word in words}
        return [pair for word in wanted for pair in kept.get(word, ())]

    def _people_each_day(self, scope: Scope, period: Period) -> tuple[tuple[float, ...], ExposureBasis]:
        if not self._has_stays(scope.service_id):
            each_day, basis = self._without_stays(scope)
            return (each_day,) * period.days, basis
        comings = [0] * (period.days + 1)
        for _, first, after in self._nights_of(scope):
            if first <= period.last and after > period.first:
                comings[max(0, (first - period.first).days)] += 1
                comings[min(period.days, (after - period.first).days)] -= 1
        return tuple(float(people) for people in accumulate(comings[:-1])), "stays"

    # Rows over rows ----------------------------------------------------------------------------------

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

    # Days marked -------------------------------------------------------------------------------------

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

    # Answers, and living somewhere -------------------------------------------------------------------

    def score_answers(self, scope: Scope, rows: Rows, period: Period) -> tuple[Answer, ...]:
        source, where, values = self._matching(rows, scope)
        found = self._rows(
            "SELECT e.given_on, e.rater, e.instrument, e.domain, e.answer, e.score, coalesce(nullif(e.rater_key, ''), "
            "CASE WHEN e.rater = 'self' THEN nullif(e.person_id, '') END), nullif(e.person_id, ''), nullif(e.form, ''), "
            f"e.mode, e.support FROM {source} WHERE {where} AND e.given_on BETWEEN $first AND $last "
            "ORDER BY e.given_on, e.row_key",
            {**values, "first": period.first, "last": period.last},
        )
        return tuple(Answer(*row) for row in found)

    def spells(self, scope: Scope, period: Period) -> tuple[Spell, ...]:
        if scope.service_id not in self._spells:
            self._spells[scope.service_id] = _joined_spells(
                self._rows(
                    "SELECT person_id, start_on, end_on, nullif(end_reason, 'not_recorded') FROM stays WHERE service_id = ? "
                    f"AND kind NOT IN ({', '.join('?' for _ in SHORT_BREAKS)}) ORDER BY person_id, start_on, end_on NULLS LAST",
                    [scope.service_id, *SHORT_BREAKS],
                )
            )
        people = self._people_described(scope)
        return tuple(
            spell
            for spell in self._spells[scope.service_id]
            if spell.moved_in <= period.last
            and (spell.left_on is None or spell.left_on >= period.first)
            and (scope.person_id is None or spell.person_id == scope.person_id)
            and (people is None or spell.person_id in people)
        )

    def spells_span(self, service_id: str) -> Period | None:
        """Leavings are written down from the first one on, or from the day any other record began, up to the last export.

        The stays of those living there reach back for years before anybody who left was kept: those years hold
        only people who stayed, and would make every home look steady.
        """
        self.span("stays", service_id)
        assert self._spans is not None
        every = [span for (_, service), span in self._spans.items() if service == service_id]
        stays = self._spans.get(("stays", service_id))
        if stays is None:
            return None
        firsts = [
            span.first
            for (name, service), span in self._spans.items()
            if service == service_id and name in DAILY_TABLES
        ]
        if self._left is None:
            self._left = {
                service: (first, last)
                for service, first, last in self._rows(
                    "SELECT service_id, min(end_on), max(end_on) FROM stays WHERE end_on IS NOT NULL GROUP BY service_id"
                )
            }
        left = self._left.get(service_id)
        firsts += [left[0]] if left is not None else []
        first, last = max(stays.first, min(firsts, default=stays.first)), max(span.last for span in every)
        if last < first and left is not None:  # nothing but stays, and all who left did so after the last moving in
            last = left[1]
        return Period(first, last)

    def _people_described(self, scope: Scope) -> frozenset[str] | None:
        if not scope.people:
            return None
        values: dict[str, Any] = {}
        where = asking.conditions(Rows("people", dict(scope.people)), values)
        return frozenset(row[0] for row in self._rows(f"SELECT e.person_id FROM people e WHERE {where}", values))

    def person_tallies(self, scope: Scope, rows: Rows, period: Period) -> Mapping[str, Tally]:
        source, where, values = self._matching(rows, scope)
        values |= {"service": scope.service_id, "first": period.first, "last": period.last}
        found = self._rows(
            "SELECT p.person_id, coalesce(c.events, 0)::BIGINT, p.nights FROM (SELECT person_id, sum(date_diff('day', "
            "greatest(first_night, $first), least(after_last, $last::DATE + 1)))::DOUBLE AS nights FROM presence "
            f"WHERE service_id = $service AND first_night <= $last AND after_last > $first {_whose(scope, 'person_id', values)} "
            f"GROUP BY person_id) p LEFT JOIN (SELECT e.person_id, count(*) AS events FROM {source} WHERE {where} AND "
            f"{asking.date_of(rows.table)} BETWEEN $first AND $last GROUP BY ALL) c USING (person_id) ORDER BY p.person_id",
            values,
        )
        return {person: Tally(events, nights) for person, events, nights in found}

    def words_of(self, scope: Scope, rows: Rows, column: str, periods: Sequence[Period]) -> Mapping[str, int]:
        source, where, values = self._matching(rows, scope, besides=column)
        word = asking.column_of(rows, column)
        if rows.table == "people":
            return self._words_of_people(source, where, word, {**values, **asking.bounds(periods)})
        found = self._rows(
            f"WITH asked AS ({asking.PERIODS}) SELECT coalesce(nullif(e.word, ''), $nothing), count(*) FROM asked a JOIN "
            f"(SELECT {word} AS word, {asking.date_of(rows.table)} AS dated FROM {source} WHERE {where}) e "
            "ON e.dated BETWEEN a.first AND a.last GROUP BY 1 ORDER BY 2 DESC, 1",
            {**values, **asking.bounds(periods), "nothing": NOT_RECORDED},
        )
        return dict(found)

    def _words_of_people(self, source: str, where: str, word: str, values: Mapping[str, Any]) -> Mapping[str, int]:
        """As above for the register: how many of the people present in the periods have each word."""
        found = self._rows(
            f"WITH asked AS ({asking.PERIODS}) SELECT coalesce(nullif(e.word, ''), $nothing), count(DISTINCT e.person_id) "
            f"FROM asked a JOIN (SELECT {word} AS word, e.person_id, e.first_night, e.after_last FROM {source} "
            f"WHERE {where}) e ON e.first_night <= a.last AND e.after_last > a.first GROUP BY 1 ORDER BY 2 DESC, 1",
            {**values, "nothing": NOT_RECORDED},
        )
        return dict(found)

    # Totals ------------------------------------------------------------------------------------------

    def totals_series(self, service_id: str, outcome: str, period: Period) -> Series:
        if outcome not in self.totals_outcomes(service_id):
            return Series((), ())
        rows = self._rows(
            "SELECT period_from, period_to, sum(numerator)::BIGINT, sum(denominator), bool_or(denominator IS NULL) FROM totals "
            "WHERE service_id = ? AND outcome = ? AND period_from >= ? AND period_to <= ? GROUP BY ALL ORDER BY period_from",
            [service_id, outcome, period.first, period.last],
        )
        periods: list[Period] = []
        tallies: list[Tally] = []
        basis: ExposureBasis = "given"
        for first, last, numerator, denominator, missing in rows:
            months = Period(first, last)
            if periods and months.first <= periods[-1].last:
                continue  # two totals for the same days: the first stands, data_checks names the other
            if missing:
                (days,), basis = self.exposure(Scope(service_id), (months,))
                denominator = days
            periods.append(months)
            tallies.append(Tally(numerator, float(denominator)))
        return Series(tuple(periods), tuple(tallies), basis)

    # Every service at once --------------------------------------------------------------------------

    def exposure_of_all(
        self, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, tuple[tuple[float, ...], ExposureBasis]]:
        if self._all_nights is None:
            self._all_nights = all_services.Nights(self._con)
        found: dict[str, tuple[tuple[float, ...], ExposureBasis]] = {}
        for service, periods in asked.items():
            if self._has_stays(service):
                found[service] = (tuple(self._all_nights.within(service, periods)), "stays")
            else:
                each_day, basis = self._without_stays(Scope(service))
                found[service] = (tuple(each_day * period.days for period in periods), basis)
        return found

    def event_series_of_all(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Mapping[str, Series]:
        told_apart_by = TOLD_APART_BY.get(rows.table)
        if told_apart_by is not None and set(rows.where) <= {told_apart_by}:
            words = rows.where.get(told_apart_by)
            kept = self._counted_by_of_all(rows.table, told_apart_by, asked)
            wanted = list(kept) if words is None else {word.lower() for word in words}
            counted = all_services.added(kept[word] for word in wanted if word in kept)
        else:
            counted = all_services.events(self._con, rows, asked, any_left_out=self._any_left_out())
        return all_services.series(asked, self.exposure_of_all(asked), counted)

    def _counted_by_of_all(
        self, table: str, column: str, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, Mapping[tuple[str, int], int]]:
        """Kept for the stretches asked for last: the next outcome of the table mostly asks for the same."""
        before, found = self._words_of_all.get(table, (None, {}))
        if before != asked:
            found = all_services.events_by_word(self._con, table, column, asked, any_left_out=self._any_left_out())
            self._words_of_all[table] = (asked, found)
        return found

    def share_series_of_all(
        self, counts: Rows, over: Rows, share_of: str, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, Series]:
        if share_of == "people":
            found = all_services.people(self._con, counts, asked, any_left_out=self._any_left_out())
        elif over.table == "people":  # the register as it stands now: asked of few outcomes, and of few services
            return {
                service: self.share_series(Scope(service), counts, over, share_of, periods)
                for service, periods in asked.items()
            }
        else:
            spans = {service: self.span("checks", service) for service in asked} if share_of == "on_time" else {}
            passed = {service: span.last for service, span in spans.items() if span is not None}
            found = all_services.shares(
                self._con, counts, over, share_of, asked, any_left_out=self._any_left_out(), passed=passed
            )
        return {
            service: Series(tuple(periods), tuple(found.get((service, n), NOTHING) for n in range(len(periods))))
            for service, periods in asked.items()
        }

    def spells_of_all(self, period: Period) -> Mapping[str, tuple[Spell, ...]]:
        rows = self._rows(
            "SELECT service_id, person_id, start_on, end_on, nullif(end_reason, 'not_recorded') FROM stays "
            f"WHERE kind NOT IN ({', '.join('?' for _ in SHORT_BREAKS)}) "
            "ORDER BY service_id, person_id, start_on, end_on NULLS LAST",
            list(SHORT_BREAKS),
        )
        found: dict[str, list[tuple[str, date, date | None, str | None]]] = defaultdict(list)
        for service, *stay in rows:
            found[service].append((stay[0], stay[1], stay[2], stay[3]))
        return {
            service: tuple(
                spell
                for spell in _joined_spells(stays)
                if spell.moved_in <= period.last and (spell.left_on is None or spell.left_on >= period.first)
            )
            for service, stays in found.items()
        }

    def happenings_of_all(self) -> Mapping[str, tuple[ContextEvent, ...]]:
        found: dict[str, list[ContextEvent]] = defaultdict(list)
        for service, *event in self._rows(
            "SELECT service_id, kind, from_on, until_on, NULL, coalesce(label, '') FROM context "
            "WHERE nullif(person_id, '') IS NULL AND service_id IS NOT NULL ORDER BY service_id, from_on, kind, row_key"
        ):
            found[service].append(ContextEvent(*event))
        return {service: tuple(events) for service, events in found.items()}

    def _any_left_out(self) -> bool:
        return bool(self._services_left_out())

    # The ledger --------------------------------------------------------------------------------------

    def files_loaded(self) -> tuple[LoadedFile, ...]:
        rows = self._rows(
            "SELECT f.load_id, l.loaded_at, f.file, f.table_name, f.rows_in, f.accepted, f.duplicates, f.superseded, "
            "f.rejected, f.ignored, f.first_day, f.last_day, f.retired, f.profile, "
            "l.undone_at FROM store.loaded_file f JOIN store.load l USING (load_id) "
            "ORDER BY f.load_id DESC, f.file_no"
        )
        return tuple(LoadedFile(*row) for row in rows)

    def recorded_rows(self, table: str) -> tuple[RecordedRow, ...]:
        return exporting.recorded_rows(self._con, TABLES[table])

    def people_known(self, service_id: str) -> tuple[str, ...]:
        asked = " UNION ".join(
            f"SELECT person_id FROM {quoted(table.name)} WHERE service_id = $service"
            for table in TABLES.values()
            if {"person_id", "service_id"} <= set(table.columns)
        )
        rows = self._rows(f"SELECT person_id FROM ({asked}) WHERE person_id <> '' ORDER BY 1", {"service": service_id})
        return tuple(row[0] for row in rows)

    def refused_rows(self) -> tuple[RefusedRow, ...]:
        rows = self._rows(
            "SELECT f.file, f.table_name, r.line, r.column_name, r.value, r.reason, r.remedy FROM store.refused r "
            "JOIN store.loaded_file f USING (load_id, file_no) ORDER BY r.load_id DESC, r.file_no, r.line, r.column_name"
        )
        return tuple(RefusedRow(row[0], row[1], Problem(*row[2:])) for row in rows)

    def refused_files(self) -> tuple[RefusedFile, ...]:
        rows = self._rows(
            "SELECT l.loaded_at, r.file, r.why FROM store.refused_file r JOIN store.load l USING (load_id) "
            "ORDER BY r.load_id DESC, r.file"
        )
        return tuple(RefusedFile(*row) for row in rows)

    def data_checks(self) -> tuple[DataCheck, ...]:
        return checks_of_data.all_checks(self._con, self.services(), self.tables_with_rows)

    def is_sample(self) -> bool:
        return bool(self._rows("SELECT 1 FROM store.meta WHERE key = 'sample'"))

    def data_version(self) -> str:
        (row,) = self._rows("SELECT coalesce(max(load_id), 0), count(undone_at), max(loaded_at) FROM store.load")
        return ":".join(map(str, row))

    def _matching(self, rows: Rows, scope: Scope, *, besides: str | None = None) -> tuple[str, str, dict[str, Any]]:
        return asking.matching(rows, scope, any_left_out=scope.service_id in self._services_left_out(), besides=besides)

    def _services_left_out(self) -> frozenset[str]:
        if self._with_left_out is None:
            found = self._rows("SELECT DISTINCT service_id FROM store.left_out")
            self._with_left_out = frozenset(service for (service,) in found)
        return self._with_left_out

    def _rows(self, sql: str, values: Mapping[str, Any] | Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        return self._con.execute(sql, values or None).fetchall()


def _by_person(rows: Sequence[tuple[str, date]], period: Period) -> dict[str, list[int]]:
    days: dict[str, list[int]] = defaultdict(list)
    for person, day in rows:
        days[person].append((day - period.first).days)
    return dict(days)


def _nights_within(spells: Sequence[tuple[date, date]], period: Period) -> float:
    after = period.last + timedelta(days=1)
    return float(sum(max(0, (min(last, after) - max(first, period.first)).days) for first, last in spells))


def _whose(scope: Scope, column: str, values: dict[str, Any]) -> str:
    """SQL that keeps to the people of the scope, to be put behind a WHERE; its words are added to ``values``."""
    if scope.person_id is not None:
        values["person"] = scope.person_id
        return f"AND {column} = $person"
    return f"AND {asking.people_of(scope, column, values)}" if scope.people else ""


def _joined_spells(stays: Sequence[tuple[str, date, date | None, str | None]]) -> tuple[Spell, ...]:
    """Stays of one person that touch or overlap are one spell; it ends when, and as, the last of them ends."""
    found: list[Spell] = []
    for person, start, end, reason in stays:
        last = found[-1] if found else None
        if last is None or last.person_id != person or (last.left_on is not None and start > last.left_on):
            found.append(Spell(person, start, end, reason if end is not None else None))
        elif last.left_on is not None and (end is None or end >= last.left_on):
            found[-1] = Spell(person, last.moved_in, end, reason if end is not None else None)
    return tuple(sorted(found, key=lambda spell: (spell.moved_in, spell.person_id)))


def _added(tallies: Sequence[Tally]) -> Tally:
    return sum(tallies, Tally(0, 0))


def _voices(text: str | None) -> tuple[str, ...]:
    return tuple(word for word in (text or "").split(";") if word)


def _hull(periods: Iterator[Period | None]) -> Period | None:
    found = [period for period in periods if period is not None]
    if not found:
        return None
    return Period(min(each.first for each in found), max(each.last for each in found))
