"""Two signs beside a chart: what its last point says, and whether its target will be met. Never without their words.

The frames are the shapes of the marks on the chart: a circle for what could be chance, a diamond for better, a triangle
for worth a look, a square for neither. Signs about a target stand in a shield, so that the two cannot be mixed up.
"""

from __future__ import annotations

from dashboard.charts.mini import picture
from dashboard.markup import Html, tag
from dashboard.theme import AMBER, BLUE, HATCH, PAPER, PURPLE, SLATE
from metrics.series.spc.model import Assurance, Variation

TOO_FEW = "too few points to say"
VARIATION_WORDS: dict[Variation, str] = {
    "common_cause": "could be chance: no clear change",
    "improvement_high": "clear change for the better, higher",
    "improvement_low": "clear change for the better, lower",
    "concern_high": "clear change to look at, higher",
    "concern_low": "clear change to look at, lower",
    "neutral_high": "clear change, higher",
    "neutral_low": "clear change, lower",
}
ASSURANCE_WORDS: dict[Assurance, str] = {
    "pass": "will meet the target if nothing changes",
    "fail": "will miss the target if nothing changes",
    "inconsistent": "may meet or miss the target by chance",
}
_ARROW_UP = f'<path d="M24 13l9 11h-5.5v11h-7V24H15z" fill="{PAPER}"/>'
_ARROW_DOWN = f'<path d="M24 35l9-11h-5.5V13h-7v11H15z" fill="{PAPER}"/>'
_DIAMOND = f'<path d="M24 1l23 23l-23 23l-23-23z" fill="{BLUE}"/>'
_SQUARE = f'<rect x="4" y="4" width="40" height="40" rx="3" fill="{PURPLE}"/>'
_TRIANGLE_UP = f'<path d="M24 2l23 43h-46z" fill="{AMBER}"/><path d="M24 17l8.5 10h-5v12h-7V27h-5z" fill="{PAPER}"/>'
_TRIANGLE_DOWN = f'<path d="M24 46l23-43h-46z" fill="{AMBER}"/><path d="M24 31l8.5-10h-5V9h-7v12h-5z" fill="{PAPER}"/>'
_WAVE = f'<path d="M10 24q4.7-11 9.3 0t9.3 0t9.3 0" fill="none" stroke="{SLATE}" stroke-width="3.6" stroke-linecap="round"/>'
_RING = f'<circle cx="24" cy="24" r="21" fill="{PAPER}" stroke="{SLATE}" stroke-width="3.6"/>'
_SHIELD = "M24 2l19 6v15q0 15-19 23q-19-8-19-23V8z"
_UNKNOWN = (
    f'<circle cx="24" cy="24" r="21" fill="{PAPER}" stroke="{HATCH}" stroke-width="3" stroke-dasharray="5 5"/>'
    f'<path d="M15 24h18" stroke="{SLATE}" stroke-width="3.6" stroke-linecap="round"/>'
)
_VARIATION: dict[Variation, str] = {
    "common_cause": _RING + _WAVE,
    "improvement_high": _DIAMOND + _ARROW_UP,
    "improvement_low": _DIAMOND + _ARROW_DOWN,
    "concern_high": _TRIANGLE_UP,
    "concern_low": _TRIANGLE_DOWN,
    "neutral_high": _SQUARE + _ARROW_UP,
    "neutral_low": _SQUARE + _ARROW_DOWN,
}
_ASSURANCE: dict[Assurance, str] = {
    "pass": f'<path d="{_SHIELD}" fill="{BLUE}"/><path d="M14 24l7.5 8L35 16" fill="none" stroke="{PAPER}" '
    'stroke-width="5" stroke-linecap="round" stroke-linejoin="round"/>',
    "fail": f'<path d="{_SHIELD}" fill="{AMBER}"/><path d="M16 15l16 17M32 15L16 32" stroke="{PAPER}" stroke-width="5" '
    'stroke-linecap="round"/>',
    "inconsistent": f'<path d="{_SHIELD}" fill="{PAPER}" stroke="{SLATE}" stroke-width="3.4"/>'
    f'<path d="M10 22h28" stroke="{SLATE}" stroke-width="2.4" stroke-dasharray="4 3"/>'
    f'<path d="M12 27q4-14 8 -5t8 0t8-5" fill="none" stroke="{SLATE}" stroke-width="3.4" stroke-linecap="round"/>',
}
_UNKNOWN_TARGET = (
    f'<path d="{_SHIELD}" fill="{PAPER}" stroke="{HATCH}" stroke-width="3" stroke-dasharray="5 5"/>'
    f'<path d="M16 23h16" stroke="{SLATE}" stroke-width="3.6" stroke-linecap="round"/>'
)


def variation_words(variation: Variation | None) -> str:
    """What the last point says, in words."""
    return TOO_FEW if variation is None else VARIATION_WORDS[variation]


def assurance_words(assurance: Assurance | None) -> str:
    """Whether the target will be met, in words."""
    return TOO_FEW if assurance is None else ASSURANCE_WORDS[assurance]


def variation_icon(variation: Variation | None, *, greyed: bool = False, size: int = 32, silent: bool = False) -> Html:
    """The sign. ``greyed`` where it rests on few points; ``silent`` where its words stand beside it."""
    drawn = _UNKNOWN if variation is None else _VARIATION[variation]
    return _icon(drawn, variation_words(variation), greyed=greyed, size=size, silent=silent)


def assurance_icon(assurance: Assurance | None, *, greyed: bool = False, size: int = 32, silent: bool = False) -> Html:
    """The sign about the target. ``greyed`` where it rests on few points; ``silent`` where its words stand beside it."""
    drawn = _UNKNOWN_TARGET if assurance is None else _ASSURANCE[assurance]
    return _icon(drawn, assurance_words(assurance), greyed=greyed, size=size, silent=silent)


def _icon(drawn: str, words: str, *, greyed: bool, size: int, silent: bool) -> Html:
    for colour in (BLUE, AMBER, PURPLE) if greyed else ():
        drawn = drawn.replace(colour, SLATE)
    said = f"{words}, by few points" if greyed and words != TOO_FEW else words
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 48 48">{drawn}</svg>'
    return tag(
        "img", src=picture(svg), alt="" if silent else said, class_="leo-icon", width=str(size), height=str(size)
    )
