"""The situations of one person's daily life, walked through on the sample, each as a manager would ask.

Every service, plan and figure here is synthetic; what was planted stands in the sample's truth file.
"""

from __future__ import annotations

from collections import Counter
from datetime import timedelta

import pytest

from data.model import Period, Scope
from tests.support.asked import EVERYTHING, THE_LAST_YEAR, Asked, means, sides


class TestAMorningRoutineMadeTogether:
    """D1 with C3 and K1: "Tea before washing" at Elm House, planned with the person, her family and staff."""

    TITLE = "Tea before washing"

    def test_mornings_with_distress_are_fewer_and_it_is_said_how_sure_we_are(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "D1")["D1"]
        assert found.verdict.word == "better"
        assert found.sentence.startswith("Distress came on 11 of 28 mornings, down from 43 of 53.")
        assert "the true drop is somewhere between" in found.sentence

    def test_it_is_read_beside_the_rest_of_the_day_and_calming_medicine(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "D1")["D1"]
        assert {"D3", "D5"} <= {each.outcome.code for each in found.balance}
        assert all(each.verdict.word != "worse" for each in found.balance)

    def test_it_warns_that_it_was_begun_after_a_bad_spell(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "D1")["D1"]
        (warning,) = [each for each in found.cautions if each.code == "began_after_incidents"]
        assert "After a bad spell things tend to look better whatever is done." in warning.text

    def test_the_plan_was_kept_and_the_family_was_asked_before_and_after(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "C3", "K1")
        assert "The plan was kept in 25 of 29 plan elements looked at after the change" in found["C3"].sentence
        assert sides(found["K1"]) == "9 of 9, then 4 of 4"
        assert found["K1"].verdict.reason == "too_few_answers"

    def test_all_three_voices_made_it_and_hers_says_that_it_does_not_feel_so(self, sample: Asked) -> None:
        plan = sample.plan(self.TITLE)
        assert set(plan.designed_with) == {"person", "family", "staff"}
        (note,) = sample.said(Scope(plan.service_id, plan.person_id), domain="not_how_it_feels")
        assert (note.rater, note.score) == ("self", 2)
        assert note.given_on > plan.start_on


class TestAPositiveRiskPlan:
    """F1 steady, F2, F3, F4, F8: the door to the garden stays open."""

    TITLE = "Garden door open"

    def test_one_persons_falls_are_too_few_to_judge_and_it_says_so(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "F1", "F2")
        assert {each.question for each in found.values()} == {"steady"}
        assert {each.verdict.word for each in found.values()} == {"cannot tell yet"}
        assert "There were too few to judge." in found["F1"].sentence

    def test_so_the_answer_leads_with_triggers_reviewed_in_time(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "F3")["F3"]
        assert found.sentence.startswith("Reviews were held in time for 3 of 3 reviews promised after the change")
        plan = sample.plan(self.TITLE)
        listed = sample.facts.checks(plan.scope, ["trigger_review"], EVERYTHING)
        assert len(listed) >= 3
        assert all(each.due_on is not None for each in listed)

    def test_freedom_was_kept_on_more_days(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "F4")["F4"]
        assert sides(found) == "17 of 27, then 23 of 28"
        assert found.declared is not None and found.declared.question == "steady"

    def test_support_is_written_down_as_light_as_it_can_be(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "F8", "F6", "F7")
        assert sides(found["F8"]) == "7 of 13, then 13 of 14"
        assert "The target is 90 in 100." in found["F8"].sentence
        assert all(each.change is not None and each.change.after.tally.denominator for each in found.values())

    @pytest.mark.parametrize("title", ["Walking to the shop", "Making own tea", "Bus to the market"])
    def test_every_such_plan_has_its_figures_on_both_sides(self, sample: Asked, title: str) -> None:
        found = sample.answers(title, "F4", "F8", "F6", "F7")
        for each in found.values():
            assert each.change is not None
            assert each.change.before.tally.denominator and each.change.after.tally.denominator, each.outcome.code

    def test_where_it_can_be_worked_out_it_says_what_rise_is_not_ruled_out(self, sample: Asked) -> None:
        found = sample.answers("Walking to the shop", "F1")["F1"]
        assert found.verdict.word == "cannot tell yet"
        assert found.rules_out is not None and found.rules_out > 1.25
        assert found.more_weeks is not None


