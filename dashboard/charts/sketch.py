"""A figure put together from plain parts and made at the end.

Plotly checks every annotation and shape again each time one more is added, so that a picture of forty words would take
longer to make than the rest of its page. Here all of them are checked once.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

import plotly.graph_objects as go

from dashboard.theme import template

Part = dict[str, Any]


def scatter(**said: Any) -> Part:
    """A line, marks or words."""
    return {"type": "scatter", **said}


def bars(**said: Any) -> Part:
    """Bars."""
    return {"type": "bar", **said}


@dataclass
class Sketch:
    """Traces, words, shapes and layout, collected; ``figure`` makes them one."""

    uirevision: str
    traces: list[Part] = field(default_factory=list)
    annotations: list[Part] = field(default_factory=list)
    shapes: list[Part] = field(default_factory=list)
    layout: Part = field(default_factory=dict)

    def add_trace(self, trace: Part) -> None:
        self.traces.append(trace)

    def add_annotation(self, **said: Any) -> None:
        self.annotations.append({"showarrow": False, **said})

    def add_shape(self, **said: Any) -> None:
        self.shapes.append(said)

    def update_layout(self, **said: Any) -> None:
        self.layout |= said

    def update_axis(self, name: str, **said: Any) -> None:
        """More about one axis, by its name in the layout: ``xaxis``, ``yaxis2``."""
        self.layout[name] = self.layout.get(name, {}) | said

    def figure(self) -> go.Figure:
        """The figure, in our looks and without a legend."""
        return go.Figure(
            data=self.traces,
            layout={
                "template": _looks(),
                "showlegend": False,
                "uirevision": self.uirevision,
                **self.layout,
                "annotations": self.annotations,
                "shapes": self.shapes,
            },
        )


@cache
def _looks() -> go.layout.Template:
    return template()
