"""What came from somebody's file is shown as it stands: never a link, a picture or a formula."""

from __future__ import annotations

import csv
import html
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.markup import Column, Html, escaped, paragraph, table, tag
from dashboard.safe import csv_text, label_escape, md_escape, plotly_escape


@pytest.mark.parametrize(
    "hostile",
    [
        "![x](http://a.example/p.png)",
        "[here](http://a.example)",
        "<img src=x>",
        ":red[alarm]",
        "$x^2$",
        "`code`",
        "# Head",
    ],
)
def test_markdown_signs_are_shown_and_not_obeyed(hostile: str) -> None:
    safe = md_escape(hostile)
    for sign in "[]()<>`$#!:":
        assert sign not in safe.replace(f"\\{sign}", "")


def test_a_bare_address_does_not_become_a_link() -> None:
    assert "http:" not in md_escape("see http://a.example")
    assert "www." not in md_escape("see www.a.example")


def test_plotly_gets_no_tag_and_no_template() -> None:
    assert (
        plotly_escape("<a href='http://a.example'>x</a> %{y}")
        == "&lt;a href='http://a.example'&gt;x&lt;/a&gt; %\u200b{y}"
    )


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＠"])
def test_a_cell_that_would_run_gets_an_apostrophe(start: str) -> None:
    """Case 34: whatever sign it begins with."""
    assert csv_text(f"{start}1+1") == f"'{start}1+1"
    assert csv_text(f" {start}1+1").startswith("'")


def test_a_label_is_read_out_without_backslashes_and_still_does_nothing() -> None:
    assert label_escape("Skin tear - dressed (left arm), 12:30") == "Skin tear - dressed (left arm), 12:30"
    shown = label_escape("![t](http://a.example/p.png) :red[x] <b> $x$ www.a.example")
    assert "![" not in shown.replace("!\\[", "")
    assert "http:" not in shown
    assert "www." not in shown
    assert "\\:red\\[" in shown


def test_an_ordinary_cell_is_left_alone() -> None:
    assert csv_text("Tea before washing") == "Tea before washing"


@given(st.text())
def test_text_is_escaped_and_comes_back_whole(text: str) -> None:
    shown = escaped(text)
    assert "<" not in shown
    assert html.unescape(shown).split() == text.split()


@given(st.text(st.characters(codec="utf-8", exclude_characters="\0")))
def test_no_cell_of_a_file_starts_a_formula(text: str) -> None:
    """Case 34: no text at all gets through."""
    out = io.StringIO(newline="")
    csv.writer(out).writerow([csv_text(text)])
    row = next(csv.reader(io.StringIO(out.getvalue(), newline="")), [""])
    assert not (row or [""])[0].startswith(("=", "+", "-", "@"))


def test_only_markup_made_here_goes_through() -> None:
    assert tag("p", "<b>") == "<p>&lt;b&gt;</p>"
    assert tag("p", Html("<b>x</b>")) == "<p><b>x</b></p>"
    assert paragraph("a ", tag("b", "c")) == "<p>a <b>c</b></p>"
    assert tag("p", "x", class_='one"><script>') == '<p class="one&quot;&gt;&lt;script&gt;">x</p>'


def test_a_table_names_its_columns_for_a_telephone_too() -> None:
    made = table("Falls", (Column("Week", 2), Column("Falls", number=True)), [("first", "3 < 4")])
    assert "<caption" in made
    assert '<th scope="row">first</th>' in made
    assert '<td class="leo-number" data-heading="Falls">3 &lt; 4</td>' in made
