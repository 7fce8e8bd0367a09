"""Their columns into ours: chunks of an export as the columns a profile says, still as text, row for row.

Words are not turned into codes here and no cell is judged: that is done on the distinct values afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data.contract import TABLES, Table
from data.matching.profile import DateOrder, Profile, Wide, same_heading
from data.reading.table import Chunk, NotATable
from data.values import is_nothing, read_moment, word

_FINANCIAL_MONTH = re.compile(r"((?:19|20)\d{2})\s*[-_/ ]\s*\d{2,4}\s+([A-Za-z]{3,9})")
_MIDNIGHT = r"[ T]00:00(:00(\.0+)?)?$"
_JANUARY_TO_MARCH = ("jan", "feb", "mar")


@dataclass(frozen=True)
class Arranged:
    """Our columns as text (``""`` when empty), and where each row came from.

    ``lines``: the physical line of the file. ``origin``: the number of the record within its chunk; a record of a
    sheet with a column a month or a question gives a row for each cell, or none. ``blanks``: cells under such
    headings that hold nothing and made no row. ``denominators``: cells that became the denominator of other rows.
    """

    columns: Mapping[str, pa.Array]
    lines: NDArray[np.int64]
    origin: NDArray[np.int64]
    blanks: int = 0
    denominators: int = 0

    def __len__(self) -> int:
        return len(self.lines)


@dataclass(frozen=True)
class Arrangement:
    """A profile laid on one file: where each of our columns stands. ``absent`` are optional headings it lacks."""

    table: Table
    profile: Profile
    places: Mapping[str, tuple[int, ...]]
    constants: Mapping[str, str]
    wide: tuple[tuple[int, str], ...] = ()
    absent: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Our columns that every arranged chunk holds."""
        names = [*self.places, *self.constants]
        if self.profile.wide is not None:
            names += [self.profile.wide.into, self.profile.wide.value]
            names += ["denominator"] if self.profile.wide.denominators else []
        return tuple(dict.fromkeys(names))

    def apply(self, chunk: Chunk) -> Arranged:
        """The chunk as our columns."""
        columns = {ours: _joined([chunk.cells[place] for place in at]) for ours, at in self.places.items()}
        for ours, kind in self.profile.read_as.items():
            if ours == "period_from" and ours in columns:
                columns[ours] = _each_distinct(columns[ours], self._period_of(kind))
        columns |= {ours: _constant(value, len(chunk)) for ours, value in self.constants.items()}
        arranged = Arranged(columns, chunk.lines, np.arange(len(chunk), dtype=np.int64))
        if self.profile.wide is not None:
            arranged = self._unpivoted(arranged, chunk, self.profile.wide)
        return arranged

    def _period_of(self, kind: str) -> Callable[[str], str]:
        order = self.profile.date_order or "dmy"
        return financial_month if kind == "financial_month" else lambda text: period_of_day(text, kind, order)

    def _unpivoted(self, arranged: Arranged, chunk: Chunk, wide: Wide) -> Arranged:
        """A row for each cell that says something, in the order of the records and then of the headings."""
        kept = frozenset(word(theirs) for theirs in self.profile.codes.get(wide.value, {}))
        number = self.table.columns[wide.value].type in ("int", "num")
        picked: list[NDArray[np.int64]] = []
        into: list[NDArray[np.int64]] = []
        cells: list[pa.Array] = []
        for place, _ in self.wide:
            column = _text(chunk.cells[place])
            here = np.flatnonzero(_says_something(column, kept, number))
            picked.append(here)
            into.append(np.full(len(here), len(into), dtype=np.int64))
            cells.append(column.take(pa.array(here)))
        origin = np.concatenate(picked) if picked else np.empty(0, dtype=np.int64)
        order = np.argsort(origin, kind="stable")
        origin = origin[order]
        which = pa.array(np.concatenate(into)[order] if into else origin)
        taken = pa.array(origin)
        columns = {ours: column.take(taken) for ours, column in arranged.columns.items()}
        columns[wide.into] = pa.array([name for _, name in self.wide], pa.string()).take(which)
        columns[wide.value] = pa.concat_arrays(cells).take(pa.array(order)) if cells else pa.array([], pa.string())
        own_key = self.table.own_key
        if own_key in columns:
            columns[own_key] = pc.binary_join_element_wise(columns[own_key], columns[wide.into], " ")
        rows = Arranged(columns, chunk.lines[origin], origin, len(chunk) * len(self.wide) - len(origin))
        return _with_denominators(rows, wide) if wide.denominators else rows


def arrangement(profile: Profile, headings: Sequence[str]) -> Arrangement:
    """The profile laid on a file with these headings.

    Raises NotATable when a heading that a required column is read from is not there; optional ones are passed over.
    """
    table = TABLES[profile.table]
    at = _finder(headings)
    stored = {column.name for column in table.columns.values() if column.required or not column.free_text}
    places: dict[str, tuple[int, ...]] = {}
    lacking: list[str] = []
    absent: list[str] = []
    for ours, theirs in profile.columns.items():
        if ours not in stored:
            continue
        found = tuple(place for heading in theirs if (place := at(heading)) is not None)
        gone = [heading for heading in theirs if at(heading) is None]
        needed = table.columns[ours].required and ours != table.own_key and ours not in profile.defaults
        (lacking if needed else absent).extend(gone)
        if found and not (gone and needed):
            places[ours] = found
    wide: list[tuple[int, str]] = []
    for heading, name in profile.wide.columns.items() if profile.wide else ():
        place = at(heading)
        if place is None:
            absent.append(heading)
        else:
            wide.append((place, name))
    if profile.wide is not None and not wide:
        lacking.extend(profile.wide.columns)
    if lacking:
        named = ", ".join(f'"{heading}"' for heading in lacking)
        raise NotATable(
            f"The profile {profile.name or 'for this export'} reads {named}, and this file has no such heading. "
            "Export it as before, or match its columns again."
        )
    constants = {ours: value for ours, value in profile.defaults.items() if ours not in places and ours in stored}
    return Arrangement(table, profile, places, constants, tuple(sorted(wide)), tuple(absent))


