"""Still here, moved, left in another way: a panel each, in steps, with how many are still followed underneath."""

from __future__ import annotations

import textwrap
from collections.abc import Callable, Sequence
from typing import Literal

import plotly.graph_objects as go

from dashboard.charts.sketch import Part, Sketch, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import BLUE, CHART_FONT_PX, INK, MUTED, SLATE
from dashboard.views.staying_curve import axis_words, legend, panel_names
from metrics.pictures.staying_curve import Share, StayCurve, StayCurves, StayStep, looks_up_to

PANEL_PX, NAME_PX, GAP_PX = 140, 26, 22
FOLLOWED_PX = 21
LEAST_TOP = 10.0
LOOKS = {
    "before": (SLATE, "dash", "rgba(66,85,99,0.16)"),
    "after": (BLUE, "solid", "rgba(0,94,184,0.14)"),
    "whole": (BLUE, "solid", "rgba(0,94,184,0.14)"),
}
"""Colour, dash and band of each side."""
READINGS: tuple[Callable[[StayStep], Share], ...] = (
    lambda step: step.still_here,
    lambda step: step.moved,
    lambda step: step.gone,
)


def staying_curve(found: StayCurves) -> go.Figure:
    """The figure: three panels under one another. Shares are said in 100."""
    below = 62 + FOLLOWED_PX * (len(found.curves) + 1)
    height = 3 * (PANEL_PX + NAME_PX) + 2 * GAP_PX
    sketch = Sketch("staying")
    sketch.update_layout(height=height + below, margin={"l": 8, "r": 14, "t": 4, "b": below})
    last = max(curve.last_day for curve in found.curves)
    for panel, (name, reading) in enumerate(zip(panel_names(found), READINGS, strict=True)):
        top = 1 - panel * (PANEL_PX + NAME_PX + GAP_PX) / height
        domain = [max(0.0, top - (PANEL_PX + NAME_PX) / height), top - NAME_PX / height]
        axis = "" if panel == 0 else str(panel + 1)
        sketch.update_axis(f"yaxis{axis}", **_upright(found, reading, domain, panel))
        sketch.update_axis(f"xaxis{axis}", **_across(axis, last, panel))
        _name(sketch, name, top)
        for curve in found.curves:
            _curve(sketch, curve, reading, axis)
        _ends(sketch, found, reading, axis)
    _followed(sketch, found)
    return sketch.figure()


def _upright(found: StayCurves, reading: Callable[[StayStep], Share], domain: list[float], panel: int) -> Part:
    tops = [100 * limit_or_value(reading(step), "high") for curve in found.curves for step in curve.steps]
    top = 103.0 if panel == 0 else min(103.0, max(LEAST_TOP, 1.2 * max(tops)))
    return {"domain": domain, "range": [0, top], "nticks": 5, "rangemode": "tozero"}


def _across(axis: str, last: int, panel: int) -> Part:
    days = list(looks_up_to(last))
    return {
        "anchor": f"y{axis}",
        "range": [0, last * 1.02],
        "tickvals": days,
        "ticktext": [str(day) for day in days],
        "showticklabels": panel == 2,
        "matches": None if panel == 0 else "x",
    }


def _name(sketch: Sketch, name: str, top: float) -> None:
    first, *_ = textwrap.wrap(name, 46)
    sketch.add_annotation(
        x=0, y=top, xref="paper", yref="paper", xanchor="left", yanchor="top", align="left",
        text=f"<b>{plotly_escape(first)}</b>, in 100", font={"size": CHART_FONT_PX, "color": INK},
    )  # fmt: skip


def in_steps(curve: StayCurve, reading: Callable[[StayStep], float]) -> tuple[list[int], list[float]]:
    """Corners of a step line, up to the last day that is drawn."""
    days: list[int] = []
    heights: list[float] = []
    for step, following in zip(curve.steps, [*curve.steps[1:], None], strict=True):
        value = reading(step)
        days += [step.day, curve.last_day if following is None else following.day]
        heights += [100 * value] * 2
    return days, heights


def _curve(sketch: Sketch, curve: StayCurve, reading: Callable[[StayStep], Share], axis: str) -> None:
    colour, dash, band = LOOKS[curve.part]
    axes = {"xaxis": f"x{axis}", "yaxis": f"y{axis}"}
    limits: Sequence[tuple[str, Callable[[StayStep], float]]] = (
        ("band foot", lambda step: limit_or_value(reading(step), "low")),
        ("band", lambda step: limit_or_value(reading(step), "high")),
    )
    for name, limit in limits:
        days, heights = in_steps(curve, limit)
        sketch.add_trace(
            scatter(
                x=days, y=heights, mode="lines", line={"width": 0}, hoverinfo="skip", name=f"{name} {curve.part}",
                fill="tonexty" if name == "band" else None, fillcolor=band, **axes,
            )
        )  # fmt: skip
    days, heights = in_steps(curve, lambda step: reading(step).value)
    sketch.add_trace(
        scatter(
            x=days, y=heights, mode="lines", line={"color": colour, "width": 3, "dash": dash}, name=curve.part,
            hovertemplate=f"{legend(curve)} day %{{x}}: %{{y:.0f}} in 100<extra></extra>", **axes,
        )
    )  # fmt: skip


def limit_or_value(share: Share, end: Literal["low", "high"]) -> float:
    """A limit to draw; where there is none yet, before the first event, the share itself."""
    limit = share.low if end == "low" else share.high
    return share.value if limit is None else limit


def _ends(sketch: Sketch, found: StayCurves, reading: Callable[[StayStep], Share], axis: str) -> None:
    """The word for each line where it ends; the higher line's above, the lower's below."""
    ordered = sorted(found.curves, key=lambda curve: -reading(curve.steps[-1]).value)
    for place, curve in enumerate(ordered):
        share = 100 * reading(curve.steps[-1]).value
        words = f"{legend(curve)} {share:.0f}".strip()
        alone = len(found.curves) == 1  # above its band, where no line runs through it
        height = 100 * limit_or_value(reading(curve.steps[-1]), "high") if alone else share
        below = place == 1 and share > 3
        sketch.add_annotation(
            x=curve.last_day, y=height, xref=f"x{axis}", yref=f"y{axis}", xanchor="right",
            yanchor="top" if below else "bottom", yshift=-3 if below else 3,
            xshift=0 if place == 0 or below else -80, text=f"<b>{words}</b>", bgcolor="rgba(255,255,255,0.7)",
            font={"size": CHART_FONT_PX, "color": LOOKS[curve.part][0]},
        )  # fmt: skip


def _followed(sketch: Sketch, found: StayCurves) -> None:
    """Rows of numbers under the axis: how many were still followed on each day written there."""
    _under(sketch, axis_words(found), 26, x=1, anchor="right", paper=True)
    _under(sketch, "People still followed:", 26 + FOLLOWED_PX, x=0, anchor="left", paper=True)
    for row, curve in enumerate(found.curves):
        shift = 26 + FOLLOWED_PX * (row + 2)
        for day, people in curve.followed:
            word = f"{legend(curve)} " if day == 0 and legend(curve) else ""
            _under(sketch, f"{word}{people}", shift, x=day, anchor="left" if day == 0 else "center", paper=False)


def _under(sketch: Sketch, words: str, shift: int, *, x: float, anchor: str, paper: bool) -> None:
    sketch.add_annotation(
        x=x, y=0, xref="paper" if paper else "x3", yref="paper", xanchor=anchor, yanchor="top", yshift=-shift,
        text=plotly_escape(words), font={"size": 14, "color": MUTED if paper else INK},
    )  # fmt: skip
