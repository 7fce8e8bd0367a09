"""What the cells under a heading look like: days, clock times, numbers, yes or no, references, personal details.

Read from a sample of a few thousand cells spread over the first chunk; shares are of the different values that say
something.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from data.values import is_nothing, read_clock, read_moment, read_number, read_period, read_yes_no, tidy

SAMPLED_ROWS = 6_000
SAMPLED_VALUES = 2_000
READ_VALUES = 250
"""Different values that are looked at closely: enough to tell a date from a word, few enough to be quick."""
SAMPLES = 5
LONGEST_SAMPLE = 40

EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[A-Za-z]{2,}")
POSTCODE = re.compile(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}", re.IGNORECASE)
PHONE = re.compile(r"(?:\+44[ -]?\(?0?\)?|\(?0)\d[\d ()-]{7,12}\d")
_TEN = re.compile(r"\d{3}[ -]?\d{3}[ -]?\d{4}")
_IP = re.compile(r"\d{1,3}(?:\.\d{1,3}){3}")
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./#:-]{0,39}")


def is_nhs_number(text: str) -> bool:
    """Ten figures whose last is the Modulus 11 check digit of the others (NHS Data Dictionary)."""
    text = tidy(text)
    if not _TEN.fullmatch(text):
        return False
    figures = [int(letter) for letter in text if letter.isdigit()]
    check = 11 - sum(figure * weight for figure, weight in zip(figures, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == figures[9]


class Evidence:
    """One column of the first chunk, looked at when asked."""

    def __init__(self, column: pa.Array) -> None:
        self._column = column

    @cached_property
    def _sample(self) -> pa.Array:
        rows = len(self._column)
        if rows <= SAMPLED_ROWS:
            return self._column
        return self._column.take(pa.array(np.linspace(0, rows - 1, SAMPLED_ROWS).astype(np.int64)))

    @cached_property
    def _counted(self) -> Mapping[str, int]:
        """Different cells of the sample and how often each stands there, in the order they are met."""
        counts = pc.value_counts(self._sample)
        fields = zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True)
        return {text: times for text, times in fields if text is not None}

    @cached_property
    def counted(self) -> Mapping[str, int]:
        """All different cells of the first chunk with how often each stands there. Only for columns of few words."""
        counts = pc.value_counts(self._column)
        told: dict[str, int] = {}
        for text, times in zip(counts.field("values").to_pylist(), counts.field("counts").to_pylist(), strict=True):
            told[tidy(text)] = told.get(tidy(text), 0) + times
        told.pop("", None)
        return told

    @cached_property
    def values(self) -> tuple[str, ...]:
        """Different cells that say something, at most ``SAMPLED_VALUES``."""
        told = []
        for text in self._counted:
            if not is_nothing(text):
                told.append(tidy(text))
                if len(told) == SAMPLED_VALUES:
                    break
        return tuple(dict.fromkeys(told))

    @cached_property
    def _read(self) -> tuple[str, ...]:
        values = self.values
        step = max(1, len(values) // READ_VALUES)
        return values[::step][:READ_VALUES]

    @property
    def is_empty(self) -> bool:
        return not self.values

    @cached_property
    def filled(self) -> float:
        """Share of the cells that say something."""
        rows = sum(self._counted.values())
        empty = sum(times for text, times in self._counted.items() if is_nothing(text))
        return 1 - empty / rows if rows else 0.0

    @cached_property
    def distinct_share(self) -> float:
        """Different values over cells that say something: 1 for a reference of each row."""
        cells = sum(times for text, times in self._counted.items() if not is_nothing(text))
        return len({tidy(text) for text in self._counted if not is_nothing(text)}) / cells if cells else 0.0

    def share(self, is_so: Callable[[str], bool]) -> float:
        """Share of the values of which something is so."""
        return share_of(self._read, is_so)

    @cached_property
    def days(self) -> float:
        """Share that is a day, with or without a time, in either order of day and month."""
        return self.share(is_dated)

    @cached_property
    def timed(self) -> float:
        """Share that is a day with a time other than midnight."""
        return self.share(lambda text: any((read_moment(text, order)[1] or 0) > 0 for order in ("dmy", "mdy")))

    @cached_property
    def clocks(self) -> float:
        """Share that is a time of day alone."""
        return self.share(lambda text: read_clock(text) is not None and not is_dated(text))

    @cached_property
    def numbers(self) -> float:
        return self.share(lambda text: read_number(text) is not None)

    @cached_property
    def yes_or_no(self) -> float:
        return self.share(lambda text: read_yes_no(text) is not None)

    @cached_property
    def periods(self) -> float:
        """Share that names a month, a quarter, a week or a day."""
        return self.share(lambda text: read_period(text) is not None or read_period(text, "mdy") is not None)

    @cached_property
    def references(self) -> float:
        """Share that could be a reference: one word of letters and figures, no sentence and no date."""
        return self.share(lambda text: _REFERENCE.fullmatch(text) is not None and not is_dated(text))

    @cached_property
    def length(self) -> float:
        """Letters of a value, on average."""
        return sum(map(len, self._read)) / len(self._read) if self._read else 0.0

    @cached_property
    def personal(self) -> str | None:
        """Which personal detail most of the values are: e-mail, telephone, postcode or NHS number."""
        for what, is_so, least in (
            ("e-mail", lambda text: EMAIL.search(text) is not None, 0.3),
            ("postcode", lambda text: POSTCODE.fullmatch(text) is not None, 0.5),
            ("NHS number", is_nhs_number, 0.8),
            ("telephone", lambda text: PHONE.fullmatch(text) is not None, 0.6),
            ("IP address", lambda text: _IP.fullmatch(text) is not None, 0.6),
        ):
            share = self.share(is_so)
            if share >= least and share * len(self._read) >= (3 if what in ("NHS number", "telephone") else 2):
                return what
        return None

    @cached_property
    def samples(self) -> tuple[str, ...]:
        """A few values as they stand, the most frequent first. Only for columns that may be shown."""
        told = sorted(self.values, key=lambda text: -self._counted.get(text, 0))
        return tuple(text[:LONGEST_SAMPLE] for text in told[:SAMPLES])


def share_of(values: Iterable[str], is_so: Callable[[str], bool]) -> float:
    """Share of the values of which something is so; 0 of none."""
    told = [is_so(text) for text in values]
    return sum(told) / len(told) if told else 0.0


def is_dated(text: str) -> bool:
    """Whether the cell is a day, in either order of day and month, with or without a time."""
    return read_moment(text, "dmy")[0] is not None or read_moment(text, "mdy")[0] is not None
