"""From exports to facts, all or nothing: read, recognise, stage, check, merge, keep the ledger, in one transaction.

A killed ingest leaves the database as it was. The same file twice changes nothing. Every row read is
accounted for: ``rows_in = accepted + duplicates + rejected``.
"""

from __future__ import annotations

import contextlib
import gc
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from data import ledger, merging, staging
from data.contract import TABLES, Table
from data.model import Period
from data.pseudonyms import Pseudonymiser, key_id, load_or_make_key
from data.reading import NotATable, read_table
from data.recognise import recognise, warnings_of
from data.reports import FileReport, IngestReport
from data.schema import open_for_writing, remake_tables

Progress = Callable[[str, int, int], None]

LATE_SHARE = 0.10
"""More records than this written down over a day late is worth saying."""
ENOUGH_TIMES = 20

_TIMES = """
SELECT count(*) FILTER (WHERE recorded_at > occurred_at + INTERVAL 24 HOUR AND time_precision IN ('minute', 'hour')),
       count(*) FILTER (WHERE time_precision = 'minute' AND minute(occurred_at) = 0),
       count(*)
FROM work
"""


class WrongUse(Exception):
    """The command cannot run as given: nothing was read or written."""


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
    by_hand: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda file, done, of: None,
) -> IngestReport:
    """Load contract-shaped CSV files (or the CSV files of folders) into the database.

    ``as_of`` is the day the export is taken as made: later dates are refused. ``full_export`` is the period
    the export is known to cover; without it, first to last row. ``by_hand`` is for rows written
    down on a page: loaded again whatever was loaded before, and speaking for no day that an export speaks for.
    ``dry_run`` rolls everything back.
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
            load_id = ledger.next_load_id(con)
            load = _Load(con, load_id, Pseudonymiser(key), as_of, full_export, frozenset(known_outcomes), by_hand)
            reports = []
            for number, path in enumerate(files):
                progress(path.name, number, len(files))
                with _no_garbage_hunt():
                    reports.append(load.file(number, path, table))
            changed = any(not report.already_loaded and report.refused is None for report in reports)
            if changed and not dry_run:
                remake_tables(con)
                ledger.close_load(con, load_id, as_of, sample=sample)
                con.execute("COMMIT")
                con.execute("CHECKPOINT")
            else:
                con.execute("ROLLBACK")
        except BaseException:
            with contextlib.suppress(duckdb.Error):  # the error itself may already have ended the transaction
                con.execute("ROLLBACK")
            raise
        progress("", len(files), len(files))
    return IngestReport(reports, load_id if changed and not dry_run else None)


@contextlib.contextmanager
def _no_garbage_hunt() -> Iterator[None]:
    """Millions of small lists without a cycle: looking through them for garbage takes a third of the time of a load."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


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


@dataclass(frozen=True)
class _Load:
    """One load in progress, inside one transaction."""

    con: duckdb.DuckDBPyConnection
    load_id: int
    pseudonymise: Pseudonymiser
    as_of: date
    full_export: Period | None
    known_outcomes: frozenset[str]
    by_hand: bool

    def file(self, number: int, path: Path, named: str | None) -> FileReport:
        """Read, check and merge one file; a file that cannot be used is reported and leaves nothing behind."""
        report = FileReport(path.name)
        try:
            raw = read_table(path)
            seen = recognise(path, raw.headings, named)
        except NotATable as error:
            report.refused = str(error)
            ledger.keep_refused_file(self.con, self.load_id, report.file, report.refused)
            return report
        table = seen.table
        report.table, report.ignored, report.rows_in = table.name, raw.ignored, raw.rows_in
        if self.by_hand:
            report.profile = ledger.BY_HAND
        elif ledger.recall(self.con, raw.sha256, table, report):
            return report
        report.personal_columns, report.dropped_columns = seen.personal, seen.left_behind
        staging.stage(self.con, raw, table, seen.places, self.pseudonymise)
        faulty = staging.refuse_faulty(self.con, table, frozenset(seen.places), self.as_of)
        merged = merging.merge(self.con, table, self.load_id)
        report.accepted, report.duplicates, report.superseded = merged.accepted, merged.duplicates, merged.superseded
        report.problems = [*raw.problems, *faulty, *merged.problems]
        report.balance()
        report.warnings = [*warnings_of(seen), *self._oddities(table)]
        ledger.keep_coverage(self.con, self.load_id, number, table, self.as_of, self.full_export)
        ledger.keep_file(self.con, self.load_id, number, table, raw, report)
        ledger.stand_back_for_exports(self.con)
        return report

    def _oddities(self, table: Table) -> list[str]:
        """Odd but kept: said once for each file."""
        told = []
        if table.name in ("incidents", "falls"):
            late, hourly, kept = self.con.execute(_TIMES).fetchone() or (0, 0, 0)
            if kept and late > kept * LATE_SHARE:
                told.append(f"{late} of {kept} records were written down more than a day after they happened.")
            if kept >= ENOUGH_TIMES and hourly == kept:
                told.append("Every time is on the hour: these may be the times of recording.")
        if "outcome" in table.columns and self.known_outcomes:
            codes = {row[0] for row in self.con.execute("SELECT DISTINCT outcome FROM work").fetchall()}
            unknown = ", ".join(sorted(codes - self.known_outcomes))
            if unknown:
                told.append(
                    f"No outcome file for: {unknown}. Add your own with --outcomes FOLDER, or correct the code."
                )
        return told
