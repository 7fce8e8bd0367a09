"""Six senses, three voices: never one figure, each answerer once, too few never a mean."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Answer, Period, Scope
from metrics.catalogue import load_catalogue
from metrics.pictures.senses_profile import (
    SENSES,
    VOICES,
    Sense,
    SensesProfile,
    halved,
    profile_of,
    senses_around,
    senses_profile,
)
from tests.support.builders import HEARD
from tests.support.exports import SERVICES, facts_of

SPRING = Period(date(2026, 3, 1), date(2026, 4, 30))
SUMMER = Period(date(2026, 5, 1), date(2026, 6, 30))


def answer(
    who: str | None, score: float | None, on: date = SPRING.first, *, voice: str = "self", sense: str = "security",
    form: str | None = None,
) -> Answer:  # fmt: skip
    said = "score" if score is not None else "dont_know"
    return Answer(on, voice, "person_checkin", sense, said, score, rater_key=who, form=form)


def five(score: float, on: date = SPRING.first, **more: str) -> list[Answer]:
    return [answer(f"P{n}", score, on, **more) for n in range(5)]


def sense(found: SensesProfile, name: str = "security", voice: str = "self") -> Sense:
    (ours,) = [each for each in found.voices if each.voice == voice]
    (named,) = [each for each in ours.senses if each.name == name]
    return named


def test_three_voices_of_six_senses_are_always_there() -> None:
    found = profile_of(HEARD, [], SPRING, SUMMER)
    assert [voice.voice for voice in found.voices] == list(VOICES)
    assert all([each.name for each in voice.senses] == list(SENSES) for voice in found.voices)
    assert not any(voice.any_shown for voice in found.voices)


def test_five_answerers_make_a_mean_and_four_do_not() -> None:
    assert sense(profile_of(HEARD, five(4), SPRING, SUMMER)).before.mean == 4
    four = sense(profile_of(HEARD, five(4)[:4], SPRING, SUMMER)).before
    assert (four.mean, four.answerers) == (None, 4)


def test_whoever_answers_often_counts_once() -> None:
    often = [answer("P0", 1, SPRING.first + timedelta(days=n)) for n in range(20)]
    rest = [answer(f"P{n}", 5) for n in range(1, 5)]
    found = sense(profile_of(HEARD, [*often, *rest], SPRING, SUMMER)).before
    assert (found.answerers, found.mean) == (5, pytest.approx((1 + 4 * 5) / 5))


def test_answers_without_a_name_count_one_each() -> None:
    found = sense(profile_of(HEARD, [answer(None, 3) for _ in range(6)], SPRING, SUMMER)).before
    assert (found.answerers, found.mean) == (6, 3)


def test_i_do_not_know_is_kept_and_not_averaged() -> None:
    found = sense(profile_of(HEARD, [*five(4), answer("P9", None)], SPRING, SUMMER)).before
    assert (found.answerers, found.unscored, found.mean) == (5, 1, 4)


def test_voices_never_mix() -> None:
    found = profile_of(HEARD, [*five(1), *five(5, voice="family_about_self")], SPRING, SUMMER)
    assert sense(found).before.mean == 1
    assert sense(found, voice="family_about_self").before.mean == 5
    assert sense(found, voice="staff_about_self").before.answerers == 0


def test_answers_on_another_form_are_left_out_and_said() -> None:
    answers = [*five(1, form="a"), *five(2, form="b"), *five(4, SUMMER.first, form="b")]
    found = profile_of(HEARD, answers, SPRING, SUMMER)
    assert (sense(found).before.mean, sense(found).after.mean) == (2, 4)
    assert found.voices[0].other_forms


def test_halves_have_the_same_length_but_for_an_odd_day() -> None:
    one, two = halved(Period(date(2026, 1, 1), date(2026, 1, 5)))
    assert (one.days, two.days) == (2, 3)
    assert two.first - one.last == timedelta(days=1)


def test_a_day_outside_the_record_falls_back_to_halves(tmp_path: Path) -> None:
    rows = [
        f"A{n}, elm, P-{n}, 2026-0{month}-10, self, person_checkin, security, {month}"
        for month in (3, 5)
        for n in range(6)
    ]
    text = "feedback_id, service_id, person_id, given_on, rater, instrument, domain, score\n"
    rows = [row.replace("A", f"A{place}x", 1) for place, row in enumerate(rows)]
    outcome = load_catalogue().get("L1")
    assert outcome is not None
    with facts_of(tmp_path, services=SERVICES, feedback=text + "\n".join(rows)) as facts:
        halves = senses_profile(facts, outcome, Scope("elm"))
        assert halves is not None
        assert halves.halves
        assert (sense(halves).before.mean, sense(halves).after.mean) == (3, 5)
        around = senses_around(facts, outcome, Scope("elm"), date(2026, 4, 1))
        assert around is not None
        assert not around.halves
        assert around.after.first == date(2026, 4, 1)
        early = senses_around(facts, outcome, Scope("elm"), date(2020, 1, 1))
        assert early == halves
        assert senses_profile(facts, outcome, Scope("oak")) is None


ANSWERS = st.lists(
    st.builds(
        answer,
        st.one_of(st.none(), st.sampled_from([f"P{n}" for n in range(9)])),
        st.one_of(st.none(), st.integers(1, 5).map(float)),
        st.dates(date(2026, 2, 20), date(2026, 7, 10)),
        voice=st.sampled_from([*VOICES, "staff"]),
        sense=st.sampled_from([*SENSES, "mood"]),
    ),
    max_size=120,
)


@given(ANSWERS)
def test_swapping_before_and_after_swaps_the_dots(answers: list[Answer]) -> None:
    there, back = profile_of(HEARD, answers, SPRING, SUMMER), profile_of(HEARD, answers, SUMMER, SPRING)
    for one, other in zip(there.voices, back.voices, strict=True):
        for left, right in zip(one.senses, other.senses, strict=True):
            assert (left.before, left.after) == (right.after, right.before)


@given(ANSWERS)
def test_nobody_is_counted_twice_and_means_stay_on_the_scale(answers: list[Answer]) -> None:
    found = profile_of(HEARD, answers, SPRING, SUMMER)
    for voice in found.voices:
        for each in voice.senses:
            for mean, period in ((each.before, SPRING), (each.after, SUMMER)):
                ours = [
                    a for a in answers
                    if a.rater == voice.voice and a.domain == each.name and period.first <= a.given_on <= period.last
                ]  # fmt: skip
                named = {a.rater_key for a in ours if a.score is not None and a.rater_key}
                unnamed = sum(a.score is not None and a.rater_key is None for a in ours)
                assert mean.answerers == len(named) + unnamed
                assert mean.unscored == sum(a.score is None for a in ours)
                assert (mean.mean is not None) == (mean.answerers >= 5)
                assert mean.mean is None or 1 <= mean.mean <= 5
