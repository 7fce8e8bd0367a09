"""Which rows go with a person: their own in every version, and what hangs on their plans, cases and answers alone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import duckdb

from data.contract import TABLES, Table
from data.erasing.words import without
from data.schema import row_key
from data.sqltext import quoted, text_literal


@dataclass(frozen=True)
class HeldBy:
    """A load that brought rows about the person: the export it came from still holds them."""

    load_id: int
    loaded_at: datetime
    files: tuple[str, ...]


class Going:
    """Which rows go: temporary tables of keys beside the old file, and the conditions that use them."""

    def __init__(self, con: duckdb.DuckDBPyConnection, code: str) -> None:
        self.con, self.code = con, code
        for name, source, column in (
            ("gone_plans", "interventions", "intervention_id"),
            ("gone_decisions", "decisions", "decision_id"),
            ("gone_cases", "feedback", "case_id"),
        ):
            self._only_theirs(name, f"SELECT {column} AS id, person_id FROM store.{source}")
        self._only_theirs("gone_voices", "SELECT rater_key AS id, person_id FROM store.feedback WHERE rater = 'self'")
        for table in TABLES.values():
            if "person_id" in table.columns:
                self._only_theirs(
                    f"gone_{table.name}", f"SELECT {row_key(table)} AS id, person_id FROM store.{quoted(table.name)}"
                )
        self.rows = sum(self._count(table) for table in TABLES.values())

    def _only_theirs(self, name: str, pairs: str) -> None:
        """Keys that belong to the person and, in no version, to anybody else."""
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE {quoted(name)} AS SELECT id FROM ({pairs}) WHERE id IS NOT NULL AND id <> '' "
            "GROUP BY id HAVING bool_or(person_id = $code) AND NOT bool_or(person_id NOT IN ($code, ''))",
            {"code": self.code},
        )

    def condition(self, table: Table) -> str:
        """SQL: a row of the table goes. A row that names somebody else always stays."""
        linked = [
            f"{quoted(column)} IN (SELECT id FROM {gone})"
            for column, gone in (
                ("intervention_id", "gone_plans"),
                ("case_id", "gone_cases"),
                ("rater_key", "gone_voices"),
            )
            if column in table.columns and table.name != "interventions"
        ]
        if "person_id" not in table.columns:
            return f"coalesce({' OR '.join(linked)}, FALSE)" if linked else "FALSE"
        linked.append(f"{row_key(table)} IN (SELECT id FROM {quoted(f'gone_{table.name}')})")
        return (
            f"coalesce(person_id = {text_literal(self.code)}, FALSE) "
            f"OR (coalesce(person_id, '') = '' AND coalesce({' OR '.join(linked)}, FALSE))"
        )

    def kept(self, table: Table, telling: str) -> str:
        """SQL: the rows that stay, without references to what goes and without the words that tell who it was."""
        columns = []
        for column in table.stored:
            name = quoted(column.name)
            gone = {"based_on": "gone_plans", "intervention_id": "gone_plans", "decision_id": "gone_decisions"}.get(
                column.name
            )
            if gone is not None and column.name != table.own_key:
                name = f"CASE WHEN {name} IN (SELECT id FROM {gone}) THEN NULL ELSE {name} END AS {name}"
            elif column.type == "text":
                name = f"{without(name, telling)} AS {name}"
            columns.append(name)
        listed = ", ".join([*columns, "load_id", "retired_by"])
        return f"SELECT {listed} FROM store.{quoted(table.name)} WHERE NOT ({self.condition(table)})"

    def held_by(self) -> tuple[HeldBy, ...]:
        """The loads that brought what goes, oldest first."""
        brought = " UNION ".join(
            f"SELECT load_id, {text_literal(table.name)} AS table_name FROM store.{quoted(table.name)} WHERE {self.condition(table)}"
            for table in TABLES.values()
        )
        rows = self.con.execute(
            "SELECT l.load_id, l.loaded_at, list(DISTINCT f.file ORDER BY f.file) "
            f"FROM ({brought}) b JOIN store.loaded_file f USING (load_id, table_name) JOIN store.load l USING (load_id) "
            "GROUP BY ALL ORDER BY 1"
        ).fetchall()
        return tuple(HeldBy(number, at, tuple(files)) for number, at, files in rows)

    def _count(self, table: Table) -> int:
        ((count,),) = self.con.execute(
            f"SELECT count(*) FROM store.{quoted(table.name)} WHERE {self.condition(table)}"
        ).fetchall()
        return int(count)
