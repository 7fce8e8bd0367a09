"""How a question becomes SQL: a filter on contract columns inside a scope. Names come from the contract, words are bound."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from data.contract import NOT_RECORDED, TABLES
from data.model import Period, Rows, Scope
from data.sqltext import quoted

PERIODS = "SELECT unnest(range(len($firsts))) AS n, unnest($firsts::DATE[]) AS first, unnest($lasts::DATE[]) AS last"
"""The periods asked for, as a table: number, first day, last day. Bind with ``bounds``."""

_SOURCES = {
    "falls": "fall_events",
    "views": "view_facts",
    "decisions": "decision_facts",
    "interventions": "intervention_facts",
}
"""Where a table has made columns, or rows from elsewhere, the view that holds them."""

_DATES = {"matters": "e.dated", "checks": "CAST(coalesce(e.done_at, e.due_on) AS DATE)"}
_LAG_COLUMN = (
    "CASE WHEN e.recorded_at IS NULL THEN 'unknown' "
    "WHEN e.recorded_at <= e.occurred_at + INTERVAL 24 HOUR THEN 'within_day' ELSE 'later' END"
)
_REGISTER = (
    "SELECT s.person_id, p.* EXCLUDE (person_id), s.service_id, s.first_night, s.after_last FROM presence s "
    "LEFT JOIN people p USING (person_id) WHERE s.service_id IN "
    "(SELECT kept.service_id FROM presence kept JOIN people USING (person_id))"
)
"""The register, for everybody who was there: somebody it forgot is somebody of whom nothing is recorded. A service of
which no one stands in it has none."""

_EVERYBODY = "(SELECT * FROM people UNION ALL BY NAME SELECT DISTINCT person_id FROM presence ANTI JOIN people USING (person_id))"

_JOINS = {
    "person": ("people", "person_id"),
    "service": ("services", "service_id"),
    "intervention": ("intervention_facts", "intervention_id"),
}


def bounds(periods: Sequence[Period]) -> dict[str, Any]:
    """The values that ``PERIODS`` needs."""
    return {"firsts": [period.first for period in periods], "lasts": [period.last for period in periods]}


def matching(
    rows: Rows, scope: Scope | None, *, any_left_out: bool, besides: str | None = None
) -> tuple[str, str, dict[str, Any]]:
    """(FROM clause, WHERE clause, values) for the rows of a filter inside a scope; the rows are called ``e``.

    ``scope``: None asks every service at once.
    ``any_left_out``: whether the service has events of people who were not there, to be passed over.
    ``besides``: a column that will be asked for though the filter does not name it.
    """
    values: dict[str, Any] = {}
    source = f"{_SOURCES.get(rows.table, rows.table)} e"
    if rows.table == "people":
        source = f"({_REGISTER}) e"
    for prefix, (table, key) in _JOINS.items():
        if any(column.startswith(f"{prefix}.") for column in (*rows.where, besides or "")):
            source += f" LEFT JOIN {table} {prefix} ON {prefix}.{key} = e.{key}"
    parts = [conditions(rows, values, "o")]
    if scope is not None:
        parts.insert(0, "e.service_id = $scope_service")
        values["scope_service"] = scope.service_id
    if scope is not None and scope.person_id is not None:
        parts.append("e.person_id = $scope_person")
        values["scope_person"] = scope.person_id
    if scope is not None and scope.people:
        parts.append(people_of(scope, "e.person_id", values))
    if any_left_out and rows.table in ("incidents", "falls"):
        came_from = "e.came_from" if rows.table == "falls" else "'incidents'"
        parts.append(
            f"NOT EXISTS (SELECT 1 FROM store.left_out x WHERE x.row_key = e.row_key AND x.table_name = {came_from})"
        )
    return source, " AND ".join(parts), values


def people_of(scope: Scope, column: str, values: dict[str, Any]) -> str:
    """SQL: the person in ``column`` is one of those the scope describes; always true for a scope that describes none."""
    if not scope.people:
        return "TRUE"
    described, values_of = people_described(scope, "p")
    values.update(values_of)
    return f"{column} IN ({described})"


def people_described(scope: Scope, mark: str = "c") -> tuple[str, dict[str, Any]]:
    """SQL for the codes of the people the scope describes, with its values."""
    values: dict[str, Any] = {}
    described = conditions(Rows("people", dict(scope.people)), values, mark)
    forgotten = any(NOT_RECORDED in words for _, words in scope.people)
    return f"SELECT e.person_id FROM {_EVERYBODY if forgotten else 'people'} e WHERE {described}", values


def conditions(rows: Rows, values: dict[str, Any], mark: str = "c") -> str:
    """The filter as SQL; its words are added to ``values`` under names that begin with ``mark``."""
    parts = ["TRUE"]
    for number, (column, words) in enumerate(rows.where.items()):
        name = f"{mark}{number}"
        expression = _expression(rows.table, column)
        if _is_number(rows.table, column):  # 4 and 4.0 are one score, as text they are two words
            numbers = [float(word) for word in words if _reads_as_number(word)]
            parts.append(_among(expression, numbers, name, values))
            continue
        wanted = [word.lower() for word in words]
        if NOT_RECORDED in wanted:  # an empty cell is one, in columns of any type
            expression = f"coalesce(nullif(CAST({expression} AS VARCHAR), ''), '{NOT_RECORDED}')"
        parts.append(_among(f"lower(CAST({expression} AS VARCHAR))", wanted, name, values))
    return "(" + " AND ".join(parts) + ")"


def _among(expression: str, words: Sequence[Any], name: str, values: dict[str, Any]) -> str:
    """SQL: the expression is one of the words, each bound by a name of its own."""
    if not words:
        return "FALSE"
    names = [f"{name}_{number}" for number in range(len(words))]
    values.update(zip(names, words, strict=True))
    return f"{expression} IN ({', '.join('$' + each for each in names)})"


def date_of(table: str) -> str:
    """The day a row belongs to."""
    return _DATES.get(table) or f"CAST(e.{quoted(TABLES[table].dated_by or '')} AS DATE)"


def due_or_dated(table: str, share_of: str) -> str:
    """The day a row of a share belongs to: when it was due where that is the question, else when it happened."""
    return "CAST(e.due_on AS DATE)" if share_of == "on_time" else date_of(table)


def cluster_of(table: str, scope: Scope, dated: str) -> str:
    """Rows alike come in clusters: one person's in a service, one day's for a person, one answerer's for staff."""
    columns = TABLES[table].columns if table in TABLES else {"person_id": None}
    if scope.person_id is not None:
        return f"CAST({dated} AS VARCHAR)"
    if "rater_key" in columns:
        return "coalesce(e.person_id, e.rater_key, e.row_key)"
    return "coalesce(e.person_id, e.row_key)" if "person_id" in columns else "e.row_key"


