"""Exposure, tallies and marked days against small tables drawn by hand, and against counting day by day."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data.model import ClockWindow, Period, Rows, Scope, Tally
from data.schema import DatabaseUnavailable
from data.warehouse import Warehouse, open_facts
from tests.support.exports import SERVICES, facts_of, load, write

JANUARY = Period(date(2026, 1, 1), date(2026, 1, 31))
ELM = Scope("elm")


def nights(facts: Warehouse, period: Period, person: str | None = None) -> float:
    (found,), _ = facts.exposure(Scope("elm", person), [period])
    return found


def test_arrival_day_counts_and_leaving_day_does_not(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on, end_on\nP-1, elm, 2026-01-10, 2026-01-13\n"
    with facts_of(tmp_path, services=SERVICES, stays=stays) as facts:
        assert nights(facts, JANUARY) == 3
        assert nights(facts, Period(date(2026, 1, 13), date(2026, 1, 20))) == 0


def test_hospital_nights_are_taken_out(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on\nP-1, elm, 2025-06-01\n"
    context = """
    context_id, service_id, from_on,    kind,     person_id, until_on
    C1,         elm,        2026-01-10, hospital, P-1,       2026-01-12
    C2,         elm,        2026-01-20, outbreak, ,          2026-01-25
    """
    with facts_of(tmp_path, services=SERVICES, stays=stays, context=context) as facts:
        assert nights(facts, JANUARY) == 31 - 3


def test_overlapping_stays_of_one_person_count_once(tmp_path: Path) -> None:
    stays = """
    person_id, service_id, start_on,   end_on
    P-1,       elm,        2026-01-01, 2026-01-20
    P-1,       elm,        2026-01-10, 2026-01-31
    P-1,       elm,        2026-01-20, 2026-01-25
    """
    with facts_of(tmp_path, services=SERVICES, stays=stays) as facts:
        assert nights(facts, JANUARY) == 30


def test_without_stays_beds_are_taken_as_full_and_it_is_said(tmp_path: Path) -> None:
    falls = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
    with facts_of(tmp_path, services=SERVICES, falls=falls) as facts:
        series = facts.event_series(ELM, Rows("falls"), [JANUARY])
        assert (series.total, series.basis) == (Tally(1, 40 * 31), "beds")


def test_without_stays_and_beds_there_are_counts_and_no_rate(tmp_path: Path) -> None:
    falls = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
    with facts_of(tmp_path, falls=falls) as facts:
        series = facts.event_series(ELM, Rows("falls"), [JANUARY])
        assert (series.total, series.basis, series.total.ratio) == (Tally(1, 0), "none", None)


def test_an_event_of_somebody_who_was_not_here_is_kept_and_left_out(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on, end_on\nP-1, elm, 2026-01-01, 2026-01-10\n"
    falls = """
    fall_id, person_id, service_id, occurred_at
    F1,      P-1,       elm,        2026-01-03 14:05
    F2,      P-1,       elm,        2026-01-11 14:05
    F3,      P-1,       elm,        2026-01-15 14:05
    F4,      P-2,       elm,        2026-01-03 14:05
    """
    with facts_of(tmp_path, services=SERVICES, stays=stays, falls=falls) as facts:
        assert facts.event_series(ELM, Rows("falls"), [JANUARY]).total.numerator == 2  # a day either side is let in
        (left_out,) = [check for check in facts.data_checks() if check.level == "left_out"]
        assert left_out.count == 2


def test_where_falls_are_sent_incident_rows_of_kind_fall_are_copies(tmp_path: Path) -> None:
    incidents = """
    incident_id, service_id, person_id, occurred_at,      kind
    I1,          elm,        P-1,       2026-01-03 14:05, fall
    I2,          oak,        P-2,       2026-01-03 14:05, fall
    """
    falls = "fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03 14:05\n"
    with facts_of(tmp_path, incidents=incidents, falls=falls) as facts:
        assert facts.event_series(ELM, Rows("falls"), [JANUARY]).total.numerator == 1
        assert facts.event_series(Scope("oak"), Rows("falls"), [JANUARY]).total.numerator == 1


DISTRESS = """
incident_id, service_id, person_id, occurred_at,      time_precision, kind
I1,          elm,        P-1,       2026-01-02 06:00, minute,         distress
I2,          elm,        P-1,       2026-01-03 10:59, minute,         distress
I3,          elm,        P-1,       2026-01-04 11:00, minute,         distress
I4,          elm,        P-1,       2026-01-06 02:30, minute,         distress
I5,          elm,        P-1,       2026-01-07 09:00, shift,          distress
I6,          elm,        P-1,       2026-01-08,       ,               distress
"""
STAY = "person_id, service_id, start_on\nP-1, elm, 2025-06-01\n"
WEEK = Period(date(2026, 1, 1), date(2026, 1, 10))


def marked(facts: Warehouse, window: ClockWindow | None) -> list[int]:
    (person,) = facts.day_marks(ELM, Rows("incidents", {"kind": ("distress",)}), window, None, WEEK)
    return [day + 1 for day, happened in enumerate(person.days) if happened]


def test_mornings_end_at_eleven_and_coarse_times_cannot_be_placed(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAY, incidents=DISTRESS) as facts:
        assert marked(facts, ClockWindow(time(6), time(11))) == [2, 3]


def test_the_night_belongs_to_the_day_it_began(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAY, incidents=DISTRESS) as facts:
        assert marked(facts, ClockWindow(time(11), time(6))) == [4, 5]


def test_only_watched_mornings_count_where_watching_was_written_down(tmp_path: Path) -> None:
    checks = """
    check_id, measure,         service_id, person_id, element, done_at,    result
    K1,       window_observed, elm,        P-1,       morning, 2026-01-02, met
    K2,       window_observed, elm,        P-1,       morning, 2026-01-03, not_met
    K3,       window_observed, elm,        P-1,       morning, 2026-01-04, met
    """
    watched = Rows("checks", {"measure": ("window_observed",), "element": ("morning",), "result": ("met",)})
    with facts_of(tmp_path, services=SERVICES, stays=STAY, incidents=DISTRESS, checks=checks) as facts:
        assert facts.watch_kept(ELM, watched)
        (person,) = facts.day_marks(
            ELM, Rows("incidents", {"kind": ("distress",)}), ClockWindow(time(6), time(11)), watched, WEEK
        )
        assert (person.tally, person.present) == (Tally(1, 2), 10)


def test_on_time_is_done_by_due_out_of_due_and_past(tmp_path: Path) -> None:
    checks = """
    check_id, measure,        service_id, person_id, due_on,     done_at,    result
    K1,       trigger_review, elm,        P-1,       2026-01-05, 2026-01-05, met
    K2,       trigger_review, elm,        P-1,       2026-01-06, 2026-01-07, met
    K3,       trigger_review, elm,        P-1,       2026-01-07, ,           not_met
    K4,       trigger_review, elm,        P-1,       2026-01-08, 2026-01-08, partly
    K5,       trigger_review, elm,        P-1,       2026-01-09, 2026-01-09, not_applicable
    K6,       trigger_review, elm,        P-1,       2026-09-09, ,           not_met
    K7,       trigger_review, elm,        P-1,       ,           2026-01-30, met
    """
    counts = Rows("checks", {"measure": ("trigger_review",), "result": ("met",)})
    over = Rows("checks", {"measure": ("trigger_review",), "result": ("met", "partly", "not_met")})
    with facts_of(tmp_path, services=SERVICES, checks=checks) as facts:
        series = facts.share_series(ELM, counts, over, "on_time", [Period(date(2026, 1, 1), date(2026, 12, 31))])
        assert series.total == Tally(1, 4)


def test_people_are_counted_once_however_often_they_answered(tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on\nP-1, elm, 2025-06-01\nP-2, elm, 2025-06-01\n"
    feedback = """
    feedback_id, service_id, person_id, given_on,   rater,  instrument,     domain, score, answer
    1,           elm,        P-1,       2026-01-03, self,   person_checkin, mood,   4,     score
    2,           elm,        P-1,       2026-01-04, self,   person_checkin, heard,  ,      dont_know
    3,           elm,        P-2,       2026-01-04, family, person_checkin, mood,   4,     score
    """
    rows = Rows("feedback", {"rater": ("self",), "answer": ("score", "dont_know")})
    with facts_of(tmp_path, services=SERVICES, stays=stays, feedback=feedback) as facts:
        assert facts.share_series(ELM, rows, rows, "people", [JANUARY]).total == Tally(1, 2)


def test_joined_columns_are_seen_on_every_row(tmp_path: Path) -> None:
    people = "person_id, stage\nP-1, later\n"
    with facts_of(tmp_path, services=SERVICES, stays=STAY, people=people, incidents=DISTRESS) as facts:
        later = Rows("incidents", {"person.stage": ("later",), "service.setting": ("residential",)})
        early = Rows("incidents", {"person.stage": ("early",)})
        assert facts.event_series(ELM, later, [JANUARY]).total.numerator == 6
        assert facts.event_series(ELM, early, [JANUARY]).total.numerator == 0


def test_whose_views_shaped_a_matter(tmp_path: Path) -> None:
    views = """
    view_id, person_id, service_id, decision_id, element, voice,  given_on,   how_sought, stance,   own_entry
    1,       P-1,       elm,        ,            Tea,     person, 2026-01-03, pictures,   agree,    yes
    2,       P-1,       elm,        ,            tea,     family, 2026-01-03, talk,       disagree, yes
    3,       P-1,       elm,        ,            Bath,    family, 2026-01-04, talk,       agree,    yes
    4,       P-1,       elm,        ,            Bath,    person, 2026-01-04, not_asked,  unknown,  yes
    """
    with facts_of(tmp_path, services=SERVICES, views=views) as facts:

        def of(**where: str) -> int:
            rows = Rows("matters", {column: (word,) for column, word in where.items()})
            return facts.share_series(ELM, rows, Rows("matters"), "rows", [JANUARY]).total.numerator

        everything = facts.share_series(ELM, Rows("matters"), Rows("matters"), "rows", [JANUARY]).total
        assert everything == Tally(2, 2)
        assert (of(person_heard="yes"), of(family_only="yes"), of(kept_apart="yes")) == (1, 1, 1)
        assert of(person_family="differ") == 1


def test_a_service_that_stopped_recording_is_not_taken_as_calm(tmp_path: Path) -> None:
    rows = [f"E{n}, P-1, elm, 2026-0{month}-15 14:05" for n, month in enumerate(range(1, 7))]
    rows += ["O1, P-2, oak, 2026-01-15 14:05", "O2, P-2, oak, 2026-02-15 14:05"]
    falls = "fall_id, person_id, service_id, occurred_at\n" + "\n".join(rows)
    with facts_of(tmp_path, falls=falls) as facts:
        assert facts.span("falls", "elm") == Period(date(2026, 1, 15), date(2026, 6, 15))
        assert facts.span("falls", "oak") == Period(date(2026, 1, 15), date(2026, 2, 15))


def test_a_missing_database_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="outcomes ingest"), open_facts(tmp_path / "none"):
        pass


def test_a_damaged_database_says_so_without_a_path(tmp_path: Path) -> None:
    """Case 45: to whoever opens it."""
    (tmp_path / "db").write_bytes(b"not a database at all" * 500)
    with pytest.raises(DatabaseUnavailable) as error, open_facts(tmp_path / "db"):
        pass
    assert str(tmp_path) not in str(error.value)


# Against counting day by day -------------------------------------------------------------------------

START = date(2026, 1, 1)
stay = st.tuples(st.integers(0, 3), st.integers(0, 90), st.one_of(st.none(), st.integers(0, 60)))
away = st.tuples(st.integers(0, 3), st.integers(0, 90), st.integers(0, 20))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(stay, min_size=1, max_size=8, unique_by=lambda s: (s[0], s[1])), st.lists(away, max_size=4))
def test_exposure_is_what_counting_day_by_day_gives(
    stays: list[tuple[int, int, int | None]], aways: list[tuple[int, int, int]]
) -> None:
    def day(offset: int) -> date:
        return START + timedelta(days=offset)

    here: set[tuple[int, date]] = set()
    for person, first, length in stays:
        last = 200 if length is None else first + length
        here |= {(person, day(offset)) for offset in range(first, last)}
    for person, first, length in aways:
        here -= {(person, day(offset)) for offset in range(first, first + length + 1)}
    drawn_stays = "person_id, service_id, start_on, end_on\n" + "\n".join(
        f"P{person}, elm, {day(first)}, {'' if length is None else day(first + length)}"
        for person, first, length in stays
    )
    drawn_aways = "context_id, service_id, from_on, kind, person_id, until_on\n" + "\n".join(
        f"C{n}, elm, {day(first)}, hospital, P{person}, {day(first + length)}"
        for n, (person, first, length) in enumerate(aways)
    )
    with tempfile.TemporaryDirectory() as folder:
        database = Path(folder) / "db"
        exports = write(Path(folder) / "x", services=SERVICES, stays=drawn_stays, context=drawn_aways)
        load(exports, database, as_of=date(2026, 12, 31))
        with open_facts(database) as facts:
            months = Period(START, day(150)).months()
            found, _ = facts.exposure(ELM, months)
    assert list(found) == list(_counted(here, months))


def _counted(here: set[tuple[int, date]], months: tuple[Period, ...]) -> Iterator[float]:
    for month in months:
        yield float(sum(1 for _, day in here if month.first <= day <= month.last))


def test_a_database_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    import duckdb

    load(write(tmp_path / "x", services=SERVICES), tmp_path / "db")
    with duckdb.connect(str(tmp_path / "db")) as con:
        con.execute("UPDATE store.meta SET value = '99' WHERE key = 'schema_version'")
    with pytest.raises(DatabaseUnavailable, match="another version"), open_facts(tmp_path / "db"):
        pass


def test_the_database_is_for_this_user_alone(tmp_path: Path) -> None:
    import os

    if os.name != "posix":
        pytest.skip("file modes are a POSIX matter")
    load(write(tmp_path / "x", services=SERVICES), tmp_path / "db")
    assert (tmp_path / "db").stat().st_mode & 0o077 == 0


def test_the_reading_connection_can_do_nothing_else(tmp_path: Path) -> None:
    import duckdb

    from data.schema import open_for_reading

    load(write(tmp_path / "x", services=SERVICES), tmp_path / "db")
    with open_for_reading(tmp_path / "db") as con:
        for forbidden in (
            "CREATE TABLE t (x INTEGER)",
            "INSERT INTO store.meta VALUES ('a', 'b')",
            f"COPY services TO '{tmp_path / 'out.csv'}'",
            f"SELECT * FROM read_csv('{tmp_path / 'x' / 'services.csv'}')",
        ):
            with pytest.raises(duckdb.Error):
                con.execute(forbidden)


@pytest.mark.parametrize("where", [{}, {"kind": ("distress",)}, {"kind": ("Fall", "distress")}, {"kind": ("skin",)}])
@pytest.mark.parametrize("person", [None, "somebody"])
def test_days_counted_by_word_are_the_days_counted_one_by_one(
    tmp_path: Path, where: dict[str, tuple[str, ...]], person: str | None
) -> None:
    incidents = "incident_id, service_id, person_id, occurred_at, kind\n" + "\n".join(
        f"I{n}, elm, P-{n % 3}, 2026-01-{n % 28 + 1:02d} 08:0{n % 10}, {('distress', 'fall', 'injury')[n % 3]}"
        for n in range(60)
    )
    stays = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2025-01-01" for n in range(3))
    with facts_of(tmp_path, services=SERVICES, incidents=incidents, stays=stays) as facts:
        who = sorted(facts.people_known("elm"))[0] if person else None
        scope, rows = Scope("elm", who), Rows("incidents", where)
        days = tuple(Period(day, day) for day in JANUARY.each_day())
        assert facts.day_counts(scope, rows, JANUARY).series(days) == facts.event_series(scope, rows, days)
