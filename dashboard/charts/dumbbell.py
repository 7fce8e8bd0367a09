"""Outcomes said in 100 as two dots a row: hollow before, filled after, a line between."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts import lines_of_words as rows
from dashboard.charts.sketch import Part, Sketch, scatter
from dashboard.theme import HATCH, INK, PAPER, SLATE
from dashboard.views.dumbbell import figure as said
from dashboard.views.dumbbell import row_word
from metrics.pictures.dumbbell import Dumbbell, DumbbellRow
from metrics.words import capital

SIZE = 17


def dumbbell(found: Dumbbell) -> go.Figure:
    """The figure; the words of a row stand above its dots."""
    sketch = Sketch("dumbbell")
    places, height = rows.placed([row_words(row, found) for row in found.rows])
    for row, place in zip(found.rows, places, strict=True):
        rows.words_above(sketch, place)
        _row(sketch, row, place)
    rows.in_rows(sketch, height)
    sketch.update_axis(
        "xaxis",
        range=[-9, 112],
        tickvals=[0, 25, 50, 75, 100],
        showgrid=True,
        title={"text": "in 100", "standoff": 6, "font": {"size": rows.LABEL_PX}},
    )
    return sketch.figure()


def row_words(row: DumbbellRow, found: Dumbbell) -> tuple[str, str]:
    """The name, and the answer with its shape."""
    if found.of == "parts":
        return capital(row.name), ""
    return row.name, row_word(row) if row.word is None else rows.verdict_words(row.word)


def _row(sketch: Sketch, row: DumbbellRow, place: rows.Placed) -> None:
    known = [(value, side) for value, side in ((row.before, "before"), (row.after, "after")) if value is not None]
    if len(known) == 2:
        sketch.add_trace(
            scatter(
                x=[row.before, row.after], y=[place.at] * 2, mode="lines", hoverinfo="skip", name="between",
                line={"color": HATCH, "width": 3},
            )
        )  # fmt: skip
    for value, side in known:
        sketch.add_trace(_dot(value, side, row, place))
        if side == "after" and row.word == "better":
            rows.tick_on(sketch, value, place.at)


def _dot(value: float, side: str, row: DumbbellRow, place: rows.Placed) -> Part:
    colour = rows.colour_of(row.word)
    filled = side == "after"
    other = row.before if filled else row.after
    left = other is not None and (value < other or (value == other and not filled))
    return scatter(
        x=[value],
        y=[place.at],
        mode="markers+text",
        marker={
            "symbol": rows.SYMBOLS[row.word] if filled else "circle",
            "size": SIZE,
            "color": colour if filled else PAPER,
            "line": {"width": 2.5, "color": colour if filled else SLATE},
        },
        text=[f"<b>{said(value)}</b>" if filled else said(value)],
        textposition="middle left" if left else "middle right",
        textfont={"size": rows.LABEL_PX, "color": INK},
        cliponaxis=False,
        name=side,
        hovertemplate=f"{side} %{{x:.0f}} in 100<extra></extra>",
    )