def whose_row(table: str) -> str:
    """SQL: the person a row is about; else who answered; else the row by itself, being about no one person."""
    columns = TABLES[table].columns if table in TABLES else {"person_id": None}
    parts = [f"nullif(e.{name}, '')" for name in ("person_id", "rater_key") if name in columns]
    return f"coalesce({', '.join([*parts, 'e.row_key'])})"


def whatever_the_result(observed: Rows) -> Rows:
    """The same filter without its word on the result: was it written down at all?"""
    return Rows(observed.table, {name: words for name, words in observed.where.items() if name != "result"})


def column_of(rows: Rows, column: str) -> str:
    """SQL: a column of the rows, own, made or joined; the source must have been asked with it in the filter."""
    return f"lower(CAST({_expression(rows.table, column)} AS VARCHAR))"


def _is_number(table: str, column: str) -> bool:
    """Whether a column holds numbers with decimals."""
    prefix, dot, own = column.partition(".")
    known = TABLES.get(
        {"person": "people", "service": "services", "intervention": "interventions"}[prefix] if dot else table
    )
    found = known.columns.get(own if dot else column) if known is not None else None
    return found is not None and found.type == "num"


def _reads_as_number(word: str) -> bool:
    try:
        float(word)
    except ValueError:
        return False
    return True


def _expression(table: str, column: str) -> str:
    if column == "lag" and table in ("incidents", "falls"):
        return _LAG_COLUMN
    prefix, dot, own = column.partition(".")
    return f"{prefix}.{quoted(own)}" if dot else f"e.{quoted(column)}"
