"""Who is left out, as a release tells it: how far ethnicity is written down first, then each group beside everybody else."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.charts.interval import Axis, Drawn, axis_for
from dashboard.views.left_out.words import KNOWN_AS, gap_found, gap_range
from dashboard.views.released.changes import effect_of
from dashboard.views.released.words import (
    TOO_FEW,
    counts_words,
    group_words,
    is_shown,
    named,
    short,
    unit_named,
    with_unit,
)
from data.releases.model import Gap
from metrics.across.pooling import kind_words
from metrics.across.released import Book
from metrics.model import Effect
from metrics.words import and_list, capital, counted, whole

E6 = "E6"
NOT_WITHOUT = (
    "No gap is shown, because how far ethnicity is written down cannot be shown for these services, and a gap cannot be read "
    "without it."
)


@dataclass(frozen=True)
class GroupLine:
    """One group of one outcome: their figure, the gap in words and drawn; hidden ones have neither."""

    name: str
    they: str
    found: str
    said: str
    drawn: Drawn | None
    clear: bool


@dataclass(frozen=True)
class OutcomeGaps:
    """One outcome: the figure of everybody, then each group; always with how far the groups are known."""

    code: str
    title: str
    everybody: str
    known: str
    lines: tuple[GroupLine, ...]
    axis: Axis
    left: str
    right: str


@dataclass(frozen=True)
class LeftOutPage:
    """What the page says of one setting."""

    sentence: str
    second: str
    known: str
    can_show: bool
    outcomes: tuple[OutcomeGaps, ...]
    hidden: str


def columns_offered(book: Book, setting: str) -> dict[str, str]:
    """What people are told apart by in the gaps of a setting."""
    held = {each.column for each in gaps_of(book, setting)}
    return {column: words for column, words in KNOWN_AS.items() if column in held}


def gaps_of(book: Book, setting: str) -> tuple[Gap, ...]:
    """The gaps of a setting, by outcome and group."""
    ours = {each.code for each in book.of(setting)}
    held = [each for each in book.release.gaps if each.unit in ours]
    order = list(book.definitions)
    return tuple(
        sorted(held, key=lambda each: (order.index(each.outcome) if each.outcome in order else len(order), each.outcome,
                                       group_words(each.column, each.word), each.word))
    )  # fmt: skip


def left_out_page(book: Book, setting: str, column: str) -> LeftOutPage:
    """Everything of one setting. Without E6 no gap is shown."""
    known, can_show = known_line(book, setting)
    held = [each for each in gaps_of(book, setting) if each.column == column] if can_show else []
    outcomes = tuple(
        _outcome(book, code, column, [each for each in held if each.outcome == code], known)
        for code in dict.fromkeys(each.outcome for each in held)
        if code in book.definitions
    )
    shown = tuple(each for each in outcomes if any(line.drawn is not None for line in each.lines))
    rest = [named(each.code, book) for each in outcomes if each not in shown]
    hidden = (
        f"No gap can be shown, {TOO_FEW}: {and_list(rest)}. What is known of single groups is in the download."
        if rest
        else ""
    )
    return LeftOutPage(_sentence(outcomes, known), _second(outcomes), known, can_show, shown, hidden)


def known_line(book: Book, setting: str) -> tuple[str, bool]:
    """How far ethnicity is written down, over the last four quarters; and whether that can be shown at all."""
    whole_unit = book.whole(setting)
    cell = book.in_year(whole_unit.code, E6) if whole_unit is not None else None
    if cell is None or not is_shown(cell) or cell.numerator is None or cell.denominator is None:
        words = short(cell, 0)
        return f"How far ethnicity is written down in {kind_words(setting)}: {words}.", False
    return (
        f"Ethnic group was asked and written down for about {whole(cell.numerator)} of {whole(cell.denominator)} people in "
        f"{kind_words(setting)}."
    ), True


def _outcome(book: Book, code: str, column: str, held: list[Gap], known: str) -> OutcomeGaps:
    unit, period = held[0].unit, held[0].period
    total = book.in_year(unit, code, period=period)
    scale = book.outcomes[code].scale
    effects = {each.word: _effect(each) for each in held}
    ends = [
        end for effect in effects.values() if effect is not None for end in (effect.estimate, effect.low, effect.high) if end is not None
    ]  # fmt: skip
    words = sorted({*effects, *_words_of_cells(book, code, unit, column)}, key=lambda word: group_words(column, word))
    by_word = {each.word: each for each in held}
    score = scale == "score"
    return OutcomeGaps(
        code=code,
        title=f"{named(code, book)}, by {KNOWN_AS[column][:1].lower()}{KNOWN_AS[column][1:]}",
        everybody=f"Everybody, {unit_named(unit, book)}: {with_unit(total, book)}"
        + (f" ({counts_words(total, book)})." if is_shown(total) else "."),
        known=known,
        lines=tuple(_line(book, code, column, word, by_word.get(word), effects.get(word), unit) for word in words),
        axis=axis_for(scale, ends),
        left="lower" if score else "fewer",
        right="higher" if score else "more",
    )


def _words_of_cells(book: Book, code: str, unit: str, column: str) -> set[str]:
    return {
        each.word
        for each in book.release.cells
        if each.outcome == code and each.unit == unit and each.column == column and each.length == "year" and each.period == book.year
    }  # fmt: skip


def _line(
    book: Book, code: str, column: str, word: str, gap: Gap | None, effect: Effect | None, unit: str
) -> GroupLine:
    cell = book.in_year(unit, code, column, word)
    they = with_unit(cell, book) if cell is not None else "–"
    name = capital(group_words(column, word))
    if gap is None:
        return GroupLine(name, they, "–", "No gap is worked out for them.", None, False)
    if effect is None:
        hidden = gap.reason != "no_range"
        return GroupLine(
            name,
            they,
            capital(TOO_FEW) if hidden else "–",
            "" if hidden else "How far apart they lie cannot be said.",
            None,
            False,
        )
    clear = clear_gap(effect)
    return GroupLine(
        name, they, capital(gap_found(effect)), f"{capital(gap_range(effect))}.",
        Drawn(effect.estimate, effect.low, effect.high), clear,
    )  # fmt: skip


def _effect(gap: Gap) -> Effect | None:
    """None where the release gives a reason for showing none, whatever else stands there."""
    return None if gap.reason is not None else effect_of(gap.scale, gap.estimate, gap.low, gap.high)


def clear_gap(effect: Effect) -> bool:
    """Whether the range leaves out that there is no gap."""
    none = effect.no_change
    return (effect.low is not None and effect.low > none) or (effect.high is not None and effect.high < none)


def _sentence(outcomes: tuple[OutcomeGaps, ...], known: str) -> str:
    """How far ethnicity is written down, and how many gaps look clear."""
    shown = [line for each in outcomes for line in each.lines if line.drawn is not None]
    if not shown:
        return known
    clear = sum(line.clear for line in shown)
    told = f"{clear} of {counted(len(shown), 'gap', 'gaps')} shown {'looks' if clear == 1 else 'look'} clear."
    return f"{known} {told if clear else 'No gap looks clear.'}"


def _second(outcomes: tuple[OutcomeGaps, ...]) -> str:
    """Whose gaps look clear, in a fixed order, and how many are hidden."""
    told = [
        f"{each.title.rpartition(', by ')[0]}: {and_list([line.name[:1].lower() + line.name[1:] for line in clear])}."
        for each in outcomes
        if (clear := [line for line in each.lines if line.clear])
    ]
    hidden = sum(line.found == capital(TOO_FEW) for each in outcomes for line in each.lines)
    if hidden:
        told.append(f"{counted(hidden, 'gap is', 'gaps are')} hidden: {TOO_FEW}.")
    return " ".join(told)
