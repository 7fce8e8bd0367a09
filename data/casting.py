"""From text cells to typed values, on purpose: the SQL that casts a column and the SQL that says why it could not.

A cell is never guessed: ISO dates and day-first dates are read, month-first dates are not. Shapes are matched
before ``try_strptime`` because ``%Y`` alone reads "24" as the year 24.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from data.contract import Column, Table

EARLIEST_YEAR = 1901
"""Dates before this are a spreadsheet's day nought or a slip of the keyboard."""
FURTHEST_YEARS_AHEAD = 20
"""A planned date further ahead than this cannot be right."""

_DATE = r"(\d{4}-\d{1,2}-\d{1,2}|\d{1,2}[/.-]\d{1,2}[/.-]\d{2}(?:\d{2})?|\d{1,2}[ -][A-Za-z]{3,9}[ -]\d{2}(?:\d{2})?)"
_REST = r"(?:[T ,]+(.*))?"
_CLOCK = r"([01]?\d|2[0-3])[:.][0-5]\d([:.][0-5]\d(\.\d+)?)?"
_CLOCK_12 = r"(0?[1-9]|1[0-2])([:.][0-5]\d)?([:.][0-5]\d)? ?([AaPp])\.?[Mm]\.?"
_ZONED = r"[^+Z]*(Z|[+-]\d{2}:?\d{2})"

EMAIL = r"[^\s@]+@[^\s@]+\.[A-Za-z]{2,}"
POSTCODE = r"(?i)\b[A-Z]{1,2}\d[A-Z\d]? \d[A-Z]{2}\b"
PHONE = r"(?:\+44|\b0)[\d ]{9,13}\b"
TEN_DIGITS = r"\b\d{3} ?\d{3} ?\d{4}\b"


def quoted(name: str) -> str:
    """A column or table name for SQL. Names come from the contract only, never from a file."""
    return '"' + name.replace('"', '""') + '"'


def text_literal(text: str) -> str:
    """A word of the contract as an SQL string."""
    return "'" + text.replace("'", "''") + "'"


@dataclass(frozen=True)
class Check:
    """A condition under which a cell is refused: which column, for which reason, in SQL over the ``work`` table."""

    column: str
    reason: str
    condition: str


def typed_columns(column: Column) -> Iterator[tuple[str, str]]:
    """(SQL expression, name) pairs that turn ``raw_<name>`` into the typed column, helpers first."""
    raw = quoted(f"raw_{column.name}")
    name = column.name
    match column.type:
        case "date":
            yield f"CAST({_day(raw)} AS DATE)", name
        case "time":
            day, clock = quoted(f"day_{name}"), quoted(f"clock_{name}")
            yield f"CAST({_day(raw)} AS DATE)", f"day_{name}"
            yield f"nullif(trim(regexp_extract({raw}, '^{_DATE}{_REST}$', 2)), '')", f"clock_{name}"
            yield _timestamp(raw, day, clock), name
        case "int":
            number = f"try_cast({raw} AS DOUBLE)"
            yield (
                f"CASE WHEN isfinite({number}) AND {number} = round({number}) THEN try_cast({number} AS BIGINT) END",
                name,
            )
        case "num":
            number = f"try_cast({raw} AS DOUBLE)"
            yield f"CASE WHEN isfinite({number}) THEN {number} END", name
        case "code":
            yield _code(raw, column), name
        case "codes":
            yield _codes(raw, column), name
        case "yn":
            yield (
                (
                    f"CASE WHEN lower({raw}) IN ('y','yes','1','true') THEN 'yes' "
                    f"WHEN lower({raw}) IN ('n','no','0','false') THEN 'no' "
                    f"WHEN {raw} IS NULL OR lower({raw}) = 'not_recorded' THEN {text_literal(column.empty_means or '')} END"
                ),
                name,
            )
        case _:
            yield raw, name


