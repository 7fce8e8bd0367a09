"""Words that are never shown: in the pages, in the sentences, in the outcome files."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

NEVER = (
    "sufferers?", "demented", "senile", "victims?", "burden", "challenging behaviours?", "aggressive behaviours?",
    "wanderers?", "wandering", "non-?compliant", "refusers?", "resistive", "feeders?", "toileting", "bed[- ]blockers?",
    "placements?", "service users?", "BAME", "sundown(?:er|ing)s?", "the elderly", "suffer(?:s|ing)? from",
)  # fmt: skip
NOT_ON_A_PAGE = ("significant", "significance", "p-values?", "baselines?", "RAG", "patients?", "residents?")
ANYWHERE = re.compile(rf"\b(?:{'|'.join(NEVER)})\b", re.IGNORECASE)
ON_PAGES = re.compile(rf"\b(?:{'|'.join(NOT_ON_A_PAGE)})\b")


def python_strings(path: Path) -> Iterator[str]:
    """Every string of a module except docstrings."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.value


def toml_strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from toml_strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from toml_strings(each)


def modules(*folders: str) -> list[Path]:
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


@pytest.mark.parametrize("path", modules("dashboard", "metrics"), ids=lambda path: str(path.relative_to(ROOT)))
def test_no_module_says_a_word_that_is_never_shown(path: Path) -> None:
    assert [text for text in python_strings(path) if ANYWHERE.search(text)] == []


@pytest.mark.parametrize(
    "path",
    [*modules("dashboard/views", "dashboard/blocks", "dashboard/app_pages"), ROOT / "dashboard" / "parts.py"],
    ids=lambda path: str(path.relative_to(ROOT)),
)
def test_no_page_says_a_word_that_needs_a_statistics_book(path: Path) -> None:
    sentences = [text for text in python_strings(path) if " " in text.strip()]
    assert [text for text in sentences if ON_PAGES.search(text)] == []


@pytest.mark.parametrize("path", sorted((ROOT / "metrics" / "outcomes").glob("*.toml")), ids=lambda path: path.stem)
def test_no_outcome_file_says_one(path: Path) -> None:
    found = list(toml_strings(tomllib.loads(path.read_text(encoding="utf-8"))))
    assert [text for text in found if ANYWHERE.search(text)] == []


def test_the_scan_finds_what_it_looks_for() -> None:
    assert ANYWHERE.search("A service user with challenging behaviour")
    assert not ANYWHERE.search("People living with dementia who were not here")
