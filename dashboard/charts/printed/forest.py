"""The forest on paper."""

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.forest import Across, row_words
from dashboard.charts.lines_of_words import Placed, colour_of
from dashboard.charts.printed import lines_of_words as rows
from dashboard.charts.printed import paper
from dashboard.charts.printed.letters import letters
from dashboard.theme import MUTED, PAPER, PURPLE, SLATE
from dashboard.views.forest import NO_RANGE, end_words, margin_words
from metrics.pictures.forest import Forest, ForestRow


def forest(found: Forest) -> Figure:
    """The figure: estimates and ranges, a row each, no row for all of them."""
    across = Across.of(found)
    with paper.looks():
        figure, axes, places = rows.sheet_of_rows([row_words(row) for row in found.rows], 2.0)
        axes.set_xlim(-across.reach * 1.08, across.reach * 1.08)
        values, words = across.ticks()
        axes.set_xticks(values, words)
        left, right = end_words(found)
        for x, side, text in ((0.0, "left", left), (1.0, "right", right)):
            axes.annotate(
                text, (x, 0), xycoords="axes fraction", xytext=(0, -22), textcoords="offset points", ha=side, va="top",
                fontfamily=list(letters()),
            )  # fmt: skip
        axes.axvline(0, color=SLATE, linewidth=1, linestyle="--", zorder=1)
        if found.margin is not None:
            place = across.kept(found.margin)[0]
            axes.axvline(place, color=PURPLE, linewidth=1.2, linestyle=":", zorder=1)
            axes.annotate(
                margin_words(found), (place, 1), xycoords=("data", "axes fraction"), xytext=(0, 3),
                textcoords="offset points", ha="center", va="bottom", color=PURPLE,
            )  # fmt: skip
        for row, where in zip(found.rows, places, strict=True):
            _row(axes, row, where, across, shared_margin=found.margin is not None)
    return figure


def _row(axes: Axes, row: ForestRow, place: Placed, across: Across, *, shared_margin: bool) -> None:
    if not row.has_range:
        axes.text(0, place.at, NO_RANGE, transform=axes.get_yaxis_transform(), color=MUTED, va="center")
        return
    colour = colour_of(row.word)
    low, low_cut = (-across.reach, True) if row.low is None else across.kept(row.low)
    high, high_cut = (across.reach, True) if row.high is None else across.kept(row.high)
    axes.plot([low, high], [place.at] * 2, color=colour, linewidth=2.5, zorder=3, label="range")
    for end, cut, marker in ((low, low_cut, "<"), (high, high_cut, ">")):
        if cut:
            axes.plot([end], [place.at], marker=marker, markersize=7, color=colour, linestyle="none", zorder=3)
    if row.margin is not None and not shared_margin:
        at = across.kept(row.margin)[0]
        axes.plot([at, at], [place.at - 12, place.at + 12], color=PURPLE, linewidth=1.2, linestyle=":", zorder=2)
    if row.estimate is not None and not across.kept(row.estimate)[1]:
        at = across.kept(row.estimate)[0]
        axes.plot(
            [at], [place.at], marker=rows.MARKERS[row.word], markersize=8, color=colour, markeredgecolor=PAPER,
            linestyle="none", zorder=4, label="estimate",
        )  # fmt: skip
        if row.word == "better":
            rows.tick_on(axes, at, place.at)
