"""Laying one table of ours on a sheet: which heading is which column, decided by name and by what the cells hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.contract import TABLES, Column, Table
from data.matching.codes import code_of
from data.matching.headings import bag_of
from data.matching.match import PROBABLE, SURE, Question, UnknownWord, WhyUnused
from data.matching.naming import Named, clock_of, is_nhs_heading, named_exactly, named_nearly
from data.matching.own import is_needed
from data.matching.profile import DateOrder, Wide
from data.matching.sheet import Seen, Sheet
from data.values import read_number

MARGIN = 0.05
"""A match that is not better than the next best by this much is no match but a question."""
READS_BETTER = 0.25
"""When so many more cells can be read as one column than as another, it is no question which of them it is."""
CONTENT_ADDS = 0.4
"""How far towards certain the cells can lift a match whose heading is less than certain."""
AGAINST = 0.35
"""What is left of a match whose cells speak against it altogether."""
LONGEST_LABEL = 60
"""A short text of ours (a title, a label) is no longer than this on average; more is somebody's notes."""
FEW_WORDS, SHORT_WORDS = 40, 45
"""A column of codes has no more different words than this, of no more letters than this on average."""

_DATE_WORDS = frozenset({"date", "time"})
_EVENT_WORDS = frozenset({"incident", "fall", "event", "occurred", "check", "visit", "approx", "approximate"})


@dataclass(frozen=True)
class Taken:
    """The headings one of our columns is read from."""

    seen: tuple[Seen, ...]
    confidence: float
    why: str
    turned: bool = False
    readable: float = 1.0
    """Share of the cells that can be read as the column; 1 where nothing is known."""

    @property
    def headings(self) -> tuple[str, ...]:
        return tuple(each.heading for each in self.seen)


@dataclass
class Draft:
    """One table laid on a sheet, so far. ``fit`` compares tables: 0 nothing fits, about 1 everything does.

    The other fields are what the profile will hold, and what to say of the places that are not stored.
    """

    table: Table
    taken: dict[str, Taken] = field(default_factory=dict)
    questions: list[Question] = field(default_factory=list)
    fit: float = 0.0
    wide: Wide | None = None
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    read_as: dict[str, str] = field(default_factory=dict)
    declared: DateOrder | None = None
    unused: dict[int, WhyUnused] = field(default_factory=dict)
    unknown: list[UnknownWord] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def used(self) -> frozenset[int]:
        return frozenset(each.place for taken in self.taken.values() for each in taken.seen)


def content_share(column: Column, table: Table, seen: Seen) -> float | None:
    """Share of the cells that can be read as the column; None when nothing speaks for or against."""
    evidence = seen.evidence
    if evidence.is_empty:
        return None
    if column.name == "birth_year":
        return max(evidence.days, evidence.share(lambda text: 0 <= (read_number(text) or -1) <= 2030))
    if table.name == "totals" and column.name in ("period_from", "period_to"):
        return evidence.periods
    match column.type:
        case "date" | "time":
            return evidence.days
        case "int" | "num":
            words = evidence.share(lambda text: code_of(table.name, column.name, text) is not None)
            return max(evidence.numbers, words, 0.6 if column.name == "score" and _is_worded(seen) else 0.0)
        case "yn":
            return evidence.share(lambda text: code_of(table.name, column.name, text) is not None)
        case "code" | "codes":
            known = evidence.share(lambda text: code_of(table.name, column.name, text) is not None)
            return max(known, 0.5) if _is_worded(seen) else known
        case "id":
            return _reference_share(column, table, seen)
        case _:
            wordy = evidence.length > LONGEST_LABEL and not column.free_text
            return 0.1 if wordy else 0.3 if evidence.days > 0.7 else 0.8


def _is_worded(seen: Seen) -> bool:
    """Whether the cells are few short words, neither dates nor numbers: a home's own list, perhaps."""
    evidence = seen.evidence
    few = len(evidence.values) <= FEW_WORDS and evidence.length <= SHORT_WORDS
    return few and evidence.days < 0.3 and evidence.numbers < 0.5 and evidence.yes_or_no < 0.5


