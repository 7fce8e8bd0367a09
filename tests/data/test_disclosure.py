"""The rules of what may be shown of figures about people."""

from __future__ import annotations

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.disclosure import (
    CEILINGS,
    FLOORS,
    BelowFloor,
    Bound,
    Contradiction,
    Rules,
    as_settings,
    behind,
    exposed,
    interval,
    known_of,
    rounded,
    rules_from,
    why_hidden,
)

RULES = Rules()


def why(
    counts: dict[str, int],
    under: int | None = 40,
    *,
    group: bool = False,
    sensitive: bool = False,
    by_service: tuple[int, ...] = (),
) -> str | None:
    return why_hidden(behind(counts, under, by_service), RULES, group=group, sensitive=sensitive)


def each(count: int, people: int) -> dict[str, int]:
    return {str(n): count // people + (n < count % people) for n in range(people)}


def test_eight_people_with_eight_falls_among_ten_are_shown_and_one_fewer_of_any_is_not() -> None:
    assert why(each(8, 8), 10) is None
    assert why(each(7, 7), 10) == "too_few_people"
    assert why(each(8, 8), 9) == "too_few_under"
    assert why(each(30, 7), 40) == "too_few_people"


def test_case_8_eighty_events_of_one_person_are_one_person() -> None:
    """Case 8: people are counted, never rows."""
    assert why({"one": 80}) == "too_few_people"


def test_case_7_one_person_who_gives_most_of_the_falls_hides_them() -> None:
    """Case 7: one person gives 40 of 45 falls; and two who give nearly all of them."""
    assert why({"one": 40, **{str(n): 1 for n in range(8)}}) == "one_person"
    assert why({"one": 49, "two": 47, **{str(n): 1 for n in range(8)}}) == "two_people"


def test_case_10_a_true_nought_is_shown() -> None:
    """Case 10: none is a figure, told apart from a hidden one and from nothing recorded."""
    assert why({}) is None
    assert why({}, 9) == "too_few_under"


def test_case_9_all_of_twelve_with_a_safeguarding_record_is_hidden_and_so_is_none() -> None:
    """Case 9: where an outcome is sensitive, none and all say something of few people."""
    assert why(each(12, 12), 12, sensitive=True) == "none_or_all"
    assert why({}, 12, sensitive=True) == "none_or_all"
    assert why({}, 20, sensitive=True) is None
    assert why(each(12, 12), 13, sensitive=True) is None


def test_records_that_name_no_person_are_nobody_new() -> None:
    """They may all be of one of those who are named."""
    assert why({**each(7, 7), "": 1}) == "too_few_people"
    assert why({**each(8, 8), "": 9}) == "one_person"


def test_case_9_all_of_few_records_is_hidden_as_well_where_they_are_what_it_is_a_share_of() -> None:
    """Twelve actions of eleven people, all of them on time."""
    on_time = behind(each(12, 11), 11, (), out_of=12)
    assert why_hidden(on_time, RULES, group=False, sensitive=True) == "none_or_all"
    assert why_hidden(on_time, RULES, group=False, sensitive=False) is None


def test_a_figure_that_is_shown_is_never_rounded_to_nought() -> None:
    with pytest.raises(BelowFloor, match="rounding"):
        rules_from({"rounding": 17})
    assert rounded(8, rules_from({"rounding": 16})) == 16


def test_case_5_a_group_has_three_services_none_of_which_makes_up_most_of_it() -> None:
    """Case 5: two homes together would tell each what the other has."""
    assert why(each(30, 15), group=True, by_service=(15, 15)) == "too_few_services"
    assert why(each(30, 15), group=True, by_service=(22, 4, 4)) == "one_service"
    assert why(each(30, 15), group=True, by_service=(21, 5, 4)) is None


def test_nobody_knows_how_many_people_stand_behind_totals() -> None:
    assert why(each(50, 20), None) == "people_unknown"


@pytest.mark.parametrize("name", FLOORS)
def test_no_setting_goes_below_its_floor(name: str) -> None:
    with pytest.raises(BelowFloor, match=name):
        rules_from({name: FLOORS[name] - 1})


@pytest.mark.parametrize("name", CEILINGS)
def test_no_setting_goes_above_its_ceiling(name: str) -> None:
    with pytest.raises(BelowFloor, match=name):
        rules_from({name: CEILINGS[name] + 1})


def test_all_settings_that_hide_too_little_are_named_at_once() -> None:
    with pytest.raises(BelowFloor) as refused:
        Rules(fewest_people=1, fewest_events=2, most_of_one_person=1.0)
    for name in ("fewest_people", "fewest_events", "most_of_one_person"):
        assert name in str(refused.value)


@pytest.mark.parametrize(
    "settings_",
    [{"k": 1}, {"fewest_people": "8"}, {"fewest_people": True}, {"rounding": 5.5}, {"fewest_people": float("nan")}],
)
def test_settings_that_are_unknown_or_no_number_are_refused(settings_: dict[str, object]) -> None:
    with pytest.raises(BelowFloor):
        rules_from(settings_)


def test_settings_read_back_as_they_were() -> None:
    strict = rules_from({"fewest_people": 11, "fewest_events": 11, "rounding": 10})
    assert rules_from(as_settings(strict)) == strict
    assert strict.reach == 10


@given(st.integers(0, 10_000))
def test_case_18_the_same_count_is_always_rounded_to_the_same_figure(count: int) -> None:
    """Case 18: 200 looks at one figure average to the figure itself."""
    assert {rounded(count, RULES) for _ in range(3)} == {rounded(count, RULES)}
    assert abs(rounded(count, RULES) - count) <= 2


@given(st.integers(8, 500), st.sampled_from([5, 10, 7]))
def test_what_is_shown_holds_the_true_count_and_never_pins_it(count: int, base: int) -> None:
    rules = Rules(rounding=base)
    known = known_of((0,), rounded(count, rules), rules)
    assert known.low <= count <= known.high
    assert known.high - known.low >= 2


Table = tuple[int, list[Bound], list[tuple[tuple[int, ...], tuple[int, ...]]], list[tuple[int, ...]]]


@st.composite
def tables(draw: st.DrawFn) -> Table:
    """A few counts, some sums of which are shown and some hidden; what is shown is true."""
    size = draw(st.integers(2, 4))
    truth = draw(st.lists(st.integers(0, 12), min_size=size, max_size=size))
    subsets = st.lists(st.integers(0, size - 1), min_size=1, max_size=size, unique=True).map(
        lambda each: tuple(sorted(each))
    )
    shown = draw(st.lists(subsets, max_size=4, unique=True))
    hidden = draw(st.lists(subsets, min_size=1, max_size=3, unique=True))
    bounds = []
    for atoms in shown:
        count = sum(truth[n] for n in atoms)
        if count == 0 or RULES.fewest_events <= count <= 17:  # no more than the tables that are tried can hold
            bounds.append(known_of(atoms, rounded(count, RULES), RULES))
    pairs = draw(st.lists(st.tuples(subsets, subsets), max_size=2))
    at_most = [(one, other) for one, other in pairs if sum(truth[n] for n in one) <= sum(truth[n] for n in other)]
    return size, bounds, at_most, hidden


@settings(max_examples=60)
@given(tables())
def test_case_3_what_is_called_safe_can_be_anything_by_trying_every_table(drawn: Table) -> None:
    """Case 3: total less what is shown: every whole number from 1 to 7 stays possible, by trying all of them."""
    size, bounds, at_most, hidden = drawn
    bad = set(exposed(size, bounds, at_most, hidden, RULES))
    possible: list[set[int]] = [set() for _ in hidden]
    for counts in product(range(20), repeat=size):
        if any(not bound.low <= sum(counts[n] for n in bound.atoms) <= bound.high for bound in bounds):
            continue
        if any(sum(counts[n] for n in one) > sum(counts[n] for n in other) for one, other in at_most):
            continue
        for number, atoms in enumerate(hidden):
            possible[number].add(sum(counts[n] for n in atoms))
    for number, found in enumerate(possible):
        if number not in bad:
            assert set(range(1, 8)) <= found
        else:
            assert min(found) > 1 or max(found) < 7


def test_a_total_less_what_is_shown_gives_a_hidden_count_away_and_that_is_seen() -> None:
    shown = [known_of((0, 1, 2), 60, RULES), known_of((0,), 20, RULES)]
    assert exposed(3, [*shown, Bound((1,), 15, 15)], [], [(2,)], RULES) == [0]
    assert exposed(3, shown, [], [(1,), (2,)], RULES) == []


def test_the_interval_of_a_sum_is_what_is_left_of_it() -> None:
    shown = [Bound((0, 1), 18, 22), Bound((0,), 13, 17)]
    assert interval(2, shown, [], (1,)) == pytest.approx((1, 9))
    assert interval(2, shown, [((1,), (0,))], (1,)) == pytest.approx((1, 9))
    assert interval(3, shown, [], (2,))[0] == 0
    assert interval(3, shown, [], (2,))[1] == float("inf")


def test_two_truths_that_cannot_both_be_true_are_said_to_be_so() -> None:
    with pytest.raises(Contradiction):
        exposed(1, [Bound((0,), 10, 12), Bound((0,), 20, 22)], [], [(0,)], RULES)
