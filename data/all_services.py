"""Questions put to every service at once, each answered by one pass over its table.

The tallies are those that the same question gives for one service at a time; only the number of questions differs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from itertools import pairwise
from typing import Any

import duckdb
import numpy as np

from data import asking
from data.contract import NOT_RECORDED
from data.model import ExposureBasis, Impossible, Period, Rows, Series, Tally
from data.sqltext import quoted

Asked = Mapping[str, Sequence[Period]]
"""For each service the stretches asked for, in order of time, none overlapping another."""

ASKED = (
    "SELECT unnest($who::VARCHAR[]) AS service_id, unnest($numbers::INTEGER[]) AS n, "
    "unnest($firsts::DATE[]) AS first, unnest($lasts::DATE[]) AS last"
)
"""The stretches asked for, as a table. Bind with ``bounds``."""
WITHIN = "JOIN asked a ON a.service_id = e.service_id AND e.dated BETWEEN a.first AND a.last"
"""Each day, already added up, finds the stretch it falls in. (Measured: five times as fast as an ASOF join here.)"""
_EPOCH = date(1970, 1, 1)


def in_order(asked: Asked) -> None:
    """Raises Impossible where two stretches of a service overlap: a row would have to count twice."""
    for service, periods in asked.items():
        for earlier, later in pairwise(periods):
            if later.first <= earlier.last:
                raise Impossible(
                    f"{service}: {earlier.first} to {earlier.last} overlaps {later.first} to {later.last}."
                )


def events(
    con: duckdb.DuckDBPyConnection, rows: Rows, asked: Asked, *, any_left_out: bool
) -> dict[tuple[str, int], int]:
    """Events that match, by service and number of the stretch; what is not named there is none."""
    in_order(asked)
    source, where, values = asking.matching(rows, None, any_left_out=any_left_out)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT e.service_id, {asking.date_of(rows.table)} AS dated, count(*) AS events "
        f"FROM {source} WHERE {where} GROUP BY ALL) "
        f"SELECT a.service_id, a.n, sum(e.events)::BIGINT FROM e {WITHIN} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return {(service, number): count for service, number, count in found}


def events_by_word(
    con: duckdb.DuckDBPyConnection, table: str, column: str, asked: Asked, *, any_left_out: bool
) -> dict[str, dict[tuple[str, int], int]]:
    """All events of a table by the word in one of its columns: several outcomes count the same table."""
    in_order(asked)
    source, where, values = asking.matching(Rows(table), None, any_left_out=any_left_out)
    rows = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT e.service_id, {asking.date_of(table)} AS dated, e.{quoted(column)} AS word, "
        f"count(*) AS events FROM {source} WHERE {where} GROUP BY ALL) "
        f"SELECT e.word, a.service_id, a.n, sum(e.events)::BIGINT FROM e {WITHIN} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    found: dict[str, dict[tuple[str, int], int]] = defaultdict(dict)
    for raw, service, number, count in rows:
        word = str(raw).lower() if raw else NOT_RECORDED  # a few words, not every row
        found[word][service, number] = found[word].get((service, number), 0) + count
    return dict(found)


def added(parts: Iterable[Mapping[tuple[str, int], int]]) -> dict[tuple[str, int], int]:
    """Counts of several words together."""
    told: dict[tuple[str, int], int] = defaultdict(int)
    for part in parts:
        for place, count in part.items():
            told[place] += count
    return dict(told)


def shares(
    con: duckdb.DuckDBPyConnection, counts: Rows, over: Rows, share_of: str, asked: Asked,
    *, any_left_out: bool, passed: Mapping[str, date],
) -> dict[tuple[str, int], Tally]:  # fmt: skip
    """Rows that match over rows looked at. ``passed``: the last day for which a due date has passed, by service."""
    in_order(asked)
    source, where, hit, dated, values = looked_at(counts, over, share_of, any_left_out=any_left_out, passed=passed)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT e.service_id, {dated} AS dated, "
        f"count(*) FILTER (WHERE coalesce({hit}, FALSE)) AS hits, count(*) AS looked_at FROM {source} WHERE {where} GROUP BY ALL) "
        f"SELECT a.service_id, a.n, sum(e.hits)::BIGINT, sum(e.looked_at)::BIGINT FROM e {WITHIN} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return {(service, number): Tally(hits, of) for service, number, hits, of in found}


def looked_at(
    counts: Rows, over: Rows, share_of: str, *, any_left_out: bool, passed: Mapping[str, date]
) -> tuple[str, str, str, str, dict[str, Any]]:
    """SQL of every row looked at: (FROM, WHERE, whether it matches, its day, values). The rows are called ``e``."""
    source, where, values = asking.matching(over, None, any_left_out=any_left_out)
    hit = asking.conditions(counts, values)
    if share_of == "on_time":
        hit += " AND e.done_at IS NOT NULL AND CAST(e.done_at AS DATE) <= CAST(e.due_on AS DATE)"
        source += " LEFT JOIN (SELECT unnest($record::VARCHAR[]) AS service_id, unnest($ends::DATE[]) AS last_day) r USING (service_id)"
        where += " AND e.due_on IS NOT NULL AND CAST(e.due_on AS DATE) <= coalesce(r.last_day, $ever)"
        values |= {"record": list(passed), "ends": list(passed.values()), "ever": date.max}
    dated = asking.due_or_dated(over.table, share_of)
    return source, where, hit, dated, values


def people(
    con: duckdb.DuckDBPyConnection, counts: Rows, asked: Asked, *, any_left_out: bool
) -> dict[tuple[str, int], Tally]:
    """Of the people present in each stretch, those with at least one matching row."""
    in_order(asked)
    source, where, values = asking.matching(counts, None, any_left_out=any_left_out)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT DISTINCT e.service_id, e.person_id, {asking.date_of(counts.table)} AS dated "
        f"FROM {source} WHERE {where}), "
        f"named AS (SELECT DISTINCT a.service_id, a.n, e.person_id FROM e {WITHIN}), "
        "here AS (SELECT DISTINCT a.service_id, a.n, p.person_id FROM presence p JOIN asked a "
        "ON a.service_id = p.service_id AND p.first_night <= a.last AND p.after_last > a.first) "
        "SELECT h.service_id, h.n, count(m.person_id)::BIGINT, count(*)::BIGINT FROM here h "
        "LEFT JOIN named m ON m.service_id = h.service_id AND m.n = h.n AND m.person_id = h.person_id GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return {(service, number): Tally(hits, of) for service, number, hits, of in found}


class Nights:
    """Nights slept in every service, ready to be counted over any stretch."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        found = con.execute(
            "SELECT service_id, date_diff('day', DATE '1970-01-01', first_night)::BIGINT AS first, "
            "date_diff('day', DATE '1970-01-01', after_last)::BIGINT AS after_last FROM presence ORDER BY service_id"
        ).fetchnumpy()
        names, starts = np.unique(np.asarray(found["service_id"], dtype=str), return_index=True)
        ends = [*starts[1:], len(found["first"])][: len(starts)]
        self._of = {
            str(name): (np.asarray(found["first"][start:end]), np.asarray(found["after_last"][start:end]))
            for name, start, end in zip(names, starts, ends, strict=True)
        }

    def within(self, service_id: str, periods: Sequence[Period]) -> list[float]:
        """Person days of each stretch: the shorter of two ends less the longer of two starts, added up."""
        if service_id not in self._of or not periods:
            return [0.0] * len(periods)
        first, after = self._of[service_id]
        until = _until(first, after, [(period.last - _EPOCH).days + 1 for period in periods])
        since = _until(first, after, [(period.first - _EPOCH).days for period in periods])
        return [float(days) for days in until - since]


def _until(first: np.ndarray, after: np.ndarray, days: Sequence[int]) -> np.ndarray:
    """Nights slept before each of these days."""
    edges = np.asarray(days)[:, None]
    return np.asarray((np.clip(edges, first, np.maximum(first, after)) - first).sum(axis=1))


def series(
    asked: Asked, exposure: Mapping[str, tuple[Sequence[float], ExposureBasis]], counted: Mapping[tuple[str, int], int]
) -> dict[str, Series]:
    """Counts and person days put together, service by service."""
    told = {}
    for service, periods in asked.items():
        days, basis = exposure[service]
        tallies = tuple(Tally(counted.get((service, number), 0), each) for number, each in enumerate(days))
        told[service] = Series(tuple(periods), tallies, basis)
    return told


def bounds(asked: Asked) -> dict[str, Any]:
    """The stretches as lists to be bound."""
    flat = [(service, number, period) for service, periods in asked.items() for number, period in enumerate(periods)]
    return {
        "who": [service for service, _, _ in flat],
        "numbers": [number for _, number, _ in flat],
        "firsts": [period.first for _, _, period in flat],
        "lasts": [period.last for _, _, period in flat],
    }
