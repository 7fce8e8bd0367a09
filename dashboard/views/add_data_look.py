"""Looking into a file that has arrived: how many rows, which days, a few cells and how they would be read."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

import pyarrow.compute as pc

from dashboard.views.add_data import Counted, code_name, may_be_shown, moment_words, sample_words
from data.contract import Column
from data.matching import arrange
from data.matching.match import Match
from data.matching.profile import Profile
from data.matching.shelf import Shelf
from data.matching.suggest import match_table
from data.model import Period
from data.reading import NotATable, RawTable, open_table
from data.source import Source
from data.values import DateOrder, is_nothing, read_moment, read_number, read_period, read_yes_no, tidy, word
from metrics.words import number

SAMPLES = 3
LONGEST_SAMPLE = 40


@dataclass(frozen=True)
class Looked:
    """One file that arrived: what it seems to be, or why it cannot be used. ``raw`` holds its first rows."""

    source: Source
    match: Match | None = None
    counted: Counted | None = None
    raw: RawTable | None = field(default=None, repr=False, compare=False)
    refused: str | None = None
    could_be: bool = False
    """Refused only because no table fits: naming one may help."""


def look(source: Source, shelf: Shelf, table: str | None = None) -> Looked:
    """What a file is at first sight. ``table`` is what a person says it is."""
    try:
        raw = open_table(source)
    except NotATable as error:
        return Looked(source, refused=str(error))
    try:
        match = match_table(raw, source.name, table=table, shelf=shelf)
    except NotATable as error:
        return Looked(source, raw=raw, refused=str(error), could_be=True)
    return Looked(source, match, counted(source, match), raw)


def looked_again(looked: Looked, profile: Profile) -> Match | None:
    """The same file read as a profile says; None when it cannot be."""
    if looked.raw is None:
        return None
    try:
        return match_table(looked.raw, looked.source.name, profile=profile)
    except NotATable:
        return None


def counted(source: Source, match: Match) -> Counted:
    """All rows of the file and the days they cover."""
    table = match.table
    dated = table.dated_by
    raw = open_table(source)
    try:
        arrangement = arrange.arrangement(match.profile, raw.headings)
    except NotATable:
        arrangement = None
    rows, days = 0, set()
    seen: set[str] = set()
    for chunk in raw.chunks():
        if arrangement is None:
            rows += len(chunk)
            continue
        arranged = arrangement.apply(chunk)
        rows += len(arranged)
        if dated and dated in arranged.columns:
            seen.update(pc.unique(arranged.columns[dated]).to_pylist())
    order: DateOrder = match.profile.date_order or "dmy"
    for text in seen:
        period = read_period(text, order) if table.name == "totals" else None
        when = (period[0] if period else None) or read_moment(text, order)[0]
        if when is not None:
            days.add(when)
            days.add(period[1] if period else when)
    span = Period(min(days), max(days)) if days else None
    return Counted(rows + len(raw.bad), raw.ignored, span)


def samples(raw: RawTable, headings: tuple[str, ...], column: Column, profile: Profile) -> tuple[str, ...]:
    """A few different cells, each with how it would be read; none where they could say who somebody is."""
    places = [raw.headings.index(heading) for heading in headings if heading in raw.headings]
    if not places or not may_be_shown(column):
        return ()
    some = [chunk.slice(0, 2000).to_pylist() for chunk in (raw.first.cells[place] for place in places)]
    joined = (" ".join(part for part in map(tidy, cells) if part) for cells in zip(*some, strict=True))
    often = Counter(text for text in joined if not is_nothing(text)).most_common(SAMPLES)
    return tuple(sample_words(_short(text), _read(text, column, profile)) for text, _ in often)


def _short(text: str) -> str:
    return text if len(text) <= LONGEST_SAMPLE else text[: LONGEST_SAMPLE - 1] + "…"


def _read(text: str, column: Column, profile: Profile) -> str | None:
    """How a cell would be read, in words; None where that says nothing new."""
    match column.type:
        case "date" | "time":
            when, minutes, _ = read_moment(text, profile.date_order or "dmy")
            return moment_words(when, minutes) if when else "not a date we can read"
        case "code" | "codes" | "yn":
            words = {word(theirs): ours for theirs, ours in profile.codes.get(column.name, {}).items()}
            ours = words.get(word(text))
            if ours:
                return code_name(ours).lower() if word(ours) != word(text) else None
            return None if _is_ours(text, column) else "not a word we know yet"
        case "int" | "num":
            found = read_number(text)
            words = {word(theirs): ours for theirs, ours in profile.codes.get(column.name, {}).items()}
            return words.get(word(text)) if found is None else number(found) if number(found) != text else None
        case _:
            return None


def _is_ours(text: str, column: Column) -> bool:
    """Whether the cell is a code of ours as it stands."""
    if column.type == "yn":
        return read_yes_no(text) is not None
    codes = {word(code) for code in column.codes}
    return all(word(part) in codes for part in text.split(";") if part.strip())
