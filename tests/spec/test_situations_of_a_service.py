"""The situations of a whole service, walked through on the sample, each as a manager would ask.

Every service, plan and figure here is synthetic; what was planted stands in the sample's truth file.
"""

from __future__ import annotations

from datetime import date, timedelta
from statistics import mean

import pytest

from data.model import Period, Scope
from metrics.accountable.concern_to_close import concern_to_close
from metrics.evaluate import evaluate
from metrics.standing import standings
from tests.support.asked import EVERYTHING, Asked, means, of, sides
from tests.support.reading_age import grade


class TestDisagreementInSafeguarding:
    """I2, I7, I6: families are told early, in plain words, and may see it differently."""

    TITLE = "Families told early, in plain words"

    def test_families_understand_better_what_happens_and_why(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "I7")["I7"]
        assert found.verdict.word == "better"
        before, after = means(found)
        assert after - before > 0.5
        assert "relatives asked twice" in found.sentence

    def test_the_same_relatives_were_asked_when_a_concern_was_raised_and_when_it_was_closed(
        self, sample: Asked
    ) -> None:
        start = sample.plan(self.TITLE).start_on
        answers = sample.said(Scope("oak-lodge"), domain="understands")
        found = concern_to_close([each for each in answers if each.given_on >= start])
        assert len(found.pairs) >= 5
        assert found.mean is not None
        assert found.mean > 0.5

    def test_it_stands_beside_actions_on_time_and_staying_put(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "I7")["I7"]
        beside = {each.outcome.code: each for each in found.balance}
        assert {"I2", "I6", "I8"} <= beside.keys()
        assert beside["I2"].sentence.startswith(
            "Safeguarding actions on time: 9 of 10 actions due, down from 11 of 11."
        )
        assert beside["I6"].verdict.reason == "too_few_events"
        assert sides(beside["I8"]) == "9 of 12, then 6 of 6"

    def test_somebody_who_saw_it_differently_was_answered(self, sample: Asked) -> None:
        rows = sample.facts.checks(Scope("oak-lodge"), ["disagreement_answered"], EVERYTHING)
        ours = [each for each in rows if each.element == "safeguarding"]
        assert [each.in_time for each in ours] == [True, True, False, True]


class TestPlanningThreeWays:
    """V2, V5, V8: person, family and staff plan together, and it leaves a trail."""

    @pytest.mark.parametrize("title", ["Planning together, three ways", "Staying at home together"])
    def test_whose_views_shaped_it_can_be_traced_more_often(self, sample: Asked, title: str) -> None:
        found = sample.answers(title, "V2", "V5", "V8")
        for code, finding in found.items():
            before, after = means(finding)
            assert after > before, code
            assert finding.verdict.word != "worse"

    def test_the_figures_are_counts_of_matters(self, sample: Asked) -> None:
        found = sample.answers("Planning together, three ways", "V2")["V2"]
        assert sides(found) == "25 of 36, then 31 of 33"

    def test_each_matter_shows_who_was_asked_when_how_and_what_came_of_it(self, sample: Asked) -> None:
        plan = sample.plan("Planning together, three ways")
        since = Period(plan.start_on + timedelta(days=40), plan.start_on + timedelta(days=200))
        matters = sample.facts.matters(Scope("rowan-view"), since)
        whole = [each for each in matters if each.person_heard and each.family_heard and each.staff_heard]
        assert len(whole) >= 10
        for matter in whole:
            assert {view.voice for view in matter.views} >= {"person", "family", "staff"}
            assert all(view.given_on and view.how_sought and view.used for view in matter.views)
        assert sum(each.traced and each.decision is not None for each in whole) >= 10


class TestPeopleLivingThereShapeTheHome:
    """X1, X3, G10, L1, L2, T1: people decide the week at Birch Grove."""

    TITLE = "People decide the week"

    def test_more_is_decided_or_led_by_the_people_living_there(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "X3")["X3"]
        assert found.verdict.word == "better"
        assert found.sentence.startswith("With, not for: 37 of 54 activities, up from 7 of 60.")

    def test_more_people_have_a_part_to_play(self, sample: Asked) -> None:
        (found,) = [each for each in sample.answers(self.TITLE, "X3")["X3"].balance if each.outcome.code == "X1"]
        assert found.verdict.word == "held steady"
        assert found.sentence.startswith("A part to play was had by 24 of 37 people living here, up from 15 of 34.")

    def test_they_are_there_from_the_first_idea_to_the_last_look_back(self, sample: Asked) -> None:
        assert sides(sample.answers(self.TITLE, "G10")["G10"]) == "24 of 90, then 56 of 87"

    def test_the_six_senses_and_control_are_asked_of_the_people_themselves(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "L1", "L2")
        assert found["L1"].verdict.word == "better"
        assert "people asked twice" in found["L1"].sentence
        assert found["L2"].verdict.word == "better"

    def test_person_family_and_staff_each_have_a_line_of_their_own(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "L1")["L1"]
        assert found.change is not None and found.change.answered is not None
        raters = {found.change.answered.rater, *(voice.rater for voice in found.change.answered.apart)}
        assert raters == {"self", "family_about_self", "staff_about_self"}

    def test_enough_of_the_team_answered_to_show_how_work_is(self, sample: Asked) -> None:
        for found in sample.answers(self.TITLE, "T1", "T2").values():
            assert found.change is not None
            assert min(found.change.before.tally.denominator, found.change.after.tally.denominator) >= 10
            assert found.verdict.reason != "too_few_rows"


