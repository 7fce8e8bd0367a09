"""A small line without axes: how an outcome went, and where changes began.

An SVG inside an image address, because Streamlit takes bare SVG out of ``st.html``. As a picture it can neither
run anything nor fetch anything, and its label is an ordinary ``alt``.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.markup import Html, tag
from dashboard.theme import BLUE, LINE, SLATE

WIDTH, HEIGHT, EDGE = 300.0, 64.0, 6.0


@dataclass(frozen=True)
class Spark:
    """Values one step apart (None where nothing is known), and steps at which a change began (3.5: mid-step)."""

    values: tuple[float | None, ...]
    starts: tuple[float, ...] = ()
    label: str = ""


def spark(line: Spark) -> Html:
    """The picture, or nothing where there is no line to draw."""
    drawing = svg(line)
    if not drawing:
        return drawing
    source = "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()
    return tag("img", src=source, alt=line.label, class_="leo-spark", width=f"{WIDTH:g}", height=f"{HEIGHT:g}")


def svg(line: Spark) -> Html:
    """The drawing itself. No value from a file is written in it, only positions."""
    known = [value for value in line.values if value is not None]
    if len(known) < 2:
        return Html("")
    across = (WIDTH - 2 * EDGE) / max(1, len(line.values) - 1)
    top = max(known) * 1.08 or 1.0

    def spot(step: int, value: float) -> tuple[float, float]:
        return EDGE + step * across, HEIGHT - EDGE - (HEIGHT - 2 * EDGE) * value / top

    marks = [
        tag(
            "line",
            x1=_at(x),
            x2=_at(x),
            y1="0",
            y2=_at(HEIGHT),
            stroke=SLATE,
            stroke_width="1.5",
            stroke_dasharray="3 3",
        )
        for x in (EDGE + start * across for start in line.starts)
    ]
    floor = tag("line", x1="0", x2=_at(WIDTH), y1=_at(HEIGHT - 1), y2=_at(HEIGHT - 1), stroke=LINE, stroke_width="1")
    lines = [
        tag("polyline", points=" ".join(f"{_at(x)},{_at(y)}" for x, y in run), fill="none", stroke=BLUE,
            stroke_width="2.5", stroke_linejoin="round", stroke_linecap="round")
        for run in _runs(line.values, spot)
    ]  # fmt: skip
    step, value = max((step, value) for step, value in enumerate(line.values) if value is not None)
    x, y = spot(step, value)
    dot = tag("circle", cx=_at(x), cy=_at(y), r="5", fill=BLUE)
    return tag(
        "svg", floor, *marks, *lines, dot, viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}", xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _runs(
    values: Sequence[float | None], spot: Callable[[int, float], tuple[float, float]]
) -> list[list[tuple[float, float]]]:
    """Stretches without a gap; a single known value between two gaps is drawn as a very short line."""
    runs: list[list[tuple[float, float]]] = [[]]
    for step, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append(spot(step, value))
    return [run if len(run) > 1 else [run[0], (run[0][0] + 0.1, run[0][1])] for run in runs if run]


def _at(position: float) -> str:
    return f"{position:.1f}"
