"""Q5 and Q6: scores paired and unpaired, shares, scales, one person's reliable change, clustered shares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from metrics.estimators import exact_shares, paired_shares, ranks, reliable_change, scales, share_fit
from metrics.estimators.poisson_fit import Coefficient
from tests.golden.answers.reply import Figures, Reply, pair, where_defined
from tests.golden.answers.shares import PAIRS, TWO_GROUPS, two_shares
from tests.golden.expected import expected_of
from tests.golden.reading import Case, NotAnswered

Scores = list[float | None]

PAIRED_ONLY = ("n_pairs", "W_plus", "sign_test_p", "mean_change_ci_t", "rank_biserial")
LONG_SEARCH = {"relative": 1e-2, "absolute": 1e-12}
"""R's fisher.test looks for odds ratios near infinity through their inverse, and stops early."""
LIMIT_SEARCH = {"relative": 0, "absolute": 1.3e-4}
"""R's uniroot stops this far from a limit."""
COARSE_SEARCH = {"relative": 2e-3, "absolute": 2e-4}
"""The same on the shifts themselves, where its own limits are good to 2e-3 at best."""
LOADINGS = {"relative": 1e-4, "absolute": 1e-5}
"""Both factor fits are iterative; they stop at the sixth digit."""


def survey(case: Case) -> Reply:
    """Told apart by what the input names; two lists of scores by whether the figures expected are of pairs."""
    if case.has(*TWO_GROUPS):
        return _two_groups(case)
    if case.has(*PAIRS):
        return _pairs(case)
    if case.has("sd", "reliability"):
        return _reliable(case)
    if case.has("before", "after"):
        before, after = _scores(case.given("before")), _scores(case.given("after"))
        paired = any(name in (expected_of(case.entry) or {}) for name in PAIRED_ONLY)
        return _paired(before, after) if paired else _unpaired(before, after)
    if case.has("csv", "model"):
        return _clustered(case)
    if case.has("csv"):
        return _scale(case)
    return two_shares(case)


def _paired(before: Scores, after: Scores) -> Reply:
    found = ranks.paired_scores(before, after)
    figures: Figures = {
        "n_pairs": lambda: found.pairs,
        "n_dropped": lambda: found.dropped,
        "n_changed": lambda: found.changed,
        "n_up": lambda: found.up,
        "n_down": lambda: found.down,
        "mean_change": lambda: found.mean_change,
        "median_change": lambda: found.median_change,
        "hodges_lehmann_all": lambda: found.shift,
        "hodges_lehmann_nonzero": lambda: found.shift_of_changed,
        "W_plus": lambda: found.w_plus,
        "W_minus": lambda: found.w_minus,
        "rank_biserial": lambda: found.rank_biserial,
        "p_asymptotic_no_cc": lambda: found.p_normal,
        "p_asymptotic_cc": lambda: found.p_normal_corrected,
        "p_exact_with_ties": lambda: found.p,
        "p_pratt_asymptotic": lambda: found.p_pratt_normal,
        "p_pratt_exact": lambda: found.p_pratt,
        "hl_ci_r_asymptotic": lambda: pair(ranks.shift_limits(before, after, "normal")),
        "hl_est_r_asymptotic": lambda: ranks.normal_shift(before, after),
        # R does not round shifted differences, so neither do the limits compared with it.
        "hl_ci_exact_conditional": lambda: pair(ranks.shift_limits(before, after, "conditional", decimals=None)),
        "hl_est_exact": lambda: found.shift_of_changed,
        "hl_ci_walsh_order_statistics": lambda: pair(ranks.shift_limits(before, after)),
        "sign_test_p": lambda: found.p_sign,
        "mean_change_ci_t": lambda: pair(ranks.mean_change(before, after).interval),
        "p_t": lambda: ranks.mean_change(before, after).p,
        "cohen_dz": lambda: ranks.mean_change(before, after).standardised,
    }
    searched = ("hl_ci_r_asymptotic", "hl_est_r_asymptotic")
    return Reply(_with_limits(where_defined(figures)), tolerance=dict.fromkeys(searched, COARSE_SEARCH))


