"""Small charts side by side for paper: one scale for all unless each is to have its own."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from matplotlib.figure import Figure

from dashboard.charts import anatomy
from dashboard.charts.printed import paper
from dashboard.charts.printed.control_chart import draw, on_axis
from dashboard.charts.small_multiples import MOST, panel_names, shared_heights
from dashboard.theme import SLATE
from dashboard.views.chart_numbers import end_of_axis
from metrics.series.spc.model import ControlChart
from metrics.words import number

COLUMNS = 3
PANEL_CM, FOOT_CM = 4.2, 1.4


def small_multiples(charts: Sequence[ControlChart], *, own_scale: bool = False, columns: int = COLUMNS) -> Figure:
    """At most twelve panels on one sheet, with the rules of the first at its foot."""
    shown = charts[:MOST]
    rows = max(1, -(-len(shown) // columns))
    with paper.looks():
        figure = Figure(
            figsize=(paper.WIDTH_CM * paper.CM, (rows * PANEL_CM + FOOT_CM) * paper.CM), layout="constrained"
        )
        if not shown:
            return figure
        heights = shared_heights(shown)
        for place, (name, chart) in enumerate(zip(panel_names(charts), shown, strict=False)):
            axes = figure.add_subplot(rows, columns, place + 1)
            latest = chart.latest
            said = number(latest.value) if latest is not None and latest.value is not None else "no record"
            axes.set_title(textwrap.shorten(f"{name}: {said}", 34, placeholder=" …"), loc="left", weight="bold")
            if latest is None:
                axes.set_axis_off()
                continue
            draw(axes, chart, anatomy.height_range(chart) if own_scale else heights, small=True)
            first, last = anatomy.span(chart)
            axes.set_xticks(
                [on_axis(first), on_axis(last)],
                [end_of_axis(chart, chart.points[0]), end_of_axis(chart, chart.points[-1])],
            )
            begins, ends = axes.get_xticklabels()
            begins.set_horizontalalignment("left")
            ends.set_horizontalalignment("right")
        foot = textwrap.wrap(f"{shown[0].outcome.name}, {shown[0].unit}. {shown[0].convention}", 112)
        figure.supxlabel("\n".join(foot), x=0.01, ha="left", fontsize=7.5, color=SLATE)
    return figure


def picture_svg(charts: Sequence[ControlChart], *, own_scale: bool = False, prefix: str = "small") -> str:
    """The picture as SVG; its description is every panel's sentence."""
    title = charts[0].outcome.name if charts else "Nothing to draw"
    told = " ".join(chart.sentence for chart in charts[:MOST])
    return paper.svg(small_multiples(charts, own_scale=own_scale), title=title, description=told, prefix=prefix)
