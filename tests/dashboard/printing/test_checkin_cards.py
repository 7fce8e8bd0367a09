"""The check-ins on paper: one question a card, every card may be skipped, faces without red or green."""

from __future__ import annotations

import re

import pytest

from dashboard.printing.checkin_cards import MANNERS, Manner, checkin_cards, file_name
from dashboard.printing.faces import STEPS, face
from data.checkins import CHECKINS, DONT_KNOW, NOT_ABLE, RATHER_NOT, Checkin

EVERY = [(checkin, manner) for checkin in CHECKINS.values() for manner in MANNERS]


@pytest.mark.parametrize(("checkin", "manner"), EVERY)
def test_every_card_asks_one_question_and_may_be_skipped(checkin: Checkin, manner: Manner) -> None:
    page = checkin_cards(checkin, manner)
    count = len(checkin.questions)
    assert page.count('class="question"') == count
    assert page.count("You may skip this card.") == count
    assert "You may skip any card." in page
    for question in checkin.questions:
        assert f"<h2>{question.line}</h2>".replace("'", "&#x27;") in page


@pytest.mark.parametrize(("checkin", "manner"), EVERY)
def test_every_card_offers_not_knowing_and_not_saying(checkin: Checkin, manner: Manner) -> None:
    page = checkin_cards(checkin, manner)
    for words in (DONT_KNOW, RATHER_NOT, NOT_ABLE):
        assert page.count(f"</span> {words.replace(chr(39), '&#x27;')}</li>") == len(checkin.questions)


@pytest.mark.parametrize(("checkin", "manner"), EVERY)
def test_the_letters_are_large_and_there_is_room_for_the_day(checkin: Checkin, manner: Manner) -> None:
    page = checkin_cards(checkin, manner)
    assert "font-size: 20px" in page
    assert page.count(">Date<") == len(checkin.questions)
    assert "http" not in page and "<script" not in page


def test_the_person_says_who_helped_and_nobody_else_is_asked() -> None:
    assert "Helped by:" in checkin_cards(CHECKINS["person_checkin"], "words")
    assert "Helped by:" not in checkin_cards(CHECKINS["staff_checkin"], "words")


def test_the_cards_say_that_nobody_outside_has_helped_to_make_them_yet() -> None:
    page = checkin_cards(CHECKINS["person_checkin"], "faces")
    assert "No people with lived experience have helped to make it yet" in page
    assert "Nobody has tested yet how well it measures" in page


def test_faces_are_drawn_in_ink_alone_and_their_word_stands_under_each() -> None:
    page = checkin_cards(CHECKINS["person_checkin"], "faces")
    svg = " ".join(re.findall(r"<svg.*?</svg>", page))
    assert set(re.findall(r"#[0-9A-Fa-f]{6}", svg)) == {"#0B0C0C"}
    assert svg.count('aria-hidden="true"') == svg.count("<svg")
    assert len({face(step) for step in range(1, STEPS + 1)}) == STEPS
    for word in CHECKINS["person_checkin"].scale:
        assert page.count(f"<span>{word}</span>") == len(CHECKINS["person_checkin"].questions)
    assert "<svg" not in checkin_cards(CHECKINS["person_checkin"], "words")


def test_there_is_no_sixth_face() -> None:
    with pytest.raises(ValueError, match="no face 6"):
        face(6)


def test_files_are_named_after_the_check_in_and_nobody() -> None:
    assert file_name(CHECKINS["family_checkin"], "faces") == "family-checkin-cards-faces.html"
