"""Before and after as two dots a row: all outcomes of one change that share a unit, or one outcome taken apart."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from data.model import Tally
from metrics.catalogue import Catalogue
from metrics.model import Finding, VerdictWord
from metrics.splits import Part
from metrics.wording import target_line

FEWEST_ROWS = 2
"""One row alone is already said on the page."""
IN_100 = 100.0


@dataclass(frozen=True)
class DumbbellRow:
    """One outcome or part, in 100: a side is None where nothing was recorded. A part has no verdict of its own."""

    name: str
    before: float | None
    after: float | None
    before_tally: Tally
    after_tally: Tally
    word: VerdictWord | None
    target: str = ""
    """For an outcome with a target: whether it is on it."""


@dataclass(frozen=True)
class Dumbbell:
    """Rows in the order of the outcome list, or of the parts as they were taken apart; never by size."""

    about: str
    of: Literal["outcomes", "parts"]
    rows: tuple[DumbbellRow, ...]
    left_out: tuple[str, ...]
    """Names of what has the unit and nothing to show."""


def dumbbell_of_change(findings: Iterable[Finding], catalogue: Catalogue) -> Dumbbell | None:
    """All outcomes of one change that are said in 100, those read beside others among them; None with fewer than two."""
    every = list(findings)
    if not every:
        return None
    found: dict[str, Finding] = {}
    for finding in every:
        for each in (finding, *finding.balance):
            if in_100(each):
                found.setdefault(each.outcome.code, each)
    places = {code: place for place, code in enumerate(catalogue.outcomes)}
    ordered = sorted(found.values(), key=lambda each: (places.get(each.outcome.code, len(places)), each.outcome.code))
    rows = [_row(finding) for finding in ordered]
    return _made(every[0].intervention.title, "outcomes", rows)


def dumbbell_of_parts(finding: Finding, parts: Sequence[Part]) -> Dumbbell | None:
    """One outcome taken apart, parts in the order in which they come; None with fewer than two parts to show."""
    if not in_100(finding):
        return None
    rows = [
        DumbbellRow(
            part.name, _value(part.before.tally), _value(part.after.tally), part.before.tally, part.after.tally, None
        )
        for part in parts
    ]
    return _made(finding.outcome.name, "parts", rows)


def in_100(finding: Finding) -> bool:
    """Whether an outcome is said as so many in 100, and was looked at."""
    return finding.change is not None and finding.outcome.scale == "points" and finding.outcome.per == IN_100


def _made(about: str, of: Literal["outcomes", "parts"], rows: Sequence[DumbbellRow]) -> Dumbbell | None:
    shown = tuple(row for row in rows if row.before is not None or row.after is not None)
    empty = tuple(row.name for row in rows if row.before is None and row.after is None)
    return Dumbbell(about, of, shown, empty) if len(shown) >= FEWEST_ROWS else None


def _row(finding: Finding) -> DumbbellRow:
    assert finding.change is not None
    before, after = finding.change.before.tally, finding.change.after.tally
    shown_only = finding.verdict.reason in ("no_verdict_of_its_own", "neither_way_is_good")
    target = target_line(finding)
    word = None if shown_only or target else finding.verdict.word
    return DumbbellRow(finding.outcome.name, _value(before), _value(after), before, after, word, target)


def _value(tally: Tally) -> float | None:
    return None if tally.ratio is None else tally.ratio * IN_100
