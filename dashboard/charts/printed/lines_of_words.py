"""Rows on paper: words above, marks below, as ``dashboard.charts.lines_of_words`` has them on the screen."""

from __future__ import annotations

from collections.abc import Sequence

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.lines_of_words import LINE_PX, Placed
from dashboard.charts.lines_of_words import placed as on_screen
from dashboard.charts.printed import paper
from dashboard.charts.printed.letters import letters
from dashboard.theme import INK, PAPER
from metrics.model import VerdictWord

CM_A_POINT = 0.02
"""How much paper a point of the screen's layout takes."""
MARKERS: dict[VerdictWord | None, str] = {
    "better": "o",
    "held steady": "D",
    "worse": "^",
    "cannot tell yet": "o",
    None: "s",
}


def sheet_of_rows(words: Sequence[tuple[str, str]], below_cm: float) -> tuple[Figure, Axes, list[Placed]]:
    """A sheet as high as its rows, with the words already on it. To be called inside ``paper.looks``."""
    places, height = on_screen(words)
    figure, axes = paper.sheet(height_cm=max(3.0, height * CM_A_POINT + below_cm))
    axes.set_ylim(height, 0)
    axes.yaxis.set_visible(False)
    axes.grid(visible=False)
    for place in places:
        for number, text in enumerate((*place.bold, *place.plain)):
            axes.text(
                0.0, place.top + number * LINE_PX, text, transform=axes.get_yaxis_transform(), ha="left", va="top",
                fontsize=9, fontweight="bold" if number < len(place.bold) else "normal", color=INK,
                fontfamily=list(letters()),
            )  # fmt: skip
    return figure, axes, places


def tick_on(axes: Axes, x: float, y: float) -> None:
    """The tick that tells "better" without its colour."""
    axes.text(x, y, "✔", ha="center", va="center", fontsize=6, color=PAPER, zorder=6, fontfamily=list(letters()))
