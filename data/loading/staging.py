"""Chunks of text into one typed ``work`` table inside the load's transaction, and every fault of every row named.

References of people are codes before the database sees them: not even a temporary table holds them in clear.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data import values
from data.contract import Column, Table
from data.loading.casting import PERSONAL, Cast, Caster, Manner
from data.loading.nhs_numbers import can_be_one, ten_figures
from data.loading.own_services import elsewhere, why_refused
from data.loading.remedies import remedy
from data.loading.row_checks import row_checks
from data.model import Problem
from data.pseudonyms import Pseudonymiser
from data.schema import row_key
from data.sqltext import quoted

LONGEST_SHOWN = 40


@dataclass
class Stage:
    """The ``work`` table of one file, filled chunk by chunk, and what could not go into it.

    The keys of rows that were refused go into ``unfit``: they are in the file, whatever is wrong with them.
    """

    con: duckdb.DuckDBPyConnection
    table: Table
    manner: Manner
    pseudonymise: Pseudonymiser
    rows: int = 0
    refused: int = 0
    not_answered: int = 0
    problems: list[Problem] = field(default_factory=list)
    other_weekday: int = 0
    numbers_people: bool = False
    """Stays of an export that never says whose: each row is then a person of its own."""
    only_services: frozenset[str] | None = None
    """The services the database is for; None where it is for any."""
    like_nhs_numbers: set[str] = field(default_factory=set, repr=False)
    """References of people with ten figures; gone with the stage, never stored or told."""

    def __post_init__(self) -> None:
        self.casters = {column.name: Caster(column, self.manner, self.pseudonymise) for column in self.table.stored}
        columns = ", ".join(f"{quoted(column.name)} {column.sql_type}" for column in self.table.stored)
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE work (record_no BIGINT, line BIGINT, {columns})")
        self.con.execute("CREATE OR REPLACE TEMP TABLE unfit (row_key VARCHAR)")

    def add(self, columns: Mapping[str, pa.Array], lines: NDArray[np.int64]) -> None:
        """Type, check and keep the rows of one chunk: text cells by our column names, and the line of each row."""
        casts = {name: caster.cast(columns[name]) for name, caster in self.casters.items() if name in columns}
        if self.table.name == "totals" and "period_from" in casts:
            _fill_periods(casts, columns["period_from"], self.manner)
        typed = self._typed(casts, lines)
        bad = np.zeros(len(lines), dtype=bool)
        for name, reason, mask in self._faults(casts, typed, frozenset(columns)):
            bad |= mask
            self._name(self.table.columns[name], reason, mask, lines, columns.get(name))
        if self.only_services is not None and "service_id" in self.table.columns:
            others = elsewhere(typed.column("service_id"), self.only_services)
            bad |= others
            service = self.table.columns["service_id"]
            self._name(
                service, "code_unknown", others, lines, columns.get("service_id"), why_refused(self.only_services)
            )
        for name in columns:
            if self.table.columns[name].pseudonym == "person":
                self.like_nhs_numbers |= ten_figures(pc.unique(columns[name]).to_pylist())
        self.other_weekday += sum(
            _other_weekdays(columns[name], self.manner)
            for name in columns
            if self.table.columns[name].type in ("date", "time")
        )
        self.refused += int(bad.sum())
        if bad.any():
            self.con.from_arrow(typed.filter(pa.array(bad))).project(row_key(self.table)).insert_into("unfit")
            typed = typed.filter(pa.array(~bad))
        # not through ``register``: its view would hold the rows until the load has ended
        names = ", ".join(quoted(column.name) for column in self.table.stored)
        self.con.from_arrow(typed).project(f"record_no, line, {names}").insert_into("work")
        self.rows += len(lines)

    @property
    def not_nhs_numbers(self) -> int:
        """How many references of people have ten figures and cannot be NHS numbers."""
        return sum(not can_be_one(figures) for figures in self.like_nhs_numbers)

    @property
    def numbered(self) -> str | None:
        """The reference that is made here where the export has none."""
        return "person_id" if self.numbers_people else self.table.own_key

    def _typed(self, casts: Mapping[str, Cast], lines: NDArray[np.int64]) -> pa.Table:
        n = len(lines)
        arrays = {"record_no": pa.array(np.arange(self.rows, self.rows + n)), "line": pa.array(lines)}
        for column in self.table.stored:
            done = casts.get(column.name)
            if done is None:
                arrays[column.name] = _nothing(column, n)
                arrays[f"empty_{column.name}"] = pa.array(np.ones(n, dtype=bool))
                continue
            arrays[column.name] = done.values
            arrays[f"empty_{column.name}"] = pa.array(done.empty)
        for done in casts.values():
            arrays |= {name: extra for name, extra in done.extra.items() if name != "answer"}
        if "answer" in self.table.columns and "score" in casts and "answer" in casts["score"].extra:
            said = casts["score"].extra["answer"].cast(pa.string())
            arrays["answer"] = pc.coalesce(said, arrays["answer"].cast(pa.string()))
        if "time_precision" in self.table.columns:
            arrays["time_precision"] = _precision(arrays)
        return pa.table(arrays)

    def _faults(
        self, casts: Mapping[str, Cast], typed: pa.Table, present: frozenset[str]
    ) -> list[tuple[str, str, NDArray[np.bool_]]]:
        found = [(name, reason, mask) for name, done in casts.items() for reason, mask in done.faults]
        n = len(typed)
        found = [each for each in found if not (each[0] == self.numbered and each[1] == "required_missing")]
        found += [
            (name, "required_missing", np.ones(n, dtype=bool))
            for name in self.table.required
            if name not in casts and name != self.numbered and n
        ]
        checks = [
            check
            for check in row_checks(self.table, present)
            if check.column in present or check.reason == "required_missing"
        ]
        if checks:
            asked = ", ".join(f"coalesce({check.condition}, FALSE) AS c{n}" for n, check in enumerate(checks))
            answers = self.con.from_arrow(typed).project(asked).to_arrow_table()
            for place, check in enumerate(checks):
                mask = answers.column(place).to_numpy().astype(bool)
                if mask.any():
                    found.append((check.column, check.reason, mask))
        return found

    def _name(
        self,
        column: Column,
        reason: str,
        mask: NDArray[np.bool_],
        lines: NDArray[np.int64],
        cells: pa.Array | None,
        said: str | None = None,
    ) -> None:
        where = np.flatnonzero(mask)
        texts = cells.take(pa.array(where)).to_pylist() if cells is not None else [""] * len(where)
        for place, text in zip(where.tolist(), texts, strict=True):
            found = values.tidy(text)
            shown = _shown(found) if column.shown else None
            move = said or remedy(column, reason, shown or "", found)
            self.problems.append(Problem(int(lines[place]), column.name, shown, reason, move))


def _nothing(column: Column, n: int) -> pa.Array:
    word = column.empty_means
    if word is None:
        kinds = {"DATE": pa.date32(), "TIMESTAMP": pa.timestamp("us"), "BIGINT": pa.int64(), "DOUBLE": pa.float64()}
        return pa.nulls(n, kinds.get(column.sql_type, pa.string()))
    return pa.DictionaryArray.from_arrays(pa.array(np.zeros(n, dtype=np.int32)), pa.array([word]))


def _precision(arrays: Mapping[str, pa.Array]) -> pa.Array:
    """A bare date is a day; a time without a word about it is to the minute."""
    given = arrays["time_precision"].cast(pa.string())
    said = pc.if_else(pc.is_in(given, pa.array(["", "not_recorded"])), "minute", given)
    timed = arrays.get("timed_occurred_at")
    return said if timed is None else pc.if_else(timed, said, "day")


def _fill_periods(casts: dict[str, Cast], cells: pa.Array, manner: Manner) -> None:
    """A month, week or quarter named in one column gives the first and the last day of a period."""
    coded = pc.dictionary_encode(cells)
    periods = [values.read_period(text, manner.order) for text in coded.dictionary.to_pylist()]
    places = pa.array(coded.indices.to_numpy(zero_copy_only=False))
    first = pa.array([period and period[0] for period in periods], pa.date32()).take(places)
    last = pa.array([period and period[1] for period in periods], pa.date32()).take(places)
    start, end = casts["period_from"], casts.get("period_to")
    start.values = pc.coalesce(start.values, first)
    readable = first.is_valid().to_numpy(zero_copy_only=False)
    start.faults = [
        (reason, mask & ~readable if reason == "date_unreadable" else mask) for reason, mask in start.faults
    ]
    start.faults = [(reason, mask) for reason, mask in start.faults if mask.any()]
    if end is None:
        casts["period_to"] = Cast(last, ~last.is_valid().to_numpy(zero_copy_only=False))
    else:
        filled = end.empty & last.is_valid().to_numpy(zero_copy_only=False)
        end.values = pc.if_else(pa.array(filled), last, end.values)
        end.faults = [(reason, mask & ~filled if reason == "required_missing" else mask) for reason, mask in end.faults]
        end.empty = end.empty & ~filled


def _other_weekdays(cells: pa.Array, manner: Manner) -> int:
    """Cells that name another weekday than their date falls on."""
    named = pc.match_substring_regex(cells.slice(0, 1000), "^[A-Za-z]{3}")
    if not pc.any(named).as_py():
        return 0
    counts = pc.value_counts(cells)
    different = 0
    for text, times in zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True):
        day = values.read_moment(text, manner.order)[0] if text[:1].isalpha() else None
        different += times if day is not None and values.weekday_differs(text, day) else 0
    return different


def _shown(value: str) -> str | None:
    """A bad value as it may be repeated: short, and never one that looks like a person's details."""
    return None if len(value) > LONGEST_SHOWN or PERSONAL.search(value) else value
