"""The larger set of reference answers, run from beside the checkout when it is there."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.golden.runner import results_of

ROOT = Path(__file__).parents[2]
FOLDER = Path(os.environ.get("OUTCOMES_REFERENCE") or ROOT / ".." / "shared" / "reference")
FILES = sorted(FOLDER.rglob("*.json"))

pytestmark = pytest.mark.skipif(not FILES, reason="the reference answers are not beside this checkout")


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_no_figure_of_ours_differs_from_the_reference(file: Path) -> None:
    failed = [result.line() for result in results_of(file) if result.outcome == "FAILED"]
    assert not failed, "\n".join(failed)


@pytest.mark.parametrize(
    "stem",
    ["q1_rates", "q2_stability", "q4_single_case", "q5_surveys", "q6_adherence", "q7_placement_stability"],
)
def test_every_case_is_answered(stem: str) -> None:
    for file in (file for file in FILES if file.stem == stem):
        assert [result.line() for result in results_of(file) if result.outcome != "passed"] == []
