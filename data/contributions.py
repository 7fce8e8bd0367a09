"""Who contributes what to a count: one tally a person, for every service and stretch at once.

What a release must know before it may show a figure. Rows that name nobody stand under the empty code, as one person:
nobody can say how many people they are about. Checks without a person are about the service itself (a meeting, an
audit): each counts by itself.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date

import duckdb

from data import asking
from data.all_services import ASKED, WITHIN, Asked, bounds, in_order, looked_at
from data.facts import Contributions
from data.model import Rows, Tally


def events(con: duckdb.DuckDBPyConnection, rows: Rows, asked: Asked, *, any_left_out: bool) -> Contributions:
    """Events that match by person; the denominators are nought, days come from ``days_present``."""
    in_order(asked)
    source, where, values = asking.matching(rows, None, any_left_out=any_left_out)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT e.service_id, coalesce(e.person_id, '') AS who, "
        f"{asking.date_of(rows.table)} AS dated, count(*) AS events FROM {source} WHERE {where} GROUP BY ALL) "
        f"SELECT a.service_id, a.n, e.who, sum(e.events)::BIGINT FROM e {WITHIN} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return _by_place((service, n, who, Tally(count, 0)) for service, n, who, count in found)


def days_present(con: duckdb.DuckDBPyConnection, asked: Asked) -> Mapping[tuple[str, int], Mapping[str, int]]:
    """Nights of each person in each stretch, for services whose stays are known."""
    in_order(asked)
    found = con.execute(
        f"WITH asked AS ({ASKED}) SELECT a.service_id, a.n, p.person_id, "
        "sum(date_diff('day', greatest(p.first_night, a.first), least(p.after_last, a.last + 1)))::BIGINT "
        "FROM presence p JOIN asked a ON a.service_id = p.service_id AND p.first_night <= a.last AND p.after_last > a.first "
        "GROUP BY ALL",
        bounds(asked),
    ).fetchall()
    told: dict[tuple[str, int], dict[str, int]] = defaultdict(dict)
    for service, n, who, days in found:
        told[service, n][who] = days
    return told


def shares(
    con: duckdb.DuckDBPyConnection, counts: Rows, over: Rows, share_of: str, asked: Asked,
    *, any_left_out: bool, passed: Mapping[str, date],
) -> Contributions:  # fmt: skip
    """Rows that match over rows looked at, by person. ``passed``: the last day a due date has passed on, by service."""
    in_order(asked)
    source, where, hit, dated, values = looked_at(counts, over, share_of, any_left_out=any_left_out, passed=passed)
    whose = asking.whose_row(over.table)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT e.service_id, CAST({whose} AS VARCHAR) AS who, {dated} AS dated, "
        f"count(*) FILTER (WHERE coalesce({hit}, FALSE)) AS hits, count(*) AS looked_at FROM {source} WHERE {where} GROUP BY ALL) "
        f"SELECT a.service_id, a.n, e.who, sum(e.hits)::BIGINT, sum(e.looked_at)::BIGINT FROM e {WITHIN} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return _by_place((service, n, who, Tally(hits, of)) for service, n, who, hits, of in found)


def people(con: duckdb.DuckDBPyConnection, counts: Rows, asked: Asked, *, any_left_out: bool) -> Contributions:
    """Of the people present in each stretch, whether any row of theirs matches."""
    in_order(asked)
    source, where, values = asking.matching(counts, None, any_left_out=any_left_out)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT DISTINCT e.service_id, e.person_id, {asking.date_of(counts.table)} AS dated "
        f"FROM {source} WHERE {where}), "
        f"named AS (SELECT DISTINCT a.service_id, a.n, e.person_id FROM e {WITHIN}), "
        "here AS (SELECT DISTINCT a.service_id, a.n, p.person_id FROM presence p JOIN asked a "
        "ON a.service_id = p.service_id AND p.first_night <= a.last AND p.after_last > a.first) "
        "SELECT h.service_id, h.n, h.person_id, (m.person_id IS NOT NULL)::INTEGER FROM here h "
        "LEFT JOIN named m ON m.service_id = h.service_id AND m.n = h.n AND m.person_id = h.person_id",
        {**values, **bounds(asked)},
    ).fetchall()
    return _by_place((service, n, who, Tally(hit, 1)) for service, n, who, hit in found)


def register(con: duckdb.DuckDBPyConnection, counts: Rows, over: Rows, asked: Asked) -> Contributions:
    """The register as it stands now, of the people present in each stretch."""
    in_order(asked)
    source, where, values = asking.matching(over, None, any_left_out=False)
    hit = asking.conditions(counts, values)
    found = con.execute(
        f"WITH asked AS ({ASKED}) SELECT a.service_id, a.n, e.person_id, max(coalesce({hit}, FALSE)::INTEGER) "
        f"FROM {source} JOIN asked a ON a.service_id = e.service_id AND e.first_night <= a.last AND e.after_last > a.first "
        f"WHERE {where} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return _by_place((service, n, who, Tally(hit, 1)) for service, n, who, hit in found)


def scores(con: duckdb.DuckDBPyConnection, rows: Rows, asked: Asked) -> Contributions:
    """Answers with a score by the person they are about, else by who answered: how many, and what they add up to."""
    in_order(asked)
    source, where, values = asking.matching(rows, None, any_left_out=False)
    found = con.execute(
        f"WITH asked AS ({ASKED}), e AS (SELECT e.service_id, CAST({asking.whose_row('feedback')} AS VARCHAR) AS who, "
        f"e.given_on AS dated, e.score FROM {source} WHERE {where} AND e.score IS NOT NULL) "
        f"SELECT a.service_id, a.n, e.who, count(*)::BIGINT, sum(e.score)::DOUBLE FROM e {WITHIN} GROUP BY ALL",
        {**values, **bounds(asked)},
    ).fetchall()
    return _by_place((service, n, who, Tally(count, count, points)) for service, n, who, count, points in found)


def _by_place(found: Iterable[tuple[str, int, str, Tally]]) -> Contributions:
    told: dict[tuple[str, int], dict[str, Tally]] = defaultdict(dict)
    for service, n, who, tally in found:
        told[service, n][who] = tally
    return told
