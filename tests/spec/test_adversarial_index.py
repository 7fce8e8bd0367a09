"""The index of adversarial cases says what the tests say, and leaves none of the 64 out."""

from __future__ import annotations

import re

import pytest

from tests.support.cases import CASES, ELSEWHERE, INDEX, PARTS, ROOT, as_markdown, cases_named, holders


def test_the_index_is_what_the_tests_say() -> None:
    assert INDEX.read_text(encoding="utf-8") == as_markdown(holders()), "run: python -m tests.support.cases"


def test_no_case_is_missing_and_none_is_made_up() -> None:
    assert list(CASES) == list(range(1, 65))
    assert [number for first, last in PARTS.values() for number in range(first, last + 1)] == list(CASES)
    assert set(holders()) <= set(CASES)
    told = re.findall(r"^\| (\d+) \|", INDEX.read_text(encoding="utf-8"), flags=re.M)
    assert told == [str(number) for number in CASES]


def test_every_file_named_beside_the_tests_is_there() -> None:
    for files in ELSEWHERE.values():
        for file in files:
            assert (ROOT / file.split("#")[0]).is_file(), file


@pytest.mark.parametrize(
    ("docstring", "cases"),
    [
        ("Case 34: a formula.", (34,)),
        ("Cases 40 and 41: bad files.", (40, 41)),
        ("Cases 1, 3 and 5: all three.", (1, 3, 5)),
        ("Cases 5 to 8: a run.", (5, 6, 7, 8)),
        ("In case 3 of them.", ()),
        ("", ()),
    ],
)
def test_a_docstring_names_its_cases(docstring: str, cases: tuple[int, ...]) -> None:
    assert cases_named(docstring) == cases
