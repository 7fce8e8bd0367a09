"""Arrays and a point-by-point reading of the same rules say the same, whatever the series looks like."""

from __future__ import annotations

import math
from typing import Any

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from metrics.series.spc.engine import charted
from metrics.series.spc.model import SIGNALS, Convention
from metrics.series.spc.sheet import sheet
from tests.support.plain_spc import LABELS, plain_individuals

FIGURES = st.one_of(
    st.none(),
    st.integers(0, 12).map(float),
    st.sampled_from([0.0, 5.0, 5.0, 6.0, 100.0]),
    st.integers(-300, 300).map(lambda tenths: tenths / 10),
)
SERIES = st.lists(FIGURES, min_size=1, max_size=48)


@st.composite
def questions(draw: Any) -> dict[str, Any]:
    values = draw(SERIES)
    size = len(values)
    return {
        "values": values,
        "starts": sorted(draw(st.sets(st.integers(1, size), max_size=3))) if size > 1 else [],
        "first_points": draw(st.one_of(st.none(), st.integers(2, 15))),
        "excluded": sorted(draw(st.sets(st.integers(0, size - 1), max_size=3))),
        "screened": draw(st.booleans()),
        "inner_band": draw(st.booleans()),
        "trend_points": draw(st.sampled_from([6, 7])),
    }


@given(questions())
def test_limits_rules_and_labels_agree(asked: dict[str, Any]) -> None:
    rules = Convention(
        trend_points=asked["trend_points"],
        two_in_three="ptd_0_2_2" if asked["inner_band"] else "mdc_2023",
        screened=asked["screened"],
    )
    laid = sheet(
        [asked["values"]], starts=[asked["starts"]], first_points=[asked["first_points"]], excluded=[asked["excluded"]]
    )
    found = charted("xmr", laid, rules)
    plain = plain_individuals(**asked)
    for ours, theirs in (
        (found.lines.centre[0], plain.centre),
        (found.lines.lower[0], plain.lower),
        (found.lines.upper[0], plain.upper),
    ):
        np.testing.assert_allclose(ours, [math.nan if each is None else each for each in theirs], rtol=1e-9, atol=1e-9)
    marked = found.signals
    assert [int(each) for each in marked.side[0]] == [each or 0 for each in plain.side]
    assert list(marked.outside[0]) == plain.outside
    assert list(marked.close[0]) == plain.close
    assert list(marked.trend[0]) == plain.trend
    assert list(marked.trend_end[0]) == plain.trend_end
    assert list(marked.two_in_three[0]) == plain.two
    assert list(marked.shift[0]) == plain.shift
    assert list(marked.shift_end[0]) == plain.shift_end
    assert [int(each) for each in marked.towards[0]] == plain.towards
    labels = [
        None if value is None else "Common Cause" if first < 0 else LABELS[SIGNALS[first], way]
        for value, first, way in zip(asked["values"], marked.first[0], marked.towards[0], strict=True)
    ]
    assert labels == plain.label


@given(st.lists(SERIES, min_size=1, max_size=6))
def test_many_series_together_are_the_same_as_one_by_one(several: list[list[float | None]]) -> None:
    together = charted("xmr", sheet(several))
    for row, values in enumerate(several):
        alone = charted("xmr", sheet([values]))
        size = len(values)
        np.testing.assert_allclose(together.lines.upper[row][:size], alone.lines.upper[0], rtol=1e-12)
        np.testing.assert_array_equal(together.signals.first[row][:size], alone.signals.first[0])
        assert together.variation(["increase"] * len(several))[row] == alone.variation(["increase"])[0]
        assert together.runs(row)[0] == alone.runs(0)[0]
