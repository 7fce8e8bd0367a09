"""From exports to facts, all or nothing: read, cast, check, merge, keep the ledger, in one transaction.

A killed ingest leaves the database as it was. The same file twice changes nothing. Every row read is
accounted for: ``rows_in = accepted + duplicates + rejected``.
"""

from __future__ import annotations

import contextlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa

from data import casting
from data.casting import quoted, text_literal
from data.contract import TABLES, Table, columns_for, plain
from data.instruments import DOMAIN_RANGES, TOTAL_RANGES
from data.model import Period, Problem
from data.pseudonyms import Pseudonymiser, key_id, load_or_make_key
from data.reading import NotATable, RawTable, read_table
from data.remedies import remedy
from data.schema import open_for_writing, remake_tables

KEYED_WITHIN = dict.fromkeys(
    ("incidents", "falls", "feedback", "views", "decisions", "checks", "context", "totals"), "service_id"
) | {"declarations": "intervention_id"}
"""References that are only a home's (or a plan's) own: two homes may both have an incident 17."""

BLANKS = "' ' || chr(9) || chr(160)"
"""What is trimmed from both ends of a cell: spaces, tabs and the no-break spaces of web pages and spreadsheets."""

QUIET_DAYS = 60
"""A home with no row for longer than this at an end of a shared export is taken as not recording there yet,
or no longer: days before recording began are not days on which nothing happened."""

_PERSONAL_HEADINGS = re.compile(
    r"name|surname|nhs|dateofbirth|dob|birthdate|email|phone|mobileno|address|postcode|nextofkin", re.IGNORECASE
)


class WrongUse(Exception):
    """The command cannot run as given: nothing was read or written."""


@dataclass
class FileReport:
    """What became of one file. ``refused`` says why the whole file could not be used."""

    file: str
    table: str | None = None
    profile: str | None = None
    rows_in: int = 0
    accepted: int = 0
    duplicates: int = 0
    superseded: int = 0
    rejected: int = 0
    ignored: int = 0
    already_loaded: bool = False
    refused: str | None = None
    dropped_columns: tuple[str, ...] = ()
    personal_columns: int = 0
    warnings: list[str] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


@dataclass
class IngestReport:
    """What became of one load. ``load_id`` is None when nothing new was written."""

    files: list[FileReport]
    load_id: int | None

    def total(self, count: str) -> int:
        return sum(getattr(file, count) for file in self.files)

    @property
    def needs_attention(self) -> bool:
        return any(file.rejected or file.refused for file in self.files)


Progress = Callable[[str, int, int], None]


def ingest(
    paths: Sequence[Path],
    database: Path,
    *,
    as_of: date,
    table: str | None = None,
    full_export: Period | None = None,
    key: bytes | None = None,
    known_outcomes: Iterable[str] = (),
    sample: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda file, done, of: None,
) -> IngestReport:
    """Load contract-shaped CSV files (or the CSV files of folders) into the database.

    ``as_of`` is the day the export is taken as made: later dates are refused. ``full_export`` is the period
    the export is known to cover; without it, first to last row. ``dry_run`` rolls everything back.
    Raises WrongUse, KeyFileError, DatabaseUnavailable.
    """
    files = _files(paths)
    if table is not None and table not in TABLES:
        raise WrongUse(f'There is no table "{table}". Use one of: {", ".join(TABLES)}.')
    key = key or load_or_make_key()
    with open_for_writing(database) as con:
        _same_key(con, key)
        con.execute("BEGIN")
        try:
            load = _Load(con, Pseudonymiser(key), as_of, full_export, frozenset(known_outcomes))
            reports = []
            for number, path in enumerate(files):
                progress(path.name, number, len(files))
                reports.append(load.file(number, path, table))
            changed = any(not report.already_loaded and report.refused is None for report in reports)
            if changed and not dry_run:
                load.finish(sample)
                con.execute("COMMIT")
                con.execute("CHECKPOINT")
            else:
                con.execute("ROLLBACK")
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # the error itself may already have ended the transaction
                con.execute("ROLLBACK")
            raise
        progress("", len(files), len(files))
    return IngestReport(reports, load.load_id if changed and not dry_run else None)


def _files(paths: Sequence[Path]) -> list[Path]:
    files: list[Path] = []
    for path in paths:
        if path.is_dir():
            found = sorted(each for each in path.iterdir() if each.suffix.lower() == ".csv" and each.is_file())
            if not found:
                raise WrongUse(f"There is no CSV file in {path.name or path}. Name the folder your exports are in.")
            files.extend(found)
        elif path.is_file():
            files.append(path)
        else:
            raise WrongUse(f"There is no file or folder {path}. Check the name.")
    return list(dict.fromkeys(files))


