"""How small a change could have been seen at all, and what chance may do among several outcomes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from data.model import Period, Tally
from metrics.deeper.elsewhen import p_said
from metrics.deeper.figure import IN_100, TIMES, SecondFigure, refused
from metrics.deeper.other_sums import NEWCOMBE
from metrics.estimators.detectable import detectable_ratio, detectable_share
from metrics.estimators.many import adjusted
from metrics.judging.several import p_value
from metrics.judging.situation import Situation
from metrics.model import Finding

POWER = 0.8


def what_could_be_seen(seen: Situation, finding: Finding, together: Sequence[Finding]) -> Iterator[SecondFigure]:
    """The smallest change these days could have shown, and what chance may do among outcomes declared together."""
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
        yield refused("what could be seen", name, "Neither more nor fewer is good by itself", assumes=assumes)
        return
    if before is None or not tally.denominator:
        yield refused("what could be seen", name, "Nothing was recorded before", assumes=assumes)
        return
    longer = _as_planned(before, seen.comparison.planned_after)
    ratio = seen.outcome.scale == "ratio"
    paper = "Gu et al. 2008, doi:10.1002/bimj.200710403" if ratio else NEWCOMBE
    try:
        found = (_smallest_ratio if ratio else _smallest_points)(seen, tally, longer, fewer)
    except (ValueError, OverflowError) as reason:
        yield refused("what could be seen", name, str(reason), assumes=assumes, paper=paper)
        return
    if found is None:
        said = "Not even the largest change would have been seen so often: there are too few"
        yield refused("what could be seen", name, said, assumes=assumes, paper=paper)
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
        return refused("what could be seen", name, "It has no range on both sides", assumes=assumes, paper=paper)
    return SecondFigure(
        "what could be seen", name, after, unit="p", assumes=assumes, paper=paper,
        note=f"{p_said(p)} by itself; {len(ours)} outcomes were declared. Verdicts rest on ranges, not on this.",
    )  # fmt: skip
