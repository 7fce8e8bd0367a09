"""A question laid out in slots, and the chart chosen for it: as asked for by name, else as the figures suggest."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np

from data.model import NOTHING, Impossible, Tally
from metrics.model import Outcome
from metrics.series.spc import between
from metrics.series.spc.advice import NAMES, SUITS, Advice, Seen, advise, needs_dispersion
from metrics.series.spc.engine import charted
from metrics.series.spc.model import (
    FEWEST_FOR_LIMITS,
    Asked,
    ChartType,
)
from metrics.series.spc.sheet import sheet
from metrics.series.spc.slots import Slots, slots
from metrics.series.spc.snapping import starts_on_or_after
from metrics.words import capital

OVER_SOMETHING: tuple[ChartType, ...] = ("u", "u_prime", "p", "p_prime", "i_prime")


OF_EVENTS: tuple[ChartType, ...] = ("g", "t")


@dataclass(frozen=True)
class Laid:
    """A question with its slots, and the stretches from one event to the next where days are known."""

    asked: Asked
    slots: Slots
    gaps: tuple[between.Gap, ...]
    seen: Seen


def laid_out(asked: Asked) -> Laid:
    """The slots of a question from its first figure on, and what the advice on its chart rests on."""
    found = _from_first_figure(slots(asked.series, asked.step), asked)
    known = [tally for tally in found.tallies if holds(asked.outcome, tally, asked.series.basis == "none")]
    gaps = between.gaps(asked.days) if asked.days is not None else ()
    seen = Seen(
        asked.outcome,
        asked.step,
        [tally.numerator for tally in known],
        [tally.denominator for tally in known],
        between=len(gaps),
        same_day=between.same_day(gaps),
    )
    return Laid(asked, found, gaps, seen)


def _from_first_figure(found: Slots, asked: Asked) -> Slots:
    """Without the stretches before anything of this outcome was recorded; those without a record later stay as gaps."""
    counts_only = asked.series.basis == "none"
    first = next(
        (place for place, tally in enumerate(found.tallies) if holds(asked.outcome, tally, counts_only)),
        len(found.tallies),
    )
    return Slots(found.periods[first:], found.tallies[first:], found.cut)


def holds(outcome: Outcome, tally: Tally, counts_only: bool) -> bool:
    """Whether a stretch holds a figure: a mean, a rate over somebody, or a count where people are not known at all."""
    if outcome.kind == "score":
        return tally.mean is not None
    return tally.denominator > 0 or (counts_only and tally is not NOTHING)


def chosen(laid: Sequence[Laid]) -> list[Advice]:
    """The chart of each: as asked for by name, else as the figures suggest. Dispersions are worked out together."""
    spread = _dispersions([each for each in laid if each.asked.chart == "auto"])
    return [
        advise(_with_spread(each.seen, spread.get(id(each)))) if each.asked.chart == "auto" else _by_name(each)
        for each in laid
    ]


def _with_spread(seen: Seen, spread: float | None) -> Seen:
    return Seen(seen.outcome, seen.step, seen.counts, seen.over, seen.between, seen.same_day, spread)


def _dispersions(laid: Sequence[Laid]) -> dict[int, float]:
    """Laney's sigma of z of the last phase that has one, by question."""
    wanted: dict[ChartType, list[Laid]] = defaultdict(list)
    for each in laid:
        prime = needs_dispersion(each.seen)
        if prime is not None:
            wanted[prime].append(each)
    found: dict[int, float] = {}
    for prime, ours in wanted.items():
        worked_out = charted(
            prime,
            sheet(
                [[tally.numerator for tally in each.slots.tallies] for each in ours],
                [[tally.denominator for tally in each.slots.tallies] for each in ours],
                starts=[starts_of(each.asked, [period.first for period in each.slots.periods])[0] for each in ours],
            ),
        )
        spread = worked_out.lines.dispersion
        assert spread is not None
        for row, each in enumerate(ours):
            known = spread[row][~np.isnan(spread[row])]
            if len(known):
                found[id(each)] = float(known[-1])
    return found


def _by_name(laid: Laid) -> Advice:
    """A type asked for by name, when the outcome's figures can be put on it."""
    asked = laid.asked
    chart = asked.chart
    assert chart != "auto"
    suits = SUITS[asked.outcome.kind]
    if chart not in suits:
        raise Impossible(
            f"{asked.outcome.code} is a {asked.outcome.kind.replace('_', ' ')}, which does not go on {_a(chart)}. "
            f"It can be shown as: auto, {', '.join(suits)}."
        )
    if chart in OF_EVENTS and asked.days is None:
        raise Impossible(
            f"{capital(_a(chart))} needs the day of each event, which totals and parts of an outcome do not have."
        )
    if chart == "t" and laid.seen.same_day:
        raise Impossible(
            f"{capital(_a(chart))} counts days from one event to the next, and here two fell on one day. Use g or u."
        )
    if chart in OVER_SOMETHING and not any(laid.seen.over):
        raise Impossible(
            f"{capital(_a(chart))} needs how many people there were, which is not recorded here. Use c or xmr."
        )
    return Advice(chart, f"{capital(_a(chart))}, as asked for by name.")


def _a(chart: ChartType) -> str:
    """The name of a type with its article."""
    return f"{'an' if NAMES[chart][0] in 'XIi' else 'a'} {NAMES[chart]}"


def starts_of(
    asked: Asked, days: Sequence[date], known: Sequence[bool] | None = None
) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Where phases begin and why: at the first point on or after the day, where both sides can bear a usual range."""
    held = list(known) if known is not None else [True] * len(days)
    ordinals = [day.toordinal() for day in days]
    asked_for: dict[int, list[str]] = {}
    for day, why in sorted(asked.rebase):
        for place in starts_on_or_after(ordinals, [day.toordinal()]):
            asked_for.setdefault(place, []).append(why)
    found: list[int] = []
    for place in asked_for:
        earlier = found[-1] if found else 0
        if sum(held[earlier:place]) >= FEWEST_FOR_LIMITS and sum(held[place:]) >= FEWEST_FOR_LIMITS:
            found.append(place)
    return tuple(found), tuple(" and ".join(dict.fromkeys(asked_for[place])) for place in found)
