"""Other explanations, each given its say before a change for the better is believed. They can only lower a verdict.

Each guard is one small function from a ``Situation`` to an ``Objection`` or None, in a module of its own.
"""

from __future__ import annotations

from metrics.judging.guards.objection import Guard, Objection, only_said
from metrics.judging.guards.placebo import placebo
from metrics.judging.guards.recording import everything_fell, more_written_down
from metrics.judging.guards.season import season
from metrics.judging.guards.spike import spike
from metrics.judging.guards.trend import trend
from metrics.judging.guards.windows import depends_on_window, exposure_missing

FOR_BETTER: tuple[Guard, ...] = (
    spike,
    trend,
    season,
    depends_on_window,
    placebo,
    everything_fell,
    exposure_missing,
)
"""Heard when a verdict would be "better"."""
FOR_STEADY: tuple[Guard, ...] = (depends_on_window, exposure_missing)
"""Heard when a verdict would be "held steady"."""
FOR_WORSE: tuple[Guard, ...] = (more_written_down, only_said(trend), only_said(season))
"""Heard when a verdict is "worse": they explain, and never make it kinder."""

__all__ = ["FOR_BETTER", "FOR_STEADY", "FOR_WORSE", "Guard", "Objection"]
