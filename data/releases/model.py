"""What a release to a commissioner holds: fixed periods, services or groups of them, outcomes. No person, no title, no free text.

Unit         what is shown as one: a service, several small ones together, or all services of one setting
Cell         one outcome of one unit in one period: shown, suppressed or not recorded
Gap          one ethnic group beside all others in the same year, of all services of one setting
Change       something a whole service tried, with its verdict and the parts of "better and still safe"
Together     how many changes came to which verdict, by kind of change or by level of the ladder
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from data.model import Period

Status = Literal["shown", "suppressed", "missing"]
"""``suppressed``: hidden, because too few people stand behind it. ``missing``: nothing is recorded. Neither is a nought."""
Level = Literal["service", "group", "setting"]
Length = Literal["quarter", "year"]
"""A closed calendar quarter, or the last four closed quarters together."""
EVERYBODY = ""
"""The word of a cell that is not about one group of people."""


@dataclass(frozen=True)
class Unit:
    """What is shown as one. ``services``: how many there are in it (how many there are of them is no secret)."""

    code: str
    name: str
    level: Level
    setting: str
    nation: str
    services: int


@dataclass(frozen=True)
class Cell:
    """One outcome of one unit in one period.

    ``numerator`` and ``denominator`` are rounded to fives, ``value``, ``low`` and ``high`` (a 95 % interval) are worked
    out from the rounded parts, in the outcome's unit. For a score ``numerator`` and ``denominator`` are both the number
    of answers and ``value`` is their mean to one decimal. All of them are None unless the status is ``shown``; a true
    nought is shown as 0. ``services`` is how many of the unit's services record it. ``column`` and ``word`` name a group
    of people, such as ``ethnicity_group`` and ``asian``; both are empty for everybody.
    """

    outcome: str
    unit: str
    length: Length
    period: Period
    status: Status
    numerator: int | None = None
    denominator: int | None = None
    value: float | None = None
    low: float | None = None
    high: float | None = None
    services: int = 0
    column: str = EVERYBODY
    word: str = EVERYBODY

    @property
    def name(self) -> str:
        """The period in short: ``2026 Q3``, or ``2025 Q4 to 2026 Q3``."""
        return period_name(self.period, self.length)


@dataclass(frozen=True)
class Gap:
    """One group beside everybody else of the same setting in the same year: a ratio, or points, group less the others.

    ``estimate``, ``low`` and ``high`` are rounded outwards to twentieths of a ratio or whole fives of points; None, with
    a ``reason`` (``too_few_to_show``, ``no_range``), where the rule does not allow them. How far the column is known at
    all stands in the cells of outcome E6.
    """

    outcome: str
    unit: str
    period: Period
    column: str
    word: str
    scale: str | None
    estimate: float | None
    low: float | None
    high: float | None
    reason: str | None = None


@dataclass(frozen=True)
class Part:
    """One part of "better and still safe". ``met`` None: cannot be told. ``found``: a verdict, or how it stands."""

    outcome: str
    met: bool | None
    found: str
    declared_on: date | None


@dataclass(frozen=True)
class Change:
    """Something tried for a whole service that is shown alone. No title: titles are free text.

    ``low`` and ``high`` are the 95 % interval of the effect, rounded outwards; None where the rule does not allow it.
    ``verdict`` is then ``cannot tell yet`` with the reason ``too_few_to_show``. ``cautions`` are codes.
    """

    code: str
    unit: str
    kind: str
    started: date
    reason: str
    ladder_level: int | None
    outcome: str
    question: str
    size: float | None
    declared_on: date | None
    declared: str
    verdict: str
    verdict_reason: str | None
    scale: str | None
    low: float | None
    high: float | None
    joint: str | None
    joint_reason: str | None
    parts: tuple[Part, ...] = ()
    cautions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Together:
    """How many changes (of one person or of a whole service) came to a verdict, in the services of one setting.

    ``by`` is ``kind`` or ``ladder_level``, ``word`` the kind or level; ``verdict`` empty: all of them. ``count`` is
    rounded to fives and None when suppressed. An association only: who chooses a level also differs in other ways.
    """

    setting: str
    by: str
    word: str
    verdict: str
    status: Status
    count: int | None


@dataclass(frozen=True)
class Happening:
    """Something dated that a reader of a chart must know, of a whole service. Kinds alone, never a label."""

    unit: str
    kind: str
    from_on: date
    until_on: date | None


@dataclass(frozen=True)
class Definition:
    """What an outcome counts, over what, which way is good; the words come from the outcome files."""

    outcome: str
    name: str
    kind: str
    unit: str
    good: str
    counts: str
    over: str
    why: str
    per: float
    beside: tuple[str, ...] = ()
    decimals: int = 0


@dataclass(frozen=True)
class Reading:
    """Who with lived experience read a release before it went out, when, and what they said."""

    by: str
    on: date
    said: str


@dataclass(frozen=True)
class ReleaseReport:
    """The account of a release: which rules, how much was hidden and why, what was checked. Written as release.json.

    ``hidden_by`` counts suppressed cells by reason; ``proved`` says that every hidden cell can still be any number from 1
    to 7, given everything this release and the earlier ones show. ``revised`` counts cells whose published figure
    differs from the last release. ``synthetic``: the release was made from the invented sample.
    """

    kind: str
    release_id: str
    made_on: date
    version: str
    rules: Mapping[str, float | int | str]
    counts: Mapping[str, int]
    hidden_by: Mapping[str, int]
    proved: bool
    revised: int = 0
    earlier: tuple[str, ...] = ()
    synthetic: bool = False
    read_by: tuple[Reading, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True)
class CommissionerRelease:
    """Everything a commissioner's file holds."""

    report: ReleaseReport
    definitions: tuple[Definition, ...]
    units: tuple[Unit, ...]
    cells: tuple[Cell, ...]
    gaps: tuple[Gap, ...] = ()
    changes: tuple[Change, ...] = ()
    together: tuple[Together, ...] = ()
    happenings: tuple[Happening, ...] = ()
    not_shown: Mapping[str, int] = field(default_factory=dict)
    """How many services of each setting are too small to be shown, even together."""


def quarter_name(period: Period) -> str:
    """``2026 Q3``."""
    return f"{period.first.year} Q{(period.first.month + 2) // 3}"


def period_name(period: Period, length: Length) -> str:
    """A quarter by its name, a year by its first and last."""
    if length == "quarter":
        return quarter_name(period)
    return f"{quarter_name(period)} to {quarter_name(Period(period.last, period.last))}"
