"""Figures in one block, or one for each package asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.golden.expected import expected_of
from tests.golden.reading import Case
from tests.golden.runner import result_of


def test_one_block_stays_as_it_is() -> None:
    assert expected_of({"expected": {"a": 1}}) == {"a": 1}


def test_blocks_of_packages_go_by_their_names() -> None:
    entry = {"expected": {"a": 1}, "expected_scan": {"a": 2}, "expected_R": {"a": 3}}
    assert expected_of(entry) == {"a": 1, "scan": {"a": 2}, "R": {"a": 3}}


@pytest.mark.parametrize("entry", [{}, {"expected": [1]}, {"expected": None, "expected_scan": 3}])
def test_no_named_figures_are_no_block(entry: dict[str, object]) -> None:
    assert expected_of(entry) is None


POINTS = {"A": [4, 3, 5, 4], "B": [7, 9, 8, 7], "improvement": "increase", "scale": "count"}


def case_of(single_case_es: Mapping[str, object]) -> Case:
    return Case("one", "q4", {"input": POINTS, "expected_SingleCaseES": single_case_es}, Path())


def test_the_end_of_a_failed_search_is_not_what_we_aim_at() -> None:
    """SingleCaseES prints 1 to 1 for NAP without overlap; the limits with the root divided out count."""
    printed = {"NAP_unbiased": {"est": 1, "lo": 1, "hi": 1}, "Tau": {"est": 1, "lo": 1, "hi": 1}}
    corrected = {**printed, "NAP_ci_boundary_corrected": [0.5654, 1]}
    assert result_of(case_of(printed)).outcome == "passed"
    assert result_of(case_of({**corrected, "NAP_ci_boundary_corrected": [0.2, 1]})).outcome == "FAILED"


def test_a_wrong_figure_fails() -> None:
    assert result_of(case_of({"NAP_unbiased": {"est": 0.9}})).outcome == "FAILED"


def test_one_tolerance_for_a_file_does_not_tighten_a_coarse_search() -> None:
    """SingleCaseES finds its limits to about 1e-4; a file that asks for 1e-6 means the closed forms."""
    printed = {"NAP_unbiased": {"est": 0.9636363636, "lo": 0.749974108, "hi": 0.995072899}}
    points = {"A": [4, 3, 4, 3, 4, 7, 5, 2, 3, 2], "B": [5, 9, 7, 9, 7, 5, 9, 11, 11, 10, 9]}
    entry = {"input": {**points, "improvement": "increase"}, "expected_SingleCaseES": printed}
    assert result_of(Case("one", "q4", entry, Path(), tolerance=1e-6)).outcome == "passed"
    off = {"NAP_unbiased": {"est": 0.9637, "lo": 0.749974108, "hi": 0.995072899}}
    assert result_of(Case("one", "q4", {**entry, "expected_SingleCaseES": off}, Path(), 1e-6)).outcome == "FAILED"
