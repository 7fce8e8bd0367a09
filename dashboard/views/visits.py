"""Visits against the person's own times, in words: how many minutes off, before a plan began and since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

from dashboard.views import say
from dashboard.views.pictured import csv_file
from data.records import Visit
from metrics.words import capital, short_day, whole

CLOSE = 30
"""Minutes from the person's own time that still count as kept: the handbook's."""
FURTHEST = 120
"""Minutes beyond which a mark stands at the edge of the picture."""
TIMES = {"morning": "morning", "lunch": "lunch", "tea": "tea", "bed": "bedtime"}
TITLE = "Visits against the person's own times"


@dataclass(frozen=True)
class Off:
    """One visit that came: its day, how many minutes after the person's own time, which visit, what is said of it."""

    day: date
    minutes: int
    element: str
    words: str


@dataclass(frozen=True)
class VisitsShown:
    """What the picture shows. ``sentence`` is its alt text too; ``missed`` counts visits without a time of coming."""

    sentence: str
    visits: tuple[Off, ...]
    missed: int
    start: date


def visits_shown(found: Sequence[Visit], start: date) -> VisitsShown | None:
    """The visits around a plan; None where none has a clock time, on either side."""
    came = tuple(_off(each, each.minutes_off) for each in found if each.minutes_off is not None)
    if not came:
        return None
    wanted = [each for each in found if each.result != "not_applicable"]
    missed = sum(each.began_at is None for each in wanted)
    before, after = ([each for each in wanted if (each.due_at.date() < start) == early] for early in (True, False))
    told = [said for said in (_side(before, "before it began"), _side(after, "since")) if said]
    return VisitsShown(f"{capital('; '.join(told))}.", came, missed, start)


def _off(visit: Visit, minutes: int) -> Off:
    which = TIMES.get(visit.element or "", visit.element or "visit")
    own = f"{visit.due_at:%H:%M}"
    moved = " (the person moved it)" if visit.result == "not_applicable" else ""
    return Off(
        visit.due_at.date(),
        minutes,
        which,
        f"{short_day(visit.due_at.date())}, {which}, own time {own}: {_said(minutes)}{moved}",
    )


def _said(minutes: int) -> str:
    if minutes == 0:
        return "on the minute"
    return f"{abs(minutes)} {'minute' if abs(minutes) == 1 else 'minutes'} {'late' if minutes > 0 else 'early'}"


def _side(visits: Sequence[Visit], when: str) -> str:
    if not visits:
        return ""
    kept = sum(each.result == "met" for each in visits)
    known = [abs(each.minutes_off) for each in visits if each.minutes_off is not None]
    middle = f", half of them within {whole(median(known))} minutes" if known else ""
    return f"{kept} of {say.plural(len(visits), 'visit', 'visits')} came within {CLOSE} minutes {when}{middle}"


def visit_rows(shown: VisitsShown) -> list[dict[str, str]]:
    """The visits as a table, week after week would hide them; the newest first."""
    return [
        {"Day": short_day(each.day), "Visit": capital(each.element), "Against the own time": _said(each.minutes)}
        for each in reversed(shown.visits)
    ]


def visits_csv(shown: VisitsShown) -> bytes:
    """The visits as a file; it names no person."""
    rows = [(each.day.isoformat(), each.element, each.minutes) for each in shown.visits]
    return csv_file(("day", "visit", "minutes after the own time"), rows)
