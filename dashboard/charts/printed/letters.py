"""Letters for words with a shape among them: what one font lacks (a tick, a diamond) the next one has."""

from __future__ import annotations

from functools import cache

from matplotlib import font_manager

from dashboard.charts.printed.paper import LETTERS


@cache
def letters() -> tuple[str, ...]:
    """Those of our fonts that this machine has, in our order. The last comes with matplotlib itself."""
    there = {font.name for font in font_manager.fontManager.ttflist}
    return tuple(name for name in LETTERS if name in there) or (LETTERS[-1],)
