"""What a fair reader should know before believing a verdict. Each caution is one small function with its own sentence.

A guard can only lower a verdict: "better" and "held steady" may become "cannot tell yet"; nothing is ever made
kinder. Gates (``not_judged``) stop the judging altogether because the two sides cannot be compared.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import timedelta

from data.model import Period
from metrics.judging.answering import said_of_answers
from metrics.judging.situation import Situation
from metrics.judging.verdict import as_bad, good_and_bad_end, margin_as_bad
from metrics.model import Caution, Finding, Verdict
from metrics.words import and_list, day

RECORDING_KINDS = ("new_recording_system", "reporting_training")
RECORDING_DAYS = 30
"""A change of recording this close to the start cannot be told from the change itself."""
FEWEST_WATCHED_DAYS = 14
FEWEST_PERSON_DAYS = 1000
LEAST_WATCHED = 0.80
FEW_INTERVALS = 8
NARROWER = 1.645 / 1.960
"""How far a 90 % interval reaches, as a part of a 95 % one."""


UNSETTLED = (
    "too_little_data",
    "no_clear_change",
    "rise_not_ruled_out",
    "fall_not_ruled_out",
    "too_few_events",
    "no_margin_declared",
)
"""Reasons that leave open whether something got worse (others say that it was not judged at all)."""


# Gates: not judged at all ----------------------------------------------------------------------------


def not_judged(seen: Situation) -> str | None:
    """The reason why this comparison is not judged, or None. The first that applies, most basic first."""
    for gate in (_nothing_before, _early_look, _definition_changed, _recording_changed, _unwatched, _too_few):
        reason = gate(seen)
        if reason:
            return reason
    return None


def _nothing_before(seen: Situation) -> str | None:
    if seen.comparison.before is None and seen.comparison.after is None:
        return "no_data"
    if seen.comparison.before is None:
        return "no_data_before"
    return None


def _early_look(seen: Situation) -> str | None:
    if seen.comparison.after is None:
        return "too_early" if seen.comparison.early_look else "no_data_after"
    return "early_look" if seen.comparison.early_look else None


def _definition_changed(seen: Situation) -> str | None:
    before, after = seen.comparison.before, seen.comparison.after
    if before is None or after is None:
        return None
    whole = Period(before.first, after.last)
    changed = any(
        event.kind == "definition_change" and whole.first < event.from_on <= whole.last for event in seen.context
    )
    return "definition_changed" if changed else None


def _recording_changed(seen: Situation) -> str | None:
    if seen.outcome.survives_recording_change or seen.outcome.table not in ("incidents", "falls"):
        return None
    near = timedelta(days=RECORDING_DAYS)
    changed = any(
        event.kind in RECORDING_KINDS and abs(event.from_on - seen.intervention.start_on) <= near
        for event in seen.context
    )
    return "recording_changed" if changed else None


def _unwatched(seen: Situation) -> str | None:
    watched = seen.change.watched_share
    if seen.change.assumed_watched or watched is None or seen.outcome.observed is None:
        return None
    return "windows_unwatched" if min(watched) < LEAST_WATCHED else None


def _too_few(seen: Situation) -> str | None:
    before, after = seen.change.before.tally.denominator, seen.change.after.tally.denominator
    if not before or not after:
        return None
    if seen.outcome.kind == "day_share" and min(before, after) < FEWEST_WATCHED_DAYS:
        return "too_few_days"
    if (
        seen.outcome.kind in ("rate", "stay")
        and not seen.intervention.is_personal
        and seen.change.basis != "given"
        and min(before, after) < FEWEST_PERSON_DAYS
    ):
        return "too_few_person_days"
    if seen.outcome.kind == "share" and min(before, after) < seen.outcome.fewest:
        return "too_few_rows"
    return None


# Cautions: said beside the verdict -------------------------------------------------------------------


def said_beside(seen: Situation) -> tuple[Caution, ...]:
    """All cautions that follow from the situation itself."""
    found = (
        *said_of_answers(seen.change),
        _began_after_incidents(seen),
        _chosen_afterwards(seen),
        _short_baseline(seen),
        _exposure_estimated(seen),
        _assumed_watched(seen),
        _recording_in_window(seen),
        _other_happenings(seen),
        _few_intervals(seen),
        _plan_ended(seen),
    )
    return tuple(caution for caution in found if caution is not None)


def _began_after_incidents(seen: Situation) -> Caution | None:
    if seen.intervention.reason != "after_incidents":
        return None
    left_out = "The fortnight before the start is left out of the days before."
    if seen.comparison.excluded_trigger is None:
        left_out = "The days before, as declared, take in the bad spell that led to it."
    return Caution(
        "began_after_incidents",
        "This began because of recent incidents. After a bad spell things tend to look better whatever is done. "
        + left_out,
    )


def _chosen_afterwards(seen: Situation) -> Caution | None:
    if seen.declared.declaration is None:
        return Caution(
            "chosen_afterwards",
            "Chosen afterwards: nobody wrote down beforehand what would count, so the product's usual size is used.",
        )
    if seen.declared.afterwards:
        return Caution(
            "chosen_afterwards",
            f"Chosen afterwards: what would count was written down on {day(seen.declared.declaration.declared_on)}, "
            "after the follow-up had begun.",
        )
    return None


def _short_baseline(seen: Situation) -> Caution | None:
    before = seen.comparison.before
    if before is None or not seen.comparison.short_baseline:
        return None
    return Caution(
        "short_baseline",
        f"Records reach back {before.days} of the {seen.comparison.planned_before.days} days wanted before the change.",
    )


def _exposure_estimated(seen: Situation) -> Caution | None:
    if seen.change.basis != "beds":
        return None
    return Caution("exposure_estimated", "Worked out from beds, as if every bed were full: there are no stays.")


def _assumed_watched(seen: Situation) -> Caution | None:
    if not seen.change.assumed_watched:
        return None
    return Caution(
        "assumed_watched", f"We assume that every {seen.outcome.one_of} was watched: nobody wrote down whether it was."
    )


def _recording_in_window(seen: Situation) -> Caution | None:
    before, after = seen.comparison.before, seen.comparison.after
    if before is None or after is None or seen.outcome.table not in ("incidents", "falls"):
        return None
    near = timedelta(days=RECORDING_DAYS)
    for event in seen.context:
        if event.kind in RECORDING_KINDS and before.first <= event.from_on <= after.last:
            close = abs(event.from_on - seen.intervention.start_on) <= near
            if close and not seen.outcome.survives_recording_change:
                continue
            return Caution(
                "recording_changed",
                f"The way events are written down changed on {day(event.from_on)}, inside the days compared.",
            )
    return None


def _other_happenings(seen: Situation) -> Caution | None:
    before, after = seen.comparison.before, seen.comparison.after
    if before is None or after is None:
        return None
    names = {
        "outbreak": "an outbreak", "manager_change": "a change of manager", "staffing_gap": "a gap in staffing",
        "building_work": "building work", "move_of_room": "a move of room", "need_change": "a change in need",
        "capacity_finding": "a finding about capacity",
    }  # fmt: skip
    found = sorted(
        (event.from_on, names[event.kind])
        for event in seen.context
        if event.kind in names and before.first <= event.from_on <= after.last
    )
    if not found:
        return None
    told = "; ".join(f"{name} ({day(when)})" for when, name in found[:3])
    return Caution("something_else_happened", f"Something else happened in these days as well: {told}.")


def _few_intervals(seen: Situation) -> Caution | None:
    if seen.outcome.kind != "rate" or seen.change.effect is None or min(seen.change.intervals) >= FEW_INTERVALS:
        return None
    return Caution("few_weeks", "Only a few weeks on one side: take this as an early sign.")


def _plan_ended(seen: Situation) -> Caution | None:
    end = seen.intervention.end_on
    if end is None or seen.comparison.planned_after.last != end:
        return None
    return Caution("plan_ended", f"It ended on {day(end)}, so only the days up to then are followed.")


# Guards: lower a verdict -----------------------------------------------------------------------------


def lowered(verdict: Verdict, reason: str) -> Verdict:
    """The verdict with a guard's reason: kinder words become "cannot tell yet", all others stay."""
    return Verdict("cannot tell yet", reason) if verdict.word in ("better", "held steady") else verdict


