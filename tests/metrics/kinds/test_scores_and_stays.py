"""Whatever is answered, and whoever comes and goes: an honest change or a reason, never a broken number."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.facts import Facts
from data.model import Answer, Intervention, Period, Rows, Scope, Series, Spell, Tally
from metrics import wording
from metrics.catalogue import load_catalogue
from metrics.comparison import compare
from metrics.judging.answering import said_of_answers
from metrics.kinds import score, stay
from metrics.model import Change

START = date(2026, 3, 3)
RECORD = Period(date(2024, 1, 1), date(2027, 1, 1))
PLAN = Intervention("i1", "elm", None, "Evening lounge", "environment", START)
CATALOGUE = load_catalogue()
REASONS = {"too_few_answers", "form_changed", "rater_changed"}


@dataclass(frozen=True)
class Drawn:
    """Facts with nothing in them but what was drawn."""

    answers: Sequence[Answer] = ()
    stays: Sequence[Spell] = ()
    people: int = 0

    def span(self, table: str, service_id: str) -> Period:
        return RECORD

    def spells_span(self, service_id: str) -> Period:
        return RECORD

    def totals_span(self, outcome: str, service_id: str) -> Period | None:
        return None

    def totals_series(self, service_id: str, outcome: str, period: Period) -> Series:
        return Series((), ())

    def score_answers(self, scope: Scope, rows: Rows, period: Period) -> tuple[Answer, ...]:
        return tuple(
            each
            for each in sorted(self.answers, key=lambda each: each.given_on)
            if period.first <= each.given_on <= period.last
            and each.rater in rows.where.get("rater", (each.rater,))
            and scope.person_id in (None, each.person_id)
        )

    def share_clusters(
        self, scope: Scope, counts: Rows, over: Rows, share_of: str, period: Period
    ) -> tuple[Tally, ...]:
        there = {each.person_id for each in self.score_answers(scope, counts, period)}
        return tuple(Tally(int(f"P{n}" in there), 1) for n in range(self.people))

    def spells(self, scope: Scope, period: Period) -> tuple[Spell, ...]:
        return tuple(
            each
            for each in self.stays
            if each.moved_in <= period.last and (each.left_on is None or each.left_on >= period.first)
        )


def facts(**drawn: Any) -> Facts:
    return cast(Facts, Drawn(**drawn))


days = st.integers(-180, 207).map(lambda offset: START + timedelta(days=offset))
answers = st.builds(
    lambda day, rater, domain, points, key, person, form: Answer(
        day, rater, "person_checkin", domain, "dont_know" if points is None else "score",
        None if points is None else float(points), key, person, form,
    ),
    days, st.sampled_from(["self", "family", "staff"]), st.sampled_from(["reflects_me", "mood"]),
    st.one_of(st.none(), st.integers(1, 5)), st.one_of(st.none(), st.integers(0, 8).map("R{}".format)),
    st.one_of(st.none(), st.integers(0, 8).map("P{}".format)), st.sampled_from([None, "v1"]),
)  # fmt: skip


@given(st.lists(answers, max_size=60), st.booleans(), st.integers(0, 12))
def test_any_answers_end_in_a_change_or_a_reason(drawn: list[Answer], personal: bool, people: int) -> None:
    plan = replace(PLAN, person_id="P0") if personal else PLAN
    outcome = CATALOGUE.outcomes["L10"]
    found = score.change(facts(answers=drawn, people=people), outcome, plan.scope, compare(plan, None, RECORD))
    effect = found.effect
    if effect is None:
        both = found.before.tally.numerator and found.after.tally.numerator
        assert not both or found.why_none in REASONS
    else:
        assert effect.low is not None and effect.high is not None and effect.estimate is not None
        assert effect.low < effect.estimate < effect.high
        assert found.before.value is not None and found.after.value is not None
        assert effect.estimate == pytest.approx(found.after.value - found.before.value, abs=1e-9)
        assert min(found.intervals) >= score.FEWEST_ANSWERERS
    for caution in said_of_answers(found):
        assert caution.text.endswith(".")
        assert "nan" not in caution.text


def asked(*rows: tuple[int, str, int]) -> list[Answer]:
    """(day from the start, person, score), by people about themselves."""
    return [
        Answer(START + timedelta(days=day), "self", "person_checkin", "mood", "score", float(points), person, person)
        for day, person, points in rows
    ]


def mood(drawn: list[Answer]) -> Change:
    return score.change(facts(answers=drawn), CATALOGUE.outcomes["L4"], PLAN.scope, compare(PLAN, None, RECORD))


def test_half_of_the_answerers_asked_twice_are_enough_when_they_are_five() -> None:
    five = [(day, f"P{n}", 3 + (day > 0)) for n in range(5) for day in (-20, 60)]
    found = mood(asked(*five, *((-20, f"Q{n}", 3) for n in range(5))))
    assert found.answered is not None
    assert found.answered.paired
    fewer_than_half = mood(asked(*five, *((-20, f"Q{n}", 3) for n in range(6))))
    assert fewer_than_half.answered is not None
    assert not fewer_than_half.answered.paired
    six = [(day, f"P{n}", 3 + (day > 0)) for n in range(6) for day in (-20, 60)]
    among_many = mood(asked(*six, *((-20, f"Q{n}", 3) for n in range(40))))
    assert among_many.answered is not None
    assert among_many.answered.paired


def test_a_line_over_time_does_not_follow_which_question_was_asked() -> None:
    cards = [("security", 4.0, 0), ("purpose", 2.0, 0), ("security", 4.0, 40), ("purpose", 2.0, 80)]
    drawn = [
        Answer(START + timedelta(days=day), "self", "person_checkin", domain, "score", points, "P0", "P0")
        for domain, points, day in cards
    ]
    months = Period(START, START + timedelta(days=100)).blocks(30)
    line = score.series(facts(answers=drawn), CATALOGUE.outcomes["L1"], PLAN.scope, months)
    assert [tally.mean for tally in line.tallies] == pytest.approx([3, 3, 3])


def test_no_line_crosses_a_form() -> None:
    drawn = [
        replace(each, form="v1" if each.given_on < START else "v2") for each in asked((-60, "P0", 1), (30, "P0", 4))
    ]
    months = Period(START - timedelta(days=90), START + timedelta(days=89)).blocks(60)
    line = score.series(facts(answers=drawn), CATALOGUE.outcomes["L4"], PLAN.scope, months)
    assert [tally.mean for tally in line.tallies] == [None, None, 4.0]


spells = st.builds(
    lambda who, came, length, why: Spell(
        f"P{who}", START + timedelta(days=came), None if length is None else START + timedelta(days=came + length),
        None if length is None else why,
    ),
    st.integers(0, 30), st.integers(-400, 200), st.one_of(st.none(), st.integers(0, 300)),
    st.sampled_from(["died", "unplanned_move", "hospital_not_returned", "own_choice", None]),
)  # fmt: skip


@given(st.lists(spells, max_size=40))
def test_whoever_comes_and_goes_the_shares_add_up_and_nothing_breaks(drawn: list[Spell]) -> None:
    outcome = CATALOGUE.outcomes["I6"]
    found = stay.change(facts(stays=drawn), outcome, PLAN.scope, compare(PLAN, None, RECORD))
    for side in (found.before, found.after):
        assert side.period is not None
        assert side.tally.numerator == sum(
            each.left_within(side.period) and each.end_reason in ("unplanned_move", "hospital_not_returned")
            for each in drawn
        )
    assert found.staying is not None
    for curve in (found.staying.before, found.staying.after):
        for each in curve or ():
            assert each.still_there + each.moved + each.gone_otherwise == pytest.approx(1)
            assert each.at_risk >= stay.FEWEST_FOLLOWED
            if each.low is not None and each.high is not None:
                assert 0 <= each.low <= each.moved <= each.high <= 1


@given(st.lists(spells, max_size=25))
def test_months_add_up_to_the_whole(drawn: list[Spell]) -> None:
    whole = Period(START, START + timedelta(days=89))
    asked_ = facts(stays=drawn), CATALOGUE.outcomes["I6"], PLAN.scope
    assert stay.series(*asked_, whole.blocks(30)).total == stay.series(*asked_, (whole,)).total


def test_every_kind_of_answerer_has_a_name() -> None:
    from data.contract import TABLES

    assert set(TABLES["feedback"].columns["rater"].codes) == set(wording.SPEAKERS) == set(score.SPEAKERS)
