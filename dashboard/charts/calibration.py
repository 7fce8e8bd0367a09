"""How often each answer was given in made-up worlds: one bar a kind of world, its name above it."""

from __future__ import annotations

import textwrap

import plotly.graph_objects as go

from dashboard.safe import plotly_escape
from dashboard.theme import INK, MARKS, MUTED, PAPER, template
from dashboard.views.calibration import Bar, Group
from metrics.model import VERDICT_WORDS, VerdictWord
from metrics.words import number, whole

BAR_PX, LINE_PX, GAP_PX = 18, 19, 13
FOOT_PX, HEAD_PX = 48, 4
NAME_PX, LONGEST = 14, 60
ROOM_FOR_TEXT = 14.0
"""Shares below this, in 100, have no room for their figure inside the bar."""
PATTERNS: dict[VerdictWord, str] = {"better": "", "held steady": ".", "worse": "/", "cannot tell yet": ""}
FILLS: dict[VerdictWord, str] = {**{word: MARKS[word].colour for word in VERDICT_WORDS}, "cannot tell yet": "#DCE2E7"}
"""What cannot be told is pale: it is what is left, not a finding."""


def calibration(group: Group) -> go.Figure:
    """The bars of one group, from the top in the order given."""
    figure = go.Figure()
    places = list(range(len(group.bars)))
    row_px = BAR_PX + GAP_PX + LINE_PX * (2 if group.says_asked else 1)
    thick = BAR_PX / row_px
    for word in VERDICT_WORDS:
        shares = [bar.share(word) for bar in group.bars]
        figure.add_trace(
            go.Bar(
                x=shares,
                y=places,
                orientation="h",
                name=word,
                width=thick,
                text=[f"{MARKS[word].shape} {whole(share)}" if share >= ROOM_FOR_TEXT else "" for share in shares],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                constraintext="none",
                textfont={"size": 13, "color": INK if word == "cannot tell yet" else PAPER},
                marker={
                    "color": FILLS[word],
                    "line": {"color": PAPER, "width": 1},
                    "pattern": {
                        "shape": PATTERNS[word],
                        "fgcolor": PAPER,
                        "size": 6,
                        "solidity": 0.25,
                        "fillmode": "overlay",
                    },
                },
                customdata=[[_hover(bar)] for bar in group.bars],
                hovertemplate="%{customdata[0]}<extra></extra>",
            )
        )
    # One update for all: a figure checks everything anew with each mark that is added by itself.
    figure.update_layout(
        annotations=[
            _name(place - thick / 2, bar, says_asked=group.says_asked)
            for place, bar in zip(places, group.bars, strict=True)
        ],
        shapes=[mark for place, bar in zip(places, group.bars, strict=True) for mark in _mark(place, bar, thick)],
    )
    figure.update_layout(
        template=template(), barmode="stack", showlegend=False, uirevision="calibration",
        height=HEAD_PX + FOOT_PX + row_px * max(1, len(group.bars)), margin={"l": 2, "r": 14, "t": HEAD_PX, "b": FOOT_PX},
    )  # fmt: skip
    figure.update_xaxes(
        range=[-0.6, 100.6], tickvals=[0, 25, 50, 75, 100], title={"text": "of 100 made-up homes", "standoff": 4}
    )
    figure.update_yaxes(range=[len(group.bars) - 1 + thick, thick / 2 - 1], visible=False)
    return figure


def _name(top: float, bar: Bar, *, says_asked: bool) -> dict[str, object]:
    """What the bar is about and, where each is asked something else, what is asked of it."""
    text = plotly_escape(textwrap.shorten(bar.name, LONGEST, placeholder=" …"))
    if says_asked and bar.asked:
        text += f"<br><span style='color:{MUTED}'>we ask: {plotly_escape(bar.asked)}</span>"
    if bar.met is False:
        text += f"  <b style='color:{MARKS['worse'].colour}'>▲ not met: {bar.missed} of 100</b>"
    return {
        "x": 0, "y": top, "xref": "x", "yref": "y", "xanchor": "left", "yanchor": "bottom", "xshift": -4,
        "align": "left", "text": text, "showarrow": False, "font": {"size": NAME_PX, "color": INK},
    }  # fmt: skip


def _mark(place: int, bar: Bar, thick: float) -> list[dict[str, object]]:
    """The bound: a line a little longer than the bar is high, with a white rim so that it shows on every colour."""
    if bar.mark is None:
        return []
    line = {
        "type": "line", "xref": "x", "yref": "y", "x0": bar.mark, "x1": bar.mark, "y0": place - thick / 2,
        "y1": place + thick * 0.75, "name": f"asked {plotly_escape(bar.name)}",
    }  # fmt: skip
    return [line | {"line": {"color": colour, "width": width}} for colour, width in ((PAPER, 6), (INK, 3))]


def _hover(bar: Bar) -> str:
    shares = "<br>".join(
        f"{MARKS[word].shape} {word}: {number(share, 1)} of 100" for word, share in bar.shares if share >= 0.05
    )
    asked = "" if not bar.asked else f"<br>we ask: {bar.asked} ({'met' if bar.met else 'not met'})"
    return f"{plotly_escape(bar.name)}<br>{shares}{asked}"
