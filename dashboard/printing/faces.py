"""Five simple faces, drawn in lines: no red, no green, nothing but the mouth and the brows changes from one to the next."""

from __future__ import annotations

from dashboard.markup import Html, tag

STEPS = 5
_MOUTHS = (
    "M 30 76 Q 50 54 70 76",
    "M 32 72 Q 50 61 68 72",
    "M 33 68 L 67 68",
    "M 32 63 Q 50 77 68 63",
    "M 28 59 Q 50 88 72 59",
)
"""From corners down to corners up, on a face 100 wide."""
_BROWS = (
    ("M 26 32 L 41 27", "M 74 32 L 59 27"),
    ("M 26 30 L 41 28", "M 74 30 L 59 28"),
    ("M 26 28 L 41 28", "M 74 28 L 59 28"),
    ("M 26 28 Q 33 24 41 27", "M 74 28 Q 67 24 59 27"),
    ("M 26 27 Q 33 20 41 26", "M 74 27 Q 67 20 59 26"),
)


def face(step: int, size: int = 66) -> Html:
    """The face of a step from 1 (least) to 5 (most). Silent: its word stands under it. Raises ValueError outside."""
    if not 1 <= step <= STEPS:
        raise ValueError(f"There are {STEPS} faces; there is no face {step}.")
    line = {"fill": "none", "stroke": "#0B0C0C", "stroke_linecap": "round"}
    brows = (tag("path", d=drawn, stroke_width="3", **line) for drawn in _BROWS[step - 1])
    eyes = (tag("circle", cx=across, cy="42", r="4.5", fill="#0B0C0C") for across in ("34", "66"))
    return tag(
        "svg",
        tag("circle", cx="50", cy="50", r="46", stroke_width="3", **line),
        *brows,
        *eyes,
        tag("path", d=_MOUTHS[step - 1], stroke_width="4", **line),
        viewBox="0 0 100 100",
        width=str(size),
        height=str(size),
        aria_hidden="true",
        focusable="false",
    )
