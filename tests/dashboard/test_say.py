"""The small words of the pages."""

from __future__ import annotations

from datetime import date

import pytest

from dashboard.views import say
from data.model import Period
from tests.support.builders import HOME, PERSON, change_tried, finding


def test_one_persons_plan_is_made_with_the_person() -> None:
    assert say.made_with(change_tried()) == "the person, family and staff"


def test_a_homes_change_is_made_with_people() -> None:
    assert say.made_with(change_tried(person=None)) == "people living with dementia, families and staff"


@pytest.mark.parametrize(
    ("level", "person", "words"),
    [
        (None, PERSON, None),
        (1, PERSON, "The person was asked"),
        (0, None, "People were told"),
        (3, PERSON, "Decided together"),
        (4, None, "Led by people living with dementia"),
    ],
)
def test_the_ladder_in_words(level: int | None, person: str | None, words: str | None) -> None:
    assert say.ladder(change_tried(person=person, ladder=level)) == words


def test_a_person_is_a_short_code() -> None:
    assert say.person_code(PERSON) == "QZ7-KMT"
    assert PERSON not in say.person_code(PERSON)


@pytest.mark.parametrize(
    ("last", "count", "first"),
    [
        (date(2026, 10, 31), 12, date(2025, 11, 1)),
        (date(2026, 6, 30), 3, date(2026, 4, 1)),
        (date(2026, 2, 28), 6, date(2025, 9, 1)),
        (date(2024, 2, 29), 12, date(2023, 3, 1)),
        (date(2026, 3, 15), 1, date(2026, 2, 16)),
        (date(2026, 3, 30), 1, date(2026, 3, 1)),
    ],
)
def test_months_back_from_the_last_record(last: date, count: int, first: date) -> None:
    assert say.months_before(last, count) == first


def test_months_are_named_as_people_name_them() -> None:
    assert say.months(Period(date(2026, 8, 1), date(2026, 10, 31))) == "August to October 2026"
    assert say.months(Period(date(2025, 12, 1), date(2026, 2, 28))) == "December 2025 to February 2026"
    assert say.months(Period(date(2026, 3, 1), date(2026, 3, 31))) == "March 2026"


def test_cannot_tell_yet_always_has_its_few_words() -> None:
    assert say.reason(finding(word="cannot tell yet", reason="too_few_events")) == "too few records"
    assert say.reason(finding(word="cannot tell yet", reason="never_heard_of")) == "the data do not say"
    assert say.reason(finding(worthwhile=True)) == "and worthwhile"
    assert say.reason(finding()) is None


def test_every_reason_of_the_sentences_has_short_words() -> None:
    from metrics.wording import REASONS

    assert set(REASONS) <= set(say.SHORT_REASONS)


def test_every_table_of_the_contract_has_a_name() -> None:
    from data.contract import TABLES

    assert set(say.TABLES) == set(TABLES)


def test_what_kind_of_place_it_is() -> None:
    assert say.place(HOME) == "care home, 40 beds"


def test_labels_that_look_alike_are_told_apart() -> None:
    assert say.unique(["a", "b", "a"]) == ["a", "b", "a (2)"]