def _reference_share(column: Column, table: Table, seen: Seen) -> float:
    evidence = seen.evidence
    if evidence.days > 0.7 and evidence.numbers < 0.5:
        return 0.0
    if evidence.length > SHORT_WORDS:
        return 0.1
    if column.name == "service_id" and "location" in table.columns:
        rooms = evidence.share(lambda text: code_of(table.name, "location", text) is not None)
        if rooms >= 0.5:
            return 0.2
    if column.name == table.own_key and column.name not in ("service_id", "person_id"):
        return 0.9 if evidence.distinct_share > 0.9 else 0.35
    if evidence.yes_or_no > 0.9 and len(evidence.values) <= 2:
        return 0.1
    return 0.8


def pair(column: Column, share: float | None, named: Named) -> tuple[float, str]:
    """How surely a heading is the column, and why. ``share`` of its cells can be read so; None where nothing is known."""
    if share is None:
        return named.strength - 0.02, f"{named.why}; the column is empty"
    if share >= 0.5:
        typed = column.type not in ("id", "text")
        lift = CONTENT_ADDS * (1 - named.strength) * share if typed else 0.0
        said = "" if not typed or share < 0.8 else ", and its cells read so"
        return min(0.99, named.strength + lift) if named.strength < 1 else 1.0, named.why + said
    left = AGAINST + (1 - AGAINST) * share / 0.5
    return named.strength * left, f"{named.why}, but few of its cells can be read so"


def fit_table(
    sheet: Sheet, table: Table, *, fixed: Mapping[str, tuple[Seen, ...]] | None = None, near: bool = True
) -> Draft:
    """The best laying of a table on the sheet. ``fixed`` are columns that are settled; ``near``: like names count."""
    draft = Draft(table)
    for ours, seen in (fixed or {}).items():
        draft.taken[ours] = Taken(seen, 0.95, "as the export's kind has it")
    pairs = _pairs(sheet, table, draft.used, near)
    _assign(draft, pairs)
    _join_clocks(draft, sheet)
    _person_by_nhs_number(draft, sheet)
    draft.fit = _fit(draft, sheet)
    return draft


@dataclass(frozen=True)
class _Pair:
    score: float
    column: str
    seen: Seen
    why: str
    turned: bool
    readable: float


def _pairs(sheet: Sheet, table: Table, used: frozenset[int], near: bool) -> list[_Pair]:
    pairs = []
    for seen in sheet.usable:
        if seen.place in used:
            continue
        named = named_exactly(table.name, seen.heading)
        if not named and near and not seen.personal_by_heading:
            named = named_nearly(table.name, seen.heading)
        for name, how in named.items():
            if not _may_be(table, name, seen):
                continue
            share = content_share(table.columns[name], table, seen)
            score, why = pair(table.columns[name], share, how)
            if score >= PROBABLE:
                pairs.append(_Pair(score, name, seen, why, how.turned, 1.0 if share is None else share))
    pairs.sort(key=lambda each: (-each.score, -each.seen.evidence.filled, each.seen.place))
    return pairs


def _may_be(table: Table, name: str, seen: Seen) -> bool:
    """Personal details are only ever a person's reference, a birth date, or what the contract itself names so."""
    if name in ("birth_year", "family_contact"):
        return seen.evidence.personal is None
    if seen.evidence.personal == "NHS number" or is_nhs_heading(seen.heading):
        return False
    if seen.evidence.personal is not None:
        return False
    if seen.personal_by_heading:
        return any(
            how.strength >= 0.95 for how in [named_exactly(table.name, seen.heading).get(name)] if how is not None
        )
    return True


