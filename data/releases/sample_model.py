"""What is asked of the manager's file for a researcher's release: people who may be in one, and what surrounds a day.

MayBeReleased  somebody who agreed, or did not object, with the few columns a release may hold
Stay           from when to when somebody was supported by a service
Tried          a change of one person or a whole service: its kind and days, no title
Around         the days before and the days after somebody's turning day

And what a release holds, once everybody in it is hidden:

SampleColumn   a column with its meaning and its words
SampleReport   the account of how it was made, and of what was withheld; release.json
SampleRelease  the rows, the columns, the account, the synthetic twin
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.model import Period
from data.releases.model import Reading

ColumnPart = Literal["id", "known", "sensitive"]
"""What an outsider could know of somebody, what only the person could tell, or a number drawn for this release."""
PID = "pid"
FEW = 10
"""Counts of people below this are never said in the account of a release."""


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


@dataclass(frozen=True)
class SampleColumn:
    """A column of a release. ``words``: each word in it with how many people have it; None where fewer than k have."""

    name: str
    part: ColumnPart
    meaning: str
    words: tuple[tuple[str, int | None], ...] = ()


@dataclass(frozen=True)
class Merging:
    """A step by which words were merged: which column, what became of it, how much of what it told was lost, in 100."""

    column: str
    became: str
    lost_in_100: int


@dataclass(frozen=True)
class SampleReport:
    """The account of a release. Counts of people are said in words: a round number, or ``fewer than 10``.

    ``kept_in_100``: how much of what a column told is still told, by column, given-up columns at 0.
    ``k`` and ``l``: what was reached; ``k_asked`` and ``l_asked``: what was asked for.
    """

    release_id: str
    made_on: date
    version: str
    rules: Mapping[str, float | int | bool]
    k: int
    k_asked: int
    l: int  # noqa: E741 - its name everywhere
    l_asked: int
    t: Mapping[str, float]
    columns: Mapping[str, ColumnPart]
    people: Mapping[str, str]
    mergings: tuple[Merging, ...]
    given_up: tuple[str, ...]
    kept_in_100: Mapping[str, int]
    cells_withheld: Mapping[str, int]
    earlier_releases: int
    synthetic: bool
    open_download: bool
    read_by: Reading | None = None
    people_sha256: str = ""
    kind: str = "researcher"


@dataclass(frozen=True)
class SampleRelease:
    """Everything a researcher's release holds. ``rows`` follow ``columns``, in the order of their numbers."""

    report: SampleReport
    columns: tuple[SampleColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    twin: tuple[tuple[str, ...], ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns."""
        return tuple(column.name for column in self.columns)


def people_said(count: int) -> str:
    """How many people, as the account of a release says it: to the nearest ten, never a number below ten."""
    return f"fewer than {FEW}" if count < FEW else f"about {round(count / 10) * 10:,}"
