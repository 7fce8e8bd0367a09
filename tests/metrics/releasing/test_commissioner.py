"""What a release to commissioners shows and hides, on small worlds where everything is known."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from data.disclosure import Rules
from data.releases.csv_files import cells_csv
from data.releases.earlier import Earlier
from data.releases.model import CommissionerRelease
from metrics.releasing.commissioner import Made
from tests.support.attacks import recovered, rows_of
from tests.support.releases import Home, all_year, database, evenly, figure, find, released

LARGE = Home(30, all_year(evenly(40, 20)))


def world(folder: Path, **homes: Home) -> Made:
    return released(database(folder, homes))


def written(folder: Path, release: CommissionerRelease) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "cells.csv").write_bytes(cells_csv(release))
    return folder


def exposed(folder: Path, release: CommissionerRelease, *outcomes: str) -> list[object]:
    rows = rows_of(written(folder, release))
    return list(recovered(rows, outcomes or ("F1", "F2"), ("residential", "nursing", "homecare")))


def test_counts_and_days_are_rounded_to_fives_and_the_rate_follows_from_the_rounded_parts(tmp_path: Path) -> None:
    """Case 15: rate times denominator gives back the rounded count, and nothing finer."""
    made = world(tmp_path, a=Home(30, all_year(evenly(41, 20))), b=LARGE, c=LARGE)
    cell = figure(made.release, "F1", "a", 2)
    assert (cell.status, cell.numerator, cell.denominator) == ("shown", 40, 2730)
    assert cell.value == pytest.approx(40 / 2730 * 1000, abs=0.05)
    assert cell.low is not None and cell.high is not None and cell.low <= cell.value <= cell.high


def test_case_1_one_persons_falls_are_suppressed_and_no_number_stands_beside_the_word(tmp_path: Path) -> None:
    """Cases 1 and 8: however many falls one person has."""
    made = world(tmp_path, a=Home(30, all_year({0: 80})), b=LARGE, c=LARGE, d=LARGE, e=LARGE)
    cell = figure(made.release, "F1", "a", 1)
    assert cell.status == "suppressed"
    assert (cell.numerator, cell.denominator, cell.value, cell.low, cell.high) == (None,) * 5
    assert not exposed(tmp_path / "out", made.release)


def test_case_7_a_home_where_one_person_has_most_of_the_falls_is_hidden(tmp_path: Path) -> None:
    """Case 7: 40 of 45 falls."""
    made = world(tmp_path, a=Home(30, all_year({0: 40, **dict.fromkeys(range(1, 9), 1)})), b=LARGE, c=LARGE, d=LARGE)
    assert figure(made.release, "F1", "a", 1).status == "suppressed"
    assert made.release.report.hidden_by["one_person"] >= 1
    assert not exposed(tmp_path / "out", made.release)


def test_case_6_a_home_of_four_is_only_ever_in_a_group(tmp_path: Path) -> None:
    """Case 6: and in none where there are not three of them; then nothing names it."""
    small = Home(4, all_year(evenly(6, 4)))
    made = world(tmp_path, a=LARGE, b=LARGE, s=small, t=small, u=small)
    assert all(cell.unit not in ("s", "t", "u") for cell in made.release.cells)
    assert figure(made.release, "F1", "together:residential", 1).status == "shown"
    alone = world(tmp_path / "alone", a=LARGE, b=LARGE, c=LARGE, s=small)
    assert "s" not in cells_csv(alone.release).decode().split(",")
    assert alone.release.not_shown == {"residential": 1}
    assert not exposed(tmp_path / "out", alone.release)


def test_case_5_two_homes_make_no_group_and_two_of_a_setting_no_total(tmp_path: Path) -> None:
    """Case 5: a total of two tells each what the other has."""
    made = world(tmp_path, a=LARGE, b=LARGE)
    assert {unit.code for unit in made.release.units} == {"a", "b"}


def test_case_3_the_total_less_what_is_shown_gives_nothing_hidden_away(tmp_path: Path) -> None:
    """Case 3: one hidden home takes the smallest other one with it, where the total would say too much."""
    made = world(tmp_path, a=Home(30, all_year(evenly(3, 3))), b=LARGE, c=LARGE, d=Home(30, all_year(evenly(20, 20))))
    assert figure(made.release, "F1", "a", 1).status == "suppressed"
    assert figure(made.release, "F1", "all:residential", 1).status == "shown"
    assert not exposed(tmp_path / "out", made.release)
    lone = world(tmp_path / "lone", a=Home(30, all_year({0: 80})), b=LARGE, c=LARGE, d=LARGE)
    assert [figure(lone.release, "F1", code, 1).status for code in "bcd"].count("suppressed") == 1
    assert not exposed(tmp_path / "out2", lone.release)


def test_the_attack_finds_what_is_not_protected(tmp_path: Path) -> None:
    """The check itself can fail: take the protection away, and the hidden count is found."""
    made = world(tmp_path, a=Home(30, all_year({0: 80})), b=LARGE, c=LARGE, d=LARGE)
    careless = replace(
        made.release,
        cells=tuple(
            replace(cell, status="shown", numerator=40, denominator=2700, value=14.8)
            if cell.outcome == "F1" and cell.unit in "bcd" and cell.status == "suppressed"
            else cell
            for cell in made.release.cells
        ),
    )
    assert {found.unit for found in exposed(tmp_path / "out", careless)} == {"a"}  # type: ignore[attr-defined]


def test_case_2_a_year_less_three_quarters_gives_no_quarter_away(tmp_path: Path) -> None:
    """Case 2: the year is not given where it would say what a hidden quarter holds."""
    falls = {1: evenly(40, 20), 2: evenly(40, 20), 3: evenly(40, 20), 4: {0: 60}}
    made = world(tmp_path, a=Home(30, falls), b=LARGE, c=LARGE, d=LARGE)
    assert figure(made.release, "F1", "a", 4).status == "suppressed"
    assert find(made.release, "F1", "a") is None
    assert not exposed(tmp_path / "out", made.release)


def test_falls_with_harm_never_say_what_hidden_falls_are(tmp_path: Path) -> None:
    """Two measures of the same events: one is part of the other."""
    many = Home(30, all_year({0: 30, **dict.fromkeys(range(1, 20), 1)}), harm="low")
    made = world(tmp_path, a=many, b=LARGE, c=LARGE, d=LARGE)
    assert figure(made.release, "F1", "a", 1).status == "suppressed"
    assert figure(made.release, "F2", "a", 1).status == "suppressed"
    assert not exposed(tmp_path / "out", made.release)


def test_case_9_none_and_all_are_hidden_where_restriction_is_recorded_of_few_people(tmp_path: Path) -> None:
    """Case 9: no restrictive event among twelve people is hidden; among thirty it is a nought."""
    events = {"restrictive": all_year(evenly(20, 12))}
    made = world(
        tmp_path, a=Home(12, kinds={"distress": all_year({0: 1})}), b=Home(30, kinds={"distress": all_year({0: 1})}),
        c=Home(30, kinds=events), d=Home(30, kinds=events), e=Home(30, kinds=events),
    )  # fmt: skip
    assert figure(made.release, "F5", "a", 1).status == "suppressed"
    assert (figure(made.release, "F5", "b", 1).status, figure(made.release, "F5", "b", 1).numerator) == ("shown", 0)


def test_case_10_nought_hidden_and_not_recorded_are_three_things(tmp_path: Path) -> None:
    """Case 10: none of them is blank in the table."""
    made = world(tmp_path, a=Home(30, {4: {0: 1}}), b=Home(30, all_year({0: 3})), c=LARGE, d=LARGE, e=LARGE)
    assert (figure(made.release, "F1", "a", 1).status, figure(made.release, "F1", "a", 1).numerator) == ("shown", 0)
    assert figure(made.release, "F1", "b", 1).status == "suppressed"
    assert figure(made.release, "D2", "a", 1).status == "missing"
    rows = rows_of(written(tmp_path / "out", made.release))
    told = {
        row["unit"]: (row["status"], row["numerator"])
        for row in rows
        if row["outcome"] == "F1" and row["period"] == "2025 Q1"
    }
    assert told["a"] == ("shown", "0") and told["b"] == ("suppressed", "")


def test_case_11_no_mean_of_seven_answers_and_case_12_no_largest_value(tmp_path: Path) -> None:
    """Cases 11 and 12: a mean needs ten people, and no smallest or largest value is in any release."""
    from data.disclosure import behind, why_hidden

    assert (
        why_hidden(behind({str(n): 1 for n in range(7)}, 7, []), Rules(), group=False, sensitive=False)
        == "too_few_under"
    )
    made = world(tmp_path, a=LARGE, b=LARGE, c=LARGE)
    header = cells_csv(made.release).decode("utf-8-sig").splitlines()[0]
    assert not {"min", "max", "age"} & set(header.split(","))


def test_case_14_rows_stand_in_order_of_code_and_period_never_of_a_figure(tmp_path: Path) -> None:
    """Case 14: hidden figures cannot be ordered by what they hide."""
    homes = {code: Home(30, all_year(evenly(10 + 7 * n % 23, 10))) for n, code in enumerate("hcafbg")}
    made = released(database(tmp_path, homes))
    places = [(cell.outcome, cell.unit, cell.length, cell.period.first) for cell in made.release.cells]
    assert places == sorted(places)


def test_case_16_a_late_fall_leaves_every_figure_as_it_was_until_the_rounded_one_changes(tmp_path: Path) -> None:
    """Case 16: published again unchanged; a revision is counted and logged."""
    homes = {"a": Home(30, all_year(evenly(40, 20))), "b": LARGE, "c": LARGE}
    first = released(database(tmp_path / "one", homes))
    late = "\n".join(f"late-{n},a-p{n},a,2025-02-11 10:0{n},none" for n in range(2))
    second = released(database(tmp_path / "two", homes, extra=late), earlier=Earlier((first.entry,)))
    assert second.release.cells == first.release.cells
    assert second.release.report.revised == 0
    more = late + "\n" + "\n".join(f"later-{n},a-p{n},a,2025-02-12 10:0{n},none" for n in range(2))
    third = released(database(tmp_path / "three", homes, extra=more), earlier=Earlier((first.entry, second.entry)))
    assert figure(third.release, "F1", "a", 1).numerator == 45
    assert third.release.report.revised >= 1
    assert third.release.report.earlier == (first.release.report.release_id, second.release.report.release_id)


def test_what_was_hidden_stays_hidden_though_one_more_fall_would_show_it(tmp_path: Path) -> None:
    homes = {"a": Home(30, all_year(evenly(7, 7))), "b": LARGE, "c": LARGE, "d": LARGE, "e": LARGE}
    first = released(database(tmp_path / "one", homes))
    assert figure(first.release, "F1", "a", 1).status == "suppressed"
    second = released(
        database(tmp_path / "two", homes, extra="late,a-p20,a,2025-02-11 10:00,none"), earlier=Earlier((first.entry,))
    )
    assert figure(second.release, "F1", "a", 1).status == "suppressed"
    assert second.release.report.hidden_by["hidden_before"] >= 1


def test_a_home_that_joins_later_is_not_found_by_taking_the_old_total_from_the_new(tmp_path: Path) -> None:
    """Old release against new: totals of quarters that are out keep the services they were made of."""
    homes = {"a": LARGE, "b": LARGE, "c": LARGE}
    first = released(database(tmp_path / "one", homes))
    joined = {**homes, "n": Home(30, all_year({0: 12}))}
    second = released(database(tmp_path / "two", joined), earlier=Earlier((first.entry,)))
    totals = [figure(made.release, "F1", "all:residential", 1).numerator for made in (first, second)]
    assert totals[0] == totals[1]
    assert figure(second.release, "F1", "n", 1).status == "suppressed"


def test_a_home_that_was_in_a_group_never_comes_out_of_it(tmp_path: Path) -> None:
    small = Home(9, all_year(evenly(9, 9)))
    homes = {"a": LARGE, "s": small, "t": small, "u": small}
    first = released(database(tmp_path / "one", homes))
    grown = {**homes, "u": Home(30, all_year(evenly(40, 20)))}
    second = released(database(tmp_path / "two", grown), earlier=Earlier((first.entry,)))
    assert "u" not in {unit.code for unit in second.release.units}


def test_everything_hidden_is_proved_to_be_and_the_account_says_how_much(tmp_path: Path) -> None:
    made = world(tmp_path, a=Home(30, all_year(evenly(3, 3))), b=LARGE, c=LARGE, d=LARGE)
    report = made.release.report
    by_status = [cell.status for cell in made.release.cells]
    assert report.proved
    assert report.counts["suppressed"] == by_status.count("suppressed")
    assert report.counts["shown"] == by_status.count("shown")
    assert report.rules["fewest_people"] == 8
    assert json.dumps(dict(report.hidden_by))


def test_stricter_rules_hide_more(tmp_path: Path) -> None:
    path = database(tmp_path, {"a": Home(30, all_year(evenly(10, 10))), "b": LARGE, "c": LARGE, "d": LARGE})
    assert figure(released(path).release, "F1", "a", 1).status == "shown"
    strict = released(path, rules=Rules(fewest_people=11, fewest_events=11))
    assert figure(strict.release, "F1", "a", 1).status == "suppressed"


def test_case_4_a_group_of_people_cannot_be_found_from_the_total_and_the_other_groups(tmp_path: Path) -> None:
    """Case 4: all less white less asian; acceptance 10."""
    groups = ("asian",) * 12 + ("black",) * 12
    falls = {**dict.fromkeys(range(12), 1), 12: 3, **dict.fromkeys(range(24, 40), 2)}
    homes = {code: Home(40, all_year(falls), groups=groups) for code in "abcd"}
    made = released(database(tmp_path, homes))
    told = {word: figure(made.release, "F1", "all:residential", None, word) for word in ("asian", "black", "white")}
    assert told["black"].status == "suppressed"  # four people have all of them
    assert sum(cell.status == "suppressed" for cell in told.values()) >= 2
    gaps = {gap.word: gap for gap in made.release.gaps if gap.outcome == "F1"}
    assert gaps["black"].reason == "too_few_to_show"


def test_no_group_of_fewer_than_ten_people_has_a_name_of_its_own(tmp_path: Path) -> None:
    """Acceptance 10 and 16: rare groups are put together, the same for every outcome."""
    homes = {code: Home(40, all_year(evenly(40, 20)), groups=("mixed", "other")) for code in "abc"}
    made = released(database(tmp_path, homes))
    words = {cell.word for cell in made.release.cells if cell.word}
    assert words <= {"white", "others", "not_recorded", "others_or_not_recorded"}


def test_an_empty_record_makes_no_release(tmp_path: Path) -> None:
    made = world(tmp_path, a=Home(5))
    assert not [cell for cell in made.release.cells if cell.status == "shown"]


def test_a_service_whose_code_is_that_of_a_whole_setting_is_not_taken_for_it(tmp_path: Path) -> None:
    made = world(tmp_path, **{"all:residential": LARGE, "b": LARGE, "c": LARGE})
    levels = {unit.code: unit.level for unit in made.release.units}
    assert levels["all:residential"] == "service" and levels["all:residential:"] == "setting"
    assert figure(made.release, "F1", "all:residential", 1).numerator == 40
    assert figure(made.release, "F1", "all:residential:", 1).numerator == 120
