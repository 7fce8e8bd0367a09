"""Can I trust the data? What arrived, what was refused and why, what is kept but not counted, what is missing."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.safe import csv_text
from dashboard.views import say
from data.contract import TABLES
from data.facts import DataCheck, LoadedFile, RefusedFile, RefusedRow
from data.loading.remedies import REASONS
from data.model import Period, Service
from metrics.words import capital, short_day

SINCE = ("people", "stays")
"""Kinds of record that begin and then go on: the last one to move in is not the end of anything."""
AT_A_GLANCE = ("stays", "incidents", "falls", "feedback", "checks", "interventions")
"""The kinds of record by which services can be told apart on one screen."""


@dataclass(frozen=True)
class Kind:
    """One kind of record: whether it is here, for which days, and what is lost without it."""

    name: str
    here: bool
    days: str
    said: str
    share: tuple[float, float] | None = None


@dataclass(frozen=True)
class Group:
    """Refused rows of one file and one reason."""

    file: str
    reason: str
    column: str
    count: int
    remedy: str


@dataclass(frozen=True)
class TrustPage:
    """Everything the page says about the chosen service's data."""

    summary: str
    kinds: tuple[Kind, ...]
    missing: tuple[Kind, ...]
    left_out: tuple[str, ...]
    notes: tuple[str, ...]
    groups: tuple[Group, ...]


def trust_page(
    service: Service,
    present: Collection[str],
    spans: Mapping[str, Period],
    checks: Iterable[DataCheck],
    refused: Sequence[RefusedRow],
    record: Period | None,
) -> TrustPage:
    """``checks`` may be of all services; only the chosen one's and those of nobody in particular are told.

    ``record`` is the time that the dated kinds of record span together.
    """
    ours = [check for check in checks if check.service_id in (None, service.service_id)]
    missing = {check.table: check.text for check in ours if check.level == "missing"}
    kinds = tuple(_kind(name, present, spans, missing, record) for name in TABLES)
    left_out = [check for check in ours if check.level == "left_out"]
    return TrustPage(
        summary=_summary(service, kinds, record, left_out, refused),
        kinds=tuple(kind for kind in kinds if kind.here),
        missing=tuple(kind for kind in kinds if not kind.here and kind.said),
        left_out=tuple(_check(check) for check in left_out),
        notes=tuple(_check(check) for check in ours if check.level == "note"),
        groups=groups(refused),
    )


def _kind(
    name: str,
    present: Collection[str],
    spans: Mapping[str, Period],
    missing: Mapping[str, str],
    record: Period | None,
) -> Kind:
    if name not in present:
        return Kind(say.TABLES[name], False, "", missing.get(name, ""))
    span = spans.get(name)
    if span is None:
        return Kind(say.TABLES[name], True, "no dates of its own", "")
    days = f"since {short_day(span.first)}" if name in SINCE else say.short_days(span)
    return Kind(say.TABLES[name], True, days, "", _share(span, record))


def _share(span: Period, record: Period | None) -> tuple[float, float] | None:
    """Where the span begins and ends within the record, from 0 to 1."""
    inside = span.within(record)
    if record is None or inside is None:
        return None
    return (inside.first - record.first).days / record.days, ((inside.last - record.first).days + 1) / record.days


def reach(name: str, spans: Mapping[str, Period], present: Collection[str]) -> str:
    """How far one kind of record reaches, in two words."""
    if name not in present:
        return "none"
    return f"to {short_day(spans[name].last)}" if name in spans else "here"


def _summary(
    service: Service,
    kinds: Sequence[Kind],
    record: Period | None,
    left_out: Sequence[DataCheck],
    refused: Sequence[RefusedRow],
) -> str:
    here = sum(kind.here for kind in kinds)
    if not here:
        return f"Nothing has arrived for {service.label} yet."
    days = f", with events from {say.days(record)}" if record else ""
    told = [f"{here} of {len(kinds)} kinds of record have arrived for {service.label}{days}."]
    uncounted = sum(check.count for check in left_out)
    if uncounted:
        told.append(f"{say.plural(uncounted, 'record is', 'records are')} kept but left out of some figures.")
    if refused:
        rows = say.plural(say.rows_refused(refused), "row of any file was", "rows of all files were")
        told.append(f"{rows} refused, each with its reason below.")
    else:
        told.append("No row of any file was refused.")
    return " ".join(told)


def unusable_files(files: Iterable[RefusedFile]) -> tuple[str, ...]:
    """Each file that could not be used, with the reason, each said once."""
    return tuple(dict.fromkeys(f"{file.file}, {short_day(file.loaded_at.date())}: {file.why}" for file in files))


def _check(check: DataCheck) -> str:
    return f"{say.TABLES.get(check.table, capital(check.table))}: {check.text}"


def groups(refused: Sequence[RefusedRow]) -> tuple[Group, ...]:
    """Refused rows by file, reason and column, the most frequent first."""
    counts = Counter((row.file, row.problem.reason, row.problem.column or "") for row in refused)
    remedies: dict[tuple[str, str, str], set[str]] = {}
    for row in refused:
        key = (row.file, row.problem.reason, row.problem.column or "")
        remedies.setdefault(key, set()).add(row.problem.remedy)
    return tuple(
        Group(file, reason_words(reason), column, count, _one_remedy(remedies[file, reason, column]))
        for (file, reason, column), count in counts.most_common()
    )


def _one_remedy(remedies: set[str]) -> str:
    return next(iter(remedies)) if len(remedies) == 1 else "See each line below."


def reason_words(reason: str) -> str:
    """Why a cell was refused, in words."""
    return capital(REASONS.get(reason, reason.replace("_", " ")))


def refused_rows(refused: Iterable[RefusedRow]) -> list[dict[str, str | int]]:
    """Every refused cell, for the list: where, what was found, why, what to do."""
    return [
        {
            "File": row.file,
            "Line": row.problem.line,
            "Column": row.problem.column or "",
            "Found": row.problem.value if row.problem.value is not None else "not shown",
            "Why": reason_words(row.problem.reason),
            "What to do": row.problem.remedy,
        }
        for row in refused
    ]


def refused_csv(refused: Iterable[RefusedRow]) -> bytes:
    """The list as a file for a spreadsheet, for the person who made the export."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    write.writerow(["file", "kind_of_record", "line", "column", "found", "why", "what_to_do"])
    for row in refused:
        problem = row.problem
        texts = [
            row.file,
            row.table,
            problem.column or "",
            problem.value or "",
            reason_words(problem.reason),
            problem.remedy,
        ]
        file, table, column, found, why, remedy = (csv_text(text) for text in texts)
        write.writerow([file, table, problem.line, column, found, why, remedy])
    return out.getvalue().encode("utf-8-sig")


def file_rows(files: Iterable[LoadedFile]) -> list[tuple[str, ...]]:
    """One line for each file: when, which, what became of its rows, which days it covers."""
    rows: list[tuple[str, ...]] = []
    for file in files:
        days = "–"
        if file.first_day is not None and file.last_day is not None:
            days = say.short_days(Period(file.first_day, file.last_day))
        if file.undone_at is not None:
            days = f"taken back {short_day(file.undone_at.date())}"
        rows.append(
            (
                file.file,
                say.TABLES.get(file.table, file.table),
                short_day(file.loaded_at.date()),
                f"{file.rows_in:,}",
                f"{file.accepted:,}",
                f"{file.duplicates:,}",
                f"{file.rejected:,}",
                days,
            )
        )
    return rows
