"""The scores as a document: for ``outcomes calibrate``, for the docs, and for the page that explains."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Any

from metrics.calibrating.scoring import Score
from metrics.model import VERDICT_WORDS

KEPT = "results.json"


@dataclass(frozen=True)
class Line:
    """One scenario as a reader sees it: shares of each word in 100, and what was asked."""

    code: str
    name: str
    truth: str
    shares: dict[str, float]
    error: float
    coverage: float | None
    asked: str
    met: bool | None


@dataclass(frozen=True)
class Kept:
    """The result last kept with the program: with which version, seed and number of worlds."""

    version: str
    seed: int
    worlds: int
    lines: tuple[Line, ...]


def as_document(scores: Sequence[Score], *, version: str, seed: int) -> dict[str, Any]:
    """Everything measured, as plain values. Shares and coverage lie between 0 and 1; errors are Monte Carlo ones."""
    return {
        "version": version,
        "seed": seed,
        "worlds": scores[0].worlds if scores else 0,
        "scenarios": [_scenario(each) for each in scores],
    }


def as_markdown(document: dict[str, Any]) -> str:
    """The table for the docs."""
    lines = [
        "# How often the verdicts are right",
        "",
        "Made-up homes with planted truth, each put through the whole evaluation as a service's own data would be: "
        f"{document['worlds']:,} worlds a scenario, seed {document['seed']}, version {document['version']}. Shares in 100; "
        "± is one Monte Carlo standard error of the share that is asked about (or of the largest). The last column is "
        "what we ask of ourselves.",
        "",
        "| What is true in these worlds | better | held steady | worse | cannot tell yet | ± | limits hold the truth | asked |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for line in lines_of(document):
        shares = " | ".join(f"{line.shares[word] * 100:.1f}" for word in VERDICT_WORDS)
        coverage = "–" if line.coverage is None else f"{line.coverage * 100:.1f}"
        asked = line.asked if line.met is not False else f"{line.asked}: **not met**"
        name = f"{line.name} ({line.truth})" if not line.name.startswith("…") else line.name
        lines.append(f"| {name} | {shares} | {line.error * 100:.1f} | {coverage} | {asked} |")
    return "\n".join(lines) + "\n"


def lines_of(document: dict[str, Any]) -> tuple[Line, ...]:
    """One line a scenario."""
    return tuple(
        Line(
            code=each["code"],
            name=each["name"],
            truth=each["truth"],
            shares=each["shares"],
            error=each["error"],
            coverage=each["coverage"],
            asked=_asked(each["asked"]),
            met=each["met"],
        )
        for each in document["scenarios"]
    )


@cache
def kept() -> Kept:
    """The result kept with this program."""
    text = resources.files("metrics.calibrating").joinpath(KEPT).read_text(encoding="utf-8")
    document = json.loads(text)
    return Kept(document["version"], document["seed"], document["worlds"], lines_of(document))


def _scenario(score: Score) -> dict[str, Any]:
    asked = score.scenario.asked
    word = asked.word if asked is not None else max(VERDICT_WORDS, key=score.share)
    coverage = score.coverage
    return {
        "code": score.scenario.code,
        "name": score.scenario.name,
        "outcome": score.scenario.outcome,
        "truth": score.scenario.truth,
        "true_effect": score.scenario.true_effect,
        "worlds": score.worlds,
        "shares": {each: round(score.share(each), 6) for each in VERDICT_WORDS},
        "errors": {each: round(score.error(each), 6) for each in VERDICT_WORDS},
        "error": round(score.error(word), 6),
        "coverage": None if coverage is None else round(coverage, 6),
        "coverage_error": None if coverage is None else round(_error(coverage, score.with_interval), 6),
        "reasons": _most(score.reasons),
        "cautions": _most(score.cautions),
        "asked": None if asked is None else {"word": asked.word, "bound": asked.bound, "share": asked.share},
        "met": score.met,
    }


def _error(share: float, count: int) -> float:
    return math.sqrt(share * (1 - share) / count)


def _most(counts: dict[str, int]) -> dict[str, int]:
    return dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))


def _asked(asked: dict[str, Any] | None) -> str:
    if asked is None:
        return "–"
    if not asked["share"]:
        return f"never {asked['word']}"
    return f"{asked['word']} {asked['bound']} {asked['share'] * 100:g}"


def words(scores: Iterable[Score]) -> list[tuple[str, ...]]:
    """One row a scenario for a terminal: name, the four shares, coverage, what was asked, whether it was met."""
    rows = []
    for score in scores:
        coverage = score.coverage
        rows.append(
            (
                score.scenario.name,
                *(f"{score.share(word) * 100:.1f}" for word in VERDICT_WORDS),
                "–" if coverage is None else f"{coverage * 100:.1f}",
                _asked(_scenario(score)["asked"]),
                {True: "yes", False: "NO", None: ""}[score.met],
            )
        )
    return rows
