"""Files with our own headings: read to the letter, or refused with what is missing. Nothing is guessed here."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath

from data.contract import TABLES, Table, columns_for, plain
from data.matching.match import NO_RATINGS, ColumnMatch, Likely, Match, Unused
from data.matching.profile import Profile, is_fix_heading
from data.reading.table import NotATable

PERSONAL_HEADINGS = re.compile(
    r"name|surname|nhs|dateofbirth|dob|birthdate|email|phone|mobileno|address|postcode|nextofkin", re.IGNORECASE
)
_MUST_NAME_THEMSELVES = ("service_id", "person_id", "intervention_id", "declaration_id")
"""Keys other tables point at: rows without them cannot be numbered on import."""

OWN_SHARE = 0.6
"""A file with this share of its headings spelt as ours is a file of the contract, and held to it."""


class Lacking(NotATable):
    """A file of ours without the columns it needs."""

    def __init__(self, said: str, missing: Sequence[str]) -> None:
        self.missing = tuple(missing)
        super().__init__(said)


def own_table(headings: Sequence[str], file_name: str, named: str | None = None) -> Table | None:
    """The contract table whose own column names most headings are; None when the headings are somebody else's."""
    plains = {plain(heading) for heading in headings if heading and not is_fix_heading(heading)}
    if not plains:
        return None
    table = TABLES[named] if named else _candidate(file_name, headings)
    ours = sum(plain(name) in plains for name in table.columns)
    return table if ours >= max(2, OWN_SHARE * len(plains)) or plains <= set(map(plain, table.columns)) else None


def own_match(table: Table, headings: Sequence[str]) -> Match:
    """The file read as that table. Raises NotATable: two headings mean one column, or a needed column is missing."""
    found = columns_for(table, headings)
    twice = sorted(name for name, places in found.items() if len(places) > 1)
    if twice:
        raise NotATable(f"Two headings both mean {twice[0]} in the table {table.name}. Remove or rename one of them.")
    missing = [name for name in table.required if name not in found and is_needed(name, table)]
    if missing:
        raise Lacking(
            f"Read as the table {table.name}, and these columns are missing: {', '.join(missing)}. "
            "Add them, or name the right table with --table.",
            missing,
        )
    places = {name: at[0] for name, at in found.items()}
    unused = left_over(table, headings, places)
    columns = {name: (headings[place],) for name, place in places.items() if not table.columns[name].free_text}
    return Match(
        Profile(
            "", table.name, columns, headings=tuple(heading for heading in headings if not is_fix_heading(heading))
        ),
        "own",
        1.0,
        tuple(ColumnMatch(name, theirs, 1.0, "our own heading") for name, theirs in columns.items()),
        unused,
        tables=(Likely(table.name, 1.0),),
        warnings=tuple(warnings_of(unused)),
        lacks_service="service_id" in table.columns and "service_id" not in places,
        numbered=table.own_key is not None and table.own_key not in places,
        numbers_people=table.name == "stays" and "person_id" not in places,
    )


def left_over(table: Table, headings: Sequence[str], places: dict[str, int]) -> tuple[Unused, ...]:
    """What is not stored of a file with our headings: personal details, what has no place, then free text."""
    dropped = [heading for place, heading in enumerate(headings) if place not in places.values() and heading]
    told = [
        Unused(heading, "personal" if PERSONAL_HEADINGS.search(plain(heading)) else "no place")
        for heading in dropped
        if not is_fix_heading(heading)
    ]
    free = [Unused(name, "free text") for name, column in table.columns.items() if column.free_text and name in places]
    return (*told, *free)


def warnings_of(unused: Sequence[Unused]) -> list[str]:
    """What a person should be told about the columns that went: personal ones by number only."""
    told = []
    personal = sum(each.why == "personal" for each in unused)
    if personal:
        columns = (
            "1 column of personal details was" if personal == 1 else f"{personal} columns of personal details were"
        )
        told.append(f"{columns} recognised and never stored.")
    others = [each.heading for each in unused if each.why not in ("personal", *NO_RATINGS)]
    if others:
        told.append(f"Not stored, no place in the contract: {', '.join(others)}.")
    no_ratings = [each.heading for each in unused if each.why in NO_RATINGS]
    if no_ratings:
        told.append(f"Not a rating from 1 to 5, and left out: {', '.join(no_ratings)}.")
    return told


def is_needed(name: str, table: Table) -> bool:
    """Whether a file without the column cannot be loaded: ids of rows are numbered, a single home need not be named."""
    if name == "service_id" and table.name != "services":
        return False
    if name == "person_id" and table.name == "stays":
        return False
    return name != table.own_key or name in _MUST_NAME_THEMSELVES


def _candidate(file_name: str, headings: Sequence[str]) -> Table:
    stem = plain(PurePath(file_name).stem)
    if stem in TABLES:
        return TABLES[stem]
    named = [table for table in TABLES.values() if stem.startswith(plain(table.name))]
    plains = {plain(heading) for heading in headings}

    def as_ours(table: Table) -> tuple[int, float]:
        return sum(plain(name) in plains for name in table.columns), _fit(table, headings)

    return max((*named, *TABLES.values()), key=as_ours)


def _fit(table: Table, headings: Sequence[str]) -> float:
    found = columns_for(table, headings)
    needed = [name for name in table.required if name != table.own_key]
    return sum(name in found for name in needed) / max(1, len(needed)) + len(found) / 100
