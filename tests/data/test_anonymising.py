"""Hiding people: whatever the table, nobody is left among too few, and what cannot be hidden is refused."""

from __future__ import annotations

import random

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.anonymising import WITHHELD, Ladder, anonymise, at_levels, kept_of
from data.anonymity import Infeasible, SampleRules, k_of, l_of

LADDERS = (
    Ladder("falls", ("before", "after"), 6, ({"many": "some"},)),
    Ladder("age", ("age",), 2, ({"85 to 94": "85 or over", "95 or over": "85 or over"},)),
    Ladder("group", ("group",), 0.2),
)
KNOWN = ("before", "after", "age", "group")


def people(number: int, seed: int) -> pd.DataFrame:
    chance = random.Random(seed)
    return pd.DataFrame(
        {
            "person": [f"p{n}" for n in range(number)],
            "before": chance.choices(["none", "some", "many", None], [60, 30, 8, 2], k=number),
            "after": chance.choices(["none", "some", "many"], [60, 30, 10], k=number),
            "age": chance.choices(["under 85", "85 to 94", "95 or over"], [50, 45, 5], k=number),
            "group": chance.choices(["A", "B", "C"], k=number),
            "view": chance.choices(["low", "high", "no answer"], [20, 20, 60], k=number),
        }
    )


@settings(max_examples=25)
@given(st.integers(20, 120), st.integers(0, 10_000), st.sampled_from([3, 5, 11]), st.sampled_from([2, 3]))
def test_what_comes_out_hides_everybody_or_nothing_comes_out(number: int, seed: int, k: int, words: int) -> None:
    whole = people(number, seed)
    try:
        hidden = anonymise(whole, "person", LADDERS, ["view"], SampleRules(k=k, l=words), unsaid=["no answer"])
    except Infeasible:
        return
    assert k_of(hidden.table, hidden.known, "person") == hidden.k >= k
    assert l_of(hidden.table, hidden.known, "view") == hidden.l["view"] >= words
    for _, alike in hidden.table.groupby(list(hidden.known) or (lambda row: 0)):
        assert len(set(alike["view"]) - {"no answer", WITHHELD}) != 1
    assert hidden.persons_withheld == number - len(hidden.table) <= 0.1 * number
    assert set(hidden.table.columns) == {"person", *hidden.known, "view"}
    assert set(hidden.known) | set(hidden.given_up) == set(KNOWN)
    assert all(0 <= share <= 1 for share in kept_of(hidden, whole, LADDERS).values())


def test_the_same_table_gives_the_same_answer_in_any_order_of_rows() -> None:
    whole = people(80, 3)
    first = anonymise(whole, "person", LADDERS, ["view"], SampleRules())
    second = anonymise(whole.sample(frac=1, random_state=5), "person", LADDERS, ["view"], SampleRules())
    assert first.climbed == second.climbed
    assert (
        first.table.sort_values("person")
        .reset_index(drop=True)
        .equals(second.table.sort_values("person").reset_index(drop=True))
    )


def test_the_words_that_are_worth_most_are_kept_longest() -> None:
    hidden = anonymise(people(80, 1), "person", LADDERS, ["view"], SampleRules())
    assert "group" in hidden.given_up
    assert {"before", "after"} <= set(hidden.known)


def test_a_withheld_cell_is_a_word_that_k_people_share() -> None:
    hidden = anonymise(people(80, 2), "person", LADDERS, ["view"], SampleRules())
    for name in hidden.known:
        withheld = int((hidden.table[name] == WITHHELD).sum())
        assert withheld == hidden.cells_withheld.get(name, 0)
        assert withheld == 0 or withheld >= 5


def test_one_person_with_most_of_the_rows_is_one_person() -> None:
    alone = pd.DataFrame({"person": ["p"] * 50, "age": ["85 to 94"] * 50, "view": ["low", "high"] * 25})
    with pytest.raises(Infeasible, match="Fewer than 5 people"):
        anonymise(alone, "person", (LADDERS[1],), ["view"], SampleRules())


def test_people_who_all_said_the_same_cannot_be_hidden() -> None:
    same = people(40, 4).assign(view="low")
    with pytest.raises(Infeasible, match="Nothing was written"):
        anonymise(same, "person", LADDERS, ["view"], SampleRules())


def test_a_column_is_given_up_only_at_the_top_of_its_ladder() -> None:
    whole = people(10, 1)
    assert list(at_levels(whole, LADDERS, {"falls": 0, "age": 1, "group": 0})) == ["before", "after", "age", "group"]
    assert set(at_levels(whole, LADDERS, {"falls": 2, "age": 1, "group": 1}).age) <= {"under 85", "85 or over"}
    assert "not recorded" in set(at_levels(people(200, 1), LADDERS, {"falls": 0, "age": 0, "group": 0}).before)