class TestHomecareWithDeclinedCare:
    """C1, C4, C6, L13: help that was often declined, at times that did not hold."""

    TITLE = "A wash when the kettle has boiled"

    def test_help_is_declined_less_often_and_the_number_of_offers_is_said(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "C1")["C1"]
        assert found.verdict.word == "better"
        assert found.sentence.startswith("Help was declined at first in 9 of 83 offers of care, down from 40 of 84.")

    def test_the_persons_own_times_did_not_get_worse_meanwhile(self, sample: Asked) -> None:
        (found,) = [each for each in sample.answers(self.TITLE, "C1")["C1"].balance if each.outcome.code == "C4"]
        assert found.verdict.word in ("held steady", "better")
        before, after = means(found)
        assert after > before

    def test_tasks_were_ranked_and_the_person_said_how_support_is(self, sample: Asked) -> None:
        found = sample.answers(self.TITLE, "C6", "L13")
        assert sides(found["C6"]) == "0 of 1, then 1 of 1"
        assert sides(found["L13"]) == "1 of 1, then 1 of 1"
        assert found["L13"].verdict.reason == "too_few_answers"

    def test_the_whole_service_has_all_four(self, sample: Asked) -> None:
        now = sample.now("cedar-homecare", "C1", "C4", "C6", "L13")
        assert all(each.has_figure for each in now.values())
        assert now["C4"].now.tally.denominator > 500
        assert now["C6"].target == 90 and now["C6"].reached is False


class TestBestInterestsBesideEverydayChoice:
    """R1, R2, R3: a finding about capacity for money, and what became of clothes, food and bedtime."""

    def test_everyday_choice_shrank_after_the_finding(self, sample: Asked) -> None:
        (finding,) = [
            event
            for person in {each.person_id for each in sample.facts.interventions() if each.service_id == "elm-house"}
            for event in sample.facts.context_events(Scope("elm-house", person), EVERYTHING)
            if event.kind == "capacity_finding"
        ]
        plan = sample.plan("Choosing clothes and breakfast")
        days = timedelta(days=1)
        before = Period(finding.from_on - 28 * days, finding.from_on - days)
        after = Period(finding.from_on, finding.from_on + 27 * days)
        r1 = sample.catalogue.outcomes["R1"]
        assert r1.over is not None
        led = sample.facts.share_series(plan.scope, r1.counts, r1.over, r1.share_of, (before, after)).tallies
        assert led[0].ratio is not None and led[1].ratio is not None
        assert led[0].ratio - led[1].ratio > 0.15

    def test_two_everyday_matters_were_decided_for_the_person_and_are_named(self, sample: Asked) -> None:
        person = sample.plan("Choosing clothes and breakfast").scope
        listed = [
            each
            for each in sample.facts.decisions(person, EVERYTHING)
            if each.kind == "best_interest" and each.domain == "everyday"
        ]
        assert [each.element for each in listed] == ["clothes", "bedtime"]
        assert not any(each.complete for each in listed)

    def test_both_sides_have_figures_for_the_last_year(self, sample: Asked) -> None:
        now = sample.now("elm-house", "R1", "R2", "R3")
        assert all(each.has_figure for each in now.values())
        assert now["R1"].now.tally.denominator > 100
        kinds = Counter(each.kind for each in sample.facts.decisions(Scope("elm-house"), THE_LAST_YEAR))
        assert kinds["best_interest"] and kinds["everyday_choice"] and kinds["own_consent"]


class TestMusic:
    """L8: somebody looks how taken up a person is in what is going on."""

    def test_joining_in_was_seen_more_often_and_one_more_look_keeps_it_open(self, sample: Asked) -> None:
        found = sample.answers("Welsh songs on waking", "L8")["L8"]
        assert found.sentence.startswith("Joining in was seen in 11 of 14 sessions watched, up from 5.")
        assert found.verdict.reason == "depends_on_window"

    @pytest.mark.parametrize(
        "title", ["Music before breakfast", "Radio on waking", "Singing while dressing", "Radio stories"]
    )
    def test_every_music_plan_was_watched_before_and_after(self, sample: Asked, title: str) -> None:
        found = sample.answers(title, "L8")["L8"]
        assert found.change is not None
        assert found.change.before.tally.denominator >= 14
        assert found.change.after.tally.denominator >= 8
