"""What a chart says: its title, its sentence (and alt text), the convention printed on it, what to know besides."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from data.model import Period
from metrics.series.spc.advice import ORDINARY_SPREAD, PLURAL
from metrics.series.spc.between import Gap
from metrics.series.spc.model import (
    ENOUGH_FOR_LIMITS,
    FEWEST_FOR_LIMITS,
    Asked,
    ChartPoint,
    ChartType,
    Convention,
    Direction,
    Phase,
    Step,
)
from metrics.wording import YEARS_LIVED_HERE, rate_unit
from metrics.words import and_list, capital, counted, day, number, whole

LEAST, MOST = ORDINARY_SPREAD
EARLIER_YEARS = 2
"""From so many earlier years with the same time of year on one side, a season is named."""
LONG_SHIFT = 9
"""So many points in a row on one side, to the end: perhaps it is time for a new usual range."""
LIMITS: dict[ChartType, str] = {
    "xmr": "average ± 2.66 × mean moving range (XmR)",
    "i": "average ± 3/1.128 × mean moving range (I)",
    "mr": "0 to 3.267 × mean moving range (MR)",
    "c": "average ± 3 × its square root (c)",
    "u": "average ± 3 standard deviations of a Poisson count over its days (u)",
    "u_prime": "as a u chart, times the spread between points (u′, Laney 2002)",
    "p": "average ± 3 standard deviations of a binomial share (p)",
    "p_prime": "as a p chart, times the spread between points (p′, Laney 2002)",
    "i_prime": "weighted average ± 3 weighted standard deviations (I′, Taylor)",
    "g": "mean ± 3 × √(mean × (mean + 1)), median drawn (g, Benneyan 2001)",
    "t": "individuals limits on days^(1/3.6), turned back (t, Nelson 1994)",
    "run": "none, median drawn",
}


@dataclass(frozen=True)
class Drawn:
    """What the words are about."""

    asked: Asked
    chart: ChartType
    step: Step
    times: float
    points: tuple[ChartPoint, ...]
    phases: tuple[Phase, ...]
    improvement: Direction
    cut: tuple[Period, ...]

    @cached_property
    def latest(self) -> ChartPoint | None:
        return next((point for point in reversed(self.points) if point.value is not None), None)

    @property
    def phase(self) -> Phase | None:
        """The phase of the latest figure."""
        latest = self.latest
        return self.phases[latest.phase] if latest is not None else None


def unit(drawn: Drawn) -> str:
    """The unit of the figures drawn: per 1,000 bed days; in 100; points; days from one to the next."""
    asked, outcome = drawn.asked, drawn.asked.outcome
    if drawn.chart == "t":
        return "days from one to the next"
    if drawn.chart == "g":
        return f"{asked.service.day_word} from one to the next"
    if outcome.kind == "score":
        found = "points"
    elif outcome.kind in ("share", "day_share"):
        found = "in 100"
    elif drawn.chart == "c" or asked.series.basis == "none":
        found = f"a {drawn.step}"
    elif outcome.kind == "stay":
        found = f"per {whole(outcome.per)} {YEARS_LIVED_HERE}"
    else:
        found = rate_unit(outcome, asked.service.day_word)
    return f"{found}, change from one {drawn.step} to the next" if drawn.chart == "mr" else found


def title(drawn: Drawn) -> str:
    """What the chart shows, in about ten words."""
    name = _name(drawn)
    latest, phase = drawn.latest, drawn.phase
    if latest is None or phase is None:
        return f"{name}: nothing recorded"
    if phase.standing == "none":
        return f"{name}: too few {PLURAL[drawn.step]} for a usual range"
    if phase.no_variation:
        return f"{name}: the same figure throughout"
    if latest.signals and phase.standing == "trial":
        return f"{name}: {_way(drawn, latest)}, by few {PLURAL[drawn.step]}"
    if latest.signals:
        return f"{name}: a clear change, {_way(drawn, latest)}"
    earlier = _recent_signal(drawn)
    if earlier is not None:
        return f"{name}: back in the usual range"
    return f"{name}: no clear change"


def sentence(drawn: Drawn) -> str:
    """Latest figure, usual range, what the rules say, and how the phases differ: short sentences."""
    name, latest, phase = _name(drawn), drawn.latest, drawn.phase
    where = f"{name} at {drawn.asked.service.label}"
    if latest is None or phase is None:
        return f"{where}: nothing is recorded yet."
    said = [f"{where}: {_figure(drawn, latest.value)} {_when(drawn, latest)}."]
    if phase.standing == "none":
        many = counted(phase.known, _stretch(drawn), _stretches(drawn))
        if drawn.chart == "run" and phase.known >= FEWEST_FOR_LIMITS and latest.centre is not None:
            said.append(f"Half of the {_stretches(drawn)} lie above {number(latest.centre)}, half below.")
        else:
            said.append(f"With {many} there is no usual range yet.")
        return " ".join(said)
    if phase.no_variation:
        said.append("Every figure is the same, so there is no variation to speak of.")
        return " ".join(said)
    said.append(_range(drawn, latest, phase))
    said.append(_signal(drawn, latest))
    if len(drawn.phases) > 1:
        said.append(_between_phases(drawn))
    if phase.standing == "trial":
        few = counted(phase.known, _stretch(drawn), _stretches(drawn))
        said.append(f"The range rests on {few} only, so it may still move.")
    return " ".join(each for each in said if each)


def convention(chart: ChartType, rules: Convention, frozen: int | None) -> str:
    """The rules in force, as printed on the chart."""
    if chart == "run":
        return (
            "Line: the median. Clear change: a run longer, or crossings fewer, than chance gives (Anhøj 2014). "
            "No usual range."
        )
    parts = [f"Usual range: {LIMITS[chart]}."]
    if frozen is not None:
        parts.append(f"It rests on the first {frozen} points.")
    if chart == "mr":
        parts.append("Clear change: a point above it.")
        return " ".join(parts)
    two = "beyond 2 sigma on one side" if rules.two_in_three == "mdc_2023" else "between 2 and 3 sigma on one side"
    wording = "2023 wording" if rules.two_in_three == "mdc_2023" else "older wording"
    parts.append(
        f"Clear change: a point outside; {rules.shift_points} in a row on one side; {rules.trend_points} in a row "
        f"rising or falling; 2 of 3 {two} (Making Data Count, {wording})."
    )
    if chart in ("xmr", "i", "u_prime", "p_prime", "i_prime", "t"):
        parts.append(f"Large moving ranges {'screened once' if rules.screened else 'not screened'}.")
    return " ".join(parts)


def notes(drawn: Drawn, gaps: Sequence[Gap], spread: float | None) -> tuple[str, ...]:
    """What to know before believing it."""
    asked = drawn.asked
    found: list[str] = []
    missing = sum(point.value is None for point in drawn.points) - (len(drawn.phases) if drawn.chart == "mr" else 0)
    if missing > 0:
        found.append(
            f"{capital(counted(missing, _stretch(drawn), _stretches(drawn)))} without a record: the line stops there, and "
            "nothing is read across the gap."
        )
    if drawn.cut and drawn.step != "event":
        which = and_list([_stretch_name(drawn, period) for period in sorted(drawn.cut)])
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


# Pieces ----------------------------------------------------------------------------------------------


def _name(drawn: Drawn) -> str:
    part = f" ({drawn.asked.part})" if drawn.asked.part else ""
    return f"{drawn.asked.outcome.name}{part}"


def _figure(drawn: Drawn, value: float | None) -> str:
    assert value is not None
    return f"{number(value)} {unit(drawn)}"


def _when(drawn: Drawn, point: ChartPoint) -> str:
    if drawn.step == "event":
        return f"up to the last one, on {day(point.period.last)}"
    if drawn.step == "week":
        return f"in the week to {day(point.period.last)}"
    return f"in {_stretch_name(drawn, point.period)}"


def _stretch_name(drawn: Drawn, period: Period) -> str:
    first, last = period.first, period.last
    if drawn.step == "week":
        return f"the week to {day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first:%B %Y}"
    year = "" if first.year == last.year else f" {first.year}"
    return f"{first:%B}{year} to {last:%B %Y}"


def _range(drawn: Drawn, latest: ChartPoint, phase: Phase) -> str:
    if latest.upper is None or latest.lower is None or latest.centre is None:
        return ""
    middle = "middle" if drawn.chart == "g" else "average"
    low, high = _drawn_limits(drawn, latest)
    since = f" {phase.why}" if phase.why else ""
    return f"The usual range{since} is {number(low)} to {number(high)}, around {_an(middle)} {middle} of {number(latest.centre)}."


def _an(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


def _drawn_limits(drawn: Drawn, point: ChartPoint) -> tuple[float, float]:
    assert point.lower is not None and point.upper is not None
    low, high = point.lower, point.upper
    if drawn.asked.outcome.kind != "score":
        low = max(0.0, low)
    if drawn.asked.outcome.kind in ("share", "day_share") and drawn.chart != "mr":
        high = min(high, drawn.asked.outcome.per)
    return low, high


def _limits_cut(drawn: Drawn) -> bool:
    """Whether a limit lies where no figure can be."""
    lowest = min((point.lower for point in drawn.points if point.lower is not None), default=0.0)
    highest = max((point.upper for point in drawn.points if point.upper is not None), default=0.0)
    outcome = drawn.asked.outcome
    if outcome.kind == "score":
        return False
    return lowest < 0 or (
        outcome.kind in ("share", "day_share") and drawn.chart != "mr" and highest > outcome.per * (1 + 1e-12)
    )


def _signal(drawn: Drawn, latest: ChartPoint) -> str:
    if not latest.signals:
        recent = _recent_signal(drawn)
        if recent is not None:
            return f"The last clear change was {_when(drawn, recent)}."
        return "Nothing in it is more than could be chance."
    rules = and_list([_rule(drawn, name, latest) for name in latest.signals])
    phase = drawn.phase
    opening = "That would be" if phase is not None and phase.standing == "trial" else "That is"
    return f"{opening} a clear change: {rules}."


def _rule(drawn: Drawn, signal: str, latest: ChartPoint) -> str:
    side = "above" if _lies_high(latest) else "below"
    rules = drawn.asked.convention
    middle = "middle" if drawn.chart == "g" else "average"
    if signal == "outside":
        return f"it lies {side} the usual range"
    if signal == "shift":
        return f"{rules.shift_points} or more in a row lie {side} the {middle}"
    if signal == "trend":
        way = "higher" if _rises(drawn) else "lower"
        return f"{rules.trend_points} or more in a row, each {way} than the last"
    return f"2 of 3 in a row lie far {side} the {middle}"


def _lies_high(latest: ChartPoint) -> bool:
    return latest.value is not None and latest.centre is not None and latest.value > latest.centre


def _rises(drawn: Drawn) -> bool:
    """Whether the latest figure is higher than the one before it."""
    known = [point.value for point in drawn.points if point.value is not None]
    return len(known) > 1 and known[-1] > known[-2]


def _two_ways(drawn: Drawn) -> str | None:
    """Where one rule marks the latest figure as high and another as falling, or the other way round."""
    latest = drawn.latest
    if latest is None or "trend" not in latest.signals or len(latest.signals) < 2:
        return None
    if _rises(drawn) == _lies_high(latest):
        return None
    told = latest.signals[0].replace("_", " ")
    return f"One rule marks the latest figure as high and another as falling, or the reverse; it is told by the first: {told}."


def _recent_signal(drawn: Drawn) -> ChartPoint | None:
    """The last marked point of the present phase, when it is not the last figure itself."""
    latest = drawn.latest
    if latest is None:
        return None
    ours = [point for point in drawn.points if point.phase == latest.phase and point.signals]
    return ours[-1] if ours and ours[-1] is not latest else None


def _way(drawn: Drawn, latest: ChartPoint) -> str:
    if drawn.step == "event":
        return "longer between them" if latest.side == "high" else "closer together"
    return "higher than usual" if latest.side == "high" else "lower than usual"


def _between_phases(drawn: Drawn) -> str:
    latest = drawn.latest
    assert latest is not None
    if latest.phase == 0 or latest.centre is None:
        return ""
    before = next((point.centre for point in drawn.points if point.phase == latest.phase - 1), None)
    if before is None:
        return ""
    middle = "middle" if drawn.chart == "g" else "average"
    return f"Before that the {middle} was {number(before)}."


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


def _stretch(drawn: Drawn) -> str:
    return "stretch between two" if drawn.step == "event" else drawn.step


def _stretches(drawn: Drawn) -> str:
    return "stretches between two" if drawn.step == "event" else PLURAL[drawn.step]
