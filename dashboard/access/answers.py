"""Findings, what stands beside them, and how often such answers are right."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, services, snapshot
from metrics.calibrating.report import Kept, kept
from metrics.deeper import SecondFigure, deeper
from metrics.evaluate import evaluate
from metrics.model import Finding
from metrics.series.around import interrupted_around
from metrics.series.interrupted import Interrupted, Model, NotEstimable
from metrics.splits import Part, split


def most_tried() -> str | None:
    """The service with the most changes written down: where a first visit has most to see. None without any."""
    return _most_tried(snapshot().key)


def findings(service_id: str) -> tuple[Finding, ...]:
    """All findings of one service, declared ones first within each intervention."""
    return _findings(snapshot().key, service_id)


def interrupted(finding: Finding, model: Model) -> Interrupted | str:
    """The whole record of a finding's outcome around its start, fitted; or why it cannot be, in words."""
    return _interrupted(
        snapshot().key, finding.intervention.intervention_id, finding.outcome.code, model.name, finding, model
    )


def second_figures(finding: Finding) -> tuple[SecondFigure, ...]:
    """What stands beside a finding for those who look deeper."""
    return _second_figures(snapshot().key, finding.intervention.intervention_id, finding.outcome.code, finding)


def all_findings() -> tuple[Finding, ...]:
    """The findings of every service in the file, service by service."""
    return tuple(finding for service in services() for finding in findings(service.service_id))


def kinds_tried() -> dict[str, frozenset[str]]:
    """For each kind of thing tried, the services that tried it."""
    return _kinds_tried(snapshot().key)


def calibration() -> Kept | None:
    """How often the answers are right, as last measured; None where no result is kept with the program."""
    try:
        return kept()
    except (OSError, ValueError, KeyError):
        return None


def parts(finding: Finding, column: str) -> tuple[Part, ...]:
    """A finding's outcome taken apart. Raises Impossible when it does not have the column."""
    return _parts(snapshot().key, finding.intervention.intervention_id, finding.outcome.code, column, finding)


@cached(at_most=50, copied=True)
def _most_tried(key: Key) -> str | None:
    with opened(Path(key[1])) as facts:
        counts = Counter(each.service_id for each in facts.interventions())
    return min(counts, key=lambda service: (-counts[service], service), default=None)


@cached(at_most=200, spinner="Working out before and after …")
def _findings(key: Key, service_id: str) -> tuple[Finding, ...]:
    with opened(Path(key[1])) as facts:
        ours = [each.intervention_id for each in facts.interventions() if each.service_id == service_id]
        return evaluate(facts, catalogue(), interventions=ours)


@cached(at_most=500)
def _interrupted(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - with the code and the model what the answer is kept under
    outcome_code: str,  # noqa: ARG001
    model_name: str,  # noqa: ARG001
    _finding: Finding,
    _model: Model,
) -> Interrupted | str:
    if _finding.comparison is None:
        return "it is not known which days to compare"
    promise = _finding.declared.declaration if _finding.declared is not None else None
    beside = catalogue().get(_finding.outcome.comparison or "")
    with opened(Path(key[1])) as facts:
        try:
            return interrupted_around(
                facts, _finding.outcome, _finding.intervention, _finding.comparison, promise,
                model=_model, beside=beside,
            )  # fmt: skip
        except NotEstimable as reason:
            return str(reason)


@cached(at_most=500)
def _second_figures(
    key: Key,
    intervention_id: str,
    outcome_code: str,  # noqa: ARG001 - with the intervention what the answer is kept under
    _finding: Finding,
) -> tuple[SecondFigure, ...]:
    together = [
        each for each in _findings(key, _finding.service_id) if each.intervention.intervention_id == intervention_id
    ]
    with opened(Path(key[1])) as facts:
        return deeper(facts, catalogue(), _finding, together)


@cached(at_most=50, copied=True)
def _kinds_tried(key: Key) -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    with opened(Path(key[1])) as facts:
        for each in facts.interventions():
            found.setdefault(each.kind, set()).add(each.service_id)
    return {kind: frozenset(where) for kind, where in found.items()}


@cached(at_most=500)
def _parts(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - with the code and the column what the answer is kept under
    outcome_code: str,  # noqa: ARG001
    column: str,
    _finding: Finding,
) -> tuple[Part, ...]:
    with opened(Path(key[1])) as facts:
        return split(facts, _finding, column)
