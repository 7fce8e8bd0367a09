"""A commissioner's release as CSV: one file a list, each figure with its definition, status and rounding, safe in a spreadsheet.

The rows are in order of name and code, never of a result. A hidden figure is the word ``suppressed`` in the status column and
empty cells, as on the page; so is one that nobody recorded, with the word ``missing``.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from data.releases.model import Cell, CommissionerRelease, Definition, ReleaseReport, Unit
from data.spreadsheets import for_spreadsheet

CELLS = (
    "release", "period", "period_from", "period_to", "setting", "unit", "unit_name", "unit_level", "services",
    "outcome", "outcome_name", "definition", "measured_in", "group_column", "group", "status", "numerator", "denominator",
    "value", "low_95", "high_95", "rounded_to", "rules_version", "product_version", "synthetic",
)  # fmt: skip
Row = Mapping[str, object]


def all_files(release: CommissionerRelease) -> dict[str, bytes]:
    """Every CSV of a release by its name."""
    return {
        "cells.csv": cells_csv(release),
        "definitions.csv": definitions_csv(release),
        "units.csv": units_csv(release),
        "gaps.csv": gaps_csv(release),
        "changes.csv": changes_csv(release),
        "changes-parts.csv": parts_csv(release),
        "changes-together.csv": together_csv(release),
        "happenings.csv": happenings_csv(release),
    }


def cells_csv(release: CommissionerRelease, cells: Sequence[Cell] | None = None) -> bytes:
    """The table of figures, whole or some of its cells; with definition, numerator, denominator, status and version."""
    units = {each.code: each for each in release.units}
    told = {each.outcome: each for each in release.definitions}
    asked = release.cells if cells is None else cells
    return _csv(CELLS, (cell_row(release.report, units.get(each.unit), told.get(each.outcome), each) for each in asked))


def cell_row(report: ReleaseReport, unit: Unit | None, told: Definition | None, cell: Cell) -> Row:
    """One figure as it stands in the table."""
    return {
        "release": report.release_id, "period": cell.name, "period_from": cell.period.first, "period_to": cell.period.last,
        "setting": unit.setting if unit else "", "unit": cell.unit, "unit_name": unit.name if unit else "",
        "unit_level": unit.level if unit else "", "services": cell.services, "outcome": cell.outcome,
        "outcome_name": told.name if told else "", "definition": told.counts if told else "",
        "measured_in": told.unit if told else "", "group_column": cell.column, "group": cell.word, "status": cell.status,
        "numerator": cell.numerator, "denominator": cell.denominator, "value": cell.value, "low_95": cell.low,
        "high_95": cell.high, "rounded_to": report.rules.get("rounding", ""), "rules_version": report.rules.get("rules", ""),
        "product_version": report.version, "synthetic": "yes" if report.synthetic else "no",
    }  # fmt: skip


def definitions_csv(release: CommissionerRelease) -> bytes:
    """What every outcome counts, over what, which way is good, and what it must be read beside."""
    names = ("outcome", "name", "kind", "measured_in", "good", "counts", "over", "per", "why", "read_beside")
    return _csv(
        names,
        (
            {
                "outcome": each.outcome, "name": each.name, "kind": each.kind, "measured_in": each.unit, "good": each.good,
                "counts": each.counts, "over": each.over, "per": each.per, "why": each.why, "read_beside": " ".join(each.beside),
            }
            for each in release.definitions
        ),
    )  # fmt: skip


def units_csv(release: CommissionerRelease) -> bytes:
    """What is shown as one."""
    names = ("unit", "name", "level", "setting", "nation", "services")
    return _csv(
        names,
        (
            {
                "unit": each.code, "name": each.name, "level": each.level, "setting": each.setting, "nation": each.nation,
                "services": each.services,
            }
            for each in release.units
        ),
    )  # fmt: skip


def gaps_csv(release: CommissionerRelease) -> bytes:
    """Each group of people beside all others."""
    names = (
        "outcome", "unit", "period_from", "period_to", "group_column", "group", "scale", "estimate", "low_95", "high_95",
        "reason",
    )  # fmt: skip
    return _csv(
        names,
        (
            {
                "outcome": each.outcome, "unit": each.unit, "period_from": each.period.first, "period_to": each.period.last,
                "group_column": each.column, "group": each.word, "scale": each.scale, "estimate": each.estimate,
                "low_95": each.low, "high_95": each.high, "reason": each.reason,
            }
            for each in release.gaps
        ),
    )  # fmt: skip


def changes_csv(release: CommissionerRelease) -> bytes:
    """What whole services tried. An association in time, and no proof of what brought it about."""
    names = (
        "change", "unit", "kind", "started", "reason", "ladder_level", "outcome", "question", "size", "declared",
        "declared_on", "verdict", "verdict_reason", "scale", "low_95", "high_95", "better_and_still_safe", "joint_reason",
        "cautions",
    )  # fmt: skip
    return _csv(
        names,
        (
            {
                "change": each.code, "unit": each.unit, "kind": each.kind, "started": each.started, "reason": each.reason,
                "ladder_level": each.ladder_level, "outcome": each.outcome, "question": each.question, "size": each.size,
                "declared": each.declared, "declared_on": each.declared_on, "verdict": each.verdict,
                "verdict_reason": each.verdict_reason, "scale": each.scale, "low_95": each.low, "high_95": each.high,
                "better_and_still_safe": each.joint, "joint_reason": each.joint_reason, "cautions": " ".join(each.cautions),
            }
            for each in release.changes
        ),
    )  # fmt: skip


def parts_csv(release: CommissionerRelease) -> bytes:
    """The parts of "better and still safe" of each change, with the day each was declared."""
    return _csv(
        ("change", "outcome", "met", "found", "declared_on"),
        (
            {
                "change": each.code, "outcome": part.outcome, "found": part.found, "declared_on": part.declared_on,
                "met": "" if part.met is None else "yes" if part.met else "no",
            }
            for each in release.changes
            for part in each.parts
        ),
    )  # fmt: skip


def together_csv(release: CommissionerRelease) -> bytes:
    """How many changes came to which verdict. An association, not cause."""
    return _csv(
        ("by", "word", "verdict", "status", "count", "note"),
        (
            {
                "by": each.by, "word": each.word, "verdict": each.verdict or "all", "status": each.status,
                "count": each.count, "note": "association, not cause",
            }
            for each in release.together
        ),
    )  # fmt: skip


def happenings_csv(release: CommissionerRelease) -> bytes:
    """Dated happenings to whole services, by kind."""
    return _csv(
        ("unit", "kind", "from_on", "until_on"),
        (
            {"unit": each.unit, "kind": each.kind, "from_on": each.from_on, "until_on": each.until_on}
            for each in release.happenings
        ),
    )


def _csv(names: Sequence[str], rows: Iterable[Row]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([_written(row[name]) for name in names])
    return text.getvalue().encode("utf-8-sig")


def _written(value: object) -> object:
    if value is None:
        return ""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, str):
        return for_spreadsheet(value)
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
