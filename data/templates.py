"""Empty tables to start collecting with: the headings of the contract, and what may stand under each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.contract import TABLES, Column
from data.exporting import contract_csv

KINDS_OF_CELL = {
    "id": "a reference", "date": "a date, as 2026-03-14 or 14/03/2026", "time": "a date with its time, as 14/03/2026 08:30",
    "int": "a whole number", "num": "a number", "yn": "yes or no", "text": "a few words", "codes": "words with ; between",
}  # fmt: skip


@dataclass(frozen=True)
class Heading:
    """One column of a template: its heading, whether each row needs it, what may stand there."""

    name: str
    needed: bool
    holds: str
    about: str


def template_csv(table: str, columns: Sequence[str], first_row: Mapping[str, str] | None = None) -> bytes:
    """An empty table as CSV for a spreadsheet; ``first_row`` is a row to be copied down, with what is always the same.

    Columns that every row needs come first, whether named or not; an id of the row itself may stay away, for the
    import numbers such rows. Raises KeyError for a table or column that is not in the contract.
    """
    names = [heading.name for heading in headings(table, columns)]
    return contract_csv(TABLES[table], [dict(first_row)] if first_row else [], names)


def headings(table: str, columns: Sequence[str]) -> tuple[Heading, ...]:
    """The headings of a template, with what may stand under each. Raises KeyError as ``template_csv``."""
    known = TABLES[table]
    needed = [name for name in known.required if name != known.own_key]
    return tuple(_heading(known.columns[name]) for name in dict.fromkeys((*needed, *columns)))


def _heading(column: Column) -> Heading:
    holds = ", ".join(column.codes) if column.codes and column.type in ("code", "yn") else KINDS_OF_CELL[column.type]
    return Heading(column.name, column.required, holds, column.about)
