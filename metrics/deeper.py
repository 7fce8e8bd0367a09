"""Methods for those who look deeper: the figures that stand beside a finding and never decide its verdict.

The same change by other sums, one person's weeks as a series, the same question over other days and at earlier dates,
and how small a change could have been seen at all. A figure that has no answer here says why, in words.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

from data.facts import Facts
from data.model import Period, Tally
from metrics.catalogue import Catalogue
from metrics.estimators.detectable import detectable_ratio, detectable_share
from metrics.estimators.intervals import Interval
from metrics.estimators.many import adjusted
from metrics.estimators.proportions import miettinen_nurminen, newcombe_difference
from metrics.estimators.rates import RateRatio, rate_ratio_exact, rate_ratio_midp, rate_ratio_quasi_poisson
from metrics.estimators.single_case.means import Scale as PointScale
from metrics.estimators.single_case.report import FEWEST_FOR_A_STATEMENT, SeriesReport, series_report
from metrics.evaluate import situation_of
from metrics.judging.guards.placebo import FEWEST_DATES, earlier_dates
from metrics.judging.guards.windows import WINDOW_WEEKS, other_windows
from metrics.judging.several import p_value
from metrics.judging.situation import Situation
from metrics.kinds import common
from metrics.model import Finding, Scale
from metrics.series.around import interrupted_around
from metrics.series.interrupted import INTERRUPTED, STEP, Estimate, Interrupted, Model
from metrics.words import capital, counted, number

Part = Literal["other sums", "one person", "other days", "what could be seen"]
PARTS: tuple[Part, ...] = ("other sums", "one person", "other days", "what could be seen")
WEEK = 7
POWER = 0.8
LEAST_P = 0.001
ABOUT: dict[Part, str] = {
    "other sums": "Each is the same before and after, with other limits or another model.",
    "one person": "This is one person's series: it does not show what brought a change about.",
    "other days": "The bare word over other days, before any other explanation has had its say.",
    "what could be seen": "How small a change would have shown, and what chance may do among several outcomes.",
}
"""What is true of every figure of a part."""

NEWCOMBE = "Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I"
TIMES, IN_100, POINTS = "times", "in 100", "points of the score"
UNITS: dict[Scale, str] = {"ratio": TIMES, "points": IN_100, "score": POINTS}


@dataclass(frozen=True)
class SecondFigure:
    """One figure beside a finding, with what it takes to read it.

    ``value`` is a number in ``unit``, ``word`` an answer that is none; where there is neither, ``note`` says why not.
    ``no_change`` is the value that would mean no difference, None where no value does.
    """

    part: Part
    name: str
    value: float | None = None
    low: float | None = None
    high: float | None = None
    no_change: float | None = None
    unit: str = ""
    word: str = ""
    assumes: str = ""
    paper: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        for figure in (self.value, self.low, self.high, self.no_change):
            if figure is not None and not math.isfinite(figure):
                raise ValueError(f"{self.name}: a figure that does not exist is left out, never infinite.")
        if self.value is None and not self.word and not self.note:
            raise ValueError(f"{self.name}: a figure that is not there says why.")

    @property
    def answered(self) -> bool:
        """Whether there is a figure or a word to show."""
        return self.value is not None or bool(self.word)


def deeper(
    facts: Facts, catalogue: Catalogue, finding: Finding, declared_with_it: Sequence[Finding] = ()
) -> tuple[SecondFigure, ...]:
    """Every second figure that fits the outcome's kind, in reading order; empty where nothing was compared.

    ``declared_with_it`` are all findings of the same intervention, for the chance among several outcomes.
    """
    try:
        seen = situation_of(facts, catalogue, finding)
    except ValueError:
        return ()
    return tuple(
        figure
        for figures in (
            _by_other_sums(seen, facts),
            _one_person(seen),
            _other_days(seen),
            _what_could_be_seen(seen, finding, declared_with_it),
        )
        for figure in figures
    )


def _refused(part: Part, name: str, reason: str, assumes: str = "", paper: str = "") -> SecondFigure:
    return SecondFigure(part, name, assumes=assumes, paper=paper, note=f"{capital(reason.rstrip('.'))}.")


# The same change by other sums -----------------------------------------------------------------------------


def _by_other_sums(seen: Situation, facts: Facts) -> Iterator[SecondFigure]:
    yield _as_judged(seen)
    if seen.outcome.scale == "ratio":
        yield from _ratios(seen)
    elif seen.outcome.scale == "points":
        yield from _differences(seen)
    if seen.outcome.kind in ("rate", "day_share", "share"):
        yield from _series(seen, facts)


def _as_judged(seen: Situation) -> SecondFigure:
    effect, name = seen.change.effect, "The figure the verdict rests on"
    assumes = "the same things written down in the same way before and after"
    if effect is None:
        return _refused("other sums", name, "No estimate was worked out", assumes=assumes)
    return SecondFigure(
        "other sums", name, effect.estimate, effect.low, effect.high, effect.no_change, UNITS[effect.scale],
        assumes=assumes,
        note=capital(effect.method) + ("." if effect.estimate is not None else "; no estimate, nothing was counted before."),
    )  # fmt: skip


def _ratios(seen: Situation) -> Iterator[SecondFigure]:
    before, after = seen.change.before.tally, seen.change.after.tally
    independent = "events that come one by one, never in bunches"

    def exact() -> RateRatio:
        return rate_ratio_exact(before.numerator, before.denominator, after.numerator, after.denominator)

    def midp() -> RateRatio:
        return rate_ratio_midp(before.numerator, before.denominator, after.numerator, after.denominator)

    def quasi() -> RateRatio:
        there, then = _weeks(seen)
        return rate_ratio_quasi_poisson(
            [week.numerator for week in there], [week.denominator for week in there],
            [week.numerator for week in then], [week.denominator for week in then],
        )  # fmt: skip

    yield _ratio(
        "Exact conditional limits", exact, independent, "Przyborowski & Wilenski 1940, doi:10.1093/biomet/31.3-4.313"
    )
    yield _ratio(
        "Mid-p limits", midp, f"{independent}; less cautious than the exact ones",
        "Berry & Armitage 1995, doi:10.2307/2348891",
    )  # fmt: skip
    if seen.outcome.kind == "rate":
        yield _ratio(
            "Plain quasi-Poisson limits", quasi, "weeks that scatter, each by itself: no runs of good and bad weeks",
            "Ver Hoef & Boveng 2007, doi:10.1890/07-0043.1",
        )  # fmt: skip


def _ratio(name: str, work_out: Callable[[], RateRatio], assumes: str, paper: str) -> SecondFigure:
    try:
        found = work_out()
    except (ValueError, OverflowError) as reason:
        return _refused("other sums", name, str(reason), assumes=assumes, paper=paper)
    if found.estimate is None and found.interval.low is None and found.interval.high is None:
        return _refused("other sums", name, "Nothing was counted on either side", assumes=assumes, paper=paper)
    note = "" if found.estimate is not None else "Nothing was counted before, so there is only a lower end."
    if found.estimate is None and not found.interval.low:
        return _refused("other sums", name, "Nothing was counted before", assumes=assumes, paper=paper)
    return SecondFigure(
        "other sums", name, found.estimate, found.interval.low, found.interval.high, 1.0, TIMES,
        assumes=assumes, paper=paper, note=note,
    )  # fmt: skip


def _weeks(seen: Situation) -> tuple[list[Tally], list[Tally]]:
    """The weeks of both sides with somebody there; empty where the kind keeps no record of days."""
    before, after = seen.comparison.before, seen.comparison.after
    if seen.record is None or before is None or after is None:
        return [], []
    return (
        common.without_empty_stretches(seen.record.series(before.blocks(WEEK, from_end=True))),
        common.without_empty_stretches(seen.record.series(after.blocks(WEEK))),
    )


def _differences(seen: Situation) -> Iterator[SecondFigure]:
    before, after = seen.change.before.tally, seen.change.after.tally
    assumes = f"{seen.outcome.many_of} that do not resemble each other, which makes the range too narrow"

    def newcombe() -> tuple[float, Interval]:
        found = newcombe_difference(
            before.numerator / before.denominator, before.denominator, after.numerator / after.denominator, after.denominator
        )  # fmt: skip
        return found.estimate, found.interval

    def score() -> tuple[float, Interval]:
        found = miettinen_nurminen(before.numerator, before.denominator, after.numerator, after.denominator)
        return found.estimate, found.interval

    for name, work_out, paper in (
        ("Newcombe's limits, days or rows taken as independent", newcombe, NEWCOMBE),
        ("Miettinen and Nurminen's limits, the same", score, "Miettinen & Nurminen 1985, doi:10.1002/sim.4780040211"),
    ):  # fmt: skip
        if not before.denominator or not after.denominator:
            yield _refused("other sums", name, f"No {seen.outcome.many_of} on one side", assumes=assumes, paper=paper)
            continue
        try:
            estimate, limits = work_out()
        except (ValueError, OverflowError) as reason:
            yield _refused("other sums", name, str(reason), assumes=assumes, paper=paper)
            continue
        low, high = (None if end is None else end * 100 for end in (limits.low, limits.high))
        yield SecondFigure("other sums", name, estimate * 100, low, high, 0.0, IN_100, assumes=assumes, paper=paper)


BERNAL = "Lopez Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098"
CONTINUED = "that the earlier pattern would have gone on as it was"


def _series(seen: Situation, facts: Facts) -> Iterator[SecondFigure]:
    usual, name = _interrupted(seen, facts, INTERRUPTED), "Interrupted series"
    if isinstance(usual, str):
        yield _refused("other sums", name, usual, assumes=CONTINUED, paper=BERNAL)
        return
    shape = "level, slope" if usual.slope is not None else "level only"
    if usual.season_pairs:
        shape += ", season"
    over = f"{usual.count_before} and {usual.count_after} {usual.step}s"
    yield _estimate(f"{name}: against the earlier pattern", usual, usual.effect, f"{capital(shape)}; {over}.")
    if usual.slope is not None:
        yield _estimate(f"{name}: step at the start", usual, usual.level, f"{capital(shape)}; {over}.")
    if seen.outcome.kind != "rate":
        return
    step = _interrupted(seen, facts, STEP)
    told = "Interrupted series: the published tutorial's step"
    if isinstance(step, str):
        yield _refused("other sums", told, step, assumes=CONTINUED, paper=BERNAL)
    else:
        yield _estimate(told, step, step.level, "Level only, two season pairs, normal limits.")


def _interrupted(seen: Situation, facts: Facts, model: Model) -> Interrupted | str:
    try:
        return interrupted_around(
            facts, seen.outcome, seen.intervention, seen.comparison, seen.declared.declaration, model=model
        )
    except (ValueError, OverflowError) as reason:
        return str(reason)


def _estimate(name: str, found: Interrupted, figure: Estimate, note: str) -> SecondFigure:
    ratio = found.scale == "ratio"
    return SecondFigure(
        "other sums", name, figure.value, figure.interval.low, figure.interval.high, 1.0 if ratio else 0.0,
        TIMES if ratio else IN_100, assumes=CONTINUED, paper=BERNAL, note=note,
    )  # fmt: skip


# One person's weeks as a series ----------------------------------------------------------------------------

FIRST, LOG_RATIO = "NAP", "change in per cent"
FIGURES: dict[str, tuple[str, str, int]] = {
    FIRST: ("NAP: pairs of weeks, one before and one after, in which the later was better", IN_100, 100),
    "Tau-U": ("Tau-U, less the trend before: (S_AB − S_A) / (m n)", "", 1),
    LOG_RATIO: ("Log response ratio, as a change of the weekly average", "per cent", 1),
}
"""What is shown of a series: its words, its unit, and by what it is multiplied."""


def _one_person(seen: Situation) -> Iterator[SecondFigure]:
    if not seen.intervention.is_personal or seen.outcome.kind not in ("rate", "day_share", "share"):
        return
    name = "One person's weeks as a series"
    fewer = seen.outcome.fewer_is_better
    if fewer is None:
        yield _refused("one person", name, "Neither more nor fewer is good by itself")
        return
    there, then = ([week for week in weeks if week.denominator] for weeks in _weeks(seen))
    try:
        report = _report(seen, there, then, fewer_is_better=fewer)
    except ValueError as reason:
        yield _refused("one person", name, str(reason))
        return
    weeks = f"{counted(report.points_before, 'week', 'weeks')} before, {report.points_after} after."
    few = "" if report.enough else f" Fewer than {FEWEST_FOR_A_STATEMENT} a side are too few for a statement."
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
        return _refused("one person", said, reason)
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
        return _refused("one person", name, "Nothing varies from week to week", paper=paper)
    return SecondFigure(
        "one person", name, report.autocorrelation, no_change=0.0, unit="correlation", assumes="no trend within a side",
        paper=paper, note="Above 0, neighbouring weeks resemble each other, and the ranges above are too narrow.",
    )  # fmt: skip


# Other days, and earlier dates -----------------------------------------------------------------------------


def _other_days(seen: Situation) -> Iterator[SecondFigure]:
    if seen.record is None:
        return
    words = dict(other_windows(seen))
    for weeks in WINDOW_WEEKS:
        name = f"Over {weeks} weeks on each side"
        if weeks in words:
            yield SecondFigure("other days", name, word=words[weeks])
        elif _same_days(seen, weeks):
            yield SecondFigure("other days", name, word="as judged", note="These are the days compared.")
        else:
            yield _refused("other days", name, "Not all of those days are recorded")
    yield _earlier(seen)


def _same_days(seen: Situation, weeks: int) -> bool:
    before, after = seen.comparison.before, seen.comparison.after
    return before is not None and after is not None and before.days == after.days == weeks * WEEK


def _earlier(seen: Situation) -> SecondFigure:
    name, paper = "The same sum at earlier dates", "Abadie, Diamond & Hainmueller 2015, doi:10.1111/ajps.12116"
    found = earlier_dates(seen)
    if found is None:
        return _refused(
            "other days", name, f"The record reaches back too little: fewer than {FEWEST_DATES} earlier dates fit",
            paper=paper,
        )  # fmt: skip
    return SecondFigure(
        "other days", name, word=f"as good a change at {found.as_good} of {found.dates}",
        assumes="that at those dates nothing was done; neighbouring dates share most of their days", paper=paper,
        note="How often such a change turned up when nothing was done.",
    )  # fmt: skip


# What could be seen at all ---------------------------------------------------------------------------------


def _what_could_be_seen(seen: Situation, finding: Finding, together: Sequence[Finding]) -> Iterator[SecondFigure]:
    yield from _smallest(seen)
    chance = _chance(finding, together)
    if chance is not None:
        yield chance


def _smallest(seen: Situation) -> Iterator[SecondFigure]:
    """The smallest change for the better, worked out from the days before and the follow-up planned: not from the result."""
    if seen.outcome.scale == "score":
        return
    name = "Smallest change for the better these days could have shown"
    assumes = f"{POWER * 100:.0f} chances in 100 of seeing it; the days before as they were, the follow-up as planned"
    fewer, before = seen.outcome.fewer_is_better, seen.comparison.before
    tally = seen.change.before.tally
    if fewer is None:
        yield _refused("what could be seen", name, "Neither more nor fewer is good by itself", assumes=assumes)
        return
    if before is None or not tally.denominator:
        yield _refused("what could be seen", name, "Nothing was recorded before", assumes=assumes)
        return
    longer = _as_planned(before, seen.comparison.planned_after)
    ratio = seen.outcome.scale == "ratio"
    paper = "Gu et al. 2008, doi:10.1002/bimj.200710403" if ratio else NEWCOMBE
    try:
        found = (_smallest_ratio if ratio else _smallest_points)(seen, tally, longer, fewer)
    except (ValueError, OverflowError) as reason:
        yield _refused("what could be seen", name, str(reason), assumes=assumes, paper=paper)
        return
    if found is None:
        said = "Not even the largest change would have been seen so often: there are too few"
        yield _refused("what could be seen", name, said, assumes=assumes, paper=paper)
        return
    yield SecondFigure(
        "what could be seen", name, found, no_change=1.0 if ratio else 0.0, unit=TIMES if ratio else IN_100,
        assumes=assumes, paper=paper, note="Anything smaller would mostly have been called “cannot tell yet”.",
    )  # fmt: skip


def _as_planned(before: Period, after: Period) -> float:
    """How many times as long the follow-up was planned to be."""
    return (after.last - after.first + timedelta(days=1)).days / before.days


def _smallest_ratio(seen: Situation, tally: Tally, longer: float, fewer_is_better: bool) -> float | None:
    return detectable_ratio(
        tally.numerator, tally.denominator, tally.denominator * longer, fewer_is_better=fewer_is_better,
        dispersion=max(1.0, seen.change.dispersion or 1.0), power=POWER,
    )  # fmt: skip


def _smallest_points(seen: Situation, tally: Tally, longer: float, fewer_is_better: bool) -> float | None:
    worth = seen.change.worth[0] if seen.change.worth is not None else tally.denominator
    found = detectable_share(
        tally.numerator / tally.denominator,
        worth,
        max(1.0, worth * longer),
        fewer_is_better=fewer_is_better,
        power=POWER,
    )
    return None if found is None else found * 100


def _chance(finding: Finding, together: Sequence[Finding]) -> SecondFigure | None:
    """Benjamini and Hochberg's p over the outcomes declared for this change; None unless several were."""
    if finding.declared is None or finding.declared.declaration is None:
        return None
    ours = [each for each in together if each.declared is not None and each.declared.declaration is not None]
    if len(ours) < 2:
        return None
    name, paper = (
        "Adjusted p among the outcomes declared",
        "Benjamini & Hochberg 1995, doi:10.1111/j.2517-6161.1995.tb02031.x",
    )
    assumes = "outcomes independent, or moving together"
    found = [p_value(each.change.effect if each.change is not None else None) for each in ours]
    place = next((at for at, each in enumerate(ours) if each.outcome.code == finding.outcome.code), None)
    p = found[place] if place is not None else None
    after = adjusted(found)[place] if place is not None else None
    if p is None or after is None:
        return _refused("what could be seen", name, "It has no range on both sides", assumes=assumes, paper=paper)
    return SecondFigure(
        "what could be seen", name, after, unit="p", assumes=assumes, paper=paper,
        note=f"{_p_said(p)} by itself; {len(ours)} outcomes were declared. Verdicts rest on ranges, not on this.",
    )  # fmt: skip


def _p_said(p: float) -> str:
    return f"Less than {LEAST_P:g}" if p < LEAST_P else number(p, 3)
