"""A released line in a small space: the control chart's drawing with its happenings as dashed marks with letters.

Only positions and the letters A, B, C are written in it: no value and no word of any file.
"""

from __future__ import annotations

from dashboard.charts.anatomy import marked
from dashboard.charts.mini import Heights, drawing, picture
from dashboard.theme import INK, PURPLE
from metrics.series.spc.model import ControlChart

WIDTH, HEIGHT, EDGE = 340.0, 130.0, 7.0


def released_line(chart: ControlChart, heights: Heights | None = None) -> str:
    """The picture's address; empty where no quarter is shown."""
    drawn = drawing(chart, WIDTH, HEIGHT, edge=EDGE, mark=9.0, every=True, heights=heights)
    if not drawn:
        return ""
    return picture(drawn.removesuffix("</svg>") + "".join(_marks(chart)) + "</svg>")


def _marks(chart: ControlChart) -> list[str]:
    """A dashed line just before the first quarter that lies wholly or partly after a happening began, a letter for each."""
    step = (WIDTH - 2 * EDGE) / max(1, len(chart.points) - 1)
    letters: dict[int, list[str]] = {}
    for letter, mark in marked(chart):
        place = next((n for n, point in enumerate(chart.points) if point.period.last >= mark.on), None)
        if place is not None:
            letters.setdefault(place, []).append(letter)
    found = []
    for place, here in letters.items():
        x = min(WIDTH - EDGE, max(EDGE, EDGE + (place - 0.5) * step))
        anchor = "start" if x < WIDTH / 4 else "end" if x > 3 * WIDTH / 4 else "middle"
        found.append(
            f'<path d="M{x:.1f} 14V{HEIGHT:g}" stroke="{PURPLE}" stroke-width="1.4" stroke-dasharray="4 3" fill="none"/>'
            f'<text x="{x:.1f}" y="12" font-family="Arial, sans-serif" font-size="13" font-weight="700" fill="{INK}" '
            f'text-anchor="{anchor}">{" ".join(here)}</text>'
        )
    return found
