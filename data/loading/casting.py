"""From a column of text cells to its own type, and the reason for every cell that could not follow.

Each distinct text is read once (``data.values`` says how), however often it occurs; the rest is array arithmetic.
A cell is never guessed: what cannot be read is named, never turned into the nearest thing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray

from data import values
from data.contract import Column
from data.pseudonyms import Pseudonymiser
from data.values import DateOrder

EARLIEST_YEAR = 1901
"""Dates before this are a spreadsheet's day nought or a slip of the keyboard."""
FURTHEST_YEARS_AHEAD = 20
"""A planned date further ahead than this cannot be right."""
FEW_DISTINCT = 20_000
"""Below this many distinct moments, reading each of them is quicker than taking days and times apart."""

MOST_REMEMBERED = 500_000
"""Distinct texts of a column kept with their readings from one chunk to the next."""

EMAIL = r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}"
PERSONAL = re.compile(
    rf"{EMAIL}|\b[A-Za-z]{{1,2}}\d[A-Za-z\d]? \d[A-Za-z]{{2}}\b|(?:\+44|\b0)[\d ]{{9,13}}\b|\b\d{{3}} ?\d{{3}} ?\d{{4}}\b"
)
"""An e-mail address, a postcode, a telephone number, or ten figures as an NHS number has."""
_EMAIL = re.compile(EMAIL)

Mask = NDArray[np.bool_]
_EPOCH = date(1970, 1, 1)


@dataclass(frozen=True)
class Manner:
    """How the cells of one file are to be read: what a person or a profile has decided."""

    as_of: date
    order: DateOrder = "dmy"
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    """For a column, their word (as ``values.word`` has it) to our code or number."""
    read_as: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Cast:
    """A column as its own type: null where a cell is empty or unreadable, the faults, and what else was learnt.

    ``extra`` holds further columns that came out of the cells, for example the answer "don't know" in a score.
    """

    values: pa.Array
    empty: Mask
    faults: list[tuple[str, Mask]] = field(default_factory=list)
    extra: dict[str, pa.Array] = field(default_factory=dict)


Reading = tuple[Any, str | None]
"""What one distinct text became: its value (None when there is none) and the reason when it cannot be used."""
EMPTY: Reading = (None, "")
"""The reading of a cell that says nothing; whether that is a fault depends on the column."""


class Caster:
    """Reads the cells of one column of one file, chunk after chunk; a text met before is not read again."""

    def __init__(self, column: Column, manner: Manner, pseudonymise: Pseudonymiser) -> None:
        self.column = column
        self.manner = manner
        self._read = _remembered(_reader(column, manner, pseudonymise))

    def cast(self, cells: pa.Array) -> Cast:
        """Read every cell of a chunk of the column."""
        column = self.column
        if column.type == "time":
            made = _moments(column, cells, self.manner)
        elif column.type == "id" and column.pseudonym is None and column.name not in ("service_id", "outcome"):
            made = _references(cells)
        else:
            made = _by_distinct(cells, self._read, _arrow_type(column))
        if column.type == "date":
            made.faults += _implausible(column, _days_of(made.values), self.manner.as_of)
        if column.required:
            made.faults.append(("required_missing", made.empty))
        elif column.empty_means is not None:
            made.values = _filled(made, column.empty_means)
        if column.name == "score":
            _answers(made, cells, self.manner)
        made.faults = [(reason, mask) for reason, mask in made.faults if mask.any()]
        return made


def _remembered(read: Callable[[str], Reading]) -> Callable[[str], Reading]:
    known: dict[str, Reading] = {}

    def look_up(text: str) -> Reading:
        found = known.get(text)
        if found is None:
            found = read(text)
            if len(known) < MOST_REMEMBERED:
                known[text] = found
        return found

    return look_up


def _arrow_type(column: Column) -> pa.DataType:
    return {"date": pa.date32(), "int": pa.int64(), "num": pa.float64()}.get(column.type, pa.string())


