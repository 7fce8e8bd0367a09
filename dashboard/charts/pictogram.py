"""So many of so many, drawn one by one: a full dot where it happened, an open ring where it did not.

For people who would rather see than count. Neither is a good or a bad mark: dots and rings, one colour.
"""

from __future__ import annotations

from dashboard.charts.mini import picture as address
from dashboard.markup import Html, tag
from dashboard.theme import INK
from metrics.easy_read import Picture

A_ROW = 14
"""Two weeks of days, or of mornings, in a row."""
STEP, RADIUS = 30.0, 10.5


def dots(happened: int, of: int) -> Html:
    """The drawing: full dots first, so that two drawings can be held against each other at a glance.

    Raises ValueError where more happened than could.
    """
    if not 0 <= happened <= of or of < 1:
        raise ValueError(f"{happened} of {of} cannot be drawn.")
    across, down = min(of, A_ROW), -(-of // A_ROW)
    marks = [_dot(place, full=place < happened) for place in range(of)]
    width, height = across * STEP, down * STEP
    return tag(
        "svg", *marks, viewBox=f"0 0 {width:g} {height:g}", width=f"{width:g}", height=f"{height:g}",
        xmlns="http://www.w3.org/2000/svg",
    )  # fmt: skip


def _dot(place: int, *, full: bool) -> Html:
    row, column = divmod(place, A_ROW)
    x, y = (column + 0.5) * STEP, (row + 0.5) * STEP
    return tag(
        "circle",
        cx=f"{x:g}",
        cy=f"{y:g}",
        r=f"{RADIUS:g}",
        fill=INK if full else "#FFFFFF",
        stroke=INK,
        stroke_width="2",
    )


def pictogram(found: Picture, counted: str, *, inline: bool = False) -> Html:
    """Both sides under each other with their words; ``inline`` writes the drawing itself, for a page on paper."""
    sides = (("Before", found.before), ("Now", found.now))
    key = f"Each ring is one {found.one_of}. Full rings: {counted}."
    parts = []
    for name, (happened, of) in sides:
        said = f"{name}: {happened} of {of}."
        drawn = dots(happened, of)
        if not inline:
            across = min(of, A_ROW) * STEP
            drawn = tag("img", src=address(drawn), alt=said, class_="leo-dots", style=f"max-width:{across:g}px")
        else:
            drawn = tag("div", drawn, role="img", aria_label=said)
        parts.append(tag("div", tag("p", tag("b", name)), drawn, class_="leo-dots-side keep"))
    return tag("div", *parts, tag("p", key, class_="leo-muted small"), class_="leo-pictogram")
