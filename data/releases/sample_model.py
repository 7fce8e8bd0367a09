"""What is asked of the manager's file for a researcher's release: people who may be in one, and what surrounds a day.

MayBeReleased  somebody who agreed, or did not object, with the few columns a release may hold
Stay           from when to when somebody was supported by a service
Tried          a change of one person or a whole service: its kind and days, no title
Around         the days before and the days after somebody's turning day
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from data.model import Period


@dataclass(frozen=True)
class Stay:
    """From when to when somebody was supported by a service; ``last`` None: still there."""

    service_id: str
    first: date
    last: date | None


@dataclass(frozen=True)
class MayBeReleased:
    """Somebody in the register who has not opted out, with every stay in order of days. Codes, no words of anybody's own."""

    person_id: str
    birth_year: int | None
    gender: str
    stage: str
    stays: tuple[Stay, ...]


@dataclass(frozen=True)
class Tried:
    """A change: of one person who may be released, or (``person_id`` None) of a whole service."""

    service_id: str
    person_id: str | None
    kind: str
    start_on: date
    settling_days: int | None


@dataclass(frozen=True)
class Around:
    """The days looked at around one person's turning day, all of them in one service."""

    person_id: str
    service_id: str
    before: Period
    after: Period