def _assign(draft: Draft, pairs: Sequence[_Pair]) -> None:
    """The surest pairs first. Two headings equally good for a column, or the other way about, are a question."""
    used = set(draft.used)
    open_pairs = [each for each in pairs if each.column not in draft.taken and each.seen.place not in used]
    while open_pairs:
        best = _better_read(open_pairs[0], open_pairs)
        others = [
            each for each in open_pairs if each is not best
            and each.column == best.column and each.score > best.score - MARGIN and not _has_better(each, open_pairs)
            and each.readable > best.readable - READS_BETTER
        ]  # fmt: skip
        columns = [
            each for each in open_pairs if each is not best
            and each.seen is best.seen and each.score > best.score - MARGIN and not _wanted_elsewhere(each, open_pairs)
            and each.readable > best.readable - READS_BETTER
        ]  # fmt: skip
        if others and not _is_clearly_fuller(best, others):
            draft.questions.append(_which_heading(draft.table, best, others))
            open_pairs = [each for each in open_pairs if each.column != best.column]
            continue
        if columns and not draft.table.columns[best.column].required and best.score < 1:
            names = (best.column, *(each.column for each in columns))
            draft.questions.append(
                Question(best.seen.heading, f'Which of these is "{best.seen.heading}"?', (*names, ""), "")
            )
            open_pairs = [each for each in open_pairs if each.seen is not best.seen]
            continue
        draft.taken[best.column] = Taken((best.seen,), round(best.score, 2), best.why, best.turned, best.readable)
        open_pairs = [each for each in open_pairs if each.column != best.column and each.seen is not best.seen]


def _better_read(best: _Pair, pairs: Sequence[_Pair]) -> _Pair:
    """The pair that the cells speak for, where headings alone hardly differ: a column "Injury" of yes and no is harm."""
    others = [
        each
        for each in pairs
        if each.seen is best.seen and each.score >= SURE and each.readable >= best.readable + 2 * READS_BETTER
    ]
    if others:
        return max(others, key=lambda each: each.score)
    rivals = [
        each
        for each in pairs
        if each.column == best.column
        and each.score > best.score - MARGIN
        and each.readable >= best.readable + READS_BETTER
        and not _has_better(each, pairs)
    ]
    return max(rivals, key=lambda each: each.readable, default=best)


def _has_better(one: _Pair, pairs: Sequence[_Pair]) -> bool:
    """Whether the heading is surer of another column than of this one."""
    return any(each.seen is one.seen and each.column != one.column and each.score > one.score + 1e-9 for each in pairs)


def _wanted_elsewhere(one: _Pair, pairs: Sequence[_Pair]) -> bool:
    """Whether the column has another heading at least as sure."""
    return any(
        each.column == one.column and each.seen is not one.seen and each.score >= one.score - 1e-9 for each in pairs
    )


def _is_clearly_fuller(best: _Pair, others: Sequence[_Pair]) -> bool:
    """Whether the others stand nearly empty beside it."""
    return all(each.seen.evidence.filled < 0.1 * best.seen.evidence.filled for each in others)


def _which_heading(table: Table, best: _Pair, others: Sequence[_Pair]) -> Question:
    headings = (best.seen.heading, *dict.fromkeys(each.seen.heading for each in others))
    named = " and ".join(f'"{heading}"' for heading in headings)
    needed = table.columns[best.column].required and is_needed(best.column, table)
    return Question(
        best.column, f"{named} could both be {best.column}. Which one is it?", (*headings, ""), None if needed else ""
    )


def _join_clocks(draft: Draft, sheet: Sheet) -> None:
    """A column of clock times beside a column of days is its other half."""
    clocks = [
        seen for seen in sheet.usable
        if seen.place not in draft.used and not seen.evidence.is_empty and seen.evidence.clocks >= 0.5
        and (seen.evidence.share(lambda text: ":" in text) >= 0.5 or "time" in seen.words)
    ]  # fmt: skip
    for clock in clocks:
        column = _half_of(draft, clock)
        if column is not None:
            taken = draft.taken[column]
            why = f"{taken.why}; day and time stand in two columns"
            draft.taken[column] = Taken((*taken.seen, clock), taken.confidence, why, taken.turned, taken.readable)


def _half_of(draft: Draft, clock: Seen) -> str | None:
    waiting = {
        name: taken
        for name, taken in draft.taken.items()
        if draft.table.columns[name].type == "time" and len(taken.seen) == 1 and taken.seen[0].evidence.timed < 0.5
    }
    apart = bag_of(clock.heading) - _DATE_WORDS
    for name, taken in waiting.items():
        if bag_of(taken.seen[0].heading) - _DATE_WORDS == apart:
            return name
    named = clock_of(draft.table.name, clock.heading)
    if named in waiting:
        return named
    dated_by = draft.table.dated_by
    return dated_by if dated_by in waiting and apart <= _EVENT_WORDS else None


