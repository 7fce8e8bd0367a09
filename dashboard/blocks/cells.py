"""The small pictures of a cell: what varies, whether a target is kept, how it went. Made of a control chart each."""

from __future__ import annotations

import base64
from collections.abc import Sequence
from functools import lru_cache

from dashboard.markup import Html, join, paragraph, tag
from dashboard.theme import AMBER, BLUE, HATCH, LINE, PAPER, PURPLE, SHADE, SLATE
from metrics.series.spc.model import Assurance, ControlChart, Variation

_MARKS: dict[Variation, tuple[str, str]] = {
    "common_cause": ("M4 12 q4 -8 8 0 t8 0", HATCH),
    "improvement_high": ("M12 5 L19 17 H5 Z", BLUE),
    "improvement_low": ("M12 19 L19 7 H5 Z", BLUE),
    "concern_high": ("M12 5 L19 17 H5 Z", AMBER),
    "concern_low": ("M12 19 L19 7 H5 Z", AMBER),
    "neutral_high": ("M12 4 L20 12 L12 20 L4 12 Z", PURPLE),
    "neutral_low": ("M12 4 L20 12 L12 20 L4 12 Z", PURPLE),
}
_HELD: dict[Assurance, str] = {"pass": "P", "fail": "F", "inconsistent": "?"}


@lru_cache(maxsize=256)
def variation_icon(variation: Variation | None, greyed: bool = False, size: int = 22) -> Html:
    """A shape and a colour for what varies. Silent: the words stand beside it."""
    if variation is None:
        return Html("")
    path, colour = _MARKS[variation]
    hollow = variation == "common_cause" or greyed
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path d="{path}" '
        f'fill="{"none" if hollow else colour}" stroke="{HATCH if greyed else colour}" stroke-width="2"/></svg>'
    )
    return _picture(drawing, size, size)


@lru_cache(maxsize=64)
def assurance_icon(assurance: Assurance | None, greyed: bool = False, size: int = 22) -> Html:
    """A letter in a ring: the target is kept, missed, or now one and now the other."""
    if assurance is None:
        return Html("")
    colour = HATCH if greyed else {"pass": BLUE, "fail": AMBER, "inconsistent": SLATE}[assurance]
    drawing = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><circle cx="12" cy="12" r="10" fill="{PAPER}" '
        f'stroke="{colour}" stroke-width="2"/><text x="12" y="17" font-size="14" font-family="Arial" text-anchor="middle" '
        f'fill="{SLATE}">{_HELD[assurance]}</text></svg>'
    )
    return _picture(drawing, size, size)


def cell_spark(chart: ControlChart, width: int = 150, height: int = 40) -> Html:
    """The line of a chart with its usual range behind it; nothing where there is no line to draw."""
    drawing = _spark(chart, width, height)
    return _picture(drawing, width, height) if drawing else Html("")


def small_multiples_html(charts: Sequence[ControlChart]) -> Html:
    """One small chart a service, side by side in the order given, all on one scale."""
    top = max((each for chart in charts for each in _heights(chart)), default=0.0)
    cards = [
        tag(
            "section",
            tag("h3", chart.service.label),
            _picture(_spark(chart, 300, 90, top), 300, 90, chart.sentence),
            paragraph(chart.title, kind="leo-muted"),
            class_="leo-card",
        )
        for chart in charts
    ]
    return tag("div", join(cards), class_="leo-grid leo-looks")


def _heights(chart: ControlChart) -> list[float]:
    return [each for point in chart.points for each in (point.value, chart.drawn(point.upper)) if each is not None]


def _spark(chart: ControlChart, width: int, height: int, top: float | None = None) -> str:
    points = [(place, point) for place, point in enumerate(chart.points) if point.value is not None]
    if not points:
        return ""
    highest = top or max(_heights(chart)) or 1.0
    across = (width - 8) / max(1, len(chart.points) - 1)

    def up(value: float) -> float:
        return height - 4 - (height - 8) * value / (highest * 1.05)

    parts = []
    for phase in chart.phases:
        first, last = chart.points[phase.first], chart.points[phase.last]
        high, low = chart.drawn(last.upper), chart.drawn(last.lower)
        if high is None or low is None or first.upper is None:
            continue
        parts.append(
            f'<rect x="{4 + phase.first * across:.1f}" y="{up(high):.1f}" width="{(phase.last - phase.first) * across:.1f}" '
            f'height="{max(1.0, up(low) - up(high)):.1f}" fill="{SHADE}"/>'
        )
    line, before = "", -2
    for place, point in points:
        assert point.value is not None
        line += f"{'L' if place == before + 1 else 'M'}{4 + place * across:.1f} {up(point.value):.1f}"
        before = place
    place, last = points[-1]
    assert last.value is not None
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}">{"".join(parts)}'
        f'<path d="M0 {height - 1}H{width}" stroke="{LINE}"/><path d="{line}" fill="none" stroke="{SLATE}" stroke-width="1.8"/>'
        f'<circle cx="{4 + place * across:.1f}" cy="{up(last.value):.1f}" r="3" fill="{SLATE}"/></svg>'
    )


def _picture(drawing: str, width: int, height: int, alt: str = "") -> Html:
    if not drawing:
        return Html("")
    source = "data:image/svg+xml;base64," + base64.b64encode(drawing.encode()).decode()
    return tag("img", src=source, alt=alt, width=str(width), height=str(height), loading="lazy")
