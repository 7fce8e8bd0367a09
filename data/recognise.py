"""Which table of the contract a file is, where its columns stand, and which of them are left behind."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.contract import TABLES, Table, columns_for, plain
from data.reading import NotATable

_PERSONAL_HEADINGS = re.compile(
    r"name|surname|nhs|dateofbirth|dob|birthdate|email|phone|mobileno|address|postcode|nextofkin", re.IGNORECASE
)
_MUST_NAME_THEMSELVES = ("service_id", "person_id", "intervention_id", "declaration_id")
"""Keys other tables point at: rows without them cannot be numbered on import."""

_PLAIN_WORDS = re.compile(
    r"\d{1,4}|export|report|data|list|log|all|new|old|final|corrected|part|q[1-4]|h[12]|csv|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Recognised:
    """A file seen as a table: the place of each column, and the headings that are not stored."""

    table: Table
    places: Mapping[str, int]
    left_behind: tuple[str, ...]
    personal: int


def recognise(path: Path, headings: Sequence[str], named: str | None = None) -> Recognised:
    """The table a file is: as named, as its own name says, else the one its headings fit best.

    Raises NotATable when two headings mean the same column or a needed column is missing.
    """
    table = TABLES[named] if named else _candidate(path, headings)
    found = columns_for(table, headings)
    twice = sorted(name for name, places in found.items() if len(places) > 1)
    if twice:
        raise NotATable(f"Two headings both mean {twice[0]} in the table {table.name}. Remove or rename one of them.")
    missing = [name for name in table.required if name not in found and _is_needed(name, table)]
    if missing:
        raise NotATable(
            f"Read as the table {table.name}, and these columns are missing: {', '.join(missing)}. "
            "Add them, or name the right table with --table."
        )
    places = {name: at[0] for name, at in found.items()}
    dropped = [heading for place, heading in enumerate(headings) if place not in places.values() and heading]
    personal = [heading for heading in dropped if _PERSONAL_HEADINGS.search(plain(heading))]
    free_text = [column.name for column in table.columns.values() if column.free_text and column.name in places]
    others = tuple(heading for heading in dropped if heading not in personal)
    return Recognised(table, places, (*others, *free_text), len(personal))


def warnings_of(seen: Recognised) -> list[str]:
    """What a person should be told about the columns that went: personal ones by number only."""
    told = []
    if seen.personal:
        columns = "1 column of personal details was"
        if seen.personal > 1:
            columns = f"{seen.personal} columns of personal details were"
        told.append(f"{columns} recognised and never stored.")
    if seen.left_behind:
        told.append(f"Not stored, no place in the contract: {', '.join(seen.left_behind)}.")
    return told


def _is_needed(name: str, table: Table) -> bool:
    return name != table.own_key or name in _MUST_NAME_THEMSELVES


def _candidate(path: Path, headings: Sequence[str]) -> Table:
    stem = plain(path.stem)
    if stem in TABLES:
        return TABLES[stem]
    named = [table for table in TABLES.values() if stem.startswith(plain(table.name))]
    return max((*named, *TABLES.values()), key=lambda table: _fit(table, headings))


def _fit(table: Table, headings: Sequence[str]) -> float:
    found = columns_for(table, headings)
    needed = [name for name in table.required if name != table.own_key]
    return sum(name in found for name in needed) / max(1, len(needed)) + len(found) / 100


def file_label(name: str, table: Table | None) -> str:
    """A file's name for the ledger: only words that cannot say who somebody is, the rest left out."""
    stem, _, ending = name.rpartition(".")
    kept = [
        word if _PLAIN_WORDS.fullmatch(word) or word.casefold() in TABLES else "…"
        for word in re.split(r"[\s_.-]+", stem or name)
        if word
    ]
    label = " ".join(dict.fromkeys(kept)) if "…" in kept else stem or name
    return f"{label}.{ending or 'csv'}" if label != "…" else f"{table.name if table else 'file'} ….{ending or 'csv'}"