def _person_by_nhs_number(draft: Draft, sheet: Sheet) -> None:
    """An NHS number stands for the person when the export has no other reference: it becomes a code and is not kept."""
    if "person_id" not in draft.table.columns or "person_id" in draft.taken:
        return
    if any(question.about == "person_id" for question in draft.questions):
        return
    numbers = [
        seen for seen in sheet.usable
        if seen.place not in draft.used and not seen.evidence.is_empty
        and (seen.evidence.personal == "NHS number" or (is_nhs_heading(seen.heading) and seen.evidence.yes_or_no < 0.5))
    ]  # fmt: skip
    if len(numbers) == 1:
        why = "there is no other reference of the person; it becomes a code before anything is stored"
        draft.taken["person_id"] = Taken((numbers[0],), 0.85, why)


_SPEAKS_OF: Mapping[str, frozenset[str]] = {
    "incidents": frozenset({"incident"}),
    "falls": frozenset({"fall", "unwitnessed", "witnessed", "slip", "trip"}),
    "stays": frozenset({"admission", "discharge", "leaving", "tenancy", "package"}),
    "feedback": frozenset({"respondent", "survey", "question", "rating", "feedback"}),
    "checks": frozenset({"audit", "task", "due", "compliant", "check"}),
    "decisions": frozenset({"decision", "capacity", "mca", "consent"}),
    "views": frozenset({"view", "voice", "stance"}),
    "interventions": frozenset({"intervention", "project", "tried"}),
    "declarations": frozenset({"declared", "target", "kpi", "aim"}),
    "totals": frozenset({"month", "period", "bed", "beds", "week", "quarter", "indicator"}),
    "services": frozenset({"beds", "setting", "capacity", "registered", "registration"}),
    "people": frozenset({"ethnicity", "ethnic", "gender", "sex", "birth", "dob", "mobility", "dementia", "language"}),
    "context": frozenset({"returned", "outbreak", "absence", "leave"}),
}
_SHARED = frozenset({"person_id", "service_id", "recorded_at", "recorded_by", "intervention_id", "element"})


def needed_columns(table: Table) -> tuple[str, ...]:
    """The columns without which a row says nothing, service and numbering left aside."""
    also = {"feedback": ("score",), "checks": ("done_at",), "totals": ()}.get(table.name, ())
    required = [name for name in table.required if is_needed(name, table) and name != "period_to"]
    return (*required, *also)


def _fit(draft: Draft, sheet: Sheet) -> float:
    """How well the table explains the sheet: needed columns first, then the share of headings it has a place for."""
    needed = needed_columns(draft.table)
    asked = {question.about for question in draft.questions}
    sure = [
        _counts_for(draft.taken[name]) if name in draft.taken else (0.5 if name in asked else 0.0) for name in needed
    ]
    if "due_on" in draft.taken and "done_at" not in draft.taken and draft.table.name == "checks":
        sure[-1] = 0.5
    headings = [seen for seen in sheet.usable if not seen.is_personal]
    explained = sum(taken.confidence for taken in draft.taken.values()) / max(1, len(headings))
    specific = sum(name not in _SHARED for name in draft.taken)
    speaks, named = speaks_of(sheet, draft.table), draft.table.name in sheet.file_says
    fit = 0.55 * sum(sure) / max(1, len(sure)) + 0.22 * min(1.0, explained) + 0.08 * min(1.0, specific / 4)
    fit += 0.06 * speaks + 0.12 * named
    if draft.table.name == "falls" and not speaks and not named:
        fit -= 0.3  # nothing says that these are falls: an incident book would be counted as falls
    if not draft.taken or specific == 0:
        fit *= 0.3
    return max(0.0, fit)


def speaks_of(sheet: Sheet, table: Table) -> bool:
    """Whether any heading holds a word that belongs to this table."""
    return any(not _SPEAKS_OF[table.name].isdisjoint(seen.words) for seen in sheet.usable)


def _counts_for(taken: Taken) -> float:
    """What a needed column adds: less when its cells are words we do not know."""
    return taken.confidence * (0.6 + 0.4 * taken.readable)


def tables_to_try(named: str | None) -> tuple[Table, ...]:
    """The one that was named, else all."""
    return (TABLES[named],) if named else tuple(TABLES.values())
