"""What was said at a home, before and after: drawn as tables, asked, answered."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.model import Period, Scope
from metrics.catalogue import load_catalogue
from metrics.own_words.change import Sides
from metrics.own_words.said import OwnWords, Said, own_words
from metrics.pictures.senses_profile import halved
from metrics.standing import standing
from tests.support.exports import SERVICES, facts_of

PERIOD = Period(date(2026, 1, 1), date(2026, 6, 28))
STAYS = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(1, 13))
HEADS = (
    "feedback_id, service_id, person_id, rater_key, given_on, rater, instrument, domain, score, answer, form, moment"
)
EARLY, LATE = date(2026, 2, 3), date(2026, 5, 4)


class Sheet:
    """A table of feedback, written answer by answer."""

    def __init__(self) -> None:
        self.rows = [HEADS]

    def add(self, who: int, day: date, score: object, *, rater: str = "self", instrument: str = "person_checkin",
            domain: str = "mood", form: str = "", moment: str = "") -> Sheet:  # fmt: skip
        answer = score if isinstance(score, str) else "score"
        person = "" if rater == "staff_about_self" else f"P-{who}"
        number = "" if isinstance(score, str) else score
        self.rows.append(
            f"A{len(self.rows)}, elm, {person}, {rater}{who}, {day}, {rater}, {instrument}, {domain}, {number}, {answer}, "
            f"{form}, {moment}"
        )
        return self

    def both(self, before: list[object], after: list[object], **more: str) -> Sheet:
        for day, scores in ((EARLY, before), (LATE, after)):
            for who, score in enumerate(scores, start=1):
                self.add(who, day, score, **more)  # type: ignore[arg-type]
        return self


def found(folder: Path, sheet: Sheet, **tables: str) -> OwnWords:
    with facts_of(folder, services=SERVICES, stays=STAYS, feedback="\n".join(sheet.rows), **tables) as facts:
        return own_words(facts, load_catalogue(), "elm", PERIOD, Sides(*halved(PERIOD)))


def line(told: OwnWords, domain: str) -> Said:
    (one,) = [said for lines in told.said.values() for said in lines if said.line.domain == domain and said.asked]
    return one


def test_the_same_people_asked_twice_are_set_beside_themselves(tmp_path: Path) -> None:
    mood = line(found(tmp_path, Sheet().both([2, 2, 3, 3, 4, 4], [4, 3, 3, 4, 5, 3])), "mood")
    assert mood.change.paired and mood.change.twice.people == 6
    assert (mood.change.twice.higher, mood.change.twice.same, mood.change.twice.lower) == (4, 1, 1)
    assert mood.change.values == pytest.approx((3.0, 22 / 6))
    assert mood.change.effect is not None and mood.change.effect.estimate == pytest.approx(4 / 6)


def test_what_relatives_say_about_the_person_moves_nothing_the_person_said(tmp_path: Path) -> None:
    own = Sheet().both([2, 2, 3, 3, 4, 4], [4, 3, 3, 4, 5, 3])
    alone = line(found(tmp_path / "a", own), "mood")
    for rater in ("family", "staff", "observer", "advocate"):
        own.both([1, 1, 1, 1, 1, 1], [5, 5, 5, 5, 5, 5], rater=rater)
    together = found(tmp_path / "b", own)
    assert line(together, "mood") == alone
    assert [said.line.rater for said in together.on_behalf] == ["family", "staff", "observer", "advocate"]
    assert {said.now.value for said in together.on_behalf} == {3.0}


def test_no_before_and_after_crosses_a_form(tmp_path: Path) -> None:
    sheet = Sheet().both([2, 2, 3, 3, 4, 4], [], form="v1").both([], [4, 3, 3, 4, 5, 3], form="v2")
    mood = line(found(tmp_path, sheet), "mood")
    assert mood.change.why_none == "form_changed"
    assert mood.change.values == (None, None) and mood.change.effect is None


def test_no_share_crosses_a_form_either(tmp_path: Path) -> None:
    sheet = Sheet().both([5, 5, 5, 5, 5, 5], [], form="v1", domain="control")
    control = line(found(tmp_path, sheet.both([], [1, 1, 1, 1, 1, 1], form="v2", domain="control")), "control")
    assert control.change.why_none == "form_changed" and control.change.values == (None, None)


def test_a_share_is_compared_in_points_of_a_hundred(tmp_path: Path) -> None:
    control = line(found(tmp_path, Sheet().both([1, 2, 3, 4, 5, 5], [4, 4, 5, 5, 5, 2], domain="control")), "control")
    assert control.change.values == pytest.approx((50, 500 / 6))
    assert control.change.effect is not None and control.change.effect.low is not None
    assert control.change.effect.low < control.change.effect.estimate < (control.change.effect.high or 0)  # type: ignore[operator]
    assert control.change.twice.people == 6


def test_fewer_than_five_show_how_many_and_no_mean(tmp_path: Path) -> None:
    mood = line(found(tmp_path, Sheet().both([2, 2, 3, 3], [4, 3, 3, 4])), "mood")
    assert mood.now.value is None and mood.change.values == (None, None)
    assert mood.now.counts.asked == 8


def test_one_side_only_has_no_before_and_after(tmp_path: Path) -> None:
    mood = line(found(tmp_path, Sheet().both([2, 2, 3, 3, 5], [])), "mood")
    assert mood.change.values == (3.0, None) and mood.change.effect is None


def test_what_was_said_at_a_review_is_set_beside_the_same_persons_reassessment(tmp_path: Path) -> None:
    sheet = Sheet()
    for who, (first, again) in enumerate([(2, 4), (3, 3), (4, 3), (2, 3), (3, 5)], start=1):
        day = date(2026, 1, 5) + timedelta(days=who)
        sheet.add(who, day, first, domain="support_overall", moment="review")
        sheet.add(who, day + timedelta(days=60), again, domain="support_overall", moment="reassessment")
    sheet.add(9, date(2026, 3, 1), 5, domain="support_overall", moment="review")
    overall = line(found(tmp_path, sheet), "support_overall")
    assert (overall.change.twice.higher, overall.change.twice.same, overall.change.twice.lower) == (3, 1, 1)
    assert overall.change.values == pytest.approx((2.8, 3.6))
    assert overall.now.counts.asked == 11


def test_support_as_a_whole_outside_a_review_is_not_what_was_said_at_one(tmp_path: Path) -> None:
    sheet = Sheet()
    for who in range(1, 7):
        sheet.add(who, EARLY, 5, domain="support_overall", moment="routine")
    told = found(tmp_path, sheet)
    assert not next(said for said in told.said["self"] if said.line.domain == "support_overall").asked


def test_instruments_stand_by_answerer_and_are_never_one_figure(tmp_path: Path) -> None:
    sheet = Sheet().both([60, 70, 80, 60, 70], [62, 72, 82, 62, 72], instrument="demqol", domain="total")
    for rater in ("family", "staff"):
        sheet.both([90, 90, 90, 90, 90], [90, 90, 90, 90, 90], rater=rater, instrument="demqol_proxy", domain="total")
    told = found(tmp_path, sheet)
    assert [(each.said.line.instrument, each.said.line.rater) for each in told.scales] == [
        ("demqol", "self"), ("demqol_proxy", "family"), ("demqol_proxy", "staff"),
    ]  # fmt: skip
    assert told.scales[0].said.change.effect is not None
    assert told.scales[0].said.change.effect.estimate == pytest.approx(2)


def test_pain_is_counted_by_its_published_bands(tmp_path: Path) -> None:
    sheet = Sheet()
    for who, score in enumerate((0, 2, 3, 5, 8, 9), start=1):
        sheet.add(who, LATE, score, rater="staff", instrument="painad", domain="total")
    (scale,) = found(tmp_path, sheet).scales
    assert [count for _, count in scale.bands] == [2, 1, 2] and scale.below == 1


def test_a_note_that_this_is_not_how_it_feels_is_no_answer_to_a_question(tmp_path: Path) -> None:
    told = found(tmp_path, Sheet().add(1, LATE, "dont_know", domain="not_how_it_feels"))
    assert not told.anything


def test_sessions_are_counted_before_and_after_one_persons_music(tmp_path: Path) -> None:
    start = date(2026, 3, 10)
    sheet = Sheet()
    for days, score in ((-20, 1), (-12, 2), (-4, 3), (16, 4), (24, 3), (32, 1)):
        sheet.add(
            1, start + timedelta(days=days), score, rater="observer", instrument="session_note", domain="engagement"
        )
    plans = f"intervention_id, service_id, person_id, title, kind, start_on\none, elm, P-1, Songs, music, {start}\n"
    told = found(tmp_path, sheet, interventions=plans)
    (sessions,) = told.sessions
    assert (sessions.before.hits, sessions.before.counts.scored) == (1, 3)
    assert (sessions.after.hits, sessions.after.counts.scored) == (2, 3)
    assert told.engaged.now.value is None and told.engaged.now.hits == 3


def test_coverage_is_that_of_the_outcome_of_the_same_name(tmp_path: Path) -> None:
    told = found(tmp_path, Sheet().add(1, LATE, 3).add(2, LATE, "dont_know").add(3, LATE, "rather_not"))
    assert (told.coverage.here, told.coverage.asked, told.coverage.answered) == (12, 3, 2)


def test_who_left_before_anybody_wrote_answers_down_was_not_passed_over(tmp_path: Path) -> None:
    stays = (
        STAYS.replace("start_on", "start_on, end_on")
        .replace("2024-01-01", "2024-01-01,")
        .replace("P-12, elm, 2024-01-01,", "P-12, elm, 2024-01-01, 2026-01-20")
    )
    sheet = Sheet().add(1, EARLY, 3).add(2, LATE, 4)
    with facts_of(tmp_path, services=SERVICES, stays=stays, feedback="\n".join(sheet.rows)) as facts:
        told = own_words(facts, load_catalogue(), "elm", PERIOD, Sides(None, None))
        l9 = standing(facts, load_catalogue().outcomes["L9"], Scope("elm"), PERIOD).now.tally
    assert (told.coverage.answered, told.coverage.here) == (2, 11) == (l9.numerator, l9.denominator)


def test_whoever_says_this_is_not_how_it_feels_has_spoken_for_themselves(tmp_path: Path) -> None:
    sheet = Sheet().add(1, EARLY, 3).add(2, LATE, 2, domain="not_how_it_feels")
    sheet.add(3, LATE, 2, rater="family", instrument="family_checkin", domain="not_how_it_feels")
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, feedback="\n".join(sheet.rows)) as facts:
        told = own_words(facts, load_catalogue(), "elm", PERIOD, Sides(None, None))
        l9 = standing(facts, load_catalogue().outcomes["L9"], Scope("elm"), PERIOD).now.tally
    assert (told.coverage.answered, told.coverage.here) == (2, 12) == (l9.numerator, l9.denominator)
    assert told.coverage.others_only == 0


def test_a_share_is_compared_on_one_form_though_two_were_in_use_on_both_sides(tmp_path: Path) -> None:
    sheet = Sheet()
    for day, order in ((EARLY, ("faces", "words")), (LATE, ("words", "faces"))):
        for late, form in enumerate(order):
            for who in range(1, 7):
                score = 5 if form == "faces" else 1
                sheet.add(who, day + timedelta(days=late), score, domain="control", form=form)
    control = line(found(tmp_path, sheet), "control").change
    # Nothing moved on either form; the form used last before is the words, after the faces.
    assert control.values == (100, 100)
    assert control.effect is not None and control.effect.estimate == 0
    assert control.other_forms


def test_a_mean_is_the_same_here_and_where_outcomes_stand(tmp_path: Path) -> None:
    sheet = Sheet()
    for who, scores in enumerate(([1, 1, 1, 1], [5], [5], [4], [4], [3]), start=1):
        for late, score in enumerate(scores):
            sheet.add(who, EARLY + timedelta(days=late), score, rater="family_about_self",
                      instrument="family_checkin", domain="understands")  # fmt: skip
    with facts_of(tmp_path, services=SERVICES, stays=STAYS, feedback="\n".join(sheet.rows)) as facts:
        told = own_words(facts, load_catalogue(), "elm", PERIOD, Sides(None, None))
        i7 = standing(facts, load_catalogue().outcomes["I7"], Scope("elm"), PERIOD).now
    here = line(told, "understands").now
    assert here.value == i7.value == 22 / 6  # each relative once; the mean of the nine answers is 25 / 9
