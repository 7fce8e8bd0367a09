"""Small services are put together or not shown; nothing is lost or counted twice on the way."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Period, Series, Service, Tally
from metrics.across.pooling import FEWEST_PEOPLE, pooled, series_of_units, sizes, units, year_to
from tests.support.exports import SERVICES, facts_of

SETTINGS = ("residential", "nursing", "homecare")


def _service(code: str, setting: str = "residential", beds: int | None = None) -> Service:
    return Service(code, setting, "EN", f"House {code}", beds)


def test_a_service_of_ten_people_is_shown_by_itself_and_one_of_nine_is_not() -> None:
    found = units([_service("a"), _service("b")], {"a": 10.0, "b": 9.9})
    assert [unit.name for unit in found.shown] == ["House a"]
    assert [service.service_id for service in found.too_small] == ["b"]


def test_three_small_services_of_one_setting_are_shown_together() -> None:
    small = [_service(code) for code in "abc"]
    (together,) = units(small, dict.fromkeys("abc", 4.0)).shown
    assert together.name == "3 smaller care homes together"
    assert together.members == ("a", "b", "c")
    assert together.people == 12.0
    assert together.pooled


def test_three_small_services_with_fewer_than_ten_people_between_them_are_hidden() -> None:
    found = units([_service(code) for code in "abc"], dict.fromkeys("abc", 3.0))
    assert not found.shown
    assert len(found.too_small) == 3


def test_small_services_of_different_settings_are_never_put_together() -> None:
    mixed = [_service("a"), _service("b"), _service("c", "homecare")]
    found = units(mixed, dict.fromkeys("abc", 6.0))
    assert not found.shown
    assert len(found.too_small) == 3


def test_a_service_of_unknown_size_is_neither_shown_nor_put_with_others() -> None:
    found = units([_service(code) for code in "abcd"], {"a": 4.0, "b": 4.0, "c": 4.0, "d": None})
    assert [service.service_id for service in found.size_unknown] == ["d"]
    assert found.shown[0].members == ("a", "b", "c")


@given(
    st.lists(st.tuples(st.sampled_from(SETTINGS), st.one_of(st.none(), st.floats(0, 40))), max_size=14),
    st.randoms(use_true_random=False),
)
def test_every_service_has_one_place_whatever_the_order(made: list[tuple[str, float | None]], dice: object) -> None:
    services = [_service(f"s{number:02}", setting) for number, (setting, _) in enumerate(made)]
    people = {service.service_id: size for service, (_, size) in zip(services, made, strict=True)}
    found = units(services, people)
    placed = [
        *(member for unit in found.shown for member in unit.members),
        *(service.service_id for service in (*found.too_small, *found.size_unknown)),
    ]
    assert sorted(placed) == sorted(people)
    assert all(unit.people >= FEWEST_PEOPLE for unit in found.shown)
    assert all(unit.service.setting == "residential" or "care homes" not in unit.name for unit in found.shown)
    turned = services[::-1]
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert units(turned, people) == found


MONTHS = Period(date(2025, 1, 1), date(2025, 12, 31)).months()
TALLIES = st.builds(
    Tally, st.integers(0, 50), st.integers(0, 2000).map(float), st.one_of(st.none(), st.integers(0, 100).map(float))
)


@st.composite
def _series(draw: st.DrawFn) -> Series:
    first, last = sorted((draw(st.integers(0, 11)), draw(st.integers(0, 11))))
    months = MONTHS[first : last + 1]
    return Series(months, tuple(draw(TALLIES) for _ in months), draw(st.sampled_from(("stays", "beds", "given"))))


@given(st.lists(_series(), max_size=5), st.randoms(use_true_random=False))
def test_pooled_series_hold_every_tally_once_in_any_order(parts: list[Series], dice: object) -> None:
    whole = pooled(parts)
    assert whole.total == Series(whole.periods, whole.tallies).total and whole.total.numerator == sum(
        part.total.numerator for part in parts
    )
    assert whole.total.denominator == sum(part.total.denominator for part in parts)
    assert (whole.total.points or 0.0) == sum(part.total.points or 0.0 for part in parts)
    assert set(whole.periods) == {period for part in parts for period in part.periods}
    turned = [*parts]
    dice.shuffle(turned)  # type: ignore[attr-defined]
    assert pooled(turned) == whole


def test_a_quarter_of_totals_takes_the_months_beside_it_into_one_longer_stretch() -> None:
    quarter = Series((Period(date(2025, 1, 1), date(2025, 3, 31)),), (Tally(9, 90.0),))
    months = Series(MONTHS[:4], tuple(Tally(1, 10.0) for _ in range(4)), "stays")
    found = pooled([quarter, months])
    assert found.tallies == (Tally(12, 120.0), Tally(1, 10.0))
    assert found.periods[0].last == date(2025, 3, 31)
    assert found.basis == "stays"


def test_one_service_keeps_its_own_series_and_rows_without_any_are_left_out() -> None:
    found = units([_service("a", beds=12), _service("b", beds=14)], {"a": 12.0, "b": 14.0})
    line = Series(MONTHS, tuple(Tally(1, 10.0) for _ in MONTHS))
    assert series_of_units(found.shown, {"a": line, "b": Series((), ())}) == {"a": line}


def test_size_is_the_mean_of_the_last_year_from_stays_else_beds(tmp_path: Path) -> None:
    stays = "\n".join(f"P-{n}, elm, 2024-01-01, " for n in range(6))
    tables = {
        "services": SERVICES + "\noak, residential, EN, 20, Oak\nash, homecare, EN, , Ash\n",
        "stays": f"person_id, service_id, start_on, end_on\n{stays}\nP-9, elm, 2024-01-01, 2026-01-01\n",
        "incidents": "incident_id, service_id, person_id, occurred_at, kind\n"
        "1, elm, P-1, 2024-01-03, distress\n2, elm, P-1, 2026-06-30, distress\n3, oak, Q-1, 2026-06-30, distress\n"
        "4, ash, R-1, 2026-06-30, distress",
    }
    with facts_of(tmp_path, **tables) as facts:
        found = sizes(facts, facts.services())
    assert found["oak"] == 20
    assert found["ash"] is None
    assert found["elm"] == pytest.approx(6 + 184 / 365)


@given(st.dates(date(2001, 1, 1), date(2060, 1, 1)))
def test_a_year_ends_on_its_day_and_is_a_year_long(last: date) -> None:
    year = year_to(last)
    assert year.last == last
    assert year.days in (365, 366, 367)
    assert year_to(last, last - timedelta(days=9)).days == 10
