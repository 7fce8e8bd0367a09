"""Each other explanation has its say before a change is called better, and none makes a verdict kinder."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date, timedelta

import numpy as np
import pytest

from data.model import ContextEvent
from metrics.calibrating.remembered import Remembered, Resident
from metrics.judging.guards import FOR_BETTER, FOR_STEADY, FOR_WORSE
from metrics.judging.guards.placebo import EarlierDates
from metrics.judging.guards.spike import is_spike
from tests.support.made_up import codes, found, home, promised, uneven


def test_a_step_down_in_a_level_record_is_better() -> None:
    told = found(home(uneven(16, 78), uneven(8, 26)))
    assert told.verdict.word == "better"
    assert told.verdict.worthwhile
    assert "trend_before_start" not in codes(told)


FALLING = [round(30 * 0.5 ** (week / 35)) for week in range(78 + 4 + 26)]


class TestTrend:
    def test_a_decline_under_way_is_not_called_better(self) -> None:
        told = found(home(FALLING[:78], FALLING[82:]))
        assert (told.verdict.word, told.verdict.reason) == ("cannot tell yet", "trend_before")
        assert "already falling before the start" in told.sentence or "already getting better" in told.sentence
        assert "trend_before_start" in codes(told)

    def test_a_step_that_stands_out_of_a_decline_stays_better_and_says_so(self) -> None:
        told = found(home([round(60 * 0.8 ** (week / 52)) for week in range(78)], uneven(12, 26)))
        assert told.verdict.word == "better"

    def test_a_rise_under_way_is_said_beside_worse_and_makes_it_no_kinder(self) -> None:
        rising = [round(8 * 2 ** (week / 35)) for week in range(78 + 4 + 26)]
        told = found(home(rising[:78], rising[82:]))
        assert told.verdict.word == "worse"
        assert "trend_before_start" in codes(told)


class TestSeason:
    def wave(self, weeks: int, first: int, height: float) -> list[float]:
        return [round(60 * (1 + height * math.cos(2 * math.pi * (first + week) / 52.18))) for week in range(weeks)]

    def test_with_half_a_year_of_record_a_small_drop_may_be_a_season(self) -> None:
        told = found(home(uneven(60, 26), uneven(54, 26)))
        assert (told.verdict.word, told.verdict.reason) == ("cannot tell yet", "season")
        assert "season could do as much" in told.sentence

    def test_a_home_whose_own_record_shows_the_season_is_not_taken_in_by_it(self) -> None:
        # Two winters and summers; the start falls so that winter lies before it and summer after.
        whole = self.wave(104 + 4 + 26, -90, 0.3)
        told = found(home(whole[:104], whole[108:]))
        assert told.verdict.word == "cannot tell yet"

    def test_a_large_drop_is_more_than_a_season(self) -> None:
        assert found(home(uneven(60, 26), uneven(30, 26))).verdict.word == "better"

    def test_one_persons_weeks_lie_in_one_season(self) -> None:
        assert "season" not in {guard.__name__ for guard in FOR_STEADY}


class TestSpike:
    def test_four_bad_weeks_before_the_start_are_left_out_and_said(self) -> None:
        told = found(home([*uneven(16, 74), 30, 32, 31, 30], uneven(7, 26)))
        assert told.verdict.word == "better"
        assert "spike_before_start" in codes(told)

    def test_better_only_than_a_bad_spell_is_not_better(self) -> None:
        made = home([*uneven(16, 74), 30, 31, 30, 31], uneven(15, 26))
        start = made.intervention.start_on
        eight_weeks = replace(promised("D2", start), baseline_from=start - timedelta(weeks=8))
        told = found(replace(made, promises=(eight_weeks,)))
        assert (told.verdict.word, told.verdict.reason) == ("cannot tell yet", "spike_baseline")
        assert "bad weeks" in told.sentence

    def test_what_is_a_spike(self) -> None:
        assert is_spike([5, 6, 4, 5] * 6 + [9, 10, 9, 10], fewer_is_better=True)
        assert not is_spike([5, 6, 4, 5] * 7, fewer_is_better=True)
        assert not is_spike([5, 6, 4, 5] * 2 + [9, 10, 9, 10], fewer_is_better=True), "too short to know"
        assert is_spike([9, 8, 9, 8] * 6 + [3, 3, 3, 3], fewer_is_better=False)


class TestWindows:
    def test_a_change_that_does_not_last_depends_on_the_days_chosen(self) -> None:
        made = home(uneven(20, 52), [*uneven(8, 8), *uneven(24, 30)])
        start = made.intervention.start_on
        short = replace(promised("D2", start, follow_weeks=8), baseline_from=start - timedelta(weeks=8))
        told = found(replace(made, promises=(short,)))
        assert (told.verdict.word, told.verdict.reason) == ("cannot tell yet", "depends_on_window")
        assert "over other days" in told.sentence
        (caution,) = [each for each in told.cautions if each.code == "depends_on_window"]
        assert "26 weeks" in caution.text

    def test_shorter_looks_that_cannot_tell_say_nothing_against_it(self) -> None:
        told = found(home(uneven(6, 78), uneven(3, 26)))
        assert told.verdict.word == "better"
        assert "depends_on_window" not in codes(told)


class TestEarlierDates:
    def test_how_often_it_turned_up_when_nothing_was_done_is_said(self) -> None:
        told = found(home(uneven(16, 104), uneven(8, 26)))
        (caution,) = [each for each in told.cautions if each.code == "earlier_dates"]
        assert "at none of them" in caution.text

    def test_a_change_as_good_that_often_came_by_itself_is_not_better(self) -> None:
        up_and_down = [*uneven(24, 40), *uneven(12, 40), *uneven(24, 40), *uneven(12, 40), *uneven(20, 40)]
        told = found(home(up_and_down, uneven(13, 26)))
        assert told.verdict.word == "cannot tell yet"

    def test_often_is_more_than_one_in_ten_of_enough_dates(self) -> None:
        assert EarlierDates(30, 4).often
        assert not EarlierDates(30, 3).often
        assert not EarlierDates(20, 20).often


class TestRecording:
    def test_everything_else_falling_as_much_may_be_less_writing(self) -> None:
        told = found(home(uneven(16, 78), uneven(8, 26), others={"injury": (uneven(20, 78), uneven(8, 26))}))
        assert (told.verdict.word, told.verdict.reason) == ("cannot tell yet", "recording_fell")

    def test_other_incidents_that_go_on_say_that_writing_does(self) -> None:
        told = found(home(uneven(16, 78), uneven(8, 26), others={"injury": (uneven(20, 78), uneven(20, 26))}))
        assert told.verdict.word == "better"

    def test_more_falls_with_harm_as_before_may_be_more_writing_and_stay_worse(self) -> None:
        made = home(
            uneven(14, 26), uneven(24, 26), table="falls", kind={"harm": "none"}, outcome="F1", question="steady", size=1.25,
        )  # fmt: skip
        harm = home(uneven(6, 26), uneven(6, 26), table="falls", kind={"harm": "low"}).strands
        told = found(replace(made, strands=made.strands + harm), "F1")
        assert told.verdict.word == "worse"
        assert "recording_may_have_changed" in codes(told)

    def test_a_new_system_at_the_start_is_not_judged(self) -> None:
        new = (ContextEvent("new_recording_system", date(2025, 7, 10), None, None, ""),)
        told = found(home(uneven(16, 78), uneven(8, 26), happenings=new))
        assert (told.verdict.word, told.verdict.reason) == ("cannot tell yet", "recording_changed")


def test_weeks_with_nobody_known_to_be_there_lower_it() -> None:
    from data.model import DayCounts
    from metrics.catalogue import load_catalogue
    from metrics.evaluate import evaluate

    made = home(uneven(16, 78), uneven(8, 26))

    class Gaps:
        """The same home whose stays are missing for six weeks before the start."""

        def __getattr__(self, name: str) -> object:
            return getattr(made, name)

        def day_counts(self, scope, rows, period):  # type: ignore[no-untyped-def]
            full = made.day_counts(scope, rows, period)
            last = (made.intervention.start_on - period.first).days
            people = [0.0 if last - 42 <= day < last else each for day, each in enumerate(full.person_days)]
            return DayCounts(period, full.events, tuple(people), full.basis)

    (told,) = evaluate(Gaps(), load_catalogue(), outcomes=["D2"])  # type: ignore[arg-type]
    assert told.verdict.word == "cannot tell yet"


@pytest.mark.parametrize("guards", [FOR_BETTER, FOR_STEADY, FOR_WORSE])
def test_no_guard_speaks_of_a_cause_or_of_significance(guards: tuple[object, ...]) -> None:
    import inspect
    import sys

    for guard in guards:
        source = inspect.getsource(sys.modules[getattr(guard, "__module__")])  # noqa: B009
        assert "caused" not in source and "significant" not in source


def test_guards_for_worse_never_lower() -> None:
    rising = [round(8 * 2 ** (week / 35)) for week in range(78 + 4 + 26)]
    told = found(home(rising[:78], rising[82:]))
    assert told.verdict.reason is None


class TestPeople:
    def one_left(self, *, named: bool) -> Remembered:
        """One person with most of the distress moves out at the start; for everybody else nothing changes."""
        made = home(uneven(20, 78), uneven(8, 26))
        whole, first = made.strands[0].counts, (made.intervention.start_on - made.recorded.first).days
        others = [np.where(np.arange(len(whole)) % 14 == n % 14, 1, 0) for n in range(16)]
        most = np.clip(whole - sum(others), 0, None)
        most[first:] = 0
        residents = [Resident(f"p{n}", 0, len(whole), each) for n, each in enumerate(others)]
        residents.append(Resident("left", 0, first, most[:first]))
        counts = sum(others) + most
        return replace(
            made,
            strands=(replace(made.strands[0], counts=counts),),
            residents=tuple(residents) if named else (),
        )

    def test_one_person_leaving_is_not_called_better(self) -> None:
        assert found(self.one_left(named=False)).verdict.word == "better"
        told = found(self.one_left(named=True))
        assert told.verdict.word == "cannot tell yet"
        assert "few_people" in codes(told)
        assert told.change is not None and told.change.effect is not None
        assert told.change.effect.method.startswith("people as units")

    def test_the_same_people_doing_less_is_better_and_the_weeks_set_the_limits(self) -> None:
        made = home(uneven(20, 78), uneven(8, 26))
        whole = made.strands[0].counts
        places = np.arange(len(whole)) % 12
        residents = tuple(Resident(f"p{n}", 0, len(whole), np.where(places == n, whole, 0)) for n in range(12))
        told = found(replace(made, residents=residents))
        assert told.verdict.word == "better"
        assert "few_people" not in codes(told)
