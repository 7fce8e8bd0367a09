"""Hours and weekdays on paper: side by side, for paper is wide enough."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from dashboard.charts.clock_pattern import HANDOVERS, HOUR_TICKS, PARTS_OF_DAY
from dashboard.charts.printed import paper
from dashboard.charts.printed.letters import letters
from dashboard.theme import BLUE, HATCH, INK, MUTED, SHADE, SLATE
from dashboard.views.clock_pattern import WEEKDAYS
from metrics.pictures.clock_pattern import Bar, ClockPattern
from metrics.words import capital


def clock_pattern(found: ClockPattern) -> Figure:
    """The figure: 24 bars, and seven."""
    many = capital(found.outcome.many_things)
    with paper.looks():
        figure = Figure(figsize=(paper.WIDTH_CM * paper.CM, 7.5 * paper.CM), layout="constrained")
        hours, week = figure.subplots(1, 2, width_ratios=(2.4, 1))
        _bars(hours, found.hours, [hour + 0.5 for hour in range(24)], found.enough_hours)
        hours.set_xlim(0, 24)
        hours.set_xticks(HOUR_TICKS)
        hours.set_title(f"{many} by hour of the day", loc="left", fontsize=9, fontweight="bold")
        for first, last in ((0, 6), (22, 24)):
            hours.axvspan(first, last, color=SHADE, zorder=0, linewidth=0)
        _under(hours)
        _bars(week, found.weekdays, [float(day) for day in range(7)], found.enough_days)
        week.set_xticks(range(7), [day[:2] for day in WEEKDAYS])
        week.set_title("By weekday", loc="left", fontsize=9, fontweight="bold")
    return figure


def _bars(axes: Axes, bars: Sequence[Bar], places: Sequence[float], enough: bool) -> None:
    colours = [BLUE if enough and bar.standing != "chance" else HATCH for bar in bars]
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.bar(places, [bar.count for bar in bars], width=0.86, color=colours, zorder=2)
    axes.set_ylim(0, max(4.0, 1.14 * max(max(bar.count, bar.high) for bar in bars)))
    if not enough:
        return
    edges = [*(place - 0.5 for place in places), places[-1] + 0.5]
    axes.stairs(
        [bar.high for bar in bars],
        edges,
        baseline=[bar.low for bar in bars],
        fill=True,
        color=SLATE,
        alpha=0.16,
        zorder=3,
    )
    axes.stairs([bar.even for bar in bars], edges, color=SLATE, linewidth=1, linestyle="--", baseline=None, zorder=4)
    for place, bar in zip(places, bars, strict=True):
        if bar.standing != "chance":
            mark = "▲" if bar.standing == "more" else "▼"
            axes.annotate(
                mark,
                (place, bar.count),
                xytext=(0, 2),
                textcoords="offset points",
                ha="center",
                fontsize=6,
                fontfamily=list(letters()),
                color=INK,
            )


def _under(axes: Axes) -> None:
    """Night, meals and handovers, under the hours."""
    for row, names in ((-20, PARTS_OF_DAY), (-30, tuple((float(hour), "handover") for hour in HANDOVERS))):
        for place, words in names:
            axes.annotate(
                words, (place, 0), xycoords=("data", "axes fraction"), xytext=(0, row), textcoords="offset points",
                ha="center", va="top", fontsize=7.5, color=MUTED,
            )  # fmt: skip
