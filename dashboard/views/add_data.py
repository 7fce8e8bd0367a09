"""Add data, in words: what arrived, how sure we are of each column, whether everything adds up, what is new."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from dashboard.views import say
from data.contract import TABLES, Column
from data.loading.remedies import REASONS
from data.matching.match import PROBABLE, SURE, Match, Question
from data.matching.profile import Profile
from data.model import Period, Problem, Service
from data.reports import FileReport, IngestReport
from data.undoing import Undone
from metrics.words import and_list, capital, day, short_day

STEPS = ("Choose files", "Match columns", "Check and save")
MOST_SHOWN = 20
"""Refused cells that are listed one by one on the page; all of them are in the file to correct."""

COLUMNS = {
    "service_id": "Which home or service",
    "person_id": "Which person (kept as a code)",
    "recorded_at": "When it was written down",
    "recorded_by": "Who wrote it down (kept as a code)",
    "occurred_at": "When it happened",
    "time_precision": "How exact the time is",
    "incident_id": "Reference of the incident",
    "fall_id": "Reference of the fall",
    "feedback_id": "Reference of the answer",
    "kind": "What kind",
    "subkind": "What kind, in more detail",
    "harm": "How much harm",
    "harm_psychological": "How much harm to feelings",
    "explained": "Was the cause known",
    "intensity": "How strong, 1 to 3",
    "minutes": "How many minutes it lasted",
    "location": "Where",
    "likely_reason": "What may have led to it",
    "injury": "Injury",
    "doing": "What the person was doing",
    "seen": "Did somebody see it",
    "hospital": "Hospital or ambulance",
    "start_on": "First day",
    "end_on": "Last day",
    "end_reason": "Why it ended",
    "setting": "Kind of service",
    "nation": "Nation",
    "beds": "Beds or places",
    "label": "Name shown on the pages",
    "birth_year": "Year of birth",
    "ethnicity_group": "Ethnicity",
    "stage": "Stage of dementia",
    "mobility": "How the person moves about",
    "rater": "Who answered",
    "rater_key": "The same answerer over time (kept as a code)",
    "instrument": "Which questionnaire",
    "domain": "Which question",
    "score": "Score or answer",
    "answer": "Answered, or why not",
    "given_on": "Day of the answer",
    "title": "What was tried",
    "settling_days": "Days of settling in",
    "ladder_level": "How far up the ladder",
    "designed_with": "Designed with",
    "intervention_id": "Which change",
    "outcome": "Which outcome",
    "question": "Better, or steady",
    "size": "How much",
    "declared_on": "Agreed on",
    "declared_with": "Agreed with",
    "measure": "What was looked at",
    "element": "Which part of it",
    "due_on": "When it was due",
    "done_at": "When it was done",
    "result": "Result",
    "from_on": "From",
    "until_on": "Until",
    "period_from": "Month, or first day",
    "period_to": "Last day",
    "numerator": "How many",
    "denominator": "Out of how many (bed days, people)",
}
"""Our columns as the page calls them; the others by their own name."""

ORDERS = {"dmy": "Day first: 3 April 2025 is 03/04/2025", "mdy": "Month first: 3 April 2025 is 04/03/2025"}
"""The two orders that look alike."""
NOT_PLACED = "None of our kinds of record fits its headings. Say what it holds, or go back and leave it out."
_HOW = {
    "own": "It has our own headings, so there is nothing to match.",
    "given": "It is read the way you said.",
    "shipped": "It has the headings of a known kind of export. Please look over what we made of it.",
    "suggested": "We have not seen this kind of export before. Please look over what we made of it.",
}


def column_name(name: str) -> str:
    """A column of ours in words."""
    return COLUMNS.get(name, capital(name.removesuffix("_id").removesuffix("_on").replace("_", " ")))


def code_name(code: str) -> str:
    """A code of ours in words."""
    return capital(code.replace("_", " "))


def sure(confidence: float) -> str:
    """How sure we are, in a word or two."""
    return "sure" if confidence >= SURE else "probably" if confidence >= PROBABLE else "please check"


# Step 1: what arrived --------------------------------------------------------------------------------


@dataclass(frozen=True)
class Counted:
    """A file at first sight: rows, lines that hold none, and the days it covers."""

    rows: int
    ignored: int
    days: Period | None


def file_line(match: Match, counted: Counted) -> str:
    """What a file looks like: "Falls, 214 rows, 3 Jan 2024 to 30 Sep 2025"."""
    parts = [say.TABLES[match.profile.table], say.plural(counted.rows, "row", "rows")]
    if counted.days is not None:
        parts.append(say.short_days(counted.days))
    return ", ".join(parts)


def readiness(match: Match, services: int) -> str:
    """Whether a person is needed, in a few words."""
    if not needs_a_person(match, services):
        return "We know how to read it."
    which = match.lacks_service and services != 1 and "service_id" not in match.profile.defaults
    asked = len(match.questions) + len(match.missing) + len(match.unknown_words) + which
    return f"We need you for {say.plural(asked, 'thing', 'things')}." if asked else "Please look over the columns."


def needs_a_person(match: Match, services: int) -> bool:
    """Whether step 2 has anything to ask; with one service there is no question which."""
    which = match.lacks_service and services != 1 and "service_id" not in match.profile.defaults
    shaky = match.how in ("suggested", "shipped")
    return not match.ready or bool(match.questions or match.unknown_words) or which or shaky


def how_line(match: Match, last_used: date | None) -> str:
    """How we came to read it that way."""
    if match.how != "saved":
        return _HOW[match.how]
    when = f"; last used on {day(last_used)}" if last_used else ""
    return f"We remember how this export is read, as “{match.profile.name}”{when}."


# Step 2: columns and words ---------------------------------------------------------------------------


@dataclass(frozen=True)
class ColumnLine:
    """One of our columns: what we call it, the heading it is read from, how sure, why, what stands in it."""

    ours: str
    name: str
    headings: tuple[str, ...]
    needed: bool
    sure: str
    why: str


def column_lines(match: Match) -> tuple[ColumnLine, ...]:
    """Needed columns first, then what was found; the rest of the table's columns are in ``other_columns``."""
    found = {each.ours: each for each in match.columns}
    wide = () if match.profile.wide is None else (match.profile.wide.into, match.profile.wide.value)
    names = [*match.table.required, *(name for name in match.table.columns if name in found)]
    lines = []
    for name in dict.fromkeys(names):
        column = match.table.columns[name]
        if column.free_text or name in wide or _is_made(name, match):
            continue
        each = found.get(name)
        lines.append(
            ColumnLine(
                name, column_name(name), each.headings if each else (), name in match.missing or column.required,
                sure(each.confidence) if each else "not found", each.why if each else "",
            )
        )  # fmt: skip
    return tuple(lines)


