"""The easy-read page on paper and on the screen: dots that can be counted, room to answer, nothing fetched."""

from __future__ import annotations

import re
from datetime import date
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.pictogram import dots, pictogram
from dashboard.printing.easy_read import SAMPLE, easy_read_page
from dashboard.views.easy_read import HOW, Note, notes_said
from data.contract import TABLES
from data.model import Answer, Intervention
from metrics.easy_read import EasyRead, Part, Picture

PAGE = EasyRead(
    "Tea <before> washing",
    (Part("How it began", ("It began on 3 March 2026.",)), Part("What we found", ("This got better.",)),
     Part("What we do not know", ("Other things may have helped.",))),
    Picture((20, 28), (8, 28), "morning"),
    ("On 4 May 2026, you said: this is not how it feels.",),
)  # fmt: skip


class Tags(HTMLParser):
    """Every element that is opened is closed."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append(tag)
        if tag not in ("meta", "img", "br"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_printed_page_is_whole_escaped_and_fetches_nothing() -> None:
    text = easy_read_page(PAGE, counted="mornings with upset", sample=True)
    read = Tags()
    read.feed(text)
    assert read.open == []
    assert read.seen.count("h1") == 1
    assert "Tea &lt;before&gt; washing" in text
    assert not re.search(r"(?:src|href)=\"http|url\(|<script", text)
    assert "This is not how it feels".lower() in text.lower()
    assert SAMPLE in text
    assert "%" not in re.sub(r"<style>.*?</style>", "", text, flags=re.DOTALL).replace("100%", "")


def test_it_has_no_red_and_no_green() -> None:
    text = easy_read_page(PAGE, counted="mornings with upset")
    for colour in re.findall(r"#([0-9A-Fa-f]{6})\b", text):
        red, green, blue = (int(colour[at : at + 2], 16) for at in (0, 2, 4))
        assert max(red, green, blue) - min(red, green, blue) <= 40 or colour.upper() == "FFB81C", colour  # focus ring


@given(st.integers(1, 60), st.data())
def test_as_many_dots_are_full_as_it_happened(of: int, data: st.DataObject) -> None:
    happened = data.draw(st.integers(0, of))
    drawn = dots(happened, of)
    assert drawn.count("<circle") == of
    assert drawn.count('fill="#FFFFFF"') == of - happened


def test_more_than_there_were_cannot_be_drawn() -> None:
    with pytest.raises(ValueError, match="cannot be drawn"):
        dots(5, 4)


def test_the_picture_says_its_numbers_to_those_who_do_not_see_it() -> None:
    shown = pictogram(Picture((20, 28), (8, 28), "morning"), "mornings with upset")
    assert 'alt="Before: 20 of 28."' in shown
    assert 'alt="Now: 8 of 28."' in shown
    assert shown.count("<img") == 2


@pytest.mark.parametrize("how", HOW)
@pytest.mark.parametrize("person", ["ABCDEF", None])
def test_every_note_is_a_row_the_contract_takes(how: str, person: str | None) -> None:
    plan = Intervention("i", "elm", person, "Tea", "routine", date(2026, 3, 3))
    row = Note("self", how).row(plan, date(2026, 6, 30))
    assert set(row) <= set(TABLES["feedback"].columns)
    assert (row["score"] == "") == (row["answer"] != "score")
    assert row["person_id"] == (f"code:{person}" if person else "")


def test_notes_are_told_the_newest_first() -> None:
    notes = [
        Answer(date(2026, 5, day), who, "person_checkin", "not_how_it_feels", "rather_not", None)
        for day, who in ((4, "self"), (9, "family"))
    ]
    assert notes_said(notes, personal=True) == (
        "On 9 May 2026, family or a friend said: this is not how it feels.",
        "On 4 May 2026, the person said: this is not how it feels.",
    )
