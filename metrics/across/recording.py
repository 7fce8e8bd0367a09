"""When more falls are written down after a change in how they are recorded: is more happening, or more being recorded?

Falls that hurt are written down whatever the habit, so they lead: falls up with harm flat is a change of recording. Worked
out from released quarters alone, up to a year on either side, none of them the quarter in which it changed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from data.model import NOTHING, Tally
from data.releases.model import Happening, Unit
from metrics.across.released import Book, tally_of
from metrics.charting import RECORDING_CHANGES
from metrics.estimators.rate_ratios import RateRatio, rate_ratio_exact

FALLS, HARM = "F1", "F2"
SIDE = 4
"""So many quarters on either side, a year, so that the same seasons stand on both."""
FEWEST = 2
"""With fewer quarters shown on a side nothing is compared."""
FLAT = 1.25
"""Falls with harm count as flat when they did not clearly rise and were found no higher than this; the margin of F2."""

Read = Literal["recording", "harm_too", "harm_open", "harm_hidden", "no_rise", "not_known"]
"""Falls rose: recording alone; harm rose too; harm may have risen; harm is hidden or not recorded. Falls did not clearly
rise. Too few quarters are shown to say."""
ROSE: tuple[Read, ...] = ("recording", "harm_too", "harm_open", "harm_hidden")


@dataclass(frozen=True)
class RecordingChanged:
    """A change in how things are written down: whether falls rose after it, and what falls with harm say about that."""

    unit: Unit
    happening: Happening
    falls: RateRatio | None
    harm: RateRatio | None
    read: Read


def recording_changes(book: Book, setting: str) -> tuple[RecordingChanged, ...]:
    """Every change of recording in the time of the release, in order of the unit's name."""
    if FALLS not in book.outcomes:
        return ()
    units = {each.code: each for each in book.of(setting)}
    found = [
        told
        for each in book.release.happenings
        if each.kind in RECORDING_CHANGES and each.unit in units and _inside(book, each)
        for told in (_read(book, units[each.unit], each),)
    ]
    return tuple(sorted(found, key=lambda each: (each.unit.name.casefold(), each.unit.code, each.happening.from_on)))


def _inside(book: Book, happening: Happening) -> bool:
    return bool(book.quarters) and book.quarters[0].first <= happening.from_on <= book.quarters[-1].last


def _read(book: Book, unit: Unit, happening: Happening) -> RecordingChanged:
    falls = ratio(book, unit, FALLS, happening.from_on)
    if falls is None or falls.estimate is None:
        return RecordingChanged(unit, happening, falls, None, "not_known")
    if falls.interval.low is None or falls.interval.low <= 1:
        return RecordingChanged(unit, happening, falls, None, "no_rise")
    harm = ratio(book, unit, HARM, happening.from_on)
    return RecordingChanged(unit, happening, falls, harm, _harm(harm))


def _harm(harm: RateRatio | None) -> Read:
    if harm is None or harm.estimate is None:
        return "harm_hidden"
    if harm.interval.low is not None and harm.interval.low > 1:
        return "harm_too"
    return "recording" if harm.estimate <= FLAT else "harm_open"


def ratio(book: Book, unit: Unit, code: str, day: date) -> RateRatio | None:
    """The rate after a day over the rate before it, from shown quarters; None where too few are shown."""
    before = [each for each in book.quarters if each.last < day][-SIDE:]
    after = [each for each in book.quarters if each.first >= day][:SIDE]
    sides = [
        [told for each in side if (told := tally_of(book.quarter(unit.code, code, each), "rate")).denominator > 0]
        for side in (before, after)
    ]
    if min(map(len, sides)) < FEWEST:
        return None
    one, other = map(_total, sides)
    return rate_ratio_exact(one.numerator, one.denominator, other.numerator, other.denominator)


def _total(side: Sequence[Tally]) -> Tally:
    return sum(side, NOTHING)
