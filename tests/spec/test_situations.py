"""The ten situations of daily life this project is for, walked through on the sample, each as a manager would ask.

Every service, plan and figure here is synthetic; what was planted stands in the sample's truth file.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import mean

import pytest

from data.facts import ManagersFacts
from data.model import Answer, Intervention, Period, Rows, Scope, Tally
from data.warehouse import open_facts
from metrics.catalogue import Catalogue, load_catalogue
from metrics.evaluate import evaluate
from metrics.model import Finding
from metrics.splits import Gap, gap
from metrics.standing import Standing, standings
from tests.support.reading_age import grade
from tests.support.sample import SAMPLE, sample_database

THE_LAST_YEAR = Period(date(2025, 11, 1), date(2026, 10, 31))
EVERYTHING = Period(date(2024, 5, 1), date(2026, 10, 31))


@dataclass(frozen=True)
class Asked:
    """The sample, and the questions a manager puts to it."""

    facts: ManagersFacts
    catalogue: Catalogue

    def plan(self, title: str) -> Intervention:
        (found,) = [each for each in self.facts.interventions() if each.title == title]
        return found

    def answers(self, title: str, *codes: str) -> dict[str, Finding]:
        """What came of a plan, for each of these outcomes."""
        plan = self.plan(title).intervention_id
        found = evaluate(self.facts, self.catalogue, interventions=[plan], outcomes=codes)
        return {each.outcome.code: each for each in found}

    def now(self, service: str, *codes: str, person: str | None = None) -> dict[str, Standing]:
        """How these outcomes stood over the last year."""
        found = standings(self.facts, self.catalogue, Scope(service, person), codes, THE_LAST_YEAR)
        return {each.outcome.code: each for each in found}

    def gap(self, service: str, code: str) -> Gap:
        outcome = self.catalogue.get(code)
        assert outcome is not None
        return gap(self.facts, self.catalogue, service, outcome, EVERYTHING)

    def said(self, scope: Scope, **where: str) -> tuple[Answer, ...]:
        """Answers of the whole record that match."""
        return self.facts.score_answers(
            scope, Rows("feedback", {key: (word,) for key, word in where.items()}), EVERYTHING
        )


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Asked]:
    with open_facts(sample_database(tmp_path_factory.mktemp("sample"))) as facts:
        yield Asked(facts, load_catalogue())


def of(tally: Tally) -> str:
    """So many of so many."""
    return f"{tally.numerator} of {tally.denominator:g}"


def sides(finding: Finding) -> str:
    """Before and after, as counts."""
    assert finding.change is not None
    return f"{of(finding.change.before.tally)}, then {of(finding.change.after.tally)}"


def means(finding: Finding) -> tuple[float, float]:
    assert finding.change is not None
    before, after = finding.change.before.value, finding.change.after.value
    assert before is not None and after is not None
    return before, after


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
        with (SAMPLE / "feedback.csv").open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if row["service_id"] == "oak-lodge" and row["case_id"]]
        pairs: dict[tuple[str, str], dict[str, int]] = {}
        for row in rows:
            if row["score"] and row["given_on"] >= start.isoformat():
                pairs.setdefault((row["case_id"], row["rater_key"]), {})[row["moment"]] = int(row["score"])
        rises = [pair["close"] - pair["concern"] for pair in pairs.values() if pair.keys() == {"concern", "close"}]
        assert len(rises) >= 5
        assert sum(rises) / len(rises) > 0.5

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
