"""All services side by side: asked in bulk, with the finished markup of the matrix."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from dashboard.markup import Html
from data.facts import FactsOfAll
from metrics.across.funnel import Funnel
from metrics.across.last_year import funnel_of
from metrics.across.matrix import Matrix, asked_of_units, matrix
from metrics.across.pooling import Units, sizes
from metrics.across.pooling import units as units_of
from metrics.series.spc.build import charts
from metrics.series.spc.model import ControlChart


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


@dataclass(frozen=True)
class _FirstLook:
    """What every view of all services needs: its rows, the tables with any record, the outcomes with any totals."""

    units: Units
    tables: frozenset[str]
    totals: frozenset[str]


def _shown(facts: FactsOfAll) -> Units:
    known = facts.services()
    return units_of(known, sizes(facts, known))


@cached(at_most=20)
def _first_look(key: Key) -> _FirstLook:
    with opened(Path(key[1])) as facts:
        codes = [service.service_id for service in facts.services()]
        tables = {each.table for each in catalogue()}
        return _FirstLook(
            _shown(facts),
            frozenset(table for table in tables if any(facts.span(table, code) is not None for code in codes)),
            frozenset(outcome for code in codes for outcome in facts.totals_outcomes(code)),
        )


@cached(at_most=20)
def _services_matrix(key: Key) -> EveryService:
    with opened(Path(key[1])) as facts:
        shown = _shown(facts)
        found = matrix(facts, catalogue(), shown.shown)
    return EveryService(shown, found, dict(zip(found.asked, charts(list(found.asked.values())), strict=True)))


@cached(at_most=100)
def _services_charts(key: Key, outcome_code: str, setting: str) -> tuple[ControlChart, ...]:
    outcome = catalogue().get(outcome_code)
    if outcome is None:
        return ()
    with opened(Path(key[1])) as facts:
        asked = asked_of_units(facts, catalogue(), outcome, _first_look(key).units.of(setting))
    return tuple(chart for chart in charts(asked) if chart.latest is not None)


@cached(at_most=200)
def _services_funnel(key: Key, outcome_code: str, setting: str) -> Funnel | None:
    outcome = catalogue().get(outcome_code)
    if outcome is None:
        return None
    with opened(Path(key[1])) as facts:
        return funnel_of(facts, outcome, setting, _first_look(key).units.of(setting))


@cached(at_most=50)
def _finished(key: Key, what: str, detail: str, _make: Callable[[], Html]) -> Html:  # noqa: ARG001 - kept under these
    return _make()