def _day(raw: str) -> str:
    found = f"regexp_extract({raw}, '^{_DATE}{_REST}$', 1)"
    slashed = f"regexp_replace({found}, '[.-]', '/', 'g')"
    spaced = f"regexp_replace({found}, '[ -]', ' ', 'g')"
    return (
        f"CASE WHEN {found} = '' THEN NULL "
        f"WHEN regexp_full_match({found}, '\\d{{4}}-.*') THEN try_strptime({found}, '%Y-%m-%d') "
        f"WHEN regexp_full_match({found}, '.*[A-Za-z].* ?-?\\d{{4}}') THEN try_strptime({spaced}, ['%d %b %Y', '%d %B %Y']) "
        f"WHEN regexp_full_match({found}, '.*[A-Za-z].*') THEN try_strptime({spaced}, ['%d %b %y', '%d %B %y']) "
        f"WHEN regexp_full_match({found}, '.*[/.-]\\d{{4}}') THEN try_strptime({slashed}, '%d/%m/%Y') "
        f"ELSE try_strptime({slashed}, '%d/%m/%y') END"
    )


def _timestamp(raw: str, day: str, clock: str) -> str:
    hour = f"CAST(regexp_extract({clock}, '^(\\d{{1,2}})', 1) AS INTEGER)"
    minute = f"coalesce(try_cast(nullif(regexp_extract({clock}, '^\\d{{1,2}}[:.](\\d{{2}})', 1), '') AS INTEGER), 0)"
    afternoon = f"CASE WHEN regexp_matches({clock}, '[Pp]\\.?[Mm]') THEN 12 ELSE 0 END"
    return (
        f"CASE WHEN {day} IS NULL THEN NULL "
        f"WHEN {clock} IS NULL THEN CAST({day} AS TIMESTAMP) "
        f"WHEN regexp_full_match({clock}, '{_CLOCK}') THEN CAST({day} AS TIMESTAMP) + to_minutes({hour} * 60 + {minute}) "
        f"WHEN regexp_full_match({clock}, '{_CLOCK_12}') THEN CAST({day} AS TIMESTAMP) "
        f"+ to_minutes(({hour} % 12 + {afternoon}) * 60 + {minute}) "
        f"WHEN regexp_full_match({clock}, '{_ZONED}') THEN timezone('Europe/London', try_cast({raw} AS TIMESTAMPTZ)) "
        f"END"
    )


def _word(raw: str) -> str:
    return f"replace(replace(lower({raw}), ' ', '_'), '-', '_')"


def _code(raw: str, column: Column) -> str:
    words = ", ".join(text_literal(code.lower()) for code in column.codes)
    word = _word(raw)
    known = f"WHEN {word} IN ({words}) THEN {word} "
    if any(code != code.lower() for code in column.codes):
        known = "".join(
            f"WHEN {word} = {text_literal(code.lower())} THEN {text_literal(code)} " for code in column.codes
        )
    empty = "NULL" if column.empty_means is None else text_literal(column.empty_means)
    unset = f"WHEN {raw} IS NULL THEN {empty} "
    if not column.required:
        unset += f"WHEN {word} = 'not_recorded' THEN 'not_recorded' "
    return f"CASE {unset}{known}END"


def _codes(raw: str, column: Column) -> str:
    words = ", ".join(text_literal(code) for code in column.codes)
    parts = f"list_filter(list_transform(string_split({_word(raw)}, ';'), lambda w: trim(w, ' _')), lambda w: w <> '')"
    return (
        f"CASE WHEN {raw} IS NULL THEN '' "
        f"WHEN len(list_filter({parts}, lambda w: NOT list_contains([{words}], w))) = 0 "
        f"THEN array_to_string({parts}, ';') END"
    )


