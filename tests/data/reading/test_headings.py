"""The line of headings is found, and made tidy, unique and whole."""

from __future__ import annotations

import pytest

from data.contract import plain
from data.reading import NotATable, open_table
from data.reading.headings import merged, named
from data.source import Source
from tests.data.reading.support import read


@pytest.mark.parametrize(
    ("content", "delimiter", "headings"),
    [
        ("Nummer;Datum;Ort\n1;03.02.2025;Küche\n2;04.02.2025;Bad, oben\n", ";", ("Nummer", "Datum", "Ort")),
        ("Betrag;Satz\n1,5;2,5\n3,5;4,5\n", ";", ("Betrag", "Satz")),
        ("Home,2023,2024,2025\nElm,3,4,5\nOak,1,2,2\n", ",", ("Home", "2023", "2024", "2025")),
        ("Measure,01/01/2025,01/02/2025\nFalls,3,4\nBed days,900,880\n", ",", ("Measure", "01/01/2025", "01/02/2025")),
        ("Home\tKind\nElm\tfall\nOak\tfall\nAsh\tdistress\n", "\t", ("Home", "Kind")),
        ("x|y|z\n1|2|3\n4|5|6\n", "|", ("x", "y", "z")),
        ("Smith, J;Elm;3\nJones, A;Oak;4\n".replace("Smith, J;Elm;3", "Name, first;Home;Count"), ";", ("Name, first", "Home", "Count")),
        ("sep=|\na|b\n1|2\n", "|", ("a", "b")),
        ('Ref,Note\n1,"a|b|c|d"\n2,"x|y|z|q"\n3,"x|y|z|q"\n', ",", ("Ref", "Note")),
        (",2024,,2025,\nMeasure,Jan,Feb,Jan,Feb\nFalls,1,2,3,4\nBed days,9,8,9,9\n", ",",
         ("Measure", "2024 Jan", "2024 Feb", "2025 Jan", "2025 Feb")),
        ("Home,Yes,No,Unknown\nElm,3,4,1\nOak,1,2,0\n", ",", ("Home", "Yes", "No", "Unknown")),
        ("q01,q02,q03\nYes,No,3\nNo,No,4\n", ",", ("q01", "q02", "q03")),
    ],
)  # fmt: skip
def test_headings_nobody_knows_are_found(content: str, delimiter: str, headings: tuple[str, ...]) -> None:
    table, _ = read(content)
    assert (table.delimiter, table.headings) == (delimiter, headings)


@pytest.mark.parametrize(
    "content",
    [
        "I1,home-3,P-12,2025-01-01 10:00,fall\nI2,home-4,P-9,2025-01-02 11:00,fall\n",
        "1,2,3\n4,5,6\n",
        "elm,fall,none\nelm,distress,low\noak,fall,none\n",
        "Dear all,\nplease find the report, as promised, below.\nKind regards\n",
        "2025-01-01\n2025-01-02\n",
    ],
)
def test_a_file_without_headings_is_refused_rather_than_guessed(content: str) -> None:
    with pytest.raises(NotATable, match="headings"):
        open_table(Source("x.csv", content=content.encode()))


def test_headings_of_a_profile_are_an_anchor() -> None:
    content = b"Elm House,2025\nWann,Was\nheute,Sturz\ngestern,Sturz\n"
    known = {plain("Wann"), plain("Was")}
    assert open_table(Source("x.csv", content=content), known=known).heading_line == 2


def test_a_known_line_of_headings_is_found_even_over_rows_that_are_all_damaged() -> None:
    table, rows = read("Fall Ref,Resident,Home,Date of Fall\nF1,P1\n")
    assert (table.heading_line, rows, len(table.bad)) == (1, [], 1)


def test_a_table_without_rows_is_a_table() -> None:
    table, rows = read("Fall Ref,Resident,Home,Date of Fall\n")
    assert (table.rows, rows, table.headings[0]) == (0, [], "Fall Ref")


def test_names_are_unique_and_never_empty() -> None:
    names, told = named(["Date", " Date ", "", "Column 3", "Date (2)", "a\n b\u00a0c", "\ufeffx"])
    assert names == ("Date", "Date (3)", "Column 3 (2)", "Column 3", "Date (2)", "a b c", "x")
    assert len(set(names)) == len(names)
    assert len(told) == 1


def test_two_lines_of_headings_become_one() -> None:
    assert merged(["ID", "Q1", "", "", "Q2", "Q3"], ["", "a", "b", "Other", "Response", "Open-Ended Response"]) == [
        "ID", "Q1 [a]", "Q1 [b]", "Q1 [Other]", "Q2", "Q3",
    ]  # fmt: skip
