"""What whole services tried, with the verdict and the parts of "better and still safe", each only where enough people stand behind it.

Verdicts and intervals are those of the manager's own pages, worked out on the true figures. They are given where both sides
of the comparison could be shown as figures; an interval is rounded outwards. Titles are free text and stay behind.
"""

from __future__ import annotations

from collections.abc import Sequence

from data.disclosure import Behind, Rules, behind, why_hidden
from data.facts import FactsForReleases
from data.model import Period
from data.releases.model import Change, Part
from metrics.judging.joint import TARGETS, declared_on
from metrics.model import Finding, Outcome
from metrics.releasing.figures import behind_it, is_sensitive
from metrics.releasing.gaps import POINTS_STEP, RATIO_STEP, down, up
from metrics.releasing.people import KINDS, contributed

TOO_FEW = "too_few_to_show"
SCORE_STEP = 0.1
STEPS = {"ratio": RATIO_STEP, "points": POINTS_STEP, "score": SCORE_STEP}


def change_of(facts: FactsForReleases, number: int, findings: Sequence[Finding], rules: Rules) -> Change | None:
    """One change of a whole service from the findings about it, the main outcome first; None where nothing was asked."""
    main = next((each for each in findings if each.joint is not None), findings[0] if findings else None)
    if main is None:
        return None
    intervention = main.intervention
    may = _may_be_shown(facts, main, rules)
    scale, low, high = _limits(main) if may else (None, None, None)
    parts = _parts(facts, main, findings, rules, may=may)
    word, reason = _together(parts) if main.joint is not None else (None, None)
    return Change(
        code=f"{intervention.service_id}:{number}", unit=intervention.service_id, kind=intervention.kind,
        started=intervention.start_on, reason=intervention.reason, ladder_level=intervention.ladder_level,
        outcome=main.outcome.code, question=main.question, size=main.declared.size if main.declared else None,
        declared_on=declared_on(main), declared=_when(main),
        verdict=main.verdict.word if may else "cannot tell yet",
        verdict_reason=main.verdict.reason if may else TOO_FEW,
        scale=scale, low=low, high=high, joint=word, joint_reason=reason, parts=parts,
        cautions=tuple(caution.code for caution in main.cautions) if may else (),
    )  # fmt: skip


def _when(finding: Finding) -> str:
    """Whether the question was written down before the follow-up, after it began, or never."""
    declared = finding.declared
    if declared is None or declared.declaration is None:
        return "never"
    return "afterwards" if declared.afterwards else "before"


def _parts(
    facts: FactsForReleases, main: Finding, findings: Sequence[Finding], rules: Rules, *, may: bool
) -> tuple[Part, ...]:
    if main.joint is None:
        return ()
    about = {finding.outcome.code: finding for finding in (main, *main.balance, *findings)}
    told = []
    for part in main.joint.parts:
        finding = about.get(part.code)
        shown = may if part.code == main.outcome.code else finding is not None and _may_be_shown(facts, finding, rules)
        if not shown:
            told.append(Part(part.code, None, TOO_FEW, part.declared_on))
        elif part.code in TARGETS:
            found = "cannot tell yet" if part.met is None else "on target" if part.met else "not on target"
            told.append(Part(part.code, part.met, found, part.declared_on))
        else:
            told.append(Part(part.code, part.met, part.found, part.declared_on))
    return tuple(told)


def _together(parts: Sequence[Part]) -> tuple[str, str | None]:
    """The whole from the parts as they are given: one that cannot be told makes it so."""
    if any(part.found == "worse" for part in parts):
        return "worse", None
    if all(part.met for part in parts):
        return "better", None
    return "cannot tell yet", "part_open" if any(part.met is None for part in parts) else "part_not_met"


def _limits(finding: Finding) -> tuple[str | None, float | None, float | None]:
    effect = finding.change.effect if finding.change is not None else None
    if effect is None or effect.low is None or effect.high is None:
        return None, None, None
    step = STEPS[effect.scale]
    return effect.scale, down(effect.low, step), up(effect.high, step)


def _may_be_shown(facts: FactsForReleases, finding: Finding, rules: Rules) -> bool:
    """Whether both sides of the comparison rest on enough people, one by one as for any figure."""
    comparison = finding.comparison
    if comparison is None or comparison.before is None or comparison.after is None:
        return finding.verdict.word == "cannot tell yet"  # nothing was compared, so nothing is given away
    if finding.outcome.kind not in KINDS:
        return False
    sides = _sides(facts, finding.outcome, finding.service_id, (comparison.before, comparison.after))
    sensitive = is_sensitive(finding.outcome)
    return all(why_hidden(side, rules, group=False, sensitive=sensitive) is None for side in sides)


def _sides(facts: FactsForReleases, outcome: Outcome, service: str, periods: Sequence[Period]) -> list[Behind]:
    found = contributed(facts, outcome, {service: list(periods)})
    told = []
    for n in range(len(periods)):
        side = found.get((service, n))
        told.append(behind_it(outcome, side, []) if side is not None else behind({}, 0, []))
    return told