def cell_checks(column: Column) -> Iterator[Check]:
    """Why a single cell is refused."""
    raw, value = quoted(f"raw_{column.name}"), quoted(column.name)
    if column.required:
        yield Check(column.name, "required_missing", f"{raw} IS NULL")
    match column.type:
        case "date":
            yield Check(column.name, "date_unreadable", f"{raw} IS NOT NULL AND {value} IS NULL")
            yield from _date_checks(column, value)
        case "time":
            day = quoted(f"day_{column.name}")
            yield Check(column.name, "date_unreadable", f"{raw} IS NOT NULL AND {day} IS NULL")
            yield Check(column.name, "time_unreadable", f"{day} IS NOT NULL AND {value} IS NULL")
            yield from _date_checks(column, day)
        case "int" | "num":
            yield Check(column.name, "number_unreadable", f"{raw} IS NOT NULL AND {value} IS NULL")
            if column.low is not None and column.high is not None:
                yield Check(
                    column.name, "number_out_of_range", f"{value} NOT BETWEEN {column.low:.10g} AND {column.high:.10g}"
                )
        case "code" | "codes" | "yn":
            yield Check(column.name, "code_unknown", f"{raw} IS NOT NULL AND {value} IS NULL")
        case "text":
            yield Check(column.name, "personal_data", _personal(value))
        case "id" if column.pseudonym is None:
            yield Check(column.name, "personal_data", f"regexp_matches({value}, '{EMAIL}')")
        case _:
            pass


def _date_checks(column: Column, day: str) -> Iterator[Check]:
    yield Check(
        column.name, "date_implausible",
        f"(year({day}) < {EARLIEST_YEAR} OR {day} > $as_of::DATE + INTERVAL {FURTHEST_YEARS_AHEAD} YEAR)",
    )  # fmt: skip
    if not column.may_be_future:
        yield Check(
            column.name, "date_future",
            f"{day} > $as_of::DATE AND {day} <= $as_of::DATE + INTERVAL {FURTHEST_YEARS_AHEAD} YEAR",
        )  # fmt: skip


def _personal(value: str) -> str:
    patterns = " OR ".join(f"regexp_matches({value}, '{pattern}')" for pattern in (EMAIL, POSTCODE, PHONE, TEN_DIGITS))
    return f"{value} IS NOT NULL AND ({patterns})"


def row_checks(table: Table, present: frozenset[str], instruments: str) -> Iterator[Check]:
    """Why two cells of one row cannot both be right. Only columns the file has are asked."""
    for column, reason, condition, needs in _ROW_CHECKS.get(table.name, ()):
        if set(needs) <= present:
            yield Check(column, reason, condition)
    if table.name == "feedback":
        yield Check("score", "number_out_of_range", instruments)


_RECORDED = (
    "recorded_at",
    "recorded_before_event",
    "recorded_at < occurred_at AND NOT ((clock_recorded_at IS NULL OR clock_occurred_at IS NULL"
    " OR time_precision IN ('shift', 'day', 'hour')) AND day_recorded_at = day_occurred_at)",
    ("recorded_at", "occurred_at"),
)

_ROW_CHECKS: dict[str, tuple[tuple[str, str, str, tuple[str, ...]], ...]] = {
    "stays": (("end_on", "end_before_start", "end_on < start_on", ("end_on",)),),
    "services": (
        ("closed_on", "end_before_start", "closed_on < opened_on", ("opened_on", "closed_on")),
    ),
    "incidents": (
        _RECORDED,
        (
            "person_id", "required_missing",
            "raw_person_id IS NULL AND kind IN ('distress', 'fall', 'injury', 'calming_medicine', 'skin')",
            ("person_id",),
        ),
    ),
    "falls": (_RECORDED,),
    "interventions": (("end_on", "end_before_start", "end_on < start_on", ("end_on",)),),
    "declarations": (
        ("baseline_to", "end_before_start", "baseline_to < baseline_from", ("baseline_from", "baseline_to")),
        ("follow_to", "end_before_start", "follow_to < follow_from", ("follow_from", "follow_to")),
    ),
    "feedback": (
        ("score", "required_missing", "raw_score IS NULL AND answer = 'score'", ()),
        ("score", "number_out_of_range", "score IS NOT NULL AND answer <> 'score'", ()),
    ),
    "views": (
        ("element", "required_missing", "raw_element IS NULL AND raw_decision_id IS NULL", ()),
    ),
    "checks": (
        ("done_at", "required_missing", "raw_done_at IS NULL AND raw_due_on IS NULL", ()),
    ),
    "context": (("until_on", "end_before_start", "until_on < from_on", ("until_on",)),),
    "totals": (("period_to", "end_before_start", "period_to < period_from", ()),),
}  # fmt: skip
