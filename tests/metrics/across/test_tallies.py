"""Every service at once gives what one service at a time gives."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from data.ingest import ingest
from data.model import Impossible, Period, Scope, Series
from data.warehouse import Warehouse, open_facts
from metrics.across.tallies import recorded_by_all, series_of_all
from metrics.catalogue import load_catalogue
from metrics.kinds import module_for
from tests.support.exports import KEY, SERVICES, facts_of

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
MONTHS = Period(date(2025, 1, 10), date(2026, 11, 1)).months()
QUARTERS = tuple(
    Period(date(year, month, 1), Period(date(year, month, 1), date(year, month + 2, 28)).months()[-1].last)
    for year in (2025, 2026)
    for month in (1, 4, 7, 10)
)
YEAR = (Period(date(2025, 9, 1), date(2026, 8, 31)),)
CATALOGUE = load_catalogue()


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Warehouse]:
    database = tmp_path_factory.mktemp("sample") / "sample.duckdb"
    ingest([SAMPLE], database, as_of=date(2026, 11, 1), key=KEY, sample=True)
    with open_facts(database) as facts:
        yield facts


def _same(facts: Warehouse, code: str, periods: tuple[Period, ...]) -> None:
    outcome = CATALOGUE.get(code)
    assert outcome is not None
    services = [service.service_id for service in facts.services()]
    found = series_of_all(facts, outcome, dict.fromkeys(services, periods))
    for service in services:
        alone = module_for(outcome.kind).series(facts, outcome, Scope(service), periods)
        assert found[service] == alone, (code, service)


@pytest.mark.parametrize("code", [outcome.code for outcome in CATALOGUE])
def test_every_outcome_of_the_sample_has_the_same_tallies_month_by_month(sample: Warehouse, code: str) -> None:
    outcome = CATALOGUE.get(code)
    assert outcome is not None
    _same(sample, code, QUARTERS if outcome.share_of == "people" or outcome.kind == "stay" else MONTHS)


@pytest.mark.parametrize("code", ["F1", "D2", "C1", "I2", "L9", "I6", "V1", "L1"])
def test_one_year_as_a_single_stretch_is_the_same_too(sample: Warehouse, code: str) -> None:
    _same(sample, code, YEAR)


def test_a_service_with_beds_alone_and_one_with_totals_are_counted_as_they_are(tmp_path: Path) -> None:
    tables = {
        "services": SERVICES + "\noak, residential, EN, 20, Oak\nash, nursing, EN, , Ash\n",
        "incidents": "incident_id, service_id, person_id, occurred_at, kind\n"
        "1, elm, P-1, 2026-01-03, distress\n2, elm, P-1, 2026-02-03, distress\n3, elm, P-2, 2026-03-30, fall\n"
        "4, ash, P-3, 2026-01-08, distress\n5, ash, P-3, 2026-02-08, restrictive",
        "totals": "service_id, outcome, period_from, period_to, numerator, denominator\n"
        "oak, D2, 2026-01-01, 2026-01-31, 7, 620\noak, D2, 2026-02-01, 2026-02-28, 9, \n"
        "oak, C1, 2026-01-01, 2026-01-31, 7, 20",
        "checks": "check_id, measure, service_id, person_id, element, due_on, done_at, result\n"
        "k1, review, elm, P-1, , 2026-01-10, 2026-01-09, met\nk2, review, elm, P-1, , 2026-02-10, 2026-02-19, met\n"
        "k3, review, ash, P-3, , 2026-02-10, , not_met\nk4, review, ash, P-3, , 2026-12-10, , not_met",
    }
    with facts_of(tmp_path, **tables) as facts:
        for code in ("D2", "F1", "F5", "G1", "C1", "L9", "I6", "D1"):
            _same(facts, code, Period(date(2025, 12, 1), date(2026, 6, 30)).months())
        outcome = CATALOGUE.get("D2")
        assert outcome is not None
        assert set(recorded_by_all(facts, outcome, ["elm", "oak", "ash", "nowhere"])) == {"elm", "oak", "ash"}


def test_events_left_out_because_nobody_was_there_are_left_out_of_all_at_once(tmp_path: Path) -> None:
    tables = {
        "services": SERVICES + "\noak, residential, EN, 20, Oak\n",
        "stays": "person_id, service_id, start_on, end_on\nP-1, elm, 2025-01-01, 2026-02-01\nP-2, elm, 2025-01-01, \n"
        "P-3, oak, 2025-01-01, \n",
        "incidents": "incident_id, service_id, person_id, occurred_at, kind\n"
        "1, elm, P-1, 2026-01-03, distress\n2, elm, P-1, 2026-05-03, distress\n3, oak, P-3, 2026-05-03, distress",
    }
    with facts_of(tmp_path, **tables) as facts:
        _same(facts, "D2", Period(date(2026, 1, 1), date(2026, 5, 31)).months())


def test_stretches_that_overlap_are_refused_and_no_service_gives_nothing(sample: Warehouse) -> None:
    outcome = CATALOGUE.get("F1")
    assert outcome is not None
    twice = (Period(date(2026, 1, 1), date(2026, 2, 10)), Period(date(2026, 2, 1), date(2026, 3, 10)))
    with pytest.raises(Impossible):
        series_of_all(sample, outcome, {"elm-house": twice})
    assert series_of_all(sample, outcome, {}) == {}
    assert series_of_all(sample, outcome, {"elm-house": ()}) == {"elm-house": Series((), ())}


def test_happenings_to_whole_services_are_those_asked_for_one_by_one(sample: Warehouse) -> None:
    every = sample.happenings_of_all()
    for service in sample.services():
        alone = sample.context_events(Scope(service.service_id), Period(date.min, date.max))
        assert every.get(service.service_id, ()) == tuple(each for each in alone if each.person_id is None)
    assert any(every.values())
