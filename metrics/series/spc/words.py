"""What a chart says: its title, its sentence (and alt text), the convention printed on it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

from data.model import Period
from metrics.series.spc.advice import PLURAL
from metrics.series.spc.model import (
    FEWEST_FOR_LIMITS,
    Asked,
    ChartPoint,
    ChartType,
    Convention,
    Phase,
    Step,
    cut,
)
from metrics.wording import YEARS_LIVED_HERE, rate_unit
from metrics.words import and_list, counted, day, number, whole

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
    points: tuple[ChartPoint, ...]
    phases: tuple[Phase, ...]
    floor: float | None
    ceiling: float | None
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
        many = counted(phase.known, stretch_word(drawn), stretches_word(drawn))
        if drawn.chart == "run" and phase.known >= FEWEST_FOR_LIMITS and latest.centre is not None:
            said.append(f"Half of the {stretches_word(drawn)} lie above {number(latest.centre)}, half below.")
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
        few = counted(phase.known, stretch_word(drawn), stretches_word(drawn))
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
    return f"in {stretch_name(drawn, point.period)}"


def stretch_name(drawn: Drawn, period: Period) -> str:
    """March 2025; July to September 2026; the week to 9 March 2025."""
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
    return cut(point.lower, drawn.floor, drawn.ceiling), cut(point.upper, drawn.floor, drawn.ceiling)


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
    side = "above" if lies_high(latest) else "below"
    rules = drawn.asked.convention
    middle = "middle" if drawn.chart == "g" else "average"
    if signal == "outside":
        return f"it lies {side} the usual range"
    if signal == "shift":
        return f"{rules.shift_points} or more in a row lie {side} the {middle}"
    if signal == "trend":
        way = "higher" if rises(drawn) else "lower"
        return f"{rules.trend_points} or more in a row, each {way} than the last"
    return f"2 of 3 in a row lie far {side} the {middle}"


def lies_high(latest: ChartPoint) -> bool:
    """Whether a point lies above its centre line."""
    return latest.value is not None and latest.centre is not None and latest.value > latest.centre


def rises(drawn: Drawn) -> bool:
    """Whether the latest figure is higher than the one before it."""
    known = [point.value for point in drawn.points if point.value is not None]
    return len(known) > 1 and known[-1] > known[-2]


def _recent_signal(drawn: Drawn) -> ChartPoint | None:
    """The last marked point of the present phase, when it is not the last figure itself."""
    latest = drawn.latest
    if latest is None:
        return None
    ours = [point for point in drawn.points if point.phase == latest.phase and point.signals]
    return ours[-1] if ours and ours[-1] is not latest else None


def _way(drawn: Drawn, latest: ChartPoint) -> str:
    high = latest.side == "high"
    if latest.signals[0] == "trend":
        return "rising" if high else "falling"
    if drawn.step == "event":
        return "longer between them" if high else "closer together"
    return "higher than usual" if high else "lower than usual"


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


def stretch_word(drawn: Drawn) -> str:
    """What lies between two points: month; stretch between two."""
    return "stretch between two" if drawn.step == "event" else drawn.step


def stretches_word(drawn: Drawn) -> str:
    """The same, several of them."""
    return "stretches between two" if drawn.step == "event" else PLURAL[drawn.step]
