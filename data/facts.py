"""The one narrow interface to the facts. ``metrics`` and ``dashboard`` know this, never an engine.

``data.warehouse`` answers it with DuckDB. For a national body the same few questions (sums, counts,
months, joins) can be answered by an existing engine behind the same protocol.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from data.model import (
    Answer,
    ClockCounts,
    ClockWindow,
    ContextEvent,
    DatedTally,
    DayCounts,
    Declaration,
    ExposureBasis,
    Intervention,
    Period,
    PersonDays,
    Problem,
    Rows,
    Scope,
    Series,
    Service,
    Spell,
    Tally,
)
from data.records import Checked, Decision, Happened, Matter, PersonHere, View, Visit
from data.releases.sample_model import Around, MayBeReleased, Tried


@dataclass(frozen=True)
class LoadedFile:
    """One line of the ledger: a file that arrived, and what became of its rows.

    ``undone_at``: when its load was taken back; its rows are then gone again.
    """

    load_id: int
    loaded_at: datetime
    file: str
    table: str
    rows_in: int
    accepted: int
    duplicates: int
    superseded: int
    rejected: int
    ignored: int
    first_day: date | None
    last_day: date | None
    retired: int = 0
    profile: str | None = None
    undone_at: datetime | None = None


@dataclass(frozen=True)
class RefusedRow:
    """A row that was set aside, with the file it stands in."""

    file: str
    table: str
    problem: Problem


@dataclass(frozen=True)
class RefusedFile:
    """A file that could not be used at all, with the reason and what to do."""

    loaded_at: datetime
    file: str
    why: str


@dataclass(frozen=True)
class RecordedRow:
    """A row as it can be written down again: contract columns as text, people as ``code:…``, and the day it arrived."""

    cells: Mapping[str, str]
    arrived_on: date


@dataclass(frozen=True)
class DataCheck:
    """Something about the data that is odd or missing, how often, and what it means for the figures.

    ``level`` is ``missing`` (a table is not there), ``left_out`` (rows kept but not counted) or ``note``.
    """

    level: str
    service_id: str | None
    table: str
    count: int
    text: str


Contributions = Mapping[tuple[str, int], Mapping[str, Tally]]
"""By service and number of the stretch asked for: the tally of each person by code."""


class Facts(Protocol):
    """Everything the layers above may ask."""

    def services(self) -> tuple[Service, ...]: ...

    def interventions(self) -> tuple[Intervention, ...]: ...

    def declarations(self) -> tuple[Declaration, ...]: ...

    def context_events(self, scope: Scope, period: Period) -> tuple[ContextEvent, ...]:
        """Happenings of the service, and of the person when the scope names one, that touch the period."""
        ...

    def tables_with_rows(self, service_id: str) -> frozenset[str]:
        """The tables in which this service has at least one row."""
        ...

    def span(self, table: str, service_id: str) -> Period | None:
        """First to last day the exports of this table cover for the service; None when nothing arrived."""
        ...

    def totals_outcomes(self, service_id: str) -> frozenset[str]:
        """The outcomes for which the service sent totals."""
        ...

    def totals_span(self, outcome: str, service_id: str) -> Period | None:
        """First to last day for which totals of this outcome arrived and are used."""
        ...

    def day_counts(self, scope: Scope, rows: Rows, period: Period) -> DayCounts:
        """Events that match, and person days, for every day of the period."""
        ...

    def event_series(self, scope: Scope, rows: Rows, periods: Sequence[Period]) -> Series:
        """Events that match, over person days, for each period. Denominator 0 where exposure is not known."""
        ...

    def clock_counts(self, scope: Scope, rows: Rows, period: Period) -> ClockCounts:
        """Events that match by weekday and hour of the day: incidents and falls alone, which have a time."""
        ...

    def share_clusters(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[Tally, ...]:
        """Rows that match over rows looked at, one tally a person (whole service) or a day (one person)."""
        ...

    def share_days(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[DatedTally, ...] | None:
        """The same, day by day, so that any stretch can be added up; None where days cannot be (shares of people)."""
        ...

    def share_series(self, scope: Scope, counts: Rows, over: Rows, share_of: str, periods: Sequence[Period]) -> Series:
        """Rows that match over rows looked at, for each period."""
        ...

    def day_marks(
        self,
        scope: Scope,
        counts: Rows,
        window: ClockWindow | None,
        observed: Rows | None,
        period: Period,
    ) -> tuple[PersonDays, ...]:
        """For each person present, each day: did something happen, was anybody watching."""
        ...

    def watch_kept(self, scope: Scope, observed: Rows) -> bool:
        """Whether anybody ever wrote down, in this scope, if they were watching."""
        ...

    def score_answers(self, scope: Scope, rows: Rows, period: Period) -> tuple[Answer, ...]:
        """Every answer that matches, in order of days, those without a score included."""
        ...

    def spells(self, scope: Scope, period: Period) -> tuple[Spell, ...]:
        """Unbroken times of living there (or of being supported) that touch the period, short breaks left out."""
        ...

    def spells_span(self, service_id: str) -> Period | None:
        """The days for which leavings are recorded; None without stays."""
        ...

    def person_tallies(self, scope: Scope, rows: Rows, period: Period) -> Mapping[str, Tally]:
        """Events that match over person days, by the code of each person present in the period."""
        ...

    def words_of(self, scope: Scope, rows: Rows, column: str, periods: Sequence[Period]) -> Mapping[str, int]:
        """The words that stand in a column of the rows that match, with how many rows have each."""
        ...

    def totals_series(self, service_id: str, outcome: str, period: Period) -> Series:
        """Totals of an outcome whose months lie inside the period and that no event export covers."""
        ...

    def files_loaded(self) -> tuple[LoadedFile, ...]: ...

    def recorded_rows(self, table: str) -> tuple[RecordedRow, ...]:
        """What is written down about changes: interventions, declarations, context; checks and feedback made here."""
        ...

    def people_known(self, service_id: str) -> tuple[str, ...]:
        """The codes of the people of whom this service has any record."""
        ...

    def refused_rows(self) -> tuple[RefusedRow, ...]: ...

    def refused_files(self) -> tuple[RefusedFile, ...]: ...

    def data_checks(self) -> tuple[DataCheck, ...]: ...

    def is_sample(self) -> bool:
        """True when the file holds only the synthetic sample."""
        ...

    def data_version(self) -> str:
        """Changes whenever anything was loaded; a cache key."""
        ...


class FactsOfAll(Facts, Protocol):
    """Questions put to every service at once: the same tallies as one service at a time, by one pass over a table.

    ``asked`` names for each service the stretches to be counted, in order of time, none overlapping another.
    """

    def exposure_of_all(
        self, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, tuple[tuple[float, ...], ExposureBasis]]:
        """Person days in each stretch, and where they are known from."""
        ...

    def event_series_of_all(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Mapping[str, Series]:
        """As ``event_series``, for every service asked for."""
        ...

    def share_series_of_all(
        self, counts: Rows, over: Rows, share_of: str, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, Series]:
        """As ``share_series``, for every service asked for."""
        ...

    def spells_of_all(self, period: Period) -> Mapping[str, tuple[Spell, ...]]:
        """As ``spells`` of each whole service."""
        ...

    def happenings_of_all(self) -> Mapping[str, tuple[ContextEvent, ...]]:
        """Happenings to each whole service, in order of days; none that names a person."""
        ...


class FactsOfPeople(Facts, Protocol):
    """Rows about persons, one by one: what a manager's page lists. No release answers these."""

    def views(self, scope: Scope, period: Period) -> tuple[View, ...]:
        """Every view given in the period, in order of days."""
        ...

    def decisions(self, scope: Scope, period: Period) -> tuple[Decision, ...]:
        """Every decision made in the period, in order of days."""
        ...

    def matters(self, scope: Scope, period: Period) -> tuple[Matter, ...]:
        """Plan elements and decisions first raised in the period, each with all its views."""
        ...

    def checks(self, scope: Scope, measures: Sequence[str], period: Period) -> tuple[Checked, ...]:
        """Things due or looked at, by the day they were promised for, else done."""
        ...

    def visits(self, scope: Scope, period: Period) -> tuple[Visit, ...]:
        """Visits due in the period whose own time is written down with the clock, in order of time."""
        ...

    def happened(self, scope: Scope, rows: Rows, period: Period) -> tuple[Happened, ...]:
        """Incidents or falls that match, each by itself; those left out of rates are not among them."""
        ...

    def people_here(self, scope: Scope, period: Period) -> tuple[PersonHere, ...]:
        """Who was there in the period, with what the register says of them."""
        ...