def _reader(column: Column, manner: Manner, pseudonymise: Pseudonymiser) -> Callable[[str], Reading]:
    words = manner.words.get(column.name, {})
    if column.name == "birth_year" and column.name in manner.read_as:
        return partial(_birth_year, manner=manner, how=manner.read_as[column.name])
    match column.type:
        case "date":
            return partial(_date, order=manner.order)
        case "int" | "num":
            return partial(_number, column=column, words=words)
        case "code":
            return partial(_code, known=_known(column, words))
        case "codes":
            return partial(_codes, known=_known(column, words))
        case "yn":
            return partial(_yes_no, words=words)
        case "text":
            return partial(_named, words=words, read=_text)
    if column.name == "outcome":
        return partial(_named, words=words, read=lambda text: _own_reference(text.upper()))
    if column.pseudonym is None:
        return partial(_named, words=words, read=_own_reference)
    return partial(_person, kind=column.pseudonym, pseudonymise=pseudonymise)


# One distinct text ---------------------------------------------------------------------------------------


def _date(text: str, order: DateOrder) -> Reading:
    if values.is_nothing(text, dated=True):
        return EMPTY
    day, _, _ = values.read_moment(text, order)
    return (day, None) if day else (None, "date_unreadable")


def _number(text: str, column: Column, words: Mapping[str, str]) -> Reading:
    said = words.get(values.word(text))
    number = values.read_number(text if said is None else said)
    if number is None:
        if said is not None or values.is_nothing(text, dated=True):
            return EMPTY
        return None, "number_unreadable"
    if column.type == "int" and number != round(number):
        return None, "number_unreadable"
    if column.low is not None and column.high is not None and not column.low <= number <= column.high:
        return None, "number_out_of_range"
    return (int(number) if column.type == "int" else number), None


def _birth_year(text: str, manner: Manner, how: str) -> Reading:
    if values.is_nothing(text, dated=True):
        return EMPTY
    if how == "age":
        age = values.read_number(text)
        if age is None or age != round(age):
            return None, "number_unreadable"
        return (manner.as_of.year - int(age), None) if 0 <= age <= 120 else (None, "number_out_of_range")
    day, _, _ = values.read_moment(text, manner.order)
    if day is None:
        return None, "date_unreadable"
    if day > manner.as_of:  # 12/05/38 read as 2038: a birth lies behind us
        day = day.replace(year=day.year - 100, day=min(day.day, 28))
    return (day.year, None) if day.year >= 1900 else (None, "date_implausible")


def _known(column: Column, words: Mapping[str, str]) -> dict[str, str]:
    known = {values.word(code): code for code in column.codes}
    if not column.required:
        known.setdefault("not_recorded", "not_recorded")
    return known | dict(words)


def _code(text: str, known: Mapping[str, str]) -> Reading:
    code = known.get(values.word(text))
    if code is not None:
        return (code, None) if code else EMPTY
    return EMPTY if values.is_nothing(text) else (None, "code_unknown")


def _codes(text: str, known: Mapping[str, str]) -> Reading:
    parts = [part for part in re.split("[;,]", text) if not values.is_nothing(part)]
    found = [known.get(values.word(part)) for part in parts]
    if None in found:
        return None, "code_unknown"
    return ";".join(dict.fromkeys(code for code in found if code)), None


def _yes_no(text: str, words: Mapping[str, str]) -> Reading:
    said = words.get(values.word(text))
    answer = said if said is not None else values.read_yes_no(text)
    if answer:
        return answer, None
    if said == "" or values.is_nothing(text) or values.word(text) == "not_applicable":
        return EMPTY
    return None, "code_unknown"


def _named(text: str, words: Mapping[str, str], read: Callable[[str], Reading]) -> Reading:
    """A text or reference, by another name where a profile gives it one."""
    said = words.get(values.word(text))
    return read(text) if said is None else (said or None, None if said else "")


def _text(text: str) -> Reading:
    kept = values.tidy(text)
    if values.is_nothing(kept) or values.is_damaged(kept):
        return EMPTY
    return (None, "personal_data") if PERSONAL.search(kept) else (kept, None)


def _own_reference(text: str) -> Reading:
    kept = values.tidy(text)
    if values.is_nothing(kept) or values.is_damaged(kept):
        return EMPTY
    return (None, "personal_data") if _EMAIL.search(kept) else (kept, None)


def _person(text: str, kind: str, pseudonymise: Pseudonymiser) -> Reading:
    if values.is_nothing(text):
        return EMPTY
    return (None, "required_missing") if values.is_damaged(text) else (pseudonymise(kind, text), None)


