"""Published and hand-worked figures that the repository itself carries."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.golden.reading import Case, cases_in
from tests.golden.runner import result_of

CASES = [case for file in sorted((Path(__file__).parent / "cases").glob("*.json")) for case in cases_in(file)]


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_our_figures_are_the_printed_ones(case: Case) -> None:
    result = result_of(case)
    assert result.outcome == "passed", result.line()
    assert result.unanswered == (), result.line()


def test_every_case_says_where_its_figures_come_from() -> None:
    assert all(case.entry.get("source") for case in CASES)
