"""One person's time around a plan, and what was said of its figures."""

from __future__ import annotations

from pathlib import Path

from dashboard.access.audit import about_person
from dashboard.access.caching import Key, cached
from dashboard.access.opened import catalogue, opened, snapshot
from data.model import Answer, Intervention
from metrics import objections
from metrics.one_person import OnePerson
from metrics.one_person import one_person as one_person_of
from metrics.one_person import since_it_began as since_it_began_of
from metrics.standing import Standing


def one_person(intervention: Intervention, declared: tuple[str, ...]) -> OnePerson:
    """Everything recorded around a plan for one person. Raises Impossible for a plan of a whole service."""
    about_person(intervention.person_id)
    return _one_person(snapshot().key, intervention.intervention_id, declared, intervention)


def notes(intervention: Intervention) -> tuple[Answer, ...]:
    """What people said of the figures about a plan: this is not how it feels."""
    about_person(intervention.person_id)
    return _notes(snapshot().key, intervention.intervention_id, intervention)


def since_it_began(intervention: Intervention) -> tuple[Standing, ...]:
    """What a positive risk plan of one person is read by, from its first day on; nothing for any other plan."""
    about_person(intervention.person_id)
    return _since_it_began(snapshot().key, intervention.intervention_id, intervention)


@cached(at_most=200)
def _since_it_began(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - what the answer is kept under
    _intervention: Intervention,
) -> tuple[Standing, ...]:
    with opened(Path(key[1])) as facts:
        return since_it_began_of(facts, catalogue(), _intervention)


@cached(at_most=100)
def _one_person(
    key: Key,
    intervention_id: str,  # noqa: ARG001 - what the answer is kept under
    declared: tuple[str, ...],
    _intervention: Intervention,
) -> OnePerson:
    with opened(Path(key[1])) as facts:
        return one_person_of(facts, catalogue(), _intervention, declared)


@cached(at_most=500)
def _notes(key: Key, intervention_id: str, _intervention: Intervention) -> tuple[Answer, ...]:  # noqa: ARG001
    with opened(Path(key[1])) as facts:
        return objections.notes(facts, _intervention)
