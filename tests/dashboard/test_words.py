"""Words that are never shown: not in pages, charts, sentences, outcome files, check-ins, commands, documents or the sample.

Column matching may read such a word in a file's heading or cell; what it writes in its place is looked through here too.
"""

from __future__ import annotations

import ast
import csv
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from statistics import mean

import pytest

from data.contract import TABLES
from tests.support.reading_age import grade, syllables

ROOT = Path(__file__).parents[2]

NEVER = (
    "sufferers?", "demented", "senile", "victims?", "burdens?", "challenging behaviours?", "aggressive behaviours?",
    "wanderers?", "wandering", "non-?complian(?:t|ce)", "refusers?", "resistive", "feeders?", "toileting",
    "bed[- ]blockers?", "placements?", "service users?", "BAME", "sundown(?:er|ing)s?", "the elderly",
    "suffer(?:s|ing)? from",
)  # fmt: skip
NOT_ON_A_PAGE = (
    "[Ss]ignifican(?:t|tly|ce)", "[Pp]-values?", "[Bb]aselines?", "RAG", "[Pp]atients?", "[Rr]esidents?", "[Cc]aused",
)  # fmt: skip
ANYWHERE = re.compile(rf"\b(?:{'|'.join(NEVER)})\b", re.IGNORECASE)
ON_PAGES = re.compile(rf"\b(?:{'|'.join(NOT_ON_A_PAGE)})\b")

DENIED = ("is not being caused by it",)
"""The one place where the word is said, to say that it is not so."""
READ_NOT_SHOWN = ("data/contract.py", "data/matching/headings.py", "data/matching/survey.py")
"""Modules that name headings of other people's files, to know them when they come."""

Words = Iterator[str]


# Where words stand -----------------------------------------------------------------------------------


def python_strings(path: Path) -> Words:
    """Every string of a module except those that only explain the code."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    explains = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in explains:
            yield node.value


def toml_strings(value: object) -> Words:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for each in value.values():
            yield from toml_strings(each)
    elif isinstance(value, list):
        for each in value:
            yield from toml_strings(each)


def toml_keys(value: object) -> Words:
    """The names on the left: in the files of matching, what is written in place of what was read."""
    if isinstance(value, dict):
        for key, each in value.items():
            yield key
            yield from toml_keys(each)


def csv_words(path: Path) -> Words:
    """Every different cell of a table, headings included."""
    with path.open(encoding="utf-8", newline="") as file:
        yield from {cell for row in csv.reader(file) for cell in row}


def contract_words() -> Words:
    """Everything of the contract that may stand on a page: tables, columns, codes, what they are about."""
    for table in TABLES.values():
        yield from (table.name, table.row_is, table.without_it)
        for column in table.columns.values():
            yield from (column.name, column.about, *column.codes)


def document(path: Path) -> str:
    """A document without the last column of the contract's tables: headings of other people's files, which we read."""
    lines = path.read_text(encoding="utf-8").splitlines()
    if path.name == "csv-contract.md":
        lines = [line.rsplit("|", 2)[0] if line.startswith("|") else line for line in lines]
    return "\n".join(lines)


def modules(*folders: str) -> list[Path]:
    """Modules in these folders, those not yet there left out."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def files(*patterns: str) -> list[Path]:
    return sorted(path for pattern in patterns for path in ROOT.glob(pattern))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def read(path: Path) -> dict[str, object]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def needs_a_statistics_book(text: str) -> bool:
    for denial in DENIED:
        text = text.replace(denial, "")
    return bool(ON_PAGES.search(text))


SPOKEN = [path for path in modules("dashboard", "metrics", "data", "benchmarks") if name_of(path) not in READ_NOT_SHOWN]
SHOWN = [
    *modules(
        "dashboard/views", "dashboard/blocks", "dashboard/app_pages", "dashboard/charts", "dashboard/printing",
        "dashboard/commands",
    ),
    *files(
        "dashboard/*.py", "metrics/wording.py", "metrics/words.py", "metrics/judging/cautions.py",
        "metrics/judging/guards/*.py", "metrics/judging/answering.py", "metrics/judging/several.py", "data/templates.py",
    ),
]  # fmt: skip
DOCUMENTS = files("*.md", "docs/**/*.md", "data/**/*.md", "dashboard/**/*.md", "metrics/**/*.md")
SAMPLE = files("data/sample/*.csv")


# Never, anywhere -------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SPOKEN, ids=name_of)
def test_no_module_says_a_word_that_is_never_shown(path: Path) -> None:
    assert [text for text in python_strings(path) if ANYWHERE.search(text)] == []


@pytest.mark.parametrize("path", files("metrics/outcomes/*.toml", "data/checkins/**/*.toml"), ids=name_of)
def test_no_outcome_file_and_no_check_in_says_one(path: Path) -> None:
    assert [text for text in toml_strings(read(path)) if ANYWHERE.search(text)] == []


@pytest.mark.parametrize("path", SAMPLE, ids=name_of)
def test_no_cell_of_the_sample_says_one(path: Path) -> None:
    assert [cell for cell in csv_words(path) if ANYWHERE.search(cell.replace("_", " "))] == []


