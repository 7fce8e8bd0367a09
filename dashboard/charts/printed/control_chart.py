"""The control chart for paper: the same marks, the list of what was tried, and the rules in force at its foot."""

from __future__ import annotations

import textwrap
from datetime import date
from typing import Any

from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, date2num, num2date
from matplotlib.figure import Figure
from matplotlib.ticker import FuncFormatter

from dashboard.charts import anatomy
from dashboard.charts.control_chart import apart, end_labels
from dashboard.charts.printed import paper
from dashboard.theme import HATCH, INK, PAPER, PURPLE, SHADE, SLATE
from dashboard.views.chart_numbers import middle_word
from metrics.series.spc.model import ControlChart, Phase
from metrics.words import capital, number, short_day

TITLE_LETTERS, FOOT_LETTERS = 78, 112
LINE_CM = 0.36
CLOSE_MARKS = 0.03
SHAPE_WORDS = {
    "common_cause": "circle",
    "improvement": "diamond",
    "concern_high": "triangle upwards",
    "concern_low": "triangle downwards",
    "neutral": "square",
    "excluded": "hollow circle",
}
"""The shapes by name: not every typeface has them as letters."""
LABEL_SHARE = 0.11
"""How far apart the labels at the right end stand, of the height."""


def control_chart(chart: ControlChart) -> Figure:
    """The figure, as wide as an A4 page between its margins and as high as its words need."""
    foot = _foot(chart)
    with paper.looks():
        figure, axes = paper.sheet(height_cm=paper.HEIGHT_CM + LINE_CM * len(foot))
        signs = 20 if anatomy.marked(chart) else 4
        axes.set_title(
            "\n".join(_wrapped(chart.title, TITLE_LETTERS)), loc="left", fontsize=11, weight="bold", pad=signs + 15
        )
        axes.annotate(
            textwrap.shorten(chart.unit, FOOT_LETTERS, placeholder=" …"), (0, 1), xycoords="axes fraction",
            xytext=(0, signs), textcoords="offset points", color=SLATE,
        )  # fmt: skip
        if chart.latest is None:
            axes.text(0.5, 0.5, "nothing recorded", transform=axes.transAxes, ha="center")
            axes.set_xticks([])
            axes.set_yticks([])
        else:
            draw(axes, chart, anatomy.height_range(chart))
            _labels(axes, chart)
            _earlier(axes, chart)
            _marks(axes, chart)
        figure.supxlabel("\n".join(foot), x=0.01, ha="left", fontsize=7.5, color=SLATE)
    return figure


def picture_svg(chart: ControlChart, prefix: str = "chart") -> str:
    """The picture as SVG, with its sentence as the description."""
    return paper.svg(control_chart(chart), title=chart.title, description=chart.sentence, prefix=prefix)


def picture_png(chart: ControlChart) -> bytes:
    """The picture as PNG."""
    return paper.png(control_chart(chart))


def on_axis(day: date) -> float:
    """Where a day stands on matplotlib's axis of time."""
    return float(date2num(day))  # type: ignore[no-untyped-call]


# Pieces also used side by side -----------------------------------------------------------------------


def draw(axes: Axes, chart: ControlChart, heights: tuple[float, float], *, small: bool = False) -> None:
    """Lines and points over an axis of days."""
    for first, end in anatomy.gaps(chart):
        axes.axvspan(on_axis(first), on_axis(end), color=SHADE, linewidth=0, zorder=0.5)
        wide = anatomy.share_of_span(chart, end) - anatomy.share_of_span(chart, first)
        if not small and wide >= 0.02:
            axes.text(
                on_axis(first + (end - first) / 2), 0.03, "no record", rotation=90, ha="center", va="bottom", color=SLATE,
                fontsize=8, transform=axes.get_xaxis_transform(),
            )  # fmt: skip
    for phase in chart.phases:
        _limits(axes, chart, phase)
        _paths(axes, anatomy.centre_paths(chart, phase), color=INK, linewidth=1.4, zorder=2)
    if chart.target is not None:
        first, last = anatomy.span(chart)
        _paths(axes, [[(first, chart.target), (last, chart.target)]], color=INK, linewidth=1.0, linestyle="-.")
    for run in anatomy.runs(chart):
        _paths(
            axes, [[(anatomy.at(chart, point), point.value) for point in run if point.value is not None]],
            color=HATCH, linewidth=1.0, zorder=2.5,
        )  # fmt: skip
    _points(axes, chart, 0.7 if small else 1.0)
    first, last = anatomy.span(chart)
    room = (last - first) / 60
    axes.set_xlim(on_axis(first - room), on_axis(last + room))
    axes.set_ylim(*heights)
    axes.locator_params(axis="y", nbins=4 if small else 6)
    if not small:
        _months(axes, first, last)


