"""From a table laid on a sheet to what is told about it: words, dates, what is left behind, what must be asked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pyarrow as pa

from data.contract import Column
from data.matching.codes import code_of, is_coded, match_words
from data.matching.dates import count_orders, decide
from data.matching.fitting import Draft, Taken, needed_columns
from data.matching.likert import friends_and_family, score_words
from data.matching.match import ColumnMatch, How, Likely, Match, Question, UnknownWord, Unused, WhyUnused
from data.matching.naming import named_exactly
from data.matching.own import warnings_of
from data.matching.profile import Profile
from data.matching.sheet import Seen, Sheet
from data.matching.totals import ask_outcome, outcome_of, own_code
from data.values import is_nothing, read_number, read_yes_no, word

SURE_ENOUGH = 0.7
"""A needed column less sure than this is not loaded without a person's word."""
UNKNOWN_AT_MOST = 0.5
"""When more than half the rows hold a word nobody knows in a needed column, a person should look first."""
MOST_OPTIONS = 12
WORDY = 60


@dataclass(frozen=True)
class Named:
    """What the profile is called and was made for."""

    name: str = ""
    about: str = ""
    headings: tuple[str, ...] = ()
    recognised_by: tuple[str, ...] = ()


def finish(
    sheet: Sheet,
    cells: Sequence[pa.Array],
    draft: Draft,
    how: How,
    *,
    named: Named | None = None,
    tables: tuple[Likely, ...] = (),
) -> Match:
    """The match of a draft. ``cells`` are the columns of the whole first chunk."""
    table = draft.table
    codes, unknown = _words(draft)
    order = decide(count_orders(_dated(sheet, draft, cells)), draft.declared)
    draft.questions.extend([order.question] if order.question else [])
    missing = _missing(draft)
    draft.questions.extend(_ask_for(name, draft, sheet) for name in missing if not _asked(draft, name))
    unused = _unused(sheet, draft)
    numbers_people = table.name == "stays" and "person_id" not in {*draft.taken, *draft.defaults}
    warnings = [*draft.warnings, *([order.warning] if order.warning else []), *_flagged(draft, codes)]
    if numbers_people:
        warnings.append("No column says whose stay it is, so each row is counted as a person of its own.")
    named = named or Named(headings=sheet.made_for)
    profile = Profile(
        named.name,
        table.name,
        {ours: taken.headings for ours, taken in draft.taken.items() if not table.columns[ours].free_text},
        order.order,
        codes,
        dict(draft.defaults),
        dict(draft.read_as),
        draft.wide,
        named.headings,
        named.recognised_by,
        named.about,
    )
    sure = [draft.taken[name].confidence for name in needed_columns(table) if name in draft.taken]
    confidence = min([*[each.confidence for each in tables[:1]], sum(sure) / len(sure) if sure else 1.0])
    return Match(
        profile,
        how,
        round(confidence, 2),
        _columns(draft),
        unused,
        tuple(unknown),
        missing,
        tuple(draft.questions),
        tables or (Likely(table.name, 1.0),),
        (*warnings, *warnings_of(unused)),
        ready=_is_ready(draft, missing, unknown, sheet),
        lacks_service="service_id" in table.columns
        and table.name != "services"
        and "service_id" not in {*draft.taken, *draft.defaults},
        numbered=table.own_key is not None
        and table.own_key not in ("service_id", "person_id")
        and table.own_key not in {*draft.taken, *draft.defaults},
        numbers_people=numbers_people,
    )


def _words(draft: Draft) -> tuple[dict[str, dict[str, str]], list[UnknownWord]]:
    """Codes for the words of every coded column. What the draft already says is kept as it is."""
    codes = {name: dict(words) for name, words in draft.codes.items()}
    unknown = list(draft.unknown)
    for name, taken in draft.taken.items():
        column = draft.table.columns[name]
        if column.free_text or len(taken.seen) != 1:
            continue
        if not is_coded(column) and not (name == "intensity" and taken.seen[0].evidence.numbers < 1):
            continue
        told = {word(text) for text in codes.get(name, {})}
        counted = {text: times for text, times in taken.seen[0].evidence.counted.items() if word(text) not in told}
        if name == "intensity":
            counted = {text: times for text, times in counted.items() if read_number(text) is None}
        found, strange = match_words(draft.table.name, name, counted, taken.turned, taken.seen[0].words)
        if found:
            codes[name] = {**codes.get(name, {}), **found}
        unknown.extend(strange)
    _score_words(draft, codes, unknown)
    _outcome_words(draft, codes)
    return codes, unknown


def _score_words(draft: Draft, codes: dict[str, dict[str, str]], unknown: list[UnknownWord]) -> None:
    """Worded scores of a file with a row an answer."""
    taken = draft.taken.get("score")
    if taken is None or draft.table.name != "feedback":
        return
    told = {word(text) for text in codes.get("score", {})}
    counted = {
        text: times
        for text, times in taken.seen[0].evidence.counted.items()
        if read_number(text) is None and word(text) not in told
    }
    if not counted:
        return
    instruments = set(draft.taken["instrument"].seen[0].evidence.values) if "instrument" in draft.taken else set()
    meant = {code_of("feedback", "instrument", text) for text in instruments} | {draft.defaults.get("instrument")} - {
        None
    }
    scored = friends_and_family(counted) if meant == {"fft"} else None if "fft" in meant else score_words(counted)
    if scored:
        codes["score"] = {**codes.get("score", {}), **scored}
    for text, times in counted.items():
        if text not in (scored or {}) and not is_nothing(text):
            unknown.append(UnknownWord("score", text, times))


