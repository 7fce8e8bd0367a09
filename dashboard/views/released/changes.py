"""Changes tried by whole services, as a release tells them: the answer with its range, when it was agreed, part by part."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import cast

from dashboard.views import say
from dashboard.views.one_change import MARKS
from dashboard.views.record import KINDS, LADDER, REASONS
from dashboard.views.released.words import NONE, TOO_FEW, named, unit_named
from data.releases.model import Change, Part, Together
from metrics import wording
from metrics.across.pooling import kind_words
from metrics.across.released import Book
from metrics.judging.words import joint_line, part_mark
from metrics.model import VERDICT_WORDS, Effect, JointVerdict, Scale, VerdictWord
from metrics.model import Part as JudgedPart
from metrics.words import and_list, capital, counted, day, whole

EVERY = "all"
NOT_WRITTEN = "Not written down"
OUTWARDS = "Ranges are rounded outwards, so a range may touch “no change” where the answer, worked out before rounding, does not."
ASSOCIATION = (
    "Association, not cause. Services that choose one kind of change, or plan it more together, differ in other ways too: "
    "these counts cannot say that one brought the other about."
)
BY = {"kind": "Kind of change", "ladder_level": "How much people living with dementia shaped it"}


@dataclass(frozen=True)
class PartLine:
    """One part of "better and still safe": its mark with a word, what was found, when it was written down."""

    looks: VerdictWord
    mark: str
    name: str
    found: str
    written: str


@dataclass(frozen=True)
class ChangeCard:
    """One change: what and where, the answer and its range, when what counts was agreed, and the parts."""

    code: str
    title: str
    facts: tuple[str, ...]
    word: VerdictWord
    verdict: str
    range: str
    agreed: str
    joint: tuple[VerdictWord, str] | None
    parts: tuple[PartLine, ...]
    care: str


@dataclass(frozen=True)
class CountsTable:
    """How many changes came to which answer, by kind or by level: headings and rows in words."""

    title: str
    caption: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    hidden: str = ""
    """The kinds or levels of which nothing can be shown, in a line of their own."""


# One by one ------------------------------------------------------------------------------------------


def change_cards(book: Book, setting: str) -> tuple[ChangeCard, ...]:
    """By name of the service, then the day it began."""
    ours = [each for each in book.release.changes if setting in (EVERY, setting_of(each, book))]
    ours.sort(key=lambda each: (unit_named(each.unit, book).casefold(), each.unit, each.started, each.code))
    return tuple(_card(each, book) for each in ours)


def setting_of(change: Change, book: Book) -> str:
    """The kind of service a change was tried in."""
    unit = book.unit.get(change.unit)
    return unit.setting if unit is not None else "other"


def _card(change: Change, book: Book) -> ChangeCard:
    joint = joint_of(change, book)
    return ChangeCard(
        code=change.code,
        title=f"{kind_name(change.kind)}: {unit_named(change.unit, book)}",
        facts=_facts(change),
        word=cast(VerdictWord, change.verdict),
        verdict=f"{named(change.outcome, book)}: {_verdict(change)}",
        range=_range(change),
        agreed=agreed(change),
        joint=None if joint is None else (joint.word, joint_line(joint)),
        parts=tuple(_part(each, change, book) for each in change.parts),
        care=_care(change),
    )


def kind_name(kind: str) -> str:
    """A kind of change in words."""
    return KINDS.get(kind, capital(kind.replace("_", " ")))


def _facts(change: Change) -> tuple[str, ...]:
    facts = [f"Began {day(change.started)}"]
    if change.reason in REASONS:
        facts.append(REASONS[change.reason])
    facts.append(ladder_name(None if change.ladder_level is None else str(change.ladder_level)))
    return tuple(facts)


def ladder_name(word: str | None) -> str:
    """A level of the ladder in words."""
    level = int(word) if word is not None and word.isdecimal() else -1
    return LADDER.get(level, f"{NOT_WRITTEN} how much people shaped it")


def reason_words(reason: str | None) -> str:
    """Why it cannot be told, in a few words."""
    return TOO_FEW if reason == "too_few_to_show" else wording.reason_words(reason)


def _verdict(change: Change) -> str:
    if change.verdict == "cannot tell yet":
        return f"cannot tell yet, {reason_words(change.verdict_reason)}"
    return change.verdict


def effect_of(scale: str | None, estimate: float | None, low: float | None, high: float | None) -> Effect | None:
    """The released range as the sentences know it; None where none was released."""
    if scale is None or (estimate is None and low is None and high is None):
        return None
    return Effect(cast(Scale, scale), estimate, low, high, "")


def is_hidden(change: Change) -> bool:
    """Whether too few people stand behind its answer."""
    return change.verdict_reason == "too_few_to_show"


def _range(change: Change) -> str:
    if is_hidden(change):
        return f"The range is hidden: {TOO_FEW}."
    effect = effect_of(change.scale, None, change.low, change.high)
    if effect is None:
        return "No range was worked out."
    return wording.range_line(effect).replace(" -0 ", " 0 ")


def agreed(change: Change) -> str:
    """When what would count was written down: before it began, after, or never."""
    if change.declared_on is None:
        return "Nobody wrote down what would count as better."
    when = day(change.declared_on)
    early = (
        change.declared == "before"
        if change.declared in ("before", "afterwards")
        else change.declared_on <= change.started
    )
    return (
        f"What would count was written down beforehand, on {when}."
        if early
        else f"What would count was written down afterwards, on {when}."
    )


def _care(change: Change) -> str:
    known = [say.SHORT_REASONS[code] for code in change.cautions if code in say.SHORT_REASONS]
    return f"Read with care: {and_list(known)}." if known else ""


# Better and still safe -------------------------------------------------------------------------------


def joint_of(change: Change, book: Book) -> JointVerdict | None:
    """The answer over all parts. One part that cannot be told leaves the whole open, whatever else was written."""
    if change.joint is None:
        return None
    parts = tuple(
        JudgedPart(each.outcome, named(each.outcome, book), each.met, each.found, each.declared_on)
        for each in change.parts
    )
    word, reason = cast(VerdictWord, change.joint), change.joint_reason
    if word == "better" and not all(each.met for each in parts):
        word = "cannot tell yet"
        reason = "part_open" if any(each.met is None for each in parts) else "part_not_met"
    return JointVerdict(word, parts, reason)


def _part(part: Part, change: Change, book: Book) -> PartLine:
    judged = JudgedPart(part.outcome, named(part.outcome, book), part.met, part.found, part.declared_on)
    mark = part_mark(judged)
    found = TOO_FEW if part.found == "too_few_to_show" else part.found.replace("_", " ")
    return PartLine(MARKS[part.met], capital(mark), judged.name, "" if found == mark else found, _written(part, change))


def _written(part: Part, change: Change) -> str:
    if part.declared_on is None:
        return "Not written down beforehand"
    late = ", after it began" if part.declared_on > change.started else ""
    return f"Written down {day(part.declared_on)}{late}"


# The page's own words --------------------------------------------------------------------------------


def head_sentence(book: Book, setting: str) -> str:
    """How many changes, to which answers, and how many of them are better and still safe."""
    ours = [each for each in book.release.changes if setting in (EVERY, setting_of(each, book))]
    if not ours:
        return "No change of a whole service can be shown in this release."
    told = [f"{count} {word}" for word in VERDICT_WORDS if (count := sum(each.verdict == word for each in ours))]
    safe = sum((joint := joint_of(each, book)) is not None and joint.word == "better" for each in ours)
    one = "is shown" if len(ours) == 1 else "are shown"
    ending = (
        f"{counted(safe, 'is', 'are')} better and still safe in every part."
        if safe
        else "In none of them is every part of “better and still safe” met."
    )
    return f"{counted(len(ours), 'change', 'changes')} of a whole service {one}: {and_list(told)}. {ending}"


# All together ----------------------------------------------------------------------------------------


def count_tables(book: Book, setting: str) -> tuple[CountsTable, ...]:
    """By kind and by level, for one setting."""
    found = []
    for by, heading in BY.items():
        ours = [each for each in book.release.together if each.setting == setting and each.by == by]
        if ours:
            found.append(_counts(ours, by, heading, setting))
    return tuple(found)


def settings_together(book: Book, setting: str) -> tuple[str, ...]:
    """The settings for which changes are counted together, in the usual order; "" where all are counted as one."""
    held = {each.setting for each in book.release.together}
    return tuple(each for each in ("", *book.settings) if each in held and (not each or setting in (EVERY, each)))


def together_heading(setting: str) -> str:
    """Above the counts of one setting, or of all of them."""
    return f"All changes together, {kind_words(setting)}" if setting else "All changes together"


def _counts(ours: Sequence[Together], by: str, heading: str, setting: str) -> CountsTable:
    words = sorted(
        {each.word for each in ours},
        key=lambda word: (_label(by, word).casefold(), word) if by == "kind" else ("", word),
    )
    held = {(each.word, each.verdict): each for each in ours}
    every = [
        (_label(by, word), *(_count(held.get((word, verdict))) for verdict in ("", *VERDICT_WORDS))) for word in words
    ]
    rows = tuple(row for row in every if set(row[1:]) != {TOO_FEW})
    hidden = [row[0] for row in every if set(row[1:]) == {TOO_FEW}]
    return CountsTable(
        heading if not setting else f"{heading}, {kind_words(setting)}",
        f"How many changes came to which answer, by {heading[:1].lower()}{heading[1:]}",
        (heading, "All", *(capital(word) for word in VERDICT_WORDS)),
        rows,
        f"{capital(TOO_FEW)}: {'; '.join(hidden)}." if hidden else "",
    )


def _label(by: str, word: str) -> str:
    return kind_name(word) if by == "kind" else ladder_name(word)


def _count(held: Together | None) -> str:
    if held is None or held.status == "missing":
        return "not recorded"
    if held.status != "shown" or held.count is None:
        return TOO_FEW
    return f"about {whole(held.count)}" if held.count else NONE
