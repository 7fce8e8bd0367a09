"""Everything worth saying about one person's series of two phases."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from metrics.estimators.autocorrelation import pooled_lag1
from metrics.estimators.single_case.baseline import tau_bc
from metrics.estimators.single_case.means import (
    Scale,
    log_ratio_decreasing,
    log_ratio_increasing,
    percent_change,
    standardised_difference,
)
from metrics.estimators.single_case.model import Better, EffectSize, Floats, phases
from metrics.estimators.single_case.overlap import ird, nap, pand, pem, pnd, tau, tau_u
from metrics.estimators.single_case.randomisation import StartPointTest, start_point_test

FEWEST_FOR_A_STATEMENT = 5
"""Points a phase before a sentence is spoken: What Works Clearinghouse standards, version 4.1, 2020."""

FEWEST_TO_SHOW = 3
"""Points a phase before figures are shown at all: the same standards, with reservations."""


@dataclass(frozen=True)
class SeriesReport:
    """Figures in the order to be shown, those that do not exist with the reason, and what to read beside them.

    ``enough`` says whether there are points enough for a sentence; ``autocorrelation`` is None where nothing
    varies; ``drawn`` is the test of a start drawn by lot, None where it was not drawn.
    """

    points_before: int
    points_after: int
    enough: bool
    figures: tuple[EffectSize, ...]
    left_out: tuple[tuple[str, str], ...]
    autocorrelation: float | None
    drawn: StartPointTest | None

    def figure(self, name: str) -> EffectSize | None:
        """The figure of that name; None when it does not exist for these points."""
        return next((figure for figure in self.figures if figure.name == name), None)


def series_report(
    before: Sequence[float] | Floats,
    after: Sequence[float] | Floats,
    better: Better,
    scale: Scale = "count",
    *,
    observation_length: float | None = None,
    intervals: float | None = None,
    start_drawn_from: int | None = None,
    level: float = 0.95,
) -> SeriesReport:
    """All figures for one series, NAP first. One person's series never shows what brought a change about.

    ``start_drawn_from`` is the fewest points each phase was to have when the start was truly drawn by lot; None
    where it was not drawn, and then no p is given.

    Unit: that of each figure. Range: that of each figure. No change: the ``no_change`` each figure carries.
    Assumes: what each figure names; all take points as independent.
    Raises: ValueError when a phase has fewer than 3 points or a point is not finite.
    Pustejovsky 2019, Psychol Methods 24:217, doi:10.1037/met0000179.
    """
    first, second = phases(before, after, fewest=FEWEST_TO_SHOW)

    def ratio(which: Callable[..., EffectSize]) -> EffectSize:
        return which(
            first, second, better, scale, observation_length=observation_length, intervals=intervals, level=level
        )

    wanted: dict[str, Callable[[], EffectSize]] = {
        "NAP": lambda: nap(first, second, better, level=level),
        "Tau": lambda: tau(first, second, better, level=level),
        "Tau-U": lambda: tau_u(first, second, better),
        "Tau-BC": lambda: tau_bc(first, second, better, level=level),
        "LRRd": lambda: ratio(log_ratio_decreasing),
        "LRRi": lambda: ratio(log_ratio_increasing),
        "change in per cent": lambda: percent_change(
            ratio(log_ratio_increasing if better == "up" else log_ratio_decreasing)
        ),
        "SMD (before)": lambda: standardised_difference(first, second, better, level=level),
        "SMD (pooled)": lambda: standardised_difference(first, second, better, "pooled", level=level),
        "PND": lambda: pnd(first, second, better),
        "PEM": lambda: pem(first, second, better),
        "PAND": lambda: pand(first, second, better),
        "IRD": lambda: ird(first, second, better),
    }
    figures, left_out = [], []
    for name, work_out in wanted.items():
        try:
            figures.append(work_out())
        except ValueError as reason:
            left_out.append((name, str(reason)))
    drawn = None
    if start_drawn_from is not None:
        drawn = start_point_test(first, second, better, "mean", start_drawn_from)
    return SeriesReport(
        points_before=first.size,
        points_after=second.size,
        enough=min(first.size, second.size) >= FEWEST_FOR_A_STATEMENT,
        figures=tuple(figures),
        left_out=tuple(left_out),
        autocorrelation=pooled_lag1([first.tolist(), second.tolist()]),
        drawn=drawn,
    )