class TestARelativesGroup:
    """K3, beside what families understand."""

    def test_it_met_when_due_twelve_times_of_thirteen(self, sample: Asked) -> None:
        found = sample.now("elm-house", "K3")["K3"]
        assert of(found.now.tally) == "12 of 13"
        assert found.target == 100 and found.reached is False

    def test_there_was_none_before_so_there_is_no_before_and_after(self, sample: Asked) -> None:
        found = sample.answers("Relatives' group every month", "K3", "I7")
        assert found["K3"].verdict.reason == "no_data_before"
        before, after = means(found["I7"])
        assert after > before
        assert "Of 12 relatives asked twice, 8 scored higher, 2 the same, 2 lower." in found["I7"].sentence


class TestEqualAccess:
    """E1, E6, E7: who comes to Willow Bank, how far that is known, and for whom health checks come in time."""

    def test_who_comes_stands_beside_the_line_of_local_people(self, sample: Asked) -> None:
        found = sample.now("willow-bank", "E1", "E6", "E7")
        assert all(each.has_figure for each in found.values())
        assert of(found["E1"].now.tally) == "11 of 25"
        assert found["E1"].outcome.line == "service.expected_minority_pct"

    def test_ethnicity_is_known_for_nearly_everybody(self, sample: Asked) -> None:
        assert of(sample.now("willow-bank", "E6")["E6"].now.tally) == "72 of 72"

    def test_health_checks_come_in_time_less_often_for_some_groups(self, sample: Asked) -> None:
        outcome = sample.catalogue.outcomes["E7"]
        assert outcome.over is not None
        in_time = {}
        for group in ("white", "asian", "black"):
            scope = Scope("willow-bank", people=(("ethnicity_group", (group,)),))
            series = sample.facts.share_series(scope, outcome.counts, outcome.over, outcome.share_of, (EVERYTHING,))
            in_time[group] = series.total
        assert all(tally.denominator >= 50 for tally in in_time.values())
        ratios = {group: tally.ratio or 0.0 for group, tally in in_time.items()}
        assert ratios["white"] > max(ratios["asian"], ratios["black"]) + 0.1

    def test_a_gap_is_never_shown_without_how_far_ethnicity_is_known(self, sample: Asked) -> None:
        found = sample.gap("willow-bank", "V1")
        assert found.recorded.numerator
        lower = [each for each in found.groups if each.effect is not None and (each.effect.high or 0) < 0]
        assert {each.name for each in lower} & {"asian", "black"}


def test_the_answers_can_be_read_at_twelve(sample: Asked) -> None:
    plans = [each.intervention_id for each in sample.facts.interventions() if each.service_id == "elm-house"]
    found = evaluate(sample.facts, sample.catalogue, interventions=plans)
    assert len(found) > 20
    assert mean(grade(each.sentence) for each in found) <= 7


ISSUE_NAMES = {
    "elm-house": ("D1", "C3", "K1", "F1", "F2", "F3", "F4", "F8", "R1", "R2", "R3", "L8", "K3"),
    "oak-lodge": ("I2", "I7", "I6"),
    "cedar-homecare": ("C1", "C4", "C6", "L13", "V2", "V5", "V8"),
    "rowan-view": ("V2", "V5", "V8"),
    "birch-grove": ("X1", "X3", "G10", "L1", "L2", "T1"),
    "willow-bank": ("E1", "E6", "E7"),
}


@pytest.mark.parametrize("service", ISSUE_NAMES)
def test_every_outcome_a_situation_speaks_of_has_a_figure_in_the_last_two_years(sample: Asked, service: str) -> None:
    two_years = Period(date(2024, 11, 1), date(2026, 10, 31))
    found = standings(sample.facts, sample.catalogue, Scope(service), ISSUE_NAMES[service], two_years)
    assert [each.outcome.code for each in found if not each.has_figure] == []
