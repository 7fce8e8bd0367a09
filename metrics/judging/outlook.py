"""Not settled yet: how many more weeks would settle it, if things go on as they are now."""

from __future__ import annotations

from metrics.estimators.follow_up import MoreWeeks, weeks_for_rates, weeks_for_shares
from metrics.judging.verdict import margin_as_ratio, margin_as_size
from metrics.model import Change, Declared, Outcome, Verdict

OPEN = ("too_little_data", "no_clear_change", "rise_not_ruled_out", "fall_not_ruled_out", "too_few_events")
"""Reasons that more of the same could do away with."""


def more_weeks(outcome: Outcome, change: Change, declared: Declared, verdict: Verdict) -> MoreWeeks | None:
    """Weeks of further follow-up after which the interval would settle the question; None where that is not what is missing."""
    effect, before, after = change.effect, change.before, change.after
    if verdict.reason not in OPEN or effect is None or outcome.fewer_is_better is None or after.period is None:
        return None
    if change.interrupted is not None:  # it looks at the whole record, and weeks are worth something else there
        return None
    if not before.tally.denominator or not after.tally.denominator:
        return None
    weeks = after.period.days / 7
    steady = declared.question == "steady"
    if steady and declared.declaration is None:
        return None
    if effect.scale == "ratio":
        return weeks_for_rates(
            before.tally.numerator, before.tally.denominator, after.tally.numerator, after.tally.denominator,
            after.tally.denominator / weeks, margin=margin_as_ratio(declared.size) if steady else None,
            fewer_is_better=outcome.fewer_is_better, dispersion=max(1.0, change.dispersion or 1.0),
        )  # fmt: skip
    if effect.scale == "points" and change.worth is not None:
        worth_before, worth_after = change.worth
        return weeks_for_shares(
            before.tally.numerator / before.tally.denominator, worth_before,
            after.tally.numerator / after.tally.denominator, worth_after, worth_after / weeks,
            margin=margin_as_size(declared.size) / 100 if steady else None, fewer_is_better=outcome.fewer_is_better,
        )  # fmt: skip
    return None