def balance_guard(verdict: Verdict, balance: Sequence[Finding]) -> tuple[Verdict, Caution | None]:
    """Better is not called better where something it must be read beside got worse, or leans far that way."""
    if verdict.word != "better":
        return verdict, None
    worse = [beside.outcome.name for beside in balance if beside.verdict.word == "worse"]
    if worse:
        return lowered(verdict, "balance_worse"), Caution(
            "balance_worse", f"{and_list(worse)} got worse in the same days, so this is not called better."
        )
    leaning = [beside.outcome.name for beside in balance if leans_worse(beside)]
    if leaning:
        return lowered(verdict, "balance_leaning"), Caution(
            "balance_leaning",
            f"{and_list(leaning)} may well have got worse in the same days, by more than is usually accepted, so this is not "
            "called better.",
        )
    return verdict, None


def leans_worse(finding: Finding) -> bool:
    """Beyond the margin as it stands, and no change outside its 90 % interval: not shown, and too much to pass over."""
    change, declared, fewer = finding.change, finding.declared, finding.outcome.fewer_is_better
    effect = change.effect if change is not None else None
    if effect is None or effect.estimate is None or declared is None or fewer is None:
        return False
    if finding.verdict.reason not in UNSETTLED:
        return False
    good, _ = good_and_bad_end(effect, fewer)
    estimate = as_bad(effect, effect.estimate, fewer)
    if good is None or not math.isfinite(estimate) or not math.isfinite(good):
        return False
    return estimate > margin_as_bad(effect, declared.size) and good + (1 - NARROWER) * (estimate - good) > 0


def balance_unsettled(verdict: Verdict, balance: Sequence[Finding]) -> Caution | None:
    """What it must be read beside could not be settled: said, so that "better" is not read as "and safe"."""
    if verdict.word != "better":
        return None
    open_ = [
        beside.outcome.name
        for beside in balance
        if beside.verdict.word == "cannot tell yet" and beside.verdict.reason in UNSETTLED
    ]
    if not open_:
        return None
    return Caution("balance_open", f"Whether this cost something else is not settled: {and_list(open_)}.")
