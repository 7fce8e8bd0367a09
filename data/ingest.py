"""From exports to facts, all or nothing: read, recognise, stage, check, merge, keep the ledger, in one transaction.

A killed ingest leaves the database as it was. The same file twice changes nothing. Every row read is
accounted for: ``rows_in = accepted + duplicates + rejected``.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import json
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from types import MappingProxyType

import duckdb

from data.contract import TABLES
from data.fixing import as_exported, is_fix_file
from data.loading import erased, ledger, merging, staging
from data.loading.casting import Manner
from data.loading.oddities import oddities
from data.loading.own_services import keep_own_services, others_there, own_services
from data.matching import arrange as arranging
from data.matching.match import Match
from data.matching.profile import Profile
from data.matching.shelf import Shelf
from data.matching.suggest import match_table
from data.matching.toml import profile_as_document
from data.model import Period
from data.pseudonyms import OTHER_KEY, Pseudonymiser, key_id, key_of, load_or_make_key
from data.reading import NotATable, RawTable, open_table
from data.reports import FileReport, IngestReport
from data.schema import open_draft, remake_tables
from data.source import Source
from data.values import word

UNNAMED_SERVICE = "this-service"
"""What a service is called of which no export and no person has said the name."""
EXPORTS = (".csv", ".tsv", ".xlsx")
Progress = Callable[[str, int, int], None]


class WrongUse(Exception):
    """The command cannot run as given: nothing was read or written."""


def ingest(
    sources: Sequence[Path | Source],
    database: Path,
    *,
    as_of: date,
    table: str | None = None,
    profile: Profile | None = None,
    profiles: Mapping[str, Profile] = MappingProxyType({}),
    shelf: Shelf | None = None,
    full_export: Period | None = None,
    key: bytes | None = None,
    known_outcomes: Iterable[str] = (),
    only_services: Collection[str] = (),
    sample: bool = False,
    by_hand: bool = False,
    dry_run: bool = False,
    progress: Progress = lambda file, done, of: None,
) -> IngestReport:
    """Load exports (files, the exports in folders, or bytes) into the database, all or nothing.

    ``as_of`` is the day the export is taken as made: later dates are refused. ``profile`` says how every file is
    read, ``profiles`` how the one of that name is; else a profile of ``shelf`` made for the same headings, else
    what the file itself shows. ``full_export`` is the period the export is known to cover: rows of it that are
    gone are closed; without it, first to last row. ``only_services`` makes the database one for these services alone, from
    now on: rows of others are refused. ``by_hand`` is for rows written down on a page: loaded again
    whatever was loaded before, and speaking for no day that an export speaks for. ``dry_run`` checks everything and
    writes nothing.
    Raises WrongUse, KeyFileError, DatabaseUnavailable.
    """
    files = sources_of(sources)
    if table is not None and table not in TABLES:
        raise WrongUse(f'There is no table "{table}". Use one of: {", ".join(TABLES)}.')
    with open_draft(database) as draft:
        con = draft.con
        key = _one_key(con, key)
        con.execute("BEGIN")
        anew = _limited(con, only_services)
        load_id = ledger.next_load_id(con)
        load = _Load(
            con, load_id, Pseudonymiser(key), as_of, full_export, frozenset(known_outcomes), shelf, by_hand,
            own_services(con),
        )  # fmt: skip
        reports = []
        for number, source in enumerate(files):
            progress(source.name, number, len(files))
            with _no_garbage_hunt():
                reports.append(load.file(number, source, table, profiles.get(source.name, profile)))
        changed = any(not report.already_loaded and report.refused is None for report in reports)
        if (changed or anew) and not dry_run:
            if changed:
                remake_tables(con)
                ledger.close_load(con, load_id, as_of, sample=sample)
            con.execute("COMMIT")
            con.execute("CHECKPOINT")
            draft.keep()
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


def sources_of(sources: Sequence[Path | Source]) -> list[Source]:
    """Files, and the exports in folders, one by one, the list of services first: it says whose the others may be.

    Raises WrongUse when there are none.
    """
    files: list[Source] = []
    for source in sources:
        if isinstance(source, Source):
            files.append(source)
        elif source.is_dir():
            found = sorted(each for each in source.iterdir() if each.suffix.lower() in EXPORTS and each.is_file())
            if not found:
                raise WrongUse(f"There is no CSV file in {source.name or source}. Name the folder your exports are in.")
            files.extend(Source.at(each) for each in found)
        elif source.is_file():
            files.append(Source.at(source))
        else:
            raise WrongUse(f"There is no file or folder {source}. Check the name.")
    return sorted(dict.fromkeys(files), key=lambda each: not each.name.casefold().startswith("service"))


def _one_key(con: duckdb.DuckDBPyConnection, given: bytes | None) -> bytes:
    """The key of this database, noted by its short name when it is the first.

    A key is made only for a database that has none. Raises WrongUse, KeyFileError for another one.
    """
    row = con.execute("SELECT value FROM store.meta WHERE key = 'key_id'").fetchone()
    if row is None:
        key = given or load_or_make_key()
        con.execute("INSERT INTO store.meta VALUES ('key_id', ?)", [key_id(key)])
        return key
    if given is not None and key_id(given) != row[0]:
        raise WrongUse(OTHER_KEY)
    return given or key_of(row[0])


def _limited(con: duckdb.DuckDBPyConnection, only: Collection[str]) -> bool:
    """Make the database one for these services alone, where any are named; whether that is new. Raises WrongUse."""
    if not only or own_services(con) == frozenset(only):
        return False
    if others_there(con, only):
        raise WrongUse(
            "This database holds other services already, so it cannot be made one for these alone. "
            "Start a new database with --db."
        )
    keep_own_services(con, only)
    return True


@dataclass(frozen=True)
class _Load:
    """One load in progress, inside one transaction."""

    con: duckdb.DuckDBPyConnection
    load_id: int
    pseudonymise: Pseudonymiser
    as_of: date
    full_export: Period | None
    known_outcomes: frozenset[str]
    shelf: Shelf | None
    by_hand: bool
    only_services: frozenset[str] | None = None

    def file(self, number: int, source: Source, named: str | None, profile: Profile | None) -> FileReport:
        """Read, check and merge one file; a file that cannot be used is reported and leaves nothing behind."""
        report = FileReport(source.name)
        try:
            self._load(number, source, named, profile, report)
        except (NotATable, merging.TooMuchMissing) as error:
            ledger.forget_file(self.con, self.load_id, number)
            report = FileReport(source.name, report.table, refused=str(error))
            ledger.keep_refused_file(self.con, self.load_id, report.file, str(error))
        return report

    def _load(
        self, number: int, source: Source, named: str | None, profile: Profile | None, report: FileReport
    ) -> None:
        raw = open_table(source, known=profile.headings if profile else ())
        match = match_table(raw, source.name, table=named, profile=profile, shelf=self.shelf)
        table = match.table
        report.table, report.profile = table.name, match.profile.name or None
        if not match.ready:
            raise NotATable(unready(match))
        profile = self._with_service(match)
        manner = manner_of(profile)
        if self.by_hand:
            report.profile = ledger.BY_HAND
        elif ledger.recall(self.con, raw.sha256, table, manner, report):
            return
        report.personal_columns, report.dropped_columns = match.personal_columns, match.left_behind
        stage = staged(self.con, raw, match, profile, self.as_of, self.pseudonymise, self.only_services)
        not_again = erased.set_aside(self.con, table, self.pseudonymise)
        warnings = [*match.warnings, *taken_for_granted(match), *raw.notes, *oddities(stage, self.known_outcomes)]
        ledger.keep_coverage(self.con, self.load_id, number, table, self.as_of, self.full_export)
        merged = merging.merge(self.con, table, self.load_id, self.full_export)
        self.con.execute("DROP TABLE work")  # else the commit would put ten million rows in order that nobody needs
        report.accepted, report.duplicates = merged.accepted, merged.duplicates
        report.superseded, report.retired = merged.superseded, merged.retired
        report.rows_in, report.ignored = stage.rows + len(raw.bad), raw.ignored
        report.rejected = stage.refused + len(raw.bad) + len(merged.problems) + len(not_again)
        report.not_answered = stage.not_answered
        report.problems = [*(each.problem for each in raw.bad), *stage.problems, *merged.problems, *not_again]
        report.balance()
        report.warnings = warnings
        ledger.keep_file(self.con, self.load_id, number, table, raw, manner, report)
        ledger.stand_back_for_exports(self.con)

    def _with_service(self, match: Match) -> Profile:
        """An export of one home need not name it: the only service there is, else one we name ourselves."""
        if not match.lacks_service or "service_id" in match.profile.defaults:
            return match.profile
        known = [(each,) for each in self.only_services or ()] or self.con.execute(
            "SELECT service_id FROM services UNION SELECT service_id FROM store.coverage LIMIT 2"
        ).fetchall()
        service = known[0][0] if len(known) == 1 else UNNAMED_SERVICE
        return replace(match.profile, defaults={**match.profile.defaults, "service_id": service})


def staged(
    con: duckdb.DuckDBPyConnection,
    raw: RawTable,
    match: Match,
    profile: Profile,
    as_of: date,
    pseudonymise: Pseudonymiser,
    only_services: frozenset[str] | None = None,
) -> staging.Stage:
    """Every row of an export in ``work``, typed and checked, as the profile says it is to be read."""
    arrangement = arranging.arrangement(profile, raw.headings)
    words = {column: {word(theirs): ours for theirs, ours in codes.items()} for column, codes in profile.codes.items()}
    manner = Manner(as_of, profile.date_order or "dmy", words, profile.read_as)
    stage = staging.Stage(
        con, match.table, manner, pseudonymise, numbers_people=match.numbers_people, only_services=only_services
    )
    to_mend = is_fix_file(raw.headings)
    for chunk in raw.chunks():
        arranged = arrangement.apply(as_exported(chunk) if to_mend else chunk)
        stage.add(arranged.columns, arranged.lines)
        stage.not_answered += arranged.blanks
    return stage


def taken_for_granted(match: Match) -> list[str]:
    """The questions nobody answered, each with what was done."""
    plain = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
    return [
        f"{question.asked} Taken as: {plain.get(question.default, question.default)}."
        for question in match.questions
        if question.default
    ]


def manner_of(profile: Profile) -> str:
    """What tells apart two ways of reading the same bytes; the name of a profile does not."""
    said = json.dumps({**profile_as_document(profile), "name": "", "headings": []}, sort_keys=True, default=str)
    return hashlib.sha256(said.encode()).hexdigest()[:16]


def unready(match: Match) -> str:
    """Why a file cannot be loaded without a person, and what that person can do."""
    told = [f"This looks like the table {match.profile.table}, but a person has to say how to read it."]
    if match.missing:
        told.append(f"No column was found for: {', '.join(match.missing)}.")
    told += [question.asked for question in match.questions]
    told.append(
        "Use the Add data page, or: outcomes match FILE --save NAME, correct that file, and load with --profile NAME."
    )
    return " ".join(told)
