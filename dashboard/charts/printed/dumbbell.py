"""The dumbbell on paper."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.dumbbell import row_words
from dashboard.charts.lines_of_words import Placed, colour_of
from dashboard.charts.printed import lines_of_words as rows
from dashboard.charts.printed import paper
from dashboard.charts.printed.letters import letters
from dashboard.theme import HATCH, INK, PAPER, SLATE
from dashboard.views.dumbbell import figure as said
from metrics.pictures.dumbbell import Dumbbell, DumbbellRow


def dumbbell(found: Dumbbell) -> Figure:
    """The figure: hollow before, filled after."""
    with paper.looks():
        figure, axes, places = rows.sheet_of_rows([row_words(row, found) for row in found.rows], 1.6)
        axes.set_xlim(-9, 112)
        axes.set_xticks([0, 25, 50, 75, 100])
        axes.set_xlabel("in 100 (○ before, ● after)", fontfamily=list(letters()))
        for row, place in zip(found.rows, places, strict=True):
            _row(axes, row, place)
    return figure


def _row(axes: Axes, row: DumbbellRow, place: Placed) -> None:
    if row.before is not None and row.after is not None:
        axes.plot([row.before, row.after], [place.at] * 2, color=HATCH, linewidth=2, zorder=2)
    for value, other, filled in ((row.before, row.after, False), (row.after, row.before, True)):
        if value is None:
            continue
        colour = colour_of(row.word) if filled else SLATE
        axes.plot(
            [value], [place.at], marker=rows.MARKERS[row.word] if filled else "o", markersize=8, linestyle="none",
            markerfacecolor=colour if filled else PAPER, markeredgecolor=colour, markeredgewidth=1.5,
            zorder=4 + filled, label="after" if filled else "before",
        )  # fmt: skip
        left = other is not None and (value < other or (value == other and not filled))
        axes.annotate(
            said(value), (value, place.at), xytext=(-7 if left else 7, 0), textcoords="offset points",
            ha="right" if left else "left", va="center", color=INK, fontweight="bold" if filled else "normal",
        )  # fmt: skip
        if filled and row.word == "better":
            rows.tick_on(axes, value, place.at)
