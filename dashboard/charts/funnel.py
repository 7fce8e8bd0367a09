"""The funnel: each service's figure over how much it records, and how far chance alone may carry it."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.safe import plotly_escape
from dashboard.theme import HATCH, INK, PAPER, PURPLE, SLATE, template
from dashboard.views.services_funnel import STANDING, FunnelPage
from metrics.across.funnel import Dot, Standing
from metrics.words import capital, number, short_day, whole

HEIGHT = 440
LABEL_PX = 14
CLOSE = 0.08
"""Two labels nearer than this share of the height would lie on each other."""
MARKS: dict[Standing | None, dict[str, object]] = {
    None: {"symbol": "circle", "size": 11, "color": HATCH, "line": {"width": 1.5, "color": PAPER}},
    "inside": {"symbol": "circle", "size": 11, "color": HATCH, "line": {"width": 1.5, "color": PAPER}},
    "edge": {"symbol": "diamond", "size": 13, "color": PAPER, "line": {"width": 2.5, "color": PURPLE}},
    "outside": {"symbol": "diamond", "size": 15, "color": PURPLE, "line": {"width": 1.5, "color": PAPER}},
}
OUTER, INNER = ("outer_low", "outer_high"), ("inner_low", "inner_high")


def funnel(page: FunnelPage) -> go.Figure:
    """The figure. No colour grades anybody: grey where chance explains it, purple where there is a question."""
    found = page.funnel
    figure = go.Figure()
    figure.update_layout(template=template(), height=HEIGHT, uirevision="funnel", showlegend=False)
    figure.update_layout(margin={"l": 8, "r": 16, "t": 30, "b": 8})
    if not found.dots:
        return figure
    _limits(figure, page)
    _centre(figure, page)
    for standing in (None, "inside", "edge", "outside"):
        _marks(figure, page, standing)
    _names(figure, page)
    low, high = _across(page)
    figure.update_xaxes(range=[low, high], nticks=5, tickformat=",.0f", title=_below(page))
    figure.update_yaxes(range=[0, top(page)], rangemode="tozero")
    figure.add_annotation(
        x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom", yshift=6, showarrow=False,
        text=plotly_escape(page.unit), font={"size": LABEL_PX, "color": INK},
    )  # fmt: skip
    return figure


def _below(page: FunnelPage) -> dict[str, object]:
    return {
        "text": plotly_escape(capital(page.across)),
        "font": {"size": LABEL_PX, "color": INK},
    }


def top(page: FunnelPage) -> float:
    """Room above the highest figure and the highest limit; a share never needs more than its whole."""
    figures = [dot.value for dot in page.funnel.dots] + [edge.outer_high for edge in page.funnel.edges]
    highest = max(figures) * 1.1 or 1.0
    return min(highest, 104.0) if page.unit == "in 100" else highest


def _across(page: FunnelPage) -> tuple[float, float]:
    held = [dot.tally.denominator / page.each for dot in page.funnel.dots]
    if page.funnel.edges:
        return page.funnel.edges[0].exposure / page.each, page.funnel.edges[-1].exposure / page.each
    room = (max(held) - min(held)) * 0.15 or max(held) * 0.2 or 1.0
    return max(0.0, min(held) - room), max(held) + room


def _limits(figure: go.Figure, page: FunnelPage) -> None:
    """Inner limits dashed, outer ones whole; each named once at the right-hand end, on the side with more room."""
    edges = page.funnel.edges
    if not edges:
        return
    across, end = [edge.exposure / page.each for edge in edges], edges[-1]
    below = end.inner_low - end.outer_low > end.outer_high - end.inner_high
    for pair, words, dash, colour in ((OUTER, "998 in 1,000", "solid", HATCH), (INNER, "95 in 100", "dash", HATCH)):
        for side in pair:
            heights = [getattr(edge, side) for edge in edges]
            figure.add_trace(
                go.Scatter(
                    x=across, y=heights, mode="lines", line={"color": colour, "width": 1.5, "dash": dash},
                    name=f"{words}, {side}", hoverinfo="skip",
                )
            )  # fmt: skip
        figure.add_annotation(
            x=across[-1], y=getattr(edges[-1], pair[0] if below else pair[1]), xanchor="right",
            yanchor="top" if below else "bottom", yshift=-5 if below else 5, showarrow=False,
            text=words, font={"size": LABEL_PX, "color": SLATE},
        )  # fmt: skip


def _centre(figure: go.Figure, page: FunnelPage) -> None:
    if page.funnel.centre is None:
        return
    low, high = _across(page)
    figure.add_trace(
        go.Scatter(
            x=[low, high], y=[page.funnel.centre] * 2, mode="lines", line={"color": SLATE, "width": 2},
            name="together", hoverinfo="skip",
        )
    )  # fmt: skip
    left = _left_is_free(page, low, high)
    figure.add_annotation(
        x=low if left else high, y=page.funnel.centre, xanchor="left" if left else "right", yanchor="bottom",
        showarrow=False,
        text=f"together {number(page.funnel.centre)}", font={"size": LABEL_PX, "color": INK},
        bgcolor="rgba(255,255,255,0.75)", borderpad=1,
    )  # fmt: skip


def _left_is_free(page: FunnelPage, low: float, high: float) -> bool:
    """Whether the label of the centre line hides fewer points at its left end than at its right."""
    centre, room, wide = page.funnel.centre or 0.0, top(page) * 0.08, (high - low) * 0.25
    near = [dot.tally.denominator / page.each for dot in page.funnel.dots if -room / 3 < dot.value - centre < room]
    return sum(at < low + wide for at in near) <= sum(at > high - wide for at in near)


def _marks(figure: go.Figure, page: FunnelPage, standing: Standing | None) -> None:
    ours = [dot for dot in page.funnel.dots if dot.standing == standing]
    if not ours:
        return
    figure.add_trace(
        go.Scatter(
            x=[dot.tally.denominator / page.each for dot in ours],
            y=[dot.value for dot in ours],
            mode="markers",
            marker=MARKS[standing],
            name="services" if standing is None else STANDING[standing],
            customdata=[[_hover(dot, page)] for dot in ours],
            hovertemplate="%{customdata[0]}<extra></extra>",
        )
    )


def _hover(dot: Dot, page: FunnelPage) -> str:
    period = page.funnel.period
    counts = f"{whole(dot.tally.numerator)} over {whole(dot.tally.denominator / page.each)} {page.across}"
    said = "" if dot.standing is None else f"<br>{STANDING[dot.standing]}"
    return (
        f"<b>{plotly_escape(dot.name)}</b><br>{number(dot.value)} {plotly_escape(page.unit)} ({plotly_escape(counts)})"
        f"<br>{short_day(period.first)} to {short_day(period.last)}{said}"
    )


def _names(figure: go.Figure, page: FunnelPage) -> None:
    """Names stand beside those outside and beside the reader's own choice, on the side that has room."""
    low, high = _across(page)
    for dot in page.labelled:
        at = dot.tally.denominator / page.each
        right = (at - low) < (high - low) * 0.6
        on_the_line = page.funnel.centre is not None and abs(dot.value - page.funnel.centre) < CLOSE / 2 * top(page)
        figure.add_annotation(
            x=at, y=dot.value, xanchor="left" if right else "right", xshift=11 if right else -11,
            yshift=11 if on_the_line else 0, showarrow=False,
            text=f"<b>{plotly_escape(dot.name)}</b>", font={"size": LABEL_PX, "color": INK},
            bgcolor="rgba(255,255,255,0.75)", borderpad=1,
        )  # fmt: skip
