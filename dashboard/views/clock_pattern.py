"""Hours and weekdays in words: when it happens, and which differences could be chance."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.views import say
from dashboard.views.pictured import Cell, Mark, Pictured, csv_file
from metrics.pictures.clock_pattern import Bar, ClockPattern, stretches
from metrics.words import and_list, capital, counted, number, whole

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
STANDINGS = {
    "more": "more than an even spread",
    "fewer": "fewer than an even spread",
    "chance": "could be chance",
}
MOST_NAMED = 3
NOTHING = "No record with a day has arrived for this outcome, so there is no pattern to show."
NO_CLOCK = "This outcome is not counted by the hour: only incidents and falls have a time of day."
MARKED_HOURS = "Meals and handovers are marked at the hours at which many places have them; yours may differ."
EVEN = (
    "The line is an even spread, the pale band how far chance alone would take the bars from it: 95 times in 100 all "
    "of them stay inside. It is something to hold the bars against and no aim, for at night most people are asleep."
)
BUNCHES = "Several in one evening count each, which can lift a bar without the clock having to do with it."


def pictured(found: ClockPattern, place: str) -> Pictured:
    """Everything that is said of the picture; ``place`` is the service's name."""
    return Pictured(
        title=title(found),
        sentence=sentence(found, place),
        notes=tuple(notes(found)),
        key=_key(found),
        rows=tuple(_rows(found)),
        csv=_csv(found, place),
        file_name=f"hours-and-weekdays-{found.outcome.code.lower()}.csv",
    )


def _key(found: ClockPattern) -> tuple[tuple[Mark, str], ...]:
    if not found.enough_days:
        return ()
    items: list[tuple[Mark, str]] = [("even", "an even spread"), ("pale", "could be chance")]
    shown = [*(found.hours if found.enough_hours else ()), *found.weekdays]
    if any(bar.standing != "chance" for bar in shown):
        items.append(("", "▲ more, ▼ fewer than chance brings"))
    return tuple(items)


def title(found: ClockPattern) -> str:
    """What it shows: the hours that stand out, or that none does."""
    name = found.outcome.name
    if not found.enough_days:
        return f"{name}: too few to see a pattern"
    if not found.enough_hours:
        return f"{name}: too few with a time to see a pattern of the day"
    hours = hours_words(found.hours)
    if hours:
        return f"{name}: more than an even spread {hours}"
    days = _weekdays(found, "more")
    if days:
        return f"{name}: more than an even spread on {and_list(days)}"
    return f"{name}: no hour has more than chance would bring"


def sentence(found: ClockPattern, place: str) -> str:
    """The picture in full, for those who do not see it."""
    counts, outcome = found.counts, found.outcome
    opening = (
        f"{place}, {say.days(counts.period)}: {counted(counts.events, outcome.one_thing, outcome.many_things)}, "
        f"{whole(counts.with_time)} with a time."
    )
    if not found.enough_days:
        return f"{opening} Too few to see a pattern."
    return f"{opening} {_hours_said(found)} {_days_said(found)}"


def _hours_said(found: ClockPattern) -> str:
    if not found.enough_hours:
        return "Too few have a time to see a pattern of the day."
    more, fewer = hours_words(found.hours), hours_words(found.hours, "fewer")
    if not more and not fewer:
        return "No hour of the day stands out: the differences could be chance."
    said = [f"more than an even spread would give came {more}"] if more else []
    said += [f"{'fewer' if more else 'fewer than an even spread would give'} came {fewer}"] if fewer else []
    return f"{capital('; '.join(said))}."


def _days_said(found: ClockPattern) -> str:
    more, fewer = _weekdays(found, "more"), _weekdays(found, "fewer")
    if not more and not fewer:
        return "No weekday stands out."
    said = [f"more on {and_list(more)}"] if more else []
    said += [f"fewer on {and_list(fewer)}"] if fewer else []
    return f"In the week, {' and '.join(said)}."


def _weekdays(found: ClockPattern, standing: str) -> list[str]:
    return [f"{WEEKDAYS[place]}s" for place, bar in enumerate(found.weekdays) if bar.standing == standing]


def hours_words(hours: Sequence[Bar], standing: str = "more") -> str:
    """ "between 07:00 and 10:00 and between 14:00 and 16:00"; empty where no hour stands so."""
    runs = stretches(hours, "more" if standing == "more" else "fewer")
    said = [f"between {clock(first)} and {clock(last + 1)}" for first, last in runs]
    if len(said) > MOST_NAMED:
        said = [*said[: MOST_NAMED - 1], f"at {len(said) - MOST_NAMED + 1} more times of the day"]
    return and_list(said)


def clock(hour: int) -> str:
    """07:00; the end of the day is 24:00 as its beginning is 00:00."""
    return f"{hour if hour <= 24 else hour % 24:02d}:00"


def notes(found: ClockPattern) -> list[str]:
    """What to know before believing it."""
    counts, many = found.counts, found.outcome.many_things
    told = []
    if counts.without_time:
        told.append(
            f"{whole(counts.without_time)} of {counted(counts.events, found.outcome.one_thing, many)} "
            f"{'has' if counts.without_time == 1 else 'have'} no time: counted among the weekdays, not shown by the hour."
        )
    if found.may_be_writing:
        share = whole(100 * counts.on_the_hour / counts.with_time)
        told.append(f"{share} in 100 are on the full hour exactly, so the hour may be the time of writing.")
    if not found.enough_days:
        return [*told, f"It takes at least 20 {many} to tell a pattern from chance."]
    return [*told, EVEN, BUNCHES, MARKED_HOURS]


def _rows(found: ClockPattern) -> list[dict[str, str]]:
    head = capital(found.outcome.many_things)
    rows = [(f"{clock(place)} to {clock(place + 1)}", bar, found.enough_hours) for place, bar in enumerate(found.hours)]
    rows += [(WEEKDAYS[place], bar, found.enough_days) for place, bar in enumerate(found.weekdays)]
    return [
        {
            "When": name,
            head: whole(bar.count),
            "Even spread": number(bar.even, 1),
            "Chance alone": f"{whole(bar.low)} to {whole(bar.high)}" if enough else "–",
            "What we can say": STANDINGS[bar.standing] if enough else "too few to tell",
        }
        for name, bar, enough in rows
    ]


def _csv(found: ClockPattern, place: str) -> bytes:
    label = f"{found.outcome.code} {found.outcome.name}"
    period = found.counts.period
    rows: list[list[Cell]] = []
    for part, names, bars, enough in (
        ("hour", [clock(hour) for hour in range(24)], found.hours, found.enough_hours),
        ("weekday", list(WEEKDAYS), found.weekdays, found.enough_days),
    ):
        for name, bar in zip(names, bars, strict=True):
            band: list[Cell] = [bar.low, bar.high, STANDINGS[bar.standing]] if enough else [None, None, "too few"]
            rows.append([place, label, str(period.first), str(period.last), part, name, bar.count, bar.even, *band])
    headings = [
        "service", "outcome", "first_day", "last_day", "part", "when", found.outcome.many_things, "even_spread",
        "chance_from", "chance_to", "reading",
    ]  # fmt: skip
    return csv_file(headings, rows)
