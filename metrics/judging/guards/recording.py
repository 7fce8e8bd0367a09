"""What is written down may change without anything in life changing."""

from __future__ import annotations

from data.model import Rows
from metrics.judging.guards.objection import Objection
from metrics.judging.situation import Situation
from metrics.model import Caution, Effect

HARMFUL = ("low", "moderate", "severe", "fatal")
FEWEST_OTHERS = 20


def more_written_down(seen: Situation) -> Objection | None:
    """All events rose and those with harm did not: perhaps more is written down. It explains, and changes no word."""
    everything = _of(seen, Rows(seen.outcome.table))
    harmful = _of(seen, Rows(seen.outcome.table, {"harm": HARMFUL}))
    if everything is None or harmful is None or everything.low is None or everything.low <= 1:
        return None
    flat = (harmful.low is None or harmful.low <= 1) and (
        harmful.estimate is not None and everything.estimate is not None
    )
    if not flat or harmful.estimate is None or everything.estimate is None or harmful.estimate >= everything.estimate:
        return None
    return Objection(
        Caution(
            "recording_may_have_changed",
            "All events recorded rose, and those with harm did not rise with them. Perhaps more is written down than before.",
        ),
        None,
    )


def everything_fell(seen: Situation) -> Objection | None:
    """Everything else recorded fell as much: perhaps less is written down than before."""
    effect = seen.change.effect
    if seen.rate_of is None or effect is None or effect.scale != "ratio" or not seen.outcome.fewer_is_better:
        return None
    if seen.outcome.table != "incidents" or not seen.outcome.counts.where or effect.estimate is None:
        return None
    whole = seen.rate_of(Rows("incidents"))
    others_before = whole.before.tally.numerator - seen.change.before.tally.numerator
    others_after = whole.after.tally.numerator - seen.change.after.tally.numerator
    there, then = whole.before.tally.denominator, whole.after.tally.denominator
    if others_before < FEWEST_OTHERS or not there or not then:
        return None
    others = (others_after / then) / (others_before / there)
    if others > effect.estimate or effect.high is None or others > effect.high:
        return None
    return Objection(
        Caution(
            "recording_fell",
            "All other incidents recorded fell by as much. Perhaps less is written down than before.",
        ),
        "recording_fell",
    )


def _of(seen: Situation, rows: Rows) -> Effect | None:
    if seen.rate_of is None or seen.outcome.table not in ("incidents", "falls"):
        return None
    return seen.rate_of(rows).effect
