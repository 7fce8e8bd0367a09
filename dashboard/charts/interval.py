"""One change as a dot with its range on a scale shared by a table's rows: a small picture without axes.

An SVG inside an image address, as the sparklines are: no value from a file is written in it, only positions.
"""

from __future__ import annotations

import base64
import math
from dataclasses import dataclass

from dashboard.markup import Html, tag
from dashboard.theme import HATCH, INK, PAPER, PURPLE, SLATE
from metrics.model import Scale

WIDTH, HEIGHT, EDGE = 300.0, 34.0, 8.0
MOST_TIMES, MOST_POINTS = 8.0, 100.0
LEAST_TIMES_SHOWN, LEAST_POINTS_SHOWN = 1.5, 10.0


@dataclass(frozen=True)
class Axis:
    """How far the scale reaches to either side of no change: a factor for ratios, points otherwise."""

    scale: Scale
    reach: float

    def place(self, figure: float) -> tuple[float, bool]:
        """Where a figure lies across the picture, and whether it lies beyond its edge."""
        share = figure / self.reach
        if self.scale == "ratio":
            share = math.log(figure) / math.log(self.reach) if figure > 0 else -math.inf
        kept = max(-1.0, min(1.0, share))
        return WIDTH / 2 + kept * (WIDTH / 2 - EDGE), abs(share) > 1.0 + 1e-9


def axis_for(scale: Scale, figures: list[float]) -> Axis:
    """A scale wide enough for the figures, and no wider than what still tells something."""
    if scale == "ratio":
        ratios = [max(figure, 1 / figure) for figure in figures if figure > 0]
        if any(figure <= 0 for figure in figures):
            ratios.append(MOST_TIMES)
        return Axis(scale, min(MOST_TIMES, max([LEAST_TIMES_SHOWN, *ratios])))
    widest = max([LEAST_POINTS_SHOWN if scale == "points" else 1.0, *(abs(figure) for figure in figures)])
    return Axis(scale, min(MOST_POINTS, widest))


@dataclass(frozen=True)
class Drawn:
    """A dot with its range; ``further`` is a second, longer range, drawn thin. A limit that does not exist is None."""

    estimate: float | None
    low: float | None
    high: float | None
    further: tuple[float | None, float | None] | None = None
    whole: bool = False


def interval(drawn: Drawn, axis: Axis, label: str) -> Html:
    """The picture, with what it shows as its text alternative."""
    source = "data:image/svg+xml;base64," + base64.b64encode(svg(drawn, axis).encode()).decode()
    return tag("img", src=source, alt=label, class_="leo-interval", width=f"{WIDTH:g}", height=f"{HEIGHT:g}")


def svg(drawn: Drawn, axis: Axis) -> Html:
    """The drawing itself."""
    colour, middle = (PURPLE if drawn.whole else SLATE), HEIGHT / 2
    none = tag(
        "line", x1=_at(WIDTH / 2), x2=_at(WIDTH / 2), y1="0", y2=_at(HEIGHT), stroke=HATCH, stroke_width="1.5",
        stroke_dasharray="4 3",
    )  # fmt: skip
    parts = [none]
    if drawn.further is not None:
        parts += _line(*drawn.further, axis, HATCH, 1.5, middle)
    parts += _line(drawn.low, drawn.high, axis, colour, 3.5, middle)
    if drawn.estimate is not None:
        x, beyond = axis.place(drawn.estimate)
        if not beyond and drawn.whole:
            points = f"{_at(x - 8)},{_at(middle)} {_at(x)},{_at(middle - 8)} {_at(x + 8)},{_at(middle)} {_at(x)},{_at(middle + 8)}"
            parts.append(tag("polygon", points=points, fill=colour, stroke=PAPER, stroke_width="1"))
        elif not beyond:
            parts.append(tag("circle", cx=_at(x), cy=_at(middle), r="6", fill=INK, stroke=PAPER, stroke_width="1"))
    return tag("svg", *parts, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", xmlns="http://www.w3.org/2000/svg")


def _line(low: float | None, high: float | None, axis: Axis, colour: str, width: float, y: float) -> list[Html]:
    """A line from one limit to the other, with an arrow where it goes on beyond the edge or has no end."""
    if low is None and high is None:
        return []
    left, off_left = axis.place(low) if low is not None else (EDGE, True)
    right, off_right = axis.place(high) if high is not None else (WIDTH - EDGE, True)
    parts = [tag("line", x1=_at(left), x2=_at(right), y1=_at(y), y2=_at(y), stroke=colour, stroke_width=f"{width:g}")]
    for x, off, way in ((left, off_left, -1), (right, off_right, 1)):
        if off:
            points = f"{_at(x + 7 * way)},{_at(y)} {_at(x - 2 * way)},{_at(y - 6)} {_at(x - 2 * way)},{_at(y + 6)}"
            parts.append(tag("polygon", points=points, fill=colour))
    return parts


def _at(position: float) -> str:
    return f"{position:.1f}"
