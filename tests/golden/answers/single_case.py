"""Q4, one person's series: the figures of SingleCaseES and of scan, each by its own conventions.

SingleCaseES turns its figures so that more is better (LRRd excepted); scan's Tau-U stays after minus before.
"""

from __future__ import annotations

import copy
import re
from collections.abc import Callable, Mapping
from typing import Any, Literal

from scipy import stats

from metrics.estimators.single_case import baseline, means, overlap
from metrics.estimators.single_case.kendall import PARTS, KendallScore, tau_u_scores
from metrics.estimators.single_case.model import Better, EffectSize
from metrics.estimators.single_case.randomisation import Statistic, start_point_test
from tests.golden.answers.reply import Figures, Reply, where_defined
from tests.golden.expected import expected_of
from tests.golden.reading import Case, NotAnswered

Points = list[float]

SEARCH = 1.3e-4
"""R's uniroot stops this far from a limit (its default, the fourth root of the machine's precision)."""


def one_series(case: Case) -> Reply:
    """Points before (A) and after (B), in the file itself or in a CSV beside it."""
    before, after = _phases(case)
    better = _better(case.given("improvement"))
    expected = expected_of(case.entry) or {}
    figures: dict[str, Any] = {}
    if "SingleCaseES" in expected:
        figures["SingleCaseES"] = _single_case_es(case, before, after, better)
    if "scan" in expected:
        figures["scan"] = _scan(before, after, better, expected["scan"])
    if not figures:
        figures = _single_case_es(case, before, after, better)
    return Reply(figures, _without_artefacts(expected), _tolerances(expected))


def _single_case_es(case: Case, before: Points, after: Points, better: Better) -> dict[str, Any]:
    scale = {
        "scale": str(case.input.get("scale") or "other"),
        "observation_length": _number_or_mean(case.input.get("observation_length")),
        "intervals": _number_or_mean(case.input.get("intervals")),
    }

    def of(measure: Callable[..., EffectSize], *more: Any, **how: Any) -> Callable[[], dict[str, float | None]]:
        return lambda: _shown(measure(before, after, better, *more, **how))

    def standardised(*how: Any) -> Callable[[], dict[str, float | None]]:
        """None throughout where a phase without spread leaves nothing to divide by: R's infinities."""

        def work_out() -> dict[str, float | None]:
            try:
                return _shown(means.standardised_difference(before, after, better, *how))
            except ValueError:
                return dict.fromkeys(("est", "se", "lo", "hi"))

        return work_out

    def in_per_cent(measure: Callable[..., EffectSize]) -> Callable[[], dict[str, float | None]]:
        return lambda: _shown(means.percent_change(measure(before, after, better, **scale)))

    figures: Figures = {
        "n_A": lambda: len(before),
        "n_B": lambda: len(after),
        "NAP_unbiased": of(overlap.nap),
        "NAP_Hanley": of(overlap.nap, "Hanley"),
        "NAP_null": of(overlap.nap, "null"),
        "Tau": of(overlap.tau),
        "Tau_U_A_trend": of(overlap.tau_u),
        # R does not round what the trend leaves, so neither does the figure compared with it.
        "Tau_BC": of(baseline.tau_bc, decimals=None),
        "PND": of(overlap.pnd),
        "PEM": of(overlap.pem),
        "PAND": of(overlap.pand),
        "IRD": of(overlap.ird),
        "SMD_baseline_g": standardised(),
        "SMD_pool_g": standardised("pooled"),
        "SMD_baseline_d": standardised("before", False),
        "SMD_pool_d": standardised("pooled", False),
        "LRRd": of(means.log_ratio_decreasing, **scale),
        "LRRi": of(means.log_ratio_increasing, **scale),
        "LRRd_no_bias_correction": of(means.log_ratio_decreasing, **scale, bias_corrected=False),
        "LRRi_no_bias_correction": of(means.log_ratio_increasing, **scale, bias_corrected=False),
        "pct_change_d": in_per_cent(means.log_ratio_decreasing),
        "pct_change_i": in_per_cent(means.log_ratio_increasing),
        "NAP_ci_boundary_corrected": lambda: list(_limits(overlap.nap(before, after, better))),
    }
    return where_defined(figures)


def _scan(before: Points, after: Points, better: Better, expected: Mapping[str, Any]) -> dict[str, Any]:
    figures: dict[str, Any] = {}
    formulas: tuple[Literal["complete", "parker", "tarlow"], ...] = ("complete", "parker", "tarlow")
    for formula in formulas:
        scores = tau_u_scores(before, after, formula)
        figures[f"tau_u_{formula}"] = {part: _score(scores[part]) for part in PARTS}
    every_pair = tau_u_scores(before, after, "tarlow")
    figures["tau_u_complete_tau_a"] = {part: score.s / score.pairs for part, score in every_pair.items()}
    way = 1 if better == "up" else -1
    figures |= where_defined(
        {
            "nap": lambda: {
                "nap_percent": 100 * overlap.nap(before, after, better).value,
                "p_wilcox": _p_wilcox([way * point for point in before], [way * point for point in after]),
            },
            "pnd_percent": lambda: 100 * overlap.pnd(before, after, better).value,
            "pem_percent": lambda: 100 * overlap.pem(before, after, better, "none").value,
            "ird": lambda: overlap.ird(before, after, better).value,
            "corrected_tau": lambda: _corrected(before, after, expected.get("corrected_tau")),
        }
    )
    for name, asked in expected.items():
        drawn = re.fullmatch(r"randomisation_(Mean|Median|NAP)_?(B_A|A_B|decreasing|)", name)
        if drawn and isinstance(asked, Mapping):
            figures |= where_defined({name: lambda d=drawn, a=asked: _drawn(before, after, d, a)})  # type: ignore[misc]
    return figures


