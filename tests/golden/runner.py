"""Asks each case, compares the figures, and says in one line how it went."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from tests.golden.answers import answer
from tests.golden.answers.reply import Reply
from tests.golden.comparing import compare
from tests.golden.reading import Case, NotAnswered, cases_in

Outcome = Literal["passed", "FAILED", "not answered"]

BEYOND_US = (ArithmeticError, AttributeError, LookupError, OSError, TypeError, ValueError, csv.Error)
"""What an odd input can set off. A case we cannot work out is reported, never a crash."""


@dataclass(frozen=True)
class Result:
    """One case: how it went, how many figures were compared, and what there is to say about it."""

    name: str
    outcome: Outcome
    figures: int = 0
    unanswered: tuple[str, ...] = ()
    why: str = ""

    def line(self) -> str:
        if self.outcome == "passed":
            left = f"; not compared: {', '.join(self.unanswered)}" if self.unanswered else ""
            said = f" ({self.figures} {'figure' if self.figures == 1 else 'figures'}{left})"
        else:
            said = f": {self.why}"
        return " ".join(f"{self.outcome} {self.name}{said}".split())


def results_of(path: Path) -> list[Result]:
    """Every case of one reference file, in its order; one line to say so when it holds none."""
    found = [result_of(case) for case in cases_in(path)]
    return found or [Result(path.name, "not answered", why="it holds no list called cases or anchors with an entry")]


def result_of(case: Case) -> Result:
    try:
        reply = answer(case)
        expected = reply.instead if reply.instead is not None else case.expected
        if case.entry.get("compare") == "quirk" and reply.instead is None:
            raise NotAnswered(
                f"its own figures are advised against: {case.entry.get('recommended', 'no reason given')}"
            )
        own = {name: body["tolerance"] for name, body in case.models.items() if "tolerance" in body}
        found = compare(expected, reply.figures, _tolerance(case, reply), case.entry.get("input"), own)
    except NotAnswered as reason:
        return Result(case.name, "not answered", why=str(reason))
    except BEYOND_US as problem:
        return Result(
            case.name,
            "not answered",
            why=f"its input is not understood ({type(problem).__name__}: {problem})",
        )
    if found.disagreements:
        return Result(case.name, "FAILED", found.agreed, found.unanswered, "; ".join(found.disagreements))
    if not found.agreed:
        return Result(case.name, "not answered", why="none of its figures are computed by this version")
    return Result(case.name, "passed", found.agreed, found.unanswered)


def _tolerance(case: Case, reply: Reply) -> object:
    """What the case states; a single number there does not tighten figures the reference itself searched coarsely for."""
    if reply.tolerance is None or isinstance(case.tolerance, Mapping):
        return case.tolerance
    if case.tolerance is None:
        return reply.tolerance
    return {**reply.tolerance, "relative": case.tolerance, "absolute": 0}
