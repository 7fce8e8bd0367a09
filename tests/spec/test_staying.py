"""Staying put: moves over the years lived there, and how many are still there after half a year."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from metrics.model import Finding
from metrics.wording import how_sure
from tests.support.story import START, one, plan, promise, told

HEADS = "person_id, service_id, start_on, end_on, end_reason, kind\n"
LATER = date(2027, 2, 1)
FALLS = f"fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, {START + timedelta(days=300)} 14:05\n"
"""Something else is recorded up to the end of the follow-up, so that it is no early look."""


def home(*left: tuple[int, int, str], people: int = 40, moved_in: int = -900) -> str:
    """Stays of a home; (person, day from the start on which they left, why)."""
    gone = {who: (START + timedelta(days=day), why) for who, day, why in left}
    rows = []
    for who in range(people):
        end, why = gone.get(who, ("", ""))
        rows.append(f"P-{who}, elm, {START + timedelta(days=moved_in)}, {end}, {why}, long_term")
    rows.append(f"P-first, elm, {START - timedelta(days=900)}, {START - timedelta(days=800)}, died, long_term")
    return HEADS + "\n".join(rows) + "\n"


def found(folder: Path, stays: str, question: str = "steady", size: float = 1.5) -> Finding:
    with told(
        folder, as_of=LATER, stays=stays, falls=FALLS, interventions=plan(person=""),
        declarations=promise("I6", question, size),
    ) as f:  # fmt: skip
        return one(f, "I6")


def test_moves_are_counted_over_the_years_lived_there(tmp_path: Path) -> None:
    before = [(n, -100 + n, "unplanned_move") for n in range(8)]
    after = [(10 + n, 60 + n, "hospital_not_returned") for n in range(2)]
    told_ = found(tmp_path, home(*before, *after, (20, 70, "died"), (21, -20, "needs_changed_planned")))
    assert told_.change is not None
    sides = told_.change.before, told_.change.after
    assert [side.tally.numerator for side in sides] == [8, 2]
    for side in sides:
        assert side.value == pytest.approx(side.tally.numerator / side.tally.denominator * 36525)
    assert told_.change.effect is not None
    assert told_.change.effect.method == "exact conditional limits"
    assert "unplanned moves per 100 years lived here, down from" in told_.sentence


def test_a_home_nobody_leaves_is_too_few_to_judge_and_not_steady(tmp_path: Path) -> None:
    told_ = found(tmp_path, home())
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "too_few_events")
    assert told_.change is not None
    assert (told_.change.before.value, told_.change.after.value) == (0, 0)


def test_without_stays_nothing_is_known_of_staying(tmp_path: Path) -> None:
    told_ = found(tmp_path, HEADS)
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "no_data")


def test_leaving_a_respite_bed_is_no_move(tmp_path: Path) -> None:
    respite = f"R-1, elm, {START + timedelta(days=50)}, {START + timedelta(days=64)}, unplanned_move, respite\n"
    told_ = found(tmp_path, home() + respite)
    assert told_.change is not None
    assert told_.change.after.tally.numerator == 0


def test_one_person_who_moves_twice_makes_the_range_wider(tmp_path: Path) -> None:
    def moves(*twice: int) -> str:
        rows = home(
            *((n, -100 + n, "unplanned_move") for n in range(6)), *((n, 60, "unplanned_move") for n in (20, 21))
        )
        for who in twice:
            back = START + timedelta(days=80)
            rows += f"P-{who}, elm, {back}, {back + timedelta(days=30)}, unplanned_move, long_term\n"
        return rows

    same, different = found(tmp_path / "a", moves(20, 21)), found(tmp_path / "b", moves(8, 9))
    for told_ in (same, different):
        assert told_.change is not None
        assert told_.change.effect is not None
    assert "dispersion" in same.change.effect.method  # type: ignore[union-attr]


def test_people_who_moved_in_after_the_start_and_died_are_competing_and_not_moved(tmp_path: Path) -> None:
    arrivals = [(n, 195, "died") for n in range(4)] + [(4, 150, "unplanned_move")]
    told_ = found(tmp_path, home(*arrivals, people=12, moved_in=20))
    assert told_.change is not None
    assert told_.change.staying is not None
    assert told_.change.staying.before is None
    curve = told_.change.staying.after
    assert curve is not None
    half_a_year = curve[1]
    assert half_a_year.days == 180
    assert half_a_year.moved == pytest.approx(1 / 12)
    assert half_a_year.gone_otherwise == pytest.approx(4 / 12)
    assert half_a_year.still_there == pytest.approx(7 / 12)
    assert any("58 in 100 after 180 days were still there" in line for line in how_sure(told_))


def test_when_everybody_died_there_are_no_moves_to_judge(tmp_path: Path) -> None:
    told_ = found(tmp_path, home(*((n, 40 + n, "died") for n in range(40))))
    assert (told_.verdict.word, told_.verdict.reason) == ("cannot tell yet", "too_few_events")
    assert told_.change is not None
    assert told_.change.after.tally.numerator == 0


def test_a_rise_beyond_doubt_is_worse(tmp_path: Path) -> None:
    told_ = found(tmp_path, home((0, -100, "unplanned_move"), *((n, 60 + n, "unplanned_move") for n in range(1, 16))))
    assert told_.verdict.word == "worse"
