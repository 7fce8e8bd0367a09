"""One row a person: around which day, how long each side is, and into which band a number falls."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest

from data.model import Period, Rows
from data.releases.sample_model import Around, MayBeReleased, Stay, Tried
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.releasing.sample_columns import MEANINGS, ORDER, SENSITIVE, age_band, count_band, score_band, weeks_band
from metrics.releasing.sample_rows import Turn, person_rows, recorded_days, turn_of
from tests.support.sample import SAMPLE

YEAR = {"elm": Period(date(2026, 1, 1), date(2026, 12, 31))}
START = date(2026, 6, 1)


def someone(first: date = date(2020, 1, 1), last: date | None = None) -> MayBeReleased:
    return MayBeReleased("ANNE", 1940, "woman", "early", (Stay("elm", first, last),))


def tried(person: str | None = "ANNE", start: date = START, settling: int | None = None, service: str = "elm") -> Tried:
    return Tried(service, person, "music", start, settling)


def turn(person: MayBeReleased, *changes: Tried) -> Turn:
    found = turn_of(person, changes, YEAR)
    assert found is not None
    return found


def test_both_sides_of_a_change_are_equally_long_and_settling_in_belongs_to_neither() -> None:
    around = turn(someone(), tried()).around
    assert around.before.last == START - timedelta(days=1)
    assert around.after.first == START + timedelta(days=14)
    assert around.before.days == around.after.days <= 26 * 7


def test_a_change_of_the_whole_service_settles_for_four_weeks() -> None:
    found = turn(someone(), tried(None))
    assert found.arm == "whole-service change: music"
    assert found.around.after.first == START + timedelta(days=28)


def test_a_change_of_ones_own_comes_before_an_earlier_one_of_the_service() -> None:
    assert turn(someone(), tried(None, START - timedelta(days=60)), tried()).arm == "own change: music"


def test_days_agreed_for_settling_in_are_kept() -> None:
    assert turn(someone(), tried(settling=0)).around.after.first == START


def test_with_no_change_the_middle_of_the_record_is_the_turning_day() -> None:
    found = turn(someone())
    assert found.arm == "no change recorded"
    assert abs((found.turned_on - date(2026, 7, 2)).days) <= 1


@pytest.mark.parametrize("other", [tried("SOMEBODY"), tried(service="oak"), tried(start=date(2025, 1, 1))])
def test_changes_of_others_elsewhere_or_before_the_record_are_no_turning_day(other: Tried) -> None:
    assert turn(someone(), other).arm == "no change recorded"


def test_a_change_with_under_four_weeks_of_record_on_a_side_leaves_the_person_out() -> None:
    assert turn_of(someone(first=START - timedelta(days=27)), [tried()], YEAR) is None
    assert turn_of(someone(first=START - timedelta(days=28)), [tried()], YEAR) is not None
    assert turn_of(someone(last=START + timedelta(days=14 + 26)), [tried()], YEAR) is None
    assert turn_of(someone(), [tried()], {}) is None


@pytest.mark.parametrize(
    ("said", "band"),
    [
        (age_band(74), "under 75"), (age_band(75), "75 to 84"), (age_band(94), "85 to 94"), (age_band(104), "95 or over"),
        (age_band(None), "not recorded"),
        (count_band(0), "0"), (count_band(1), "1 to 4"), (count_band(4), "1 to 4"), (count_band(5), "5 to 19"),
        (count_band(20), "20 or more"), (count_band(290), "20 or more"), (count_band(None), "not recorded"),
        (weeks_band(4), "4 to 12"), (weeks_band(13), "13 to 25"), (weeks_band(26), "26"),
        (score_band(2.9), "under 3"), (score_band(3.0), "3 to under 4"), (score_band(5.0), "4 or 5"),
        (score_band(None), "no answer of their own"),
    ],
)  # fmt: skip
def test_a_number_falls_into_its_band(said: str, band: str) -> None:
    assert said == band


def test_every_column_has_a_meaning() -> None:
    assert set(MEANINGS) == {"pid", *ORDER, *SENSITIVE}


def test_whoever_opted_out_or_objected_or_is_unknown_is_in_no_answer(whole_sample: Path) -> None:
    import csv

    from data.pseudonyms import pseudonym
    from tests.support.exports import KEY

    with (SAMPLE / "people.csv").open(encoding="utf-8-sig") as file:
        register = list(csv.DictReader(file))
    out = {
        pseudonym(KEY, "person", row["person_id"])
        for row in register
        if row["research_opt_out"] == "yes" or row["data_use"] in ("service_improvement_only", "objected")
    }
    known = {pseudonym(KEY, "person", row["person_id"]) for row in register}
    with open_facts(whole_sample) as facts:
        people = facts.people_for_samples()
        names = {each.person_id for each in people}
        assert facts.people_kept_out() == len(out) > 100
        assert not names & out
        assert names <= known
        assert not {each.person_id for each in facts.changes_for_samples() if each.person_id} & out
        year = Period(date(2025, 1, 1), date(2025, 12, 31))
        asked = [
            Around(code, stay, year, year)
            for code in sorted(out)
            for stay in {service.service_id for service in facts.services()}
        ]
        assert facts.counts_around(Rows("falls"), asked) == {}
        assert facts.own_scores_around(asked) == {}
        assert not {row.person_id for row in person_rows(facts, load_catalogue(None))} & out


def test_counts_around_a_day_are_those_of_the_persons_own_days(whole_sample: Path) -> None:
    with open_facts(whole_sample) as facts:
        days = recorded_days(facts, {"elm-house"})["elm-house"]
        people = [each for each in facts.people_for_samples() if each.stays[0].service_id == "elm-house"]
        half = days.first + timedelta(days=days.days // 2)
        before, after = Period(days.first, half - timedelta(days=1)), Period(half, days.last)
        asked = [Around(each.person_id, "elm-house", before, after) for each in people]
        counts = facts.counts_around(Rows("falls"), asked)
        from data.model import Scope

        for each in people[:12]:
            told = [
                facts.person_tallies(Scope("elm-house", each.person_id), Rows("falls"), side).get(each.person_id)
                for side in (before, after)
            ]
            assert counts.get(each.person_id, (0, 0)) == tuple(0 if one is None else one.numerator for one in told)
        assert facts.counts_around(Rows("falls"), []) == {}
