"""Staying put on paper: three panels side by side, with how many are still followed underneath."""

from __future__ import annotations

from collections.abc import Callable

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from dashboard.charts.printed import paper
from dashboard.charts.staying_curve import LOOKS, READINGS, in_steps, limit_or_value
from dashboard.theme import INK, MUTED
from dashboard.views.staying_curve import axis_words, legend, panel_names
from metrics.pictures.staying_curve import Share, StayCurve, StayCurves, StayStep, looks_up_to


def staying_curve(found: StayCurves) -> Figure:
    """The figure. Shares are said in 100."""
    last = max(curve.last_day for curve in found.curves)
    with paper.looks():
        figure = Figure(figsize=(paper.WIDTH_CM * paper.CM, 8.0 * paper.CM), layout="constrained")
        panels = figure.subplots(1, 3)
        for axes, name, reading in zip(panels, panel_names(found), READINGS, strict=True):
            tops = [100 * limit_or_value(reading(step), "high") for curve in found.curves for step in curve.steps]
            axes.set_ylim(0, 103 if reading is READINGS[0] else min(103, max(10.0, 1.15 * max(tops))))
            axes.set_xlim(0, last * 1.02)
            days = [day for day in looks_up_to(last) if day != 90 or last < 400]
            axes.set_xticks(days, [str(day) for day in days])
            axes.set_title(f"{name}, in 100", loc="left", fontsize=9, fontweight="bold", color=INK)
            for place, curve in enumerate(found.curves):
                _curve(axes, curve, reading)
                _end(axes, curve, reading, found, place)
        panels[1].set_xlabel(axis_words(found), color=MUTED)
        figure.supxlabel(_followed(found), fontsize=8, color=MUTED)
    return figure


def _curve(axes: Axes, curve: StayCurve, reading: Callable[[StayStep], Share]) -> None:
    colour, dash, _ = LOOKS[curve.part]
    days, low = in_steps(curve, lambda step: limit_or_value(reading(step), "low"))
    _, high = in_steps(curve, lambda step: limit_or_value(reading(step), "high"))
    axes.fill_between(days, low, high, color=colour, alpha=0.14, linewidth=0, zorder=2)
    days, share = in_steps(curve, lambda step: reading(step).value)
    axes.plot(
        days, share, color=colour, linewidth=1.8, linestyle="--" if dash == "dash" else "-", zorder=3, label=curve.part
    )


def _end(axes: Axes, curve: StayCurve, reading: Callable[[StayStep], Share], found: StayCurves, place: int) -> None:
    share = 100 * reading(curve.steps[-1]).value
    over = 100 * limit_or_value(reading(curve.steps[-1]), "high")
    others = [100 * reading(other.steps[-1]).value for other in found.curves if other is not curve]
    below = bool(others) and (share < others[0] or (share == others[0] and place == 1)) and share > 3
    axes.annotate(
        f"{legend(curve)} {share:.0f}".strip(), (curve.last_day, share if others else over), xytext=(0, -3 if below else 3),
        textcoords="offset points", ha="right", va="top" if below else "bottom", fontweight="bold",
        color=LOOKS[curve.part][0],
    )  # fmt: skip


def _followed(found: StayCurves) -> str:
    lines = []
    for curve in found.curves:
        counts = ", ".join(f"{people} on day {day}" for day, people in curve.followed)
        lines.append(f"Still followed{' ' + legend(curve) if legend(curve) else ''}: {counts}")
    return "\n".join(lines)