# A whole column ------------------------------------------------------------------------------------------


def _by_distinct(cells: pa.Array, read: Callable[[str], Reading], kind: pa.DataType) -> Cast:
    coded = pc.dictionary_encode(cells)
    readings = [read(text) for text in coded.dictionary.to_pylist()]
    places = coded.indices.to_numpy(zero_copy_only=False)
    reasons = np.array([reason for _, reason in readings], dtype=object)
    found = [value for value, _ in readings]
    if pa.types.is_string(kind):
        distinct = list(dict.fromkeys(value for value in found if value is not None))
        at = {value: place for place, value in enumerate(distinct)}
        moved = np.array([at.get(value, -1) for value in found], dtype=np.int32)[places] if found else places
        made = pa.DictionaryArray.from_arrays(pa.array(moved, mask=moved < 0), pa.array(distinct, pa.string()))
    else:
        made = pa.array(found, kind).take(pa.array(places))
    return Cast(
        made,
        (reasons == "")[places] if found else np.zeros(0, bool),
        [(reason, (reasons == reason)[places]) for reason in {reason for _, reason in readings} if reason],
    )


def _references(cells: pa.Array) -> Cast:
    """References that are nearly all different: looked at as a column, never one by one in Python."""
    kept = pc.utf8_trim_whitespace(cells)
    empty = _mask(pc.is_in(kept, _NOTHING_WRITTEN))
    odd = pc.or_(pc.starts_with(kept, "#"), pc.match_substring(kept, "E+", ignore_case=False))
    if pc.any(odd).as_py():
        empty |= np.array([values.is_damaged(text) for text in kept.to_pylist()], dtype=bool)
    faults = []
    if pc.any(pc.match_substring(kept, "@")).as_py():
        faults.append(("personal_data", _mask(pc.match_substring_regex(kept, EMAIL))))
    return Cast(pc.if_else(pa.array(~empty), kept, pa.scalar(None, pa.string())), empty, faults)


_NOTHING_WRITTEN = pa.array(
    sorted({spelt for text in values.NOTHING for spelt in (text, text.upper(), text.capitalize(), text.title())})
)


def _moments(column: Column, cells: pa.Array, manner: Manner) -> Cast:
    """Days with times. ``extra`` has the day itself and whether a time of day was written."""
    days, clocks, timed = _parted(cells, manner.order)
    slow = np.flatnonzero(days == UNREAD)
    written = np.zeros(len(cells), dtype=bool)
    written[:] = timed
    empty = np.zeros(len(cells), dtype=bool)
    if len(slow):
        coded = pc.dictionary_encode(cells.take(pa.array(slow)))
        each = [_moment(text, manner.order) for text in coded.dictionary.to_pylist()]
        places = coded.indices.to_numpy(zero_copy_only=False)
        days[slow] = np.array([day for day, _, _, _ in each], dtype=np.int64)[places]
        clocks[slow] = np.array([clock for _, clock, _, _ in each], dtype=np.int64)[places]
        written[slow] = np.array([had for _, _, had, _ in each], dtype=bool)[places]
        empty[slow] = np.array([nothing for _, _, _, nothing in each], dtype=bool)[places]
    no_day = days == UNREAD
    no_clock = written & (clocks == UNREAD)
    minutes = days * (24 * 60) + np.where(clocks == UNREAD, 0, clocks)
    made = pa.array(np.where(no_day, 0, minutes) * 60_000_000, mask=no_day | no_clock).cast(pa.timestamp("us"))
    return Cast(
        made,
        empty,
        [
            ("date_unreadable", no_day & ~empty),
            ("time_unreadable", no_clock & ~no_day),
            *_implausible(column, np.where(no_day, UNREAD, days), manner.as_of),
        ],
        {
            f"day_{column.name}": pa.array(np.where(no_day, 0, days).astype(np.int32), mask=no_day).cast(pa.date32()),
            f"timed_{column.name}": pa.array(written),
        },
    )


UNREAD = np.iinfo(np.int64).min // 2


def _moment(text: str, order: DateOrder) -> tuple[int, int, bool, bool]:
    if values.is_nothing(text, dated=True):
        return UNREAD, UNREAD, False, True
    day, clock, written = values.read_moment(text, order)
    if day is None and values.read_clock(text) is not None:  # a date and a time in two columns, the date left empty
        return UNREAD, UNREAD, False, True
    return (
        UNREAD if day is None else (day - _EPOCH).days,
        UNREAD if clock is None else clock,
        written,
        False,
    )


