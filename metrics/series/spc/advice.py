"""Which chart suits these figures, and why: from what is counted, over what, how often, and how they scatter.

The cut-offs are judgement: a rare-event chart from fewer than one event a stretch on average or more empty stretches
than others (limits of a monthly chart then rest on hardly anything), Laney's primes where the spread of z leaves 0.8
to 1.2.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from metrics.model import Kind, Outcome
from metrics.series.spc.model import FEWEST_FOR_LIMITS, ChartType, Step
from metrics.words import capital, counted, number

ORDINARY_SPREAD = (0.8, 1.2)
RARE = 1.0
"""Fewer events than this a stretch, on average, are rare."""
STEADY_EXPOSURE = 1.25
"""People counted as steady in number when no stretch has more than so many times the fewest."""
PLURAL = {"week": "weeks", "month": "months", "quarter": "quarters", "event": "events"}

_OF_RATES: tuple[ChartType, ...] = ("xmr", "i", "mr", "run", "c", "u", "u_prime", "i_prime", "g", "t")
SUITS: dict[Kind, tuple[ChartType, ...]] = {
    "rate": _OF_RATES,
    "stay": tuple(chart for chart in _OF_RATES if chart not in ("g", "t")),
    "share": ("xmr", "i", "mr", "run", "p", "p_prime", "i_prime"),
    "day_share": ("xmr", "i", "mr", "run", "p", "p_prime", "i_prime"),
    "score": ("xmr", "i", "mr", "run", "i_prime"),
}
"""The types that may be asked for by name, by kind of outcome."""
PRIMED: dict[ChartType, ChartType] = {"u": "u_prime", "p": "p_prime"}

NAMES: dict[ChartType, str] = {
    "xmr": "XmR chart",
    "i": "individuals (I) chart",
    "mr": "moving range (MR) chart",
    "c": "c chart",
    "u": "u chart",
    "u_prime": "u′ chart (Laney)",
    "p": "p chart",
    "p_prime": "p′ chart (Laney)",
    "i_prime": "I′ chart (weighted individuals)",
    "g": "g chart",
    "t": "t chart",
    "run": "run chart",
}


@dataclass(frozen=True)
class Seen:
    """What the advice rests on. ``between`` counts stretches from one event to the next, ``same_day`` whether two fell
    on one day; both only where days are known. ``dispersion`` is Laney's sigma of z, None where it is not known."""

    outcome: Outcome
    step: Step
    counts: Sequence[float]
    over: Sequence[float]
    between: int = 0
    same_day: bool = False
    dispersion: float | None = None


@dataclass(frozen=True)
class Advice:
    """A chart type and the reason, as a sentence or two for the page."""

    chart: ChartType
    why: str


def needs_dispersion(seen: Seen) -> ChartType | None:
    """The prime whose spread of z decides between a chart and its prime; None where it does not matter."""
    plain = _plain(seen)
    return PRIMED.get(plain) if plain is not None else None


def advise(seen: Seen) -> Advice:
    """The chart for these figures. Raises nothing: with too few points it is a run chart without limits."""
    many = PLURAL[seen.step]
    known = len(seen.counts)
    if known < FEWEST_FOR_LIMITS and not _rare_and_told(seen):
        few = counted(known, seen.step, many)
        return Advice("run", f"Only {few} with a figure: too few for a usual range, so the points stand alone.")
    outcome = seen.outcome
    if outcome.kind == "score":
        return Advice("xmr", "Each point is a mean of answers, so its usual range comes from how it moved by itself.")
    if outcome.kind in ("share", "day_share"):
        what = f"{outcome.many_things}, out of {outcome.many_of}"
        return _plain_or_prime(seen, "p", f"Each point is a share ({what}), so it rests on more or on fewer.")
    if _rare_and_told(seen):
        return _rare_chart(seen)
    if not any(seen.over):
        return _counts_alone(seen)
    over = "what the totals give" if outcome.table == "totals" else "days people were there"
    things = f"{capital(outcome.many_things)} over {over}."
    if _is_rare(seen):
        rare = (
            f"They are rare ({number(_mean(seen))} a {seen.step}), and too few in all for a chart from one to the next"
        )
        return Advice("u", f"{things} {rare}: read the range as rough.")
    return _plain_or_prime(seen, "u", f"Each point is {outcome.many_things} over {over}, which differ.")


def _plain(seen: Seen) -> ChartType | None:
    if len(seen.counts) < FEWEST_FOR_LIMITS or seen.outcome.kind == "score":
        return None
    if seen.outcome.kind in ("share", "day_share"):
        return "p"
    if _is_rare(seen) or not any(seen.over):
        return None
    return "u"


def _plain_or_prime(seen: Seen, plain: ChartType, opening: str) -> Advice:
    low, high = ORDINARY_SPREAD
    spread = seen.dispersion
    if spread is None or spread == 0 or low <= spread <= high:
        return Advice(plain, f"{opening} They scatter about as much as chance would have it.")
    more = "more" if spread > 1 else "less"
    return Advice(
        PRIMED[plain],
        f"{opening} They scatter {more} than chance alone would have it ({number(spread)} times), and the usual range "
        "allows for that.",
    )


def _counts_alone(seen: Seen) -> Advice:
    mean = _mean(seen)
    if mean > 0:
        spread = sum((count - mean) ** 2 for count in seen.counts) / max(1, len(seen.counts) - 1) / mean
        if spread <= ORDINARY_SPREAD[1] ** 2:
            return Advice("c", "Counts alone: the number of people is not known. They scatter as chance would have it.")
    return Advice("xmr", "Counts alone: the number of people is not known, so the range comes from how they moved.")


def _rare_chart(seen: Seen) -> Advice:
    rare = (
        f"They are rare ({number(_mean(seen))} a {seen.step}), so the chart shows how long it was from one to the next."
    )
    if seen.same_day or not _steady(seen.over):
        why = "two fell on one day" if seen.same_day else "the number of people changed"
        return Advice("g", f"{rare} It counts days people were there, because {why}.")
    return Advice("t", f"{rare} It counts days; the number of people hardly changed.")


def _rare_and_told(seen: Seen) -> bool:
    return seen.outcome.kind == "rate" and seen.between >= FEWEST_FOR_LIMITS and _is_rare(seen)


def _is_rare(seen: Seen) -> bool:
    if not seen.counts or seen.outcome.kind in ("share", "day_share", "score"):
        return False
    empty = sum(count == 0 for count in seen.counts)
    return _mean(seen) < RARE or empty * 2 > len(seen.counts)


def _mean(seen: Seen) -> float:
    return sum(seen.counts) / len(seen.counts) if seen.counts else 0.0


def _steady(over: Sequence[float]) -> bool:
    known = [each for each in over if each > 0]
    return bool(known) and max(known) <= STEADY_EXPOSURE * min(known)
