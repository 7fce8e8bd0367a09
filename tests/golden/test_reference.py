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


@pytest.mark.parametrize("file", FILES, ids=[file.stem for file in FILES])
def test_every_case_about_change_is_answered(file: Path) -> None:
    if file.parent.name == "change":
        assert [result.line() for result in results_of(file) if result.outcome != "passed"] == []


def test_every_figure_about_series_is_compared() -> None:
    for file in (file for file in FILES if file.stem == "q3_interrupted_time_series"):
        assert [result.unanswered for result in results_of(file) if result.unanswered] == []