def _p_wilcox(before: Points, after: Points) -> float | None:
    """One-sided, normal, with ties and continuity correction; none where all points are equal."""
    if len({*before, *after}) == 1:
        return None
    return float(stats.mannwhitneyu(after, before, alternative="greater", method="asymptotic").pvalue)


def _drawn(before: Points, after: Points, named: re.Match[str], asked: Mapping[str, Any]) -> dict[str, float]:
    statistics: dict[str, Statistic] = {"Mean": "mean", "Median": "median", "NAP": "NAP"}
    better: Better = "down" if named[2] in ("A_B", "decreasing") else "up"
    found = start_point_test(before, after, better, statistics[named[1]], int(asked.get("limit", 3)))
    per_cent = 100 if named[1] == "NAP" else 1
    return {
        "observed": per_cent * found.observed,
        "p": found.p,
        "n_assignments": found.starts,
        "limit": found.limit,
    }


def _corrected(before: Points, after: Points, expected: object) -> dict[str, Any]:
    found = baseline.phase_tau_b(before, after, decimals=None)
    named = expected if isinstance(expected, Mapping) else {}
    cases = list(named.get("tau", {})) or ["[case #1]"]
    return {
        "tau": dict.fromkeys(cases, found.tau),
        "p": dict.fromkeys(cases, found.p),
        "corrected": found.corrected,
    }


def _score(score: KendallScore) -> dict[str, float | None]:
    return {
        "tau": score.tau,
        "S": score.s,
        "pairs": score.pairs,
        "D": score.divisor,
        "sd_s": score.sd,
        "z": score.z,
        "p": score.p,
        "lo": score.interval.low,
        "hi": score.interval.high,
    }


def _shown(effect: EffectSize) -> dict[str, float | None]:
    shown: dict[str, float | None] = {"est": effect.value}
    if effect.se is not None:
        shown["se"] = effect.se
    if effect.interval is not None:
        shown["lo"], shown["hi"] = effect.interval.low, effect.interval.high
    return shown


def _limits(effect: EffectSize) -> tuple[float | None, float | None]:
    assert effect.interval is not None
    return effect.interval.low, effect.interval.high


def _without_artefacts(expected: Mapping[str, Any]) -> Mapping[str, Any]:
    """What to expect where a package prints the end of a failed search: [1, 1] for NAP, [-1, -1] for Fisher's z.

    The reference's own boundary-corrected limits take the place of SingleCaseES's; where it gives none they are
    not compared. Fisher's z has no limits at -1 or 1, or from three points.
    """
    wanted = copy.deepcopy(dict(expected))
    ours = wanted.get("SingleCaseES", wanted)
    right = ours.get("NAP_ci_boundary_corrected")
    for name in ("NAP_unbiased", "NAP_Hanley", "NAP_null", "Tau", "Tau_BC"):
        block = ours.get(name)
        if isinstance(block, dict) and block.get("lo") is not None and block.get("lo") == block.get("hi"):
            del block["lo"], block["hi"]
            if right and name != "Tau_BC":
                scaled = [2 * limit - 1 for limit in right] if name == "Tau" else right
                block["lo"], block["hi"] = scaled
    for name, table in wanted.get("scan", {}).items():
        for score in table.values() if name.startswith("tau_u_") and isinstance(table, dict) else ():
            if isinstance(score, dict) and (score.get("lo") == score.get("hi") or score.get("hi") is None):
                score["lo"] = score["hi"] = None
    return wanted


def _tolerances(expected: Mapping[str, Any]) -> dict[str, Any]:
    prefix = "SingleCaseES." if "SingleCaseES" in expected else ""
    widths = {"NAP_unbiased": 1, "NAP_Hanley": 1, "NAP_null": 1, "Tau": 2, "Tau_BC": 2}
    return {
        f"{prefix}{name}.{end}": {"relative": 0, "absolute": width * SEARCH}
        for name, width in widths.items()
        for end in ("lo", "hi")
    }


def _phases(case: Case) -> tuple[Points, Points]:
    if not case.has("A", "B"):
        raise NotAnswered("its input names no points before (A) and after (B)")
    return [float(point) for point in case.given("A")], [float(point) for point in case.given("B")]


def _better(improvement: object) -> Better:
    named: dict[object, Better] = {"increase": "up", "decrease": "down"}
    if improvement not in named:
        raise NotAnswered(f"improvement {improvement!r} is neither increase nor decrease")
    return named[improvement]


def _number_or_mean(value: Any) -> float | None:
    if isinstance(value, list):
        return sum(map(float, value)) / len(value) if value else None
    return None if value is None else float(value)
