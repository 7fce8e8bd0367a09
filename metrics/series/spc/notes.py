"""What to know of a chart before believing it."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.series.spc.advice import ORDINARY_SPREAD
from metrics.series.spc.between import Gap
from metrics.series.spc.model import (
    ENOUGH_FOR_LIMITS,
    cut,
)
from metrics.series.spc.words import Drawn, lies_high, rises, stretch_name, stretch_word, stretches_word
from metrics.words import and_list, capital, counted, number

LEAST, MOST = ORDINARY_SPREAD


EARLIER_YEARS = 2
"""From so many earlier years with the same time of year on one side, a season is named."""


LONG_SHIFT = 9
"""So many points in a row on one side, to the end: perhaps it is time for a new usual range."""


def notes(drawn: Drawn, gaps: Sequence[Gap], spread: float | None) -> tuple[str, ...]:
    """What to know before believing it."""
    asked = drawn.asked
    found: list[str] = []
    missing = sum(point.value is None for point in drawn.points) - (len(drawn.phases) if drawn.chart == "mr" else 0)
    if missing > 0:
        found.append(
            f"{capital(counted(missing, stretch_word(drawn), stretches_word(drawn)))} without a record: the line stops there, and "
            "nothing is read across the gap."
        )
    if drawn.cut and drawn.step != "event":
        which = and_list([stretch_name(drawn, period) for period in sorted(drawn.cut)])
        found.append(f"{capital(which)} {'is' if len(drawn.cut) == 1 else 'are'} not complete and left out.")
    if any(point.excluded for point in drawn.points):
        out = sum(point.excluded for point in drawn.points)
        found.append(f"{capital(counted(out, 'point', 'points'))} shown but left out of the usual range, as chosen.")
    if asked.series.basis == "beds":
        found.append("Worked out from beds, as if every bed were full.")
    if asked.series.basis == "none" and asked.outcome.kind in ("rate", "stay"):
        found.append("Counts only: the number of people may have changed.")
    if _limits_cut(drawn):
        found.append("The usual range would reach beyond what can be; it is drawn up to there.")
    if asked.chart != "auto" and spread is not None and spread > 0 and not LEAST <= spread <= MOST:
        found.append(f"The points scatter {number(spread)} times as much as chance alone would have it.")
    if asked.outcome.share_of == "people" and drawn.step in ("week", "month"):
        found.append(f"A person counts once a {drawn.step}. Quarters are fairer where people are not asked that often.")
    waiting = _since_last(drawn)
    if waiting:
        found.append(waiting)
    if drawn.chart in ("xmr", "i") and _rare(drawn) and gaps:
        found.append("These are rare: a chart of the time from one to the next (t or g) would say more.")
    both = _two_ways(drawn)
    if both:
        found.append(both)
    season = _same_season(drawn)
    if season:
        found.append(season)
    hint = _perhaps_a_new_range(drawn)
    if hint:
        found.append(hint)
    return tuple(found)


def _limits_cut(drawn: Drawn) -> bool:
    """Whether a limit lies where no figure can be."""
    floor, ceiling = drawn.floor, drawn.ceiling
    return any(
        cut(limit, floor, ceiling) != limit
        for point in drawn.points
        for limit in (point.lower, point.upper)
        if limit is not None
    )


def _two_ways(drawn: Drawn) -> str | None:
    """Where one rule marks the latest figure as high and another as falling, or the other way round."""
    latest = drawn.latest
    if latest is None or "trend" not in latest.signals or len(latest.signals) < 2:
        return None
    if rises(drawn) == lies_high(latest):
        return None
    told = latest.signals[0].replace("_", " ")
    return f"One rule marks the latest figure as high and another as falling, or the reverse; it is told by the first: {told}."


def _since_last(drawn: Drawn) -> str | None:
    if drawn.step != "event" or drawn.asked.days is None or not drawn.points:
        return None
    days = (drawn.asked.days.period.last - drawn.points[-1].period.last).days
    return f"{capital(counted(days, 'day', 'days'))} so far since the last one; that stretch is still open and not on the chart."


def _rare(drawn: Drawn) -> bool:
    if drawn.asked.outcome.kind != "rate":
        return False
    known = [point.tally.numerator for point in drawn.points if point.value is not None]
    return bool(known) and sum(count == 0 for count in known) * 2 > len(known)


def _same_season(drawn: Drawn) -> str | None:
    """Where the latest figure is a clear change and the same time of earlier years lay on that side as well."""
    latest = drawn.latest
    if latest is None or latest.side is None or drawn.step not in ("month", "quarter"):
        return None
    earlier = [
        point
        for point in drawn.points
        if point.period.first.month == latest.period.first.month
        and point.period.first.year < latest.period.first.year
        and point.value is not None
        and point.centre is not None
    ]
    above = [point.value > point.centre for point in earlier if point.value is not None and point.centre is not None]
    if len(above) < EARLIER_YEARS or set(above) != {latest.side == "high"}:
        return None
    side = "above" if latest.side == "high" else "below"
    return f"At the same time of year it lay {side} the average in each of {len(above)} earlier years: a season may be part of it."


def _perhaps_a_new_range(drawn: Drawn) -> str | None:
    """A hint, never done by itself: a level that has lasted may need a range of its own, with a reason."""
    phase = drawn.phase
    if phase is None or phase.standing != "full" or drawn.chart == "mr":
        return None
    ours = [point for point in drawn.points if point.phase == len(drawn.phases) - 1 and point.value is not None]
    lately = ours[-LONG_SHIFT:]
    if len(ours) < ENOUGH_FOR_LIMITS + LONG_SHIFT or len(lately) < LONG_SHIFT:
        return None
    sides = {point.side for point in lately if "shift" in point.signals}
    if len(sides) == 1 and all("shift" in point.signals for point in lately):
        side = "above" if sides == {"high"} else "below"
        return (
            f"The last {LONG_SHIFT} or more lie {side} the average. A new usual range may be due, from a day on which "
            "something is known to have changed."
        )
    return None
