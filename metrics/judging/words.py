"""What is said of follow-up still needed, of a joint verdict, and of the caution that lowered a verdict."""

from __future__ import annotations

from metrics.model import Caution, Finding, JointVerdict, Part
from metrics.words import counted, day, number, whole

SAID_BY = {
    "spike_baseline": "spike_before_start",
    "trend_before": "trend_before_start",
    "often_without": "earlier_dates",
}
"""The caution that goes with a reason, where the two have different names."""
WEEKS_A_YEAR = 52.18
MET, NOT_MET, OPEN = "met", "not met", "cannot tell yet"


def more_weeks_line(finding: Finding) -> str | None:
    """How long it would take to settle the question, in one plain sentence; None where that is not what is missing."""
    more = finding.more_weeks
    if more is None:
        return None
    if more.weeks is not None:
        weeks = "another week" if more.weeks == 1 else f"{whole(more.weeks)} more weeks"
        return f"If things go on like this, about {weeks}{_in_years(more.weeks)} would settle it."
    if more.reason == "not on this baseline":
        return f"On {_days_before(finding)} before, no follow-up is long enough: a longer record from before is what is missing."
    if more.reason == "not within five years":
        return "If things go on like this, it would take more than five years to settle it."
    if more.reason == "not as things are now":
        if finding.question == "steady":
            return (
                "If things go on like this, no follow-up would settle it: it lies too near the edge of what was agreed."
            )
        return "If things go on like this, no follow-up would settle it: the days after are too like the days before."
    return "It is a near thing: a little more follow-up may settle it."


def _in_years(weeks: int) -> str:
    years = weeks / WEEKS_A_YEAR
    return "" if years < 1 else f" ({number(years, 1)} years)"


def _days_before(finding: Finding) -> str:
    before = finding.comparison.before if finding.comparison is not None else None
    return "the days" if before is None else f"these {counted(before.days, 'day', 'days')}"


def joint_line(joint: JointVerdict) -> str:
    """The joint verdict as a heading."""
    if joint.word == "better":
        return "Better, and still safe"
    if joint.word == "worse":
        return "Worse: something that keeps people safe got worse"
    failed = any(part.met is False for part in joint.parts)
    if joint.reason == "part_not_met":
        return "Cannot tell yet: not every part is met"
    if failed:
        return "Cannot tell yet: not every part is met, and some cannot be told"
    return "Cannot tell yet: not every part can be told"


def part_mark(part: Part) -> str:
    """met, not met, or cannot tell yet."""
    return OPEN if part.met is None else MET if part.met else NOT_MET


def part_written(part: Part, finding: Finding) -> str:
    """When the part was written down, and whether that was in time."""
    if part.declared_on is None:
        return "not written down beforehand"
    comparison = finding.comparison
    late = comparison is not None and part.declared_on > comparison.planned_after.first
    return f"written down {day(part.declared_on)}{', after follow-up began' if late else ''}"


def lowered_by(finding: Finding) -> Caution | None:
    """The caution for which the answer is not called better or steady; None where none of them changed the word."""
    reason = finding.verdict.reason
    if reason is None:
        return None
    code = SAID_BY.get(reason, reason)
    return next((caution for caution in finding.cautions if caution.code == code), None)
