"""Q5 and Q6 as far as yes-or-no shares go: two groups, pairs, and a trend over audits."""

from __future__ import annotations

from typing import Any

from metrics.estimators import shares
from tests.golden.answers.reply import Reply, pair, where_defined
from tests.golden.reading import Case, NotAnswered

PAIRS = ("before_yes_after_yes", "before_yes_after_no", "before_no_after_yes", "before_no_after_no")
TWO_GROUPS = ("successes_before", "n_before", "successes_after", "n_after")


def two_shares(case: Case) -> Reply:
    """Told apart by what the input names."""
    if case.has(*TWO_GROUPS):
        return _two_groups(case)
    if case.has(*PAIRS):
        return _pairs(case)
    if case.has("successes", "n"):
        return _trend(case)
    raise NotAnswered("scores, scales and fits on rows (not computed by this version)")


def _two_groups(case: Case) -> Reply:
    x1, n1, x2, n2 = (float(case.given(name)) for name in TWO_GROUPS)

    def mee() -> shares.ShareDifference:
        return shares.miettinen_nurminen(x1, n1, x2, n2, bias_factor=False)

    figures = {
        "p_before": lambda: x1 / n1,
        "p_after": lambda: x2 / n2,
        "difference": lambda: x2 / n2 - x1 / n1,
        "wilson_before": lambda: pair(shares.wilson(x1, n1)),
        "wilson_after": lambda: pair(shares.wilson(x2, n2)),
        "clopper_pearson_before": lambda: pair(shares.clopper_pearson(x1, n1)),
        "clopper_pearson_after": lambda: pair(shares.clopper_pearson(x2, n2)),
        "newcombe_ci": lambda: pair(shares.newcombe_difference(x1 / n1, n1, x2 / n2, n2).interval),
        "miettinen_nurminen_ci": lambda: pair(shares.miettinen_nurminen(x1, n1, x2, n2).interval),
        "mee_score_ci_no_bias_factor": lambda: pair(mee().interval),
    }
    return Reply(where_defined(figures))


def _pairs(case: Case) -> Reply:
    yes_yes, yes_no, no_yes, no_no = (int(case.given(name)) for name in PAIRS)
    change = shares.newcombe_paired(yes_yes, yes_no, no_yes, no_no)
    figures: dict[str, Any] = {
        "n": yes_yes + yes_no + no_yes + no_no,
        "p_before": change.share_before,
        "p_after": change.share_after,
        "difference": change.estimate,
        "newcombe_paired_ci": pair(change.interval),
        "p_mcnemar_exact": shares.mcnemar_exact(yes_no, no_yes),
        "p_mcnemar_midp_contingencytables": shares.mcnemar_midp(yes_no, no_yes),
    }
    if yes_no != no_yes:
        # With equal numbers either way programs disagree; the package of the paper's authors is followed.
        figures["p_mcnemar_midp"] = shares.mcnemar_midp(yes_no, no_yes)
    return Reply(figures)


def _trend(case: Case) -> Reply:
    found = shares.cochran_armitage(case.given("successes"), case.given("n"), case.input.get("scores"))
    return Reply({"chisq": found.chi_square, "p": found.p})
