"""Figures of one line: who was asked, what they said, and that no figure hears another voice."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import TABLES
from data.model import Answer, Impossible, Period
from metrics.own_words.counts import FEWEST_ANSWERERS, Answerers, Counts, answerers, counts_of, figure_of, within
from metrics.own_words.lines import ENGAGED, FAMILY, LINES, MY_SAY, SENSES_OF, STAFF, Line

FIRST = date(2026, 3, 1)
MOOD, CONTROL = MY_SAY[0], MY_SAY[1]
RATERS = tuple(TABLES["feedback"].columns["rater"].codes)


def said(
    line: Line, score: float | None, key: str, day: int = 0, *, answer: str = "", form: str | None = None
) -> Answer:
    kind = answer or ("score" if score is not None else "dont_know")
    return Answer(FIRST + timedelta(days=day), line.rater, line.instrument, line.domain, kind, score, key, key, form)


def mood(*scores: float | None) -> list[Answer]:
    return [said(MOOD, score, f"P{number}") for number, score in enumerate(scores)]


def test_i_dont_know_is_kept_as_an_answer_and_never_averaged() -> None:
    figure = figure_of(MOOD, mood(1, 2, 3, 4, 5, None))
    assert figure.value == 3
    assert figure.counts == Counts(scored=5, dont_know=1, answerers=6)
    assert figure.counts.answered == 6 and figure.counts.asked == 6


def test_rather_not_and_not_able_are_asked_and_not_answered() -> None:
    answers = [said(MOOD, None, "A", answer="rather_not"), said(MOOD, None, "B", answer="not_able")]
    counts = counts_of(answers)
    assert (counts.asked, counts.answered, counts.answerers) == (2, 0, 0)


def test_a_mean_of_fewer_than_five_people_is_not_shown() -> None:
    assert figure_of(MOOD, mood(1, 2, 3, 4)).value is None
    assert figure_of(MOOD, mood(1, 2, 3, 4, 5)).value == 3
    often = [said(MOOD, 4, f"P{number % 4}", number) for number in range(20)]
    assert figure_of(MOOD, often).value is None


def test_each_answerer_counts_once_however_often_somebody_asked_them() -> None:
    answers = mood(1, 5, 5, 5, 5) + [said(MOOD, 1, "P0", day) for day in range(1, 9)]
    assert figure_of(MOOD, answers).value == pytest.approx((1 + 4 * 5) / 5)


def test_a_share_counts_answers_of_four_and_five() -> None:
    answers = [said(CONTROL, score, f"P{number}") for number, score in enumerate((1, 3, 4, 5, 5))]
    figure = figure_of(CONTROL, answers)
    assert (figure.value, figure.hits) == (60, 3)


def test_shares_of_staff_need_ten_answers() -> None:
    happy = STAFF[0]
    nine = [said(happy, 5, f"S{number}") for number in range(9)]
    assert figure_of(happy, nine).value is None
    assert figure_of(happy, [*nine, said(happy, 1, "S9")]).value == 90


def test_no_figure_crosses_a_form() -> None:
    old = [said(MOOD, 1, f"P{number}", form="v1") for number in range(6)]
    new = [said(MOOD, 5, f"P{number}", 30, form="v2") for number in range(6)]
    figure = figure_of(MOOD, old + new)
    assert figure.value == 5 and figure.counts.asked == 12


def test_the_figure_of_a_line_refuses_any_other_answer() -> None:
    with pytest.raises(Impossible, match="kind of answerer"):
        figure_of(MOOD, [said(FAMILY[0], 4, "F")])


answers_of_anybody = st.lists(
    st.builds(
        lambda rater, score, key, day: Answer(
            FIRST + timedelta(days=day), rater, "person_checkin", "mood",
            "score" if score is not None else "dont_know", score, f"{rater}{key}", f"P{key}",
        ),
        st.sampled_from(RATERS),
        st.one_of(st.none(), st.integers(1, 5).map(float)),
        st.integers(0, 9),
        st.integers(0, 60),
    ),
    max_size=60,
)  # fmt: skip


@given(answers_of_anybody, st.sampled_from(RATERS))
def test_what_stands_under_a_rater_depends_on_that_raters_answers_alone(every: Sequence[Answer], rater: str) -> None:
    """Whatever the others say, and whether they say anything at all, the figure stays as it is."""
    line = replace(MOOD, rater=rater)
    alone = [each for each in every if each.rater == rater]
    turned = [
        each if each.rater == rater or each.score is None else replace(each, score=6 - each.score) for each in every
    ]
    figure = figure_of(line, line.among(every))
    assert figure == figure_of(line, line.among(alone)) == figure_of(line, line.among(turned))


@given(answers_of_anybody, st.sampled_from(RATERS))
def test_a_mean_lies_between_the_answers_behind_it(every: Sequence[Answer], rater: str) -> None:
    line = replace(MOOD, rater=rater)
    answers = line.among(every)
    figure = figure_of(line, answers)
    scores = [each.score for each in answers if each.score is not None]
    assert (figure.value is not None) == (figure.scorers >= FEWEST_ANSWERERS)
    if figure.value is not None:
        assert min(scores) - 1e-9 <= figure.value <= max(scores) + 1e-9
    assert figure.counts.asked == len(answers)


def test_answers_nobody_signed_are_counted_as_answers() -> None:
    unsigned = Answer(FIRST, "staff_about_self", "staff_checkin", "happy", "score", 4.0)
    assert answerers([unsigned, unsigned, replace(unsigned, rater_key="S1")]) == Answerers(known=1, unknown=2)


def test_answers_of_a_day_outside_count_in_neither_side() -> None:
    answers = [said(MOOD, 3, "A", day) for day in range(10)]
    assert len(within(answers, Period(FIRST, FIRST + timedelta(days=3)))) == 4
    assert within(answers, None) == ()


def test_every_question_of_the_page_has_one_line_for_each_voice_asked() -> None:
    every = [line for lines in (*LINES.values(), *SENSES_OF.values()) for line in lines]
    assert len({(line.rater, line.instrument, line.domain) for line in every}) == len(every)
    assert ENGAGED.rater == "observer"
