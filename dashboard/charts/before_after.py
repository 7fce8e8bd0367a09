"""The one chart people explore: an outcome week by week, its average before and after, and the day it began."""

from __future__ import annotations

from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.safe import plotly_escape
from dashboard.theme import HATCH, INK, MARKS, PAPER, PURPLE, SHADE, SLATE, template
from dashboard.views.story import PARTS, WEEKLY, Level, Point, Story
from data.model import Period
from metrics.words import number, short_day, whole

HEIGHT = 400
LABEL_PX = 15
WHOLE_STEPS_UP_TO = 9
CLOSE_DAYS_SHARE = 0.06
"""Marks of happenings nearer to each other than this share of the width stand in two rows."""


def before_after(told: Story) -> go.Figure:
    """The figure. Nothing on it comes from a file without being escaped, and nothing on it names a person."""
    figure = go.Figure()
    figure.update_layout(template=template(), height=HEIGHT, uirevision="before-after", showlegend=False)
    figure.update_layout(margin={"l": 8, "r": 14, "t": 58 if told.happenings else 32, "b": 8})
    known = [point for point in told.points if point.value is not None]
    if not known:
        return figure
    _bands(figure, told)
    _usual(figure, told)
    _path(figure, told)
    _marks(figure, told)
    _level(figure, told.before, told, "before", SLATE)
    _level(figure, told.after, told, "after", MARKS[told.word].colour)
    _line(figure, told)
    _start(figure, told)
    _happenings(figure, told)
    first, last = told.points[0].period.first, told.points[-1].period.last
    months = (last - first).days / 30.4
    figure.update_xaxes(
        type="date",
        range=[first - timedelta(days=2), last + timedelta(days=2)],
        tickformat="%-d %b\n%Y" if months <= 8 else "%b\n%Y",
        nticks=6,
    )
    figure.update_yaxes(range=[0, _top(told)], rangemode="tozero")
    if told.unit == WEEKLY and _top(told) <= WHOLE_STEPS_UP_TO:
        figure.update_yaxes(tick0=0, dtick=1)
    return figure


def _top(told: Story) -> float:
    """Room above the highest value; a share never needs more than its whole."""
    values = [point.value for point in told.points if point.value is not None]
    values += [level.value for level in (told.before, told.after, told.line) if level is not None]
    values += [usual.high for usual in told.usual]
    top = max(values) * 1.18
    if told.unit == WEEKLY:
        top = max(top, 1.3)
    if told.most is not None:
        top = min(top, told.most * 1.06)
    return top or 1.0


def _bands(figure: go.Figure, told: Story) -> None:
    """Settling-in days in grey; the bad spell left out of "before" with a dotted edge. Both say what they are."""
    bands = (
        (told.settling, told.set_aside, {"fillcolor": SHADE, "line": {"width": 0}}),
        (told.left_out, "left out", {"fillcolor": PAPER, "line": {"width": 1.5, "dash": "dot", "color": HATCH}}),
    )
    for period, words, look in bands:
        if period is None:
            continue
        first, after_last = period.first, period.last + timedelta(days=1)
        low = _points_are_high(told, period)
        figure.add_shape(
            type="rect", xref="x", yref="paper", x0=first, x1=after_last, y0=0, y1=1, layer="below", **look
        )
        figure.add_annotation(
            x=first + (after_last - first) / 2,
            y=0.02 if low else 0.98,
            xref="x",
            yref="paper",
            yanchor="bottom" if low else "top",
            text=words,
            textangle=-90,
            showarrow=False,
            font={"size": 14, "color": SLATE},
        )


def _points_are_high(told: Story, period: Period) -> bool:
    """Whether the points inside a band lie in the upper half, so that its label belongs at the foot."""
    inside = [point.value for point in told.points if point.value is not None and point.period.overlaps(period)]
    return bool(inside) and sum(inside) / len(inside) > _top(told) / 2


def _usual(figure: go.Figure, told: Story) -> None:
    """The usual range of each side, dashed; dotted and paler where it rests on few points."""
    for usual in told.usual:
        ends = [usual.period.first, usual.period.last + timedelta(days=1)]
        look = {"color": HATCH if usual.trial else SLATE, "width": 1.5, "dash": "dot" if usual.trial else "dash"}
        for height in (usual.low, usual.high):
            figure.add_trace(
                go.Scatter(x=ends, y=[height] * 2, mode="lines", line=look, hoverinfo="skip", name="usual range")
            )


def _path(figure: go.Figure, told: Story) -> None:
    """A line through the points; for one person's few events a stem under each week instead."""
    if told.counts:
        known = [point for point in told.points if point.value]
        across = [at for point in known for at in (point.middle, point.middle, None)]
        up = [height for point in known for height in (0, point.value, None)]
    else:
        across = [point.middle for point in told.points]
        up = [point.value for point in told.points]
    figure.add_trace(
        go.Scatter(
            x=across,
            y=up,
            mode="lines",
            line={"color": HATCH, "width": 3 if told.counts else 1.5},
            hoverinfo="skip",
            name="path",
            connectgaps=False,
        )
    )


