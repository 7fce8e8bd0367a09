"""Who lived here: a few people have most of the events, and people come and go."""

from __future__ import annotations

from data.model import Tally
from metrics.estimators.clustered_ratio import rate_ratio_by_person
from metrics.judging.guards.objection import Objection, direction
from metrics.judging.situation import Situation
from metrics.model import Caution


def who_lived_here(seen: Situation) -> Objection | None:
    """Better must stay better when each person, not each week, is taken as what might have been otherwise."""
    before, after, way = seen.comparison.before, seen.comparison.after, direction(seen)
    if seen.people_of is None or seen.outcome.kind != "rate" or before is None or after is None or way is None:
        return None
    there, then = seen.people_of(before), seen.people_of(after)
    try:
        limits = rate_ratio_by_person(
            {person: _pair(tally) for person, tally in there.items()},
            {person: _pair(tally) for person, tally in then.items()},
        )
    except ValueError:
        return None
    if not limits.contains(1.0):
        return None
    return Objection(
        Caution(
            "few_people",
            "It rests on few people. Who came and who left, or one person's change, could make as much difference.",
        ),
        "few_people",
    )


def _pair(tally: Tally) -> tuple[float, float]:
    return float(tally.numerator), tally.denominator
