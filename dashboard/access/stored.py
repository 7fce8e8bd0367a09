"""What the file holds: which days are covered, what was refused, what is odd, what was written down."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from dashboard.access.audit import about_person
from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.exporting import export_recorded
from data.facts import DataCheck, LoadedFile, RecordedRow, RefusedFile, RefusedRow
from data.model import ContextEvent, Period, Scope
from metrics.set_aside import totals_set_aside


def spans(service_id: str) -> dict[str, Period]:
    """First to last day each table covers for a service."""
    return _spans(snapshot().key, service_id)


def tables_with_rows(service_id: str) -> frozenset[str]:
    """The tables in which a service has rows."""
    return _tables(snapshot().key, service_id)


def files_loaded() -> tuple[LoadedFile, ...]:
    """The ledger, newest first."""
    return _files(snapshot().key)


def refused_rows() -> tuple[RefusedRow, ...]:
    """Rows that were set aside, with their reasons."""
    return _refused(snapshot().key)


def refused_files() -> tuple[RefusedFile, ...]:
    """Files that could not be used at all."""
    return _refused_files(snapshot().key)


def data_checks() -> tuple[DataCheck, ...]:
    """What is odd or missing."""
    return _checks(snapshot().key)


def context_events(service_id: str, person_id: str | None, first: date, last: date) -> tuple[ContextEvent, ...]:
    """Happenings to know of when reading a chart."""
    about_person(person_id)
    return _context(snapshot().key, service_id, person_id, first, last)


@cached(at_most=200)
def _spans(key: Key, service_id: str) -> dict[str, Period]:
    from data.contract import TABLES

    with opened(Path(key[1])) as facts:
        found = {name: facts.span(name, service_id) for name in TABLES}
    return {name: span for name, span in found.items() if span is not None}


@cached(at_most=200)
def _tables(key: Key, service_id: str) -> frozenset[str]:
    with opened(Path(key[1])) as facts:
        return facts.tables_with_rows(service_id)


@cached(at_most=20)
def _files(key: Key) -> tuple[LoadedFile, ...]:
    with opened(Path(key[1])) as facts:
        return facts.files_loaded()


@cached(at_most=20)
def _refused(key: Key) -> tuple[RefusedRow, ...]:
    with opened(Path(key[1])) as facts:
        return facts.refused_rows()


@cached(at_most=20)
def _refused_files(key: Key) -> tuple[RefusedFile, ...]:
    with opened(Path(key[1])) as facts:
        return facts.refused_files()


@cached(at_most=20)
def _checks(key: Key) -> tuple[DataCheck, ...]:
    with opened(Path(key[1])) as facts:
        return facts.data_checks() + totals_set_aside(facts, catalogue())


@cached(at_most=500)
def _context(key: Key, service_id: str, person_id: str | None, first: date, last: date) -> tuple[ContextEvent, ...]:
    with opened(Path(key[1])) as facts:
        return facts.context_events(Scope(service_id, person_id), Period(first, last))


def recorded(table: str) -> tuple[RecordedRow, ...]:
    """What is written down in a table, oldest first."""
    return _recorded(snapshot().key, table)


def recorded_csv() -> dict[str, bytes]:
    """Everything written down about changes, as contract CSV by table."""
    return _recorded_csv(snapshot().key)


def people_known(service_id: str) -> tuple[str, ...]:
    """The codes of the people of whom a service has any record."""
    return _people_known(snapshot().key, service_id)


@cached(at_most=50)
def _recorded(key: Key, table: str) -> tuple[RecordedRow, ...]:
    with opened(Path(key[1])) as facts:
        return facts.recorded_rows(table)


@cached(at_most=10)
def _recorded_csv(key: Key) -> dict[str, bytes]:
    with opened(Path(key[1])) as facts:
        return export_recorded(facts)


@cached(at_most=50)
def _people_known(key: Key, service_id: str) -> tuple[str, ...]:
    with opened(Path(key[1])) as facts:
        return facts.people_known(service_id)
