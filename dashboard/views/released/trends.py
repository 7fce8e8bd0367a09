"""Outcomes over the released quarters: a small chart for each service and group, gaps left open, happenings marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.anatomy import LOOKS, looks_on, marked
from dashboard.views import say
from dashboard.views.released.matrix import known_quarters, shows
from dashboard.views.released.words import (
    counts_words,
    is_shown,
    named,
    quarter_words,
    range_words,
    short,
    status_of,
    what_it_is,
    with_unit,
)
from dashboard.views.services import some_names
from dashboard.views.services_matrix import BETTER, NEUTRAL, WORSE, on_trial
from data.model import Period
from data.releases.model import Cell, Unit, quarter_name
from metrics.across.pooling import kind_words
from metrics.across.recording import FALLS, HARM, ROSE, RecordingChanged, recording_changes
from metrics.across.released import Book
from metrics.series.spc.model import ENOUGH_FOR_LIMITS, FEWEST_FOR_LIMITS, ControlChart
from metrics.words import and_list, capital, counted, day, number

HEADLINES = ("L9", "D2", "F2", "I6")
"""Heard, settled, unhurt, still at home: what a commissioner looks at first."""


@dataclass(frozen=True)
class TrendCard:
    """One line over the quarters: its latest figure or why there is none, what it shows, what is hidden, what happened."""

    name: str
    under: str
    figure: str
    latest_hidden: bool
    shows: str
    alt: str
    chart: ControlChart | None
    ends: tuple[str, str]
    gaps: tuple[str, ...]
    happened: tuple[tuple[str, str], ...]
    """Letter and words of each mark on the line."""


@dataclass(frozen=True)
class TrendPage:
    """One outcome over time: head, what recording has to do with it, a card a unit, the looks that occur."""

    title: str
    sentence: str
    recording: tuple[str, ...]
    cards: tuple[TrendCard, ...]
    marks: tuple[str, ...]
    note: str


def trend_page(book: Book, code: str, setting: str) -> TrendPage:
    """The page of one outcome: all services of the setting first, then each by name."""
    units = sorted(book.of(setting), key=lambda unit: unit.level != "setting")
    cards = tuple(_card(book, unit, code, unit.name) for unit in units)
    each = [card for card, unit in zip(cards, units, strict=True) if unit.level != "setting"]
    title, sentence = _told(book, code, setting, each)
    told = recording_for(book, code, setting)
    found = {name for card in cards if card.chart is not None for name in looks_on(card.chart)}
    return TrendPage(title, sentence, told, cards, tuple(name for name in LOOKS if name in found), range_note(cards))


def headline_cards(book: Book, setting: str) -> tuple[TrendCard, ...]:
    """The setting's own line for the four outcomes that come first; those the release defines."""
    whole = book.whole(setting)
    if whole is None:
        return ()
    return tuple(_card(book, whole, code, named(code, book)) for code in HEADLINES if code in book.definitions)


def _card(book: Book, unit: Unit, code: str, name: str) -> TrendCard:
    cells = book.row(unit.code, code)
    latest = cells[-1] if cells else None
    chart = book.charts.get((unit.code, code))
    gaps = _gaps(book.quarters, cells)
    said = with_unit(latest, book)
    told = shows(chart) if is_shown(latest) else _last_known(book, cells, chart)
    at = quarter_words(book.latest) if book.latest is not None else ""
    alt = f"{named(code, book)}, {unit.name}: {said} in {at}; {told}. {' '.join(gaps)}".strip()
    return TrendCard(
        name=name,
        under=what_it_is(unit),
        figure=said,
        latest_hidden=not is_shown(latest),
        shows=capital(told),
        alt=alt,
        chart=chart,
        ends=(quarter_name(book.quarters[0]), quarter_name(book.quarters[-1])) if book.quarters else ("", ""),
        gaps=gaps,
        happened=_happened(chart),
    )


def _last_known(book: Book, cells: Sequence[Cell | None], chart: ControlChart | None) -> str:
    shown = [cell for cell in cells if is_shown(cell)]
    if not shown or chart is None or shown[-1] is None:
        return "no quarter is shown"
    return f"last shown for {quarter_words(shown[-1].period)}: {with_unit(shown[-1], book)}"


GAPS = (("suppressed", "Hidden, too few people to show"), ("missing", "Not recorded"), ("absent", "Not given"))


def _gaps(quarters: Sequence[Period], cells: Sequence[Cell | None]) -> tuple[str, ...]:
    """Which quarters are gaps in the line, and why."""
    told = []
    for status, what in GAPS:
        ours = [each for each, cell in zip(quarters, cells, strict=True) if status_of(cell) == status]
        if ours:
            which = "every quarter" if len(ours) == len(quarters) else and_list([quarter_name(each) for each in ours])
            told.append(f"{what}: {which}.")
    return tuple(told)


def _happened(chart: ControlChart | None) -> tuple[tuple[str, str], ...]:
    """The letters on the line with their words; none without a line."""
    if chart is None:
        return ()
    return tuple(
        (letter, f"{capital(say.HAPPENINGS.get(mark.label, 'something else'))}, {day(mark.on)}")
        for letter, mark in marked(chart)
    )


