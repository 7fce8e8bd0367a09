"""Estimates with their ranges, a row each, on one scale. No row sums the others up, and none is placed by its size."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from metrics.judging.verdict import margin_as_ratio, margin_as_size
from metrics.model import Finding, Scale, VerdictWord
from metrics.side_by_side import NOT_COMPARED, SideBySide


@dataclass(frozen=True)
class ForestRow:
    """One finding. ``estimate`` and limits are None where it has none; ``margin`` is where "no longer steady" begins."""

    name: str
    under: str
    start: date
    word: VerdictWord
    estimate: float | None
    low: float | None
    high: float | None
    margin: float | None

    @property
    def has_range(self) -> bool:
        return self.low is not None or self.high is not None


@dataclass(frozen=True)
class Forest:
    """Rows in order of service name and start (``by`` = "name"), or of start alone ("start")."""

    about: str
    scale: Scale
    by: str
    rows: tuple[ForestRow, ...]

    @property
    def margin(self) -> float | None:
        """The margin that all rows share; None when they differ or none was declared."""
        found = {row.margin for row in self.rows}
        return found.pop() if len(found) == 1 else None


def forest_of_group(group: SideBySide) -> Forest | None:
    """The same kind of thing and outcome in several services; None when not even two have a range."""
    rows = tuple(_row(each.finding, each.service, each.finding.intervention.title) for each in group.tried)
    return _made(group.outcome.name, group.outcome.scale, "name", rows)


def forest_of_findings(findings: Iterable[Finding]) -> Forest | None:
    """All findings of one service whose outcome is said as a ratio, in order of the day the change began."""
    ours = [each for each in findings if each.outcome.scale == "ratio" and each.change is not None]
    ours.sort(key=lambda each: (each.intervention.start_on, each.intervention.intervention_id))
    rows = tuple(_row(each, each.intervention.title, each.outcome.name) for each in ours)
    return _made("", "ratio", "start", rows)


def _made(about: str, scale: Scale, by: str, rows: tuple[ForestRow, ...]) -> Forest | None:
    return Forest(about, scale, by, rows) if sum(row.has_range for row in rows) > 1 else None


def _row(finding: Finding, name: str, under: str) -> ForestRow:
    effect = finding.change.effect if finding.change is not None else None
    if finding.verdict.reason in NOT_COMPARED:
        effect = None
    figures = (None, None, None) if effect is None else (effect.estimate, effect.low, effect.high)
    return ForestRow(
        name, under, finding.intervention.start_on, finding.verdict.word, *figures, margin=_margin(finding)
    )


def _margin(finding: Finding) -> float | None:
    """The margin written down for a steady question, on its bad side and on the outcome's scale."""
    declared = finding.declared
    fewer = finding.outcome.fewer_is_better
    if declared is None or declared.declaration is None or declared.question != "steady" or fewer is None:
        return None
    if finding.outcome.scale == "ratio":
        size = margin_as_ratio(declared.size)
        return size if fewer else 1 / size
    return margin_as_size(declared.size) * (1 if fewer else -1)
