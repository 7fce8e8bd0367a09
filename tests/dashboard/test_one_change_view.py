"""What the page about one change says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from dashboard.blocks import one_change as blocks
from dashboard.views.one_change import change_labels, change_page, chips, outcome_labels
from dashboard.views.tried import tried
from metrics.estimators.follow_up import MoreWeeks
from metrics.model import Caution, JointVerdict, Part, Verdict
from tests.dashboard.test_story import told
from tests.support.builders import FALLS, KEPT, PERSON, change_tried, finding


def test_the_chips_say_for_whom_since_when_and_how_far_together() -> None:
    assert chips(finding()) == (
        "One person, code QZ7-KMT",
        "Began 2 March 2026",
        "Designed with the person, family and staff",
        "Decided together",
    )
    assert chips(finding(intervention=change_tried(person=None, with_whom=(), ladder=None, end=date(2026, 5, 1)))) == (
        "The whole service",
        "Began 2 March 2026, ended 1 May 2026",
        "Not written down who designed it",
    )


def test_verdict_sentence_and_what_it_cannot_say_stand_together() -> None:
    page = change_page(finding(worthwhile=True))
    assert page.verdict == "Better, and worthwhile"
    assert page.sentence.startswith("Mornings with distress: 8 of 28 mornings, down from 20.")
    assert "cannot say" in page.cannot_say
    assert page.agreed.startswith("Agreed beforehand, on 24 February 2026 with the person and family")


def test_balance_rows_say_before_after_and_what_can_be_said() -> None:
    falls = finding(FALLS, "cannot tell yet", reason="too_few_events", before=(2, 28), after=(1, 28), role="balance")
    kept = replace(
        finding(KEPT, "cannot tell yet", before=(20, 27), after=(25, 27)),
        verdict=Verdict("cannot tell yet", "no_verdict_of_its_own"),
    )
    first, second = change_page(finding(balance=(falls, kept))).beside
    assert (first.name, first.before, first.after) == ("Falls", "2 in 28 days", "1 in 28 days")
    assert (first.word, first.said) == ("cannot tell yet", "There were too few to judge")
    assert second.word is None
    assert second.said.startswith("On target")


def test_each_caution_is_said_once() -> None:
    page = change_page(finding(cautions=("short_baseline", "short_baseline", "few_weeks")))
    assert page.cautions == ("Caution about short_baseline.", "Caution about few_weeks.")


def test_what_lowered_the_answer_is_said_first() -> None:
    trend = Caution("trend_before_start", "It was already falling.")
    lowered = finding(word="cannot tell yet", reason="trend_before", cautions=("few_weeks",))
    page = change_page(replace(lowered, cautions=(*lowered.cautions, trend)))
    assert page.lowered == ("Why it is not called better:", "It was already falling.")
    assert page.cautions == ("Caution about few_weeks.",)
    shown = blocks.how_sure(page)
    assert shown.index("Why it is not called better:") < shown.index("Caution about few_weeks.")


def test_a_caution_that_lowered_nothing_is_one_among_others() -> None:
    page = change_page(finding(cautions=("few_weeks",)))
    assert page.lowered is None
    assert "Why it is not" not in blocks.how_sure(page)


def test_how_much_longer_stands_under_the_sentence() -> None:
    page = change_page(replace(finding(word="cannot tell yet"), more_weeks=MoreWeeks(14)))
    assert page.more == "If things go on like this, about 14 more weeks would settle it."
    card = blocks.verdict_card(page)
    assert card.index(page.sentence[:20]) < card.index("about 14 more weeks") < card.index("cannot say")
    assert "leo-more-weeks" not in blocks.verdict_card(change_page(finding()))


def test_better_and_still_safe_lists_its_parts_with_marks_in_words() -> None:
    parts = (
        Part("D1", "Mornings with distress", True, "better", date(2026, 2, 24)),
        Part("F1", "Falls", None, "cannot tell yet", None),
        Part("I2", "Safeguarding <b>actions</b>", False, "67 of 100, asked for 100", None),
    )
    page = change_page(replace(finding(), joint=JointVerdict("cannot tell yet", parts, "part_open")))
    assert page.joint is not None
    first, second, third = page.joint.parts
    assert (first.mark, first.found, first.written) == ("Met", "Better", "Written down 24 February 2026")
    assert (second.mark, second.found, second.written) == ("Cannot tell yet", "", "Not written down beforehand")
    assert (third.mark, third.looks) == ("Not met", "worse")
    card = blocks.joint_card(page.joint)
    assert "Not met" in card
    assert "<b>actions" not in card
    assert change_page(finding()).joint is None


def test_the_method_is_named() -> None:
    assert change_page(finding()).method == "Newcombe limits, day-to-day correlation 0.3; 95 % interval."


def test_labels_never_hold_the_person_and_are_never_alike() -> None:
    a, b = change_tried(ref="a"), change_tried(ref="b")
    labels = change_labels(tried([finding(intervention=a), finding(intervention=b)]))
    assert set(labels) == {"a", "b"}
    assert sorted(labels.values()) == [
        "Music before breakfast · one person · Mar 2026",
        "Music before breakfast · one person · Mar 2026 (2)",
    ]
    assert PERSON not in str(labels)


def test_the_main_outcome_comes_first() -> None:
    plan = change_tried()
    (change,) = tried([finding(FALLS, role="balance", intervention=plan), finding(intervention=plan)])
    assert list(outcome_labels(change).items()) == [("D1", "Mornings with distress"), ("F1", "Falls")]


def test_what_came_from_a_file_is_text_on_the_page() -> None:
    hostile = "<img src=http://a.example/x>"
    falls = finding(FALLS, "worse", before=(1, 28), after=(9, 28), effect=(9, 2, 30))
    found = finding(intervention=change_tried(hostile), balance=(falls,), cautions=("x",))
    page = change_page(found)
    markup = "".join(
        [blocks.about_change(page), blocks.verdict_card(page), blocks.beside_table(page.beside), blocks.how_sure(page)]
    )
    assert "<img" not in markup


def test_the_key_explains_every_mark_in_words() -> None:
    key = blocks.chart_key(told())
    for words in ("days compared", "shown, not compared", "average of the days compared", "settling in, 14 days"):
        assert words in key
