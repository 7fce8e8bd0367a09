"""Other days: does the answer depend on how long we looked, and do we know who was there?"""

from __future__ import annotations

from datetime import timedelta

from data.model import Period
from metrics.judging.guards.objection import Objection
from metrics.judging.situation import Situation
from metrics.judging.verdict import judge
from metrics.model import Caution, VerdictWord
from metrics.words import and_list

WINDOW_WEEKS = (4, 8, 12, 26)
SHORTEST_PART = 4
"""A look less than a quarter as long as ours is about other days, and says nothing against it."""
MOST_WEEKS_MISSING = 0.10


def depends_on_window(seen: Situation) -> Objection | None:
    """Whether 4, 8, 12 or 26 weeks a side say otherwise.

    A shorter look that cannot tell has only less to go by, and says nothing against a longer one. A look that gives
    the opposite word, or a longer one that no longer gives ours, does.
    """
    word = judge(seen.outcome, seen.change, seen.declared).word
    against = [weeks for weeks, other in other_windows(seen) if _contradicts(seen, weeks, word, other)]
    if not against:
        return None
    told = and_list([f"{weeks} weeks" for weeks in against])
    return Objection(
        Caution("depends_on_window", f"It depends on the days chosen: over {told} on each side the answer is another."),
        "depends_on_window",
    )


def other_windows(seen: Situation) -> list[tuple[int, VerdictWord]]:
    """The word over 4, 8, 12 and 26 weeks on each side of the same start, where all those days are recorded."""
    before, after, record = seen.comparison.before, seen.comparison.after, seen.record
    if record is None or record.recorded is None or before is None or after is None:
        return []
    found = []
    for weeks in WINDOW_WEEKS:
        length = timedelta(days=weeks * 7 - 1)
        there, then = Period(before.last - length, before.last), Period(after.first, after.first + length)
        if (there, then) == (before, after) or not (record.recorded.covers(there) and record.recorded.covers(then)):
            continue
        end = seen.intervention.end_on
        if end is not None and then.last > end:
            continue
        found.append((weeks, judge(seen.outcome, record.change(there, then), seen.declared).word))
    return found


def exposure_missing(seen: Situation) -> Objection | None:
    """Whether more than a tenth of the weeks have nobody known to be there."""
    before, after, record = seen.comparison.before, seen.comparison.after, seen.record
    if seen.outcome.kind != "rate" or record is None or before is None or after is None:
        return None
    tallies = [tally for period in (before, after) for tally in record.series(period.blocks(7)).tallies]
    empty = sum(tally.denominator == 0 for tally in tallies)
    if not tallies or empty / len(tallies) <= MOST_WEEKS_MISSING:
        return None
    return Objection(
        Caution(
            "exposure_missing",
            f"For {empty} of {len(tallies)} weeks nobody is known to have been here, so the figures may not be comparable.",
        ),
        "exposure_missing",
    )


def _contradicts(seen: Situation, weeks: int, word: VerdictWord, other: VerdictWord) -> bool:
    before, after = seen.comparison.before, seen.comparison.after
    assert before is not None and after is not None
    if weeks * 7 * SHORTEST_PART < max(before.days, after.days):
        return False
    if {word, other} == {"better", "worse"} or (word == "held steady" and other == "worse"):
        return True
    longer = weeks * 7 >= max(before.days, after.days)
    return longer and other not in (word, "better")
