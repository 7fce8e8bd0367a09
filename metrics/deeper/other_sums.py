"""The same change by other sums: other limits, other models, the whole series."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from data.facts import Facts
from data.model import Tally
from metrics.deeper.figure import IN_100, TIMES, UNITS, WEEK, SecondFigure, refused
from metrics.estimators.intervals import Interval
from metrics.estimators.proportions import miettinen_nurminen, newcombe_difference
from metrics.estimators.rates import RateRatio, rate_ratio_exact, rate_ratio_midp, rate_ratio_quasi_poisson
from metrics.judging.situation import Situation
from metrics.kinds import common
from metrics.series.around import interrupted_around
from metrics.series.interrupted import INTERRUPTED, STEP, Estimate, Interrupted, Model
from metrics.words import capital

NEWCOMBE = "Newcombe 1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I"


def by_other_sums(seen: Situation, facts: Facts) -> Iterator[SecondFigure]:
    """As it is judged, then by other limits and models, each with what it assumes."""
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
        return refused("other sums", name, "No estimate was worked out", assumes=assumes)
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
        there, then = weeks_of(seen)
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
        return refused("other sums", name, str(reason), assumes=assumes, paper=paper)
    if found.estimate is None and found.interval.low is None and found.interval.high is None:
        return refused("other sums", name, "Nothing was counted on either side", assumes=assumes, paper=paper)
    note = "" if found.estimate is not None else "Nothing was counted before, so there is only a lower end."
    if found.estimate is None and not found.interval.low:
        return refused("other sums", name, "Nothing was counted before", assumes=assumes, paper=paper)
    return SecondFigure(
        "other sums", name, found.estimate, found.interval.low, found.interval.high, 1.0, TIMES,
        assumes=assumes, paper=paper, note=note,
    )  # fmt: skip


def weeks_of(seen: Situation) -> tuple[list[Tally], list[Tally]]:
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
            yield refused("other sums", name, f"No {seen.outcome.many_of} on one side", assumes=assumes, paper=paper)
            continue
        try:
            estimate, limits = work_out()
        except (ValueError, OverflowError) as reason:
            yield refused("other sums", name, str(reason), assumes=assumes, paper=paper)
            continue
        low, high = (None if end is None else end * 100 for end in (limits.low, limits.high))
        yield SecondFigure("other sums", name, estimate * 100, low, high, 0.0, IN_100, assumes=assumes, paper=paper)


BERNAL = "Lopez Bernal, Cummins & Gasparrini 2017, doi:10.1093/ije/dyw098"


CONTINUED = "that the earlier pattern would have gone on as it was"


def _series(seen: Situation, facts: Facts) -> Iterator[SecondFigure]:
    usual, name = _interrupted(seen, facts, INTERRUPTED), "Interrupted series"
    if isinstance(usual, str):
        yield refused("other sums", name, usual, assumes=CONTINUED, paper=BERNAL)
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
        yield refused("other sums", told, step, assumes=CONTINUED, paper=BERNAL)
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
