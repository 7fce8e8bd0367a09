"""Findings as a reader meets them: one change that was tried, its answer, and what else was looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from data.model import Intervention
from metrics.model import Finding

ASKED_FIRST = ("D1", "D2", "L2", "L9", "C1", "F4", "F1", "F2", "V1")
"""Which outcome answers for a change when nobody declared a main one: the person's own experience first, in a
fixed order, so that no reader picks the outcome that happens to look best."""


@dataclass(frozen=True)
class Tried:
    """One change: its headline finding and all its findings, the headline first."""

    intervention: Intervention
    headline: Finding
    findings: tuple[Finding, ...]


def tried(findings: Iterable[Finding]) -> tuple[Tried, ...]:
    """Changes, the newest first."""
    grouped: dict[str, list[Finding]] = {}
    for finding in findings:
        grouped.setdefault(finding.intervention.intervention_id, []).append(finding)
    changes = [_one(each) for each in grouped.values()]
    return tuple(
        sorted(changes, key=lambda each: (each.intervention.start_on, each.intervention.intervention_id), reverse=True)
    )


def began_within(changes: Iterable[Tried], first: date, last: date) -> tuple[Tried, ...]:
    """Changes that began on one of these days."""
    return tuple(each for each in changes if first <= each.intervention.start_on <= last)


def _one(findings: list[Finding]) -> Tried:
    ordered = tuple(sorted(findings, key=_order))
    return Tried(ordered[0].intervention, ordered[0], ordered)


def _order(finding: Finding) -> tuple[int, int]:
    """Declared main outcomes, then other main ones in the fixed order, then those that balance."""
    declared = finding.declared
    if declared is not None and declared.role == "main" and declared.declaration is not None:
        return 0, 0
    place = ASKED_FIRST.index(finding.outcome.code) if finding.outcome.code in ASKED_FIRST else len(ASKED_FIRST)
    return (1 if declared is not None and declared.role == "main" else 2), place


def worse_anywhere(changes: Iterable[Tried]) -> list[str]:
    """Names of outcomes that got worse beside a change, each once; the headline's own word is not repeated."""
    names: dict[str, None] = {}
    for change in changes:
        beside = [*change.findings[1:], *(each for found in change.findings for each in found.balance)]
        for finding in beside:
            if finding.verdict.word == "worse":
                names.setdefault(finding.outcome.name)
    return list(names)