def _months(axes: Axes, first: date, last: date) -> None:
    """Few dates, with the year under the month."""
    months = (last - first).days / 30.4
    look = "%-d %b\n%Y" if months <= 4 else "%b\n%Y" if months <= 60 else "%Y"
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=7))  # type: ignore[no-untyped-call]
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: f"{num2date(at):{look}}"))  # type: ignore[no-untyped-call]


def _paths(axes: Axes, paths: list[anatomy.Path], **look: Any) -> None:
    for path in paths:
        axes.plot([on_axis(day) for day, _ in path], [value for _, value in path], **look)


def _limits(axes: Axes, chart: ControlChart, phase: Phase) -> None:
    if not anatomy.ranged(phase):
        return
    trial = phase.standing == "trial"
    for paths in (anatomy.upper_paths(chart, phase), anatomy.lower_paths(chart, phase)):
        _paths(axes, paths, color=HATCH if trial else SLATE, linewidth=1.1, linestyle=":" if trial else "--")


def _points(axes: Axes, chart: ControlChart, scale: float) -> None:
    for name in anatomy.looks_on(chart):
        look = anatomy.LOOKS[name]
        ours = [
            (anatomy.at(chart, point), point.value)
            for point in chart.points
            if point.value is not None and anatomy.look_name(point) == name
        ]
        hollow = name == "excluded"
        axes.plot(
            [on_axis(day) for day, _ in ours], [value for _, value in ours], linestyle="none", marker=look.marker,
            markersize=look.size * 0.58 * scale, color=look.colour, markeredgecolor=SLATE if hollow else PAPER,
            markeredgewidth=1.0 if hollow else 0.5, zorder=3, label=look.words,
        )  # fmt: skip


# Words -----------------------------------------------------------------------------------------------


def _labels(axes: Axes, chart: ControlChart) -> None:
    labels = end_labels(chart)
    low, high = axes.get_ylim()
    wanted = [(level - low) / (high - low) for level, _ in labels]
    least = LABEL_SHARE * (1.25 if any("trial" in text for _, text in labels) else 1)
    for (_, text), height in zip(labels, apart(wanted, least, 1.0), strict=True):
        axes.text(1.01, height, text.replace("<br>", "\n"), transform=axes.transAxes, va="center", fontsize=9)


def _earlier(axes: Axes, chart: ControlChart) -> None:
    """The average of an earlier phase, over its line's beginning."""
    for phase in chart.phases[:-1]:
        ours = [point for point in chart.points[phase.first : phase.last + 1] if point.centre is not None]
        first, end = anatomy.reach(chart, phase.first)[0], anatomy.reach(chart, phase.last)[1]
        if not ours or anatomy.share_of_span(chart, end) - anatomy.share_of_span(chart, first) < 0.15:
            continue
        centre = ours[0].centre
        assert centre is not None
        drawn = [
            figure
            for point in ours
            for figure in (point.value, point.centre, chart.drawn(point.upper), chart.drawn(point.lower))
            if figure is not None
        ]
        low, high = axes.get_ylim()
        above = high - max(drawn) >= min(drawn) - low
        axes.annotate(
            f"{middle_word(chart)} {number(centre)}", (on_axis(first), max(drawn) if above else min(drawn)),
            xytext=(3, 3 if above else -3), textcoords="offset points", va="bottom" if above else "top",
            bbox={"facecolor": PAPER, "edgecolor": "none", "alpha": 0.8, "pad": 1},
        )  # fmt: skip


def _marks(axes: Axes, chart: ControlChart) -> None:
    for (sign, mark), row in zip(anatomy.marked(chart), anatomy.rows_of(chart, CLOSE_MARKS), strict=True):
        change = mark.kind == "change"
        colour = INK if change else PURPLE
        axes.axvline(
            on_axis(mark.on), color=colour, linewidth=1.4 if change else 1.0, linestyle="-" if change else ":", zorder=1.5
        )  # fmt: skip
        axes.annotate(
            sign, (on_axis(mark.on), 1), xycoords=axes.get_xaxis_transform(), xytext=(0, 5 - 12 * row),
            textcoords="offset points", ha="center", fontsize=8, weight="bold", color=colour,
            bbox={"facecolor": PAPER, "edgecolor": colour, "linewidth": 0.8, "pad": 1.5},
        )  # fmt: skip


def _foot(chart: ControlChart) -> list[str]:
    """What the signs stand for, what the shapes on this chart mean, the rules in force."""
    told = []
    for sign, mark in anatomy.marked(chart):
        began = "began " if mark.kind == "change" else ""
        told += _wrapped(f"{sign}: {began}{short_day(mark.on)}, {mark.label}", FOOT_LETTERS)
    meant = [f"{SHAPE_WORDS[name]}: {anatomy.LOOKS[name].words}" for name in anatomy.looks_on(chart)]
    if len(meant) > 1:
        told += _wrapped(f"{capital('; '.join(meant))}.", FOOT_LETTERS)
    return told + _wrapped(f"{chart.service.label}. {chart.convention}", FOOT_LETTERS)


def _wrapped(text: str, letters: int) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), letters)
