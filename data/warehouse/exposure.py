"""How many people were there on how many days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

import duckdb

from data import asking
from data.model import (
    ExposureBasis,
    Period,
    Scope,
    Series,
    Tally,
)
from data.warehouse.register import Register


class Exposure(Register):
    """How many people were there on how many days."""

    def __init__(self, con: duckdb.DuckDBPyConnection) -> None:
        super().__init__(con)
        self._with_stays: frozenset[str] | None = None
        self._nights_kept: dict[str, tuple[tuple[str, date, date], ...]] = {}

    def exposure(self, scope: Scope, periods: Sequence[Period]) -> tuple[tuple[float, ...], ExposureBasis]:
        """Person days in each period: nights in stays less nights away; else beds × days; else none known.

        Nights of a stay inside a period are the shorter of two ends less the longer of two starts: no day is written
        out.
        """
        if self._has_stays(scope.service_id):
            spells = [(first, after) for _, first, after in self._nights_of(scope)]
            return tuple(_nights_within(spells, period) for period in periods), "stays"
        each_day, basis = self._without_stays(scope)
        return tuple(each_day * period.days for period in periods), basis

    def _without_stays(self, scope: Scope) -> tuple[float, ExposureBasis]:
        """People on each day where no stays arrived: one person is one; a service is its beds, or not known."""
        if scope.person_id is not None:
            return 1.0, "given"
        if scope.people:
            return 0.0, "none"
        service = next((each for each in self.services() if each.service_id == scope.service_id), None)
        return (float(service.beds), "beds") if service is not None and service.beds else (0.0, "none")

    def _nights(self, service_id: str) -> tuple[tuple[str, date, date], ...]:
        """Spells of being there: person, first night, the day after the last."""
        if service_id not in self._nights_kept:
            rows = self._rows(
                "SELECT person_id, first_night, after_last FROM presence WHERE service_id = ? ORDER BY person_id, first_night",
                [service_id],
            )
            self._nights_kept[service_id] = tuple((person_id, first, after) for person_id, first, after in rows)
        return self._nights_kept[service_id]

    def _nights_of(self, scope: Scope) -> list[tuple[str, date, date]]:
        """The same for the people of the scope."""
        people = self._people_described(scope)
        return [
            spell
            for spell in self._nights(scope.service_id)
            if scope.person_id in (None, spell[0]) and (people is None or spell[0] in people)
        ]

    def _has_stays(self, service_id: str) -> bool:
        if self._with_stays is None:
            self._with_stays = frozenset(row[0] for row in self._rows("SELECT DISTINCT service_id FROM stays"))
        return service_id in self._with_stays

    def _people_described(self, scope: Scope) -> frozenset[str] | None:
        if not scope.people:
            return None
        return frozenset(row[0] for row in self._rows(*asking.people_described(scope)))

    def totals_series(self, service_id: str, outcome: str, period: Period) -> Series:
        if outcome not in self.totals_outcomes(service_id):
            return Series((), ())
        rows = self._rows(
            "SELECT period_from, period_to, sum(numerator)::BIGINT, sum(denominator), bool_or(denominator IS NULL) FROM totals "
            "WHERE service_id = ? AND outcome = ? AND period_from >= ? AND period_to <= ? GROUP BY ALL ORDER BY period_from",
            [service_id, outcome, period.first, period.last],
        )
        periods: list[Period] = []
        tallies: list[Tally] = []
        basis: ExposureBasis = "given"
        for first, last, numerator, denominator, missing in rows:
            months = Period(first, last)
            if periods and months.first <= periods[-1].last:
                continue  # two totals for the same days: the first stands, data_checks names the other
            if missing:
                (days,), basis = self.exposure(Scope(service_id), (months,))
                denominator = days
            periods.append(months)
            tallies.append(Tally(numerator, float(denominator)))
        return Series(tuple(periods), tuple(tallies), basis)


def _nights_within(spells: Sequence[tuple[date, date]], period: Period) -> float:
    after = period.last + timedelta(days=1)
    return float(sum(max(0, (min(last, after) - max(first, period.first)).days) for first, last in spells))
