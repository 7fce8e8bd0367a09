"""What an answerer hands back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from metrics.estimators.intervals import Interval

Figures = dict[str, Callable[[], Any]]
"""Figures by name, not worked out yet."""


@dataclass(frozen=True)
class Reply:
    """Our figures, under the names the reference uses.

    ``instead`` holds the figures to expect where the reference advises against its own (``compare: quirk``),
    worked out from what it recommends. ``tolerance`` says by figure how far the reference's own search can be
    trusted, where neither the case nor its file does.
    """

    figures: Mapping[str, Any]
    instead: Mapping[str, Any] | None = None
    tolerance: Mapping[str, Any] | None = None


def pair(interval: Interval) -> list[float | None]:
    return [interval.low, interval.high]


def where_defined(figures: Figures) -> dict[str, Any]:
    """Each figure worked out; those an estimator refuses for these numbers are left out."""
    worked_out = {}
    for name, work_out in figures.items():
        try:
            worked_out[name] = work_out()
        except ValueError:
            continue
    return worked_out
