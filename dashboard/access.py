"""The one place where pages get their facts, and the only place with a cache.

Every cached answer carries the role, the file and the data version as real arguments: an answer worked out for one
reader, or before a load, is never served to another or after it. The database is open only while it is asked, so
that an import can write in between.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Literal

import platformdirs
import streamlit as st

from dashboard.markup import Html
from data.exporting import export_recorded
from data.facts import DataCheck, Facts, FactsOfAll, LoadedFile, RecordedRow, RefusedFile, RefusedRow
from data.ingest import Progress, WrongUse, ingest
from data.matching.profile import Profile, ProfileError
from data.matching.shelf import Shelf
from data.model import ContextEvent, Period, Scope, Series, Service
from data.pseudonyms import KeyFileError, load_or_make_key, pseudonym
from data.recording import Recorded, Rows, write_down
from data.reports import IngestReport
from data.schema import DatabaseUnavailable
from data.source import Source
from data.undoing import NoSuchLoad, Undone, undo
from data.warehouse import open_facts
from metrics import charting
from metrics import trend as trends
from metrics.across.funnel import Funnel
from metrics.across.last_year import funnel_of
from metrics.across.matrix import Matrix, asked_of_units, matrix
from metrics.across.pooling import Units, sizes
from metrics.across.pooling import units as units_of
from metrics.calibrating.report import Kept, kept
from metrics.catalogue import Catalogue, OutcomeFileError, load_catalogue
from metrics.charting import Wanted
from metrics.deeper import SecondFigure, deeper
from metrics.evaluate import evaluate
from metrics.kinds import common, module_for
from metrics.model import Finding, Outcome
from metrics.pictures.clock_pattern import ClockPattern
from metrics.pictures.clock_pattern import clock_pattern as clock_pattern_of
from metrics.pictures.senses_profile import OUTCOME as SENSES_OUTCOME
from metrics.pictures.senses_profile import SensesProfile, senses_around
from metrics.pictures.staying_curve import StayCurves, before_and_after, over_the_record
from metrics.series.around import interrupted_around
from metrics.series.interrupted import Interrupted, Model, NotEstimable
from metrics.series.spc.build import charts
from metrics.series.spc.model import ControlChart
from metrics.set_aside import totals_set_aside
from metrics.splits import Part, split

ROLE = "manager"
"""Fixed by the file the server opened, never by the page."""
APP = "lived-experience-outcomes"


class NoData(Exception):
    """There is nothing to show; ``reason`` says why and ``next_step`` what to do."""

    def __init__(self, reason: str, next_step: str) -> None:
        super().__init__(reason)
        self.reason = reason
        self.next_step = next_step


@dataclass(frozen=True)
class Snapshot:
    """The database as it is now: where it is and which version of the data it holds."""

    role: str
    path: str
    version: str
    is_sample: bool

    @property
    def key(self) -> tuple[str, str, str, str]:
        return (self.role, self.path, self.version, str(own_outcomes() or ""))


def database_path() -> Path:
    """The file this server was started on."""
    named = os.environ.get("OUTCOMES_DB")
    return Path(named) if named else Path(platformdirs.user_data_dir(APP, appauthor=False)) / "outcomes.duckdb"


def own_outcomes() -> Path | None:
    """The user's own folder of outcome files, when the server was given one."""
    named = os.environ.get("OUTCOMES_DIR")
    return Path(named) if named else None


def snapshot() -> Snapshot:
    """Which data there is at this moment. Raises NoData.

    The file is opened only when its size or time has changed: a page asks this for every answer it shows.
    """
    path = database_path()
    try:
        found = path.stat()
    except OSError:
        return _snapshot(ROLE, str(path), 0, 0)
    return _snapshot(ROLE, str(path), found.st_mtime_ns, found.st_size)


def catalogue() -> Catalogue:
    """The outcomes, shipped and own. Raises NoData when an own outcome file cannot be used."""
    try:
        return _catalogue(str(own_outcomes() or ""))
    except OutcomeFileError as error:
        raise NoData("An outcome file cannot be used.", str(error)) from None


