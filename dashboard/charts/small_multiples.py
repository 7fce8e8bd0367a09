"""One measure for several parts, services or groups side by side, on one scale unless each is to have its own."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go
from plotly.subplots import make_subplots

from dashboard.charts import anatomy, control_chart
from dashboard.charts.mini import drawing, picture
from dashboard.markup import Html, join, tag
from dashboard.safe import plotly_escape
from dashboard.theme import INK, SHADE, template
from dashboard.views.chart_numbers import end_of_axis
from metrics.series.spc.model import ControlChart
from metrics.words import capital, number

MOST = 12
PANEL_PX, PANEL_GAP_PX = 190, 62
CARD_WIDTH, CARD_HEIGHT = 340, 130


def panel_names(charts: Sequence[ControlChart]) -> list[str]:
    """What tells the panels apart: the part, else the service, else the outcome."""
    if len({chart.part for chart in charts}) > 1 or any(chart.part for chart in charts):
        return [capital(chart.part) if chart.part else "Altogether" for chart in charts]
    if len({chart.service.service_id for chart in charts}) > 1:
        return [chart.service.label for chart in charts]
    return [chart.outcome.name for chart in charts]


def shared_heights(charts: Sequence[ControlChart]) -> tuple[float, float]:
    """One scale for all."""
    ranges = [anatomy.height_range(chart) for chart in charts if chart.latest is not None]
    if not ranges:
        return 0.0, 1.0
    return min(low for low, _ in ranges), max(high for _, high in ranges)


# For pages -------------------------------------------------------------------------------------------


def small_multiples_html(charts: Sequence[ControlChart], *, own_scale: bool = False, most: int = MOST) -> Html:
    """A grid of cards that falls to one column on a telephone; at most so many, and it says how many more there are."""
    shown = charts[:most]
    heights = None if own_scale else shared_heights(shown)
    cards = [_card(name, chart, heights) for name, chart in zip(panel_names(charts), shown, strict=False)]
    more = len(charts) - len(shown)
    rest = tag("p", f"and {more} more, not drawn here", class_="leo-muted") if more else Html("")
    return join([tag("ul", *cards, class_="leo-multiples"), rest])


def _card(name: str, chart: ControlChart, heights: tuple[float, float] | None) -> Html:
    drawn = drawing(chart, CARD_WIDTH, CARD_HEIGHT, mark=9.0, every=True, heights=heights)
    title = tag("h3", name, class_="leo-multiple-name")
    latest = chart.latest
    if not drawn or latest is None or latest.value is None:
        return tag("li", title, tag("p", "no record", class_="leo-muted"), class_="leo-multiple")
    figure = tag(
        "p", tag("b", number(latest.value)), f" {chart.unit}", tag("span", said_shortly(chart), class_="leo-under")
    )
    ends = tag(
        "p",
        tag("span", end_of_axis(chart, chart.points[0])),
        tag("span", end_of_axis(chart, chart.points[-1])),
        class_="leo-multiple-ends",
    )
    image = tag(
        "img", src=picture(drawn), alt=chart.sentence, class_="leo-multiple-picture", width=str(CARD_WIDTH),
        height=str(CARD_HEIGHT),
    )  # fmt: skip
    return tag("li", title, figure, image, ends, class_="leo-multiple")


def said_shortly(chart: ControlChart) -> str:
    """The title without the outcome's name: "a clear change, lower than usual"."""
    _, _, rest = chart.title.rpartition(": ")
    return rest


# As one figure ---------------------------------------------------------------------------------------


def small_multiples(charts: Sequence[ControlChart], *, own_scale: bool = False, columns: int = 3) -> go.Figure:
    """All panels in one figure, ``columns`` beside each other (3 on a wide screen, 1 on a narrow one)."""
    shown = charts[:MOST]
    figure = go.Figure()
    if not shown:
        figure.update_layout(template=template(), height=PANEL_PX)
        return figure
    rows = -(-len(shown) // columns)
    tall = rows * PANEL_PX + (rows - 1) * PANEL_GAP_PX
    figure = make_subplots(
        rows, columns, shared_yaxes=not own_scale, horizontal_spacing=0.05,
        vertical_spacing=PANEL_GAP_PX / tall if rows > 1 else 0,
    )  # fmt: skip
    figure.update_layout(
        template=template(), height=tall + 76, showlegend=False, margin={"l": 8, "r": 12, "t": 34, "b": 42}
    )
    heights = shared_heights(shown)
    for place, (name, chart) in enumerate(zip(panel_names(charts), shown, strict=False)):
        _panel(figure, name, chart, place, columns, anatomy.height_range(chart) if own_scale else heights)
    for place in range(len(shown), rows * columns):
        row, column = divmod(place, columns)
        figure.update_xaxes(visible=False, row=row + 1, col=column + 1)
        figure.update_yaxes(visible=False, row=row + 1, col=column + 1)
    return figure


def _panel(
    figure: go.Figure, name: str, chart: ControlChart, place: int, columns: int, heights: tuple[float, float]
) -> None:
    row, column = divmod(place, columns)
    where = {"row": row + 1, "col": column + 1}
    axis = str(place + 1) if place else ""
    latest = chart.latest
    said = f": {number(latest.value)}" if latest is not None and latest.value is not None else ": no record"
    figure.add_annotation(
        x=0, y=1, xref=f"x{axis} domain", yref=f"y{axis} domain", xanchor="left", yanchor="bottom", yshift=4,
        text=f"<b>{plotly_escape(name)}{said}</b>", showarrow=False, font={"size": 15, "color": INK},
    )  # fmt: skip
    figure.update_yaxes(range=list(heights), nticks=4, **where)
    if latest is None:
        # Without any trace the panel, and its name with it, would not be drawn.
        figure.add_trace(go.Scatter(x=[], y=[], name="nothing"), **where)
        figure.update_xaxes(visible=False, **where)
        return
    for trace in control_chart.lines_and_points(chart):
        trace.marker.size = (trace.marker.size or 8) - 2 if trace.mode == "markers" else None
        figure.add_trace(trace, **where)
    for first, end in anatomy.gaps(chart):
        figure.add_shape(
            type="rect", xref=f"x{axis}", yref=f"y{axis} domain", x0=first, x1=end, y0=0, y1=1, layer="below",
            fillcolor=SHADE, line={"width": 0}, name="no record",
        )  # fmt: skip
    first, last = anatomy.span(chart)
    figure.update_xaxes(type="date", range=[first, last], showticklabels=False, ticks="", automargin=False, **where)
    for x, anchor, point in ((0, "left", chart.points[0]), (1, "right", chart.points[-1])):
        figure.add_annotation(
            x=x, y=0, xref=f"x{axis} domain", yref=f"y{axis} domain", xanchor=anchor, yanchor="top", yshift=-4,
            text=plotly_escape(end_of_axis(chart, point)), showarrow=False, font={"size": 15, "color": INK},
        )  # fmt: skip
