"""Rows about persons, one by one: what a manager's page lists. Only a manager's own file can answer them.

Everything else in the product rests on tallies. A record of whose views were heard, of a decision or of a promise
kept is read row by row, by the people who wrote it; it never enters a release.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True)
class View:
    """One voice on one matter. Codes as in the contract; ``ticks`` is how well it is evidenced, 0 to 4."""

    view_id: str
    person_id: str
    decision_id: str | None
    intervention_id: str | None
    element: str | None
    voice: str
    given_on: date
    how_sought: str
    understood: str
    stance: str
    used: str
    reason_given: str
    own_words: str
    own_entry: str
    ticks: int
    by_main_recorder: bool

    @property
    def heard(self) -> bool:
        """Whether this voice was asked at all."""
        return self.how_sought not in ("not_asked", "not_recorded")


@dataclass(frozen=True)
class Decision:
    """One decision. Codes as in the contract; ``kind`` is its class, ``complete`` whether all five parts are there."""

    decision_id: str
    person_id: str
    decided_on: date
    kind: str
    domain: str
    element: str | None
    intervention_id: str | None
    capacity: str
    assessed_on: date | None
    decider: str
    accountable: str
    followed: str
    risk: str
    reason_given: str
    consulted: str
    wishes_considered: str
    less_restrictive: str
    method: str
    complete: bool


@dataclass(frozen=True)
class Matter:
    """One plan element or one decision of one person, with the views linked to it, oldest first.

    ``person_family`` is same, differ, one_only or none; ``element`` names the matter where it is known.
    """

    person_id: str
    element: str | None
    dated: date
    person_heard: bool
    family_heard: bool
    staff_heard: bool
    family_only: bool
    kept_apart: bool
    traced: bool
    person_family: str
    decision: Decision | None
    views: tuple[View, ...]


@dataclass(frozen=True)
class Checked:
    """One thing due or looked at. ``in_time`` is None where nothing was promised or the day has not come."""

    measure: str
    person_id: str | None
    intervention_id: str | None
    element: str | None
    due_on: date | None
    done_on: date | None
    result: str
    in_time: bool | None


@dataclass(frozen=True)
class Visit:
    """One visit against the person's own time. ``began_at`` is None where it was missed or nobody wrote the time down."""

    person_id: str | None
    element: str | None
    due_at: datetime
    began_at: datetime | None
    result: str

    @property
    def minutes_off(self) -> int | None:
        """Minutes after the person's own time, below 0 where it came before it."""
        if self.began_at is None:
            return None
        return round((self.began_at - self.due_at).total_seconds() / 60)


@dataclass(frozen=True)
class Happened:
    """One incident or fall. ``harm`` not_recorded is not none; ``explained`` is for injuries."""

    table: str
    person_id: str | None
    occurred_at: datetime
    time_precision: str
    kind: str
    subkind: str | None
    harm: str
    explained: str
    location: str


@dataclass(frozen=True)
class PersonHere:
    """What the register says of a person who was there in a period. Codes as in the contract."""

    person_id: str
    stage: str
    communication_need: str
    speech: str
    ethnicity_group: str
    first_language: str
    language_match: str
    family_contact: str
    advocate: str
