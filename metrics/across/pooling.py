"""Services so small that a figure would be about a few people are put together, or not shown at all.

The thresholds are those of a release to a commissioner: ten people under a figure, three services in a group.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from data.facts import FactsOfAll
from data.model import NOTHING, ExposureBasis, Period, Series, Service, Tally
from metrics.kinds.common import hull

FEWEST_PEOPLE = 10
FEWEST_TOGETHER = 3
DATED = ("incidents", "falls", "feedback", "checks", "totals")
"""The tables whose last day says how far a service's record reaches."""
_WORST_FIRST: tuple[ExposureBasis, ...] = ("none", "beds", "stays", "given")

PLURALS = {
    "residential": "care homes",
    "nursing": "nursing homes",
    "homecare": "homecare services",
    "supported_living": "supported living services",
    "day_service": "day services",
}


def kind_words(setting: str) -> str:
    """Services of one setting, in the plural."""
    return PLURALS.get(setting, "services of another kind" if setting == "other" else "services of no recorded kind")


@dataclass(frozen=True)
class Unit:
    """What is shown as one: a service, or several smaller ones of one setting together."""

    service: Service
    members: tuple[str, ...]
    people: float

    @property
    def pooled(self) -> bool:
        return len(self.members) > 1

    @property
    def name(self) -> str:
        return self.service.label


@dataclass(frozen=True)
class Units:
    """The rows in order of name, and the services that have none: too small, or of unknown size."""

    shown: tuple[Unit, ...]
    too_small: tuple[Service, ...] = ()
    size_unknown: tuple[Service, ...] = ()

    def of(self, setting: str) -> tuple[Unit, ...]:
        """Those of one setting."""
        return tuple(unit for unit in self.shown if unit.service.setting == setting)

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that have a row, in their usual order."""
        return tuple(sorted({unit.service.setting for unit in self.shown}, key=setting_order))


def setting_order(setting: str) -> tuple[int, str]:
    """Care homes first, as elsewhere; settings the product has no words for last."""
    known = list(PLURALS)
    return (known.index(setting) if setting in known else len(known), setting)


def sizes(facts: FactsOfAll, services: Sequence[Service]) -> dict[str, float | None]:
    """Mean number of people present over the last twelve months of a service's record.

    Unit: people. From nights in ``stays``, else the number of beds or places; None where neither arrived.
    """
    years: dict[str, tuple[Period, ...]] = {}
    for service in services:
        found = [span for table in DATED if (span := facts.span(table, service.service_id)) is not None]
        record = hull(found) or facts.span("stays", service.service_id)
        if record is not None:
            years[service.service_id] = (year_to(record.last, record.first),)
    exposure = facts.exposure_of_all(years)
    told: dict[str, float | None] = {service.service_id: service.beds for service in services}
    for service_id, (days, basis) in exposure.items():
        told[service_id] = None if basis == "none" else days[0] / years[service_id][0].days
    return told


def year_to(last: date, not_before: date = date.min) -> Period:
    """The twelve months that end on a day, as far as the record reaches back."""
    following = last + timedelta(days=1)
    longest = 28 if (following.month, following.day) == (2, 29) else following.day
    return Period(min(last, max(not_before, following.replace(year=following.year - 1, day=longest))), last)


def units(services: Sequence[Service], people: Mapping[str, float | None]) -> Units:
    """Who is shown alone, who together, who not at all. The order of the services makes no difference."""
    alone, small, unknown = [], [], []
    for service in services:
        size = people.get(service.service_id)
        if size is None:
            unknown.append(service)
        elif size < FEWEST_PEOPLE:
            small.append(service)
        else:
            alone.append(Unit(service, (service.service_id,), size))
    together, hidden = [], []
    for setting in sorted({service.setting for service in small}):
        group = sorted((each for each in small if each.setting == setting), key=lambda each: each.service_id)
        size = sum(people[each.service_id] or 0.0 for each in group)
        if len(group) >= FEWEST_TOGETHER and size >= FEWEST_PEOPLE:
            together.append(_together(setting, group, size))
        else:
            hidden += group
    by_name = sorted(alone, key=lambda unit: (unit.name.casefold(), unit.service.service_id))
    return Units((*by_name, *together), _by_name(hidden), _by_name(unknown))


def _together(setting: str, group: Sequence[Service], size: float) -> Unit:
    nations = {each.nation for each in group}
    label = f"{len(group)} smaller {kind_words(setting)} together"
    made = Service(f"together:{setting}", setting, nations.pop() if len(nations) == 1 else "not_recorded", label)
    return Unit(made, tuple(each.service_id for each in group), size)


def _by_name(services: Iterable[Service]) -> tuple[Service, ...]:
    return tuple(sorted(services, key=lambda each: (each.label.casefold(), each.service_id)))


def pooled(parts: Sequence[Series]) -> Series:
    """The series of several services as one: tallies of the same days are added, each exactly once.

    Stretches that overlap without being the same (one service sends totals by the quarter) become one longer stretch.
    The weakest source of exposure names the whole.
    """
    pieces = sorted(
        ((period, tally) for part in parts for period, tally in zip(part.periods, part.tallies, strict=True)),
        key=lambda piece: piece[0],
    )
    merged: list[tuple[Period, Tally]] = []
    for period, tally in pieces:
        if merged and period.first <= merged[-1][0].last:
            before, so_far = merged[-1]
            merged[-1] = (Period(before.first, max(before.last, period.last)), so_far + tally)
        else:
            merged.append((period, NOTHING + tally))
    bases = {part.basis for part in parts if part.periods}
    basis: ExposureBasis = next((each for each in _WORST_FIRST if each in bases), "given")
    return Series(tuple(period for period, _ in merged), tuple(tally for _, tally in merged), basis)


def series_of_units(shown: Sequence[Unit], series: Mapping[str, Series]) -> dict[str, Series]:
    """One series for each row, by the code of its service; rows without any record are left out."""
    told = {}
    for unit in shown:
        parts = [series[member] for member in unit.members if member in series and series[member].periods]
        if parts:
            told[unit.service.service_id] = parts[0] if len(parts) == 1 and not unit.pooled else pooled(parts)
    return told
