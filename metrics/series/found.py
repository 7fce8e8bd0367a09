"""What an interrupted series is asked for and what it finds: the model, the points, the figures, the choices made."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.model import Period, Tally
from metrics.estimators.counterfactual import Averted
from metrics.estimators.intervals import Interval

Step = Literal["week", "month"]
Part = Literal["before", "after", "left out"]
Scale = Literal["ratio", "points"]


class NotEstimable(ValueError):
    """This series cannot carry the model; the message says why, in words for the page."""


@dataclass(frozen=True)
class Model:
    """What is fitted. ``pairs`` None: as many season pairs as the record bears. ``floor``: the least dispersion.

    ``neighbours``: whether limits also allow for neighbouring stretches that resemble each other.
    """

    name: str
    slope: bool
    pairs: int | None
    floor: float
    students: bool
    neighbours: bool


INTERRUPTED = Model("interrupted", slope=True, pairs=None, floor=1.0, students=True, neighbours=True)
STEP = Model("interrupted-step", slope=False, pairs=2, floor=0.0, students=False, neighbours=False)
"""The model of the published tutorial: level only, two season pairs, quasi-Poisson as it comes, normal limits."""


@dataclass(frozen=True)
class Estimate:
    """A figure with its interval, and which of the spreads left most open."""

    value: float
    interval: Interval
    spread: str


@dataclass(frozen=True)
class SeriesPoint:
    """One stretch of time, in the outcome's own unit. ``low`` and ``high`` are the band of ``expected``."""

    period: Period
    tally: Tally
    part: Part
    observed: float | None
    fitted: float | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True)
class Interrupted:
    """What an interrupted series found.

    ``effect`` compares the follow-up as fitted with the earlier pattern carried on: a ratio (1 = none) or points
    (0 = none). ``level`` is the jump in the stretch the start falls in, ``slope`` the change for each further
    stretch; with no slope, level and effect are the same figure. ``averted`` counts events (rates only; above 0,
    fewer than expected). ``resemblance`` is the lag-1 correlation of what is left over, ``runs`` the one behind it that
    the third spread allows for. ``sensitivity`` is the effect by Prais-Winsten (shares and scores only).
    """

    model: Model
    scale: Scale
    step: Step
    start: date
    effect: Estimate
    level: Estimate
    slope: Estimate | None
    averted: Averted | None
    sensitivity: Estimate | None
    observed: float
    expected: float
    season_pairs: int
    lag: int
    dispersion: float | None
    resemblance: float | None
    points: tuple[SeriesPoint, ...]
    count_before: int
    count_after: int
    notes: tuple[str, ...]
    standard_error: float
    degrees: int
    runs: float = 0.0
    beside: Controlled | None = None

    @property
    def method(self) -> str:
        """Every choice made, in one line."""
        stretches = f"{self.count_before} + {self.count_after} {self.step}s"
        shape = "level, slope and trend" if self.slope is not None else "level and trend"
        pairs = {0: "no season", 1: "one season pair"}.get(self.season_pairs, f"{self.season_pairs} season pairs")
        limits = "t limits" if self.model.students else "normal limits"
        parts = [f"interrupted time series ({self.model.name}): {shape}, {pairs}, {stretches}"]
        if self.scale == "ratio":
            assert self.dispersion is not None
            least = " (never taken below 1)" if self.model.floor else ""
            parts.append(f"quasi-Poisson, dispersion {self.dispersion:.1f}{least}")
        else:
            parts.append("least squares")
        if self.model.neighbours:
            parts.append(
                f"the widest of that, Newey-West with lag {self.lag} and {self.step}s in runs (neighbours alike by "
                f"{self.runs:.2f}) taken: {self.effect.spread}"
            )
        parts.append(limits)
        if self.beside is not None:
            parts.append(f"set beside {self.beside.name}, {self.beside.method}")
        return ", ".join(parts)


@dataclass(frozen=True)
class Controlled:
    """The same change in a series it could not have reached, and what is left of the effect beside it.

    ``effect`` is the ratio of the two ratios, or the difference of the two differences; ``name`` the comparison's.
    """

    name: str
    comparison: Interrupted
    effect: Estimate
    standard_error: float
    method: str
