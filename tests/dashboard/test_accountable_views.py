"""Safe and accountable in words: labels, sentences, what is too few to show, and nobody named or scored."""

from __future__ import annotations

import pytest

from dashboard.views.accountable.needs import NEEDS
from dashboard.views.accountable.page import on_record, rows_of
from dashboard.views.accountable.words import MEASURES, kept_sentence, kept_words, some_people
from dashboard.views.left_out.needs import ETHNIC_GROUP, PEOPLE
from dashboard.views.left_out.needs import NEEDS as LEFT_OUT_NEEDS
from dashboard.views.needs import template
from data.model import Period, Series, Tally
from metrics.accountable.promises import Kept
from metrics.accountable.sections import PROMISED
from metrics.catalogue import load_catalogue
from metrics.kinds.common import side
from metrics.standing import Standing
from tests.support.safe_home import LAST, START

CATALOGUE = load_catalogue()
DAYS = Period(START, LAST)


def standing(code: str, now: Tally, earlier: Tally = Tally(0, 0)) -> Standing:  # noqa: B008 - frozen
    outcome = CATALOGUE.outcomes[code]
    return Standing(outcome, side(outcome, DAYS, now), side(outcome, DAYS, earlier), None, None, Series((), ()), True)


def test_answers_of_fewer_than_ten_staff_are_not_shown() -> None:
    (row,) = rows_of([standing("T1", Tally(3, 8), Tally(6, 11))], "bed days")
    assert row.now == "fewer than 10 answers from staff"
    assert row.earlier == "6 of 11 answers from staff"
    assert (row.share, row.spark.values) == ("", ())


def test_ten_answers_of_staff_are_shown() -> None:
    (row,) = rows_of([standing("T1", Tally(7, 10))], "bed days")
    assert row.now == "7 of 10 answers from staff"


def test_a_row_of_nothing_now_and_nothing_before_is_left_away() -> None:
    assert on_record([standing("I2", Tally(0, 0))]) == ()
    assert len(on_record([standing("I2", Tally(0, 0), Tally(1, 2))])) == 1


@pytest.mark.parametrize(
    ("found", "short", "sentence"),
    [
        (Kept(in_time=3), "all 3 in time", "All 3 steps were done in time."),
        (Kept(in_time=1), "the one promised was in time", "The only step was done in time."),
        (Kept(late=1), "0 of 1 in time, 1 late", "The only step was not done in time."),
        (Kept(4, 2, 1, 1), "4 of 8 in time, 2 late, 1 in part, 1 not done yet",
         "4 of the 8 steps were done in time; 2 were late, 1 was done in part and 1 is not done yet."),
        (Kept(1, 0, 0, 0, 1), "1 of 2 in time, 1 not done before the person left",
         "1 of the 2 steps was done in time; 1 was not done before the person left."),
        (Kept(), "nothing promised for a day", None),
    ],
)  # fmt: skip
def test_what_was_kept_reads_as_a_sentence(found: Kept, short: str, sentence: str | None) -> None:
    assert kept_words(found) == short
    if sentence is not None:
        assert kept_sentence(found, "step", "steps") == sentence


def test_few_people_are_named_by_their_short_codes_and_many_are_counted() -> None:
    assert some_people(("ABCDEFGHIJ", "KLMNOPQRST")) == " (ABC-DEF and KLM-NOP)"
    assert some_people(("A", "B", "C", "D")) == " (4 people)"
    assert some_people(()) == ""


def test_everything_that_may_be_late_has_a_name_of_its_own() -> None:
    assert set(PROMISED) <= set(MEASURES)


@pytest.mark.parametrize("need", [*NEEDS, *LEFT_OUT_NEEDS, PEOPLE, ETHNIC_GROUP], ids=lambda need: need.file_name)
def test_every_table_to_begin_with_can_be_made_and_names_outcomes_that_exist(need) -> None:  # type: ignore[no-untyped-def]
    head, row, *_ = template(need, "elm").decode("utf-8-sig").splitlines()
    assert "service_id" in head or need.table == "people"
    assert all(word in row for word in need.filled.values())
    assert all(code == "E2" or code in CATALOGUE.outcomes for code in need.outcomes)