def services() -> tuple[Service, ...]:
    """The services in the file."""
    return _services(snapshot().key)


def most_tried() -> str | None:
    """The service with the most changes written down: where a first visit has most to see. None without any."""
    return _most_tried(snapshot().key)


def findings(service_id: str) -> tuple[Finding, ...]:
    """All findings of one service, declared ones first within each intervention."""
    return _findings(snapshot().key, service_id)


def trend(
    outcome_code: str, service_id: str, person_id: str | None, first: date, last: date, step: Literal["week", "month"]
) -> Series:
    """An outcome over time, for a service or one person in it."""
    return _trend(snapshot().key, outcome_code, service_id, person_id, first, last, step)


def over(outcome_code: str, service_id: str, periods: Sequence[Period]) -> Series:
    """An outcome of a service over periods of the caller's own choosing, such as quarters."""
    return _over(snapshot().key, outcome_code, service_id, tuple((period.first, period.last) for period in periods))


def outcomes_recorded(service_id: str) -> tuple[Outcome, ...]:
    """The outcomes for which a service has any record at all, in the order of the catalogue."""
    return _outcomes_recorded(snapshot().key, service_id)


def control_chart(outcome_code: str, service_id: str, wanted: Wanted) -> ControlChart:
    """An outcome of a service over its whole record, with its usual range."""
    return _control_charts(snapshot().key, outcome_code, service_id, None, wanted.key, wanted)[0]


def control_charts_by(outcome_code: str, service_id: str, column: str, wanted: Wanted) -> tuple[ControlChart, ...]:
    """The outcome taken apart by a column, one chart a part."""
    return _control_charts(snapshot().key, outcome_code, service_id, column, wanted.key, wanted)


def interrupted(finding: Finding, model: Model) -> Interrupted | str:
    """The whole record of a finding's outcome around its start, fitted; or why it cannot be, in words."""
    return _interrupted(
        snapshot().key, finding.intervention.intervention_id, finding.outcome.code, model.name, finding, model
    )


def second_figures(finding: Finding) -> tuple[SecondFigure, ...]:
    """What stands beside a finding for those who look deeper."""
    return _second_figures(snapshot().key, finding.intervention.intervention_id, finding.outcome.code, finding)


def all_findings() -> tuple[Finding, ...]:
    """The findings of every service in the file, service by service."""
    return tuple(finding for service in services() for finding in findings(service.service_id))


def kinds_tried() -> dict[str, frozenset[str]]:
    """For each kind of thing tried, the services that tried it."""
    return _kinds_tried(snapshot().key)


def calibration() -> Kept | None:
    """How often the answers are right, as last measured; None where no result is kept with the program."""
    try:
        return kept()
    except (OSError, ValueError, KeyError):
        return None


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
    return _context(snapshot().key, service_id, person_id, first, last)


# Pictures: what they show, worked out from the facts


def clock_pattern(service_id: str, outcome_code: str, first: date, last: date) -> ClockPattern | None:
    """An outcome of a service by hour and weekday; None where it has no times or nothing is recorded."""
    return _clock_pattern(snapshot().key, service_id, outcome_code, first, last)


def stay_curves(service_id: str, outcome_code: str) -> StayCurves | None:
    """How long people stay, over all that is recorded of a service; None where too few can be followed."""
    return _stay_curves(snapshot().key, service_id, outcome_code)


def stay_curves_around(finding: Finding) -> StayCurves | None:
    """The same before and after a change; None where neither side holds enough people."""
    return _stay_curves_around(snapshot().key, finding.intervention.intervention_id, finding.outcome.code, finding)


def senses_profile(service_id: str, around: date | None = None) -> SensesProfile | None:
    """The six senses in three voices, before and after a day, or in the two halves of the record; None without answers."""
    return _senses_profile(snapshot().key, service_id, around)


def parts(finding: Finding, column: str) -> tuple[Part, ...]:
    """A finding's outcome taken apart. Raises Impossible when it does not have the column."""
    return _parts(snapshot().key, finding.intervention.intervention_id, finding.outcome.code, column, finding)