def financial_month(text: str) -> str:
    """ "2025_26 AUGUST" as "AUGUST 2025": a financial year begins in April. Anything else as it stands."""
    found = _FINANCIAL_MONTH.fullmatch(text.strip())
    if found is None:
        return text
    year = int(found[1]) + (found[2][:3].casefold() in _JANUARY_TO_MARCH)
    return f"{found[2]} {year}"


def period_of_day(text: str, kind: str, order: DateOrder = "dmy") -> str:
    """A day as the week it begins or ends, or as the month it lies in; anything else as it stands.

    Written so that ``values.read_period`` reads it: "w/c 2025-01-06", "2025-01".
    """
    day = read_moment(text, order)[0]
    if day is None:
        return text
    if kind == "month":
        return f"{day:%Y-%m}"
    return f"w/c {day - timedelta(days=6 if kind == 'week_ending' else 0)}"


def _finder(headings: Sequence[str]) -> Callable[[str], int | None]:
    """Where a heading stands: as it is spelt, else by what two spellings have in common when that is clear."""
    exact = {heading: place for place, heading in reversed(list(enumerate(headings)))}
    alike: dict[str, list[int]] = {}
    for place, heading in enumerate(headings):
        alike.setdefault(same_heading(heading), []).append(place)

    def find(heading: str) -> int | None:
        if heading in exact:
            return exact[heading]
        places = alike.get(same_heading(heading), [])
        return places[0] if len(places) == 1 else None

    return find


def _text(column: pa.Array) -> pa.Array:
    return column if column.type == pa.string() else column.cast(pa.string())


def _joined(columns: Sequence[pa.Array]) -> pa.Array:
    """One column as it is, several with a space between the parts that are not empty.

    Written with a separator for each row: ``null_handling="skip"`` of pyarrow 26 drops a row whose parts are all null.
    """
    joined = _text(columns[0])
    if len(columns) > 1:  # a date exported with midnight, whose time stands in the next column or nowhere
        joined = pc.replace_substring_regex(joined, _MIDNIGHT, "")
    for column in columns[1:]:
        more = _text(column)
        apart = pc.or_(pc.equal(joined, ""), pc.equal(more, ""))
        joined = pc.binary_join_element_wise(joined, more, pc.if_else(apart, "", " "))
    return joined


def _constant(value: str, rows: int) -> pa.Array:
    return pa.repeat(pa.scalar(value, pa.string()), rows)


def _each_distinct(column: pa.Array, change: Callable[[str], str]) -> pa.Array:
    encoded = column.dictionary_encode()
    changed = pa.array([change(text) for text in encoded.dictionary.to_pylist()], pa.string())
    return changed.take(encoded.indices)


def _says_something(column: pa.Array, kept: frozenset[str], number: bool) -> NDArray[np.bool_]:
    """Which cells are more than a way of writing nothing. A word the profile gives a code is always something."""
    if len(column) == 0:
        return np.empty(0, dtype=np.bool_)
    encoded = column.dictionary_encode()
    says = [
        bool(text.strip()) and (word(text) in kept or not is_nothing(text, dated=number))
        for text in encoded.dictionary.to_pylist()
    ]
    answer: NDArray[np.bool_] = np.array(says, dtype=np.bool_)[encoded.indices.to_numpy(zero_copy_only=False)]
    return answer


def _with_denominators(rows: Arranged, wide: Wide) -> Arranged:
    """Take out the rows that say over what is counted, and write their cells beside the others of the same month."""
    labels = [word(text) for text in rows.columns["outcome"].to_pylist()]
    over = {word(label): rank for rank, label in enumerate(wide.denominators)}
    values = rows.columns[wide.value].to_pylist()
    apart = [name for name in rows.columns if name not in ("outcome", wide.value, "denominator", "total_id")]
    keys = list(zip(*(rows.columns[name].to_pylist() for name in apart), strict=True)) or [()] * len(rows)
    given: dict[tuple[str, ...], tuple[int, str]] = {}
    for label, key, value in zip(labels, keys, values, strict=True):
        rank = over.get(label)
        if rank is not None and (key not in given or rank < given[key][0]):
            given[key] = (rank, value)
    kept = np.array([place for place, label in enumerate(labels) if label not in over], dtype=np.int64)
    columns = {name: column.take(pa.array(kept)) for name, column in rows.columns.items()}
    columns["denominator"] = pa.array([given.get(keys[place], (0, ""))[1] for place in kept], pa.string())
    return Arranged(columns, rows.lines[kept], rows.origin[kept], rows.blanks, len(rows) - len(kept))
