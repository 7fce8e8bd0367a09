"""The quarter's table as a file: every released cell as the pages say it, with what it counts, its rules and its version."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.views.left_out.page import MEASURED_AS
from dashboard.views.pictured import Cell as FileCell
from dashboard.views.pictured import csv_file
from dashboard.views.released.changes import agreed, is_hidden, joint_of, kind_name, ladder_name, reason_words
from dashboard.views.released.left_out import known_line
from dashboard.views.released.words import (
    STATUS,
    TOO_FEW,
    decimals_of,
    group_words,
    is_shown,
    named,
    short,
    status_of,
    unit_named,
    unit_words,
)
from data.model import Period
from data.releases.model import Cell, quarter_name
from metrics.across.released import Book
from metrics.words import and_list

ALL = "all"
HEADINGS = (
    "period", "first_day", "last_day", "service", "service_code", "level", "kind_of_service", "nation", "services_in_it",
    "group_of_people", "outcome", "outcome_name", "status", "figure", "unit", "numerator", "denominator", "value", "low_95",
    "high_95", "counts", "over", "rounding", "release", "made_on", "version",
)  # fmt: skip


def quarters_offered(book: Book) -> dict[str, str]:
    """The quarters that can be downloaded, the latest first, and all of them."""
    return {**{quarter_name(each): quarter_name(each) for each in reversed(book.quarters)}, ALL: "All quarters"}


def cells_of(book: Book, quarter: str) -> tuple[Cell, ...]:
    """The cells of a quarter, with the four quarters that end in it; all cells for all quarters. By name and code alone."""
    last = {quarter_name(each): each.last for each in book.quarters}.get(quarter)
    held = [each for each in book.release.cells if quarter == ALL or each.period.last == last]
    return tuple(sorted(held, key=lambda each: _order(each, book)))


def _order(cell: Cell, book: Book) -> tuple[str, str, str, str, str, str, Period]:
    return (
        unit_named(cell.unit, book).casefold(), cell.unit, cell.outcome, cell.column, cell.word, cell.length, cell.period,
    )  # fmt: skip


def table_csv(book: Book, quarter: str) -> bytes:
    """The file: a line a cell. Hidden figures have no number anywhere in their line."""
    return csv_file(HEADINGS, [_line(each, book) for each in cells_of(book, quarter)])


def _line(cell: Cell, book: Book) -> tuple[FileCell, ...]:
    report, unit = book.release.report, book.unit.get(cell.unit)
    held = book.definitions.get(cell.outcome)
    places = decimals_of(cell, book)
    shown = is_shown(cell)
    figures: tuple[FileCell, ...] = (None,) * 5
    if shown and cell.value is not None:
        figures = (
            cell.numerator,
            cell.denominator,
            _to(cell.value, places),
            _to(cell.low, places),
            _to(cell.high, places),
        )
    return (
        cell.name, cell.period.first.isoformat(), cell.period.last.isoformat(), unit_named(cell.unit, book), cell.unit,
        unit.level if unit else "", unit.setting if unit else "", unit.nation if unit else "", cell.services,
        group_words(cell.column, cell.word) if cell.column else "everybody", cell.outcome, named(cell.outcome, book),
        STATUS[status_of(cell)], short(cell, places),
        unit_words(cell.outcome, cell.unit, book) if held and unit else "", *figures,
        held.counts if held else "", held.over if held else "", rounding_words(book), report.release_id,
        report.made_on.isoformat(), report.version,
    )  # fmt: skip


def _to(figure: float | None, places: int) -> float | None:
    return None if figure is None else round(figure, places)


def rounding_words(book: Book) -> str:
    """What was done to every count, in every line of the file."""
    to = book.release.report.rules.get("rounding", 5)
    return f"counts rounded to the nearest {to}; figures worked out from rounded counts; hidden: {TOO_FEW}"


def definitions_csv(book: Book) -> bytes:
    """What each outcome counts, over what, which way is good, why it matters and what it is read beside."""
    report = book.release.report
    headings = (
        "outcome", "name", "kind", "counts", "over", "unit", "per", "good", "why", "read_beside", "decimals", "release", "version",
    )  # fmt: skip
    rows: Sequence[tuple[FileCell, ...]] = [
        (
            each.outcome, each.name, each.kind, each.counts, each.over, each.unit, each.per, each.good, each.why,
            " ".join(each.beside), each.decimals, report.release_id, report.version,
        )
        for each in sorted(book.definitions.values(), key=lambda each: each.outcome)
    ]  # fmt: skip
    return csv_file(headings, rows)


def gaps_csv(book: Book) -> bytes:
    """Every gap, with how far ethnicity is written down in the same line; none where that cannot be shown."""
    report = book.release.report
    headings = (
        "service", "first_day", "last_day", "outcome", "outcome_name", "group_of_people", "status", "gap", "from", "to",
        "measured_as", "ethnicity_written_down", "release", "version",
    )  # fmt: skip
    rows: list[tuple[FileCell, ...]] = []
    for each in sorted(
        book.release.gaps,
        key=lambda gap: (unit_named(gap.unit, book).casefold(), gap.unit, gap.outcome, gap.column, gap.word),
    ):
        setting = book.unit[each.unit].setting if each.unit in book.unit else ""
        known, can_show = known_line(book, setting)
        shown = can_show and each.reason is None and each.scale is not None and each.estimate is not None
        figures = (each.estimate, each.low, each.high, MEASURED_AS.get(each.scale or "", "")) if shown else (None,) * 4
        rows.append(
            (
                unit_named(each.unit, book), each.period.first.isoformat(), each.period.last.isoformat(), each.outcome,
                named(each.outcome, book), group_words(each.column, each.word), "shown" if shown else TOO_FEW, *figures,
                known, report.release_id, report.version,
            )
        )  # fmt: skip
    return csv_file(headings, rows)


def changes_csv(book: Book) -> bytes:
    """Every change of a whole service: its answer, its range, when it was agreed, the parts with their days."""
    report = book.release.report
    headings = (
        "service", "change", "kind", "began", "shaped_by", "outcome", "answer", "reason", "low_95", "high_95", "measured_as", "agreed",
        "better_and_still_safe", "parts", "release", "version",
    )  # fmt: skip
    rows: list[tuple[FileCell, ...]] = []
    for each in sorted(
        book.release.changes, key=lambda change: (unit_named(change.unit, book).casefold(), change.unit, change.code)
    ):
        joint = joint_of(each, book)
        figures = (None, None, "") if is_hidden(each) else (each.low, each.high, MEASURED_AS.get(each.scale or "", ""))
        parts = [
            f"{part.outcome} {'open' if part.met is None else 'met' if part.met else 'not met'}"
            f" ({part.declared_on.isoformat() if part.declared_on else 'not written down'})"
            for part in each.parts
        ]
        level = None if each.ladder_level is None else str(each.ladder_level)
        rows.append(
            (
                unit_named(each.unit, book), each.code, kind_name(each.kind), each.started.isoformat(), ladder_name(level),
                each.outcome, each.verdict, reason_words(each.verdict_reason) if each.verdict_reason else "", *figures,
                agreed(each), joint.word if joint else "", and_list(parts), report.release_id, report.version,
            )
        )  # fmt: skip
    return csv_file(headings, rows)
