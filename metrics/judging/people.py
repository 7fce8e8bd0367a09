"""Who lived here: a few people have most of the events, and people come and go."""

from __future__ import annotations

import math
from dataclasses import replace

from data.model import Tally
from metrics.estimators.clustered_ratio import rate_ratio_by_person
from metrics.judging.situation import Situation
from metrics.model import Caution, Change

MATTERS = 1.5
"""People matter more than weeks when the variance they leave is more than this many times that of the weeks."""


def by_person(seen: Situation) -> tuple[Change, Caution] | None:
    """The change with each person, not each week, as the unit; None where that makes no such difference.

    Limits from weeks take it that the same people live here throughout. Where a few have most of the events and some of them
    came or left, that is what the change may rest on.
    """
    before, after, effect = seen.comparison.before, seen.comparison.after, seen.change.effect
    if seen.people_of is None or seen.outcome.kind != "rate" or before is None or after is None or effect is None:
        return None
    if effect.scale != "ratio" or not effect.low or effect.high is None:
        return None
    there, then = seen.people_of(before), seen.people_of(after)
    try:
        limits = rate_ratio_by_person(
            {person: _pair(tally) for person, tally in there.items()},
            {person: _pair(tally) for person, tally in then.items()},
        )
    except ValueError:
        return None
    if not limits.low or limits.high is None:
        return None
    wider = math.log(limits.high / limits.low) / math.log(effect.high / effect.low)
    if wider**2 <= MATTERS or effect.estimate is None:
        return None
    # Around the estimate the finding gives: people's days and the home's may differ by a night.
    reach = math.sqrt(limits.high / limits.low)
    found = replace(
        effect,
        low=effect.estimate / reach,
        high=effect.estimate * reach,
        method=f"people as units, {len({*there, *then})} of them, t limits ({effect.method} would be narrower)",
    )
    dispersion = (seen.change.dispersion or 1.0) * wider**2
    return replace(seen.change, effect=found, dispersion=dispersion), Caution(
        "few_people",
        "It rests on few people: who came and who left matters more here than the ups and downs from week to week, and "
        "the range allows for it.",
    )


def _pair(tally: Tally) -> tuple[float, float]:
    return float(tally.numerator), tally.denominator
