"""The files of a release: the same figures in the same words as on the pages, in order of name, safe in a spreadsheet."""

from __future__ import annotations

import csv
import io
import itertools
from pathlib import Path

import pytest

from dashboard.views.released import table
from dashboard.views.released.funnel import number_rows as funnel_rows
from dashboard.views.released.funnel import released_funnel
from dashboard.views.released.matrix import EVERY, matrix_page
from dashboard.views.released.trends import number_rows, trend_page
from data.releases import csv_files
from data.releases.cube_file import NAME, open_cube, write_cube
from data.releases.model import CommissionerRelease
from metrics.across.released import Book, book_of, funnel_of
from tests.dashboard.released.test_released_pages import poisoned
from tests.support.cube import CATALOGUE, with_labels

FORMULAS = ("=", "+", "-", "@", "\t", "\r", "＝")
Row = dict[str, str]


def read(file: bytes) -> list[Row]:
    return list(csv.DictReader(io.StringIO(file.decode("utf-8-sig"), newline="")))


@pytest.fixture(scope="module")
def rows(book: Book) -> list[Row]:
    return read(table.table_csv(book, table.ALL))


def test_every_line_has_its_definition_parts_status_rounding_and_version(rows: list[Row], book: Book) -> None:
    """Acceptance 11."""
    assert tuple(rows[0]) == csv_files.CELLS
    assert len(rows) == len(book.release.cells)
    for row in rows:
        assert row["definition"]
        assert row["over"]
        assert (row["release"], row["product_version"], row["rounded_to"]) == ("2026Q3-1", "0.7.0", "5")
        assert row["status"] in ("shown", "suppressed", "missing")
        assert (row["status"] == "shown") == bool(row["numerator"]) == bool(row["denominator"])


def test_a_hidden_line_has_its_words_and_no_number(rows: list[Row], book: Book, release: CommissionerRelease) -> None:
    """Cases 1, 10, 19: hidden and not recorded say so in words; nothing behind them is in any file."""
    hidden = [row for row in rows if row["status"] != "shown"]
    assert {row["figure"] for row in hidden} == {"too few people to show", "not recorded"}
    assert all(not row[name] for row in hidden for name in ("numerator", "denominator", "value", "low_95", "high_95"))
    none = [row for row in rows if row["figure"] == "none"]
    assert none
    assert all((row["numerator"], row["value"], row["status"]) == ("0", "0", "shown") for row in none)
    other = book_of(poisoned(release), CATALOGUE)
    for make in (csv_files.gaps_csv, csv_files.changes_csv, csv_files.definitions_csv):
        assert make(other.release) == make(book.release)
    assert table.table_csv(other, table.ALL) == table.table_csv(book, table.ALL)


def test_the_file_says_what_the_pages_say(rows: list[Row], book: Book) -> None:
    """Cases 17, 19: a cell is the same in the matrix, over time, in the funnel and in the file."""
    file = {(row["period"], row["unit_name"], row["outcome"]): row["figure"] for row in rows if not row["group"]}
    for cell in matrix_page(book, EVERY).cells:
        assert cell.words == file["2026 Q3", cell.unit.name, cell.outcome]
    for code, setting in itertools.product(("F1", "L9", "I6", "L4"), book.settings):
        latest = {}
        for row in number_rows(book, code, setting):
            assert row["Figure"] == file[row["Quarter"], row["Service"], code]
            latest[row["Service"]] = row["Figure"]
        for card in trend_page(book, code, setting).cards:
            assert card.figure.startswith(latest[card.name])
    found = funnel_of(book, "F2", "residential")
    assert found is not None
    for row in funnel_rows(book, released_funnel(book, found, "residential")):
        assert row["Figure, per 1,000 bed days"] == file["2025 Q4 to 2026 Q3", row["Service"], "F2"]


def test_one_quarter_is_that_quarter_and_the_year_that_ends_with_it(rows: list[Row], book: Book) -> None:
    one = read(table.table_csv(book, "2026 Q2"))
    assert {row["period"] for row in one} == {"2026 Q2"}
    last = read(table.table_csv(book, "2026 Q3"))
    assert {row["period"] for row in last} == {"2026 Q3", "2025 Q4 to 2026 Q3"}
    assert one == [row for row in rows if row["period"] == "2026 Q2"]


def test_lines_are_in_order_of_name_and_code_and_of_nothing_else(rows: list[Row]) -> None:
    """Case 14."""
    order = [(row["unit_name"].casefold(), row["unit"], row["outcome"]) for row in rows]
    assert order == sorted(order)


def test_every_released_count_is_a_multiple_of_five_and_the_same_at_every_download(rows: list[Row], book: Book) -> None:
    """Cases 2, 15, 18: two quarters differ by multiples of five; asked for 200 times the file is the same."""
    for row in rows:
        for name in ("numerator", "denominator"):
            assert not row[name] or int(row[name]) % 5 == 0
    first = table.table_csv(book, "2026 Q3")
    assert all(table.table_csv(book, "2026 Q3") == first for _ in range(3))


@pytest.mark.parametrize("start", FORMULAS)
def test_no_cell_of_any_file_starts_a_formula(release: CommissionerRelease, start: str) -> None:
    """Case 34, in the downloads of this reader."""
    book = book_of(with_labels(release, f"{start}cmd|' /C calc'!A0"), CATALOGUE)
    for file in (
        table.table_csv(book, "2026 Q3"), *csv_files.all_files(book.release).values(),
    ):  # fmt: skip
        for row in read(file):
            assert not [cell for cell in row.values() if cell and cell[0] in FORMULAS and not _is_number(cell)]


def _is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_gaps_carry_how_far_ethnicity_is_written_down_and_changes_their_days(book: Book) -> None:
    """Acceptance 8 and 10, in the files."""
    gaps = read(csv_files.gaps_csv(book.release))
    assert gaps
    assert all(int(row["asked_and_written_down_of"]) >= 10 for row in gaps)
    by_code = {row["change"]: row for row in read(csv_files.changes_csv(book.release))}
    assert by_code["chg-2"]["better_and_still_safe"] == "cannot tell yet"
    assert "F2 open (2025-12-01)" in by_code["chg-2"]["parts"]
    assert by_code["chg-3"]["verdict_reason"] == "too_few_to_show"
    assert not by_code["chg-3"]["low_95"]
    assert {row["note"] for row in by_code.values()} == {"association, not cause"}


def test_the_file_in_the_folder_and_the_file_on_the_page_are_the_same_bytes(
    book: Book, release: CommissionerRelease, tmp_path: Path
) -> None:
    """Case 19: what a page offers is what lies in the folder, also once the release has been read back from its file."""
    write_cube(release, tmp_path / NAME)
    read_back = book_of(open_cube(tmp_path / NAME), CATALOGUE)
    folder = csv_files.all_files(release)
    assert table.table_csv(read_back, table.ALL) == table.table_csv(book, table.ALL) == folder["cells.csv"]
    assert csv_files.all_files(read_back.release) == folder
