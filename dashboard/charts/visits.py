"""Visits against the person's own times: one mark a visit, minutes up or down, thirty minutes either way shaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import plotly.graph_objects as go

from dashboard.charts.sketch import Sketch, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import BLUE, HATCH, PURPLE, SHADE, SLATE
from dashboard.views.visits import CLOSE, FURTHEST, VisitsShown

HEIGHT = 320
STEP = 30
"""Minutes from one line to the next."""


def _reach(minutes: Iterable[int]) -> int:
    """How far the picture reaches one way, in whole steps: no further than two hours, no less than one step."""
    furthest = max(CLOSE, *minutes)
    return min(FURTHEST, -(-furthest // STEP) * STEP)


def visits(shown: VisitsShown) -> go.Figure:
    """The figure. A visit further off than two hours stands at the edge, as a triangle."""
    sketch = Sketch("visits")
    sketch.update_layout(height=HEIGHT, margin={"l": 8, "r": 12, "t": 34, "b": 40})
    first, last = shown.visits[0].day, shown.visits[-1].day
    sketch.update_axis(
        "xaxis", type="date", range=[first - timedelta(days=2), last + timedelta(days=2)], tickformat="%b\n%Y", nticks=7
    )
    late, early = (_reach(sign * each.minutes for each in shown.visits) for sign in (1, -1))
    ticks = [at for at in range(-FURTHEST, FURTHEST + 1, STEP) if -early <= at <= late]
    sketch.update_axis(
        "yaxis", range=[-early - STEP / 3, late + STEP / 3], tickvals=ticks,
        ticktext=[f"{at:+d}" if at else "own time" for at in ticks],
    )  # fmt: skip
    sketch.add_shape(
        type="rect", xref="paper", x0=0, x1=1, yref="y", y0=-CLOSE, y1=CLOSE, layer="below", fillcolor=SHADE,
        line={"width": 0},
    )  # fmt: skip
    sketch.add_shape(
        type="line", xref="paper", x0=0, x1=1, yref="y", y0=0, y1=0, layer="below", line={"color": HATCH, "width": 1.5}
    )
    for side, colour in (("before", SLATE), ("since", BLUE)):
        ours = [each for each in shown.visits if (each.day < shown.start) == (side == "before")]
        sketch.add_trace(
            scatter(
                x=[each.day for each in ours], y=[max(-early, min(late, each.minutes)) for each in ours], mode="markers",
                name=side, customdata=[[plotly_escape(each.words)] for each in ours],
                hovertemplate="%{customdata[0]}<extra></extra>",
                marker={
                    "size": 8, "color": colour, "opacity": 0.75,
                    "symbol": [
                        "circle" if -early <= each.minutes <= late else f"triangle-{'up' if each.minutes > 0 else 'down'}"
                        for each in ours
                    ],
                },
            )
        )  # fmt: skip
    if first < shown.start <= last:
        sketch.add_shape(
            type="line", xref="x", x0=shown.start, x1=shown.start, yref="paper", y0=0, y1=1,
            line={"color": PURPLE, "width": 2, "dash": "dot"},
        )  # fmt: skip
        sketch.add_annotation(
            x=shown.start, y=1, xref="x", yref="paper", yanchor="bottom", text="<b>began</b>",
            font={"size": 14, "color": PURPLE},
        )  # fmt: skip
    return sketch.figure()
