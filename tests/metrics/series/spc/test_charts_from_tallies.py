"""From tallies to charts: which type and why, gaps, phases, small series, what is said."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pytest

from data.model import DayCounts, Impossible, Period, Series, Tally
from metrics.series.spc.build import chart_of, charts
from metrics.series.spc.model import CHART_TYPES, Asked, ControlChart, Convention, Mark
from metrics.series.spc.slots import slots
from tests.support.spc import FALLS, HOME, KEPT, MOOD, STEADY, falls, monthly, months


def _days(events: dict[int, int], length: int = 600, people: float = 38.0) -> DayCounts:
    counts = [events.get(place, 0) for place in range(length)]
    start = date(2024, 1, 1)
    return DayCounts(Period(start, start + timedelta(days=length - 1)), tuple(counts), (people,) * length, "stays")


# Which chart -----------------------------------------------------------------------------------------


def test_falls_over_bed_days_go_on_a_u_chart() -> None:
    found = falls([8, 12, 7, 9, 13, 8, 10, 6, 11, 10, 7, 9, 5, 10, 8, 10])
    assert found.chart == "u"
    assert "as much as chance" in found.why
    assert found.unit == "per 1,000 bed days"
    assert found.points[0].value == pytest.approx(8)


def test_falls_that_come_in_bunches_go_on_a_prime() -> None:
    found = falls([4, 30, 6, 28, 3, 31, 5, 27, 4, 30, 6, 29, 5, 28])
    assert found.chart == "u_prime"
    assert found.dispersion is not None
    assert found.dispersion > 1.2
    assert "more than chance" in found.why


def test_shares_go_on_a_p_chart_with_their_target() -> None:
    series = Series(months(date(2024, 1, 1), 14), tuple(Tally(85 + n % 5, 100) for n in range(14)))
    found = chart_of(Asked(KEPT, HOME, series, target=90))
    assert found.chart in ("p", "p_prime")
    assert found.target == 90
    assert found.assurance == "inconsistent"
    assert found.ceiling == 100


def test_scores_go_on_an_xmr_chart() -> None:
    series = Series(months(date(2024, 1, 1), 14), tuple(Tally(10, 10, 30.0 + n % 3) for n in range(14)))
    found = chart_of(Asked(MOOD, HOME, series))
    assert (found.chart, found.unit, found.floor) == ("xmr", "points", None)


def test_rare_events_go_on_a_chart_of_the_time_between_them() -> None:
    days = _days({30: 1, 90: 1, 170: 1, 260: 1, 300: 1, 410: 1, 500: 1})
    counts = [1, 0, 0, 1, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1, 0, 0, 1, 0, 0]
    found = falls(counts, days=days)
    assert (found.chart, found.step) == ("t", "event")
    assert [point.value for point in found.points] == [60, 80, 90, 40, 110, 90]
    assert "99 days so far" in " ".join(found.notes)


def test_two_rare_events_on_one_day_count_bed_days_instead() -> None:
    found = falls(
        [1, 0, 0, 2, 0, 1, 0, 0, 1, 1, 0, 0, 0, 1], days=_days({30: 1, 90: 2, 170: 1, 260: 1, 300: 1, 410: 1})
    )
    assert found.chart == "g"
    assert [point.value for point in found.points][:2] == [60 * 38, 0]


def test_longer_between_falls_is_the_good_side_of_a_chart_between_events() -> None:
    found = falls([0] * 12, days=_days({place * 40: 1 for place in range(10)}), chart="g")
    assert found.improvement == "increase"


def test_counts_without_people_go_on_a_c_chart_and_say_so() -> None:
    series = Series(months(date(2024, 1, 1), 14), tuple(Tally(count, 0) for count in STEADY[:14]), "none")
    found = chart_of(Asked(FALLS, HOME, series))
    assert found.chart == "c"
    assert found.unit == "a month"
    assert "Counts only" in " ".join(found.notes)


@pytest.mark.parametrize(("asked_for", "outcome"), [("p", "F1"), ("g", "C3"), ("u", "C3"), ("c", "L4")])
def test_a_chart_that_does_not_suit_is_refused_with_those_that_do(asked_for: str, outcome: str) -> None:
    of = {"F1": FALLS, "C3": KEPT, "L4": MOOD}[outcome]
    with pytest.raises(Impossible, match="It can be shown as: auto, xmr"):
        chart_of(Asked(of, HOME, monthly(STEADY), chart=asked_for))  # type: ignore[arg-type]


def test_days_between_events_of_one_day_are_refused_by_name() -> None:
    with pytest.raises(Impossible, match="two fell on one day"):
        falls([1, 1], days=_days({3: 2}), chart="t")


# Honest small series ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("count", "standing"), [(4, "none"), (5, "trial"), (12, "trial"), (13, "full")])
def test_limits_come_from_five_points_and_count_in_full_from_thirteen(count: int, standing: str) -> None:
    found = falls(STEADY[:count], chart="xmr")
    assert found.phases[0].standing == standing
    assert found.has_limits == (standing != "none")
    assert (found.variation is None) == (standing == "none")


def test_with_four_points_or_fewer_nothing_is_claimed() -> None:
    for count in range(1, 5):
        found = falls(STEADY[:count])
        assert found.chart == "run"
        assert not any(point.signals or point.upper for point in found.points)
        assert "no usual range yet" in found.sentence


def test_nothing_at_all_is_said_as_such() -> None:
    found = falls([])
    assert found.points == ()
    assert (found.variation, found.assurance, found.run_chart) == (None, None, None)
    assert "nothing is recorded" in found.sentence


def test_the_same_figure_throughout_is_no_variation() -> None:
    found = falls([9] * 14, chart="xmr")
    assert found.phases[0].no_variation
    assert "no variation" in found.sentence
    assert not any(point.signals for point in found.points)


# Gaps ------------------------------------------------------------------------------------------------


def test_a_month_without_a_record_is_a_gap_and_not_a_nought() -> None:
    found = falls([8, 9, None, 10, 8, 9, 11, 8])
    assert [point.is_gap for point in found.points] == [False, False, True, *[False] * 5]
    assert found.points[2].kind is None
    assert "1 month without a record" in " ".join(found.notes)


def test_a_range_is_never_taken_across_a_gap() -> None:
    found = falls([10, 10, None, 90, 90, 90], chart="xmr")
    assert found.points[0].upper == pytest.approx(58)  # the mean: no range between 10 and 90
    assert found.points[0].centre == pytest.approx(58)


def test_a_month_over_nobody_is_a_gap_too() -> None:
    found = falls([8, 9, 0, 10, 8, 9], over=[1000.0, 1000.0, 0.0, 1000.0, 1000.0, 1000.0])
    assert found.points[2].is_gap


def test_the_icon_is_that_of_the_last_month_with_a_figure() -> None:
    counts = [8, 11, 7, 9, 12, 8, 10, 9, 7, 11, 8, 10, 9, 60]
    series = monthly(counts)
    open_end = Series((*series.periods, *months(date(2025, 3, 1), 1)), (*series.tallies, Tally(0, 0)), "stays")
    found = chart_of(Asked(FALLS, HOME, open_end, chart="xmr"))
    assert found.points[-1].is_gap
    assert found.variation == "concern_high"


def test_a_month_that_is_not_complete_is_left_out_and_said() -> None:
    series = monthly([8, 9, 10, 8, 9, 11])
    cut = Series(
        (*series.periods[:-1], Period(series.periods[-1].first, series.periods[-1].first + timedelta(days=9))),
        series.tallies,
    )
    found = chart_of(Asked(FALLS, HOME, cut, chart="xmr"))
    assert len(found.points) == 5
    assert "not complete" in " ".join(found.notes)


def test_totals_by_the_quarter_keep_their_length() -> None:
    every = months(date(2024, 1, 1), 24)
    quarters = tuple(Period(one.first, three.last) for one, three in zip(every[::3], every[2::3], strict=True))
    found = slots(Series(quarters, tuple(Tally(1, 10) for _ in quarters)), "quarter")
    assert found.periods == quarters
    assert found.cut == ()


# Phases ----------------------------------------------------------------------------------------------

AFTER = date(2025, 1, 1)
BOTH = [*[20, 22, 19, 21] * 3, *[9, 11, 10, 9] * 3]


def test_a_new_range_begins_where_it_is_asked_for_and_says_why() -> None:
    found = falls(BOTH, chart="xmr", rebase=((AFTER, "since “Walks” began"),))
    assert [phase.why for phase in found.phases] == ["", "since “Walks” began"]
    assert [phase.first for phase in found.phases] == [0, 12]
    assert found.points[11].centre == pytest.approx(20.5)
    assert found.points[12].centre == pytest.approx(9.75)
    assert "Before that the average was 20." in found.sentence


def test_a_day_inside_a_month_begins_the_range_with_the_next() -> None:
    found = falls(BOTH, chart="xmr", rebase=((date(2024, 12, 14), "since “Walks” began"),))
    assert found.phases[1].first == 12


def test_a_side_too_short_for_a_range_begins_none() -> None:
    found = falls(BOTH, chart="xmr", rebase=((date(2025, 10, 1), "since “Walks” began"),))
    assert len(found.phases) == 1


def test_two_reasons_for_the_same_month_are_both_told() -> None:
    found = falls(BOTH, chart="xmr", rebase=((AFTER, "since A began"), (date(2024, 12, 20), "since B began")))
    assert found.phases[1].why == "since B began and since A began"


def test_a_mark_tells_whether_the_range_begins_anew_there() -> None:
    marks = (Mark(AFTER, "change", "Walks", "w"), Mark(date(2024, 5, 3), "happening", "Outbreak"))
    found = falls(BOTH, chart="xmr", marks=marks, rebase=((AFTER, "since “Walks” began"),))
    assert [mark.rebased for mark in found.marks] == [True, False]


def test_a_range_carried_on_from_before_shows_the_change() -> None:
    found = falls(BOTH, chart="xmr", frozen=12)
    assert all("shift" in point.signals for point in found.points[12:])
    assert found.variation == "improvement_low"


def test_an_excluded_month_stays_on_the_chart_and_out_of_the_range() -> None:
    counts = [*STEADY]
    counts[5] = 90
    found = falls(counts, chart="xmr", excluded=frozenset([date(2024, 6, 1)]))
    assert found.points[5].excluded
    assert found.points[5].signals[0] == "outside"
    assert found.points[0].centre == pytest.approx(np.mean([count for place, count in enumerate(counts) if place != 5]))


def test_more_written_down_is_no_alarm() -> None:
    counts = [*STEADY[:13], 40, 42]
    quiet, loud = falls(counts, chart="xmr", recording_changed=(date(2025, 2, 10),)), falls(counts, chart="xmr")
    assert loud.variation == "concern_high"
    assert quiet.variation == "neutral_high"
    assert quiet.points[-1].kind == "neutral_high"


# What is said ----------------------------------------------------------------------------------------


def test_the_sentence_gives_figure_range_and_signal() -> None:
    found = falls([*STEADY, 30], chart="xmr")
    assert found.title == "Falls: a clear change, higher than usual"
    assert "Falls at Elm House: 30 per 1,000 bed days in May 2025." in found.sentence
    assert "it lies above the usual range" in found.sentence


def test_the_convention_is_printed_and_changes_with_the_rules() -> None:
    assert "7 in a row rising or falling" in falls(STEADY, chart="xmr").convention
    other = falls(STEADY, chart="xmr", convention=Convention(trend_points=6, two_in_three="ptd_0_2_2", screened=True))
    assert "6 in a row rising or falling" in other.convention
    assert "between 2 and 3 sigma" in other.convention
    assert "screened once" in other.convention


def test_no_word_claims_a_cause_or_says_significant() -> None:
    for chart in CHART_TYPES:
        if chart in ("p", "p_prime", "g", "t"):
            continue
        found = falls([*STEADY, 30], chart=chart)
        text = " ".join([found.title, found.sentence, found.why, found.convention, *found.notes]).lower()
        assert not any(word in text for word in ("significant", "caused", "because of the", "patient", "%"))


def test_a_limit_below_nothing_is_kept_for_the_rules_and_cut_in_the_drawing() -> None:
    found = falls([1, 9, 2, 12, 0, 8, 1, 10, 2, 9, 1, 7, 3], chart="xmr")
    assert found.clipped
    assert found.points[0].lower is not None
    assert found.points[0].lower < 0
    assert found.drawn(found.points[0].lower) == 0


def test_many_charts_together_are_the_same_as_one_by_one() -> None:
    asked = [
        Asked(FALLS, HOME, monthly(STEADY)),
        Asked(FALLS, HOME, monthly(BOTH), rebase=((AFTER, "since “Walks” began"),)),
        Asked(FALLS, HOME, monthly(STEADY[:3])),
        Asked(FALLS, HOME, monthly([])),
        Asked(KEPT, HOME, monthly(STEADY, 20.0), target=90),
        Asked(FALLS, HOME, monthly([0, 1, 0, 0, 1, 0, 0, 1, 0, 1, 0, 0, 1])),
    ]
    together = charts(asked)
    for alone, found in zip((chart_of(each) for each in asked), together, strict=True):
        assert _shape(alone) == _shape(found)


def _shape(chart: ControlChart) -> tuple[object, ...]:
    points = tuple((point.signals, point.kind, point.phase) for point in chart.points)
    return chart.chart, chart.why, chart.title, chart.sentence, chart.phases, points, chart.variation, chart.assurance


def test_a_rise_that_is_still_below_the_average_is_told_both_ways() -> None:
    found = falls([*[60, 61, 59, 62] * 4, 1, 2, 3, 4, 5, 6, 7], chart="xmr")
    assert found.latest is not None
    assert set(found.latest.signals) >= {"outside", "trend"}
    assert "each higher than the last" in found.sentence
    assert "it lies below the usual range" in found.sentence
    assert any("One rule marks" in note for note in found.notes)


def test_a_season_is_named_where_earlier_years_did_the_same() -> None:
    winter = [10, 11, 9, 10, 11, 9, 10, 11, 9, 10, 11, 40]
    found = falls(winter * 3, chart="xmr")
    assert any("a season may be part of it" in note for note in found.notes)
    assert not any("season" in note for note in falls([*winter[:11], 10] * 2 + winter, chart="xmr").notes)


def test_a_level_that_has_lasted_is_pointed_out_and_left_to_the_reader() -> None:
    found = falls([20, 22, 19, 21, 20, 23, 18, 21] * 3 + [30, 31, 29, 30, 32, 29, 31, 30, 31, 30], chart="xmr")
    assert len(found.phases) == 1
    assert any("A new usual range may be due" in note for note in found.notes)


def test_a_rise_inside_the_usual_range_is_called_a_rise() -> None:
    found = falls([*[10, 30, 12, 28] * 4, 8, 10, 12, 14, 16, 17, 18], chart="xmr")
    assert found.latest is not None
    assert found.latest.signals[0] == "trend"
    assert found.title == "Falls: a clear change, rising"


def test_a_range_from_before_counts_the_points_drawn_and_not_the_months_sent() -> None:
    """The first month is cut and left out, one is a gap: the range still ends with the month before the day."""
    series = monthly([3, 20, 22, None, 19, 21, 20, 22, 9, 11, 10, 9])
    cut = Series((Period(date(2024, 1, 25), date(2024, 1, 31)), *series.periods[1:]), series.tallies, series.basis)
    found = chart_of(Asked(FALLS, HOME, cut, chart="xmr", before=date(2024, 9, 1)))
    assert found.points[0].period.first == date(2024, 2, 1)
    assert found.phases[0].baseline == 7  # February to August, with the gap in its place
    assert found.points[0].centre == pytest.approx(np.mean([20, 22, 19, 21, 20, 22]))


def test_a_change_of_recording_between_two_others_is_no_alarm_either() -> None:
    counts = [*STEADY[:13], 40, 42]
    both = (date(2024, 12, 10), date(2025, 6, 1))
    assert falls(counts, chart="xmr", recording_changed=both).variation == "neutral_high"
