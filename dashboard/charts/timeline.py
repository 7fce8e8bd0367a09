"""One person's time: bars week by week, and under them a lane for each kind of thing that has a day."""

from __future__ import annotations

from datetime import date, timedelta

import plotly.graph_objects as go

from dashboard.charts.sketch import Part, Sketch, bars, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import BLUE, CHART_FONT_PX, HATCH, INK, MUTED, PURPLE, SHADE, SLATE
from dashboard.views.one_person import LaneShown, Timeline
from metrics.words import short_day

BARS_PX, LANE_PX, GAP_PX, TOP_PX, FOOT_PX = 190, 46, 18, 30, 44
MARK_PX = 12


def timeline(shown: Timeline) -> go.Figure:
    """The figure. What comes from a file is escaped, and nothing on it names a person."""
    sketch = Sketch("timeline")
    up = BARS_PX if shown.bars else 0
    down = LANE_PX * len(shown.lanes) + (GAP_PX if shown.bars and shown.lanes else 0)
    inner = max(up + down, LANE_PX)
    sketch.update_layout(
        height=inner + TOP_PX + FOOT_PX, margin={"l": 8, "r": 12, "t": TOP_PX, "b": FOOT_PX}, barmode="overlay",
        bargap=0.12,
    )  # fmt: skip
    sketch.update_axis("xaxis", **_days(shown), anchor="free", position=0)
    if shown.bars:
        sketch.update_axis("yaxis", **_counts(shown), domain=[down / inner, 1])
        _weeks(sketch, shown)
    sketch.update_axis(
        "yaxis2", domain=[0, LANE_PX * max(len(shown.lanes), 1) / inner], range=[-len(shown.lanes) + 0.55, 0.55], visible=False,
        anchor="x", fixedrange=True,
    )  # fmt: skip
    for place, lane in enumerate(shown.lanes):
        _lane(sketch, lane, place)
    _start(sketch, shown)
    return sketch.figure()


def _days(shown: Timeline) -> Part:
    first, last = shown.period.first, shown.period.last
    return {
        "type": "date", "range": [first - timedelta(days=1), last + timedelta(days=1)], "tickformat": "%b\n%Y",
        "nticks": 8, "showgrid": True, "gridcolor": SHADE,
    }  # fmt: skip


def _counts(shown: Timeline) -> Part:
    top = max(max(bar.of, bar.count) for bar in shown.bars) or 1
    step = max(1, -(-top // 4))
    return {"range": [0, top * 1.26], "tickvals": list(range(0, top + 1, step)), "anchor": "x"}


def _weeks(sketch: Sketch, shown: Timeline) -> None:
    """A pale bar for all that was looked at, a dark one for those of it that count."""
    middles = [bar.period.first + timedelta(days=3) for bar in shown.bars]
    sketch.add_trace(
        bars(
            x=middles, y=[bar.of for bar in shown.bars], name="looked at", hoverinfo="skip",
            marker={"color": SHADE, "line": {"color": HATCH, "width": 1}},
        )
    )  # fmt: skip
    colours = [SLATE if bar.period.first < shown.start else BLUE for bar in shown.bars]
    sketch.add_trace(
        bars(
            x=middles, y=[bar.count for bar in shown.bars], name="counted", marker={"color": colours},
            customdata=[
                [f"{short_day(bar.period.first)} to {short_day(bar.period.last)}: {bar.count} of {bar.of}"]
                for bar in shown.bars
            ],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )  # fmt: skip
    sketch.add_annotation(
        x=0, y=1, xref="paper", yref="y domain", xanchor="left", yanchor="top", align="left",
        text=f"<b>{plotly_escape(_first_up(shown.counted))}</b>",
        font={"size": CHART_FONT_PX, "color": INK}, bgcolor="rgba(255,255,255,0.85)",
    )  # fmt: skip


def _first_up(words: str) -> str:
    return words[:1].upper() + words[1:]


def _lane(sketch: Sketch, lane: LaneShown, place: int) -> None:
    height = -place
    sketch.add_annotation(
        x=0, y=height + 0.32, xref="paper", yref="y2", xanchor="left", yanchor="middle", text=plotly_escape(lane.name),
        font={"size": 14, "color": MUTED},
    )  # fmt: skip
    sketch.add_shape(
        type="line", xref="paper", x0=0, x1=1, yref="y2", y0=height - 0.14, y1=height - 0.14, layer="below",
        line={"color": SHADE, "width": 1},
    )  # fmt: skip
    for mark in lane.marks:
        if mark.until is not None and mark.until > mark.day:
            sketch.add_trace(
                scatter(
                    x=[mark.day, mark.until], y=[height - 0.14] * 2, yaxis="y2", mode="lines", hoverinfo="skip",
                    line={"color": INK, "width": 5}, name="lasting",
                )
            )  # fmt: skip
    sketch.add_trace(
        scatter(
            x=[mark.day for mark in lane.marks], y=[height - 0.14] * len(lane.marks), yaxis="y2", mode="markers",
            name=lane.lane,
            marker={
                "symbol": [mark.symbol for mark in lane.marks], "size": MARK_PX, "color": INK, "opacity": 0.85,
                "line": {"width": 1.6, "color": INK},
            },
            customdata=[[plotly_escape(mark.words)] for mark in lane.marks],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )  # fmt: skip


def _start(sketch: Sketch, shown: Timeline) -> None:
    """When it began, through all lanes; settling-in days in grey; when it ended."""
    if shown.settling is not None:
        sketch.add_shape(
            type="rect", xref="x", yref="paper", x0=shown.settling.first, x1=shown.settling.last + timedelta(days=1), y0=0,
            y1=1, layer="below", fillcolor="rgba(138,150,160,0.18)", line={"width": 0},
        )  # fmt: skip
    _upright(sketch, shown.start, "began")
    if shown.end is not None:
        _upright(sketch, shown.end, "ended")


def _upright(sketch: Sketch, when: date, words: str) -> None:
    sketch.add_shape(
        type="line",
        xref="x",
        yref="paper",
        x0=when,
        x1=when,
        y0=0,
        y1=1,
        line={"color": PURPLE, "width": 2, "dash": "dot"},
    )
    sketch.add_annotation(
        x=when,
        y=1,
        xref="x",
        yref="paper",
        yanchor="bottom",
        text=f"<b>{words}</b>",
        font={"size": 14, "color": PURPLE},
    )
