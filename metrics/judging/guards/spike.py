"""A bad spell just before the start: things picked because they were bad tend to look better next time."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

from data.model import Period
from metrics.comparison import TRIGGER_DAYS, without_days_before_start
from metrics.judging.guards.objection import Objection, weekly
from metrics.judging.situation import Situation
from metrics.judging.verdict import judge
from metrics.model import Caution

EARLIER_DAYS, SPIKE_DAYS, SPIKE_PERCENTILE = 365, 28, 95
FEWEST_WEEKS = 15
FEWEST_DAYS_LEFT = 14


def spike(seen: Situation) -> Objection | None:
    """Better must stay better without the bad weeks that may have led to the plan.

    Barnett, van der Pols & Dobson 2005, Int J Epidemiol 34:215, doi:10.1093/ije/dyh299.
    """
    if seen.record is None or seen.outcome.fewer_is_better is None:
        return None
    triggered = seen.intervention.reason == "after_incidents" and seen.comparison.excluded_trigger is None
    spiked = _spiked(seen)
    if not triggered and not spiked:
        return None
    fairer = without_days_before_start(seen.comparison, seen.intervention, SPIKE_DAYS if spiked else TRIGGER_DAYS)
    enough = fairer.before is not None and fairer.before.days >= FEWEST_DAYS_LEFT
    still = enough and still_better(seen, fairer.before, fairer.after)
    if still and not spiked:
        return None
    lowers = None if still else "spike_baseline"
    said = "the sum was done again without them" if enough else "nothing is left to compare with without them"
    if not spiked:
        return Objection(
            Caution("spike_before_start", f"The days before take in the bad spell that led to it: {said}."), lowers
        )
    return Objection(
        Caution(
            "spike_before_start",
            "The four weeks before the start were unusually bad. After such a spell things tend to look better "
            f"whatever is done, so {said}.",
        ),
        lowers,
    )


def still_better(seen: Situation, before: Period | None, after: Period | None) -> bool:
    """Whether the same question gets the same answer over other days."""
    if seen.record is None:
        return False
    again = replace(seen, change=seen.record.change(before, after))
    return judge(again.outcome, again.change, again.declared).word == "better"


def is_spike(by_week: Sequence[float], *, fewer_is_better: bool) -> bool:
    """Whether the last four weeks were worse than nearly all earlier four-week means.

    Needs at least fifteen weeks, so eight earlier four-week means that share no week with the last; with fewer
    nothing can be called unusual.
    """
    weeks = [value if fewer_is_better else -value for value in by_week]
    if len(weeks) < FEWEST_WEEKS:
        return False
    means = [sum(weeks[at : at + 4]) / 4 for at in range(len(weeks) - 3)]
    earlier, last = sorted(means[:-4]), means[-1]
    place = min(len(earlier) - 1, int(len(earlier) * SPIKE_PERCENTILE / 100))
    return last > earlier[place]


def _spiked(seen: Situation) -> bool:
    """Whether the four weeks before the start stand out from the year before them."""
    if seen.record is None or seen.comparison.before is None:
        return False
    last = seen.intervention.start_on - timedelta(days=1)
    inside = Period(last - timedelta(days=EARLIER_DAYS - 1), last).within(seen.record.recorded)
    if inside is None or inside.days < 7 * FEWEST_WEEKS:
        return False
    values = [tally.ratio for tally in weekly(seen, inside).tallies if tally.ratio is not None]
    return is_spike(values, fewer_is_better=bool(seen.outcome.fewer_is_better))
