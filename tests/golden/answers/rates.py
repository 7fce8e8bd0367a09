"""Q1, two event rates; Q2, did the rate hold steady."""

from __future__ import annotations

from typing import Any

from scipy import stats

from metrics.estimators import rates
from metrics.estimators.intervals import Interval
from metrics.estimators.log_linear import fit_negative_binomial
from metrics.estimators.skewed_score import p_score_skewed, rate_ratio_score_skewed
from tests.golden.answers.reply import Figures, Reply, pair, where_defined
from tests.golden.reading import Case, NotAnswered

Tallies = tuple[int, float, int, float]
"""Events and exposure before, events and exposure after."""


def two_rates(case: Case) -> Reply:
    """From two tallies with exposure, or from rows of a CSV."""
    if case.has("csv"):
        return _two_rates_from_rows(case)
    tallies, level, per = _tallies(case), _level(case), float(case.input.get("per") or 1)
    x1, t1, x2, t2 = tallies

    def per_unit(interval: Interval) -> list[float | None]:
        return pair(interval.times(per))

    figures = where_defined(
        {
            "rate_before": lambda: per * x1 / t1,
            "rate_after": lambda: per * x2 / t2,
            "rate_before_exact_ci": lambda: per_unit(rates.rate_limits_exact(x1, t1, level)),
            "rate_after_exact_ci": lambda: per_unit(rates.rate_limits_exact(x2, t2, level)),
            "rate_before_midp_ci": lambda: per_unit(rates.rate_limits_midp(x1, t1, level)),
            "rate_after_midp_ci": lambda: per_unit(rates.rate_limits_midp(x2, t2, level)),
            "rate_ratio": lambda: rates.rate_ratio_exact(*tallies, level).estimate,
            "exact_central_ci": lambda: pair(rates.rate_ratio_exact(*tallies, level).interval),
            "exact_midp_ci": lambda: pair(rates.rate_ratio_midp(*tallies, level).interval),
            "score_ci": lambda: pair(rates.rate_ratio_score(*tallies, level).interval),
            "wald_log_ci": lambda: pair(rates.rate_ratio_wald_log(*tallies, level).interval),
            "p_exact_central": lambda: rates.p_exact_central(*tallies),
            "p_exact_minlike_poisson_test": lambda: rates.p_exact_minlike(*tallies),
            "p_exact_midp": lambda: rates.p_midp_central(*tallies),
            "score_skewcorrected_ci": lambda: pair(rate_ratio_score_skewed(*tallies, level).interval),
            "p_score_skewcorrected": lambda: p_score_skewed(*tallies),
            "p_score": lambda: rates.p_score(*tallies),
            "rate_difference": lambda: per * (x2 / t2 - x1 / t1),
            "rate_difference_score_ci": lambda: per_unit(rates.rate_difference_score(*tallies, level)),
        }
    )
    return Reply(figures)


def steady_rates(case: Case) -> Reply:
    """Non-inferiority and equivalence of a rate ratio, by three tests."""
    tallies = _tallies(case)
    high, low = float(case.given("margin_upper")), float(case.given("margin_lower"))
    figures: Figures = {"rate_ratio": lambda: rates.rate_ratio_exact(*tallies).estimate}
    for level in (90, 95):
        figures |= _limits_at(level, tallies)
    tests: dict[str, rates.Test] = {"exact": "exact", "midp": "mid-p", "score": "score"}
    for name, test in tests.items():
        figures |= _p_values(name, test, tallies, low, high)
    return Reply(where_defined(figures))


def _limits_at(level: int, tallies: Tallies) -> Figures:
    chance = level / 100
    return {
        f"ci{level}_exact": lambda: pair(rates.rate_ratio_exact(*tallies, chance).interval),
        f"ci{level}_midp": lambda: pair(rates.rate_ratio_midp(*tallies, chance).interval),
        f"ci{level}_score": lambda: pair(rates.rate_ratio_score(*tallies, chance).interval),
    }


def _p_values(name: str, test: rates.Test, tallies: Tallies, low: float, high: float) -> Figures:
    return {
        f"p_noninferior_{name}": lambda: rates.p_not_above(*tallies, high, test),
        f"p_lower_{name}": lambda: rates.p_not_below(*tallies, low, test),
        f"p_tost_{name}": lambda: rates.p_equivalence(*tallies, low, high, test),
    }