def _told(book: Book, code: str, setting: str, cards: Sequence[TrendCard]) -> tuple[str, str]:
    kind, name = kind_words(setting), named(code, book)
    drawn = [card for card in cards if not card.latest_hidden and card.chart is not None]
    ways = [
        [card.name for card in drawn if card.chart is not None and card.chart.variation in kinds]
        for kinds in (WORSE, BETTER, NEUTRAL)
    ]
    count = sum(map(len, ways))
    hidden = [card.name for card in cards if card.latest_hidden]
    sure = all(card.chart is not None and not on_trial(card.chart) for card in drawn)
    own = "its own usual range" if count == 1 or not count else "their own usual range"
    perhaps = "" if sure else "perhaps "
    if not drawn:
        title = f"{name}: no {kind} can be shown for the latest quarter"
    elif not count:
        title = f"{name}: none of {len(drawn)} {kind} outside {own}"
    else:
        title = f"{name}: {count} of {len(drawn)} {kind} {perhaps}outside {own}"
    leads = ("To look at", "For the better", "Neither good nor bad by itself")
    told = [f"{lead}: {some_names(names, 8)}." for lead, names in zip(leads, ways, strict=True) if names]
    if hidden:
        told.append(f"No figure for the latest quarter: {and_list(hidden)}.")
    whole = book.whole(setting)
    if whole is not None and book.latest is not None:
        told.insert(
            0, f"All {kind} together, {quarter_words(book.latest)}: {with_unit(book.quarter(whole.code, code), book)}."
        )
    return title, " ".join(told)


def range_note(cards: Sequence[TrendCard]) -> str:
    """How far the usual ranges can be believed; said once for all of them."""
    drawn = [card.chart for card in cards if card.chart is not None]
    if not any(chart.has_limits for chart in drawn):
        return f"No usual range is drawn: it takes {FEWEST_FOR_LIMITS} quarters with a figure, and {ENOUGH_FOR_LIMITS} to be relied on."
    few = [chart for chart in drawn if chart.has_limits and on_trial(chart)]
    most = max((known_quarters(chart) for chart in few), default=0)
    told = "Grey band: the unit’s own usual range. Nothing is marked that rounding alone could have made."
    if few:
        told += (
            f" Dotted edges: it rests on {counted(most, 'quarter', 'quarters')} or fewer and may still move; {ENOUGH_FOR_LIMITS} are "
            "needed to rely on it, so a mark says “perhaps”."
        )
    return told


# Recording -------------------------------------------------------------------------------------------


def recording_for(book: Book, code: str, setting: str) -> tuple[str, ...]:
    """Where more falls were written down after a change of recording: what falls with harm say about it."""
    return tuple(_recording(each) for each in recording_changes(book, setting)) if code in (FALLS, HARM) else ()


def recording_everywhere(book: Book, settings: Sequence[str]) -> tuple[str, ...]:
    """The same for several kinds of service, where falls rose after it."""
    found = [each for setting in settings for each in recording_changes(book, setting)]
    return tuple(_recording(each) for each in found if each.read in ROSE)


def _recording(each: RecordingChanged) -> str:
    what = say.HAPPENINGS.get(each.happening.kind, "a change in recording")
    if each.falls is None or each.falls.estimate is None or each.read not in ROSE:
        seen = (
            "falls did not clearly rise after it"
            if each.read == "no_rise"
            else "too few quarters are shown to say more"
        )
        return (
            f"{each.unit.name}: {what} ({day(each.happening.from_on)}); {seen}. A higher figure from then on may only mean that "
            "more is written down."
        )
    more = _more(each.falls.estimate)
    opening = f"{each.unit.name}: {more} falls were written down after {what} ({day(each.happening.from_on)})"
    if each.read == "recording":
        return f"{opening}, while falls with harm did not rise. So recording changed; it does not show that people fell more."
    if each.read == "harm_too":
        return f"{opening}, and falls with harm rose as well. Better recording alone does not explain that."
    if each.read == "harm_open":
        return f"{opening}. Recording changed; whether falls with harm rose too cannot be told yet."
    return f"{opening}. Recording changed; falls with harm cannot be shown there, so what it means cannot be told."


def _more(ratio: float) -> str:
    """About 35 in 100 more; twice as many and above as times. In fives, as the figures are."""
    return f"{number(ratio, 1)} times as many" if ratio > 2 else f"about {5 * round((ratio - 1) * 20)} in 100 more"


def number_rows(book: Book, code: str, setting: str) -> list[dict[str, str]]:
    """Every quarter of every unit, each cell as the page and the file say it."""
    return [
        {
            "Service": unit.name,
            "Quarter": quarter_name(period),
            "Counted": counts_words(cell, book),
            "Figure": short(cell, book.definitions[code].decimals),
            "Likely between": range_words(cell, book),
        }
        for unit in book.of(setting)
        for period, cell in zip(book.quarters, book.row(unit.code, code), strict=True)
    ]


def latest_rows(book: Book, code: str, setting: str) -> list[dict[str, str]]:
    """The latest quarter of every unit, by name."""
    return [
        {
            "Service": unit.name,
            "Counted": counts_words(cell, book),
            f"{named(code, book)}, {quarter_name(book.quarters[-1])}": with_unit(cell, book),
            "Likely between": range_words(cell, book),
        }
        for unit in book.of(setting)
        for cell in (book.quarter(unit.code, code),)
    ]
