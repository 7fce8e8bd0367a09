"""The sheet of whose views: thin first, person and family never in one place."""

from __future__ import annotations

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from data.contract import VOICES
from data.records import Matter
from metrics.voices.sheet import (
    PLACES,
    about,
    followed_family_without_reason,
    heard,
    is_thin,
    place_of,
    sheet,
    thinness,
)
from tests.support.voices import DAY, decision, matter, view

views = st.builds(
    lambda voice, how, stance, used, day: view(
        voice, how_sought=how, stance=stance, used=used, given_on=DAY + timedelta(days=day)
    ),
    st.sampled_from(VOICES), st.sampled_from(("talk", "pictures", "not_asked", "not_recorded")),
    st.sampled_from(("agree", "disagree", "unknown")), st.sampled_from(("adopted", "not_known")), st.integers(0, 5),
)  # fmt: skip


@st.composite
def matters(draw: st.DrawFn) -> list[Matter]:
    """Matters of a few people, no two of them the same."""
    named = draw(st.lists(st.tuples(st.sampled_from("ABC"), st.sampled_from("wxyz")), unique=True, max_size=8))
    return [matter(*draw(st.lists(views, max_size=4)), person=who, element=what) for who, what in named]


@given(matters(), st.randoms(use_true_random=False))
def test_the_order_is_the_same_whatever_order_the_export_had(found: list[Matter], shuffle: object) -> None:
    mixed = list(found)
    shuffle.shuffle(mixed)  # type: ignore[attr-defined]
    assert [row.matter for row in sheet(mixed)] == [row.matter for row in sheet(found)]


@given(matters())
def test_no_two_matters_stand_level(found: list[Matter]) -> None:
    assert len({thinness(each) for each in found}) == len(found)


@given(matters())
def test_matters_without_the_persons_own_view_come_before_all_others(found: list[Matter]) -> None:
    told = [row.matter.person_heard for row in sheet(found)]
    assert told == sorted(told)


@given(matters())
def test_person_and_family_never_share_a_place_and_no_view_is_lost(found: list[Matter]) -> None:
    for row in sheet(found):
        assert {each.voice for each in row.places["person"]} <= {"person"}
        assert {each.voice for each in row.places["family"]} <= {"family"}
        assert "person" not in {each.voice for place in ("family", "staff", "others") for each in row.places[place]}
        placed = [each for place in PLACES for each in row.places[place]]
        assert sorted(map(id, placed)) == sorted(map(id, row.matter.views))


def test_advocates_attorneys_and_professionals_stand_under_others() -> None:
    assert [place_of(voice) for voice in VOICES] == ["person", "family", "others", "others", "staff", "others"]


def test_among_matters_with_the_persons_view_the_one_known_least_comes_first() -> None:
    full = matter(view(), element="full")
    thin = matter(view(stance="unknown", used="not_known"), element="thin")
    assert [row.matter.element for row in sheet([full, thin])] == ["thin", "full"]


def test_a_matter_nobody_spoke_on_is_the_thinnest_of_all() -> None:
    silent, family = matter(element="silent"), matter(view("family", understood="not_recorded"), element="family")
    assert [row.matter.element for row in sheet([family, silent])] == ["silent", "family"]
    assert all(row.thin for row in sheet([family, silent]))


def test_a_view_is_thin_with_two_ticks_and_not_with_three() -> None:
    assert is_thin(view(ticks=2))
    assert not is_thin(view(ticks=3))


def test_a_change_has_the_matters_whose_view_or_decision_names_it() -> None:
    by_view = matter(view(intervention_id="plan"), element="a")
    by_decision = matter(element="b", decision=decision(intervention_id="plan"))
    other = matter(view(intervention_id="else"), element="c")
    assert about([by_view, by_decision, other, matter()], "plan") == (by_view, by_decision)


def test_the_counts_of_the_first_sentence() -> None:
    found = heard(
        [
            matter(view("person"), view("family", stance="disagree")),
            matter(view("family")),
            matter(view("person"), view("family"), kept_apart=False),
        ]
    )
    assert (found.matters, found.person, found.family, found.apart, found.only_family) == (3, 2, 3, 1, 1)
    assert (found.same, found.differ) == (1, 1)


def test_risky_decisions_that_followed_family_without_a_reason_are_listed_the_newest_first() -> None:
    def decided(days: int, **more: str) -> Matter:
        said = {"risk": "high", "followed": "family", "reason_given": "no"} | more
        return matter(decision=decision(decided_on=DAY + timedelta(days=days), **said), element=str(days))

    cases = followed_family_without_reason(
        [decided(1), decided(2), decided(3, risk="low"), decided(4, followed="person"), decided(5, reason_given="yes")]
    )
    assert [each.element for each in cases] == ["2", "1"]