def _is_made(name: str, match: Match) -> bool:
    """Columns that are filled in on import: numbers of rows, the service that was said."""
    found = {each.ours for each in match.columns}
    numbered = match.numbered and name == match.table.own_key
    return name not in found and (
        numbered or name in match.profile.defaults or (name == "service_id" and match.lacks_service)
        or (name == "period_to" and name not in match.missing) or (name == "person_id" and match.numbers_people)
    )  # fmt: skip


def other_columns(match: Match) -> tuple[str, ...]:
    """Columns of ours that nothing was found for and that could still be read from the file."""
    shown = {line.ours for line in column_lines(match)}
    wide = () if match.profile.wide is None else (match.profile.wide.into, match.profile.wide.value)
    return tuple(
        name
        for name, column in match.table.columns.items()
        if name not in shown and name not in wide and not column.free_text and not _is_made(name, match)
    )


def code_choices(match: Match, column: str, outcomes: Mapping[str, str]) -> dict[str, str]:
    """What a word of theirs under a column can mean: our codes in words, the points of a score, an outcome by name."""
    if column == "score":
        answers = match.table.columns["answer"].codes[1:]
        return {str(point): str(point) for point in range(1, 6)} | {code: code_name(code) for code in answers}
    if column == "outcome":
        return dict(outcomes)
    codes = match.table.columns[column].codes if column in match.table.columns else ()
    return {code: code_name(code) for code in codes}


