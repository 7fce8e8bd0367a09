"""A control chart in a small space, as an SVG picture: line, usual range as a tint, clear changes by shape.

Written as plain text piece by piece, because a matrix holds hundreds of them. No value from a file is written in it,
only positions. Points stand one step apart, also where they are events.
"""

from __future__ import annotations

import base64
from collections.abc import Sequence

from dashboard.charts.anatomy import LOOKS, height_range, look_name
from dashboard.theme import HATCH, INK, SLATE
from metrics.series.spc.model import ControlChart, Phase

TINT = "#E3E9EE"
Heights = tuple[float, float]
_Piece = tuple[float, float, tuple[float, float, float]]
"""From where to where, at which upper limit, lower limit and average."""


def picture(drawing: str) -> str:
    """The address of a picture: Streamlit takes bare SVG out of its markup."""
    return "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()


def shape(name: str, x: float, y: float, size: float) -> str:
    """The mark of a look, centred, about ``size`` across."""
    colour, half = LOOKS[name].colour, size / 2
    if name == "improvement":
        tip = half * 1.25
        return f'<path d="M{x:.1f} {y - tip:.1f}l{tip:.1f} {tip:.1f}l{-tip:.1f} {tip:.1f}l{-tip:.1f} {-tip:.1f}z" fill="{colour}"/>'
    if name in ("concern_high", "concern_low"):
        up = half * 1.2 if name == "concern_high" else -half * 1.2
        return f'<path d="M{x:.1f} {y - up:.1f}l{half * 1.25:.1f} {2 * up:.1f}h{-half * 2.5:.1f}z" fill="{colour}"/>'
    if name == "neutral":
        return f'<rect x="{x - half:.1f}" y="{y - half:.1f}" width="{size:.1f}" height="{size:.1f}" fill="{colour}"/>'
    ring = f' stroke="{SLATE}" stroke-width="1.3"' if name == "excluded" else ""
    return f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{half:.1f}" fill="{colour}"{ring}/>'


UNSEEN_PX = 0.7
"""In the smallest drawings steps of the usual range lower than this are not drawn one by one."""


def drawing(
    chart: ControlChart,
    width: float,
    height: float,
    *,
    edge: float = 7.0,
    mark: float = 8.0,
    every: bool = False,
    heights: Heights | None = None,
) -> str:
    """The drawing, or nothing where no figure is known. ``every``: all points, the average and the limits' edges."""
    points = chart.points
    if not points or all(point.value is None for point in points):
        return ""
    low, high = heights or height_range(chart)
    step = (width - 2 * edge) / max(1, len(points) - 1)
    tall = (height - 2 * edge) / ((high - low) or 1.0)
    foot = height - edge
    pieces = [f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}">']
    for phase in chart.phases:
        if phase.standing != "none":
            pieces += _bands(chart, phase, edge, step, foot, tall, low, drawn_edges=every)
    line, joined, last_phase = [], False, -1
    for place, point in enumerate(points):
        if point.value is None:
            joined = False
            continue
        go = "L" if joined and point.phase == last_phase else "M"
        line.append(f"{go}{edge + place * step:.1f} {foot - (point.value - low) * tall:.1f}")
        joined, last_phase = True, point.phase
    pieces.append(
        f'<path d="{"".join(line)}" fill="none" stroke="{HATCH if every else SLATE}" stroke-width="{1.3 if every else 1.6}"'
        ' stroke-linejoin="round" stroke-linecap="round"/>'
    )
    last = max(place for place, point in enumerate(points) if point.value is not None)
    for place in range(len(points)) if every else (last,):
        value = points[place].value
        if value is None:
            continue
        name = look_name(points[place])
        size = mark if name != "common_cause" or place == last else mark * 0.6
        pieces.append(shape(name, edge + place * step, foot - (value - low) * tall, size))
    pieces.append("</svg>")
    return "".join(pieces)


def _bands(
    chart: ControlChart, phase: Phase, edge: float, step: float, foot: float, tall: float, low: float,
    *, drawn_edges: bool,
) -> list[str]:  # fmt: skip
    """The usual range of one phase as a tint, in steps where it differs from point to point, broken where it is not."""
    found: list[str] = []
    pieces: list[_Piece] = []
    trial = phase.standing == "trial"
    for place in range(phase.first, phase.last + 1):
        point = chart.points[place]
        top = chart.drawn(point.upper)
        if top is None or point.centre is None:
            if pieces:
                found.append(_band(pieces, drawn_edges=drawn_edges, trial=trial))
            pieces = []
            continue
        bottom = chart.drawn(point.lower)
        if bottom is None or chart.chart == "mr":
            bottom = chart.floor or 0.0
        levels = (foot - (top - low) * tall, foot - (bottom - low) * tall, foot - (point.centre - low) * tall)
        right = edge + (place + 0.5) * step
        if pieces and _alike(pieces[-1][2], levels, 0.0 if drawn_edges else UNSEEN_PX):
            pieces[-1] = (pieces[-1][0], right, levels)
        else:
            pieces.append((edge + (place - 0.5) * step, right, levels))
    if pieces:
        found.append(_band(pieces, drawn_edges=drawn_edges, trial=trial))
    return found


def _alike(one: tuple[float, ...], other: tuple[float, ...], within: float) -> bool:
    return all(abs(a - b) <= within for a, b in zip(one, other, strict=True))


def _band(pieces: Sequence[_Piece], *, drawn_edges: bool, trial: bool) -> str:
    """One unbroken stretch of a usual range: tint, and where wanted its edges and its average."""
    top = "L".join(f"{left:.1f} {up:.1f}L{right:.1f} {up:.1f}" for left, right, (up, _, _) in pieces)
    bottom = "L".join(f"{right:.1f} {down:.1f}L{left:.1f} {down:.1f}" for left, right, (_, down, _) in reversed(pieces))
    tint = f'<path d="M{top}L{bottom}z" fill="{TINT}"/>'
    if not drawn_edges:
        return tint
    middle = "L".join(f"{left:.1f} {at:.1f}L{right:.1f} {at:.1f}" for left, right, (_, _, at) in pieces)
    dashes = "1.5 3" if trial else "5 4"
    return (
        f'{tint}<path d="M{top}M{bottom}" fill="none" stroke="{SLATE}" stroke-width="1" stroke-dasharray="{dashes}"/>'
        f'<path d="M{middle}" fill="none" stroke="{INK}" stroke-width="1.4"/>'
    )
