"""Findings, reports and lists as the JSON of the command line's contract: strict, no NaN, null for what is not there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from data.facts import Facts
from data.reports import FileReport, IngestReport
from data.undoing import Undone
from metrics.catalogue import Catalogue
from metrics.model import Declared, Effect, Finding, Side
from metrics.series.interrupted import Estimate, Interrupted
from metrics.side_by_side import OnTheWhole, SideBySide
from metrics.splits import RECORDED, Gap, Part

COUNTS = ("rows_in", "accepted", "duplicates", "superseded", "retired", "rejected", "ignored")


def ingest(report: IngestReport) -> dict[str, Any]:
    """What became of a load."""
    return {
        "files": [_file(file) for file in report.files],
        "totals": {count: report.total(count) for count in COUNTS},
        "load_id": report.load_id,
    }


def _file(file: FileReport) -> dict[str, Any]:
    return {
        "file": file.file,
        "table": file.table,
        "profile": file.profile,
        **{count: getattr(file, count) for count in COUNTS},
        "already_loaded": file.already_loaded,
        "refused": file.refused,
        "not_stored": list(file.dropped_columns),
        "personal_columns_dropped": file.personal_columns,
        "not_answered": file.not_answered,
        "warnings": file.warnings,
        "problems": [
            {
                "line": problem.line,
                "column": problem.column,
                "value": problem.value,
                "reason": problem.reason,
                "remedy": problem.remedy,
            }
            for problem in file.problems
        ],
    }


def undone(done: Undone) -> dict[str, Any]:
    """What taking a load back did."""
    return {"load_id": done.load_id, "removed": done.removed, "restored": done.restored, "shared": done.shared}


def finding(found: Finding) -> dict[str, Any]:
    """One finding, with what it must be read beside."""
    return {
        "intervention": found.intervention.intervention_id,
        "service": found.service_id,
        "subject": found.intervention.person_id,
        "outcome": found.outcome.code,
        "question": found.question,
        "declared": _declared(found.declared),
        "before": _side(found.change.before if found.change else None),
        "after": _side(found.change.after if found.change else None),
        "effect": _effect(found.change.effect if found.change else None),
        "verdict": found.verdict.word,
        "worthwhile": found.verdict.worthwhile,
        "reason": found.verdict.reason,
        "cautions": [{"code": caution.code, "text": caution.text} for caution in found.cautions],
        "balance": [_beside(each) for each in found.balance],
        "rules_out": _rounded(found.rules_out),
        "sentence": found.sentence,
        "more_weeks": _more_weeks(found),
        "joint": _joint(found),
        **_who_answered(found),
        **_staying(found),
        **_series(found.change.interrupted if found.change else None),
    }


def side_by_side(group: SideBySide) -> dict[str, Any]:
    """One kind of thing tried in several services, in order of service name and date, and what it came to on the whole."""
    return {
        "kind": group.kind,
        "subject": "person" if group.personal else "service",
        "outcome": group.outcome.code,
        "services": len(group.services),
        "settings": list(group.settings),
        "findings": [
            {
                "service": each.finding.service_id,
                "intervention": each.finding.intervention.intervention_id,
                "start_on": _day(each.finding.intervention.start_on),
                "verdict": each.word,
                "reason": each.finding.verdict.reason,
                "effect": _effect(each.effect),
                "in_summary": each.counts and group.summary is not None,
            }
            for each in group.tried
        ],
        "summary": _on_the_whole(group.summary),
        "why_no_summary": group.why_none or None,
        "sentence": group.sentence,
    }


def _on_the_whole(found: OnTheWhole | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "scale": found.scale,
        "estimate": _rounded(found.estimate),
        "low": _rounded(found.interval.low),
        "high": _rounded(found.interval.high),
        "level": found.interval.level,
        "further_plan": {"low": _rounded(found.prediction.low), "high": _rounded(found.prediction.high)},
        "between": _rounded(found.between),
        "findings": found.count,
        "services": found.services,
        "method": found.method,
    }


def _series(found: Interrupted | None) -> dict[str, Any]:
    """What an interrupted series found beside its effect; nothing for the usual methods."""
    if found is None:
        return {}
    averted = found.averted
    return {
        "series": {
            "model": found.model.name,
            "step": found.step,
            "points": {"before": found.count_before, "after": found.count_after},
            "season_pairs": found.season_pairs,
            "newey_west_lag": found.lag if found.model.neighbours else None,
            "spread": found.effect.spread,
            "dispersion": _rounded(found.dispersion),
            "lag1_autocorrelation": _rounded(found.resemblance),
            "runs": _rounded(found.runs) if found.model.neighbours else None,
            "against_earlier_pattern": _estimate(found.effect),
            "level": _estimate(found.level),
            "slope": _estimate(found.slope),
            "sensitivity": _estimate(found.sensitivity),
            "observed": _rounded(found.observed),
            "expected": _rounded(found.expected),
            "averted": None
            if averted is None
            else {
                "estimate": _rounded(averted.averted),
                "low": _rounded(averted.averted_interval.low),
                "high": _rounded(averted.averted_interval.high),
            },
            "comparison": None
            if found.beside is None
            else {
                "name": found.beside.name,
                "alone": _estimate(found.beside.comparison.effect),
                "set_beside": _estimate(found.beside.effect),
            },
            "notes": list(found.notes),
        }
    }


def _estimate(found: Estimate | None) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "estimate": _rounded(found.value),
        "low": _rounded(found.interval.low),
        "high": _rounded(found.interval.high),
    }


def _more_weeks(found: Finding) -> dict[str, Any] | None:
    if found.more_weeks is None:
        return None
    return {"weeks": found.more_weeks.weeks, "reason": found.more_weeks.reason}


def _joint(found: Finding) -> dict[str, Any] | None:
    if found.joint is None:
        return None
    return {
        "verdict": found.joint.word,
        "reason": found.joint.reason,
        "parts": [
            {
                "outcome": part.code,
                "met": part.met,
                "found": part.found,
                "declared_on": None if part.declared_on is None else part.declared_on.isoformat(),
            }
            for part in found.joint.parts
        ],
    }


def _who_answered(found: Finding) -> dict[str, Any]:
    """For scores: whose answers were compared, who was asked twice, what others said, each apart."""
    answered = found.change.answered if found.change else None
    if answered is None:
        return {}
    people = answered.people
    return {
        "answered": {
            "rater": answered.rater,
            "paired": answered.paired,
            "higher": answered.higher,
            "same": answered.same,
            "lower": answered.lower,
            "people_before": None if people is None else [people[0].numerator, _rounded(people[0].denominator)],
            "people_after": None if people is None else [people[1].numerator, _rounded(people[1].denominator)],
            "worst_case": None if answered.worst_case is None else [_rounded(each) for each in answered.worst_case],
            "apart": [
                {
                    "rater": voice.rater,
                    "before": _side(voice.before),
                    "after": _side(voice.after),
                    "effect": _effect(voice.effect),
                }
                for voice in answered.apart
            ],
        }
    }


def _staying(found: Finding) -> dict[str, Any]:
    """For staying put: of people who moved in, the share still there, moved and gone otherwise, at 90 and 180 days."""
    staying = found.change.staying if found.change else None
    if staying is None:
        return {}
    sides = {"before": staying.before, "after": staying.after}
    return {
        "staying": {
            name: None
            if curve is None
            else [
                {
                    "days": each.days,
                    "still_there": _rounded(each.still_there),
                    "moved": _rounded(each.moved),
                    "gone_otherwise": _rounded(each.gone_otherwise),
                    "low": _rounded(each.low),
                    "high": _rounded(each.high),
                    "at_risk": each.at_risk,
                }
                for each in curve
            ]
            for name, curve in sides.items()
        }
    }


def parts(found: Sequence[Part]) -> list[dict[str, Any]]:
    """An outcome taken apart: no part has a verdict."""
    return [
        {
            "part": part.name,
            "words": list(part.words),
            "before": _side(part.before),
            "after": _side(part.after),
            "effect": _effect(part.effect),
            "reason": part.reason,
        }
        for part in found
    ]


def gap(found: Gap) -> dict[str, Any]:
    """Each group beside all others in the days after the change, with how far the groups are known (E6)."""
    return {
        "from": _day(found.period.first),
        "to": _day(found.period.last),
        "recorded": {"outcome": RECORDED, "numerator": found.recorded.numerator,
                     "denominator": _rounded(found.recorded.denominator)},
        "groups": [
            {
                "group": each.name,
                "words": list(each.words),
                "value": _rounded(each.group.value),
                "rest": _rounded(each.rest.value),
                "effect": _effect(each.effect),
                "reason": each.reason,
            }
            for each in found.groups
        ],
    }  # fmt: skip


def _beside(found: Finding) -> dict[str, Any]:
    return {
        "outcome": found.outcome.code,
        "verdict": found.verdict.word,
        "reason": found.verdict.reason,
        "question": found.question,
        "before": _side(found.change.before if found.change else None),
        "after": _side(found.change.after if found.change else None),
        "effect": _effect(found.change.effect if found.change else None),
        "rules_out": _rounded(found.rules_out),
        "sentence": found.sentence,
    }


def _declared(declared: Declared | None) -> dict[str, Any] | None:
    if declared is None or declared.declaration is None:
        return None
    promise = declared.declaration
    return {
        "declaration": promise.declaration_id,
        "question": promise.question,
        "size": promise.size,
        "role": promise.role,
        "declared_on": _day(promise.declared_on),
        "declared_with": list(promise.declared_with),
        "timing": "after" if declared.afterwards else "before",
    }


def _side(side: Side | None) -> dict[str, Any]:
    if side is None:
        return {"from": None, "to": None, "numerator": None, "denominator": None, "value": None}
    return {
        "from": _day(side.period.first) if side.period else None,
        "to": _day(side.period.last) if side.period else None,
        "numerator": side.tally.numerator,
        "denominator": _rounded(side.tally.denominator),
        "value": _rounded(side.value),
    }


def _effect(effect: Effect | None) -> dict[str, Any] | None:
    if effect is None:
        return None
    return {
        "scale": effect.scale,
        "estimate": _rounded(effect.estimate),
        "low": _rounded(effect.low),
        "high": _rounded(effect.high),
        "level": effect.level,
        "method": effect.method,
    }


def outcomes(catalogue: Catalogue) -> list[dict[str, Any]]:
    """The outcomes there are."""
    return [
        {
            "code": outcome.code,
            "name": outcome.name,
            "kind": outcome.kind,
            "good": outcome.good,
            "judged": outcome.judged,
            "size": outcome.size,
            "beside": " ".join(outcome.beside),
            "source": outcome.source,
        }
        for outcome in catalogue
    ]


def interventions(facts: Facts) -> list[dict[str, Any]]:
    """What was tried."""
    declared: dict[str, list[str]] = {}
    for promise in facts.declarations():
        declared.setdefault(promise.intervention_id, []).append(promise.outcome)
    return [
        {
            "intervention": each.intervention_id,
            "service": each.service_id,
            "subject": each.person_id,
            "title": each.title,
            "kind": each.kind,
            "start_on": _day(each.start_on),
            "reason": each.reason,
            "declared": " ".join(dict.fromkeys(declared.get(each.intervention_id, ()))),
        }
        for each in facts.interventions()
    ]


def services(facts: Facts) -> list[dict[str, Any]]:
    """Services, and the tables each has rows in."""
    return [
        {
            "service": each.service_id,
            "label": each.label,
            "setting": each.setting,
            "nation": each.nation,
            "beds": each.beds,
            "tables": " ".join(sorted(facts.tables_with_rows(each.service_id))),
        }
        for each in facts.services()
    ]


def loads(facts: Facts) -> list[dict[str, Any]]:
    """The ledger, newest first."""
    return [
        {
            "load_id": each.load_id,
            "loaded_at": each.loaded_at.isoformat(sep=" "),
            "file": each.file,
            "table": each.table,
            **{count: getattr(each, count) for count in COUNTS},
            "from": _day(each.first_day) if each.first_day else None,
            "to": _day(each.last_day) if each.last_day else None,
            "profile": each.profile,
            "undone_at": each.undone_at.isoformat(sep=" ") if each.undone_at else None,
        }
        for each in facts.files_loaded()
    ]


def _day(when: date) -> str:
    return when.isoformat()


def _rounded(figure: float | None) -> float | int | None:
    """Figures to 10 significant places: enough to check, without the noise of floating point."""
    if figure is None:
        return None
    short = float(f"{figure:.10g}")
    return int(short) if short == int(short) and abs(short) < 1e15 else short