def _parted(cells: pa.Array, order: DateOrder) -> tuple[NDArray[np.int64], NDArray[np.int64], Mask]:
    """Days and minutes of cells that are a day, one blank or T, and a time; all others are left unread."""
    n = len(cells)
    unread = np.full(n, UNREAD)
    if n <= FEW_DISTINCT or pc.count_distinct(cells.slice(0, FEW_DISTINCT)).as_py() < FEW_DISTINCT // 2:
        return unread, unread.copy(), np.zeros(n, dtype=bool)
    iso = pc.equal(pc.utf8_slice_codeunits(cells, 10, 11), "T")
    if pc.any(iso).as_py():
        cells = pc.if_else(iso, pc.utf8_replace_slice(cells, 10, 11, " "), cells)
    parts = pc.split_pattern(cells, " ", max_splits=1)
    starts = parts.offsets.to_numpy()
    two = np.diff(starts) == 2
    first, second = starts[:-1][two], starts[:-1][two] + 1
    days = _looked_up(parts.values.take(pa.array(first)), partial(_day_number, order=order))
    clocks = _looked_up(parts.values.take(pa.array(second)), _clock_number)
    both = (days != UNREAD) & (clocks != UNREAD)
    at = np.flatnonzero(two)[both]
    all_days, all_clocks = unread, unread.copy()
    all_days[at], all_clocks[at] = days[both], clocks[both]
    return all_days, all_clocks, all_days != UNREAD


def _day_number(text: str, order: DateOrder) -> int:
    day = values.read_day(text, order)
    return UNREAD if day is None else (day - _EPOCH).days


def _clock_number(text: str) -> int:
    clock = values.read_clock(text)
    return UNREAD if clock is None else clock


def _looked_up(cells: pa.Array, read: Callable[[str], int]) -> NDArray[np.int64]:
    coded = pc.dictionary_encode(cells)
    found = np.array([read(text) for text in coded.dictionary.to_pylist()], dtype=np.int64)
    places = coded.indices.to_numpy(zero_copy_only=False)
    return found[places] if len(found) else np.zeros(0, dtype=np.int64)


def _implausible(column: Column, days: NDArray[np.int64], as_of: date) -> Iterator[tuple[str, Mask]]:
    known = days != UNREAD
    earliest = (date(EARLIEST_YEAR, 1, 1) - _EPOCH).days
    today = (as_of - _EPOCH).days
    far = (as_of.replace(year=as_of.year + FURTHEST_YEARS_AHEAD, day=min(as_of.day, 28)) - _EPOCH).days
    yield "date_implausible", known & ((days < earliest) | (days > far))
    if not column.may_be_future:
        yield "date_future", known & (days > today) & (days <= far)


def _days_of(dates: pa.Array) -> NDArray[np.int64]:
    numbers = dates.cast(pa.int32()).cast(pa.int64())
    made: NDArray[np.int64] = numbers.fill_null(UNREAD).to_numpy(zero_copy_only=False)
    return made


def _filled(made: Cast, word: str) -> pa.Array:
    """Empty cells say ``word``; unreadable ones stay null (their rows are refused). Words stay a dictionary."""
    words = made.values.dictionary.to_pylist()
    if word not in words:
        words.append(word)
    places = made.values.indices.fill_null(-1).to_numpy(zero_copy_only=False).copy()
    places[made.empty] = words.index(word)
    return pa.DictionaryArray.from_arrays(pa.array(places, mask=places < 0), pa.array(words, pa.string()))


def _answers(made: Cast, cells: pa.Array, manner: Manner) -> None:
    """A score cell that says "don't know" is an answer of its own kind, not a number."""
    answers = {text: code for text, code in manner.words.get("score", {}).items() if code in _ANSWERS}
    if answers:
        made.extra["answer"] = _by_distinct(
            cells, lambda text: (answers.get(values.word(text)), None), pa.string()
        ).values


_ANSWERS = ("dont_know", "rather_not", "not_able")


def _mask(array: pa.Array) -> Mask:
    made: Mask = array.to_numpy(zero_copy_only=False).astype(bool)
    return made
