"""How one kind of export is read: which table it is, and which of its headings and words are which of ours.

A profile is TOML, the same whether shipped, suggested by ``match`` or saved by a person. It says what its author
decided; it never holds a row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

from data.contract import plain

DateOrder = Literal["dmy", "mdy", "ymd"]

FIX_HEADINGS = ("Line in the export", "What to correct")
"""The two headings that our own list of rows to correct puts before those of the export it came from."""

READ_AS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"birth_year": ("age", "birth_date"), "period_from": ("financial_month", "week", "week_ending", "month")}
)
"""Columns whose cells may be of another kind, and which kinds: an age in years, a date of birth (of which only the
year is kept), a financial year with the name of a month ("2025_26 AUGUST"), the first or last day of a week, any day of
a month."""


class ProfileError(ValueError):
    """A profile that cannot be used; every fault is named, one a line."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


@dataclass(frozen=True)
class Wide:
    """Headings that are themselves values: a column a month, a column a question.

    Each heading in ``columns`` becomes, for every record with a cell under it, one row of ours whose column
    ``into`` holds the word given for the heading and whose column ``value`` holds the cell.

    ``denominators`` (totals with a column a month only) are words under ``outcome`` whose rows are no outcome but
    what the other rows of the same month are counted over, such as "Occupied bed days".
    """

    into: str
    value: str
    columns: Mapping[str, str]
    denominators: tuple[str, ...] = ()


@dataclass(frozen=True)
class Profile:
    """One way to read one kind of export.

    ``columns``: our column to their headings, several joined with a space. ``codes``: for a column of ours, their
    word to our code (case, spaces, hyphens and underscores do not matter). ``defaults``: what to write in columns
    the export does not have. ``read_as``: see ``READ_AS``. ``date_order`` is None where nobody has said.
    ``headings``: those of the export it was made for. ``recognised_by`` makes it a pattern for a whole kind of
    export: it is proposed for every file that has these headings, whatever else the file holds.
    """

    name: str
    table: str
    columns: Mapping[str, tuple[str, ...]]
    date_order: DateOrder | None = None
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    read_as: Mapping[str, str] = field(default_factory=dict)
    wide: Wide | None = None
    headings: tuple[str, ...] = ()
    recognised_by: tuple[str, ...] = ()
    about: str = ""

    @property
    def fingerprint(self) -> str | None:
        """What the headings it was made for have in common with the same export's next month; None without any."""
        return fingerprint(self.headings) if self.headings else None


def same_heading(heading: str) -> str:
    """What two spellings of a heading have in common, never empty: without letters, the heading itself."""
    return plain(heading) or heading.strip()


_FIX = frozenset(same_heading(heading) for heading in FIX_HEADINGS)


def is_fix_heading(heading: str) -> bool:
    """Whether the heading is one that our own list of rows to correct added."""
    return same_heading(heading) in _FIX


def fingerprint(headings: Iterable[str]) -> str:
    """A SHA-256 over the headings, whatever their order and spelling. Headings of our own fix file do not count."""
    counted = sorted(same_heading(heading) for heading in headings if not is_fix_heading(heading))
    return hashlib.sha256("\n".join(counted).encode()).hexdigest()