def may_be_shown(column: Column) -> bool:
    """Whether cells read as this column may be shown: never references, names or free text."""
    return column.type in ("date", "time", "int", "num", "code", "codes", "yn") and column.pseudonym is None


@dataclass(frozen=True)
class Answers:
    """What a person said about one file. ``columns``: ours to their headings, ``()`` for "not in this file".

    ``codes``: a column to their words and what each means, ``""`` to set its rows aside. ``said``: answers to
    questions; ``headings`` are those of the file.
    """

    columns: Mapping[str, tuple[str, ...]]
    codes: Mapping[str, Mapping[str, str]]
    date_order: str | None = None
    service_id: str | None = None
    said: tuple[tuple[Question, str], ...] = ()
    headings: tuple[str, ...] = ()


def answered(profile: Profile, answers: Answers) -> Profile:
    """The profile with what the person said: it wins over everything."""
    for question, chosen in answers.said:
        profile = with_answer(profile, question, chosen, answers.headings)
    columns = {**profile.columns, **answers.columns}
    codes = {
        name: {**profile.codes.get(name, {}), **answers.codes.get(name, {})}
        for name in dict.fromkeys((*profile.codes, *answers.codes))
    }
    order = answers.date_order if answers.date_order in ("dmy", "mdy", "ymd") else profile.date_order
    defaults = dict(profile.defaults)
    if answers.service_id:
        defaults["service_id"] = answers.service_id
    return replace(
        profile,
        columns={name: theirs for name, theirs in columns.items() if theirs},
        codes={
            name: kept
            for name, words in codes.items()
            if (kept := {word: code for word, code in words.items() if code})
        },
        date_order=order,  # type: ignore[arg-type]
        defaults=defaults,
    )


def with_answer(profile: Profile, question: Question, chosen: str, headings: Collection[str]) -> Profile:
    """The profile with the answer to one question written where it belongs.

    A heading for a column of ours; else what a column of ours is for the whole file; a column of ours for a heading;
    what a measure of a sheet of totals counts; the year of months that have none.
    """
    about, wide = question.about, profile.wide
    ours = TABLES[profile.table].columns
    if wide is not None and about == wide.into == "period_from":
        return replace(profile, wide=replace(wide, columns={each: f"{each.strip()} {chosen}" for each in wide.columns}))
    if about in ours:
        others = {name: theirs for name, theirs in profile.columns.items() if name != about}
        constants = {name: value for name, value in profile.defaults.items() if name != about}
        if chosen in headings:
            return replace(profile, columns={**others, about: (chosen,)}, defaults=constants)
        if chosen:
            return replace(profile, columns=others, defaults={**constants, about: chosen})
        return replace(profile, columns=others, defaults=constants)
    if wide is not None and about in wide.columns:
        kept = {heading: chosen if heading == about else means for heading, means in wide.columns.items()}
        return replace(profile, wide=replace(wide, columns={each: means for each, means in kept.items() if means}))
    if chosen in ours:
        return replace(profile, columns={**profile.columns, chosen: (about,)})
    if profile.table == "totals" and about not in headings:
        words = {**profile.codes.get("outcome", {}), about: chosen}
        return replace(profile, codes={**profile.codes, "outcome": words})
    return profile


def asked_words(question: Question, match: Match) -> str:
    """The question with our columns under the names the page has for them."""
    about = question.about
    if about in match.table.columns and question.asked.startswith("No column says"):
        return f"{column_name(about)}: nothing in the file says so. What holds for every row?"
    asked = question.asked
    for name in sorted(match.table.columns, key=len, reverse=True):
        asked = re.sub(rf"\b{name}\b(?!\")", f"“{column_name(name)}”", asked) if "_" in name else asked
    return asked


def option_words(option: str, question: Question, match: Match, outcomes: Mapping[str, str]) -> str:
    """An answer that can be chosen: a heading as it stands, a code or an outcome in words."""
    if not option:
        return "Leave it out"
    columns = match.table.columns
    if question.about in columns and option in columns[question.about].codes:
        return code_name(option)
    if option in outcomes:
        return f"{outcomes[option]} ({option})"
    return column_name(option) if option in columns and question.about not in columns else option