def _unpaired(before: Scores, after: Scores) -> Reply:
    first, second = ([score for score in side if score is not None] for side in (before, after))
    found = ranks.compare_ranks(first, second)

    def brunner_munzel() -> dict[str, Any]:
        tested = ranks.superiority(first, second)
        if tested.df is None:
            # What R prints as NaN: the test is undefined, and another stands in on our pages.
            return {"stat": None, "df": None, "p": None, "prob_superiority": tested.estimate, "ci": [None, None]}
        return {
            "stat": tested.statistic,
            "df": tested.df,
            "p": tested.p,
            "prob_superiority": tested.estimate,
            "ci": pair(tested.unbounded),
        }

    figures: Figures = {
        "n_before": lambda: found.before,
        "n_after": lambda: found.after,
        "prob_superiority": lambda: found.superiority,
        "cliffs_delta": lambda: found.delta,
        "hodges_lehmann": lambda: found.shift,
        "U_after": lambda: found.u,
        "p_mwu_no_cc": lambda: found.p_normal,
        "p_mwu_cc": lambda: found.p_normal_corrected,
        "p_mwu_exact_with_ties": lambda: found.p,
        "brunner_munzel": brunner_munzel,
        "cliff_delta_ci_effsize": lambda: pair(ranks.delta_limits(first, second)),
        "newcombe_method5_ci_for_prob_superiority": lambda: pair(
            ranks.superiority_limits(found.superiority, found.before, found.after)
        ),
        "hl_ci_exact_conditional": lambda: pair(ranks.rank_shift_limits(first, second, decimals=None)),
        "hl_ci_asymptotic": lambda: pair(ranks.rank_shift_limits(first, second, "normal")),
    }
    searched = {"newcombe_method5_ci_for_prob_superiority": LIMIT_SEARCH, "hl_ci_asymptotic": COARSE_SEARCH}
    return Reply(_with_limits(where_defined(figures)), tolerance=searched)


def _with_limits(figures: dict[str, Any]) -> dict[str, Any]:
    """Without the shift limits that do not exist at 95 %: R prints the ends of what was seen, at a lower level."""
    return {
        name: figure
        for name, figure in figures.items()
        if not (name.startswith("hl_ci") and isinstance(figure, list) and None in figure)
    }


def _two_groups(case: Case) -> Reply:
    x1, n1, x2, n2 = (int(case.given(name)) for name in TWO_GROUPS)
    more = where_defined(
        {
            "p_fisher": lambda: exact_shares.fisher_p(x1, n1, x2, n2),
            "p_fisher_midp": lambda: exact_shares.fisher_p(x1, n1, x2, n2, mid=True),
            "p_chisq_no_cc": lambda: exact_shares.chi_square_p(x1, n1, x2, n2),
            "odds_ratio_conditional": lambda: exact_shares.odds_ratio(x1, n1, x2, n2).estimate,
            "odds_ratio_exact_ci": lambda: pair(exact_shares.odds_ratio(x1, n1, x2, n2).interval),
        }
    )
    searched = ("odds_ratio_conditional", "odds_ratio_exact_ci")
    return Reply({**two_shares(case).figures, **more}, tolerance=dict.fromkeys(searched, LONG_SEARCH))


def _pairs(case: Case) -> Reply:
    counts = [int(case.given(name)) for name in PAIRS]
    _, yes_no, no_yes, _ = counts
    more: dict[str, Any] = {
        "tango_ci": pair(paired_shares.tango(*counts).interval),
        "bonett_price_ci": pair(paired_shares.bonett_price(*counts).interval),
    }
    if yes_no + no_yes:
        more["p_mcnemar_chisq_no_cc"] = paired_shares.mcnemar_chi_square(yes_no, no_yes)
        more["p_mcnemar_chisq_cc"] = paired_shares.mcnemar_chi_square(yes_no, no_yes, corrected=True)
    else:  # R prints NaN when nobody changed
        more |= {"p_mcnemar_chisq_no_cc": None, "p_mcnemar_chisq_cc": None}
    if yes_no == no_yes and yes_no > 0:
        # The reference takes off the whole of the point's chance; the paper's authors, and we, half of it.
        more["p_mcnemar_midp"] = 2 * paired_shares.mcnemar_midp(yes_no, no_yes) - 1
    return Reply({**two_shares(case).figures, **more})


