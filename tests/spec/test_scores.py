"""What people, families and staff said before and after: who was asked twice, and when nothing can be compared."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.model import Finding
from metrics.wording import how_sure
from tests.support.story import START, one, plan, promise, told

BEFORE, AFTER = START - timedelta(days=40), START + timedelta(days=60)
HEADS = (
    "feedback_id, service_id, person_id, rater_key, given_on, rater, instrument, domain, score, answer, form, moment\n"
)
Row = tuple[str, str, date, str, str, str | int | None, str]


def answers(*rows: Row, domain: str = "mood") -> str:
    """(person, answerer's key, day, kind of answerer, instrument, score or word, form)."""
    lines = []
    for number, (person, key, day, rater, instrument, score, form) in enumerate(rows):
        word = "score" if isinstance(score, int) else score
        points = score if isinstance(score, int) else ""
        lines.append(
            f"A{number}, elm, {person}, {key}, {day}, {rater}, {instrument}, {domain}, {points}, {word}, {form}, "
        )
    # the record goes on to the end of the follow-up, so that it is no early look
    lines.append(f"Z, elm, , R-z, {START + timedelta(days=300)}, staff_about_self, staff_checkin, proud, 4, score, , ")
    return HEADS + "\n".join(lines) + "\n"


def selves(before: Sequence[int], after: Sequence[int], *, twice: bool = True, form: str = "") -> list[Row]:
    """Answers of people about themselves, one each on a side; the same people when ``twice``."""
    rows: list[Row] = [
        (f"P-{n}", "", BEFORE + timedelta(days=n), "self", "person_checkin", score, form)
        for n, score in enumerate(before)
    ]
    first = 0 if twice else 100
    return rows + [
        (f"P-{first + n}", "", AFTER + timedelta(days=n), "self", "person_checkin", score, form)
        for n, score in enumerate(after)
    ]


SERVICE_PLAN = plan(person="")
LATER = date(2027, 2, 1)


def found(folder: Path, feedback: str, code: str = "L4", *, question: str = "change", size: float = 0.5,
          interventions: str = SERVICE_PLAN, **tables: str) -> Finding:  # fmt: skip
    declared = promise(code, question, size)
    with told(
        folder, as_of=LATER, feedback=feedback, interventions=interventions, declarations=declared, **tables
    ) as f:
        return one(f, code)


def codes(finding: Finding) -> list[str]:
    return [caution.code for caution in finding.cautions]


def test_the_same_people_scoring_higher_are_called_better(tmp_path: Path) -> None:
    told_ = found(tmp_path, answers(*selves([2, 3, 3, 2, 4, 3, 2, 3], [3, 4, 4, 4, 4, 4, 3, 4])))
    assert told_.verdict.word == "better"
    assert told_.verdict.worthwhile
    assert "Of 8 people asked twice, 7 scored higher, 1 the same, 0 lower." in told_.sentence
    assert told_.sentence.startswith("Emotional wellbeing: 3.8 points on average, up from 2.8.")
    assert told_.change is not None
    assert told_.change.effect is not None
    assert (told_.change.effect.scale, told_.change.effect.method) == ("score", "paired t limits")


def test_the_nearest_answers_to_the_change_are_compared(tmp_path: Path) -> None:
    early = [(f"P-{n}", "", BEFORE - timedelta(days=60), "self", "person_checkin", 5, "") for n in range(6)]
    late = [(f"P-{n}", "", AFTER + timedelta(days=60), "self", "person_checkin", 1, "") for n in range(6)]
    told_ = found(tmp_path, answers(*selves([3] * 6, [3, 3, 3, 3, 3, 4]), *early, *late))
    assert told_.change is not None
    assert (told_.change.before.value, told_.change.answered.same if told_.change.answered else 0) == (3, 5)


def test_different_people_are_compared_as_two_groups(tmp_path: Path) -> None:
    told_ = found(tmp_path, answers(*selves([2, 3, 3, 2, 4], [4, 4, 5, 4, 3], twice=False)))
    assert told_.change is not None
    assert told_.change.effect is not None
    assert told_.change.effect.method == "Welch t limits"
    assert "asked twice" not in told_.sentence


def test_four_answers_a_side_are_too_few(tmp_path: Path) -> None:
    told_ = found(tmp_path, answers(*selves([2, 2, 2, 2], [5, 5, 5, 5])))
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "too_few_answers")
    assert "Too few answered to judge, so the two cannot be compared." in told_.sentence


