"""Before and after what: two halves of the time shown, or a change of the whole service."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.views import say
from dashboard.views.one_change import change_labels
from dashboard.views.tried import Tried
from data.model import Intervention, Period
from metrics.comparison import compare
from metrics.model import Finding
from metrics.own_words.change import Sides
from metrics.own_words.lines import CODES
from metrics.pictures.senses_profile import halved
from metrics.words import day

HALVES = "halves"
HALVES_LABEL = "First and second half of the time shown"


def options(changes: Iterable[Tried], recorded: Period | None) -> dict[str, str]:
    """What before and after may be about: the halves, and each change of the whole service with days on both sides."""
    found = [
        each
        for each in changes
        if not each.intervention.is_personal and _has_both(sides_around(each.intervention, recorded))
    ]
    return {HALVES: HALVES_LABEL, **change_labels(found)}


def sides_of(picked: str, changes: Iterable[Tried], period: Period, recorded: Period | None) -> Sides:
    """The two stretches that were picked."""
    around = next((each.intervention for each in changes if each.intervention.intervention_id == picked), None)
    if around is not None:
        return sides_around(around, recorded)
    inside = period.within(recorded)
    if inside is None or inside.days < 2:
        return Sides(None, None)
    return Sides(*halved(inside))


def sides_around(intervention: Intervention, recorded: Period | None) -> Sides:
    """The days before a change and after its settling in, as findings have them."""
    compared = compare(intervention, None, recorded)
    return Sides(compared.before, compared.after, intervention.start_on, compared.early_look)


def words(sides: Sides) -> tuple[str, str]:
    """What the two stretches are called in a sentence."""
    return ("before", "after") if sides.around is not None else ("first half", "second half")


def title(sides: Sides) -> str:
    """Both as the heading of a column."""
    return f"{words(sides)[0].capitalize()} and {words(sides)[1]}"


def line(sides: Sides) -> str:
    """Which days they are."""
    if sides.before is None or sides.after is None:
        return "Too few days are on record for a before and after."
    names = words(sides)
    told = f"{names[0].capitalize()}: {say.short_days(sides.before)}. {names[1].capitalize()}: {say.short_days(sides.after)}."
    return f"{told} The days after are not over yet." if sides.unfinished else told


def _has_both(sides: Sides) -> bool:
    return sides.before is not None and sides.after is not None


def whole_record(sides: Sides) -> str:
    """What the picture of the six senses covers, which looks further than the choice of time."""
    if sides.around is None:
        return "The first and second half of the whole record, with everybody who answered."
    return f"The whole record before {day(sides.around)} and from then on, with everybody who answered."


def promised(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Findings on these outcomes that somebody declared, the newest change first; each is shown on its own page."""
    found = [
        each
        for each in findings
        if each.outcome.code in CODES and each.declared is not None and each.declared.declaration is not None
    ]
    return tuple(sorted(found, key=lambda each: (each.intervention.start_on, each.outcome.code), reverse=True))
