"""A commissioner's release to hand: its cells by outcome and unit, and control charts and funnels of what it shows.

Everything here is worked out from the released, rounded figures alone. A quarter that is hidden is a gap, as one that
is not recorded is: no line, no limit and no average is drawn through it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import cast

from data.model import NOTHING, Impossible, Period, Rows, Series, Service, Tally
from data.releases.model import Cell, CommissionerRelease, Definition, Unit
from metrics.across.funnel import Funnel, funnel
from metrics.across.matrix import USUAL
from metrics.across.pooling import setting_order
from metrics.catalogue import Catalogue
from metrics.charting import RECORDING_CHANGES
from metrics.kinds.common import DAYS_A_YEAR, times
from metrics.model import Good, Kind, Outcome
from metrics.series.spc.build import charts
from metrics.series.spc.model import Asked, ChartPoint, ControlChart, Mark

LEVELS = ("service", "group", "setting")
TOO_FEW, NOTHING_THERE, NOT_GIVEN = "there are too few people to show it", "nothing is recorded", "it is not given"
COUNTED = ("rate",)
ROUNDED_TO = 5
"""Where a release does not say to what its counts are rounded."""
A_TENTH = 0.1
"""What a mean is rounded to."""
NEARLY = 1e-9

Key = tuple[str, str]
"""Unit and outcome."""


@dataclass(frozen=True)
class Book:
    """A release with its cells, units and outcomes in order, each found by its codes."""

    release: CommissionerRelease
    outcomes: Mapping[str, Outcome]
    charts: Mapping[Key, ControlChart]
    names: Mapping[str, str] = field(default_factory=dict)
    """Names of outcomes that the release speaks of without a figure of theirs."""

    @cached_property
    def definitions(self) -> Mapping[str, Definition]:
        """In the order of the matrix: what most services record first, then the rest by code."""
        known = sorted(
            self.release.definitions,
            key=lambda each: (USUAL.index(each.outcome) if each.outcome in USUAL else len(USUAL), each.outcome),
        )
        return {each.outcome: each for each in known}

    @cached_property
    def units(self) -> tuple[Unit, ...]:
        """By setting, services before groups before the whole, then by name and code: never by any figure."""
        return tuple(sorted(self.release.units, key=unit_order))

    @cached_property
    def unit(self) -> Mapping[str, Unit]:
        return {each.code: each for each in self.release.units}

    @property
    def settings(self) -> tuple[str, ...]:
        """The settings that have a unit, in their usual order."""
        return tuple(sorted({each.setting for each in self.release.units}, key=setting_order))

    def of(self, setting: str) -> tuple[Unit, ...]:
        """The units of one setting."""
        return tuple(each for each in self.units if each.setting == setting)

    def whole(self, setting: str) -> Unit | None:
        """All services of a setting as one; None where the release does not show them so."""
        return next((each for each in self.of(setting) if each.level == "setting"), None)

    @cached_property
    def quarters(self) -> tuple[Period, ...]:
        """Every closed quarter of the release, the earliest first."""
        return tuple(sorted({each.period for each in self.release.cells if each.length == "quarter"}))

    @cached_property
    def year(self) -> Period | None:
        """The last four closed quarters together."""
        return max((each.period for each in self.release.cells if each.length == "year"), default=None)

    @property
    def latest(self) -> Period | None:
        """The last closed quarter."""
        return self.quarters[-1] if self.quarters else None

    @cached_property
    def _by_place(self) -> Mapping[tuple[str, str, str, Period, str, str], Cell]:
        return {
            (each.outcome, each.unit, each.length, each.period, each.column, each.word): each
            for each in self.release.cells
        }

    def quarter(self, unit: str, outcome: str, period: Period | None = None) -> Cell | None:
        """The figure of a quarter, the latest unless another is named; None where the release has no cell for it."""
        when = period or self.latest
        return None if when is None else self._by_place.get((outcome, unit, "quarter", when, "", ""))

    def in_year(
        self, unit: str, outcome: str, column: str = "", word: str = "", period: Period | None = None
    ) -> Cell | None:
        """The figure of the last four quarters, of everybody or of one group of people."""
        when = period or self.year
        return None if when is None else self._by_place.get((outcome, unit, "year", when, column, word))

    def row(self, unit: str, outcome: str) -> tuple[Cell | None, ...]:
        """The figures of every quarter, None where there is no cell."""
        return tuple(self.quarter(unit, outcome, each) for each in self.quarters)


def book_of(release: CommissionerRelease, catalogue: Catalogue) -> Book:
    """The release with its charts, all worked out together."""
    outcomes = {each.outcome: outcome_of(each, catalogue) for each in release.definitions}
    names = {each.code: each.name for each in catalogue}
    bare = Book(release, outcomes, {}, names)
    places = [(unit, code) for unit in bare.units for code in bare.definitions]
    asked = {
        (unit.code, code): _asked(bare, unit, outcomes[code])
        for unit, code in places
        if any(_known(cell) for cell in bare.row(unit.code, code))
    }
    drawn = charts(list(asked.values()))
    step = float(release.report.rules.get("rounding", ROUNDED_TO))
    told = {
        key: _whole_width(_no_more_than_rounding_bears(_open_gaps(chart), step), bare.quarters)
        for key, chart in zip(asked, drawn, strict=True)
    }
    return Book(release, outcomes, told, names)


def unit_order(unit: Unit) -> tuple[tuple[int, str], int, str, str]:
    """Setting, level, name, code."""
    return setting_order(unit.setting), LEVELS.index(unit.level), unit.name.casefold(), unit.code


def outcome_of(definition: Definition, catalogue: Catalogue) -> Outcome:
    """The outcome as the release defines it; how it is worded comes from its file where that is the same outcome."""
    known = catalogue.get(definition.outcome)
    if known is not None and known.kind == definition.kind and math.isclose(times(known), definition.per, rel_tol=1e-6):
        return replace(known, name=definition.name)
    per = definition.per / DAYS_A_YEAR if definition.kind == "stay" else definition.per
    return Outcome(
        code=definition.outcome, name=definition.name, kind=cast(Kind, definition.kind), table="", good=cast(Good, definition.good),
        judged="trend", size=None, unit=definition.unit, why=definition.why, counts=Rows(""), per=per,
        many_of=definition.over, source="own",
    )  # fmt: skip


def service_of(unit: Unit) -> Service:
    """A unit as the charts know it: whose label, and whether days there are bed days."""
    return Service(unit.code, unit.setting, unit.nation, unit.name)


def tally_of(cell: Cell | None, kind: str) -> Tally:
    """The rounded parts of a shown cell; nothing where it is hidden or not recorded."""
    if cell is None or not _known(cell) or cell.numerator is None or cell.denominator is None:
        return NOTHING
    if kind == "score":
        return Tally(cell.numerator, cell.denominator, (cell.value or 0.0) * cell.numerator)
    return Tally(cell.numerator, cell.denominator)


def _known(cell: Cell | None) -> bool:
    return cell is not None and cell.status == "shown" and cell.value is not None


# Charts ----------------------------------------------------------------------------------------------


def _asked(book: Book, unit: Unit, outcome: Outcome) -> Asked:
    tallies = tuple(tally_of(cell, outcome.kind) for cell in book.row(unit.code, outcome.code))
    ours = [each for each in book.release.happenings if each.unit == unit.code]
    counted = outcome.kind in COUNTED and not outcome.survives_recording_change
    return Asked(
        outcome=outcome,
        service=service_of(unit),
        series=Series(book.quarters, tallies),
        step="quarter",
        marks=tuple(Mark(each.from_on, "happening", each.kind) for each in ours),
        recording_changed=tuple(each.from_on for each in ours if each.kind in RECORDING_CHANGES) if counted else (),
    )


def _open_gaps(chart: ControlChart) -> ControlChart:
    """Without limits or an average where there is no figure: nothing fitted is shown for a hidden quarter."""
    bare = {"centre": None, "lower": None, "upper": None, "near_lower": None, "near_upper": None}
    points = tuple(replace(each, **bare) if each.is_gap else each for each in chart.points)  # type: ignore[arg-type]
    return replace(chart, points=points)


def _no_more_than_rounding_bears(chart: ControlChart, step: float) -> ControlChart:
    """Without signals that rounding alone could make: a run of 10s after a 15 may be a run of 12s after a 13.

    ``step``: what counts are rounded to. Two neighbouring steps may be the same number, so a point keeps its signal only
    where it lies further than one step from the average.
    """
    points = tuple(
        replace(each, signals=(), side=None, kind="common_cause")
        if each.signals and _carried(chart, each, step)
        else each
        for each in chart.points
    )
    last = next((each for each in reversed(points) if each.value is not None), None)
    quiet = last is not None and not last.signals and chart.variation is not None
    return replace(chart, points=points, variation="common_cause" if quiet else chart.variation)


def _carried(chart: ControlChart, point: ChartPoint, step: float) -> bool:
    """Whether rounding of the count, and of what it is over, reaches from the average to the point."""
    if point.value is None or point.centre is None:
        return False
    reach = A_TENTH
    if chart.outcome.kind != "score":
        over = point.tally.denominator
        reach = step * (times(chart.outcome) + point.value) / over if over else 0.0
    return abs(point.value - point.centre) <= reach + NEARLY


def _whole_width(chart: ControlChart, quarters: tuple[Period, ...]) -> ControlChart:
    """Drawn over every quarter of the release, so that charts side by side show the same time."""
    if not chart.points:
        return chart
    early = [each for each in quarters if each.last < chart.points[0].period.first]
    ahead = len(early)
    points = (*(ChartPoint(each, NOTHING, None, 0) for each in early), *chart.points)
    phases = tuple(
        replace(each, first=each.first + ahead if place else 0, last=each.last + ahead)
        for place, each in enumerate(chart.phases)
    )
    return replace(chart, points=points, phases=phases)


# Funnel ----------------------------------------------------------------------------------------------


def funnel_of(book: Book, code: str, setting: str) -> Funnel | None:
    """One outcome of the services and groups of a setting over the last four quarters; None where there is none.

    Hidden ones are named as left out and take no part. A figure stands as it was released, not worked out again.
    """
    outcome, year = book.outcomes.get(code), book.year
    if outcome is None or year is None or outcome.kind == "score":
        return None
    ours = [each for each in book.of(setting) if each.level != "setting"]
    cells = {each.code: book.in_year(each.code, code) for each in ours}
    shown = {
        each.code: (each.name, tally_of(cells[each.code], outcome.kind)) for each in ours if _known(cells[each.code])
    }
    left_out = [(each.name, _why(cells[each.code])) for each in ours if each.code not in shown]
    try:
        found = funnel(outcome, setting, year, shown, left_out=left_out)
    except Impossible:
        return None
    dots = tuple(
        replace(dot, value=cell.value) if (cell := cells[dot.key]) is not None and cell.value is not None else dot
        for dot in found.dots
    )
    return replace(found, dots=dots)


def _why(cell: Cell | None) -> str:
    if cell is None:
        return NOT_GIVEN
    return TOO_FEW if cell.status == "suppressed" else NOTHING_THERE
