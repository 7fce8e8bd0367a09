"""What is odd or missing in the data, counted: nothing is dropped in silence, and no page guesses."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

import duckdb

from data.contract import TABLES
from data.facts import DataCheck
from data.model import Service

START_WITH = ("stays", "incidents", "falls", "feedback", "interventions", "declarations", "people", "views",
              "decisions", "checks", "context")  # fmt: skip
"""Tables whose absence a reader should know of, in the order in which they help most."""
UNOBSERVED_SHARE = 0.20
"""More than this part of mornings without a watch is worth saying."""
UNKNOWN_SHARE = 0.10
"""More than this part unknown is worth saying."""


def all_checks(
    con: duckdb.DuckDBPyConnection,
    services: Sequence[Service],
    tables_with_rows: Callable[[str], frozenset[str]],
) -> tuple[DataCheck, ...]:
    """Every check, what is missing first."""
    found = [*_missing(services, tables_with_rows), *_left_out(con), *_fall_copies(con), *_coarse(con),
             *_late(con), *_totals_twice(con), *_ethnicity(con), *_unobserved(con), *_rater_or_form_changed(con)]  # fmt: skip
    order = {"missing": 0, "left_out": 1, "note": 2}
    return tuple(sorted(found, key=lambda check: (order[check.level], check.service_id or "", check.table)))


def _missing(services: Sequence[Service], tables_with_rows: Callable[[str], frozenset[str]]) -> Iterator[DataCheck]:
    for service in services:
        present = tables_with_rows(service.service_id)
        for name in START_WITH:
            if name in present:
                continue
            text = TABLES[name].without_it
            if name == "stays" and service.beds is None:
                text = "Counts only: without stays and beds the number of people may have changed."
            yield DataCheck("missing", service.service_id, name, 0, text)


def _left_out(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    for table, service, count in con.execute(
        "SELECT table_name, service_id, count(*) FROM store.left_out GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        yield DataCheck(
            "left_out", service, table, count,
            f"{_many(count, 'record')} of people who, by the stays table, were not here that day. Kept, and left out of rates.",
        )  # fmt: skip


def _fall_copies(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    for service, count in con.execute(
        "SELECT service_id, count(*) FROM incidents WHERE kind = 'fall' AND service_id IN (SELECT service_id FROM falls) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        yield DataCheck(
            "left_out", service, "incidents", count,
            f"{_many(count, 'incident')} of kind fall set aside: the falls table counts, and these are copies.",
        )  # fmt: skip


def _coarse(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    for service, count in con.execute(
        "SELECT service_id, count(*) FROM incidents WHERE time_precision IN ('shift', 'day') AND kind = 'distress' "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        yield DataCheck(
            "left_out", service, "incidents", count,
            f"{_many(count, 'record')} of distress without a clock time: counted in rates, left out of mornings.",
        )  # fmt: skip


def _late(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    for table in ("incidents", "falls"):
        for service, late, known in con.execute(
            "SELECT service_id, count(*) FILTER (WHERE recorded_at > occurred_at + INTERVAL 24 HOUR), count(recorded_at) "
            f"FROM {table} GROUP BY ALL ORDER BY ALL"
        ).fetchall():
            if known and late > known * UNKNOWN_SHARE:
                yield DataCheck(
                    "note", service, table, late,
                    f"{late} of {known} records were written down more than a day after they happened.",
                )  # fmt: skip


def _totals_twice(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    for service, outcome, count in con.execute(
        "SELECT a.service_id, a.outcome, count(*) FROM totals a JOIN totals b ON a.service_id = b.service_id "
        "AND a.outcome = b.outcome AND a.row_key <> b.row_key AND a.period_from > b.period_from "
        "AND a.period_from <= b.period_to GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        yield DataCheck(
            "left_out", service, "totals", count,
            f"{_many(count, 'total')} of {outcome} for days another total already covers. The first is used.",
        )  # fmt: skip


def _ethnicity(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    for service, unknown, known in con.execute(
        "SELECT service_id, count(DISTINCT person_id) FILTER (WHERE ethnicity_group = 'not_recorded'), "
        "count(DISTINCT person_id) FROM people JOIN stays USING (person_id) GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        if known and unknown > known * UNKNOWN_SHARE:
            yield DataCheck(
                "note", service, "people", unknown,
                f"Ethnicity is not recorded for {unknown} of {known} people, so gaps between groups cannot be trusted.",
            )  # fmt: skip


def _unobserved(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    """Mornings nobody says were watched, between the first and the last one written down for each person."""
    for service, unseen, mornings in con.execute(
        "SELECT service_id, sum(mornings - watched)::BIGINT, sum(mornings)::BIGINT FROM (SELECT service_id, person_id, "
        "max(CAST(done_at AS DATE)) - min(CAST(done_at AS DATE)) + 1 AS mornings, "
        "count(DISTINCT CAST(done_at AS DATE)) FILTER (WHERE result = 'met') AS watched FROM checks "
        "WHERE measure = 'window_observed' AND lower(element) = 'morning' AND done_at IS NOT NULL GROUP BY ALL) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        if unseen > mornings * UNOBSERVED_SHARE:
            yield DataCheck(
                "note", service, "checks", unseen,
                f"Nobody wrote down that they were watching on {unseen} of {mornings} mornings.",
            )  # fmt: skip


def _rater_or_form_changed(con: duckdb.DuckDBPyConnection) -> Iterator[DataCheck]:
    """Answers that cannot be laid side by side without a word: another answerer, or another form."""
    for service, instrument, changed in con.execute(
        "SELECT service_id, instrument, count(*) FROM (SELECT service_id, instrument, person_id, rater FROM feedback "
        "WHERE person_id IS NOT NULL AND rater_key IS NOT NULL GROUP BY ALL HAVING count(DISTINCT rater_key) > 1) "
        "GROUP BY ALL ORDER BY ALL"
    ).fetchall():
        yield DataCheck(
            "note", service, "feedback", changed,
            f"{instrument}: somebody else answered at another time about {_many(changed, 'person', 'people')}.",
        )  # fmt: skip
    for service, instrument, forms in con.execute(
        "SELECT service_id, instrument, count(DISTINCT form) FROM feedback WHERE form IS NOT NULL "
        "GROUP BY ALL HAVING count(DISTINCT form) > 1 ORDER BY ALL"
    ).fetchall():
        yield DataCheck("note", service, "feedback", forms, f"{instrument}: answered on {forms} different forms.")


def _many(count: int, word: str, several: str = "") -> str:
    return f"{count} {word}" if count == 1 else f"{count} {several or word + 's'}"