# Behind the doors: each answer cached by (role, file, version, own outcomes) and what was asked ----------

Key = tuple[str, str, str, str]


@contextmanager
def _opened(path: Path) -> Iterator[Facts]:
    try:
        with open_facts(path) as facts:
            yield facts
    except DatabaseUnavailable as error:
        reason, _, step = str(error).partition(". ")
        raise NoData(reason + ".", step) from None


@st.cache_resource(show_spinner=False, max_entries=20)
def _snapshot(role: str, path: str, changed: int, size: int) -> Snapshot:  # noqa: ARG001 - part of the key
    with _opened(Path(path)) as facts:
        return Snapshot(role, path, facts.data_version(), facts.is_sample())


@st.cache_resource(show_spinner=False)
def _catalogue(own: str) -> Catalogue:
    return load_catalogue(Path(own) if own else None)


@st.cache_data(show_spinner=False, max_entries=50)
def _services(key: Key) -> tuple[Service, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.services()


@st.cache_data(show_spinner=False, max_entries=50)
def _most_tried(key: Key) -> str | None:
    with _opened(Path(key[1])) as facts:
        counts = Counter(each.service_id for each in facts.interventions())
    return min(counts, key=lambda service: (-counts[service], service), default=None)


@st.cache_resource(show_spinner="Working out before and after …", max_entries=200)
def _findings(key: Key, service_id: str) -> tuple[Finding, ...]:
    with _opened(Path(key[1])) as facts:
        ours = [each.intervention_id for each in facts.interventions() if each.service_id == service_id]
        return evaluate(facts, catalogue(), interventions=ours)


@st.cache_resource(show_spinner=False, max_entries=2000)
def _trend(
    key: Key,
    outcome_code: str,
    service_id: str,
    person_id: str | None,
    first: date,
    last: date,
    step: Literal["week", "month"],
) -> Series:
    outcome = catalogue().get(outcome_code)
    if outcome is None or last < first:
        return Series((), ())
    with _opened(Path(key[1])) as facts:
        return trends.trend(facts, outcome, Scope(service_id, person_id), Period(first, last), step)


@st.cache_resource(show_spinner=False, max_entries=500)
def _over(key: Key, outcome_code: str, service_id: str, bounds: tuple[tuple[date, date], ...]) -> Series:
    outcome = catalogue().get(outcome_code)
    if outcome is None or not bounds:
        return Series((), ())
    periods = [Period(first, last) for first, last in bounds]
    with _opened(Path(key[1])) as facts:
        return module_for(outcome.kind).series(facts, outcome, Scope(service_id), periods)


@st.cache_data(show_spinner=False, max_entries=200)
def _outcomes_recorded(key: Key, service_id: str) -> tuple[Outcome, ...]:
    with _opened(Path(key[1])) as facts:
        return tuple(
            outcome
            for outcome in catalogue().outcomes.values()
            if common.recorded(facts, outcome, Scope(service_id)) is not None
        )


@st.cache_resource(show_spinner=False, max_entries=500)
def _control_charts(
    key: Key,
    outcome_code: str,
    service_id: str,
    column: str | None,
    wanted_key: tuple[str, ...],  # noqa: ARG001 - what was wanted, as the answer is kept under
    _wanted: Wanted,
) -> tuple[ControlChart, ...]:
    outcome = catalogue().outcomes[outcome_code]
    service = next(each for each in services() if each.service_id == service_id)
    with _opened(Path(key[1])) as facts:
        if column is None:
            return (charting.control_chart(facts, catalogue(), outcome, service, _wanted),)
        return charting.control_charts_by(facts, catalogue(), outcome, service, column, _wanted)


@st.cache_resource(show_spinner=False, max_entries=500)
def _interrupted(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - with the code and the model what the answer is kept under
    outcome_code: str,  # noqa: ARG001
    model_name: str,  # noqa: ARG001
    _finding: Finding,
    _model: Model,
) -> Interrupted | str:
    if _finding.comparison is None:
        return "it is not known which days to compare"
    promise = _finding.declared.declaration if _finding.declared is not None else None
    beside = catalogue().get(_finding.outcome.comparison or "")
    with _opened(Path(key[1])) as facts:
        try:
            return interrupted_around(
                facts, _finding.outcome, _finding.intervention, _finding.comparison, promise,
                model=_model, beside=beside,
            )  # fmt: skip
        except NotEstimable as reason:
            return str(reason)


@st.cache_resource(show_spinner=False, max_entries=500)
def _second_figures(
    key: Key,
    intervention_id: str,
    outcome_code: str,  # noqa: ARG001 - with the intervention what the answer is kept under
    _finding: Finding,
) -> tuple[SecondFigure, ...]:
    together = [
        each for each in _findings(key, _finding.service_id) if each.intervention.intervention_id == intervention_id
    ]
    with _opened(Path(key[1])) as facts:
        return deeper(facts, catalogue(), _finding, together)


@st.cache_data(show_spinner=False, max_entries=50)
def _kinds_tried(key: Key) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with _opened(Path(key[1])) as facts:
        for each in facts.interventions():
            found.setdefault(each.kind, set()).add(each.service_id)
    return {kind: frozenset(where) for kind, where in found.items()}


@st.cache_resource(show_spinner=False, max_entries=200)
def _spans(key: Key, service_id: str) -> dict[str, Period]:
    from data.contract import TABLES

    with _opened(Path(key[1])) as facts:
        found = {name: facts.span(name, service_id) for name in TABLES}
    return {name: span for name, span in found.items() if span is not None}


@st.cache_resource(show_spinner=False, max_entries=200)
def _tables(key: Key, service_id: str) -> frozenset[str]:
    with _opened(Path(key[1])) as facts:
        return facts.tables_with_rows(service_id)


@st.cache_resource(show_spinner=False, max_entries=20)
def _files(key: Key) -> tuple[LoadedFile, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.files_loaded()


@st.cache_resource(show_spinner=False, max_entries=20)
def _refused(key: Key) -> tuple[RefusedRow, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.refused_rows()


@st.cache_resource(show_spinner=False, max_entries=20)
def _refused_files(key: Key) -> tuple[RefusedFile, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.refused_files()


@st.cache_resource(show_spinner=False, max_entries=20)
def _checks(key: Key) -> tuple[DataCheck, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.data_checks() + totals_set_aside(facts, catalogue())


@st.cache_resource(show_spinner=False, max_entries=500)
def _context(key: Key, service_id: str, person_id: str | None, first: date, last: date) -> tuple[ContextEvent, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.context_events(Scope(service_id, person_id), Period(first, last))


# Behind the doors of the pictures


@st.cache_resource(show_spinner=False, max_entries=500)
def _clock_pattern(key: Key, service_id: str, outcome_code: str, first: date, last: date) -> ClockPattern | None:
    outcome = catalogue().get(outcome_code)
    if outcome is None or last < first:
        return None
    with _opened(Path(key[1])) as facts:
        return clock_pattern_of(facts, outcome, Scope(service_id), Period(first, last))


@st.cache_resource(show_spinner=False, max_entries=200)
def _stay_curves(key: Key, service_id: str, outcome_code: str) -> StayCurves | None:
    outcome = catalogue().get(outcome_code)
    if outcome is None:
        return None
    with _opened(Path(key[1])) as facts:
        recorded = facts.spells_span(service_id)
        return None if recorded is None else over_the_record(facts, outcome, Scope(service_id), recorded)


@st.cache_resource(show_spinner=False, max_entries=500)
def _stay_curves_around(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - with the code what the answer is kept under
    outcome_code: str,  # noqa: ARG001
    _finding: Finding,
) -> StayCurves | None:
    compared = _finding.comparison
    if compared is None:
        return None
    with _opened(Path(key[1])) as facts:
        return before_and_after(facts, _finding.outcome, _finding.intervention.scope, compared.before, compared.after)


@st.cache_resource(show_spinner=False, max_entries=200)
def _senses_profile(key: Key, service_id: str, around: date | None) -> SensesProfile | None:
    outcome = catalogue().get(SENSES_OUTCOME)
    if outcome is None:
        return None
    with _opened(Path(key[1])) as facts:
        return senses_around(facts, outcome, Scope(service_id), around)


@st.cache_resource(show_spinner=False, max_entries=500)
def _parts(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - with the code and the column what the answer is kept under
    outcome_code: str,  # noqa: ARG001
    column: str,
    _finding: Finding,
) -> tuple[Part, ...]:
    with _opened(Path(key[1])) as facts:
        return split(facts, _finding, column)


# Writing: the one place where a page changes the file ----------------------------------------------------


class NotSaved(Exception):
    """Nothing was written; the message says why and what to do."""


def today() -> date:
    """The day on which something is written down."""
    return date.today()


def person_code(reference: str) -> str:
    """The code of a person's reference; the reference itself is kept nowhere. Raises NotSaved."""
    with _saving():
        return pseudonym(load_or_make_key(), "person", reference)


def record(rows: Rows) -> Recorded:
    """Write down what a person filled in: all of it, or nothing and why. Raises NotSaved."""
    with _saving():
        return write_down(database_path(), rows, as_of=today())


def take_back(load_id: int) -> Undone:
    """Take one load back: what it had replaced is true again. Raises NotSaved."""
    try:
        with _saving():
            return undo(database_path(), load_id)
    except NoSuchLoad as error:
        raise NotSaved(str(error)) from None


def recorded(table: str) -> tuple[RecordedRow, ...]:
    """What is written down in a table, oldest first."""
    return _recorded(snapshot().key, table)


def recorded_csv() -> dict[str, bytes]:
    """Everything written down about changes, as contract CSV by table."""
    return _recorded_csv(snapshot().key)


def people_known(service_id: str) -> tuple[str, ...]:
    """The codes of the people of whom a service has any record."""
    return _people_known(snapshot().key, service_id)


@contextmanager
def _saving() -> Iterator[None]:
    try:
        yield
    except (WrongUse, KeyFileError, DatabaseUnavailable) as error:
        raise NotSaved(str(error)) from None


@st.cache_resource(show_spinner=False, max_entries=50)
def _recorded(key: Key, table: str) -> tuple[RecordedRow, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.recorded_rows(table)


@st.cache_resource(show_spinner=False, max_entries=10)
def _recorded_csv(key: Key) -> dict[str, bytes]:
    with _opened(Path(key[1])) as facts:
        return export_recorded(facts)


@st.cache_resource(show_spinner=False, max_entries=50)
def _people_known(key: Key, service_id: str) -> tuple[str, ...]:
    with _opened(Path(key[1])) as facts:
        return facts.people_known(service_id)


def shelf() -> Shelf:
    """The remembered and the shipped ways of reading exports."""
    return Shelf()


def last_used(name: str) -> date | None:
    """The day on which a remembered way of reading was saved or used last."""
    found = [kept.path for kept in shelf().all() if kept.where == "saved" and kept.profile.name == name]
    return datetime.fromtimestamp(found[0].stat().st_mtime).astimezone().date() if found else None


def remember(profile: Profile) -> None:
    """Keep how an export is read, for next time. Raises NotSaved."""
    try:
        shelf().save(profile)
    except ProfileError as error:
        raise NotSaved(str(error)) from None


def add(
    sources: Sequence[Source],
    profiles: Mapping[str, Profile],
    *,
    dry_run: bool,
    progress: Progress = lambda file, done, of: None,
) -> IngestReport:
    """Check files, or load them; files that came without a profile are read as they stand. Raises NotSaved.

    What is added beside the made-up homes of the sample does not make them real: the sample stays a sample.
    """
    try:
        sample = snapshot().is_sample
    except NoData:
        sample = False
    with _saving():
        return ingest(
            sources, database_path(), as_of=today(), profiles=profiles, shelf=shelf(),
            known_outcomes=catalogue().outcomes, sample=sample, dry_run=dry_run, progress=progress,
        )  # fmt: skip


def any_data() -> bool:
    """Whether there is a database with something in it. Raises NoData when there is a file that cannot be used."""
    if not database_path().exists():
        return False
    return bool(services())


# All services side by side: bulk questions, and the finished markup of the matrix --------------------------


def units() -> Units:
    """Who is shown alone, who together, who not at all."""
    return _first_look(snapshot().key).units


@dataclass(frozen=True)
class EveryService:
    """The matrix of every service, with the chart of each cell, and who is shown in it."""

    units: Units
    matrix: Matrix
    charts: dict[tuple[str, str], ControlChart]


def services_matrix() -> EveryService:
    """The matrix of every service; the file is opened once for all of it."""
    return _services_matrix(snapshot().key)


def services_charts(outcome_code: str, setting: str) -> tuple[ControlChart, ...]:
    """One outcome over time for each service of a setting, in order of name."""
    return _services_charts(snapshot().key, outcome_code, setting)


def services_funnel(outcome_code: str, setting: str) -> Funnel | None:
    """The funnel of one outcome for one setting; None where there is none."""
    return _services_funnel(snapshot().key, outcome_code, setting)


def tables_anywhere() -> tuple[frozenset[str], frozenset[str]]:
    """The tables in which any service has a record, and the outcomes for which any sent totals."""
    found = _first_look(snapshot().key)
    return found.tables, found.totals


def finished(what: str, detail: str, make: Callable[[], Html]) -> Html:
    """Markup that takes long to put together, kept under its name until the data change."""
    return _finished(snapshot().key, what, detail, make)


@contextmanager
def _opened_for_all(path: Path) -> Iterator[FactsOfAll]:
    try:
        with open_facts(path) as facts:
            yield facts
    except DatabaseUnavailable as error:
        reason, _, step = str(error).partition(". ")
        raise NoData(reason + ".", step) from None


@dataclass(frozen=True)
class _FirstLook:
    """What every view of all services needs: its rows, the tables with any record, the outcomes with any totals."""

    units: Units
    tables: frozenset[str]
    totals: frozenset[str]


def _shown(facts: FactsOfAll) -> Units:
    known = facts.services()
    return units_of(known, sizes(facts, known))


@st.cache_resource(show_spinner=False, max_entries=20)
def _first_look(key: Key) -> _FirstLook:
    with _opened_for_all(Path(key[1])) as facts:
        codes = [service.service_id for service in facts.services()]
        tables = {each.table for each in catalogue()}
        return _FirstLook(
            _shown(facts),
            frozenset(table for table in tables if any(facts.span(table, code) is not None for code in codes)),
            frozenset(outcome for code in codes for outcome in facts.totals_outcomes(code)),
        )


@st.cache_resource(show_spinner=False, max_entries=20)
def _services_matrix(key: Key) -> EveryService:
    with _opened_for_all(Path(key[1])) as facts:
        shown = _shown(facts)
        found = matrix(facts, catalogue(), shown.shown)
    return EveryService(shown, found, dict(zip(found.asked, charts(list(found.asked.values())), strict=True)))


@st.cache_resource(show_spinner=False, max_entries=100)
def _services_charts(key: Key, outcome_code: str, setting: str) -> tuple[ControlChart, ...]:
    outcome = catalogue().get(outcome_code)
    if outcome is None:
        return ()
    with _opened_for_all(Path(key[1])) as facts:
        asked = asked_of_units(facts, catalogue(), outcome, _first_look(key).units.of(setting))
    return tuple(chart for chart in charts(asked) if chart.latest is not None)


@st.cache_resource(show_spinner=False, max_entries=200)
def _services_funnel(key: Key, outcome_code: str, setting: str) -> Funnel | None:
    outcome = catalogue().get(outcome_code)
    if outcome is None:
        return None
    with _opened_for_all(Path(key[1])) as facts:
        return funnel_of(facts, outcome, setting, _first_look(key).units.of(setting))


@st.cache_resource(show_spinner=False, max_entries=50)
def _finished(key: Key, what: str, detail: str, _make: Callable[[], Html]) -> Html:  # noqa: ARG001 - kept under these
    return _make()
