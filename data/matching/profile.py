"""How one kind of export is read: which table it is, and which of its headings and words are which of ours.

A profile is TOML, the same whether shipped, suggested by ``match`` or saved by a person. It says what its author
decided; it never holds a row.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Literal

DateOrder = Literal["dmy", "mdy", "ymd"]
Nothing: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Wide:
    """Headings that are themselves values: a column a month, a column a question.

    Each heading in ``columns`` becomes, for every record with a cell under it, one row of ours whose column
    ``into`` holds the word given for the heading and whose column ``value`` holds the cell.
    """

    into: str
    value: str
    columns: Mapping[str, str]


@dataclass(frozen=True)
class Profile:
    """One way to read one kind of export.

    ``columns``: our column to their headings, several joined with a space. ``codes``: for a column of ours, their
    word to our code (case, spaces, hyphens and underscores do not matter). ``defaults``: what to write in columns
    the export does not have. ``read_as``: "age" or "birth_date" for ``birth_year``. ``date_order`` is None where
    nobody has said.
    """

    name: str
    table: str
    columns: Mapping[str, tuple[str, ...]]
    date_order: DateOrder | None = None
    codes: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    defaults: Mapping[str, str] = Nothing
    read_as: Mapping[str, str] = Nothing
    wide: Wide | None = None
    headings: tuple[str, ...] = ()