class FactsForReleases(FactsOfAll, Protocol):
    """Who contributes what, by person: what a release must know before it may show a figure. No page asks this.

    Every answer is by service and number of the stretch, then by person; rows that name nobody stand under the empty code.
    """

    def event_contributions(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Contributions:
        """Events that match. The denominators are nought: days come from ``days_present``."""
        ...

    def days_present(self, asked: Mapping[str, Sequence[Period]]) -> Mapping[tuple[str, int], Mapping[str, int]]:
        """Nights of each person, for services whose stays are known."""
        ...

    def share_contributions(
        self, counts: Rows, over: Rows, share_of: str, asked: Mapping[str, Sequence[Period]]
    ) -> Contributions:
        """Rows that match over rows looked at."""
        ...

    def score_contributions(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Contributions:
        """Answers that have a score, with what they add up to."""
        ...

    def register_column(self, column: str) -> Mapping[str, str]:
        """A column of the register of people by their code, ``not_recorded`` where it is empty."""
        ...


class ManagersFacts(FactsForReleases, FactsOfPeople, Protocol):
    """Everything a manager's file answers."""

    def key_known(self) -> str | None:
        """The short name of the key the codes in the file were made with; None before the first load."""
        ...


class FactsForSamples(Facts, Protocol):
    """What a researcher's release is made from. Nobody who opted out, objected or is unknown is in any answer."""

    def people_for_samples(self) -> tuple[MayBeReleased, ...]:
        """Everybody in the register who may be in a release and has a stay, in order of code."""
        ...

    def people_kept_out(self) -> int:
        """How many in the register opted out of research, objected, or agreed to the service's own use alone."""
        ...

    def changes_for_samples(self) -> tuple[Tried, ...]:
        """Changes of whole services and of people who may be in a release, in order of days."""
        ...

    def counts_around(self, rows: Rows, asked: Sequence[Around]) -> Mapping[str, tuple[int, int]]:
        """Events that match before and after, by person; a person without any is not named."""
        ...

    def own_scores_around(self, asked: Sequence[Around]) -> Mapping[str, tuple[float | None, float | None]]:
        """The mean of what people answered for themselves on the check-in (1 to 5), before and after, by person."""
        ...
