"""Events over person days, and the words that stand in their columns."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import accumulate
from typing import Any

import duckdb

from data import asking
from data.contract import NOT_RECORDED, TABLES
from data.model import (
    ClockCounts,
    DayCounts,
    ExposureBasis,
    Impossible,
    Period,
    Rows,
    Scope,
    Series,
    Tally,
)
from data.sqltext import quoted
from data.warehouse.exposure import Exposure

TOLD_APART_BY = {"incidents": "kind", "falls": "harm"}
"""The column by which most outcomes of a table are told apart."""
SCOPES_KEPT = 16
"""Of so many services or people at a time the events by day and word are kept."""


class Events(Exposure):
    """Events over person days, and the words that stand in their columns."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(con)
        self._by_word: dict[tuple[str, str | None, str], dict[str, list[tuple[date, int]]]] = {}

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


def _whose(scope: Scope, column: str, values: dict[str, Any]) -> str:
    """SQL that keeps to the people of the scope, to be put behind a WHERE; its words are added to ``values``."""
    if scope.person_id is not None:
        values["person"] = scope.person_id
        return f"AND {column} = $person"
    return f"AND {asking.people_of(scope, column, values)}" if scope.people else ""
