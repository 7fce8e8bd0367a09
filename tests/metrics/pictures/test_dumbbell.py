"""Rows of before and after: only what is said in 100, in the order of the list, never by size."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from data.model import Tally
from metrics.catalogue import Catalogue
from metrics.model import Side
from metrics.pictures.dumbbell import dumbbell_of_change, dumbbell_of_parts
from metrics.splits import Part
from tests.support.builders import DISTRESS, FALLS, KEPT, MORNINGS, finding

LIST = Catalogue({each.code: each for each in (KEPT, MORNINGS, DISTRESS, FALLS)})


def kept(before: tuple[int, float] = (80, 100), after: tuple[int, float] = (90, 100)):  # type: ignore[no-untyped-def]
    return finding(KEPT, "cannot tell yet", before=before, after=after)


def test_outcomes_in_100_stand_in_the_order_of_the_list_and_rates_stay_out() -> None:
    found = dumbbell_of_change([finding(), finding(FALLS), kept()], LIST)
    assert found is not None
    assert [row.name for row in found.rows] == ["Plan kept as agreed", "Mornings with distress"]
    assert (found.rows[0].before, found.rows[0].after) == (80, 90)
    assert found.rows[1].word == "better"


def test_what_is_read_beside_is_there_once() -> None:
    found = dumbbell_of_change([finding(balance=(kept(),)), kept()], LIST)
    assert found is not None
    assert len(found.rows) == 2


def test_an_outcome_with_a_target_has_no_verdict_of_its_own() -> None:
    found = dumbbell_of_change([finding(), kept()], LIST)
    assert found is not None
    assert found.rows[0].word is None
    assert found.rows[0].target == "On target: the target is 90 in 100"


def test_one_outcome_alone_makes_no_picture() -> None:
    assert dumbbell_of_change([finding(), finding(FALLS)], LIST) is None
    assert dumbbell_of_change([], LIST) is None


def test_what_was_never_recorded_is_named_and_not_drawn() -> None:
    other = replace(KEPT, code="C9", name="Visits kept")
    nothing = finding(other, "cannot tell yet", before=(0, 0), after=(0, 0), effect=None)
    found = dumbbell_of_change([finding(), kept(), nothing], LIST)
    assert found is not None
    assert found.left_out == ("Visits kept",)
    assert len(found.rows) == 2


def part(name: str, before: tuple[int, int], after: tuple[int, int]) -> Part:
    return Part(name, (name,), Side(None, Tally(*before), None), Side(None, Tally(*after), None), None)


def test_parts_keep_their_order_and_have_no_verdict() -> None:
    found = dumbbell_of_parts(kept(), [part("washing", (1, 2), (2, 2)), part("meals", (0, 4), (1, 4))])
    assert found is not None
    assert [(row.name, row.before, row.after, row.word) for row in found.rows] == [
        ("washing", 50, 100, None),
        ("meals", 0, 25, None),
    ]
    assert dumbbell_of_parts(finding(FALLS), [part("a", (1, 2), (1, 2)), part("b", (1, 2), (1, 2))]) is None
    assert dumbbell_of_parts(kept(), [part("a", (1, 2), (1, 2))]) is None


SHARES = st.tuples(st.integers(0, 50), st.integers(50, 90))


@given(SHARES, SHARES, SHARES, SHARES)
def test_swapping_before_and_after_swaps_the_dots(
    one: tuple[int, int], two: tuple[int, int], three: tuple[int, int], four: tuple[int, int]
) -> None:
    there = dumbbell_of_parts(kept(), [part("a", one, two), part("b", three, four)])
    back = dumbbell_of_parts(kept(), [part("a", two, one), part("b", four, three)])
    assert there is not None
    assert back is not None
    for left, right in zip(there.rows, back.rows, strict=True):
        assert (left.before, left.after) == (right.after, right.before)
        assert (left.before_tally, left.after_tally) == (right.after_tally, right.before_tally)
