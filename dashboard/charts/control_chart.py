"""One outcome over time with its usual range: which points are a clear change, and which could be chance."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.charts import anatomy
from dashboard.safe import plotly_escape
from dashboard.theme import HATCH, INK, PAPER, PURPLE, SHADE, SLATE, template
from dashboard.views.chart_numbers import counts, middle_word, says, stretch
from metrics.series.spc.model import ChartPoint, ControlChart, Phase
from metrics.words import number, short_day

HEIGHT, COMPACT_HEIGHT = 380, 260
LABEL_PX, FOOT_PX = 15, 13
FOOT_LINE_PX = 17
FOOT_LETTERS = 52
"""So many letters of the foot fit on a telephone's width."""
LABEL_ROOM_PX = 100
"""Right of the points, for the words "usual range" in letters of 15 px."""
BETWEEN_LABELS_PX = 40
CLOSE_MARKS = 0.06
SMALL_LABEL_FROM = 0.22
"""An earlier phase of this share of the width has room for its average in words."""
GAP_LABEL_FROM = 0.03
MANY = 60
"""With more points than this each is drawn smaller."""


def control_chart(chart: ControlChart, *, compact: bool = False) -> go.Figure:
    """The figure. Nothing on it comes from a file without being escaped. ``compact``: lower, without the convention."""
    marks = anatomy.marked(chart)
    foot = [] if compact else textwrap.wrap(" ".join(chart.convention.split()), FOOT_LETTERS)
    height = COMPACT_HEIGHT if compact else HEIGHT
    below = 46 + FOOT_LINE_PX * len(foot) + 10 if foot else 46
    above = (60 if 1 in anatomy.rows_of(chart, CLOSE_MARKS) else 34) if marks else 14
    figure = go.Figure()
    figure.update_layout(template=template(), height=height + below - 46, showlegend=False, uirevision="control-chart")
    figure.update_layout(margin={"l": 8, "r": LABEL_ROOM_PX, "t": above, "b": below})
    if not any(point.value is not None for point in chart.points):
        return _nothing(figure)
    low, high = anatomy.height_range(chart)
    _gaps(figure, chart)
    _lines_and_points(figure, chart)
    _marks(figure, chart)
    _labels(figure, chart, (low, high), height - above - 46)
    _earlier(figure, chart, (low, high))
    _foot(figure, foot)
    _axes(figure, chart, (low, high))
    return figure