def _two_rates_from_rows(case: Case) -> Reply:
    """The log-linear fit of rows with a count, an exposure and a period, by several spreads."""
    rows = case.table()
    counts = [_whole(row[case.given("events")]) for row in rows]
    exposures = [float(row[case.given("exposure")]) for row in rows]
    after = [bool(_whole(row[case.given("after")])) for row in rows]
    level = _level(case)

    def fit(**how: Any) -> rates.TwoPeriodFit:
        return rates.fit_two_periods(counts, exposures, after, **how)

    def terms(fitted: rates.TwoPeriodFit, with_t: bool = False) -> dict[str, dict[str, float | None]]:
        """Both terms under the names R prints; the later period's goes by the column it came from."""
        named = {"(Intercept)": fitted.baseline, str(case.given("after")): fitted.change}
        return {
            name: _term(term, level) | (_term_t(term, level, fitted.residual_df) if with_t else {})
            for name, term in named.items()
        }

    quasi = fit(spread="quasi-Poisson")
    figures: dict[str, Any] = {
        "poisson": terms(fit()),
        "quasipoisson": {**terms(quasi, with_t=True), "dispersion": quasi.dispersion},
        "poisson_HC0": terms(fit(spread="clusters", small_sample=False)),
        "poisson_HC1": terms(fit(spread="clusters")),
    }
    if case.input.get("cluster"):
        people = [row[case.given("cluster")] for row in rows]
        figures["poisson_cluster_CR_stata"] = terms(fit(spread="clusters", clusters=people))
        figures["poisson_cluster_no_adjust"] = terms(fit(spread="clusters", clusters=people, small_sample=False))
    scattered = _negative_binomial(counts, exposures, after, str(case.given("after")), level)
    return Reply(figures | ({} if scattered is None else {"negbin": scattered}))


def _negative_binomial(
    counts: list[int], exposures: list[float], after: list[bool], name: str, level: float
) -> dict[str, Any] | None:
    """The same terms where counts scatter in a gamma shape, and that shape; None where they do not."""
    columns = {"(Intercept)": [1.0] * len(after), name: [float(late) for late in after]}
    try:
        fitted = fit_negative_binomial(counts, columns, exposures)
    except ValueError:
        return None
    assert fitted.theta is not None
    terms = {term: fitted.term(term, fitted.chance) for term in columns}
    return {
        **{term: _term(found, level) for term, found in terms.items()},
        "theta": fitted.theta,
        "alpha": 1 / fitted.theta,
        "loglik": float(
            stats.nbinom.logpmf(fitted.counts, fitted.theta, fitted.theta / (fitted.theta + fitted.mean)).sum()
        ),
    }


def _term(term: rates.Coefficient, level: float) -> dict[str, float | None]:
    limits = term.ratio_limits(level)
    return {
        "est": term.estimate,
        "se": term.standard_error,
        "ratio": term.ratio,
        "ratio_lo_z": limits.low,
        "ratio_hi_z": limits.high,
        "p_z": term.p_value(),
    }


def _term_t(term: rates.Coefficient, level: float, df: int) -> dict[str, float | None]:
    limits = term.ratio_limits(level, df)
    return {"ratio_lo_t": limits.low, "ratio_hi_t": limits.high, "p_t": term.p_value(df)}


def _tallies(case: Case) -> Tallies:
    if not case.has("events_before", "exposure_before", "events_after", "exposure_after"):
        raise NotAnswered("its input is not two tallies of events with exposure")
    before, after = _whole(case.given("events_before")), _whole(case.given("events_after"))
    return before, float(case.given("exposure_before")), after, float(case.given("exposure_after"))


def _level(case: Case) -> float:
    """The confidence level asked for, 95 % where none is."""
    for source in (case.options, case.input):
        if source.get("level") is not None:
            return float(source["level"])
    return 0.95


def _whole(value: Any) -> int:
    number = float(value)
    if number != int(number):
        raise NotAnswered(f"{value} is not a whole count")
    return int(number)
