"""One outcome of several services over time, in words: a small chart each, by name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.anatomy import LOOKS, looks_on
from dashboard.safe import csv_text
from dashboard.views.services import some_names
from dashboard.views.services_matrix import (
    BETTER,
    NEUTRAL,
    WORSE,
    as_csv,
    changed,
    usual_range,
    what_it_shows,
    when,
)
from metrics.across.pooling import kind_words
from metrics.model import Outcome
from metrics.series.spc.model import ControlChart
from metrics.words import number, whole


@dataclass(frozen=True)
class TrendPage:
    """What the small charts say together."""

    outcome: Outcome
    title: str
    sentence: str
    charts: tuple[ControlChart, ...]
    marks: tuple[str, ...]
    """The looks of points that occur, by their names."""


def trend_page(outcome: Outcome, setting: str, charts: Sequence[ControlChart]) -> TrendPage:
    """The page for the services of one setting, in order of name."""
    kind, count = kind_words(setting), len(charts)
    worse = [chart.service.label for chart in charts if changed(chart, WORSE)]
    better = [chart.service.label for chart in charts if changed(chart, BETTER)]
    other = [chart.service.label for chart in charts if changed(chart, NEUTRAL)]
    count_changed = len(worse) + len(better) + len(other)
    if count_changed:
        title = f"{outcome.name}: a clear change at {count_changed} of {count} {kind}"
    else:
        title = f"{outcome.name}: no clear change{f' in any of {count} {kind}' if count > 1 else ''}"
    said = [
        f"{lead}: {some_names(names, 6)}."
        for lead, names in (
            ("A clear change to look at", worse),
            ("A clear change for the better", better),
            ("A clear change, neither good nor bad by itself", other),
        )
        if names
    ]
    said.append("Each is set against its own usual range; all are drawn on one scale." if count > 1 else "")
    found = {name for chart in charts for name in looks_on(chart)}
    return TrendPage(
        outcome,
        title,
        " ".join(each for each in said if each),
        tuple(charts),
        tuple(name for name in LOOKS if name in found),
    )


def number_rows(page: TrendPage) -> list[dict[str, str]]:
    """The latest figure of each service; the file holds every point."""
    rows = []
    for chart in page.charts:
        latest = chart.latest
        if latest is None or latest.value is None:
            continue
        rows.append(
            {
                "Service": chart.service.label,
                "Latest": when(latest.period),
                "Counted": f"{whole(latest.tally.numerator)} over {whole(latest.tally.denominator)}",
                f"Figure, {chart.unit}": number(latest.value),
                "Usual range": usual_range(chart),
                "What it shows": what_it_shows(chart),
            }
        )
    return rows


def numbers_csv(page: TrendPage) -> bytes:
    """Every point of every service."""
    heads = [
        "service",
        "outcome",
        "from",
        "to",
        "numerator",
        "denominator",
        "figure",
        "unit",
        "centre",
        "lower",
        "upper",
    ]
    rows = [
        [
            csv_text(chart.service.label), csv_text(f"{page.outcome.code} {page.outcome.name}"),
            point.period.first.isoformat(), point.period.last.isoformat(), point.tally.numerator,
            point.tally.denominator, *_rounded(point.value), csv_text(chart.unit), *_rounded(point.centre),
            *_rounded(chart.drawn(point.lower)), *_rounded(chart.drawn(point.upper)),
        ]
        for chart in page.charts
        for point in chart.points
    ]  # fmt: skip
    return as_csv(heads, rows)


def _rounded(figure: float | None) -> list[float | str]:
    return ["" if figure is None else round(figure, 4)]
