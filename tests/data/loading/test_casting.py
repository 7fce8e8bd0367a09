"""A column at a time: the quick way gives what reading each cell alone gives, and every fault is named on its row."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.contract import TABLES, Column
from data.loading import casting
from data.loading.casting import Caster, Manner
from data.pseudonyms import Pseudonymiser

MANNER = Manner(date(2026, 6, 30))
CODES = Pseudonymiser(bytes(range(1, 33)))
INCIDENTS, FEEDBACK, PEOPLE = (TABLES[name].columns for name in ("incidents", "feedback", "people"))


def read(column: Column, *cells: str, manner: Manner = MANNER) -> tuple[list[object], dict[str, list[int]]]:
    made = Caster(column, manner, CODES).cast(pa.array(cells, pa.string()))
    return made.values.to_pylist(), {reason: np.flatnonzero(mask).tolist() for reason, mask in made.faults}


PIECES = st.sampled_from(
    ["03/02/2025", "2025-02-03", "31/06/2025", "3 Feb 2025", "45691", "Mon 03/02/2025", "14:05", "2.05pm", "2:05 PM", "1405",
     "24:00", "Unknown", "", "T", "0.5", "at", "03/02/2025 ", "Z", "+01:00", "03/02/2125", "03/02/1025"]
)  # fmt: skip


@settings(max_examples=150)
@given(st.lists(st.tuples(PIECES, st.sampled_from([" ", "T", ", ", ""]), PIECES).map("".join), min_size=1, max_size=12))
def test_moments_taken_apart_are_the_moments_read_one_by_one(cells: list[str]) -> None:
    column = INCIDENTS["occurred_at"]
    one_by_one = Caster(column, MANNER, CODES).cast(pa.array(cells))
    before, casting.FEW_DISTINCT = casting.FEW_DISTINCT, 0
    try:
        apart = Caster(column, MANNER, CODES).cast(pa.array(cells))
    finally:
        casting.FEW_DISTINCT = before
    assert apart.values.equals(one_by_one.values)
    assert apart.empty.tolist() == one_by_one.empty.tolist()
    assert {r: m.tolist() for r, m in apart.faults} == {r: m.tolist() for r, m in one_by_one.faults}
    assert all(apart.extra[name].equals(one_by_one.extra[name]) for name in one_by_one.extra)


def test_a_million_moments_take_the_quick_way_and_agree() -> None:
    start = datetime(2024, 1, 1)
    when = [start + timedelta(minutes=17 * n) for n in range(60_000)]
    cells = [f"{each:%d/%m/%Y %H:%M}" if n % 2 else f"{each:%Y-%m-%dT%H:%M:00}" for n, each in enumerate(when)]
    made = Caster(INCIDENTS["occurred_at"], Manner(date(2030, 1, 1)), CODES).cast(pa.array(cells))
    assert made.values.to_pylist() == when
    assert not made.faults


def test_dates_and_their_faults() -> None:
    found, faults = read(
        INCIDENTS["occurred_at"], "03/02/2025 10:00", "03/02/2025 25:99", "tomorrow", "01/01/2027", "01/01/0205", ""
    )
    assert found[0] == datetime(2025, 2, 3, 10)
    assert faults == {
        "time_unreadable": [1], "date_unreadable": [2], "date_future": [3], "date_implausible": [4], "required_missing": [5],
    }  # fmt: skip


def test_code_words_of_the_home_are_ours_and_unknown_ones_are_named() -> None:
    manner = Manner(MANNER.as_of, words={"kind": {"fall_witnessed": "fall", "near_miss": ""}})
    found, faults = read(
        INCIDENTS["kind"], "Fall - witnessed", "DISTRESS", "calming medicine", "Sliped", "Near miss", manner=manner
    )
    assert found[:3] == ["fall", "distress", "calming_medicine"]
    assert faults == {"code_unknown": [3], "required_missing": [4]}


def test_an_empty_optional_code_is_not_recorded_and_never_none() -> None:
    found, faults = read(INCIDENTS["harm"], "", "N/A", "none", "Unknown")
    assert found == ["not_recorded", "not_recorded", "none", "not_recorded"]
    assert not faults


def test_yes_no_has_three_answers() -> None:
    found, faults = read(INCIDENTS["explained"], "Y", "No", "", "Not known", "N/A", "maybe")
    assert found[:5] == ["yes", "no", "not_recorded", "not_recorded", "not_recorded"]
    assert faults == {"code_unknown": [5]}


def test_a_dont_know_among_scores_is_an_answer_not_a_number() -> None:
    manner = Manner(
        MANNER.as_of, words={"score": {"very_happy": "5", "dont_know": "dont_know", "don't_know": "dont_know"}}
    )
    made = Caster(FEEDBACK["score"], manner, CODES).cast(pa.array(["Very happy", "3", "Don't know", "lots"]))
    assert made.values.to_pylist() == [5.0, 3.0, None, None]
    assert made.extra["answer"].to_pylist() == [None, None, "dont_know", None]
    assert [(reason, np.flatnonzero(mask).tolist()) for reason, mask in made.faults] == [("number_unreadable", [3])]


def test_an_age_or_a_birth_date_becomes_a_year_of_birth() -> None:
    age = Manner(date(2026, 6, 30), read_as={"birth_year": "age"})
    assert read(PEOPLE["birth_year"], "86", "0", "121", "old", manner=age) == (
        [1940, 2026, None, None],
        {"number_out_of_range": [2], "number_unreadable": [3]},
    )
    birth = Manner(date(2026, 6, 30), read_as={"birth_year": "birth_date"})
    assert read(PEOPLE["birth_year"], "12/05/1938", "12/05/38", "1938-05-12", manner=birth)[0] == [1938, 1938, 1938]


def test_references_are_trimmed_and_spoilt_ones_are_missing() -> None:
    found, faults = read(INCIDENTS["incident_id"], " F1\xa0", "", "4.86E+09", "n/a", "someone@example.org", "#12")
    assert found[0] == "F1"
    assert found[5] == "#12"
    assert faults == {"required_missing": [1, 2, 3], "personal_data": [4]}


def test_people_become_codes_and_a_spoilt_reference_is_refused() -> None:
    found, faults = read(INCIDENTS["person_id"], "P-1", "p1", "", "4.86E+09")
    assert found[0] == found[1] != "P-1"
    assert found[2] is None
    assert faults == {"required_missing": [3]}


@pytest.mark.parametrize("text", ["ring 07700 900123", "a@example.org", "at SW1A 1AA", "943 476 5919"])
def test_personal_patterns_in_a_text_refuse_the_row(text: str) -> None:
    """Case 47: a number where words should stand."""
    assert read(TABLES["context"].columns["label"], text, "new lounge")[1] == {"personal_data": [0]}


def test_several_voices_in_one_cell() -> None:
    column = TABLES["interventions"].columns["designed_with"]
    assert read(column, "person; family", "Person, staff", "", "-", "person;cat") == (
        ["person;family", "person;staff", "", "", None],
        {"code_unknown": [4]},
    )
