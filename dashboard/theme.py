"""How it looks: colours that pass on white, a shape for every verdict, the style sheet, the chart template.

A verdict is always word, shape and colour together. There is no red and no green: blue, teal, brown-orange and
slate stay apart for every kind of colour vision, and each reads at 4.5 to 1 or better on white.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import plotly.graph_objects as go

from metrics.model import VerdictWord

INK = "#0B0C0C"
MUTED = "#4A5560"
LINE = "#D3D9DE"
PAPER = "#FFFFFF"
SHADE = "#E9EDF0"
HATCH = "#8A96A0"
BLUE = "#005EB8"
TEAL = "#00706B"
AMBER = "#A34F00"
SLATE = "#425563"
PURPLE = "#5B3A8E"

FONT = '"Source Sans", "Source Sans 3", "Source Sans Pro", Arial, sans-serif'
CHART_FONT_PX = 15
STYLE_SHEET = Path(__file__).with_name("style.css")


@dataclass(frozen=True)
class Mark:
    """The shape, colour and style-sheet name that go with a verdict word."""

    shape: str
    colour: str
    name: str


MARKS: dict[VerdictWord, Mark] = {
    "better": Mark("✔", BLUE, "better"),
    "held steady": Mark("◆", TEAL, "steady"),
    "worse": Mark("▲", AMBER, "worse"),
    "cannot tell yet": Mark("○", SLATE, "open"),
}


def template() -> go.layout.Template:
    """The Plotly template: theme colours do not reach figures in Streamlit, so all is said here."""
    axis = {
        "showline": True,
        "linecolor": HATCH,
        "gridcolor": SHADE,
        "zeroline": False,
        "ticks": "outside",
        "tickcolor": HATCH,
        "tickfont": {"size": CHART_FONT_PX, "color": INK},
        "fixedrange": True,
        "automargin": True,
    }
    return go.layout.Template(
        layout={
            "font": {"family": FONT, "size": CHART_FONT_PX, "color": INK},
            "paper_bgcolor": PAPER,
            "plot_bgcolor": PAPER,
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": {"font": {"size": CHART_FONT_PX, "color": INK}, "bgcolor": PAPER, "bordercolor": SLATE},
            "margin": {"l": 8, "r": 12, "t": 12, "b": 8},
            "transition": {"duration": 0},
            "xaxis": {**axis, "showgrid": False},
            "yaxis": {**axis, "showline": False, "ticks": "", "nticks": 6},
        }
    )