def _reliable(case: Case) -> Reply:
    found = reliable_change.reliable_change(*(float(case.given(n)) for n in ("before", "after", "sd", "reliability")))
    figures = {
        "s_diff": found.se,
        "rci": found.index,
        "threshold_points": found.threshold,
        "reliable_improvement": found.improved(higher_is_better=True),
    }
    return Reply(figures)


def _scale(case: Case) -> Reply:
    rows = case.table()
    items = list(rows[0]) if rows else []
    answers = [[_score(row[item]) for item in items] for row in rows]
    found = scales.cronbach_alpha(answers)
    figures: dict[str, Any] = {
        "n": found.respondents,
        "items": found.items,
        "alpha_raw": found.alpha,
        "alpha_std": found.standardised,
        "feldt_ci": pair(found.interval),
        "alpha_if_deleted": dict(zip(items, found.if_deleted, strict=True)),
        "item_rest_correlation": dict(zip(items, found.item_rest, strict=True)),
    }
    figures |= where_defined(
        {
            "factanal_std_loadings": lambda: list(scales.omega_one_factor(answers).loadings),
            "omega_one_factor_ML_standardised": lambda: scales.omega_one_factor(answers).standardised,
            "omega_one_factor_ML_raw": lambda: scales.omega_one_factor(answers).raw,
            "psych_omega_total_nfactors1": lambda: scales.omega_total_minres(answers),
        }
    )
    return Reply(figures, tolerance={"factanal_std_loadings": LOADINGS})


def _clustered(case: Case) -> Reply:
    """``cbind(successes, trials - successes) ~ terms``, by binomial, quasi-binomial and cluster-robust spread."""
    model = str(case.given("model"))
    named = re.fullmatch(r"\s*cbind\((\w+)\s*,\s*(\w+)(?:\s*-\s*(\w+))?\)\s*~\s*([^,]+?)\s*(?:,.*)?", model)
    if named is None or named[3] not in (None, named[1]):
        raise NotAnswered(f"the model {model!r} is not one of successes out of trials")
    rows = case.table()
    successes, others = ([float(row[name]) for row in rows] for name in (named[1], named[2]))
    trials = others if named[3] else [x + failures for x, failures in zip(successes, others, strict=True)]
    terms = {term.strip(): _term(term.strip(), rows) for term in named[4].split("+")}

    def fit(spread: share_fit.Spread, clusters: Sequence[str] | None = None) -> share_fit.ShareFit:
        return share_fit.fit_shares(successes, trials, terms, spread, clusters)

    def both(fitted: share_fit.ShareFit) -> dict[str, Any]:
        coefficients = {name: _shown(term, fitted.residual_df) for name, term in fitted.terms.items()}
        return {"coef": coefficients, "dispersion": fitted.dispersion}

    figures: dict[str, Any] = {"binomial": both(fit("binomial")), "quasibinomial": both(fit("quasi-binomial"))}
    if case.input.get("cluster"):
        herds = [row[str(case.given("cluster"))] for row in rows]
        clustered = fit("clusters", herds)
        figures["cluster_HC0_adjusted"] = {name: _shown(term) for name, term in clustered.terms.items()}
    return Reply(figures)


def _term(name: str, rows: list[dict[str, str]]) -> list[float]:
    """A column of numbers; ``late`` where there is none means any period but the first."""
    if rows and name in rows[0]:
        return [float(row[name]) for row in rows]
    if name == "late" and rows and "period" in rows[0]:
        first = min(float(row["period"]) for row in rows)
        return [float(float(row["period"]) > first) for row in rows]
    raise NotAnswered(f"its rows hold no column {name}")


def _shown(term: Coefficient, df: int | None = None) -> dict[str, float | None]:
    limits = term.ratio_limits()
    shown = {
        "est": term.estimate,
        "se": term.standard_error,
        "ratio": term.ratio,
        "ratio_lo_z": limits.low,
        "ratio_hi_z": limits.high,
        "p_z": term.p_value(),
    }
    if df is not None:
        with_t = term.ratio_limits(df=df)
        shown |= {"ratio_lo_t": with_t.low, "ratio_hi_t": with_t.high, "p_t": term.p_value(df)}
    return shown


def _scores(given: Sequence[Any]) -> Scores:
    return [None if score is None else float(score) for score in given]


def _score(cell: str) -> float | None:
    return None if cell.strip() in ("", "NA") else float(cell)