def test_the_truth_of_the_sample_does_not_either() -> None:
    assert ANYWHERE.findall((ROOT / "data" / "sample" / "truth.json").read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_no_document_says_one(path: Path) -> None:
    assert [line for line in document(path).splitlines() if ANYWHERE.search(line)] == []


def test_no_table_column_or_code_of_the_contract_is_one() -> None:
    assert [text for text in contract_words() if ANYWHERE.search(text.replace("_", " "))] == []


@pytest.mark.parametrize("path", files("data/matching/*.toml"), ids=name_of)
def test_matching_may_read_such_a_word_and_writes_another(path: Path) -> None:
    assert [key for key in toml_keys(read(path)) if ANYWHERE.search(key.replace("_", " "))] == []


@pytest.mark.parametrize("path", files("data/matching/profiles/*.toml"), ids=name_of)
def test_no_shipped_profile_has_one_in_its_own_words(path: Path) -> None:
    profile = read(path)
    own = [str(profile.get("name", "")), str(profile.get("about", "")), *toml_keys(profile.get("columns", {}))]
    assert [text for text in own if ANYWHERE.search(text)] == []


# On pages --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", SHOWN, ids=name_of)
def test_no_page_says_a_word_that_needs_a_statistics_book(path: Path) -> None:
    sentences = [text for text in python_strings(path) if " " in text.strip()]
    assert [text for text in sentences if needs_a_statistics_book(text)] == []


@pytest.mark.parametrize("path", files("metrics/outcomes/*.toml", "data/checkins/**/*.toml"), ids=name_of)
def test_no_outcome_file_and_no_check_in_needs_one(path: Path) -> None:
    sentences = [text for text in toml_strings(read(path)) if " " in text.strip()]
    assert [text for text in sentences if needs_a_statistics_book(text)] == []


@pytest.mark.parametrize("column", ["title", "label", "region"])
def test_no_name_in_the_sample_needs_one(column: str) -> None:
    for path in SAMPLE:
        with path.open(encoding="utf-8", newline="") as file:
            found = {row[column] for row in csv.DictReader(file) if column in row}
        assert [text for text in found if needs_a_statistics_book(text)] == []


# Plain to read ---------------------------------------------------------------------------------------

AT_MOST, FOR_PEOPLE_ASKED = 7.0, 5.0
"""School grades, as a mean over the strings: twelve years old for pages and reasons, ten for what people are asked."""


def whole_sentences(texts: Words) -> list[str]:
    return [text for text in texts if text.strip().endswith((".", "?")) and len(text.split()) > 4]


def test_what_pages_say_can_be_read_at_twelve() -> None:
    said = [text for path in SHOWN for text in whole_sentences(python_strings(path))]
    assert len(said) > 100
    assert mean(map(grade, said)) <= AT_MOST


def test_why_each_outcome_matters_can_be_read_at_twelve() -> None:
    assert mean(grade(str(read(path)["why"])) for path in files("metrics/outcomes/*.toml")) <= AT_MOST


def test_what_people_are_asked_can_be_read_at_ten() -> None:
    for path in files("data/checkins/**/*.toml"):
        asked = [text for text in toml_strings(read(path)) if len(text.split()) > 3]
        assert mean(map(grade, asked)) <= FOR_PEOPLE_ASKED, path.name


@pytest.mark.parametrize(
    ("word", "parts"),
    [
        ("tea", 1),
        ("the", 1),
        ("table", 2),
        ("walked", 1),
        ("wanted", 2),
        ("boxes", 2),
        ("mornings", 2),
        ("distress", 2),
    ],
)
def test_syllables_are_counted_as_they_are_spoken(word: str, parts: int) -> None:
    assert syllables(word) == parts


def test_longer_words_and_sentences_ask_for_more_school() -> None:
    assert (
        grade("We had tea. It was hot.") < grade("We had tea and it was hot.") < grade("Refreshments were available.")
    )
    assert grade("The cat sat on the mat.") == pytest.approx(0.39 * 6 + 11.8 - 15.59)


# The scan itself -------------------------------------------------------------------------------------


def test_the_scan_finds_what_it_looks_for() -> None:
    assert ANYWHERE.search("A service user with challenging behaviour")
    assert ANYWHERE.search("Non-compliance")
    assert not ANYWHERE.search("People living with dementia who were not here")
    assert needs_a_statistics_book("The difference was significant")
    assert needs_a_statistics_book("It was caused by the plan")
    assert not needs_a_statistics_book("Happening after a change is not being caused by it.")


def test_the_scan_reaches_every_place_where_words_stand() -> None:
    reached = {name_of(path) for path in (*SPOKEN, *SHOWN, *DOCUMENTS, *SAMPLE)}
    assert {
        "dashboard/app_pages/what_changed.py", "dashboard/charts/before_after.py", "dashboard/cli.py",
        "metrics/wording.py", "data/sampling/plans.py", "data/sample/interventions.csv", "README.md", "CHANGELOG.md",
        "docs/methods.md", "docs/csv-contract.md",
    } <= reached  # fmt: skip
