"""Better without losing safety: several answers that only count together.

The main outcome better, falls and falls with harm held steady, safeguarding actions on target, and the views behind it
traceable. One part that cannot be told makes the whole so.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from metrics.model import Finding, JointVerdict, Part, VerdictWord

FALLS, HARMFUL_FALLS, SAFEGUARDING, TRACED = "F1", "F2", "I2", "V2"
TARGETS = {SAFEGUARDING: 100.0, TRACED: 90.0}


def joint(main: Finding, find: Callable[[str], Finding | None]) -> JointVerdict:
    """All parts of "better and still safe" for one main outcome.

    ``find`` gives the finding of another outcome for the same intervention, None where no outcome file describes it.
    Falls are left to falls with harm alone where the way of recording changed.
    """
    parts = [Part(main.outcome.code, main.outcome.name, _met(main, "better"), main.verdict.word, declared_on(main))]
    worse = main.verdict.word == "worse"
    for code in (FALLS, HARMFUL_FALLS):
        found = find(code)
        if found is None or (code == FALLS and found.verdict.reason == "recording_changed"):
            continue
        worse = worse or found.verdict.word == "worse"
        parts.append(Part(code, found.outcome.name, _met(found, "held steady"), found.verdict.word, declared_on(found)))
    for code, target in TARGETS.items():
        found = find(code)
        if found is not None:
            parts.append(_on_target(found, target))
    if worse:
        return JointVerdict("worse", tuple(parts))
    if all(part.met for part in parts):
        return JointVerdict("better", tuple(parts))
    return JointVerdict(
        "cannot tell yet", tuple(parts), "part_open" if any(part.met is None for part in parts) else "part_not_met"
    )


def declared_on(finding: Finding) -> date | None:
    """When its question was written down; None when nobody did."""
    declared = finding.declared
    return declared.declaration.declared_on if declared is not None and declared.declaration is not None else None


def _met(finding: Finding, word: VerdictWord) -> bool | None:
    if finding.verdict.word in (word, "better"):
        return True
    return None if finding.verdict.word == "cannot tell yet" else False


def _on_target(finding: Finding, target: float) -> Part:
    change = finding.change
    after = change.after if change is not None else None
    if after is None or after.period is None:
        return Part(finding.outcome.code, finding.outcome.name, None, "nothing recorded", declared_on(finding))
    if after.value is None:
        # The record speaks for these days and nothing fell due in them: nothing was missed.
        nothing_due = finding.outcome.share_of == "on_time"
        found = "none fell due" if nothing_due else "nothing recorded"
        return Part(
            finding.outcome.code, finding.outcome.name, True if nothing_due else None, found, declared_on(finding)
        )
    found = f"{round(after.value)} of 100, asked for {round(target)}"
    return Part(finding.outcome.code, finding.outcome.name, after.value >= target, found, declared_on(finding))
