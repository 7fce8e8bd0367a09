"""The easy-read page: short sentences, no percent sign, no jargon, read aloud in under two minutes."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.model import Answer, Intervention, Period, Tally
from metrics.catalogue import load_catalogue
from metrics.easy_read import (
    FEELS,
    LONGEST_MINUTES,
    MOST_WORDS,
    WHO_SAYS,
    easy_read,
    verdict_words,
)
from metrics.kinds.common import side
from metrics.model import Change, Comparison, Finding, Outcome, Verdict, VerdictWord
from metrics.wording import REASONS

CATALOGUE = load_catalogue()
START = date(2026, 3, 3)
BEFORE, AFTER = Period(date(2026, 2, 3), date(2026, 3, 2)), Period(date(2026, 3, 17), date(2026, 4, 13))
JARGON = re.compile(
    r"%|\b(?:baseline|interval|outcome|intervention|verdict|incident|rate|significant|caused?|per 1,000|median|ratio)\b",
    re.I,
)
VOICES = ("person", "family", "advocate", "attorney_deputy", "staff", "professional")


def finding(
    outcome: Outcome, word: VerdictWord, reason: str | None, tallies: tuple[Tally, Tally], *, personal: bool = True,
    voices: tuple[str, ...] = ("person", "family"), worthwhile: bool = False,
) -> Finding:  # fmt: skip
    plan = Intervention(
        "i", "elm", "P" if personal else None, "Tea before washing", "routine", START, designed_with=voices
    )
    comparison = Comparison(BEFORE, AFTER, BEFORE, Period(AFTER.first, AFTER.last + timedelta(days=9)), None, True)
    change = Change(side(outcome, BEFORE, tallies[0]), side(outcome, AFTER, tallies[1]), None)
    return Finding(plan, outcome, "change", None, comparison, change, Verdict(word, reason, worthwhile))


def sentences(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.?!])\s+", text) if part]


@st.composite
def findings(draw: st.DrawFn) -> Finding:
    outcome = draw(st.sampled_from(list(CATALOGUE)))
    word = draw(st.sampled_from(get_args(VerdictWord)))
    reason = draw(st.sampled_from([*REASONS, "never heard of"])) if word == "cannot tell yet" else None
    tallies = []
    for _ in range(2):
        of = draw(st.integers(0, 5000))
        hits = draw(st.integers(0, of))
        tallies.append(Tally(hits, of, float(3 * hits) if outcome.kind == "score" else None))
    voices = tuple(draw(st.lists(st.sampled_from(VOICES), unique=True)))
    made = finding(
        outcome, word, reason, (tallies[0], tallies[1]), personal=draw(st.booleans()), voices=voices,
        worthwhile=draw(st.booleans()),
    )  # fmt: skip
    beside = [draw(st.sampled_from(list(CATALOGUE))) for _ in range(draw(st.integers(0, 5)))]
    return replace(made, balance=tuple(replace(made, outcome=each, balance=()) for each in beside))


answers = st.builds(
    lambda rater, score: Answer(
        START, rater, "person_checkin", "not_how_it_feels", "rather_not" if score is None else "score", score
    ),
    st.sampled_from([*WHO_SAYS, "observer"]),
    st.one_of(st.none(), st.integers(1, 5).map(float)),
)


@settings(max_examples=400, deadline=None)
@given(findings(), st.lists(answers, max_size=4))
def test_every_sentence_is_short_plain_and_the_page_is_read_in_under_two_minutes(
    found: Finding, notes: list[Answer]
) -> None:
    page = easy_read(found, notes)
    for text in page.sentences:
        assert not JARGON.search(text), text
        for sentence in sentences(text):
            assert len(sentence.split()) <= MOST_WORDS, sentence
    assert page.minutes < LONGEST_MINUTES
    assert page.title == "Tea before washing"


def test_it_says_what_was_found_in_numbers_that_can_be_counted() -> None:
    page = easy_read(finding(CATALOGUE.outcomes["D1"], "better", None, (Tally(20, 28), Tally(8, 28)), worthwhile=True))
    said = [sentence for part in page.parts for sentence in part.sentences]
    assert "Before: 20 of 28 mornings." in said
    assert "Now: 8 of 28 mornings." in said
    assert "This got better." in said
    assert "We planned it together: you and your family." in said
    assert page.picture is not None
    assert (page.picture.before, page.picture.now) == ((20, 28), (8, 28))


def test_what_cannot_be_told_says_why_in_easy_words() -> None:
    for reason in REASONS:
        told = verdict_words(Verdict("cannot tell yet", reason))
        assert told[0] == "We cannot tell yet."
        assert len(told) == 2


def test_held_steady_is_not_called_the_same_where_more_was_counted() -> None:
    """24 of 37 after 15 of 34 may hold steady: no fall beyond what was agreed. To call it "the same" would not be true."""
    page = easy_read(finding(CATALOGUE.outcomes["X1"], "held steady", None, (Tally(15, 34), Tally(24, 37))))
    assert "This stayed about the same, or got better." in page.sentences


def test_what_takes_explaining_is_left_off_the_count() -> None:
    traced = easy_read(finding(CATALOGUE.outcomes["V2"], "better", None, (Tally(25, 42), Tally(39, 48))))
    assert "We looked at: plans that show whose views shaped them." in traced.sentences
    assert "Before: 25 of 42." in traced.sentences


def test_what_was_said_at_review_is_out_of_five_though_no_instrument_is_named() -> None:
    page = easy_read(finding(CATALOGUE.outcomes["L13"], "better", None, (Tally(4, 4, 12.0), Tally(4, 4, 16.0))))
    assert "Before: 3 out of 5." in page.sentences
    assert "Now: 4 out of 5." in page.sentences


def test_a_note_stands_beside_the_figures_and_before_what_else_was_watched() -> None:
    note = Answer(date(2026, 5, 4), "self", "person_checkin", "not_how_it_feels", "score", 2)
    page = easy_read(finding(CATALOGUE.outcomes["D1"], "better", None, (Tally(20, 28), Tally(8, 28))), [note])
    told = list(page.sentences)
    assert told.index("What we found") < told.index(page.said[0]) < told.index("Please remember")


def test_worse_is_not_hidden() -> None:
    page = easy_read(finding(CATALOGUE.outcomes["D1"], "worse", None, (Tally(8, 28), Tally(20, 28))))
    said = [sentence for part in page.parts for sentence in part.sentences]
    assert "This got worse." in said


def test_a_note_stands_on_the_page_with_who_said_it_and_how_it_feels() -> None:
    note = Answer(date(2026, 5, 4), "self", "person_checkin", "not_how_it_feels", "score", 2)
    page = easy_read(finding(CATALOGUE.outcomes["D1"], "better", None, (Tally(20, 28), Tally(8, 28))), [note])
    assert page.said == ("On 4 May 2026, you said: this is not how it feels.", f"It feels {FEELS[2]}.")


@pytest.mark.parametrize("code", ["D2", "F1"])
def test_a_whole_service_is_told_in_times_a_month_for_as_many_people_as_live_there_now(code: str) -> None:
    found = finding(
        CATALOGUE.outcomes[code],
        "better",
        None,
        (Tally(56, 560.0), Tally(56, 1120.0)),
        personal=False,
        voices=("family",),
    )
    said = [sentence for part in easy_read(found).parts for sentence in part.sentences]
    # 20 people before, 40 after, as many events: half as often for each of them
    assert "Before: about 122 a month." in said
    assert "Now: about 61 a month." in said
    assert "We planned it together: families." in said