def asks_year(question: Question, match: Match) -> bool:
    """Whether the question is which year the months of a sheet belong to."""
    wide = match.profile.wide
    return wide is not None and question.about == wide.into == "period_from"


def still_needed(match: Match, profile: Profile) -> tuple[str, ...]:
    """What must be said before the file can be loaded, in words."""
    table = TABLES[profile.table]
    wide = () if profile.wide is None else (profile.wide.into, profile.wide.value)
    told = []
    asked = {question.about for question in match.questions}
    for name in table.required:
        has = name in profile.columns or name in profile.defaults or name in wide
        if has or name in asked or _is_made(name, match) or (name == table.own_key and name not in match.missing):
            continue
        told.append(f"{column_name(name)}: choose the heading it stands under.")
    told += [
        f"“{heading}” is chosen for {and_list(names)}. Choose it once." for heading, names in _headings_twice(profile)
    ]
    return tuple(told)


def _headings_twice(profile: Profile) -> Iterable[tuple[str, list[str]]]:
    uses: dict[str, list[str]] = {}
    for ours, theirs in profile.columns.items():
        for heading in theirs:
            uses.setdefault(heading, []).append(column_name(ours))
    return [(heading, names) for heading, names in uses.items() if len(names) > 1]


def left_out_lines(match: Match) -> tuple[str, ...]:
    """Which headings are not stored, personal ones first."""
    personal = [each.heading for each in match.unused if each.why == "personal"]
    others = [each for each in match.unused if each.why != "personal"]
    told = []
    if personal:
        told.append(f"Seen and never stored, because they could say who somebody is: {and_list(personal)}.")
    for why in dict.fromkeys(each.why for each in others):
        headings = and_list([each.heading for each in others if each.why == why])
        told.append(f"{_WHY[why]}: {headings}.")
    return tuple(told)


_WHY = {
    "free text": "Free text, not stored",
    "no place": "Not needed, not stored",
    "empty": "Empty",
    "multi-select": "Several answers in one, not a rating; left out",
    "yes or no": "A yes or no, not a rating; left out",
    "about the answerer": "About the person answering; left out",
    "not a rating": "Not a rating; left out",
    "another column is used": "Another column says the same; left out",
    "asked": "Waiting for your answer",
}


def new_service_id(name: str, known: Collection[str]) -> str:
    """A short code for a service from its name, not one that is taken: Elm House becomes elm-house."""
    letters = "".join(letter if letter.isascii() and letter.isalnum() else "-" for letter in name.casefold())
    slug = "-".join(part for part in letters.split("-") if part) or "service"
    code, number = slug, 1
    while code in known:
        number += 1
        code = f"{slug}-{number}"
    return code


# Step 3: check and save ------------------------------------------------------------------------------


def balance_line(file: FileReport, *, done: bool = False) -> str:
    """Every row accounted for in one line that adds up."""
    if file.already_loaded:
        return f"This very file was loaded before: {say.plural(file.rows_in, 'row', 'rows')}, nothing new."
    added = "added" if done else "will be added"
    line = (
        f"{say.plural(file.rows_in, 'row', 'rows')} read = {file.accepted:,} {added} + {file.duplicates:,} already there "
        f"+ {file.rejected:,} refused."
    )
    if file.superseded:
        line += f" {file.superseded:,} of those added replace an earlier version."
    if file.retired:
        line += f" {file.retired:,} earlier rows are no longer in the export and are closed."
    if file.ignored:
        line += f" {say.plural(file.ignored, 'further line holds', 'further lines hold')} no row: titles, totals, blank lines."
    if file.not_answered:
        line += f" {say.plural(file.not_answered, 'cell was', 'cells were')} empty."
    return line


