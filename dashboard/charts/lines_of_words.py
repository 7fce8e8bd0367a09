"""Rows drawn at set heights, each under its own line of words: what the dumbbell and the forest share.

The words stand above the row and not beside it, so that they fit a telephone as they fit a wide screen.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.sketch import Sketch, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import INK, MARKS, PAPER, SLATE
from metrics.model import VerdictWord

LETTERS_A_LINE = 42
_SPACES = re.compile(r"[ \t\r\n\f\v]+")
LINE_PX, DRAWN_PX, GAP_PX, LABEL_PX = 19, 34, 12, 15
SYMBOLS: dict[VerdictWord | None, str] = {
    "better": "circle",
    "held steady": "diamond",
    "worse": "triangle-up",
    "cannot tell yet": "circle",
    None: "square",
}
"""The shape of a row's mark; "better" has a tick on it besides."""


@dataclass(frozen=True)
class Placed:
    """Where a row's words begin and where its marks lie, in points from the top; its words already in lines."""

    top: float
    at: float
    bold: tuple[str, ...]
    plain: tuple[str, ...]


def placed(texts: Sequence[tuple[str, str]]) -> tuple[list[Placed], float]:
    """Each row's place by its bold first words and its further ones, and how high all rows are together."""
    rows, top = [], 0.0
    for first, further in texts:
        bold, plain = _wrapped(first), _wrapped(further)
        words = (len(bold) + len(plain)) * LINE_PX
        rows.append(Placed(top, top + words + DRAWN_PX / 2, bold, plain))
        top += words + DRAWN_PX + GAP_PX
    return rows, top


def _wrapped(text: str) -> tuple[str, ...]:
    return tuple(textwrap.wrap(_SPACES.sub(" ", text).strip(), LETTERS_A_LINE))


def colour_of(word: VerdictWord | None) -> str:
    """The colour of a verdict; slate where there is none."""
    return SLATE if word is None else MARKS[word].colour


def words_above(sketch: Sketch, row: Placed) -> None:
    """The row's words, its name in bold."""
    lines = [*(f"<b>{plotly_escape(line)}</b>" for line in row.bold), *(plotly_escape(line) for line in row.plain)]
    sketch.add_annotation(
        x=0, y=row.top, xref="paper", yref="y", xanchor="left", yanchor="top", align="left",
        text="<br>".join(lines), bgcolor=PAPER, borderpad=0, font={"size": LABEL_PX, "color": INK},
    )  # fmt: skip


def tick_on(sketch: Sketch, x: float, y: float) -> None:
    """The tick that tells "better" from "cannot tell yet" without its colour."""
    sketch.add_trace(
        scatter(
            x=[x], y=[y], mode="text", text=["✔"], textfont={"size": 12, "color": PAPER}, hoverinfo="skip", name="tick",
        )
    )  # fmt: skip


def verdict_words(word: VerdictWord) -> str:
    """The verdict's shape and word: "✔ better"."""
    return f"{MARKS[word].shape} {word}".replace(" ", "\u00a0")  # never broken over two lines


def in_rows(sketch: Sketch, height: float, *, top: int = 8, bottom: int = 56) -> None:
    """The axis of rows: from the top down, in points, without anything to read on it."""
    sketch.update_layout(height=int(height) + top + bottom, margin={"l": 12, "r": 12, "t": top, "b": bottom})
    sketch.update_axis("yaxis", range=[height, 0], visible=False, automargin=False)
    sketch.update_axis("xaxis", automargin=False)