def _same_key(con: duckdb.DuckDBPyConnection, key: bytes) -> None:
    row = con.execute("SELECT value FROM store.meta WHERE key = 'key_id'").fetchone()
    if row is None:
        con.execute("INSERT INTO store.meta VALUES ('key_id', ?)", [key_id(key)])
    elif row[0] != key_id(key):
        raise WrongUse(
            "This database was made with another key for pseudonyms, so the same person would get two codes. "
            "Set OUTCOMES_KEY to the key file it was made with, or start a new database with --db."
        )


class _Load:
    """One load in progress, inside one transaction."""

    def __init__(
        self,
        con: duckdb.DuckDBPyConnection,
        pseudonymise: Pseudonymiser,
        as_of: date,
        full_export: Period | None,
        known_outcomes: frozenset[str],
    ) -> None:
        self.con = con
        self.pseudonymise = pseudonymise
        self.as_of = as_of
        self.full_export = full_export
        self.known_outcomes = known_outcomes
        newest = con.execute("SELECT coalesce(max(load_id), 0) FROM store.load").fetchone()
        self.load_id = int(newest[0]) + 1 if newest else 1

    def file(self, number: int, path: Path, table_name: str | None) -> FileReport:
        """Read, check and merge one file; a file that cannot be used is reported and leaves nothing behind."""
        report = FileReport(path.name)
        try:
            raw = read_table(path)
            table, places = _table_of(path, raw, table_name)
        except NotATable as error:
            report.refused = str(error)
            return report
        report.table = table.name
        report.ignored = raw.ignored
        if self._already_loaded(raw.sha256, table, report):
            return report
        self._name_dropped_columns(raw, table, places, report)
        self._stage(raw, table, places)
        self._check(raw, table, frozenset(places), report)
        self._merge(number, table, report)
        report.rows_in = raw.rows_in
        report.rejected = len({problem.line for problem in report.problems})
        if report.rows_in != report.accepted + report.duplicates + report.rejected:
            raise AssertionError(f"{table.name}: rows read do not equal rows accounted for.")
        report.problems.sort(key=lambda problem: (problem.line, problem.column or ""))
        self._keep_ledger(number, table, raw, report)
        self._warn(table, report)
        return report

    def finish(self, sample: bool) -> None:
        """The ledger line of the whole load, and the list of rows that have no exposure under them."""
        from data import __version__

        self.con.execute(
            "INSERT INTO store.load VALUES (?, ?, ?, ?)",
            [self.load_id, datetime.now().replace(microsecond=0), self.as_of, __version__],
        )
        remake_tables(self.con)
        self.con.execute("DELETE FROM store.left_out")
        for name in ("incidents", "falls"):
            self.con.execute(_LEFT_OUT.format(name=name))
        sample_before = self.con.execute("SELECT value FROM store.meta WHERE key = 'sample'").fetchone()
        if self.load_id == 1 and sample:
            self.con.execute("INSERT INTO store.meta VALUES ('sample', 'yes')")
        elif sample_before is not None and not sample:
            self.con.execute("DELETE FROM store.meta WHERE key = 'sample'")

    def _already_loaded(self, sha256: str, table: Table, report: FileReport) -> bool:
        """The same bytes for the same table again: nothing to do, unless rows were refused only for lying ahead."""
        row = self.con.execute(
            "SELECT load_id, file_no, rows_in, rejected, ignored FROM store.loaded_file "
            "WHERE sha256 = ? AND table_name = ? ORDER BY load_id DESC LIMIT 1",
            [sha256, table.name],
        ).fetchone()
        if row is None:
            return False
        problems = self.con.execute(
            "SELECT line, column_name, value, reason, remedy FROM store.refused "
            "WHERE load_id = ? AND file_no = ? ORDER BY line, column_name",
            [row[0], row[1]],
        ).fetchall()
        if any(problem[3] == "date_future" for problem in problems):
            return False
        report.already_loaded = True
        report.rows_in, report.rejected, report.ignored = int(row[2]), int(row[3]), int(row[4])
        report.duplicates = report.rows_in - report.rejected
        report.problems = [Problem(*problem) for problem in problems]
        return True

    def _name_dropped_columns(self, raw: RawTable, table: Table, places: dict[str, int], report: FileReport) -> None:
        """Say which columns went: personal ones by number only, others by their heading."""
        used = set(places.values())
        dropped = [heading for place, heading in enumerate(raw.headings) if place not in used and heading]
        personal = [heading for heading in dropped if _PERSONAL_HEADINGS.search(plain(heading))]
        free = [column.name for column in table.columns.values() if column.free_text and column.name in places]
        report.personal_columns = len(personal)
        report.dropped_columns = tuple(heading for heading in dropped if heading not in personal) + tuple(free)
        if personal:
            told = (
                "1 column of personal details was"
                if len(personal) == 1
                else f"{len(personal)} columns of personal details were"
            )
            report.warnings.append(f"{told} recognised and never stored.")
        if report.dropped_columns:
            report.warnings.append(f"Not stored, no place in the contract: {', '.join(report.dropped_columns)}.")

    def _stage(self, raw: RawTable, table: Table, places: dict[str, int]) -> None:
        """All cells as text, references already turned into codes, then one typed ``work`` table."""
        by_column = list(zip(*raw.rows, strict=True)) if raw.rows else [() for _ in raw.headings]
        arrays: dict[str, Any] = {
            "record_no": pa.array(np.arange(len(raw.rows))),
            "line": pa.array(np.array(raw.lines, dtype=np.int64)),
        }
        for column in _stored(table):
            place = places.get(column.name)
            if place is None:
                arrays[column.name] = pa.nulls(len(raw.rows), pa.string())
                continue
            cells: Iterable[str] = by_column[place]
            if column.pseudonym:
                kind, code = column.pseudonym, self.pseudonymise
                cells = [code(kind, cell) for cell in cells]
            arrays[column.name] = pa.array(cells, pa.string())
        self.con.register("arrived", pa.table(arrays))
        trimmed = ", ".join(
            f"nullif(trim({quoted(column.name)}, {BLANKS}), '') AS {quoted('raw_' + column.name)}"
            for column in _stored(table)
        )
        typed = ", ".join(
            f"{expression} AS {quoted(name)}"
            for column in _stored(table)
            for expression, name in casting.typed_columns(column)
        )
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE work AS SELECT *, {typed} FROM (SELECT record_no, line, {trimmed} FROM arrived)"
        )
        self.con.unregister("arrived")
        if "time_precision" in table.columns:
            self.con.execute(
                "UPDATE work SET time_precision = CASE WHEN clock_occurred_at IS NULL THEN 'day' "
                "WHEN time_precision IN ('', 'not_recorded') THEN 'minute' ELSE time_precision END "
                "WHERE clock_occurred_at IS NULL OR time_precision IN ('', 'not_recorded')"
            )
        if "outcome" in table.columns:
            self.con.execute("UPDATE work SET outcome = upper(outcome)")

    def _check(self, raw: RawTable, table: Table, present: frozenset[str], report: FileReport) -> None:
        """Every fault of every row, never just the first; refused rows leave ``work``."""
        checks = [check for column in _stored(table) for check in casting.cell_checks(column)]
        checks += casting.row_checks(table, present, _instrument_ranges())
        asked = [
            f"SELECT record_no, line, {text_literal(check.column)} AS c, {quoted('raw_' + check.column)} AS v, "
            f"{text_literal(check.reason)} AS reason FROM work WHERE {check.condition}"
            for check in checks
            if check.column in present or (check.reason == "required_missing" and check.column != table.own_key)
        ]
        sql = "CREATE OR REPLACE TEMP TABLE bad AS " + " UNION ALL ".join(asked)
        self.con.execute(sql, {"as_of": self.as_of} if "$as_of" in sql else {})
        report.problems.extend(raw.problems)
        report.problems.extend(self._problems(table))
        self.con.execute("DELETE FROM work WHERE record_no IN (SELECT record_no FROM bad)")

    def _problems(self, table: Table) -> list[Problem]:
        found = self.con.execute("SELECT DISTINCT line, c, v, reason FROM bad").fetchall()
        problems = []
        for line, name, value, reason in found:
            column = table.columns[name]
            shown = _shown(value) if column.shown else None
            problems.append(Problem(line, name, shown, reason, remedy(column, reason, shown or "")))
        return problems

    def _merge(self, number: int, table: Table, report: FileReport) -> None:
        """New rows in, changed rows as new versions, the same rows left alone."""
        con, name = self.con, quoted(table.name)
        columns = [quoted(column.name) for column in _stored(table)]
        self._keys(table, columns)
        self._refuse(
            table, report,
            "SELECT record_no, line FROM (SELECT *, first_value(row_hash) OVER w AS first_hash, row_number() OVER w AS n "
            "FROM keyed WINDOW w AS (PARTITION BY row_key ORDER BY record_no)) WHERE n > 1 AND row_hash <> first_hash",
        )  # fmt: skip
        repeated = _count(
            con.execute(
                "DELETE FROM keyed WHERE record_no IN (SELECT record_no FROM (SELECT record_no, row_number() "
                "OVER (PARTITION BY row_key ORDER BY record_no) AS n FROM keyed) WHERE n > 1)"
            )
        )
        same = _count(
            con.execute(
                f"DELETE FROM keyed WHERE EXISTS (SELECT 1 FROM store.{name} s WHERE s.retired_by IS NULL "
                "AND s.row_key = keyed.row_key AND s.row_hash = keyed.row_hash)"
            )
        )
        if table.name in ("incidents", "falls"):
            self._refuse_same_minute(table, report)
        report.duplicates = repeated + same
        report.superseded = _count(
            con.execute(
                f"UPDATE store.{name} SET retired_by = ? WHERE retired_by IS NULL "
                "AND row_key IN (SELECT row_key FROM keyed)",
                [self.load_id],
            )
        )
        order = ", ".join(quoted(each) for each in ("service_id", table.dated_by or "row_key") if each in table.columns)
        report.accepted = _count(
            con.execute(
                f"INSERT INTO store.{name} ({', '.join(columns)}, row_key, row_hash, load_id, retired_by) "
                f"SELECT {', '.join(columns)}, row_key, row_hash, {self.load_id}, NULL FROM keyed ORDER BY {order or 'row_key'}"
            )
        )
        self._cover(number, table)

    def _keys(self, table: Table, columns: list[str]) -> None:
        """``keyed``: each row with what names it and a hash of its typed contents (so two spellings of a date agree)."""
        contents = ", ".join(f"coalesce(CAST({column} AS VARCHAR), '')" for column in columns)
        own = table.own_key
        key = ", ".join(f"CAST({quoted(part)} AS VARCHAR)" for part in table.key)
        if own is not None and table.name in KEYED_WITHIN:
            key = f"{KEYED_WITHIN[table.name]}, {quoted(own)}"
        self.con.execute(
            f"CREATE OR REPLACE TEMP TABLE keyed AS SELECT *, concat_ws('|', {key}) AS row_key, "
            f"md5(concat_ws(chr(31), {contents})) AS row_hash FROM work"
        )
        if own is not None:
            numbered = (
                "UPDATE keyed SET row_key = n.made, {own} = n.made FROM (SELECT record_no, 'row-' || row_hash || '-' || "
                "row_number() OVER (PARTITION BY row_hash ORDER BY record_no) AS made FROM keyed WHERE {own} IS NULL) n "
                "WHERE keyed.record_no = n.record_no"
            )
            self.con.execute(numbered.format(own=quoted(own)))

    def _refuse_same_minute(self, table: Table, report: FileReport) -> None:
        """One person, one kind, one minute (not on the hour) under two references is one event written down twice."""
        kind = "kind" if "kind" in table.columns else "'fall'"
        told_apart = "person_id IS NOT NULL AND time_precision = 'minute' AND minute(occurred_at) <> 0"
        self._refuse(
            table, report,
            f"SELECT record_no, line FROM (SELECT record_no, line, row_number() OVER (PARTITION BY service_id, person_id, {kind}, "
            f"occurred_at ORDER BY record_no) AS n FROM keyed WHERE {told_apart}) WHERE n > 1 "
            f"UNION SELECT record_no, line FROM keyed k WHERE {told_apart} AND EXISTS (SELECT 1 FROM "
            f"store.{quoted(table.name)} s WHERE s.retired_by IS NULL AND s.service_id = k.service_id "
            f"AND s.person_id = k.person_id AND s.occurred_at = k.occurred_at AND s.time_precision = 'minute' "
            f"AND s.row_key <> k.row_key" + (" AND s.kind = k.kind)" if kind == "kind" else ")"),
        )  # fmt: skip

    def _refuse(self, table: Table, report: FileReport, which: str) -> None:
        """Set aside rows that clash with another one, naming the reference column and not its value."""
        column = table.columns[table.own_key or table.key[-1]]
        self.con.execute(f"CREATE OR REPLACE TEMP TABLE clash AS {which}")
        for (line,) in self.con.execute("SELECT line FROM clash ORDER BY line").fetchall():
            report.problems.append(
                Problem(line, column.name, None, "duplicate_conflict", remedy(column, "duplicate_conflict", ""))
            )
        self.con.execute("DELETE FROM keyed WHERE record_no IN (SELECT record_no FROM clash)")

    def _cover(self, number: int, table: Table) -> None:
        """Which days this file speaks for, service by service."""
        if table.dated_by is None:
            return
        dated = "coalesce(done_at, due_on)" if table.name == "checks" else quoted(table.dated_by)
        ended = "period_to" if table.name == "totals" else dated
        if "service_id" not in table.columns:
            return
        own = (
            f"SELECT service_id, least(min(CAST({dated} AS DATE)), $as_of::DATE) AS first_day, "
            f"least(max(CAST({ended} AS DATE)), $as_of::DATE) AS last_day FROM work GROUP BY ALL"
        )
        if self.full_export is not None:
            first, last = "$first::DATE", "$last::DATE"
        else:
            edge = "SELECT min(first_day) AS first_edge, max(last_day) AS last_edge FROM own"
            own = f"WITH own AS ({own}), edge AS ({edge}) SELECT * FROM own, edge"
            first = f"CASE WHEN first_day - first_edge <= {QUIET_DAYS} THEN first_edge ELSE first_day END"
            last = f"CASE WHEN last_edge - last_day <= {QUIET_DAYS} THEN last_edge ELSE last_day END"
        values: dict[str, Any] = {"load": self.load_id, "number": number, "as_of": self.as_of}
        if self.full_export is not None:
            values |= {"first": self.full_export.first, "last": min(self.full_export.last, self.as_of)}
        self.con.execute(
            f"INSERT INTO store.coverage SELECT $load, $number, {text_literal(table.name)}, service_id, {first}, {last} "
            f"FROM ({own})",
            values,
        )

    def _keep_ledger(self, number: int, table: Table, raw: RawTable, report: FileReport) -> None:
        days = self.con.execute(
            "SELECT min(first_day), max(last_day) FROM store.coverage WHERE load_id = ? AND file_no = ?",
            [self.load_id, number],
        ).fetchone() or (None, None)
        self.con.execute(
            f"INSERT INTO store.loaded_file VALUES ({', '.join('?' * 16)})",
            [
                self.load_id, number, _file_label(report.file, table), table.name, report.profile, raw.sha256, raw.bytes,
                raw.encoding, report.rows_in, report.accepted, report.duplicates, report.superseded,
                report.rejected, report.ignored, *days,
            ],
        )  # fmt: skip
        if report.problems:
            refused = pa.table(
                {
                    "load_id": pa.array([self.load_id] * len(report.problems), pa.int64()),
                    "file_no": pa.array([number] * len(report.problems), pa.int64()),
                    "line": pa.array([each.line for each in report.problems], pa.int64()),
                    "column_name": pa.array([each.column for each in report.problems], pa.string()),
                    "value": pa.array([each.value for each in report.problems], pa.string()),
                    "reason": pa.array([each.reason for each in report.problems], pa.string()),
                    "remedy": pa.array([each.remedy for each in report.problems], pa.string()),
                }
            )
            self.con.register("refused_rows", refused)
            self.con.execute("INSERT INTO store.refused SELECT * FROM refused_rows")
            self.con.unregister("refused_rows")

    def _warn(self, table: Table, report: FileReport) -> None:
        """Odd but kept: said once for each file."""
        if table.name in ("incidents", "falls"):
            late, hourly, kept = self.con.execute(_LAG).fetchone() or (0, 0, 0)
            if kept and late > kept / 10:
                report.warnings.append(
                    f"{late} of {kept} records were written down more than a day after they happened."
                )
            if kept >= 20 and hourly == kept:
                report.warnings.append("Every time is on the hour: these may be the times of recording.")
        if "outcome" in table.columns and self.known_outcomes:
            codes = {row[0] for row in self.con.execute("SELECT DISTINCT outcome FROM work").fetchall()}
            unknown = sorted(codes - self.known_outcomes)
            if unknown:
                report.warnings.append(
                    f"No outcome file for: {', '.join(unknown)}. Add your own with --outcomes FOLDER, or correct the code."
                )


