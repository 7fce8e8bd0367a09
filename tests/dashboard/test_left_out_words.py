"""How groups are named and gaps are said: named groups, no percent sign, fewer and more, never which is to blame."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.views.left_out.words import gap_found, gap_range, people_of
from metrics.model import Effect, Scale


@pytest.mark.parametrize(
    ("column", "words", "said"),
    [
        ("ethnicity_group", ("asian", "black", "mixed"), "people from Asian, Black and mixed ethnic groups"),
        ("first_language", ("twi", "urdu"), "people whose first language is Twi or Urdu"),
        ("first_language", tuple("abcdefg"), "people whose first language is A, B, C, D, E or 2 more"),
        ("language_match", ("no",), "people with no worker who speaks their language"),
        ("communication_need", ("hearing", "sight"), "people with a hearing need and people with a sight need"),
        ("communication_need", ("own_word",), "people with “own word”"),
        ("stage", ("later",), "people in the later stage"),
    ],
)
def test_groups_are_named(column: str, words: tuple[str, ...], said: str) -> None:
    assert people_of(column, words) == said


@pytest.mark.parametrize(
    ("scale", "figures", "found", "reach"),
    [
        ("points", (-25.2, -38.0, -12.0), "25 in 100 fewer", "the true gap is likely between 12 and 38 in 100 fewer"),
        ("points", (25.2, 12.0, 38.0), "25 in 100 more", "the true gap is likely between 12 and 38 in 100 more"),
        ("points", (8.0, -4.0, 20.0), "8 in 100 more",
         "the true gap may be anything from 4 in 100 fewer to 20 in 100 more, so there may be none"),
        ("points", (0.0, -9.0, 9.0), "no gap",
         "the true gap may be anything from 9 in 100 fewer to 9 in 100 more, so there may be none"),
        ("ratio", (3.2, 1.5, 10.4), "3.2 times as many", "the true gap is likely between 1.5 times and 10.4 times as many"),
        ("ratio", (0.5, 0.3, 0.8), "50 in 100 fewer", "the true gap is likely between 20 and 70 in 100 fewer"),
        ("ratio", (3.2, 1.5, None), "3.2 times as many",
         "the true gap is at least 50 in 100 more; no upper end can be given"),
        ("score", (-0.4, -0.7, -0.1), "0.4 points lower", "the true gap is likely between 0.1 and 0.7 points lower"),
        ("score", (0.4, -0.1, 0.9), "0.4 points higher",
         "the true gap may be anything from 0.1 points lower to 0.9 points higher, so there may be none"),
    ],
)  # fmt: skip
def test_a_gap_is_said_with_how_far_it_may_be_off(
    scale: Scale, figures: tuple[float, float | None, float | None], found: str, reach: str
) -> None:
    effect = Effect(scale, *figures, "")
    assert gap_found(effect) == found
    assert gap_range(effect) == reach


@given(
    st.sampled_from(["points", "ratio", "score"]),
    st.lists(st.floats(0.01, 20), min_size=3, max_size=3).map(sorted),
    st.booleans(),
)
def test_no_gap_is_left_open_exactly_when_the_range_holds_none(scale: Scale, ends: list[float], down: bool) -> None:
    low, middle, high = (end if scale == "ratio" or not down else -end for end in (ends[::-1] if down else ends))
    low, high = min(low, high), max(low, high)
    effect = Effect(scale, middle, low, high, "")
    said = gap_range(effect)
    assert ("there may be none" in said) is (low <= effect.no_change <= high)
    assert "%" not in said
