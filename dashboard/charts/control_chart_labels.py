"""The words on a control chart: what its lines are called where they end, earlier averages, the rules at its foot."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts import anatomy
from dashboard.safe import plotly_escape
from dashboard.theme import INK, SLATE
from dashboard.views.chart_numbers import middle_word
from metrics.series.spc.model import ChartPoint, ControlChart
from metrics.words import number

LABEL_PX, FOOT_PX = 15, 13
FOOT_LINE_PX = 17
BETWEEN_LABELS_PX = 40
SMALL_LABEL_FROM = 0.38
"""An earlier phase of this share of the width has room for its average in words, also on a telephone."""
NARROW = 8
"""A usual range narrower than this is named with one decimal."""


def end_labels(chart: ControlChart) -> list[tuple[float, str]]:
    """What the lines at the right end are called, each at its height: short lines of words, highest first."""
    last = _last_with_centre(chart)
    found: list[tuple[float, str]] = []
    if last is not None and last.centre is not None:
        high, low = chart.drawn(last.upper), chart.drawn(last.lower)
        found.append((last.centre, f"{middle_word(chart)}<br>{level_words(chart, last, last.centre)}"))
        if high is not None and not chart.phases[last.phase].no_variation:
            says_low = "up to" if low is None or chart.chart == "mr" else f"{level_words(chart, last, low)} to"
            trial = "<br>(on trial)" if chart.phases[last.phase].standing == "trial" else ""
            found.append((high, f"usual range<br>{says_low} {level_words(chart, last, high)}{trial}"))
    if chart.target is not None:
        found.append((chart.target, f"target<br>{number(chart.target)}"))
    return sorted(found, key=lambda each: -each[0])


def level_words(chart: ControlChart, point: ChartPoint, level: float) -> str:
    """A level with a decimal more where the usual range is so narrow that whole numbers would hide it."""
    high, low = chart.drawn(point.upper), chart.drawn(point.lower)
    narrow = high is not None and low is not None and 0 < high - low < NARROW
    return number(level, 1) if narrow and abs(level) >= 1 else number(level)


def _last_with_centre(chart: ControlChart) -> ChartPoint | None:
    """The last point of the last phase over which a line runs."""
    if not chart.phases:
        return None
    phase = chart.phases[-1]
    ours = chart.points[phase.first : phase.last + 1]
    return next((point for point in reversed(ours) if point.centre is not None), None)


def apart(heights: Sequence[float], least: float, top: float) -> list[float]:
    """Places from the top down, at least so far from each other and as near to where they belong as that allows."""
    found: list[float] = []
    for height in heights:
        found.append(min(height, found[-1] - least if found else top))
    for place in range(len(found) - 1, -1, -1):
        floor = found[place + 1] + least if place + 1 < len(found) else 0.0
        found[place] = max(found[place], floor)
    return found


def name_lines(figure: go.Figure, chart: ControlChart, heights: tuple[float, float], tall_px: float) -> None:
    """At the right end, beside the lines they name, pushed apart where two would cover each other."""
    labels = end_labels(chart)
    low, high = heights
    least = BETWEEN_LABELS_PX + (10 if any("trial" in text for _, text in labels) else 0)
    wanted = [(level - low) / (high - low) * tall_px for level, _ in labels]
    for (level, text), wish, found in zip(labels, wanted, apart(wanted, least, tall_px), strict=True):
        figure.add_annotation(
            x=1, y=level, xref="paper", yref="y", xanchor="left", yanchor="middle", xshift=6, yshift=found - wish,
            text=text, align="left", showarrow=False, font={"size": LABEL_PX, "color": INK},
        )  # fmt: skip


def name_earlier(figure: go.Figure, chart: ControlChart, heights: tuple[float, float]) -> None:
    """The average of an earlier phase, on the side of its usual range where there is more room."""
    for phase in chart.phases[:-1]:
        ours = [point for point in chart.points[phase.first : phase.last + 1] if point.centre is not None]
        first, end = anatomy.reach(chart, phase.first)[0], anatomy.reach(chart, phase.last)[1]
        wide = anatomy.share_of_span(chart, end) - anatomy.share_of_span(chart, first)
        if not ours or wide < SMALL_LABEL_FROM:
            continue
        drawn = [
            figure_
            for point in ours
            for figure_ in (point.value, point.centre, chart.drawn(point.upper), chart.drawn(point.lower))
            if figure_ is not None
        ]
        above = heights[1] - max(drawn) >= min(drawn) - heights[0]
        centre = ours[0].centre
        assert centre is not None
        figure.add_annotation(
            x=first, y=max(drawn) if above else min(drawn), xref="x", yref="y", xanchor="left", xshift=4,
            yanchor="bottom" if above else "top", yshift=7 if above else -7, showarrow=False,
            text=f"{middle_word(chart)} {number(centre)}",
            font={"size": LABEL_PX, "color": INK}, bgcolor="rgba(255,255,255,0.8)",
        )  # fmt: skip


def say_at_the_foot(figure: go.Figure, lines: Sequence[str]) -> None:
    """The rules in force, so that a picture of the chart carries them: from the very left, to fit a telephone."""
    if not lines:
        return
    figure.update_layout(
        title={
            "text": "<br>".join(plotly_escape(line) for line in lines),
            "font": {"size": FOOT_PX, "color": SLATE},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "pad": {"l": 8},
            "y": (FOOT_LINE_PX * len(lines) - 6) / figure.layout.height,
            "yref": "container",
            "yanchor": "top",
            "automargin": False,
        }
    )