_LEFT_OUT = """
INSERT INTO store.left_out
SELECT '{name}', e.row_key, e.service_id
FROM {name} e
WHERE e.person_id IS NOT NULL
  AND e.service_id IN (SELECT DISTINCT service_id FROM stays)
  AND NOT EXISTS (
      SELECT 1 FROM stay_islands s
      WHERE s.person_id = e.person_id AND s.service_id = e.service_id
        AND CAST(e.occurred_at AS DATE) BETWEEN s.first_night - 1 AND s.after_last + 1)
"""

_LAG = """
SELECT count(*) FILTER (WHERE recorded_at > occurred_at + INTERVAL 24 HOUR AND time_precision IN ('minute', 'hour')),
       count(*) FILTER (WHERE time_precision = 'minute' AND minute(occurred_at) = 0),
       count(*)
FROM work
"""


def _stored(table: Table) -> list[Any]:
    return [column for column in table.columns.values() if not column.free_text]


def _table_of(path: Path, raw: RawTable, named: str | None) -> tuple[Table, dict[str, int]]:
    """Which table the file is, and where its columns stand. Raises NotATable with the nearest miss."""
    table = TABLES[named] if named else _candidate(path, raw)
    found = columns_for(table, raw.headings)
    twice = sorted(name for name, places in found.items() if len(places) > 1)
    if twice:
        raise NotATable(f"Two headings both mean {twice[0]} in the table {table.name}. Remove or rename one of them.")
    own = table.own_key
    missing = [name for name in table.required if name not in found and name != own]
    if own in ("service_id", "person_id", "intervention_id", "declaration_id") and own not in found:
        missing.insert(0, own)
    if missing:
        raise NotATable(
            f"Read as the table {table.name}, and these columns are missing: {', '.join(missing)}. "
            "Add them, or name the right table with --table."
        )
    return table, {name: places[0] for name, places in found.items()}