def test_sixty_answers_of_one_person_are_not_a_home(tmp_path: Path) -> None:
    keen = [("P-0", "", BEFORE - timedelta(days=n), "self", "person_checkin", 5, "") for n in range(60)]
    told_ = found(tmp_path, answers(*selves([2, 3, 3, 2, 4], [4, 4, 5, 4, 3], twice=False), *keen))
    assert told_.verdict.reason == "too_few_answers"


def test_one_answerer_alone_is_not_a_home(tmp_path: Path) -> None:
    rows: list[Row] = [
        ("P-0", "", day + timedelta(days=n), "self", "person_checkin", 3, "")
        for n in range(9)
        for day in (BEFORE, AFTER)
    ]
    told_ = found(tmp_path, answers(*rows))
    assert told_.verdict.reason == "too_few_answers"


def test_when_everybody_says_the_same_twice_the_range_still_has_a_width(tmp_path: Path) -> None:
    told_ = found(tmp_path, answers(*selves([3] * 8, [3] * 8)))
    effect = told_.change.effect if told_.change else None
    assert effect is not None
    assert effect.low is not None and effect.high is not None
    assert effect.low < 0 < effect.high
    assert (told_.verdict.reason, "all_the_same" in codes(told_)) == ("no_clear_change", True)


def test_another_form_is_not_compared(tmp_path: Path) -> None:
    rows = selves([2] * 6, [4] * 6)
    old, new = [(*row[:6], "v1") for row in rows[:6]], [(*row[:6], "v2") for row in rows[6:]]
    told_ = found(tmp_path, answers(*old, *new))
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "form_changed")


def test_answers_on_a_form_of_one_side_only_are_left_out_and_it_is_said(tmp_path: Path) -> None:
    rows = selves([2, 3, 2, 3, 2, 3], [3, 4, 3, 4, 3, 3], form="v1")
    other = [(f"P-{n}", "", AFTER + timedelta(days=n), "self", "person_checkin", 5, "v2") for n in range(50, 60)]
    told_ = found(tmp_path, answers(*rows, *other))
    assert "other_forms_left_out" in codes(told_)
    assert told_.change is not None
    assert told_.change.after.value == pytest.approx(20 / 6)


def test_the_person_before_and_the_family_after_is_another_answerer(tmp_path: Path) -> None:
    before = [(f"P-{n}", "", BEFORE, "self", "person_checkin", 3, "") for n in range(6)]
    after = [(f"P-{n}", f"R-{n}", AFTER, "family", "person_checkin", 3, "") for n in range(6)]
    told_ = found(tmp_path, answers(*before, *after, domain="reflects_me"), "L10")
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "rater_changed")


def test_one_persons_daughter_before_and_son_after_is_another_answerer(tmp_path: Path) -> None:
    rows: list[Row] = []
    for key, first in (("R-daughter", START - timedelta(days=28)), ("R-son", START + timedelta(days=14))):
        rows += [
            ("P-1", key, first + timedelta(days=4 * n), "family_about_self", "family_checkin", 3, "") for n in range(6)
        ]
    told_ = found(tmp_path, answers(*rows, domain="confident"), "K1", interventions=plan())
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "rater_changed")


def test_one_person_asked_week_after_week_is_a_series_of_their_own(tmp_path: Path) -> None:
    rows: list[Row] = []
    for first, scores in (
        (START - timedelta(days=28), [2, 1, 2, 2, 1, 2]),
        (START + timedelta(days=14), [4, 4, 3, 4, 4, 4]),
    ):
        rows += [
            ("P-1", "", first + timedelta(days=4 * n), "self", "person_checkin", score, "")
            for n, score in enumerate(scores)
        ]
    told_ = found(tmp_path, answers(*rows), interventions=plan())
    assert told_.verdict.word == "better"
    assert told_.change is not None
    assert told_.change.effect is not None
    assert "answer-to-answer" in told_.change.effect.method