def _axes(figure: go.Figure, chart: ControlChart, heights: tuple[float, float]) -> None:
    first, last = anatomy.span(chart)
    room = timedelta(days=max(2, (last - first).days // 60))
    months = (last - first).days / 30.4
    figure.update_xaxes(
        type="date", range=[first - room, last + room], nticks=6, automargin=False,
        tickformat="%-d %b\n%Y" if months <= 5 else "%b\n%Y" if months <= 60 else "%Y",
    )  # fmt: skip
    if chart.step == "month" and months <= 6:
        figure.update_xaxes(
            tickvals=[anatomy.at(chart, point) for point in chart.points],
            ticktext=[f"{point.period.first:%b}<br>{point.period.first:%Y}" for point in chart.points],
        )
    figure.update_yaxes(range=list(heights))
    if chart.ceiling is not None and heights[0] <= 0:
        figure.update_yaxes(tick0=0, dtick=chart.ceiling / 5)


def _nothing(figure: go.Figure) -> go.Figure:
    figure.update_xaxes(visible=False)
    figure.update_yaxes(visible=False)
    figure.add_annotation(
        x=0.5, y=0.5, xref="paper", yref="paper", text="nothing recorded yet", showarrow=False,
        font={"size": LABEL_PX, "color": SLATE},
    )  # fmt: skip
    return figure


def lines_and_points(chart: ControlChart) -> tuple[go.Scatter, ...]:
    """The traces alone, for a panel among others."""
    figure = go.Figure()
    _lines_and_points(figure, chart)
    return tuple(figure.data)


def _lines_and_points(figure: go.Figure, chart: ControlChart) -> None:
    for phase in chart.phases:
        _limits(figure, chart, phase)
        _centre(figure, chart, phase)
    _target(figure, chart)
    _path(figure, chart)
    _points(figure, chart)


# Lines -----------------------------------------------------------------------------------------------


def _line(figure: go.Figure, paths: Sequence[anatomy.Path], name: str, look: dict[str, object]) -> None:
    """Several stretches as one trace, with a hole between any two of them."""
    if not paths:
        return
    across: list[date | None] = []
    up: list[float | None] = []
    for path in paths:
        if across:
            across.append(None)
            up.append(None)
        across += [day for day, _ in path]
        up += [value for _, value in path]
    figure.add_trace(
        go.Scatter(x=across, y=up, mode="lines", line=look, name=name, hoverinfo="skip", connectgaps=False)
    )


def _limits(figure: go.Figure, chart: ControlChart, phase: Phase) -> None:
    """Dashed; paler and dotted where they rest on few points; nothing where there are too few."""
    if not anatomy.ranged(phase):
        return
    trial = phase.standing == "trial"
    look = {"color": HATCH if trial else SLATE, "width": 1.8, "dash": "dot" if trial else "dash"}
    _line(figure, anatomy.upper_paths(chart, phase), "usual range to", look)
    _line(figure, anatomy.lower_paths(chart, phase), "usual range from", look)


def _centre(figure: go.Figure, chart: ControlChart, phase: Phase) -> None:
    _line(figure, anatomy.centre_paths(chart, phase), middle_word(chart), {"color": INK, "width": 2})


def _target(figure: go.Figure, chart: ControlChart) -> None:
    if chart.target is not None:
        _line(
            figure, [[(day, chart.target) for day in anatomy.span(chart)]], "target",
            {"color": INK, "width": 1.5, "dash": "longdashdot"},
        )  # fmt: skip


def _path(figure: go.Figure, chart: ControlChart) -> None:
    paths = [
        [(anatomy.at(chart, point), point.value) for point in run if point.value is not None]
        for run in anatomy.runs(chart)
    ]
    _line(figure, paths, "path", {"color": HATCH, "width": 1.5})


def _points(figure: go.Figure, chart: ControlChart) -> None:
    """One trace for each meaning, each with a shape of its own."""
    for name in anatomy.looks_on(chart):
        look = anatomy.LOOKS[name]
        ours = [
            place
            for place, point in enumerate(chart.points)
            if point.value is not None and anatomy.look_name(point) == name
        ]
        hollow = name == "excluded"
        figure.add_trace(
            go.Scatter(
                x=[anatomy.at(chart, chart.points[place]) for place in ours],
                y=[chart.points[place].value for place in ours],
                mode="markers",
                marker={
                    "symbol": look.symbol,
                    "size": look.size - (2 if len(chart.points) > MANY else 0),
                    "color": look.colour,
                    "opacity": 1,
                    "line": {"width": 1.8 if hollow else 1, "color": SLATE if hollow else PAPER},
                },
                name=look.words,
                customdata=[[_hover(chart, place)] for place in ours],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )


def _hover(chart: ControlChart, place: int) -> str:
    point = chart.points[place]
    assert point.value is not None
    lines = [
        plotly_escape(stretch(chart, point.period)),
        plotly_escape(f"{number(point.value)} {chart.unit}"),
        plotly_escape(counts(chart, point)),
        *(plotly_escape(line) for line in textwrap.wrap(says(chart, place), 44)),
    ]
    return "<br>".join(line for line in lines if line)


# Gaps and marks --------------------------------------------------------------------------------------


def _gaps(figure: go.Figure, chart: ControlChart) -> None:
    """A grey band where nothing was recorded, so that the hole is seen."""
    for first, end in anatomy.gaps(chart):
        figure.add_shape(
            type="rect", xref="x", yref="paper", x0=first, x1=end, y0=0, y1=1, layer="below", fillcolor=SHADE,
            line={"width": 0}, name="no record",
        )  # fmt: skip
        if anatomy.share_of_span(chart, end) - anatomy.share_of_span(chart, first) >= GAP_LABEL_FROM:
            figure.add_annotation(
                x=first + (end - first) / 2, y=0.02, xref="x", yref="paper", yanchor="bottom", text="no record",
                textangle=-90, showarrow=False, font={"size": 14, "color": SLATE},
            )  # fmt: skip


def _marks(figure: go.Figure, chart: ControlChart) -> None:
    """A line and a sign each: numbers for changes that were tried, letters for what else happened."""
    marks = anatomy.marked(chart)
    changes = sum(mark.kind == "change" for _, mark in marks)
    for (sign, mark), row in zip(marks, anatomy.rows_of(chart, CLOSE_MARKS), strict=True):
        change = mark.kind == "change"
        colour = INK if change else PURPLE
        figure.add_shape(
            type="line", xref="x", yref="paper", x0=mark.on, x1=mark.on, y0=0, y1=1, layer="below", name=sign,
            line={"color": colour, "width": 2 if change else 1.5, "dash": "solid" if change else "dot"},
        )  # fmt: skip
        place = anatomy.share_of_span(chart, mark.on)
        alone = change and changes == 1 and len(marks) == 1
        figure.add_annotation(
            x=mark.on, y=1, xref="x", yref="paper", yanchor="bottom", yshift=3 + 26 * row, showarrow=False,
            text=f"<b>began {short_day(mark.on)}</b>" if alone else f"<b>{plotly_escape(sign)}</b>",
            xanchor="center" if not alone or 0.25 <= place <= 0.75 else "left" if place < 0.25 else "right",
            font={"size": LABEL_PX if alone else 14, "color": colour},
            bordercolor=None if alone else colour, borderwidth=0 if alone else 1, borderpad=2, bgcolor=PAPER,
        )  # fmt: skip


# Words on the picture --------------------------------------------------------------------------------


def end_labels(chart: ControlChart) -> list[tuple[float, str]]:
    """What the lines at the right end are called, each at its height: short lines of words, highest first."""
    last = _last_with_centre(chart)
    found: list[tuple[float, str]] = []
    if last is not None and last.centre is not None:
        high, low = chart.drawn(last.upper), chart.drawn(last.lower)
        found.append((last.centre, f"{middle_word(chart)}<br>{number(last.centre)}"))
        if high is not None and not chart.phases[last.phase].no_variation:
            says_low = "up to" if low is None or chart.chart == "mr" else f"{number(low)} to"
            trial = "<br>(on trial)" if chart.phases[last.phase].standing == "trial" else ""
            found.append((high, f"usual range<br>{says_low} {number(high)}{trial}"))
    if chart.target is not None:
        found.append((chart.target, f"target<br>{number(chart.target)}"))
    return sorted(found, key=lambda each: -each[0])


def _last_with_centre(chart: ControlChart) -> ChartPoint | None:
    """The last point of the last phase over which a line runs."""
    if not chart.phases:
        return None
    phase = chart.phases[-1]
    ours = chart.points[phase.first : phase.last + 1]
    return next((point for point in reversed(ours) if point.centre is not None), None)


def apart(heights: Sequence[float], least: float, top: float) -> list[float]:
    """Places from the top down, at least so far from each other and as near to where they belong as that allows."""
    found: list[float] = []
    for height in heights:
        found.append(min(height, found[-1] - least if found else top))
    for place in range(len(found) - 1, -1, -1):
        floor = found[place + 1] + least if place + 1 < len(found) else 0.0
        found[place] = max(found[place], floor)
    return found


def _labels(figure: go.Figure, chart: ControlChart, heights: tuple[float, float], tall_px: float) -> None:
    """At the right end, beside the lines they name, pushed apart where two would cover each other."""
    labels = end_labels(chart)
    low, high = heights
    least = BETWEEN_LABELS_PX + (10 if any("trial" in text for _, text in labels) else 0)
    wanted = [(level - low) / (high - low) * tall_px for level, _ in labels]
    for (level, text), wish, found in zip(labels, wanted, apart(wanted, least, tall_px), strict=True):
        figure.add_annotation(
            x=1, y=level, xref="paper", yref="y", xanchor="left", yanchor="middle", xshift=6, yshift=found - wish,
            text=text, align="left", showarrow=False, font={"size": LABEL_PX, "color": INK},
        )  # fmt: skip


def _earlier(figure: go.Figure, chart: ControlChart, heights: tuple[float, float]) -> None:
    """The average of an earlier phase, on the side of its usual range where there is more room."""
    for phase in chart.phases[:-1]:
        ours = [point for point in chart.points[phase.first : phase.last + 1] if point.centre is not None]
        first, end = anatomy.reach(chart, phase.first)[0], anatomy.reach(chart, phase.last)[1]
        wide = anatomy.share_of_span(chart, end) - anatomy.share_of_span(chart, first)
        if not ours or wide < SMALL_LABEL_FROM:
            continue
        drawn = [
            figure_
            for point in ours
            for figure_ in (point.value, point.centre, chart.drawn(point.upper), chart.drawn(point.lower))
            if figure_ is not None
        ]
        above = heights[1] - max(drawn) >= min(drawn) - heights[0]
        centre = ours[0].centre
        assert centre is not None
        figure.add_annotation(
            x=first, y=max(drawn) if above else min(drawn), xref="x", yref="y", xanchor="left", xshift=4,
            yanchor="bottom" if above else "top", text=f"{middle_word(chart)} {number(centre)}", showarrow=False,
            font={"size": LABEL_PX, "color": INK}, bgcolor="rgba(255,255,255,0.8)",
        )  # fmt: skip


def _foot(figure: go.Figure, lines: Sequence[str]) -> None:
    """The rules in force, so that a picture of the chart carries them: from the very left, to fit a telephone."""
    if not lines:
        return
    figure.update_layout(
        title={
            "text": "<br>".join(plotly_escape(line) for line in lines),
            "font": {"size": FOOT_PX, "color": SLATE},
            "x": 0,
            "xref": "container",
            "xanchor": "left",
            "pad": {"l": 8},
            "y": (FOOT_LINE_PX * len(lines) - 6) / figure.layout.height,
            "yref": "container",
            "yanchor": "top",
            "automargin": False,
        }
    )
