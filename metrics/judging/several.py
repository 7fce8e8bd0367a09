"""Several outcomes at once: one of many may move by chance. The verdicts stay; it is said beside them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from scipy import special

from metrics.estimators.alternatives import t_limit
from metrics.estimators.many import adjusted
from metrics.model import Caution, Effect, Finding
from metrics.words import counted

CHANCE = 0.05


def p_value(effect: Effect | None) -> float | None:
    """How surprising the change is if nothing changed, read back from its own interval so that the two always agree.

    Unit: a probability. Range: 0 to 1. No-change value: 1. None without a two-sided interval.
    Altman & Bland 2011, BMJ 343:d2304, doi:10.1136/bmj.d2304.
    """
    if effect is None or effect.estimate is None or effect.low is None or effect.high is None:
        return None
    figures = (effect.estimate, effect.low, effect.high)
    if effect.scale == "ratio":
        if min(figures) <= 0:
            return None
        figures = (math.log(figures[0]), math.log(figures[1]), math.log(figures[2]))
    estimate, low, high = figures
    end = low if estimate > 0 else high
    reach = abs(estimate - end)
    if reach == 0:
        return None
    return float(2 * special.ndtr(-abs(estimate) / reach * t_limit(math.inf)))


def with_chance_said(findings: Sequence[Finding]) -> tuple[Finding, ...]:
    """The findings of one intervention, those that stand out by less than chance among so many labelled.

    Benjamini-Hochberg over the declared outcomes only. Benjamini & Hochberg 1995, J R Stat Soc B 57:289,
    doi:10.1111/j.2517-6161.1995.tb02031.x.
    """
    declared = [at for at, each in enumerate(findings) if each.declared is not None and each.declared.declaration]
    surprising = {at: p for at in declared if (p := p_value(_effect(findings[at]))) is not None}
    if len(surprising) < 2:
        return tuple(findings)
    told = list(findings)
    for at, p in zip(surprising, adjusted(list(surprising.values())), strict=True):
        if p is not None and p > CHANCE and told[at].verdict.word in ("better", "worse"):
            caution = Caution(
                "many_outcomes",
                f"This is one of {counted(len(surprising), 'outcome', 'outcomes')} declared, and among so many one may move "
                "this much by chance.",
            )
            told[at] = replace(told[at], cautions=(*told[at].cautions, caution))
    return tuple(told)


def _effect(finding: Finding) -> Effect | None:
    return finding.change.effect if finding.change is not None else None
