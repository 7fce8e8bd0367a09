"""Two small shares exactly, pairs by score, and shares over clusters."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from metrics.estimators.exact_shares import chi_square_p, fisher_p, odds_ratio
from metrics.estimators.paired_shares import (
    bonett_price,
    mcnemar_chi_square,
    mcnemar_exact,
    mcnemar_midp,
    newcombe_paired,
    tango,
)
from metrics.estimators.share_fit import fit_shares

sides = st.tuples(st.integers(1, 12), st.integers(1, 12)).flatmap(
    lambda n: st.tuples(st.integers(0, n[0]), st.just(n[0]), st.integers(0, n[1]), st.just(n[1]))
)
fours = st.tuples(*[st.integers(0, 8)] * 4).filter(lambda cells: sum(cells) > 0)


class TestFisher:
    @given(table=sides)
    def test_it_is_scipys_and_mid_p_is_smaller(self, table: tuple[int, int, int, int]) -> None:
        x1, n1, x2, n2 = table
        expected = stats.fisher_exact([[x2, n2 - x2], [x1, n1 - x1]]).pvalue
        assert fisher_p(*table) == pytest.approx(expected, rel=1e-6)
        assert 0 < fisher_p(*table, mid=True) < fisher_p(*table) + 1e-12
        assert fisher_p(x2, n2, x1, n1, mid=True) == pytest.approx(fisher_p(*table, mid=True))

    def test_tea(self) -> None:
        assert fisher_p(1, 4, 3, 4) == pytest.approx(34 / 70)
        assert fisher_p(1, 4, 3, 4, mid=True) == pytest.approx((2 + 16) / 70)

    @given(table=sides)
    def test_the_odds_ratio_lies_within_its_limits(self, table: tuple[int, int, int, int]) -> None:
        x1, n1, x2, n2 = table
        if x1 + x2 in (0, n1 + n2):
            with pytest.raises(ValueError, match="alike"):
                odds_ratio(*table)
            return
        found = odds_ratio(*table)
        assert found.estimate is None or found.interval.contains(found.estimate)

    @given(table=sides)
    def test_chi_square_is_scipys(self, table: tuple[int, int, int, int]) -> None:
        x1, n1, x2, n2 = table
        if x1 + x2 in (0, n1 + n2):
            assert chi_square_p(*table) == 1
        else:
            expected = stats.chi2_contingency([[x2, n2 - x2], [x1, n1 - x1]], correction=False).pvalue
            assert chi_square_p(*table) == pytest.approx(expected)

    @pytest.mark.parametrize("table", [(0, 0, 1, 2), (3, 2, 1, 2), (1, 2, -1, 2), (1.5, 2, 1, 2)])
    def test_what_is_no_table_is_refused(self, table: tuple[int, int, int, int]) -> None:
        for work in (fisher_p, odds_ratio, chi_square_p):
            with pytest.raises(ValueError):
                work(*table)


class TestPairs:
    @given(cells=fours)
    def test_limits_hold_the_difference_and_turn_round(self, cells: tuple[int, int, int, int]) -> None:
        a, b, c, d = cells
        for work in (tango, bonett_price, newcombe_paired):
            found, turned = work(a, b, c, d), work(a, c, b, d)
            low, high = found.interval.low, found.interval.high
            assert low is not None and high is not None and turned.interval.low is not None
            assert -1 <= low <= high <= 1
            assert turned.interval.low == pytest.approx(-high, abs=1e-8)
            if work is not bonett_price:  # whose centre is drawn towards 0
                assert low - 1e-9 <= found.estimate <= high + 1e-9

    @given(cells=fours)
    def test_tango_is_where_the_score_test_gives_up(self, cells: tuple[int, int, int, int]) -> None:
        """0 lies outside the limits just when McNemar's chi-square, uncorrected, says so."""
        _, b, c, _ = cells
        if b + c:
            limits, p = tango(*cells).interval, mcnemar_chi_square(b, c)
            if abs(p - 0.05) > 1e-6:
                assert limits.contains(0) == (p > 0.05)

    def test_equal_changes_either_way(self) -> None:
        """Mid-p as the paper's authors have it: 1 less half the chance of the split."""
        assert mcnemar_midp(2, 2) == pytest.approx(1 - 6 / 32)
        assert mcnemar_chi_square(2, 2, corrected=True) == mcnemar_chi_square(0, 0) == mcnemar_exact(2, 2) == 1

    def test_nobody_asked_is_refused(self) -> None:
        for work in (tango, bonett_price):
            with pytest.raises(ValueError):
                work(0, 0, 0, 0)


