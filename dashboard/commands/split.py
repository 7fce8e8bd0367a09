"""``outcomes evaluate --split COLUMN``: each finding taken apart, as JSON and in words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from dashboard import as_json
from data.facts import Facts
from data.model import Impossible
from metrics import wording
from metrics.catalogue import Catalogue
from metrics.model import Finding
from metrics.splits import ETHNICITY, check_column, gap, split
from metrics.words import number

BY_ETHNIC_GROUP = f"person.{ETHNICITY}"


def split_json(facts: Facts, catalogue: Catalogue, findings: Sequence[Finding], column: str) -> list[dict[str, Any]]:
    """What is added to each finding: its parts, and by ethnic group the gaps, or why there are none."""
    return [_added(facts, catalogue, found, column) for found in findings]


def split_lines(facts: Facts, found: Finding, column: str) -> Iterator[str]:
    """One line a part: before, after and the range, or why there is none."""
    try:
        parts = split(facts, found, column)
    except Impossible as error:
        yield str(error)
        return
    for part in parts:
        sides = [wording.figure(found.outcome, side, found.day_word) for side in (part.before, part.after)]
        effect = part.effect
        ends = ""
        if effect is not None and effect.low is not None and effect.high is not None:
            ends = f" ({effect.scale} {number(effect.low)} to {number(effect.high)})"
        elif part.reason is not None:
            ends = f" ({wording.reason_words(part.reason)})"
        yield f"{part.name}: {sides[0]} before, {sides[1]} after{ends}"


def refuse_unknown(catalogue: Catalogue, codes: Sequence[str], column: str) -> None:
    """Raises Impossible when none of the outcomes asked for can be split by the column."""
    errors = []
    for code in codes:
        outcome = catalogue.get(code)
        if outcome is None:
            continue
        try:
            check_column(outcome, column)
        except Impossible as error:
            errors.append(error)
        else:
            return
    if errors:
        raise errors[0]


def _added(facts: Facts, catalogue: Catalogue, found: Finding, column: str) -> dict[str, Any]:
    try:
        told: dict[str, Any] = {"split": as_json.parts(split(facts, found, column))}
    except Impossible as error:
        return {"split": [], "split_refused": str(error)}
    if column == BY_ETHNIC_GROUP and found.comparison is not None and found.comparison.after is not None:
        try:
            shown = gap(facts, catalogue, found.service_id, found.outcome, found.comparison.after)
        except Impossible as error:
            told |= {"gap": None, "gap_refused": str(error)}
        else:
            told["gap"] = as_json.gap(shown)
    return told
