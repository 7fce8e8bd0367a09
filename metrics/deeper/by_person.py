"""One person's weeks as a series."""

from __future__ import annotations

from collections.abc import Iterator

from data.model import Tally
from metrics.deeper.figure import IN_100, WEEK, SecondFigure, refused
from metrics.deeper.other_sums import weeks_of
from metrics.estimators.single_case.means import Scale as PointScale
from metrics.estimators.single_case.report import FEWEST_FOR_A_STATEMENT, SeriesReport, series_report
from metrics.judging.situation import Situation
from metrics.words import counted

FIRST, LOG_RATIO = "NAP", "change in per cent"
TOO_FEW = f"Fewer than {FEWEST_FOR_A_STATEMENT} a side are too few for a statement."
FIGURES: dict[str, tuple[str, str, int]] = {
    FIRST: ("NAP: pairs of weeks, one before and one after, in which the later was better", IN_100, 100),
    "Tau-U": ("Tau-U, less the trend before: (S_AB − S_A) / (m n)", "", 1),
    LOG_RATIO: ("Log response ratio, as a change of the weekly average", "per cent", 1),
}
"""What is shown of a series: its words, its unit, and by what it is multiplied."""


def one_person(seen: Situation) -> Iterator[SecondFigure]:
    """Overlap, means and resemblance of a person's weeks before and after; nothing for a whole service."""
    if not seen.intervention.is_personal or seen.outcome.kind not in ("rate", "day_share", "share"):
        return
    name = "One person's weeks as a series"
    fewer = seen.outcome.fewer_is_better
    if fewer is None:
        yield refused("one person", name, "Neither more nor fewer is good by itself")
        return
    there, then = ([week for week in weeks if week.denominator] for weeks in weeks_of(seen))
    try:
        report = _report(seen, there, then, fewer_is_better=fewer)
    except ValueError as reason:
        yield refused("one person", name, str(reason))
        return
    weeks = f"{counted(report.points_before, 'week', 'weeks')} before, {report.points_after} after."
    few = "" if report.enough else f" {TOO_FEW}"
    sums = sum(week.numerator for week in there), sum(week.numerator for week in then)
    for code in FIGURES:
        yield _single(report, code, sums, f"{weeks}{few}" if code == FIRST else "")
    yield _resemblance(report)


def _report(seen: Situation, there: list[Tally], then: list[Tally], *, fewer_is_better: bool) -> SeriesReport:
    """Events a week, or the share of days; a week with days away counts by the days there were."""
    scale: PointScale = "rate" if seen.outcome.kind == "rate" else "proportion"
    factor = WEEK if seen.outcome.kind == "rate" else 1
    before, after = ([factor * week.numerator / week.denominator for week in weeks] for weeks in (there, then))
    exposures = [week.denominator for week in (*there, *then)]
    typical = sum(exposures) / len(exposures) if exposures else None
    return series_report(
        before,
        after,
        "down" if fewer_is_better else "up",
        scale,
        observation_length=typical / WEEK if typical else None,
        intervals=typical,
    )


def _single(report: SeriesReport, code: str, sums: tuple[int, int], note: str) -> SecondFigure:
    said, unit, times = FIGURES[code]
    found = report.figure(code)
    if found is None:
        reason = dict(report.left_out).get(code, "It cannot be worked out from these weeks")
        return refused("one person", said, reason)
    if code == LOG_RATIO and not all(sums):
        # With nothing on one side the figure is made by the floor that keeps its logarithm finite.
        word = "none recorded after" if sums[0] else "none recorded before"
        return SecondFigure("one person", said, word=word, assumes=found.assumes, paper=found.paper, note=note)
    limits = found.interval
    low, high = (None, None) if limits is None else (limits.low, limits.high)
    return SecondFigure(
        "one person", said, found.value * times, None if low is None else low * times,
        None if high is None else high * times, found.no_change * times, unit, assumes=found.assumes,
        paper=found.paper, note=note,
    )  # fmt: skip


def _resemblance(report: SeriesReport) -> SecondFigure:
    name, paper = "Lag-1 autocorrelation of the weeks", "Huitema & McKean 1991, doi:10.1037/0033-2909.110.2.291"
    if report.autocorrelation is None:
        return refused("one person", name, "Nothing varies from week to week", paper=paper)
    return SecondFigure(
        "one person", name, report.autocorrelation, no_change=0.0, unit="correlation", assumes="no trend within a side",
        paper=paper, note="Above 0, neighbouring weeks resemble each other, and the ranges above are too narrow.",
    )  # fmt: skip
