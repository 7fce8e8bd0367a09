# ruff: noqa: ARG002 -- an interface is answered whole, whatever of a question matters here
"""The facts of one made-up service, held in memory behind the interface that the database answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from data.facts import DataCheck, Facts, LoadedFile, RecordedRow, RefusedFile, RefusedRow
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
    Rows,
    Scope,
    Series,
    Service,
    Spell,
    Tally,
)

HOME = "home"


@dataclass(frozen=True)
class Strand:
    """Events of one sort, day by day: the table they stand in, and what their columns say."""

    table: str
    columns: Mapping[str, str]
    counts: np.ndarray

    def matches(self, rows: Rows) -> bool:
        """Whether the events belong to a filter."""
        return self.table == rows.table and all(
            self.columns.get(column) in words for column, words in rows.where.items()
        )


@dataclass(frozen=True)
class Resident:
    """One person's time in the home: from which day of the record to before which, and their events on each."""

    person_id: str
    moved_in: int
    left: int
    events: np.ndarray


@dataclass(frozen=True)
class Remembered:
    """``data.facts.Facts`` of one service and one thing tried in it.

    ``people``: people there each day. ``mornings``: one person's days, 1 with distress, 0 without. ``looked_at``: rows
    of shares by measure. ``answers``: what people answered when asked. ``residents``: who the events
    happened to, where that is known.
    """

    recorded: Period
    intervention: Intervention
    promises: tuple[Declaration, ...]
    strands: tuple[Strand, ...] = ()
    people: float = 0.0
    mornings: np.ndarray | None = None
    looked_at: Mapping[str, tuple[DatedTally, ...]] = field(default_factory=dict)
    answers: tuple[Answer, ...] = ()
    residents: tuple[Resident, ...] = ()
    happenings: tuple[ContextEvent, ...] = ()

    def services(self) -> tuple[Service, ...]:
        return (Service(HOME, "residential", "EN", "A made-up home", None),)

    def interventions(self) -> tuple[Intervention, ...]:
        return (self.intervention,)

    def declarations(self) -> tuple[Declaration, ...]:
        return self.promises

    def context_events(self, scope: Scope, period: Period) -> tuple[ContextEvent, ...]:
        return tuple(event for event in self.happenings if period.first <= event.from_on <= period.last)

    def tables_with_rows(self, service_id: str) -> frozenset[str]:
        return frozenset(strand.table for strand in self.strands)

    def span(self, table: str, service_id: str) -> Period | None:
        if table == "checks":
            return self.recorded if self.looked_at else None
        if table == "feedback":
            return self.recorded if self.answers else None
        known = {strand.table for strand in self.strands} | ({"incidents"} if self.mornings is not None else set())
        return self.recorded if table in known else None

    def totals_outcomes(self, service_id: str) -> frozenset[str]:
        return frozenset()

    def totals_span(self, outcome: str, service_id: str) -> Period | None:
        return None

    def totals_series(self, service_id: str, outcome: str, period: Period) -> Series:
        return Series((), ())

    def day_counts(self, scope: Scope, rows: Rows, period: Period) -> DayCounts:
        first = (period.first - self.recorded.first).days
        found = np.zeros(period.days, dtype=int)
        for strand in self.strands:
            if strand.matches(rows):
                found = found + strand.counts[first : first + period.days]
        basis: ExposureBasis = "stays"
        return DayCounts(period, tuple(found.tolist()), (self.people,) * period.days, basis)

    def event_series(self, scope: Scope, rows: Rows, periods: Sequence[Period]) -> Series:
        return self.day_counts(scope, rows, self.recorded).series(periods)

    def clock_counts(self, scope: Scope, rows: Rows, period: Period) -> ClockCounts:
        return ClockCounts(period, ((0,) * 24,) * 7, (0,) * 7, 0)

    def share_days(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[DatedTally, ...] | None:
        (measure,) = over.where.get("measure", ("",))
        return self.looked_at.get(measure, ())

    def share_clusters(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[Tally, ...]:
        return ()

    def share_series(self, scope: Scope, counts: Rows, over: Rows, share_of: str, periods: Sequence[Period]) -> Series:
        return Series((), ())

    def day_marks(
        self, scope: Scope, counts: Rows, window: ClockWindow | None, observed: Rows | None, period: Period
    ) -> tuple[PersonDays, ...]:
        if self.mornings is None or scope.person_id is None or counts.where.get("kind") != ("distress",):
            return ()
        first = (period.first - self.recorded.first).days
        days = tuple(bool(day) for day in self.mornings[first : first + period.days])
        return (PersonDays(scope.person_id, period, days, (True,) * len(days)),)

    def watch_kept(self, scope: Scope, observed: Rows) -> bool:
        return True

    def score_answers(self, scope: Scope, rows: Rows, period: Period) -> tuple[Answer, ...]:
        domain, rater = rows.where.get("domain", ()), rows.where.get("rater", ())
        return tuple(
            answer
            for answer in self.answers
            if answer.domain in domain and answer.rater in rater and period.first <= answer.given_on <= period.last
        )

    def spells(self, scope: Scope, period: Period) -> tuple[Spell, ...]:
        return ()

    def spells_span(self, service_id: str) -> Period | None:
        return None

    def person_tallies(self, scope: Scope, rows: Rows, period: Period) -> Mapping[str, Tally]:
        first, after = (period.first - self.recorded.first).days, (period.last - self.recorded.first).days + 1
        found = {}
        for resident in self.residents:
            since, until = max(first, resident.moved_in), min(after, resident.left)
            if since < until:
                here = int(resident.events[since - resident.moved_in : until - resident.moved_in].sum())
                found[resident.person_id] = Tally(here, until - since)
        return found

    def words_of(self, scope: Scope, rows: Rows, column: str, periods: Sequence[Period]) -> Mapping[str, int]:
        return {}

    def files_loaded(self) -> tuple[LoadedFile, ...]:
        return ()

    def recorded_rows(self, table: str) -> tuple[RecordedRow, ...]:
        return ()

    def people_known(self, service_id: str) -> tuple[str, ...]:
        return ()

    def refused_rows(self) -> tuple[RefusedRow, ...]:
        return ()

    def refused_files(self) -> tuple[RefusedFile, ...]:
        return ()

    def data_checks(self) -> tuple[DataCheck, ...]:
        return ()

    def is_sample(self) -> bool:
        return True

    def data_version(self) -> str:
        return "made up"


def as_facts(home: Remembered) -> Facts:
    """The home as the interface everything else knows."""
    return home
