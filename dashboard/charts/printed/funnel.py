"""The funnel on paper: the same figures and limits, names beside those outside."""

from __future__ import annotations

from typing import Any

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.funnel import top
from dashboard.charts.printed.paper import looks, sheet
from dashboard.theme import HATCH, INK, PAPER, PURPLE, SLATE
from dashboard.views.services_funnel import FunnelPage
from metrics.across.funnel import Standing
from metrics.words import capital, number

MARKS: dict[Standing | None, dict[str, Any]] = {
    None: {"marker": "o", "s": 30, "facecolors": HATCH, "edgecolors": PAPER},
    "inside": {"marker": "o", "s": 30, "facecolors": HATCH, "edgecolors": PAPER},
    "edge": {"marker": "D", "s": 32, "facecolors": PAPER, "edgecolors": PURPLE, "linewidths": 1.5},
    "outside": {"marker": "D", "s": 40, "facecolors": PURPLE, "edgecolors": PAPER},
}


def funnel(page: FunnelPage) -> Figure:
    """The figure, in the size of the pack's pictures."""
    with looks():
        figure, axes = sheet()
        if page.funnel.dots:
            _limits(axes, page)
            _dots(axes, page)
            axes.set_ylim(0, top(page))
        axes.set_xlabel(capital(page.across))
        axes.set_title(page.unit, loc="left", fontsize=9)
        axes.xaxis.set_major_formatter(lambda value, _: f"{value:,.0f}")
    return figure


def _limits(axes: Axes, page: FunnelPage) -> None:
    edges = page.funnel.edges
    across = [edge.exposure / page.each for edge in edges]
    for high, low, line, words in (
        ("outer_high", "outer_low", "-", "998 in 1,000"),
        ("inner_high", "inner_low", "--", "95 in 100"),
    ):
        for side in (high, low) if edges else ():
            heights = [getattr(edge, side) for edge in edges]
            axes.plot(across, heights, linestyle=line, color=HATCH, linewidth=1.0)
        if edges:
            axes.annotate(
                words, (across[-1], getattr(edges[-1], high)), ha="right", va="bottom", fontsize=8, color=INK
            )  # fmt: skip
    if page.funnel.centre is not None:
        axes.axhline(page.funnel.centre, color=SLATE, linewidth=1.3)
        axes.annotate(
            f"together {number(page.funnel.centre)}", (0, page.funnel.centre), xycoords=("axes fraction", "data"),
            xytext=(2, 2), textcoords="offset points", ha="left", va="bottom", fontsize=8,
        )  # fmt: skip


def _dots(axes: Axes, page: FunnelPage) -> None:
    for standing, look in MARKS.items():
        ours = [dot for dot in page.funnel.dots if dot.standing == standing]
        if ours:
            axes.scatter(
                [dot.tally.denominator / page.each for dot in ours], [dot.value for dot in ours], zorder=3, **look
            )
    middle = sum(axes.get_xlim()) / 2
    for dot in page.labelled:
        at = dot.tally.denominator / page.each
        right = at < middle
        axes.annotate(
            dot.name, (at, dot.value), xytext=(6 if right else -6, 6), textcoords="offset points",
            ha="left" if right else "right", va="center", fontsize=9, fontweight="bold", color=INK,
        )  # fmt: skip
