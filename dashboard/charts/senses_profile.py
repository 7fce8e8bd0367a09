"""The six senses, a panel for each voice: a hollow dot earlier, a filled one later, each voice on its own."""

from __future__ import annotations

import plotly.graph_objects as go

from dashboard.charts.sketch import Part, Sketch, scatter
from dashboard.safe import plotly_escape
from dashboard.theme import BLUE, HATCH, INK, MUTED, PAPER, SLATE
from dashboard.views.senses_profile import VOICES, answered_words, any_dash, mean_words, sides, was_asked
from metrics.pictures.senses_profile import HIGHEST, LOWEST, Mean, Sense, SensesProfile, VoiceProfile
from metrics.words import capital

HEAD_PX, ROW_PX, GAP_PX, LABEL_PX = 46, 34, 16, 15
DASHES = 0.25
"""Where on the scale the dash for too few answers stands: left of its lowest value, so that it is no dot."""


def senses_profile(found: SensesProfile) -> go.Figure:
    """The figure. Only voices in which anybody answered have a panel."""
    sketch = Sketch("senses")
    top = 0.0
    for voice in found.voices:
        asked = [sense for sense in voice.senses if was_asked(sense)]
        if asked:
            top = _panel(sketch, voice, asked, found, top) + GAP_PX
    sketch.update_layout(height=int(top) + 48, margin={"l": 112, "r": 78, "t": 4, "b": 44})
    sketch.update_axis("yaxis", range=[max(top, 1.0), 0], visible=False, automargin=False)
    dashes = any_dash(found)
    sketch.update_axis('xaxis',
        range=[DASHES - 0.3 if dashes else 0.75, 5.25], tickvals=[*([DASHES] if dashes else []), 1, 2, 3, 4, 5],
        ticktext=[*(["–"] if dashes else []), "1", "2", "3", "4", "5"], automargin=False, showgrid=True,
    )  # fmt: skip
    return sketch.figure()


def _panel(sketch: Sketch, voice: VoiceProfile, senses: list[Sense], found: SensesProfile, top: float) -> float:
    _words(sketch, f"<b>{plotly_escape(VOICES[voice.voice])}</b>", top + 12, LABEL_PX + 1, INK)
    _words(sketch, answered_words(voice), top + 32, 14, MUTED)
    earlier, later = sides(found)
    at = top + HEAD_PX
    for sense in senses:
        at += ROW_PX
        middle = at - ROW_PX / 2
        sketch.add_annotation(
            x=0, y=middle, xref="paper", yref="y", xanchor="right", xshift=-8,
            text=capital(sense.name), font={"size": LABEL_PX, "color": INK},
        )  # fmt: skip
        _sense(sketch, sense, middle, earlier, later, voice.voice)
        sketch.add_annotation(
            x=1, y=middle, xref="paper", yref="y", xanchor="left", xshift=6,
            text=f"{mean_words(sense.before)} → <b>{mean_words(sense.after)}</b>", font={"size": LABEL_PX, "color": INK},
        )  # fmt: skip
    sketch.add_shape(
        type="line", xref="paper", yref="y", x0=0, x1=1, y0=at + 4, y1=at + 4, line={"color": HATCH, "width": 1}
    )
    return at + 4


def _words(sketch: Sketch, words: str, at: float, size: int, colour: str) -> None:
    sketch.add_annotation(
        x=0, y=at, xref="paper", yref="y", xanchor="left", xshift=-106, text=words, align="left",
        bgcolor=PAPER,
        font={"size": size, "color": colour},
    )  # fmt: skip


def _sense(sketch: Sketch, sense: Sense, at: float, earlier: str, later: str, voice: str) -> None:
    if sense.before.mean is not None and sense.after.mean is not None:
        sketch.add_trace(
            scatter(
                x=[sense.before.mean, sense.after.mean], y=[at] * 2, mode="lines", hoverinfo="skip",
                line={"color": HATCH, "width": 3}, name=f"{voice} {sense.name} between",
            )
        )  # fmt: skip
    for mean, side, filled in ((sense.before, earlier, False), (sense.after, later, True)):
        sketch.add_trace(_dot(mean, side, at, f"{voice} {sense.name}", filled=filled))


def _dot(mean: Mean, side: str, at: float, name: str, *, filled: bool) -> Part:
    """A dot, or a dash left of the scale where too few answered."""
    assert mean.mean is None or LOWEST <= mean.mean <= HIGHEST
    few = mean.mean is None
    return scatter(
        x=[DASHES if few else mean.mean],
        y=[at + (5 if filled else -5) if few else at],
        mode="markers",
        cliponaxis=False,
        marker={
            "symbol": "line-ew" if few else "circle",
            "size": 14,
            "color": BLUE if filled else PAPER,
            "line": {"width": 2.5, "color": BLUE if filled else SLATE},
        },
        name=f"{name} {side}",
        customdata=[[side, "fewer than 5 answers" if few else mean_words(mean), mean.answerers]],
        hovertemplate="%{customdata[0]}: %{customdata[1]} (%{customdata[2]} answered)<extra></extra>",
    )