def summary(report: IngestReport) -> str:
    """The large sentence over the check."""
    refused = [file for file in report.files if file.refused]
    added, rejected = report.total("accepted"), report.total("rejected")
    if refused and len(refused) == len(report.files):
        return "None of these files can be used as it is. Each says why below."
    if not added and not rejected:
        return "Nothing new: everything in these files is here already."
    told = f"{say.plural(added, 'row is', 'rows are')} ready to be saved."
    if rejected:
        told += f" {say.plural(rejected, 'row cannot', 'rows cannot')} be used; each is named below with what to do."
    else:
        told += " No row was refused."
    if refused:
        told += f" {say.plural(len(refused), 'file', 'files')} cannot be used at all."
    return told


def refused_rows(file: FileReport, profile: Profile | None) -> list[tuple[str, ...]]:
    """The refused cells of one file: line, their heading, what was found, why, what to do."""
    return [
        (
            f"Line {problem.line:,}",
            their_heading(problem, profile),
            problem.value if problem.value is not None else "not shown",
            capital(REASONS.get(problem.reason, problem.reason)),
            problem.remedy,
        )
        for problem in file.problems
    ]


def their_heading(problem: Problem, profile: Profile | None) -> str:
    """The heading in the export that a fault stands under."""
    if problem.column is None:
        return "the whole row"
    theirs = profile.columns.get(problem.column, ()) if profile else ()
    return " and ".join(theirs) or column_name(problem.column)


def missing_tables(present: Collection[str], arriving: Collection[str]) -> tuple[tuple[str, str], ...]:
    """Kinds of record that are not here yet, and what cannot be seen without each."""
    there = {*present, *arriving}
    return tuple(
        (say.TABLES[name], table.without_it) for name, table in TABLES.items() if name not in there and table.without_it
    )


# After saving ----------------------------------------------------------------------------------------

Spans = Mapping[str, Mapping[str, Period]]
"""Service to table to the days it covers."""


@dataclass(frozen=True)
class News:
    """What a load brought for one service."""

    service_id: str
    text: str


def news(before: Spans, after: Spans, services: Iterable[Service], tables: Sequence[str]) -> tuple[News, ...]:
    """New months, service by service: "12 new months of falls on Elm House, to September 2025"."""
    told = []
    for service in services:
        parts = []
        for name in tables:
            new = _months(after, service.service_id, name) - _months(before, service.service_id, name)
            if new:
                word = "new " if _months(before, service.service_id, name) else ""
                parts.append(f"{say.plural(len(new), f'{word}month', f'{word}months')} of {say.TABLES[name].lower()}")
        if parts:
            told.append(News(service.service_id, f"{capital(and_list(parts))} on {service.label}."))
    return tuple(told)


def _months(spans: Spans, service_id: str, table: str) -> set[tuple[int, int]]:
    span = spans.get(service_id, {}).get(table)
    return set() if span is None else {(month.first.year, month.first.month) for month in span.months()}


def saved_summary(report: IngestReport) -> str:
    """What was saved."""
    added, rejected = report.total("accepted"), report.total("rejected")
    told = f"{say.plural(added, 'row is', 'rows are')} saved"
    return (
        f"{told}; {say.plural(rejected, 'row was', 'rows were')} refused." if rejected else f"{told}; none was refused."
    )


def sample_words(text: str, read: str | None) -> str:
    """A cell as it stands and as it is read: “03/01/2025 21:40” is 3 January 2025, 21:40."""
    return f"“{text}”" if not read or read == text else f"“{text}” is {read}"


def moment_words(when: date, minutes: int | None) -> str:
    """A day, with its time where it has one."""
    return short_day(when) if minutes is None else f"{short_day(when)}, {minutes // 60:02d}:{minutes % 60:02d}"


def remembered_name(table: str) -> str:
    """What a way of reading is called that was worked out here."""
    return f"{say.TABLES[table]} export"


def undone_line(undone: Undone) -> str:
    """What taking a load back did."""
    told = f"{say.plural(undone.removed, 'row is', 'rows are')} gone again"
    if undone.restored:
        told += f", and {say.plural(undone.restored, 'earlier row counts', 'earlier rows count')} as before"
    if undone.shared:
        told += ". Files that were loaded later shared some of these rows: add those files once more"
    return f"{told}."
