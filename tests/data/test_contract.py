"""The contract is said once: the documentation and the schema follow from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.contract import TABLES, columns_for, plain
from data.describe import contract_markdown

ROOT = Path(__file__).parents[2]


def test_there_are_thirteen_tables() -> None:
    assert list(TABLES) == [
        "services", "people", "stays", "incidents", "falls", "feedback", "interventions", "declarations", "views",
        "decisions", "checks", "context", "totals",
    ]  # fmt: skip


def test_the_documentation_is_what_the_contract_says() -> None:
    written = (ROOT / "docs" / "csv-contract.md").read_text(encoding="utf-8")
    assert written == contract_markdown(), "run: python -m data.describe > docs/csv-contract.md"


@pytest.mark.parametrize("heading", ["Occurred At", "occurred_at", "OCCURRED/AT?", " occurred at "])
def test_headings_match_without_case_spaces_and_marks(heading: str) -> None:
    assert columns_for(TABLES["incidents"], [heading]) == {"occurred_at": [0]}


def test_a_heading_seen_elsewhere_is_read_as_our_column() -> None:
    assert columns_for(TABLES["falls"], ["Resident ID", "Home"]) == {"person_id": [0], "service_id": [1]}


def test_a_heading_that_could_mean_two_columns_is_read_as_neither() -> None:
    for table in TABLES.values():
        seen: dict[str, set[str]] = {}
        for column in table.columns.values():
            for other in column.seen_as:
                seen.setdefault(plain(other), set()).add(column.name)
        own = {plain(name) for name in table.columns}
        for heading, columns in seen.items():
            if len(columns) > 1 and heading not in own:
                assert columns_for(table, [heading]) == {}


def test_every_key_is_made_of_required_columns() -> None:
    for table in TABLES.values():
        assert all(table.columns[name].required for name in table.key), table.name


def test_codes_are_lower_case_words_except_nations() -> None:
    for table in TABLES.values():
        for column in table.columns.values():
            if column.name != "nation":
                assert all(code == code.lower() and " " not in code for code in column.codes)


def test_free_text_has_no_place_in_the_database() -> None:
    from data.schema import create_table

    assert "what_helped" not in create_table(TABLES["incidents"])
