"""The picture in a cell of the matrix: the line, its usual range as a tint, the last point by shape and colour."""

from __future__ import annotations

import html

from dashboard.charts.mini import drawing, picture
from dashboard.markup import Html
from metrics.series.spc.model import ControlChart


def cell_spark(chart: ControlChart, *, width: int = 150, height: int = 40) -> Html:
    """The picture with the chart's title as its words; the words "no record" where nothing is known."""
    drawn = drawing(chart, width, height)
    said = html.escape(" ".join(chart.title.split()), quote=True)
    if not drawn:
        return Html(f'<span class="leo-muted" title="{said}">no record</span>')
    return Html(f'<img class="leo-cell-spark" src="{picture(drawn)}" alt="{said}" width="{width}" height="{height}">')
