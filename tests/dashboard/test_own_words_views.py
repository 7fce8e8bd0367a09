"""In people's own words, in words: figures, who stands behind them, before and after, the head and the registry."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from dashboard.views.own_words import lines, scales
from dashboard.views.own_words import page as views
from dashboard.views.own_words import sides as both
from dashboard.views.own_words.needs import NEEDS
from data.instruments import REGISTRY, Band
from data.model import Intervention, Period, Service
from data.templates import headings
from metrics.catalogue import load_catalogue
from metrics.model import Effect
from metrics.own_words.change import BeforeAfter, Sides, Twice
from metrics.own_words.counts import Answerers, Counts, Figure
from metrics.own_words.lines import AT_REVIEW, CODES, ENGAGED, MY_SAY, Line
from metrics.own_words.others import OnlyOthers, Proxies
from metrics.own_words.said import Said, Scale

MOOD, CONTROL = MY_SAY[0], MY_SAY[1]
HALVES = ("first half", "second half")
HOME = Service("elm", "residential", "EN", beds=40, label="Elm House")
ASKED = Figure(Counts(scored=12, answerers=12), 12, 3.0)


def change(
    before: float | None, after: float | None, low: float = -0.2, high: float = 0.6, **more: object
) -> BeforeAfter:
    effect = None if before is None or after is None else Effect("score", after - before, low, high, "paired t limits")
    told = {"paired": True, "twice": Twice(4, 5, 3), "why_none": None} | more
    return BeforeAfter(ASKED, ASKED, (before, after), effect, **told)  # type: ignore[arg-type]


def test_a_line_says_asked_answered_and_who() -> None:
    figure = Figure(Counts(scored=34, dont_know=2, rather_not=1, not_able=3, answerers=14), 14, 3.34)
    assert (
        lines.behind_words(MOOD, figure)
        == "40 asked, 36 answered (2 “I don't know”) by 14 people, 1 rather not say, 3 not able."
    )
    assert lines.behind_words(MOOD, Figure(Counts(), 0, None)) == ""


def test_what_others_answered_is_about_people_not_by_them() -> None:
    figure = Figure(Counts(scored=9, answerers=5), 5, 3.0)
    assert "answered about 5 people" in lines.behind_words(Line("L4", "staff", "person_checkin", "mood"), figure)


def test_a_mean_has_one_decimal_and_a_share_its_answers() -> None:
    assert lines.figure_words(MOOD, Figure(Counts(scored=9, answerers=9), 9, 3.34)) == ("3.3", "out of 5 on average")
    share = Figure(Counts(scored=24, answerers=14), 14, 29.2, 7)
    assert lines.figure_words(CONTROL, share) == ("29 in 100", "said 4 or 5 out of 5 (7 of 24)")
    few = Figure(Counts(scored=3, answerers=3), 3, None)
    assert lines.figure_words(MOOD, few) == ("–", "too few to show")


def test_before_and_after_of_the_same_people_says_how_many_went_which_way() -> None:
    words, moved = lines.change_words(MOOD, change(3.1, 3.4), HALVES)
    assert words == "First half 3.1, second half 3.4"
    assert moved == "These are the 12 asked twice: 4 higher, 5 the same, 3 lower. Likely 0.2 lower to 0.6 higher."


def test_two_means_that_look_alike_are_told_apart() -> None:
    assert lines.change_words(MOOD, change(3.11, 3.14), HALVES)[0] == "First half 3.11, second half 3.14"
    assert lines.change_words(MOOD, change(3.0, 3.0), HALVES)[0] == "First half 3.0, second half 3.0"


@pytest.mark.parametrize(
    ("low", "high", "said"),
    [
        (0.2, 0.8, "Likely 0.2 to 0.8 higher."),
        (-0.8, -0.2, "Likely 0.2 to 0.8 lower."),
        (-0.1, 0.2, "Likely 0.1 lower to 0.2 higher."),
        (0.03, 1.3, "Likely less than 0.1 to 1.3 higher."),
    ],
)
def test_the_range_is_said_without_judging(low: float, high: float, said: str) -> None:
    assert lines.range_words(Effect("score", (low + high) / 2, low, high, "x"), MOOD) == said


def test_a_share_moves_in_a_hundred() -> None:
    effect = Effect("points", 12.0, -22.0, 41.5, "x")
    assert lines.range_words(effect, CONTROL) == "Likely 22 lower to 42 in 100 higher."


def test_another_form_is_said_and_nothing_compared() -> None:
    assert lines.change_words(MOOD, change(None, None, why_none="form_changed"), HALVES) == ("", lines.FORM_CHANGED)


def test_a_side_on_which_nobody_asked_is_named() -> None:
    nobody = Figure(Counts(), 0, None)
    one = BeforeAfter(ASKED, nobody, (3.0, None), None, False, Twice(), None)
    assert lines.change_words(MOOD, one, HALVES) == ("", "Not asked in the second half.")
    other = BeforeAfter(nobody, ASKED, (None, 3.0), None, False, Twice(), None)
    assert lines.change_words(MOOD, other, ("before", "after")) == ("", "Not asked on the days before.")


def test_what_was_said_at_review_is_counted_however_few() -> None:
    few = change(None, None, paired=False, twice=Twice(1, 1, 0))
    assert (
        lines.change_words(AT_REVIEW, few, HALVES)[1] == "2 asked at a review and again: 1 higher, 1 the same, 0 lower."
    )
    assert lines.change_words(MOOD, few, HALVES)[1] == "Too few on one side to compare."


def test_answers_nobody_signed_are_not_called_people() -> None:
    assert (
        lines.who_words(Answerers(9, 4), "staff_about_self")
        == "9 members of staff answered, and 4 answers without a reference."
    )
    assert lines.who_words(Answerers(0, 0), "self") == "Nobody answered in this time."


def test_sessions_are_counts() -> None:
    now = Figure(Counts(scored=26, answerers=1), 1, None, 11)
    sides = [Figure(Counts(scored=count, answerers=1), 1, None, hits) for hits, count in ((4, 12), (7, 14))]
    said = Said(ENGAGED, "Engaged", now, BeforeAfter(sides[0], sides[1], (None, None), None, False, Twice(), None))
    assert lines.engaged_words(said, HALVES) == (
        "Joining in was seen in 11 of 26 sessions watched, with 1 person", "First half 4 of 12, second half 7 of 14.",
    )  # fmt: skip


def test_the_warning_names_each_question_and_who_answered() -> None:
    only = (OnlyOthers("person_checkin", "mood", ("family", "staff")), OnlyOthers("demqol_proxy", "total", ("staff",)))
    told = views.warned(Proxies(False, True, only), HOME)
    assert told is not None and told.wholly
    assert told.questions == ("Mood: relatives and friends and staff only", "DEMQOL-Proxy, total: staff only")
    part = views.warned(Proxies(True, True, only[:1]), HOME)
    assert part is not None and not part.wholly
    assert views.warned(Proxies(True, True, ()), HOME) is None


def test_people_in_homes_of_their_own_do_not_live_here() -> None:
    assert views.people_word(HOME) == "people living here"
    assert views.people_word(Service("c", "homecare", "EN", beds=None, label="Cedar")) == "people supported"


def test_the_choice_offers_changes_of_the_whole_service_with_days_on_both_sides() -> None:
    recorded = Period(date(2025, 1, 1), date(2026, 6, 30))
    plan = Intervention("x", "elm", None, "Evening lounge", "environment", date(2025, 9, 1))
    sides = both.sides_around(plan, recorded)
    assert sides.before is not None and sides.after is not None
    assert sides.before.last < plan.start_on < sides.after.first
    assert both.words(sides) == ("before", "after")
    assert both.options((), recorded) == {both.HALVES: both.HALVES_LABEL}


def test_halves_are_those_of_what_is_recorded_in_the_time_shown() -> None:
    shown, recorded = Period(date(2025, 7, 1), date(2026, 6, 30)), Period(date(2026, 1, 1), date(2026, 6, 30))
    sides = both.sides_of(both.HALVES, (), shown, recorded)
    assert sides.before is not None and sides.before.first == date(2026, 1, 1)
    assert both.sides_of(both.HALVES, (), shown, None) == Sides(None, None)
    assert "Too few days" in both.line(Sides(None, None))


def test_the_registry_lists_every_instrument_with_its_facts() -> None:
    told = {each.name: each for each in scales.registry()}
    assert len(told) == len(REGISTRY)
    assert told["DEMQOL-U"].scores == "0.243 to 0.986; higher is better"
    assert "least change that people notice: 5 to 6 points" in told["DEMQOL"].to_know
    assert any("not agreed" in each for each in told["Quality of Life in Alzheimer's Disease (QoL-AD)"].to_know)
    assert "bands: 3 to 7, 8 to 13, 14 or more" in told["Abbey Pain Scale"].to_know
    assert told["Person's check-in"].to_know == (
        "Written by this project, not validated. Who helped make it: nobody outside the project has yet.",
    )


def test_who_helped_make_ours_is_named_once_somebody_has() -> None:
    assert scales.own_line(("the Thursday group",)).endswith("Who helped make it: the Thursday group.")


def test_pain_is_told_by_band() -> None:
    line = Line("L7", "staff", "painad", "total")
    said = Said(line, "Total", ASKED, change(None, None, paired=False, twice=Twice()))
    row = scales.scale_row(Scale(said, ((Band(1, 3), 2), (Band(4, 6), 1), (Band(7, 10), 0)), below=4), HALVES)
    assert row.bands == "below 1: 4, 1 to 3: 2, 4 to 6: 1, 7 to 10: 0"
    assert row.who == "Staff"
    assert row.about == "0 to 10, lower is better."


def test_every_need_has_a_table_an_outcome_known_and_columns_of_the_contract() -> None:
    catalogue = load_catalogue()
    for need in NEEDS:
        assert all(catalogue.get(code) is not None for code in need.outcomes)
        assert headings(need.table, (*need.columns, *need.filled))
    assert all(catalogue.get(code) is not None for code in CODES)
    assert len({need.file_name for need in NEEDS}) == len(NEEDS)


def test_dashes_of_what_others_answered_become_one_sentence() -> None:
    shown = lines.LineWords("Mood", "3.1", "out of 5 on average", "", "", "")
    dash = [replace(shown, name=name, figure="–") for name in ("Mood", "Security: feeling safe")]
    rows = [("Staff", shown), ("Relatives and friends", dash[0]), ("Relatives and friends", dash[1])]
    assert lines.behalf_too_few(rows) == "Too few answers to show from relatives and friends about mood and security."
    assert lines.behalf_too_few(rows[:1]) == ""
