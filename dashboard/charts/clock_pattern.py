"""Events by hour of the day and by weekday: bars, an even spread as a thin line, what chance would bring as a band."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from dashboard.charts.sketch import Sketch, bars, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import BLUE, CHART_FONT_PX, HATCH, INK, MUTED, SHADE, SLATE
from dashboard.views.clock_pattern import STANDINGS, WEEKDAYS, clock
from metrics.pictures.clock_pattern import Bar, ClockPattern
from metrics.words import capital

HEIGHT = 580
WHOLE_STEPS_UP_TO = 5
PARTS_OF_DAY = ((2.5, "night"), (8.0, "breakfast"), (12.5, "lunch"), (17.0, "tea"), (22.2, "night"))
"""Where on the clock many places sleep and eat."""
HANDOVERS = (7, 14, 21)
HOUR_TICKS = (0, 3, 6, 9, 12, 15, 18, 21, 24)
BAND = "rgba(66,85,99,0.16)"
PANELS = ((0.55, 0.94), (0.0, 0.3))
"""From where to where each panel reaches up: hours above, weekdays below."""


def clock_pattern(found: ClockPattern) -> go.Figure:
    """The figure: two panels, one above the other, so that it can be read on a telephone too."""
    sketch = Sketch("clock-pattern")
    sketch.update_layout(height=HEIGHT, bargap=0.14, margin={"l": 8, "r": 12, "t": 8, "b": 8})
    _panel(
        sketch,
        found.hours,
        [hour + 0.5 for hour in range(24)],
        [_hour(hour) for hour in range(24)],
        "",
        found.enough_hours,
    )
    _panel(sketch, found.weekdays, [float(day) for day in range(7)], list(WEEKDAYS), "2", found.enough_days)
    sketch.update_layout(
        xaxis={
            "domain": [0, 1], "anchor": "y", "range": [0, 24], "tickvals": HOUR_TICKS,
            "ticktext": [str(hour) for hour in HOUR_TICKS],
        },
        xaxis2={
            "domain": [0, 1], "anchor": "y2", "range": [-0.5, 6.5], "tickvals": list(range(7)),
            "ticktext": [day[:3] for day in WEEKDAYS],
        },
        yaxis={"domain": list(PANELS[0]), "range": [0, _top(found.hours)], **_steps(found.hours)},
        yaxis2={"domain": list(PANELS[1]), "range": [0, _top(found.weekdays)], **_steps(found.weekdays)},
    )  # fmt: skip
    _named(sketch, f"{capital(found.outcome.many_things)} by hour of the day", PANELS[0][1])
    _named(sketch, f"{capital(found.outcome.many_things)} by weekday", PANELS[1][1])
    _under_the_hours(sketch)
    return sketch.figure()


def _hour(hour: int) -> str:
    return f"{clock(hour)} to {clock(hour + 1)}"


def _top(shown: Sequence[Bar]) -> float:
    return max(4.0, 1.14 * max(max(bar.count, bar.high) for bar in shown))


def _steps(shown: Sequence[Bar]) -> dict[str, object]:
    """Few ticks, and none between two whole numbers."""
    return {"nticks": 5} if _top(shown) > WHOLE_STEPS_UP_TO else {"tick0": 0, "dtick": 1}


def _panel(
    sketch: Sketch, shown: Sequence[Bar], places: list[float], names: list[str], axis: str, enough: bool
) -> None:
    """The band and the line lie over the bars: a bar that leaves the band is dark."""
    across, up = f"x{axis}", f"y{axis}"
    sketch.add_trace(
        bars(
            x=places, y=[bar.count for bar in shown], xaxis=across, yaxis=up, name="counted",
            marker={"color": [BLUE if enough and bar.standing != "chance" else HATCH for bar in shown], "line": {"width": 0}},
            customdata=[[name, STANDINGS[bar.standing] if enough else "too few to tell"] for name, bar in zip(names, shown, strict=True)],
            hovertemplate="%{customdata[0]}: %{y}<br>%{customdata[1]}<extra></extra>",
        )
    )  # fmt: skip
    if not enough:
        return
    sketch.add_trace(
        scatter(
            x=[place for place, bar in zip(places, shown, strict=True) if bar.standing != "chance"],
            y=[bar.count for bar in shown if bar.standing != "chance"], xaxis=across, yaxis=up, mode="text", name="mark",
            text=["▲" if bar.standing == "more" else "▼" for bar in shown if bar.standing != "chance"],
            textposition="top center", textfont={"size": 14, "color": INK}, hoverinfo="skip", cliponaxis=False,
        )
    )  # fmt: skip
    edges = [edge for place in places for edge in (place - 0.5, place + 0.5)]
    for name, heights in (("chance from", [bar.low for bar in shown]), ("chance to", [bar.high for bar in shown])):
        sketch.add_trace(
            scatter(
                x=edges, y=[height for height in heights for _ in range(2)], xaxis=across, yaxis=up, mode="lines",
                line={"width": 0}, hoverinfo="skip", name=name, fill="tonexty" if name == "chance to" else None,
                fillcolor=BAND,
            )
        )  # fmt: skip
    sketch.add_trace(
        scatter(
            x=edges, y=[bar.even for bar in shown for _ in range(2)], xaxis=across, yaxis=up, mode="lines",
            line={"color": SLATE, "width": 1.5, "dash": "dash"}, hoverinfo="skip", name="even spread",
        )
    )  # fmt: skip


def _named(sketch: Sketch, words: str, y: float) -> None:
    sketch.add_annotation(
        x=0, y=y, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=6,
        text=f"<b>{plotly_escape(words)}</b>", font={"size": CHART_FONT_PX, "color": INK},
    )  # fmt: skip


def _under_the_hours(sketch: Sketch) -> None:
    """Night and meals in one row under the axis, handovers in the next, with shaded nights above."""
    for first, last in ((0, 6), (22, 24)):
        sketch.add_shape(
            type="rect", xref="x", yref="paper", x0=first, x1=last, y0=PANELS[0][0], y1=PANELS[0][1], layer="below",
            fillcolor=SHADE, line={"width": 0}, name="night", opacity=0.6,
        )  # fmt: skip
    for row, names in ((30, PARTS_OF_DAY), (50, tuple((float(hour), "handover") for hour in HANDOVERS))):
        for place, words in names:
            sketch.add_annotation(
                x=place, y=PANELS[0][0], xref="x", yref="paper", yanchor="top", yshift=-row, text=words,
                font={"size": 14, "color": MUTED},
            )  # fmt: skip
