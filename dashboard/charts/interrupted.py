"""The whole record around a start: what was, the pattern in it, and what would have been."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.safe import plotly_escape
from dashboard.theme import HATCH, INK, PAPER, PURPLE, SHADE, SLATE, template
from dashboard.views.interrupted import SeriesChart
from metrics.series.interrupted import SeriesPoint
from metrics.words import number, short_day, whole

HEIGHT = 360
LABEL_PX = 15
BAND = "rgba(91,58,142,0.14)"
EDGE = timedelta(days=6)
FEW = 40
"""Up to so many points each is drawn larger."""

Reading = Callable[[SeriesPoint], float | None]


def over_time(told: SeriesChart) -> go.Figure:
    """The figure. Nothing on it comes from a file without being escaped, and nothing on it names a person."""
    figure = go.Figure()
    figure.update_layout(template=template(), height=HEIGHT, uirevision="over-time", showlegend=False)
    figure.update_layout(margin={"l": 8, "r": 14, "t": 32, "b": 8})
    shown = [point for point in told.points if point.observed is not None]
    if not shown:
        return figure
    _settling(figure, told)
    _band(figure, told)
    _observed(figure, told)
    for part in ("before", "after"):
        ours = [point for point in shown if point.part == part]
        _line(figure, told, ours, lambda point: point.fitted, f"pattern {part}", {"color": INK, "width": 2.5})
    after = [point for point in shown if point.part == "after"]
    _line(
        figure, told, after, lambda point: point.expected, "what would have been",
        {"color": PURPLE, "width": 3, "dash": "dash"},
    )  # fmt: skip
    _start(figure, told)
    first, last = shown[0].period.first, shown[-1].period.last
    figure.update_xaxes(
        type="date", range=[first - EDGE, last + EDGE], nticks=7,
        tickformat="%b\n%Y" if (last - first).days < 1100 else "%Y",
    )  # fmt: skip
    figure.update_yaxes(range=_range(told))
    return figure


def _range(told: SeriesChart) -> list[float]:
    values = [
        figure * told.factor
        for point in told.points
        for figure in (point.observed, point.fitted, point.expected, point.low, point.high)
        if figure is not None
    ]
    # A band may run off far from the start; the picture is of what was recorded.
    seen = [point.observed * told.factor for point in told.points if point.observed is not None]
    top = min(max(values), max(max(seen) * 2, 1e-9))
    if told.from_zero:
        top = top * 1.08 or 1.0
        return [0, min(top, told.most * 1.04) if told.most is not None else top]
    low = min(values)
    room = (top - low) * 0.08 or 1.0
    return [low - room, top + room]


def _middle(point: SeriesPoint) -> date:
    return point.period.first + (point.period.last - point.period.first) // 2


def _settling(figure: go.Figure, told: SeriesChart) -> None:
    if told.settling is None:
        return
    figure.add_shape(
        type="rect", xref="x", yref="paper", x0=told.settling.first, x1=told.settling.last + timedelta(days=1), y0=0,
        y1=1, layer="below", fillcolor=SHADE, line={"width": 0}, name="settling in",
    )  # fmt: skip
    figure.add_annotation(
        x=told.settling.first + (told.settling.last - told.settling.first) / 2, y=0.02, xref="x", yref="paper",
        yanchor="bottom", text="settling in", textangle=-90, showarrow=False, font={"size": 14, "color": SLATE},
    )  # fmt: skip


def _band(figure: go.Figure, told: SeriesChart) -> None:
    ours = [point for point in told.points if point.low is not None and point.high is not None]
    if not ours:
        return
    for name, reading in (("band foot", _low), ("band", _high)):
        figure.add_trace(
            go.Scatter(
                x=[_middle(point) for point in ours],
                y=[(reading(point) or 0.0) * told.factor for point in ours],
                mode="lines", line={"width": 0}, hoverinfo="skip", name=name,
                fill="tonexty" if name == "band" else None, fillcolor=BAND,
            )
        )  # fmt: skip


def _low(point: SeriesPoint) -> float | None:
    return point.low


def _high(point: SeriesPoint) -> float | None:
    return point.high


def _observed(figure: go.Figure, told: SeriesChart) -> None:
    """Filled marks are fitted; hollow ones belong to neither side."""
    size = 8 if len(told.points) <= FEW else 6
    for name, hollow in (("recorded", False), ("fitted with neither side", True)):
        ours = [point for point in told.points if point.observed is not None and (point.part == "left out") is hollow]
        if not ours:
            continue
        figure.add_trace(
            go.Scatter(
                x=[_middle(point) for point in ours],
                y=[(point.observed or 0.0) * told.factor for point in ours],
                mode="markers",
                marker={
                    "size": size,
                    "color": PAPER if hollow else SLATE,
                    "line": {"width": 1.5 if hollow else 1, "color": HATCH if hollow else PAPER},
                },
                name=name,
                customdata=[[_hover(point, told)] for point in ours],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )


def _hover(point: SeriesPoint, told: SeriesChart) -> str:
    assert point.observed is not None
    days = f"{short_day(point.period.first)} to {short_day(point.period.last)}"
    counts = f"{whole(point.tally.numerator)} over {whole(point.tally.denominator)}"
    said = f"{days}<br>{number(point.observed * told.factor)} {plotly_escape(told.unit)} ({counts})"
    if point.expected is None:
        return said
    return f"{said}<br>would have been about {number(point.expected * told.factor)}"


def _line(
    figure: go.Figure,
    told: SeriesChart,
    points: Sequence[SeriesPoint],
    reading: Reading,
    name: str,
    look: dict[str, object],
) -> None:
    known = [(_middle(point), found) for point in points if (found := reading(point)) is not None]
    if not known:
        return
    figure.add_trace(
        go.Scatter(
            x=[at for at, _ in known], y=[found * told.factor for _, found in known], mode="lines", line=look, name=name,
            hoverinfo="skip",
        )
    )  # fmt: skip


def _start(figure: go.Figure, told: SeriesChart) -> None:
    figure.add_shape(
        type="line", xref="x", yref="paper", x0=told.start, x1=told.start, y0=0, y1=1, line={"color": INK, "width": 2}
    )
    first, last = told.points[0].period.first, told.points[-1].period.last
    place = (told.start - first).days / max(1, (last - first).days)
    figure.add_annotation(
        x=told.start, y=1, xref="x", yref="paper", yanchor="bottom", yshift=4,
        xanchor="center" if 0.25 <= place <= 0.75 else ("left" if place < 0.25 else "right"),
        text=f"<b>began {short_day(told.start)}</b>", showarrow=False, font={"size": LABEL_PX, "color": INK},
    )  # fmt: skip
