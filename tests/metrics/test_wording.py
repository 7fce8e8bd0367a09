"""The one voice: plain, never more than the data bear, never a number that is not one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Intervention, Period, Rows, Tally
from metrics import explaining, wording
from metrics.catalogue import load_catalogue
from metrics.comparison import compare
from metrics.judging.verdict import judge, rules_out
from metrics.kinds.common import side
from metrics.model import Answered, Change, Declared, Effect, Finding, Verdict
from metrics.words import and_list, apart, at_least, number

CATALOGUE = load_catalogue()
PLAN = Intervention("i1", "elm", None, "Evening lounge", "environment", date(2026, 3, 3))
ALWAYS = Period(date(2020, 1, 1), date(2030, 1, 1))
NEVER_SAID = ("caused", "significant", "p-value", "nan", "inf", "none ", "proves", "because of the change")


def finding(code: str, before: Tally, after: Tally, effect: Effect | None, *, personal: bool = False) -> Finding:
    outcome = CATALOGUE.outcomes[code]
    plan = replace(PLAN, person_id="P") if personal else PLAN
    comparison = compare(plan, None, ALWAYS)
    change = Change(
        side(outcome, comparison.before, before),
        side(outcome, comparison.after, after),
        effect,
        answered=Answered("self", paired=True, higher=6, same=10, lower=2) if outcome.kind == "score" else None,
    )
    asked = Declared("change" if outcome.judged == "change" else "steady", outcome.size or 1.25, "main", None, True)
    found = Finding(
        plan, outcome, asked.question, asked, comparison, change, judge(outcome, change, asked),
        rules_out=rules_out(effect, outcome.fewer_is_better), day_word="bed days",
    )  # fmt: skip
    return replace(found, sentence=wording.sentence(found))


def test_a_rate_is_said_per_1000_with_its_range() -> None:
    found = finding("D2", Tally(120, 2000), Tally(70, 2000), Effect("ratio", 0.583, 0.42, 0.81, "quasi-Poisson"))
    assert found.sentence == (
        "Distress across the home: 35 per 1,000 bed days, down from 60. "
        "Given the ups and downs, the true drop is likely between 19 and 58 in 100."
    )


def test_days_are_said_as_people_say_them() -> None:
    effect = Effect("points", -42.9, -66.15, -7.3, "Newcombe limits, day-to-day correlation 0.3")
    found = finding("D1", Tally(20, 28), Tally(8, 28), effect, personal=True)
    assert found.sentence == (
        "Distress came on 8 of 28 mornings, down from 20. "
        "Days like these come in runs, so the true drop is somewhere between 7 and 66 in 100."
    )


def test_as_many_of_more_is_said_beside_before_and_not_as_down_from_the_same_number() -> None:
    found = finding("D1", Tally(12, 24), Tally(12, 25), Effect("points", -2, -35, 32, "Newcombe"), personal=True)
    assert found.sentence.startswith("Distress came on 12 of 25 mornings, against 12 of 24 before. ")


def test_a_score_is_said_with_who_was_asked_twice() -> None:
    found = finding("L6", Tally(18, 20, 57.6), Tally(18, 18, 64.8), Effect("score", 0.4, 0.1, 0.7, "paired t limits"))
    assert found.sentence == (
        "Feeling heard: 3.6 points on average, up from 3.2. Of 18 people asked twice, 6 scored higher, 10 the same, 2 lower. "
        "The true rise is somewhere between 0.1 and 0.7 points."
    )
    assert wording.rules_out_line(found) == "These data rule out any fall."


def test_a_single_point_is_one() -> None:
    assert [wording.points(figure) for figure in (1, 1.2, 0.5)] == ["1 point", "1.2 points", "0.5 points"]


def test_moves_are_said_over_years_lived_there() -> None:
    found = finding(
        "I6", Tally(9, 36525), Tally(6, 36525), Effect("ratio", 0.667, 0.2, 2.1, "exact conditional limits")
    )
    assert found.sentence.startswith("Staying put: 6 unplanned moves per 100 years lived here, down from 9.")


def test_the_verdict_line_names_the_reason() -> None:
    assert wording.verdict_words(Verdict("better", worthwhile=True)) == "Better, and worthwhile"
    assert wording.verdict_words(Verdict("cannot tell yet", "too_few_events")) == (
        "Cannot tell yet: there were too few to judge"
    )


def test_every_reason_the_rules_can_give_has_words() -> None:
    import inspect
    import re

    from metrics import evaluate, splits
    from metrics.judging import cautions, verdict
    from metrics.kinds import score, stay

    given_reasons = {"form_changed", "rater_changed", "too_few_answers"}
    assert all(reason in inspect.getsource(score) for reason in given_reasons)
    given_reasons.add(splits.TOO_FEW)
    for module in (evaluate, cautions, verdict, score, stay, splits):
        source = inspect.getsource(module)
        given_reasons |= set(re.findall(r'"cannot tell yet",\s+"([a-z_]+)"', source))
        given_reasons |= set(re.findall(r'return "([a-z]+_[a-z_]+)"', source))
        given_reasons |= set(re.findall(r'lowered\(verdict, "([a-z_]+)"', source))
    assert len(given_reasons) > 12
    assert given_reasons <= set(wording.REASONS)


codes = st.sampled_from([outcome.code for outcome in CATALOGUE])
tallies = st.builds(
    lambda of, share, mean: Tally(int(of * share), of, mean * int(of * share)),
    st.integers(0, 9000), st.floats(0, 1), st.floats(0, 5),
)  # fmt: skip
ends = st.one_of(st.none(), st.floats(0, 60))


@given(codes, tallies, tallies, st.tuples(ends, ends), st.booleans(), st.booleans())
def test_no_sentence_ever_claims_too_much_or_shows_a_broken_number(
    code: str, before: Tally, after: Tally, limits: tuple[float | None, float | None], turned: bool, personal: bool
) -> None:
    low, high = limits
    if low is not None and high is not None and low > high:
        low, high = high, low
    outcome = CATALOGUE.outcomes[code]
    scale = outcome.scale
    if scale != "ratio" and turned:
        low, high = (None if high is None else -high), (None if low is None else -low)
    found = finding(code, before, after, Effect(scale, None, low, high, "exact"), personal=personal)
    said = [found.sentence, wording.verdict_line(found), wording.cannot_say(found), wording.question_line(found)]
    said += [*wording.how_sure(found), wording.rules_out_line(found) or "", wording.method_line(found)]
    for text in said:
        own_words = text.lower().replace(outcome.name.lower(), "")  # "information" holds an "inf"
        assert not any(word in own_words for word in NEVER_SAID), text
        assert "  " not in text
    assert found.sentence.endswith(".")
    assert found.sentence.count(". ") <= 3


def test_numbers_as_people_say_them() -> None:
    assert [number(x) for x in (1234, 41.4, 6.84, 0.354, 7.0)] == ["1,234", "41", "6.8", "0.35", "7"]
    assert apart(21.6, 22.4) == ("21.6", "22.4")
    assert apart(1.88, 0.91) == ("1.9", "0.9")
    assert apart(2, 2.3) == ("2.0", "2.3")
    assert apart(0.4, 12) == ("0.4", "12.0")
    assert apart(1188, 1192.2) == ("1,188", "1,192")
    assert at_least(0.3) == "less than 1"
    assert and_list(["a", "b", "c"]) == "a, b and c"


@pytest.mark.parametrize("outcome", list(CATALOGUE), ids=lambda outcome: outcome.code)
def test_every_outcome_explains_itself(outcome) -> None:  # type: ignore[no-untyped-def]
    assert outcome.why.endswith(".")
    assert outcome.counts == Rows(outcome.table, outcome.counts.where)
    text = explaining.how_worked_out(outcome)
    assert text.endswith(".")
    assert len(text) > 40


def test_what_was_agreed_is_said_with_its_date_and_whose_agreement() -> None:
    from data.model import Declaration

    found = finding("F1", Tally(10, 2000), Tally(9, 2000), Effect("ratio", 0.9, 0.4, 1.6, "exact"))
    promise = Declaration(
        "d", "i1", "F1", "steady", 1.25, "main", PLAN.start_on - timedelta(days=7), ("person", "family")
    )
    told = replace(found, declared=Declared("steady", 1.25, "main", promise, afterwards=False))
    assert wording.question_line(told) == (
        "Agreed beforehand, on 24 February 2026 with the person and family: a rise of up to 25 in 100 would still be steady."
    )