def _marks(figure: go.Figure, told: Story) -> None:
    """Filled marks are the days compared; hollow ones are shown for the picture."""
    colours = {"before": SLATE, "after": MARKS[told.word].colour}
    for part in PARTS:
        ours = [point for point in told.points if point.part == part and point.value is not None]
        if not ours:
            continue
        filled = part in colours
        figure.add_trace(
            go.Scatter(
                x=[point.middle for point in ours],
                y=[point.value for point in ours],
                mode="markers",
                marker={
                    "size": 10 if filled else 8,
                    "color": colours.get(part, PAPER),
                    "line": {"width": 1.5, "color": PAPER if filled else HATCH},
                },
                name=part,
                customdata=[[_hover(point, told)] for point in ours],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )


def _hover(point: Point, told: Story) -> str:
    assert point.value is not None
    days = f"{short_day(point.period.first)} to {short_day(point.period.last)}"
    counts = f"{whole(point.tally.numerator)} over {whole(point.tally.denominator)}"
    return f"{days}<br>{number(point.value)} {plotly_escape(told.unit)} ({counts})<br>{PARTS[point.part]}"


def _level(figure: go.Figure, level: Level | None, told: Story, side: str, colour: str) -> None:
    """The average of one side, drawn over its own days and labelled where it meets the change."""
    if level is None:
        return
    ends = [level.period.first, level.period.last + timedelta(days=1)]
    figure.add_trace(
        go.Scatter(
            x=ends, y=[level.value] * 2, mode="lines", line={"color": colour, "width": 4}, name=f"average {side}",
            hoverinfo="skip",
        )
    )  # fmt: skip
    above = _label_above(level, told, side)
    figure.add_annotation(
        x=ends[1] if side == "before" else ends[0],
        y=level.value,
        text=f"<b>{side} {plotly_escape(level.words)}</b>",
        showarrow=False,
        xanchor="right" if side == "before" else "left",
        yanchor="bottom" if above else "top",
        yshift=5 if above else -5,
        font={"size": LABEL_PX, "color": INK if side == "before" else colour},
        bgcolor="rgba(255,255,255,0.7)",
        borderpad=1,
    )


def _line(figure: go.Figure, told: Story) -> None:
    """A figure known from elsewhere, thin and dashed, named at its end."""
    if told.line is None:
        return
    figure.add_shape(
        type="line", xref="paper", yref="y", x0=0, x1=1, y0=told.line.value, y1=told.line.value, layer="below",
        line={"color": INK, "width": 1.5, "dash": "dash"},
    )  # fmt: skip
    figure.add_annotation(
        x=1, y=told.line.value, xref="paper", yref="y", xanchor="right", yanchor="bottom", showarrow=False,
        text=plotly_escape(told.line.words), font={"size": LABEL_PX, "color": INK},
    )  # fmt: skip


def _label_above(level: Level, told: Story, side: str) -> bool:
    """The higher of the two averages is labelled above its line, the lower below, unless the floor is near."""
    other = told.after if side == "before" else told.before
    near_floor = level.value < _top(told) * 0.14
    if other is None or other.value == level.value:
        return True
    return near_floor or level.value > other.value


def _start(figure: go.Figure, told: Story) -> None:
    figure.add_shape(
        type="line", xref="x", yref="paper", x0=told.start, x1=told.start, y0=0, y1=1, line={"color": INK, "width": 2}
    )
    place = _place(told.start, told)
    anchor = "center" if 0.25 <= place <= 0.75 else ("left" if place < 0.25 else "right")
    figure.add_annotation(
        x=told.start, y=1, xref="x", yref="paper", yanchor="bottom", yshift=28 if told.happenings else 6, xanchor=anchor,
        text=f"<b>{told.began} {short_day(told.start)}</b>", showarrow=False, font={"size": LABEL_PX, "color": INK},
    )  # fmt: skip


def _happenings(figure: go.Figure, told: Story) -> None:
    """A thin dotted line and a number each; the list under the chart says what the numbers mean."""
    lately: float | None = None
    raised = False
    for each in told.happenings:
        place = _place(each.on, told)
        raised = lately is not None and place - lately < CLOSE_DAYS_SHARE and not raised
        lately = place
        figure.add_shape(
            type="line", xref="x", yref="paper", x0=each.on, x1=each.on, y0=0, y1=1, layer="below",
            line={"color": PURPLE, "width": 1.5, "dash": "dot"},
        )  # fmt: skip
        figure.add_annotation(
            x=each.on, y=0.9 if raised else 1, xref="x", yref="paper", yanchor="bottom", yshift=2,
            text=f"<b>{plotly_escape(each.mark)}</b>", showarrow=False, font={"size": 14, "color": PURPLE},
            bordercolor=PURPLE, borderwidth=1, borderpad=2, bgcolor=PAPER,
        )  # fmt: skip


def _place(on: date, told: Story) -> float:
    """How far along the chart a day lies, from 0 to 1."""
    first, last = told.points[0].period.first, told.points[-1].period.last
    return (on - first).days / max(1, (last - first).days)
