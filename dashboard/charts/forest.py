"""Estimates with their ranges, a row each, on one scale with no change in the middle. No row sums the others up."""

from __future__ import annotations

import math
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.charts import lines_of_words as rows
from dashboard.charts.interval import axis_for
from dashboard.charts.sketch import Sketch, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import INK, MUTED, PAPER, PURPLE, SLATE
from dashboard.views.forest import NO_RANGE, end_words, margin_words, said
from metrics.pictures.forest import Forest, ForestRow
from metrics.words import number, short_day

SIZE = 17
RATIO_TICKS = {1 / 8: "an eighth", 1 / 3: "a third", 1.0: "no change", 3.0: "3 times", 8.0: "8 times"}
STEPS = (0.1, 0.25, 0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 20.0, 25.0, 40.0, 50.0)
NEAR_TICKS = {1 / 2: "half", 1.0: "no change", 2.0: "twice"}
"""So few that the words of five fit a telephone; the second where the scale reaches less than three times."""


@dataclass(frozen=True)
class Across:
    """The scale across: how far it reaches, and where a figure lies on it (logarithms of base 2 for ratios)."""

    ratio: bool
    reach: float

    @classmethod
    def of(cls, found: Forest) -> Across:
        figures = [
            each for row in found.rows for each in (row.estimate, row.low, row.high, row.margin) if each is not None
        ]
        ratio = found.scale == "ratio"
        reach = axis_for(found.scale, figures).reach
        return cls(ratio, math.log2(max(2.0, reach)) if ratio else reach)

    def at(self, figure: float) -> float:
        if not self.ratio:
            return figure
        return math.log2(figure) if figure > 0 else -math.inf

    def kept(self, figure: float) -> tuple[float, bool]:
        """The place, no further out than the edge, and whether it was cut."""
        place = self.at(figure)
        return max(-self.reach, min(self.reach, place)), abs(place) > self.reach + 1e-9

    def ticks(self) -> tuple[list[float], list[str]]:
        """Few, and in words where it is a ratio."""
        if self.ratio:
            chosen = NEAR_TICKS if self.reach < math.log2(3) else RATIO_TICKS
            steps = [(math.log2(figure), words) for figure, words in chosen.items()]
            shown = [(place, words) for place, words in steps if abs(place) <= self.reach + 1e-9]
        else:
            step = max((each for each in STEPS if 2 * each <= self.reach), default=self.reach / 2)
            shown = [(place, _signed(place)) for place in (-2 * step, -step, 0.0, step, 2 * step)]
            shown = [(place, words if abs(place) != step else "") for place, words in shown]  # room on a telephone
        return [place for place, _ in shown], [words for _, words in shown]


def _signed(figure: float) -> str:
    if figure == 0:
        return "no change"
    return f"{'+' if figure > 0 else '−'}{number(abs(figure), 1)}"


def forest(found: Forest) -> go.Figure:
    """The figure; the words of a row stand above its range."""
    sketch = Sketch("forest")
    across = Across.of(found)
    places, height = rows.placed([row_words(row) for row in found.rows])
    _no_change(sketch)
    for row, place in zip(found.rows, places, strict=True):
        rows.words_above(sketch, place)
        _row(sketch, row, place, across, found)
    top = 30 if found.margin is not None else 8
    rows.in_rows(sketch, height, top=top, bottom=78)
    if found.margin is not None:
        _margin(sketch, found, across)
    values, words = across.ticks()
    sketch.update_axis(
        "xaxis", range=[-across.reach * 1.08, across.reach * 1.08], tickvals=values, ticktext=words, tickangle=0
    )
    _ends(sketch, found)
    return sketch.figure()


def row_words(row: ForestRow) -> tuple[str, str]:
    """Whose, with the answer and its shape; what, and since when."""
    since = f"since {short_day(row.start)}".replace(" ", "\u00a0")  # a date is not broken over two lines
    return f"{row.name}: {rows.verdict_words(row.word)}", f"{row.under}, {since}"


def _no_change(sketch: Sketch) -> None:
    sketch.add_shape(
        type="line", xref="x", yref="paper", x0=0, x1=0, y0=0, y1=1, layer="below", name="no change",
        line={"color": SLATE, "width": 1.5, "dash": "dash"},
    )  # fmt: skip


def _row(sketch: Sketch, row: ForestRow, place: rows.Placed, across: Across, found: Forest) -> None:
    colour = rows.colour_of(row.word)
    if not row.has_range:
        sketch.add_annotation(
            x=0, y=place.at, xref="paper", yref="y", xanchor="left", text=NO_RANGE,
            font={"size": rows.LABEL_PX, "color": MUTED},
        )  # fmt: skip
        return
    low, low_cut = (-across.reach, True) if row.low is None else across.kept(row.low)
    high, high_cut = (across.reach, True) if row.high is None else across.kept(row.high)
    sketch.add_trace(
        scatter(
            x=[low, high], y=[place.at] * 2, mode="lines", line={"color": colour, "width": 4}, hoverinfo="skip",
            name="range",
        )
    )  # fmt: skip
    for end, cut, symbol in ((low, low_cut, "triangle-left"), (high, high_cut, "triangle-right")):
        if cut:
            sketch.add_trace(
                scatter(
                    x=[end], y=[place.at], mode="markers", marker={"symbol": symbol, "size": 13, "color": colour},
                    hoverinfo="skip", name="goes on", cliponaxis=False,
                )
            )  # fmt: skip
    if row.margin is not None and found.margin is None:
        sketch.add_trace(
            scatter(
                x=[across.kept(row.margin)[0]] * 2, y=[place.at - 12, place.at + 12], mode="lines",
                line={"color": PURPLE, "width": 2, "dash": "dot"}, hoverinfo="skip", name="margin",
            )
        )  # fmt: skip
    if row.estimate is not None and not across.kept(row.estimate)[1]:
        sketch.add_trace(
            scatter(
                x=[across.kept(row.estimate)[0]], y=[place.at], mode="markers", name="estimate",
                marker={"symbol": rows.SYMBOLS[row.word], "size": SIZE, "color": colour,
                        "line": {"width": 1.5, "color": PAPER}},
                customdata=[[plotly_escape(said(row, found))]], hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )  # fmt: skip
        if row.word == "better":
            rows.tick_on(sketch, across.kept(row.estimate)[0], place.at)


def _margin(sketch: Sketch, found: Forest, across: Across) -> None:
    assert found.margin is not None
    place = across.kept(found.margin)[0]
    sketch.add_shape(
        type="line", xref="x", yref="paper", x0=place, x1=place, y0=0, y1=1, layer="below", name="margin",
        line={"color": PURPLE, "width": 2, "dash": "dot"},
    )  # fmt: skip
    sketch.add_annotation(
        x=place, y=1, xref="x", yref="paper", yanchor="bottom", yshift=4,
        xanchor="left" if place < -across.reach / 3 else "right" if place > across.reach / 3 else "center",
        text=margin_words(found), font={"size": 14, "color": PURPLE},
    )  # fmt: skip


def _ends(sketch: Sketch, found: Forest) -> None:
    left, right = end_words(found)
    for x, anchor, text in ((0, "left", left), (1, "right", right)):
        sketch.add_annotation(
            x=x, y=0, xref="paper", yref="paper", xanchor=anchor, yanchor="top", yshift=-34,
            text=text, font={"size": rows.LABEL_PX, "color": INK},
        )  # fmt: skip