class TestFit:
    X, N, LATE = [8, 6, 9, 2, 3, 1], [10, 10, 12, 10, 11, 9], [0, 0, 0, 1, 1, 1]

    def test_one_term_is_the_difference_of_log_odds(self) -> None:
        """23 of 32 before, 6 of 30 after; squared errors are sums of inverse counts."""
        import math

        found = fit_shares(self.X, self.N, {"late": self.LATE})
        assert found.terms["late"].estimate == pytest.approx(math.log(6 / 24) - math.log(23 / 9))
        assert found.terms["late"].standard_error == pytest.approx(math.sqrt(1 / 6 + 1 / 24 + 1 / 23 + 1 / 9))

    def test_two_columns_and_proportions_agree_with_statsmodels(self) -> None:
        import numpy as np
        import statsmodels.api as sm

        x, n = np.array(self.X, float), np.array(self.N, float)
        design = np.column_stack([np.ones(6), self.LATE, [1, 2, 3, 1, 2, 3]])
        family = sm.families.Binomial()
        theirs = sm.GLM(x / n, design, family=family, var_weights=n).fit(scale="X2")
        ours = fit_shares(self.X, self.N, {"late": self.LATE, "step": [1, 2, 3, 1, 2, 3]}, "quasi-binomial")
        for term, value, error in zip(ours.terms.values(), theirs.params, theirs.bse, strict=True):
            assert term.estimate == pytest.approx(value, rel=1e-6)
            assert term.standard_error == pytest.approx(error, rel=1e-6)

    def test_rows_of_one_cluster_count_together(self) -> None:
        alone = fit_shares(self.X, self.N, {"late": self.LATE}, "clusters")
        doubled = fit_shares(self.X * 2, self.N * 2, {"late": self.LATE * 2}, "clusters", [*range(6), *range(6)])
        assert doubled.terms["late"].standard_error == pytest.approx(alone.terms["late"].standard_error)

    def test_none_after_leaves_no_finite_odds(self) -> None:
        with pytest.raises(ValueError, match="no finite log odds"):
            fit_shares([8, 6, 0, 0], [10, 10, 10, 10], {"late": [0, 0, 1, 1]})
        with pytest.raises(ValueError, match="throughout"):
            fit_shares([0, 0, 0], [10, 10, 10], {"late": [0, 1, 1]})

    @pytest.mark.parametrize(
        ("x", "n", "late", "clusters"),
        [
            ([1, 2], [3, 3], [0, 1], None),
            ([1, 2, 4], [3, 3, 3], [0, 1, 1], None),
            ([1, 2, 2], [3, 3, 3], [1, 1, 1], None),
            ([1, 2, 2], [3, 3, 3], [0, 1], None),
            ([1, 2, 2], [3, 3, 3], [0, 1, 1], ["a"] * 3),
            ([1, 2, 2], [3, 3, 3], [0, 1, 1], ["a"] * 2),
            ([1, 2, 2], [3, 3, 3], [0, 1, float("nan")], None),
        ],
    )
    def test_what_cannot_be_fitted_is_refused(
        self, x: list[int], n: list[int], late: list[float], clusters: list[str] | None
    ) -> None:
        with pytest.raises(ValueError):
            fit_shares(x, n, {"late": late}, "clusters", clusters)
