"""A commissioner's release as CSV: one file a list, each figure with its definition, status and rounding, safe in a spreadsheet.

The folder of a release and the page it is downloaded from have the same bytes for the same rows: both are made here. Rows are
in order of name and code, never of a result. A hidden figure has the status ``suppressed`` and says "too few people to show"
where its figure would stand; one that nobody recorded has ``missing`` and "not recorded". Neither has a number in its row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date

from data.model import Period
from data.releases.model import Cell, Change, CommissionerRelease, Gap
from data.spreadsheets import for_spreadsheet

TOO_FEW, NOT_RECORDED, NONE = "too few people to show", "not recorded", "none"
CELLS = (
    "release", "period", "period_from", "period_to", "unit_name", "unit", "unit_level", "setting", "nation", "services",
    "outcome", "outcome_name", "group_column", "group", "status", "figure", "measured_in", "numerator", "denominator", "value",
    "low_95", "high_95", "definition", "over", "rounded_to", "rules_version", "product_version", "synthetic",
)  # fmt: skip
ASSOCIATION = "association, not cause"
E6 = "E6"
"""How far ethnicity is written down: in every row of a gap, which cannot be read without it."""
HIDDEN_REASON = "too_few_to_show"
NOTHING_SHOWN = (None,) * 5
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


def cells_csv(release: CommissionerRelease, cells: Iterable[Cell] | None = None) -> bytes:
    """The table of figures, whole or some of its cells; with definition, numerator, denominator, status and version."""
    names = {each.code: each.name for each in release.units}
    ordered = sorted(release.cells if cells is None else cells, key=lambda each: _order(each, names))
    return _csv(CELLS, _cell_rows(release, ordered))


def _order(cell: Cell, names: Mapping[str, str]) -> tuple[str, str, str, str, str, str, Period]:
    name = names.get(cell.unit, cell.unit).casefold()
    return name, cell.unit, cell.outcome, cell.column, cell.word, cell.length, cell.period


def _cell_rows(release: CommissionerRelease, cells: Iterable[Cell]) -> Iterable[Row]:
    units = {each.code: each for each in release.units}
    definitions = {each.outcome: each for each in release.definitions}
    report = release.report
    for cell in cells:
        unit, told = units.get(cell.unit), definitions.get(cell.outcome)
        places = told.decimals if told else 0
        shown = cell.status == "shown" and cell.value is not None
        top, under, value, low, high = (
            (cell.numerator, cell.denominator, *(_to(each, places) for each in (cell.value, cell.low, cell.high)))
            if shown else NOTHING_SHOWN
        )  # fmt: skip
        yield {
            "release": report.release_id, "period": cell.name, "period_from": cell.period.first, "period_to": cell.period.last,
            "setting": unit.setting if unit else "", "unit": cell.unit, "unit_name": unit.name if unit else "",
            "unit_level": unit.level if unit else "",
            "nation": unit.nation if unit and unit.level == "service" else "", "services": cell.services,
            "outcome": cell.outcome, "outcome_name": told.name if told else "", "definition": told.counts if told else "",
            "over": told.over if told else "", "measured_in": _unit(told.unit) if told else "", "group_column": cell.column,
            "group": cell.word, "status": "missing" if cell.status == "shown" and not shown else cell.status,
            "figure": figure_words(cell, places), "numerator": top, "denominator": under, "value": value, "low_95": low,
            "high_95": high, "rounded_to": report.rules.get("rounding", ""), "rules_version": report.rules.get("rules", ""),
            "product_version": report.version, "synthetic": "yes" if report.synthetic else "no",
        }  # fmt: skip


def figure_words(cell: Cell, decimals: int) -> str:
    """What a reader sees in the place of the figure, on the page and in the file: "6.8", "none", "too few people to show"."""
    if cell.status == "suppressed":
        return TOO_FEW
    if cell.status == "missing" or cell.value is None:
        return NOT_RECORDED
    if cell.value == 0 and cell.numerator == 0:
        return NONE
    text = f"{round(cell.value, decimals):,.{decimals}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _to(figure: float | None, places: int) -> float | None:
    return None if figure is None else round(figure, places)


def _unit(unit: str) -> str:
    return "in 100" if unit == "%" else unit


def definitions_csv(release: CommissionerRelease) -> bytes:
    """What every outcome counts, over what, which way is good, and what it must be read beside."""
    names = ("outcome", "name", "kind", "measured_in", "good", "counts", "over", "per", "why", "read_beside")
    return _csv(
        names,
        (
            {
                "outcome": each.outcome, "name": each.name, "kind": each.kind, "measured_in": _unit(each.unit), "good": each.good,
                "counts": each.counts, "over": each.over, "per": each.per, "why": each.why, "read_beside": " ".join(each.beside),
            }
            for each in sorted(release.definitions, key=lambda each: each.outcome)
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
    """Each group of people beside all others, with how far ethnicity is written down; no gap where that cannot be shown."""
    names = (
        "outcome", "outcome_name", "unit_name", "unit", "period_from", "period_to", "group_column", "group", "status", "scale",
        "estimate", "low_95", "high_95", "reason", "asked_and_written_down_for", "asked_and_written_down_of", "release",
        "product_version",
    )  # fmt: skip
    return _csv(names, (_gap_row(release, each) for each in sorted(release.gaps, key=_of_gap(release))))


def _of_gap(release: CommissionerRelease) -> Callable[[Gap], tuple[str, ...]]:
    named = {each.code: each.name for each in release.units}
    return lambda each: (named.get(each.unit, each.unit).casefold(), each.unit, each.outcome, each.column, each.word)


def _gap_row(release: CommissionerRelease, gap: Gap) -> Row:
    known = next(
        (
            cell for cell in release.cells
            if (cell.outcome, cell.unit, cell.length, cell.word) == (E6, gap.unit, "year", "") and cell.status == "shown"
        ),
        None,
    )  # fmt: skip
    shown = known is not None and gap.reason is None and gap.scale is not None and gap.estimate is not None
    return {
        "outcome": gap.outcome, "outcome_name": _outcome_name(release, gap.outcome), "unit_name": _unit_name(release, gap.unit),
        "unit": gap.unit, "period_from": gap.period.first, "period_to": gap.period.last, "group_column": gap.column,
        "group": gap.word, "status": "shown" if shown else "suppressed", "scale": gap.scale if shown else "",
        "estimate": gap.estimate if shown else None, "low_95": gap.low if shown else None,
        "high_95": gap.high if shown else None, "reason": "" if shown else gap.reason or HIDDEN_REASON,
        "asked_and_written_down_for": known.numerator if known else None,
        "asked_and_written_down_of": known.denominator if known else None, "release": release.report.release_id,
        "product_version": release.report.version,
    }  # fmt: skip


def _outcome_name(release: CommissionerRelease, code: str) -> str:
    return next((each.name for each in release.definitions if each.outcome == code), "")


def _unit_name(release: CommissionerRelease, code: str) -> str:
    return next((each.name for each in release.units if each.code == code), "")


def changes_csv(release: CommissionerRelease) -> bytes:
    """What whole services tried. An association in time, and no proof of what brought it about."""
    names = (
        "change", "unit_name", "unit", "kind", "started", "reason", "ladder_level", "outcome", "outcome_name", "question",
        "size", "declared", "declared_on", "verdict", "verdict_reason", "scale", "low_95", "high_95", "better_and_still_safe",
        "joint_reason", "parts", "cautions", "note", "release", "product_version",
    )  # fmt: skip
    ordered = sorted(
        release.changes, key=lambda each: (_unit_name(release, each.unit).casefold(), each.unit, each.code)
    )
    return _csv(names, (_change_row(release, each) for each in ordered))


def _change_row(release: CommissionerRelease, each: Change) -> Row:
    shown = each.verdict_reason != HIDDEN_REASON
    return {
        "change": each.code, "unit_name": _unit_name(release, each.unit), "unit": each.unit, "kind": each.kind,
        "started": each.started, "reason": each.reason, "ladder_level": each.ladder_level, "outcome": each.outcome,
        "outcome_name": _outcome_name(release, each.outcome), "question": each.question, "size": each.size,
        "declared": each.declared, "declared_on": each.declared_on, "verdict": each.verdict,
        "verdict_reason": each.verdict_reason, "scale": each.scale if shown else "", "low_95": each.low if shown else None,
        "high_95": each.high if shown else None, "better_and_still_safe": each.joint, "joint_reason": each.joint_reason,
        "parts": "; ".join(
            f"{part.outcome} {'open' if part.met is None else 'met' if part.met else 'not met'} "
            f"({part.declared_on.isoformat() if part.declared_on else 'not written down'})"
            for part in each.parts
        ),
        "cautions": " ".join(each.cautions), "note": ASSOCIATION, "release": release.report.release_id,
        "product_version": release.report.version,
    }  # fmt: skip


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
                "count": each.count, "note": ASSOCIATION,
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