def _candidate(path: Path, raw: RawTable) -> Table:
    """The table a file is called after; where its name is longer than that, the one its headings fit best."""
    stem = plain(path.stem)
    if stem in TABLES:
        return TABLES[stem]
    named = [table for table in TABLES.values() if stem.startswith(plain(table.name))]
    return max((*named, *TABLES.values()), key=lambda table: _coverage(table, raw.headings))


def _coverage(table: Table, headings: Sequence[str]) -> float:
    found = columns_for(table, headings)
    needed = [name for name in table.required if name != table.own_key]
    return sum(name in found for name in needed) / max(1, len(needed)) + len(found) / 100


def _instrument_ranges() -> str:
    """SQL: the score lies outside its instrument's range."""

    def cases(ranges: dict[str, tuple[float, float]]) -> str:
        return " ".join(
            f"WHEN instrument = {text_literal(name)} THEN score NOT BETWEEN {low:g} AND {high:g}"
            for name, (low, high) in ranges.items()
        )

    return (
        f"score IS NOT NULL AND answer = 'score' AND CASE WHEN lower(domain) = 'total' THEN CASE {cases(TOTAL_RANGES)} ELSE FALSE END "
        f"ELSE CASE {cases(DOMAIN_RANGES)} ELSE FALSE END END"
    )