def _outcome_words(draft: Draft, codes: dict[str, dict[str, str]]) -> None:
    """Labels of a long sheet of totals: the outcome they mean, a code as it stands, else asked."""
    taken = draft.taken.get("outcome")
    if draft.table.name != "totals" or taken is None or draft.wide is not None:
        return
    told = {word(text) for text in codes.get("outcome", {})}
    for text in taken.seen[0].evidence.counted:
        if word(text) in told or is_nothing(text):
            continue
        found = outcome_of(text)
        if found is None:
            draft.questions.append(ask_outcome(text))
            found = own_code(text)
        if found != text.strip().upper():
            codes.setdefault("outcome", {})[text] = found


def _dated(sheet: Sheet, draft: Draft, cells: Sequence[pa.Array]) -> list[pa.Array]:
    """Every column of dates in the file, stored or not: they were all written by the same system."""
    stored = {
        seen.place
        for name, taken in draft.taken.items()
        for seen in taken.seen[:1]
        if draft.table.columns[name].type in ("date", "time")
    }
    return [cells[seen.place] for seen in sheet.usable if seen.place in stored or seen.evidence.days > 0.5]


def _missing(draft: Draft) -> tuple[str, ...]:
    there = {*draft.taken, *draft.defaults}
    if draft.wide is not None:
        there |= {draft.wide.into, draft.wide.value}
    lacking = [name for name in needed_columns(draft.table) if name not in there]
    if draft.table.name == "checks" and "due_on" in there:
        lacking = [name for name in lacking if name != "done_at"]
    return tuple(name for name in lacking if not _has_default_answer(draft, name))


def _has_default_answer(draft: Draft, name: str) -> bool:
    return any(question.about == name and question.default for question in draft.questions)


def _asked(draft: Draft, name: str) -> bool:
    return any(question.about == name for question in draft.questions)


def _ask_for(name: str, draft: Draft, sheet: Sheet) -> Question:
    """A needed column nothing was found for: which heading is it, or which code holds for the whole file?"""
    column = draft.table.columns[name]
    if 0 < len(column.codes) <= MOST_OPTIONS:
        return Question(name, f"No column says {name}. Is it the same for every row?", column.codes)
    left = [seen.heading for seen in sheet.usable if seen.place not in draft.used and not seen.is_personal]
    return Question(name, f"Which heading holds {name}?", tuple(left[:MOST_OPTIONS]))


def _unused(sheet: Sheet, draft: Draft) -> tuple[Unused, ...]:
    asked = {option for question in draft.questions for option in question.options} | {q.about for q in draft.questions}
    spread = set(draft.wide.columns) if draft.wide else set()
    told = []
    for seen in sheet.usable:
        if seen.heading in spread:
            continue
        free = [
            name for name, taken in draft.taken.items() if seen in taken.seen and draft.table.columns[name].free_text
        ]
        if free:
            told.append(Unused(seen.heading, "free text"))
        elif seen.place not in draft.used:
            told.append(Unused(seen.heading, _why_unused(seen, draft, asked)))
    return tuple(told)


def _why_unused(seen: Seen, draft: Draft, asked: set[str]) -> WhyUnused:
    if seen.is_personal:
        return "personal"
    if seen.evidence.is_empty:
        return "empty"
    if seen.place in draft.unused:
        return draft.unused[seen.place]
    if seen.heading in asked:
        return "asked"
    if seen.evidence.length > WORDY:
        return "free text"
    if any(name in draft.taken for name in named_exactly(draft.table.name, seen.heading)):
        return "another column is used"
    return "no place"


def _columns(draft: Draft) -> tuple[ColumnMatch, ...]:
    told = [
        ColumnMatch(ours, taken.headings, taken.confidence, taken.why, _samples(draft.table.columns[ours], taken))
        for ours, taken in draft.taken.items()
        if not draft.table.columns[ours].free_text
    ]
    if draft.wide is not None:
        headings = tuple(draft.wide.columns)
        told.append(ColumnMatch(draft.wide.into, headings, 0.9, "each of these headings is a value of its own"))
        told.append(ColumnMatch(draft.wide.value, headings, 0.9, "the cells under these headings"))
    order = list(draft.table.columns)
    return tuple(sorted(told, key=lambda each: order.index(each.ours)))


def _samples(column: Column, taken: Taken) -> tuple[str, ...]:
    """A few real values, never of references, free text, births or anything that could say who somebody is."""
    if not column.shown or column.name == "birth_year" or any(seen.is_personal for seen in taken.seen):
        return ()
    return taken.seen[0].evidence.samples


def _flagged(draft: Draft, codes: dict[str, dict[str, str]]) -> list[str]:
    """Readings that are ours and not the export's own words."""
    told = []
    harm = codes.get("harm", {})
    if any(read_yes_no(theirs) == "yes" for theirs in harm) and harm:
        told.append('The export says only whether anyone was hurt: "yes" is read as low harm, "no" as none.')
    for name, taken in draft.taken.items():
        if taken.turned:
            told.append(f'"{taken.headings[0]}" asks the opposite of {name}, so yes and no are turned round.')
    kind = draft.read_as.get("birth_year")
    if kind == "age":
        told.append("Ages are turned into years of birth, which may be one year out.")
    return told


def _is_ready(draft: Draft, missing: tuple[str, ...], unknown: Sequence[UnknownWord], sheet: Sheet) -> bool:
    if missing or any(question.default is None for question in draft.questions):
        return False
    table = draft.table
    for name in needed_columns(table):
        taken = draft.taken.get(name)
        if taken is None:
            continue
        if taken.confidence < SURE_ENOUGH:
            return False
        if sum(each.times for each in unknown if each.column == name) > UNKNOWN_AT_MOST * max(1, sheet.rows):
            return False
    return True
