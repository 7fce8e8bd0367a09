"""From an effect to one of four words. Guards live in ``cautions``; this is the bare rule, small enough to read.

Change question   better when the 95 % interval leaves out "no change" on the good side; worse likewise.
Steady question   held steady when the bad end of the interval lies inside the margin agreed beforehand
                  (non-inferiority; Schuirmann 1987, Piaggio 2012, doi:10.1001/jama.2012.87802).
A lack of evidence for change is never read as evidence of no change (Altman & Bland 1995).
"""

from __future__ import annotations

import math

from metrics.model import Change, Declared, Effect, Outcome, Verdict

FEWEST_EVENTS = 5
"""Fewer than this in both periods together say nothing either way."""
USUAL_MARGIN_RATIO = 1.2
USUAL_MARGIN_POINTS = 10.0
"""What counts as a change worth knowing of when nothing was declared; only tells "too little data" from "no clear change".
Scores differ too much in width for one figure: there it is the size the question names."""


def judge(outcome: Outcome, change: Change, declared: Declared) -> Verdict:
    """The word for one change, before any guard is heard."""
    events = change.before.tally.numerator + change.after.tally.numerator
    rows = change.before.tally.denominator + change.after.tally.denominator
    effect = change.effect
    if effect is None:
        return Verdict("cannot tell yet", _why_no_effect(change))
    if effect.scale != "score" and (events if effect.scale == "ratio" else rows) < FEWEST_EVENTS:
        return Verdict("cannot tell yet", "too_few_events" if effect.scale == "ratio" else "too_few_rows")
    if outcome.fewer_is_better is None:
        return Verdict("cannot tell yet", "neither_way_is_good")
    if declared.question == "change":
        return _judge_change(effect, outcome.fewer_is_better, declared.size)
    return _judge_steady(effect, outcome.fewer_is_better, declared)


def _why_no_effect(change: Change) -> str:
    if change.why_none is not None:
        return change.why_none
    if change.basis == "none":
        return "no_exposure"
    if not change.before.tally.denominator and not change.after.tally.denominator:
        return "no_data"
    return "no_data_after" if change.before.tally.denominator else "no_data_before"


def _judge_change(effect: Effect, fewer_is_better: bool, size: float) -> Verdict:
    good, bad = good_and_bad_end(effect, fewer_is_better)
    if bad is not None and bad < 0:
        return Verdict("better", worthwhile=reaches(effect, fewer_is_better, size))
    if good is not None and good > 0:
        return Verdict("worse")
    usual = {"ratio": USUAL_MARGIN_RATIO, "points": USUAL_MARGIN_POINTS, "score": size}[effect.scale]
    margin = margin_as_bad(effect, usual)
    wide_open = (good is None or good < -margin) and (bad is None or bad > margin)
    return Verdict("cannot tell yet", "too_little_data" if wide_open else "no_clear_change")


def _judge_steady(effect: Effect, fewer_is_better: bool, declared: Declared) -> Verdict:
    good, bad = good_and_bad_end(effect, fewer_is_better)
    if good is not None and good > 0:
        return Verdict("worse")
    if declared.declaration is None:
        return Verdict("cannot tell yet", "no_margin_declared")
    if bad is not None and bad < margin_as_bad(effect, declared.size):
        return Verdict("held steady")
    return Verdict("cannot tell yet", "rise_not_ruled_out" if fewer_is_better else "fall_not_ruled_out")


def as_bad(effect: Effect, figure: float, fewer_is_better: bool) -> float:
    """A figure on a scale where 0 is no change and more is worse: log ratio, or points, turned the right way."""
    turned = figure
    if effect.scale == "ratio":
        turned = math.log(figure) if figure > 0 else -math.inf
    return turned if fewer_is_better else -turned


def good_and_bad_end(effect: Effect, fewer_is_better: bool) -> tuple[float | None, float | None]:
    """Both ends of the interval as badness: the best it may be, the worst it may be. None where there is no limit."""
    low = None if effect.low is None else as_bad(effect, effect.low, fewer_is_better)
    high = None if effect.high is None else as_bad(effect, effect.high, fewer_is_better)
    return (low, high) if fewer_is_better else (high, low)


def margin_as_bad(effect: Effect, size: float) -> float:
    """The margin agreed, as badness. A ratio margin may be written 1.25 or 0.8: both say "a quarter"."""
    if effect.scale == "ratio":
        return abs(as_bad(effect, size, True))
    return abs(size)


def margin_as_ratio(size: float) -> float:
    """The margin of a ratio as a number above 1: 0.8 and 1.25 both say "a quarter"."""
    return max(size, 1 / size)


def margin_as_size(size: float) -> float:
    """The margin of a difference, without its sign."""
    return abs(size)


def reaches(effect: Effect, fewer_is_better: bool, size: float) -> bool:
    """Whether the estimate is as far on the good side as was agreed to be worthwhile."""
    if effect.estimate is None:
        return False
    return as_bad(effect, effect.estimate, fewer_is_better) <= -margin_as_bad(effect, size)


def rules_out(effect: Effect | None, fewer_is_better: bool | None) -> float | None:
    """The largest worsening these data leave possible: per cent for ratios, points otherwise; None without a limit."""
    if effect is None or fewer_is_better is None:
        return None
    _, bad = good_and_bad_end(effect, fewer_is_better)
    if bad is None:
        return None
    worst = max(0.0, bad)
    if effect.scale != "ratio":
        return worst
    if fewer_is_better:
        return (math.exp(worst) - 1) * 100
    return (1 - math.exp(-worst)) * 100