def test_families_are_never_averaged_with_the_person(tmp_path: Path) -> None:
    own = selves([3] * 6, [4] * 6)
    family = [
        (f"P-{n}", f"R-{n}", day, "family", "person_checkin", score, "")
        for n in range(6)
        for day, score in ((BEFORE, 1), (AFTER, 1))
    ]
    told_ = found(tmp_path, answers(*own, *family, domain="reflects_me"), "L10")
    assert told_.change is not None
    assert (told_.change.before.value, told_.change.after.value) == (3, 4)
    assert "Relatives, shown apart: 1 point before, 1 point after." in how_sure(told_)


def test_where_only_others_answered_it_is_said_first(tmp_path: Path) -> None:
    family = [(f"P-{n}", f"R-{n}", day, "family", "person_checkin", 3, "") for n in range(6) for day in (BEFORE, AFTER)]
    alone = found(tmp_path / "a", answers(*family))
    assert (alone.verdict.reason, codes(alone)[0]) == ("no_data", "only_proxies")
    led = found(tmp_path / "b", answers(*family, domain="reflects_me"), "L10")
    assert codes(led)[0] == "only_proxies"


def test_fewer_people_answering_is_said_with_what_the_silent_could_have_meant(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(20))
    told_ = found(tmp_path, answers(*selves([3] * 18, [3, 4, 4, 4, 4, 4])), stays=stays)
    (caution,) = [each for each in told_.cautions if each.code == "response_fell"]
    assert caution.text == (
        "Fewer answered than before: 6 of 20 people, after 18 of 20. Had all the others scored lowest, the average after "
        "would be 1.9; had they scored highest, 4.7."
    )


def test_an_i_dont_know_is_an_answer_and_not_a_score(tmp_path: Path) -> None:
    unsure: list[Row] = [("P-9", "", BEFORE, "self", "person_checkin", "dont_know", "")]
    told_ = found(tmp_path, answers(*selves([3] * 6, [3] * 6), *unsure))
    assert told_.change is not None
    tally = told_.change.before.tally
    assert (tally.numerator, tally.denominator, tally.mean) == (6, 7, 3)


def test_steady_points_are_held_steady_within_the_margin_agreed(tmp_path: Path) -> None:
    told_ = found(tmp_path, answers(*selves([3, 4] * 15, [4, 3] + [3, 4] * 14)), question="steady")
    assert told_.verdict.word == "held steady"
    assert told_.rules_out is not None
    assert told_.rules_out < 0.5


def test_on_an_instrument_where_down_is_good_a_rise_is_worse(tmp_path: Path) -> None:
    from metrics.catalogue import load_catalogue
    from metrics.evaluate import evaluate
    from tests.support.exports import SERVICES, facts_of

    own = tmp_path / "own"
    own.mkdir()
    (own / "calm.toml").write_text(
        'code = "CALM"\nname = "Signs of distress"\nkind = "score"\ntable = "feedback"\ngood = "down"\njudged = "change"\n'
        'size = 11\nwhy = "Distress counts."\n[counts]\ninstrument = "cmai"\ndomain = "total"\nrater = "staff"\n',
        encoding="utf-8",
    )
    rows = [
        (f"P-{n}", f"R-{n}", day, "staff", "cmai", score, "")
        for n in range(8)
        for day, score in ((BEFORE, 60 + n), (AFTER, 80 + 2 * n))
    ]
    with facts_of(
        tmp_path, as_of=LATER, services=SERVICES, interventions=SERVICE_PLAN, feedback=answers(*rows, domain="total")
    ) as facts:
        (told_,) = evaluate(facts, load_catalogue(own), outcomes=["CALM"])
    assert told_.verdict.word == "worse"
