"""Every service at once: the same tallies, one pass over a table each."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date

import duckdb

from data import all_services
from data.model import (
    NOTHING,
    ContextEvent,
    ExposureBasis,
    Period,
    Rows,
    Scope,
    Series,
    Spell,
)
from data.warehouse.events import TOLD_APART_BY
from data.warehouse.living import SHORT_BREAKS, Living, _joined_spells


class EveryService(Living):
    """Every service at once: the same tallies, one pass over a table each."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(con)
        self._words_of_all: dict[
            str, tuple[Mapping[str, Sequence[Period]] | None, dict[str, dict[tuple[str, int], int]]]
        ] = {}
        self._all_nights: all_services.Nights | None = None

    def exposure_of_all(
        self, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, tuple[tuple[float, ...], ExposureBasis]]:
        if self._all_nights is None:
            self._all_nights = all_services.Nights(self._con)
        found: dict[str, tuple[tuple[float, ...], ExposureBasis]] = {}
        for service, periods in asked.items():
            if self._has_stays(service):
                found[service] = (tuple(self._all_nights.within(service, periods)), "stays")
            else:
                each_day, basis = self._without_stays(Scope(service))
                found[service] = (tuple(each_day * period.days for period in periods), basis)
        return found

    def event_series_of_all(self, rows: Rows, asked: Mapping[str, Sequence[Period]]) -> Mapping[str, Series]:
        told_apart_by = TOLD_APART_BY.get(rows.table)
        if told_apart_by is not None and set(rows.where) <= {told_apart_by}:
            words = rows.where.get(told_apart_by)
            kept = self._counted_by_of_all(rows.table, told_apart_by, asked)
            wanted = list(kept) if words is None else {word.lower() for word in words}
            counted = all_services.added(kept[word] for word in wanted if word in kept)
        else:
            counted = all_services.events(self._con, rows, asked, any_left_out=self._any_left_out())
        return all_services.series(asked, self.exposure_of_all(asked), counted)

    def _counted_by_of_all(
        self, table: str, column: str, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, Mapping[tuple[str, int], int]]:
        """Kept for the stretches asked for last: the next outcome of the table mostly asks for the same."""
        before, found = self._words_of_all.get(table, (None, {}))
        if before != asked:
            found = all_services.events_by_word(self._con, table, column, asked, any_left_out=self._any_left_out())
            self._words_of_all[table] = (asked, found)
        return found

    def share_series_of_all(
        self, counts: Rows, over: Rows, share_of: str, asked: Mapping[str, Sequence[Period]]
    ) -> Mapping[str, Series]:
        if share_of == "people":
            found = all_services.people(self._con, counts, asked, any_left_out=self._any_left_out())
        elif over.table == "people":  # the register as it stands now: asked of few outcomes, and of few services
            return {
                service: self.share_series(Scope(service), counts, over, share_of, periods)
                for service, periods in asked.items()
            }
        else:
            spans = {service: self.span("checks", service) for service in asked} if share_of == "on_time" else {}
            passed = {service: span.last for service, span in spans.items() if span is not None}
            found = all_services.shares(
                self._con, counts, over, share_of, asked, any_left_out=self._any_left_out(), passed=passed
            )
        return {
            service: Series(tuple(periods), tuple(found.get((service, n), NOTHING) for n in range(len(periods))))
            for service, periods in asked.items()
        }

    def spells_of_all(self, period: Period) -> Mapping[str, tuple[Spell, ...]]:
        rows = self._rows(
            "SELECT service_id, person_id, start_on, end_on, nullif(end_reason, 'not_recorded') FROM stays "
            f"WHERE kind NOT IN ({', '.join('?' for _ in SHORT_BREAKS)}) "
            "ORDER BY service_id, person_id, start_on, end_on NULLS LAST",
            list(SHORT_BREAKS),
        )
        found: dict[str, list[tuple[str, date, date | None, str | None]]] = defaultdict(list)
        for service, *stay in rows:
            found[service].append((stay[0], stay[1], stay[2], stay[3]))
        return {
            service: tuple(
                spell
                for spell in _joined_spells(stays)
                if spell.moved_in <= period.last and (spell.left_on is None or spell.left_on >= period.first)
            )
            for service, stays in found.items()
        }

    def happenings_of_all(self) -> Mapping[str, tuple[ContextEvent, ...]]:
        found: dict[str, list[ContextEvent]] = defaultdict(list)
        for service, *event in self._rows(
            "SELECT service_id, kind, from_on, until_on, NULL, coalesce(label, '') FROM context "
            "WHERE nullif(person_id, '') IS NULL AND service_id IS NOT NULL ORDER BY service_id, from_on, kind, row_key"
        ):
            found[service].append(ContextEvent(*event))
        return {service: tuple(events) for service, events in found.items()}
