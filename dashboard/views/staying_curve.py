"""Staying put in words: still here, moved, gone otherwise, and how many that rests on."""

from __future__ import annotations

from dashboard.views import say
from dashboard.views.pictured import Cell, Mark, Pictured, csv_file
from metrics.pictures.staying_curve import FEWEST_FOLLOWED, LOOKED_AT, Share, StayCurve, StayCurves, StayStep
from metrics.words import capital, counted, whole

NOTHING = f"No curve yet: fewer than {FEWEST_FOLLOWED} people can be followed from the first day on, or no stays have arrived."
STILL_HERE, OTHERWISE = "Still here", "Left in another way"
PARTS = {"before": "before", "after": "after", "whole": "the whole record"}
NOT_JUDGED = "Shown, not judged: the answer rests on the number of moves over the days lived here."
LATE = "People who were here already when the record began are counted from the day they came into view."
OTHER_WAYS = "Another way: a planned move, a move of their own choice, or they died here."
HOSPITAL = "Nights in hospital do not end a stay; not coming back from hospital does."


def pictured(found: StayCurves, place: str) -> Pictured:
    """Everything that is said of the picture; ``place`` is the service's name."""
    return Pictured(
        title=title(found),
        sentence=sentence(found, place),
        notes=tuple(notes(found)),
        key=_key(found),
        rows=tuple(_rows(found)),
        csv=_csv(found, place),
        file_name=f"staying-{found.outcome.code.lower()}.csv",
    )


def _key(found: StayCurves) -> tuple[tuple[Mark, str], ...]:
    lines: tuple[tuple[Mark, str], ...] = (("even", "before"), ("line", "after")) if len(found.curves) > 1 else ()
    return (*lines, ("pale", "how far it may be off"))


def panel_names(found: StayCurves) -> tuple[str, str, str]:
    """What the three panels show."""
    return STILL_HERE, capital(found.outcome.many_things), OTHERWISE


def axis_words(found: StayCurves) -> str:
    """What the days are counted from."""
    if found.since == "moving_in":
        return "days since the stay began"
    return "days since each stretch began" if len(found.curves) > 1 else "days since the first day"


def last_look(found: StayCurves) -> int:
    """A year, or the latest of the usual days reached before it; on two sides the last day on which both are drawn."""
    reach = min(curve.last_day for curve in found.curves)
    if len(found.curves) > 1:
        return reach
    return max((day for day in LOOKED_AT[1:4] if day <= reach), default=reach)


def title(found: StayCurves) -> str:
    """What it shows, as a sentence."""
    day = last_look(found)
    shares = {curve.part: in_100(curve.at(day).still_here.value) for curve in found.curves}
    if "whole" in shares:
        return f"{shares['whole']} in 100 are still here after {day} days"
    if len(shares) == 2:
        return f"Still here after {day} days: {shares['before']} in 100 before, {shares['after']} in 100 after"
    ((part, share),) = shares.items()
    return f"Still here after {day} days: {share} in 100 {part}; too few to follow on the other side"


def sentence(found: StayCurves, place: str) -> str:
    """The picture in full, for those who do not see it."""
    day = last_look(found)
    told = [f"{place}, {axis_words(found)}."]
    for curve in found.curves:
        step = curve.at(day)
        told.append(
            f"{capital(PARTS[curve.part])} ({say.short_days(curve.period)}): after {day} days {_with_range(step.still_here)} "
            f"in 100 are still here, {_with_range(step.moved)} in 100 moved as counted here "
            f"({found.outcome.many_things}), {_with_range(step.gone)} in 100 left in another way; "
            f"{counted(curve.people, 'stay', 'stays')} seen."
        )
    return " ".join(told)


def in_100(share: float) -> str:
    """A share as so many in 100."""
    return whole(100 * share)


def _with_range(share: Share) -> str:
    if share.low is None or share.high is None:
        return in_100(share.value)
    return f"{in_100(share.value)} ({in_100(share.low)} to {in_100(share.high)})"


def notes(found: StayCurves) -> list[str]:
    """What to know before believing it."""
    told = []
    for curve in found.curves:
        if curve.cut:
            which = "" if curve.part == "whole" else f" {curve.part}"
            told.append(
                f"The curve{which} ends at day {curve.last_day}: from there fewer than {FEWEST_FOLLOWED} people are followed."
            )
    if len(found.curves) == 1 and found.curves[0].part != "whole":
        told.append(f"On the other side fewer than {FEWEST_FOLLOWED} people are followed: no curve is drawn for it.")
    if found.since == "moving_in":
        told.append(LATE)
    return [*told, OTHER_WAYS, HOSPITAL, NOT_JUDGED]


def _rows(found: StayCurves) -> list[dict[str, str]]:
    here, moved, gone = panel_names(found)
    rows = []
    for curve in found.curves:
        for day, people in curve.followed:
            step = curve.at(day)
            row = {} if curve.part == "whole" else {"Side": capital(curve.part)}
            rows.append(
                row
                | {
                    "Day": whole(day),
                    f"{here}, in 100": _with_range(step.still_here),
                    f"{moved}, in 100": _with_range(step.moved),
                    f"{gone}, in 100": _with_range(step.gone),
                    "People followed": whole(people),
                }
            )
    return rows


def _csv(found: StayCurves, place: str) -> bytes:
    rows: list[list[Cell]] = [
        [place, found.outcome.code, curve.part, str(curve.period.first), str(curve.period.last), *_figures(step)]
        for curve in found.curves
        for step in curve.steps
    ]
    shares = [f"{name}{limit}" for name in ("still_here", "moved", "gone") for limit in ("", "_low", "_high")]
    return csv_file(["service", "outcome", "side", "first_day", "last_day", "day", *shares], rows)


def _figures(step: StayStep) -> list[Cell]:
    shares = (step.still_here, step.moved, step.gone)
    return [step.day, *(figure for share in shares for figure in (share.value, share.low, share.high))]


def legend(curve: StayCurve) -> str:
    """The word written at the end of a line."""
    return "" if curve.part == "whole" else curve.part
