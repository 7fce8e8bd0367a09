"""Control charts: many series at once as arrays, and as finished charts with every point and word."""

from __future__ import annotations

import time

import numpy as np

SERIES, POINTS, SEED = 1000, 60, 2026
PEER_QUICK, PEER_USUAL = 22.3, 141.6
"""CPU seconds of NHSRplotthedots for the same: one call with facets, and one call a series."""


def rows() -> list[tuple[str, str, str]]:
    """1,000 series of 60 months: limits, rules and icons; then the same as charts with points and sentences."""
    from metrics.series.spc.engine import charted
    from metrics.series.spc.sheet import sheet

    values = np.random.default_rng(SEED).poisson(9, (SERIES, POINTS)).astype(float)
    plain = _best(lambda: _drawn(charted("xmr", sheet(values))))
    phases = _best(lambda: _drawn(charted("xmr", sheet(values, starts=[[30]] * SERIES))))
    finished = _best(_finished)
    beside = f"NHSRplotthedots {PEER_QUICK:g} to {PEER_USUAL:g}"
    return [
        ("1,000 XmR series × 60 points with rules and icons: CPU s", f"{plain:.3f}", beside),
        ("the same in two phases: CPU s", f"{phases:.3f}", beside),
        ("the same as finished charts with sentences: CPU s", f"{finished:.2f}", f"{SERIES * POINTS:,} points"),
    ]


def _drawn(found: object) -> None:
    found.variation(["decrease"] * SERIES)  # type: ignore[attr-defined]
    found.assurance([8.0] * SERIES, ["decrease"] * SERIES)  # type: ignore[attr-defined]


def _finished() -> None:
    from datetime import date

    from data.model import Period, Rows, Series, Service, Tally
    from metrics.model import Outcome
    from metrics.series.spc.build import charts
    from metrics.series.spc.model import Asked

    outcome = Outcome(
        "F1", "Falls", "rate", "falls", "no rise", "steady", 1.25, "per 1,000 bed days", "", Rows("falls"), per=1000.0
    )
    home = Service("a", "residential", "EN", "A home", 40)
    months = Period(date(2020, 1, 1), date(2024, 12, 31)).months()
    counts = np.random.default_rng(SEED).poisson(9, (SERIES, POINTS))
    charts(
        [
            Asked(outcome, home, Series(months, tuple(Tally(int(each), 1200.0) for each in row), "stays"), chart="xmr")
            for row in counts
        ]
    )


def _best(work: object, times: int = 3) -> float:
    spent = []
    for _ in range(times):
        begun = time.process_time()
        work()  # type: ignore[operator]
        spent.append(time.process_time() - begun)
    return min(spent)