_LOOKS_PERSONAL = re.compile(
    "|".join(
        f"(?:{p.replace('(?i)', '')})" for p in (casting.EMAIL, casting.POSTCODE, casting.PHONE, casting.TEN_DIGITS)
    )
)


def _shown(value: str | None) -> str | None:
    """A bad value as it may be repeated: short, and never one that looks like a person's details."""
    if value is None:
        return ""
    return None if len(value) > 40 or _LOOKS_PERSONAL.search(value) else value


_PLAIN_WORDS = re.compile(
    r"\d{1,4}|export|report|data|list|log|all|new|old|final|corrected|part|q[1-4]|h[12]|csv|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec",
    re.IGNORECASE,
)


def _file_label(name: str, table: Table) -> str:
    """A file's name for the ledger: only words that cannot say who somebody is, the rest left out."""
    stem, _, ending = name.rpartition(".")
    kept = [
        word if _PLAIN_WORDS.fullmatch(word) or word.casefold() in TABLES else "…"
        for word in re.split(r"[\s_.-]+", stem or name)
        if word
    ]
    label = " ".join(dict.fromkeys(kept)) if "…" in kept else stem or name
    return f"{label}.{ending or 'csv'}" if label != "…" else f"{table.name} ….{ending or 'csv'}"


def _count(result: duckdb.DuckDBPyConnection) -> int:
    row = result.fetchone()
    return int(row[0]) if row else 0
