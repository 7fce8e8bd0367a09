"""Who is drawn, under which number, in which group: random to everybody without the key, the same with it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.anonymity import SampleRules
from data.releases.sample_model import SampleColumn
from metrics.releasing.sample_draw import drawn, pid_of, service_groups
from metrics.releasing.sample_twin import twin_rows

KEY, OTHER = b"k" * 32, b"o" * 32
EVERYBODY = [f"PERSON{number:03d}" for number in range(200)]


@given(st.sets(st.sampled_from(EVERYBODY), min_size=1), st.floats(0.05, 0.5))
def test_two_draws_share_nobody_and_neither_takes_more_than_its_share(people: set[str], share: float) -> None:
    first, second = (drawn(people, KEY, number, share) for number in (1, 2))
    assert not first & second
    assert first | second <= people
    assert max(len(first), len(second)) <= share * len(people)


def test_nobody_changes_sides_when_others_come_and_go() -> None:
    now, later = drawn(EVERYBODY[:150], KEY, 1, 0.5), drawn(EVERYBODY[50:], KEY, 2, 0.5)
    assert not now & later


def test_another_key_draws_others() -> None:
    assert drawn(EVERYBODY, KEY, 1, 0.5) != drawn(EVERYBODY, OTHER, 1, 0.5)


def test_there_is_no_third_draw() -> None:
    with pytest.raises(ValueError, match="no third"):
        drawn(EVERYBODY, KEY, 3, 0.5)


def test_a_number_is_of_one_release_alone() -> None:
    assert {pid_of(KEY, code) for code in EVERYBODY}.isdisjoint({pid_of(OTHER, code) for code in EVERYBODY})
    assert len({pid_of(KEY, code) for code in EVERYBODY}) == len(EVERYBODY)
    assert sorted(EVERYBODY, key=lambda code: pid_of(KEY, code)) != EVERYBODY


@given(
    st.dictionaries(st.sampled_from([f"s{n}" for n in range(12)]), st.integers(1, 60), min_size=1),
    st.binary(min_size=32),
)
def test_a_group_holds_three_services_and_thirty_people_or_is_the_only_one(people: dict[str, int], key: bytes) -> None:
    settings = {service: ("residential", "nursing", "homecare")[int(service[1:]) % 3] for service in people}
    groups = service_groups(people, settings, key, SampleRules())
    assert set(groups) == set(people)
    members = {letter: [service for service in groups if groups[service] == letter] for letter in groups.values()}
    if len(members) > 1:
        for services in members.values():
            assert len(services) >= 3
            assert sum(people[service] for service in services) >= 30


def test_letters_are_dealt_anew_for_each_release() -> None:
    people = {f"s{number}": 20 for number in range(12)}
    settings = dict.fromkeys(people, "residential")
    dealt = {tuple(service_groups(people, settings, bytes([n]) * 32, SampleRules()).values()) for n in range(10)}
    assert len(dealt) > 5


def test_the_twin_has_the_classes_and_no_one_own_answer() -> None:
    columns = (
        SampleColumn("pid", "id", ""),
        SampleColumn("falls", "known", ""),
        SampleColumn("view", "sensitive", ""),
    )
    rows = [(f"A{n}", "0" if n % 2 else "1 or more", "low" if n % 3 else "high") for n in range(60)]
    twin = twin_rows(columns, rows, 5, k=5, least_words=2)
    assert {row[1] for row in twin} == {"0", "1 or more"}
    assert all(sum(other[1] == row[1] for other in twin) >= 5 for row in twin)
    assert not {row[0] for row in twin} & {row[0] for row in rows}
    assert twin == twin_rows(columns, rows, 5, k=5, least_words=2) != twin_rows(columns, rows, 6, k=5, least_words=2)
    assert twin_rows(columns, [], 5, k=5, least_words=2) == ()
