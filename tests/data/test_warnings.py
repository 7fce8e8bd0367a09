"""Odd but kept: said once, counted, and never in the way of loading."""

from __future__ import annotations

from pathlib import Path

from tests.support.exports import facts_of, load, write

FALLS = "fall_id, person_id, service_id, occurred_at\n"


def warnings(folder: Path, *whens: str) -> str:
    rows = "\n".join(f"F{n}, P-{n}, elm, {when}" for n, when in enumerate(whens))
    (file,) = load(write(folder, falls=FALLS + rows), folder / "db").files
    assert file.rejected == 0
    return " ".join(file.warnings)


def test_another_weekday_than_the_date_falls_on(tmp_path: Path) -> None:
    said = warnings(tmp_path, "Mon 03/02/2025 14:05", "Tue 03/02/2025 14:07", "Wed 03/02/2025 14:09")
    assert said == "2 dates name another weekday than the day it was: the date was taken."


def test_the_hour_that_does_not_exist_in_spring(tmp_path: Path) -> None:
    assert "1 time lies in the hour" in warnings(tmp_path, "2025-03-30 01:30", "2025-03-30 02:30", "2025-10-26 01:30")


def test_many_times_at_midnight(tmp_path: Path) -> None:
    whens = [f"2025-01-{n % 28 + 1:02d} {'00:00' if n % 4 == 0 else '14:05'}" for n in range(40)]
    assert "10 of 40 times are exactly midnight" in warnings(tmp_path, *whens)


def test_the_same_person_and_full_hour_twice_is_only_remarked_upon(tmp_path: Path) -> None:
    rows = "F1, P-1, elm, 2025-02-03 14:00\nF2, P-1, elm, 2025-02-03 14:00\nF3, P-1, elm, 2025-02-03 15:00"
    (file,) = load(write(tmp_path, falls=FALLS + rows), tmp_path / "db").files
    assert (file.accepted, file.rejected) == (3, 0)
    assert "1 record has the same person, kind and full hour as another" in " ".join(file.warnings)


def test_dates_that_could_be_read_both_ways_are_said_to_be(tmp_path: Path) -> None:
    export = (
        "Fall Ref,Resident,Home,Date of Fall,Time of Fall\nF1,R1,Elm,03/04/2025,10:01\nF2,R2,Elm,05/04/2025,10:02\n"
    )
    (tmp_path / "falls.csv").write_text(export, encoding="utf-8")
    (file,) = load(tmp_path, tmp_path / "db").files
    assert file.accepted == 2
    assert "03/04/2025 could be 3 April or 4 March" in " ".join(file.warnings)
    assert "Taken as: day first." in " ".join(file.warnings)


def test_ordinary_times_are_not_remarked_upon(tmp_path: Path) -> None:
    assert warnings(tmp_path, *(f"2025-01-{n % 28 + 1:02d} {n % 24:02d}:{n % 59 + 1:02d}" for n in range(40))) == ""


def test_mornings_nobody_watched_are_counted(tmp_path: Path) -> None:
    rows = "\n".join(
        f"C{n}, window_observed, elm, P-1, morning, 2025-01-{n + 1:02d} 11:00, {'met' if n % 2 else 'not_met'}"
        for n in range(21)
    )
    checks = "check_id, measure, service_id, person_id, element, done_at, result\n" + rows
    with facts_of(tmp_path, checks=checks) as facts:
        said = [check.text for check in facts.data_checks() if check.table == "checks" and check.level == "note"]
    assert said == ["Nobody wrote down that they were watching on 11 of 21 mornings."]


def test_another_answerer_and_another_form_are_named(tmp_path: Path) -> None:
    feedback = """
    feedback_id, service_id, person_id, rater_key, given_on,   rater,             instrument,     domain,    score, form
    1,           elm,        P-1,       R-1,       2025-01-02, family_about_self, family_checkin, confident, 3,     a
    2,           elm,        P-1,       R-2,       2025-04-02, family_about_self, family_checkin, confident, 4,     b
    3,           elm,        P-2,       R-3,       2025-04-02, family_about_self, family_checkin, confident, 4,     b
    """
    with facts_of(tmp_path, feedback=feedback) as facts:
        said = [check.text for check in facts.data_checks() if check.table == "feedback" and check.level == "note"]
    assert said == [
        "family_checkin: somebody else answered at another time about 1 person.",
        "family_checkin: answered on 2 different forms.",
    ]
