"""What matching found out about one file: how it would be read, how sure that is, and what only a person can say."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from data.contract import TABLES, Table
from data.matching.profile import Profile

How = Literal["own", "given", "saved", "shipped", "suggested"]
"""Our own headings; a profile that was asked for; one saved for these headings; a shipped one; worked out."""

WhyUnused = Literal[
    "personal", "free text", "no place", "empty", "multi-select", "yes or no", "about the answerer", "not a rating",
    "another column is used", "asked",
]  # fmt: skip

NO_RATINGS: tuple[WhyUnused, ...] = ("multi-select", "yes or no", "about the answerer", "not a rating")
"""Columns of a survey that are no answers from 1 to 5: they are named and left out, never averaged."""

SURE, PROBABLE = 0.85, 0.6
"""From here on a match is taken without asking; below the second it is never taken."""


@dataclass(frozen=True)
class ColumnMatch:
    """One of our columns and the headings it is read from. ``samples`` stay empty where they could say who."""

    ours: str
    headings: tuple[str, ...]
    confidence: float
    why: str
    samples: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unused:
    """A heading that is not stored, and why."""

    heading: str
    why: WhyUnused


@dataclass(frozen=True)
class UnknownWord:
    """A word of theirs that is none of our codes, how often it stands there, and the codes nearest to it."""

    column: str
    word: str
    times: int
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True)
class Question:
    """Something only a person can say. ``default`` is what is done when nobody answers; None: it must be answered.

    ``about`` is what the answer is written to: "date_order", "table", a column of ours, or a heading of theirs.
    """

    about: str
    asked: str
    options: tuple[str, ...]
    default: str | None = None


@dataclass(frozen=True)
class Likely:
    """A table the file could be, and how sure that is."""

    table: str
    confidence: float


@dataclass(frozen=True)
class Match:
    """How one file would be read. ``ready``: it may be loaded without asking anybody."""

    profile: Profile
    how: How
    confidence: float
    columns: tuple[ColumnMatch, ...]
    unused: tuple[Unused, ...] = ()
    unknown_words: tuple[UnknownWord, ...] = ()
    missing: tuple[str, ...] = ()
    questions: tuple[Question, ...] = ()
    tables: tuple[Likely, ...] = ()
    warnings: tuple[str, ...] = ()
    ready: bool = True
    lacks_service: bool = False
    numbered: bool = False
    numbers_people: bool = False
    """Stays without any reference of a person: each row is then a person of its own."""

    @property
    def table(self) -> Table:
        return TABLES[self.profile.table]

    @property
    def personal_columns(self) -> int:
        """How many columns hold personal details that are never stored."""
        return sum(each.why == "personal" for each in self.unused)

    @property
    def left_behind(self) -> tuple[str, ...]:
        """The headings that are not stored, without the personal ones: those are counted only."""
        return tuple(each.heading for each in self.unused if each.why != "personal")
