"""The matrix on paper: a row for each service, a column for each outcome, in every cell mark, figure and line."""

from __future__ import annotations

import textwrap

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.anatomy import LOOKS
from dashboard.charts.printed.paper import looks, sheet
from dashboard.theme import HATCH, INK, LINE, MUTED, SHADE, SLATE
from dashboard.views.services_matrix import Cell, MatrixPage
from metrics.series.spc.model import ControlChart, Variation

WIDTH_CM, ROW_CM, HEAD_CM = 26.0, 0.95, 2.4
"""The width between the margins of an A4 page on its side."""
NAME_SHARE = 0.14
MARKS: dict[Variation, str] = {
    "common_cause": "common_cause",
    "improvement_high": "improvement",
    "improvement_low": "improvement",
    "concern_high": "concern_high",
    "concern_low": "concern_low",
    "neutral_high": "neutral",
    "neutral_low": "neutral",
}
"""Which of the charts' looks says what the latest figure comes to."""


def matrix(page: MatrixPage) -> Figure:
    """The figure, as high as it has rows. One column is one unit wide, one row one unit high."""
    lines = sum(len(group.rows) + (len(page.groups) > 1) for group in page.groups)
    with looks():
        figure, axes = sheet(WIDTH_CM, HEAD_CM + ROW_CM * max(1, lines))
        axes.set_axis_off()
        columns = max(1, len(page.columns))
        name = columns * NAME_SHARE / (1 - NAME_SHARE)
        axes.set_xlim(-name, columns)
        axes.set_ylim(max(1, lines), -HEAD_CM / ROW_CM)
        for place, (_, heading, unit) in enumerate(page.columns):
            text = "\n".join([*textwrap.wrap(heading, 13), *textwrap.wrap(unit, 13)])
            axes.text(place + 0.05, -0.15, text, fontsize=7, va="bottom", color=INK)
        line = 0
        for group in page.groups:
            if len(page.groups) > 1:
                axes.axhspan(line, line + 1, color=SHADE, linewidth=0)
                axes.text(-name + 0.05, line + 0.5, group.heading, fontsize=8, va="center")
                line += 1
            for unit_, cells in group.rows:
                said = "\n".join(textwrap.wrap(unit_.name, 20)[:2])
                axes.text(-name + 0.05, line + 0.5, said, fontsize=8, va="center", fontweight="bold")
                for place, cell in enumerate(cells):
                    _cell(axes, cell, place, line)
                axes.axhline(line + 1, color=LINE, linewidth=0.6)
                line += 1
    return figure


def _cell(axes: Axes, cell: Cell, left: float, up: float) -> None:
    chart = cell.chart
    if cell.figure is None or chart is None:
        axes.text(left + 0.05, up + 0.5, cell.words, fontsize=7, va="center", color=MUTED)
        return
    if chart.variation is not None:
        look = LOOKS[MARKS[chart.variation]]
        hollow = cell.trial or chart.variation == "common_cause"
        axes.scatter(
            [left + 0.1], [up + 0.32], s=22, marker=look.marker, facecolors="none" if hollow else look.colour,
            edgecolors=HATCH if cell.trial else look.colour, linewidths=1.0,
        )  # fmt: skip
    held = {"pass": " P", "fail": " F", "inconsistent": " ?"}[chart.assurance] if chart.assurance is not None else ""
    axes.text(left + 0.2, up + 0.33, f"{cell.figure}{held}", fontsize=8.5, va="center", fontweight="bold")
    _spark(axes, chart, left + 0.05, up + 0.55)


def _spark(axes: Axes, chart: ControlChart, left: float, up: float, width: float = 0.85, height: float = 0.35) -> None:
    """The line with its usual range, inside a corner of the cell."""
    heights = [each for point in chart.points for each in (point.value, chart.drawn(point.upper)) if each is not None]
    most = max(heights, default=0.0) or 1.0
    step = width / max(1, len(chart.points) - 1)

    def at(value: float | None) -> float:
        return float("nan") if value is None else up + height * (1 - value / most)

    across = [left + place * step for place in range(len(chart.points))]
    low = [at(chart.drawn(point.lower)) for point in chart.points]
    high = [at(chart.drawn(point.upper)) for point in chart.points]
    axes.fill_between(across, low, high, color=SHADE, linewidth=0)
    axes.plot(across, [at(point.value) for point in chart.points], color=SLATE, linewidth=0.9)
