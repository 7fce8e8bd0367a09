"""The sample: what it promises the people who demonstrate with it and those who score verdicts against it."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.random import SeedSequence, default_rng

from data.contract import TABLES
from data.instruments import DOMAIN_RANGES, TOTAL_RANGES
from data.make_sample import SampleSummary, write_sample
from data.sampling.days import DAYS, FIRST_DAY, LAST_DAY, number_of, working_days_after
from data.sampling.homes import TWELVE, homes
from data.sampling.personal_plans import after_bad_spell
from data.sampling.rhythm import LIKENESS, runs_of_days, window_of
from data.sampling.scores import expected_score
from data.sampling.service import export_service

COMMITTED = Path(__file__).parents[2] / "data" / "sample"
EIGHT_MEGABYTES = 8_000_000

NEVER_SAID = re.compile(
    r"sufferer|suffers|demented|senile|victim|burden|challenging|aggressive|wander|non-complian|refus|resistive"
    r"|feeder|toileting|bed.?blocker|placement|service user|\bBAME\b|sundown|the elderly",
    re.IGNORECASE,
)

Rows = list[dict[str, str]]


@pytest.fixture(scope="module")
def summary(tmp_path_factory: pytest.TempPathFactory) -> SampleSummary:
    return write_sample(tmp_path_factory.mktemp("sample"))


@pytest.fixture(scope="module")
def tables(summary: SampleSummary) -> dict[str, Rows]:
    read = {}
    for table in TABLES:
        with (summary.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            read[table] = list(csv.DictReader(file))
    return read


@pytest.fixture(scope="module")
def truth(summary: SampleSummary) -> dict[str, Any]:
    loaded: dict[str, Any] = json.loads((summary.folder / "truth.json").read_text(encoding="utf-8"))
    return loaded


@pytest.fixture(scope="module")
def nights(tables: dict[str, Rows]) -> dict[tuple[str, str], set[str]]:
    """The nights each person slept in each service."""
    there: dict[tuple[str, str], set[str]] = {}
    for stay in tables["stays"]:
        first = max(date.fromisoformat(stay["start_on"]), FIRST_DAY)
        last = date.fromisoformat(stay["end_on"]) - timedelta(days=1) if stay["end_on"] else LAST_DAY
        there.setdefault((stay["service_id"], stay["person_id"]), set()).update(_days(first, min(last, LAST_DAY)))
    for row in tables["context"]:
        if row["kind"] == "hospital":
            gone = _days(date.fromisoformat(row["from_on"]), date.fromisoformat(row["until_on"]))
            there[(row["service_id"], row["person_id"])].difference_update(gone)
    return there


def _days(first: date, last: date) -> list[str]:
    return [(first + timedelta(days=day)).isoformat() for day in range((last - first).days + 1)]


def _of_class(truth: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [entry for entry in truth["interventions"] if entry["class"] == kind]


def _effect(entry: dict[str, Any], outcome: str) -> dict[str, Any]:
    found: dict[str, Any] = next(effect for effect in entry["effects"] if effect["outcome"] == outcome)
    return found


class TestTheFiles:
    def test_the_committed_sample_is_what_the_generator_writes(self, summary: SampleSummary) -> None:
        written = {path.name: path.read_bytes().replace(b"\r\n", b"\n") for path in summary.files}
        committed = {path.name: path.read_bytes().replace(b"\r\n", b"\n") for path in COMMITTED.iterdir()}
        assert sorted(committed) == sorted(written)
        assert [name for name in written if committed[name] != written[name]] == []

    def test_the_sample_stays_small(self, summary: SampleSummary) -> None:
        assert sum(path.stat().st_size for path in summary.files) <= EIGHT_MEGABYTES

    def test_a_service_is_the_same_whatever_the_scale(self) -> None:
        in_twelve, in_thirty_six = homes(12)[11], homes(36)[11]
        small = export_service(in_twelve, SeedSequence(7).spawn(12)[11])
        large = export_service(in_thirty_six, SeedSequence(7).spawn(36)[11])
        assert in_twelve == in_thirty_six
        assert (small.tables, small.interventions) == (large.tables, large.interventions)

    def test_another_seed_gives_another_sample(self) -> None:
        home = homes(12)[11]
        assert export_service(home, SeedSequence(1)).tables != export_service(home, SeedSequence(2)).tables

    def test_every_service_of_a_large_sample_has_its_own_name(self) -> None:
        made = homes(1200)
        assert len({home.service_id for home in made}) == len({home.label for home in made}) == 1200

    def test_a_sample_of_nothing_is_refused(self, tmp_path: Path) -> None:
        with pytest.raises(ValueError, match="scale of at least 1"):
            write_sample(tmp_path, scale=0)

    def test_the_summary_counts_what_was_written(self, summary: SampleSummary, tables: dict[str, Rows]) -> None:
        assert dict(summary.rows) == {table: len(rows) for table, rows in tables.items()}
        assert summary.services == len(tables["services"]) == 12
        assert summary.interventions == len(tables["interventions"])


class TestTheContract:
    @pytest.mark.parametrize("table", list(TABLES))
    def test_columns_stand_in_the_order_of_the_contract(self, summary: SampleSummary, table: str) -> None:
        with (summary.folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
            heading = next(csv.reader(file))
        assert heading == [name for name, column in TABLES[table].columns.items() if not column.free_text]

    @pytest.mark.parametrize("table", list(TABLES))
    def test_every_cell_is_one_the_contract_allows(self, tables: dict[str, Rows], table: str) -> None:
        faults: Counter[str] = Counter()
        for row in tables[table]:
            for name, value in row.items():
                column = TABLES[table].columns[name]
                allowed = set(column.codes) if column.type in ("code", "yn", "codes") else None
                if column.required and not value:
                    faults[f"{name} is empty"] += 1
                if value and allowed is not None and not set(value.split(";")) <= allowed:
                    faults[f"{name} {value}"] += 1
                if value and column.low is not None and column.high is not None:
                    faults[f"{name} {value}"] += not column.low <= float(value) <= column.high
        assert not +faults

    @pytest.mark.parametrize("table", [name for name, table in TABLES.items() if table.own_key])
    def test_no_id_stands_twice(self, tables: dict[str, Rows], table: str) -> None:
        key = TABLES[table].own_key
        assert key is not None
        ids = [row[key] for row in tables[table]]
        assert len(ids) == len(set(ids)) > 0

    def test_references_lead_somewhere(self, tables: dict[str, Rows]) -> None:
        plans = {row["intervention_id"] for row in tables["interventions"]}
        decisions = {row["decision_id"] for row in tables["decisions"]} | {""}
        services = {row["service_id"] for row in tables["services"]}
        assert {row["intervention_id"] for row in tables["declarations"]} <= plans
        for table in ("views", "decisions", "checks", "feedback"):
            assert {row["intervention_id"] for row in tables[table]} <= plans | {""}
        assert {row["based_on"] for row in tables["interventions"]} <= plans | {""}
        assert {row["decision_id"] for row in tables["views"]} <= decisions
        assert all(
            {row["service_id"] for row in rows} <= services for rows in tables.values() if "service_id" in rows[0]
        )

    def test_scores_lie_in_the_range_of_their_instrument(self, tables: dict[str, Rows]) -> None:
        for row in tables["feedback"]:
            ranges = TOTAL_RANGES if row["domain"] == "total" else DOMAIN_RANGES
            low, high = ranges[row["instrument"]]
            assert (row["score"] == "") == (row["answer"] in ("dont_know", "rather_not", "not_able"))
            assert row["score"] == "" or low <= float(row["score"]) <= high

    def test_a_check_without_a_promise_has_a_day(self, tables: dict[str, Rows]) -> None:
        assert all(row["done_at"] or row["due_on"] for row in tables["checks"])

    def test_only_words_of_respect(self, summary: SampleSummary) -> None:
        for path in summary.files:
            assert NEVER_SAID.findall(path.read_text(encoding="utf-8")) == [], path.name


class TestTheRecord:
    def test_nothing_happens_to_people_who_are_not_there(
        self, tables: dict[str, Rows], nights: dict[tuple[str, str], set[str]]
    ) -> None:
        with_stays = {service for service, _ in nights}
        for row in tables["incidents"] + tables["falls"]:
            if row["person_id"] and row["service_id"] in with_stays:
                assert row["occurred_at"][:10] in nights[(row["service_id"], row["person_id"])]

    def test_nothing_is_written_down_before_it_happened(self, tables: dict[str, Rows]) -> None:
        for row in tables["incidents"] + tables["falls"]:
            assert row["occurred_at"] <= row["recorded_at"] <= f"{LAST_DAY} 23:59"

    def test_no_two_rows_would_be_taken_for_one(self, tables: dict[str, Rows]) -> None:
        minutes = Counter(
            (row["person_id"], row["kind"], row["occurred_at"])
            for row in tables["incidents"]
            if row["time_precision"] == "minute" and row["person_id"]
        )
        assert max(minutes.values()) == 1

    def test_times_are_written_as_staff_write_them(self, tables: dict[str, Rows]) -> None:
        rows = tables["incidents"]
        minute = [row for row in rows if row["time_precision"] == "minute"]
        assert sum(row["occurred_at"].endswith(":00") for row in minute) / len(minute) == pytest.approx(0.55, abs=0.02)
        assert 1 - len(minute) / len(rows) == pytest.approx(0.07, abs=0.01)

    def test_rates_lie_where_homes_report_them(
        self, tables: dict[str, Rows], nights: dict[tuple[str, str], set[str]]
    ) -> None:
        sleeping = {row["service_id"] for row in tables["services"] if row["setting"] in ("residential", "nursing")}
        sleeping -= {"rowan-view", "poplar-house"}
        bed_days = sum(len(days) for (service, _), days in nights.items() if service in sleeping)
        distress = sum(row["kind"] == "distress" and row["service_id"] in sleeping for row in tables["incidents"])
        fallen = sum(row["service_id"] in sleeping for row in tables["falls"])
        assert 45 < 1000 * distress / bed_days < 75
        assert 5 < 1000 * fallen / bed_days < 9

    def test_old_totals_end_where_the_events_begin(self, tables: dict[str, Rows]) -> None:
        ends = max(row["period_to"] for row in tables["totals"])
        service = tables["totals"][0]["service_id"]
        events = [row["occurred_at"] for row in tables["incidents"] + tables["falls"] if row["service_id"] == service]
        assert min(events) > ends

    def test_three_services_send_little(self, tables: dict[str, Rows]) -> None:
        sends = {
            home.service_id: {name for name, rows in tables.items() if any(
                row.get("service_id") == home.service_id for row in rows)} for home in homes(12)
        }  # fmt: skip
        starting = {"services", "stays", "incidents", "falls", "interventions"}
        assert sends["maple-gardens"] == sends["hazel-homecare"] == starting
        assert sends["poplar-house"] == {"services", "falls", "interventions"}


class TestTheTruth:
    def test_four_in_ten_work_and_nearly_half_do_nothing(self, truth: dict[str, Any]) -> None:
        classes = Counter(entry["class"] for entry in truth["interventions"])
        assert classes == {"works": 26, "null": 27, "worse": 5, "unsafe": 4}
        after = sum(entry["began_after_incidents"] for entry in _of_class(truth, "null"))
        assert after == 13

    def test_every_intervention_is_in_the_truth(self, truth: dict[str, Any], tables: dict[str, Rows]) -> None:
        listed = [entry["intervention_id"] for entry in truth["interventions"]]
        assert listed == [row["intervention_id"] for row in tables["interventions"]]

    def test_what_does_nothing_has_no_effect(self, truth: dict[str, Any]) -> None:
        for entry in _of_class(truth, "null"):
            for effect in entry["effects"]:
                assert effect["true"] == pytest.approx(1.0 if effect["scale"] == "ratio" else 0.0)

    def test_what_works_on_mornings_takes_ten_to_thirty_five_points(self, truth: dict[str, Any]) -> None:
        mornings = [
            _effect(entry, "D1")["true"] for entry in _of_class(truth, "works") if entry["main_outcome"] == "D1"
        ]
        assert len(mornings) >= 10
        assert all(-36 < effect < -9 for effect in mornings)

    def test_unsafe_plans_lower_distress_and_raise_calming_medicine_or_falls(self, truth: dict[str, Any]) -> None:
        unsafe = _of_class(truth, "unsafe")
        sedating = [entry for entry in unsafe if entry["main_outcome"] in ("D1", "D2")]
        falling = [entry for entry in unsafe if entry["main_outcome"] == "F1"]
        assert len(sedating) == 3
        assert all(_effect(entry, "D5")["true"] >= 2.5 for entry in sedating)
        assert [_effect(entry, "F1")["true"] for entry in falling] == [pytest.approx(1.6)]

    def test_recording_surges_raise_falls_and_not_harm(self, truth: dict[str, Any], tables: dict[str, Rows]) -> None:
        surges = [entry for entry in truth["services"] if "recording_surge" in entry["planted"]]
        trained = {
            row["service_id"]: row["from_on"] for row in tables["context"] if row["kind"] == "reporting_training"
        }
        assert sorted(trained) == sorted(entry["service_id"] for entry in surges)
        for entry in truth["interventions"]:
            if entry["service_id"] in trained and entry["main_outcome"] == "F1" and entry["level"] == "service":
                start = date.fromisoformat(entry["before"][1]) + timedelta(days=1)
                assert abs((start - date.fromisoformat(trained[entry["service_id"]])).days) <= 30
                harm, recorded = (_effect(entry, outcome)["true_before_after"] for outcome in ("F2", "F1"))
                assert 1.2 < recorded / harm < 1.4

    def test_the_other_planted_things_are_there(self, truth: dict[str, Any], tables: dict[str, Rows]) -> None:
        planted = Counter(thing for entry in truth["services"] for thing in entry["planted"])
        assert planted["recording_surge"] == planted["starting_tables_only"] == 2
        once = ("new_recording_system", "outbreak", "equity_gap", "one_main_recorder", "capacity_finding", "no_stays")
        assert all(planted[thing] == 1 for thing in once)
        kinds = Counter(row["kind"] for row in tables["context"])
        assert kinds["new_recording_system"] == kinds["outbreak"] == kinds["capacity_finding"] == 1

    def test_one_person_writes_most_views_of_one_home(self, tables: dict[str, Rows]) -> None:
        shares = {}
        for service in {row["service_id"] for row in tables["views"]}:
            by = Counter(row["recorded_by"] for row in tables["views"] if row["service_id"] == service)
            shares[service] = max(by.values()) / by.total()
        assert shares.pop("ash-court") == pytest.approx(0.8, abs=0.06)
        assert max(shares.values()) < 0.4

    def test_people_of_minority_groups_are_heard_less_in_one_home(self, tables: dict[str, Rows]) -> None:
        group = {row["person_id"]: row["ethnicity_group"] for row in tables["people"]}
        matters: dict[tuple[str, str], bool] = {}
        for row in tables["views"]:
            if row["service_id"] == "willow-bank":
                heard = row["voice"] == "person" and row["how_sought"] not in ("not_asked", "not_recorded")
                matter = (row["person_id"], row["element"])
                matters[matter] = matters.get(matter, False) or heard
        white = [heard for (person, _), heard in matters.items() if group[person] == "white"]
        others = [heard for (person, _), heard in matters.items() if group[person] in ("asian", "black", "mixed")]
        assert np.mean(others) < np.mean(white) - 0.15

    def test_choice_shrinks_after_the_finding_about_capacity(
        self, truth: dict[str, Any], tables: dict[str, Rows]
    ) -> None:
        finding = next(row for row in tables["context"] if row["kind"] == "capacity_finding")
        led = {True: [], False: []}  # type: dict[bool, list[bool]]
        for row in tables["checks"]:
            if row["measure"] == "everyday_choice" and row["person_id"] == finding["person_id"]:
                led[row["done_at"] >= finding["from_on"]].append(row["result"] == "met")
        assert np.mean(led[True]) < np.mean(led[False]) - 0.15

    def test_plans_begun_after_incidents_began_after_a_bad_spell(
        self, truth: dict[str, Any], tables: dict[str, Rows]
    ) -> None:
        bad = {(row["person_id"], row["occurred_at"][:10]) for row in tables["incidents"]
               if row["kind"] == "distress" and "06:00" <= row["occurred_at"][11:] < "11:00"}  # fmt: skip
        plans = {row["intervention_id"]: row for row in tables["interventions"]}
        excess = []
        for entry in _of_class(truth, "null"):
            plan = plans[entry["intervention_id"]]
            if plan["reason"] == "after_incidents":
                start = date.fromisoformat(plan["start_on"])
                recent, earlier = (
                    np.mean([(plan["person_id"], day) in bad for day in _days(first, last)])
                    for first, last in (
                        (start - timedelta(days=28), start - timedelta(days=1)),
                        (start - timedelta(days=70), start - timedelta(days=29)),
                    )
                )
                excess.append(recent - earlier)
        assert len(excess) == 13
        assert np.mean(excess) > 0.1


class TestTheSituations:
    def test_families_are_asked_when_a_concern_is_raised_and_again_when_it_is_closed(
        self, tables: dict[str, Rows]
    ) -> None:
        moments: dict[tuple[str, str], list[str]] = {}
        for row in tables["feedback"]:
            if row["case_id"]:
                assert (row["rater"], row["domain"]) == ("family_about_self", "understands")
                moments.setdefault((row["case_id"], row["rater_key"]), []).append(row["moment"])
        assert sum(found == ["concern", "close"] for found in moments.values()) >= 25
        assert all(found in (["concern", "close"], ["concern"]) for found in moments.values())

    def test_cases_close_better_understood_where_families_are_told_early(self, tables: dict[str, Rows]) -> None:
        start = next(row["start_on"] for row in tables["interventions"] if row["kind"] == "safeguarding")
        scores: dict[bool, dict[tuple[str, str], dict[str, int]]] = {True: {}, False: {}}
        for row in tables["feedback"]:
            if row["case_id"] and row["score"]:
                told = row["service_id"] == "oak-lodge" and row["given_on"] >= start
                pair = scores[told].setdefault((row["case_id"], row["rater_key"]), {})
                pair[row["moment"]] = int(row["score"])
        rises = {
            told: [pair["close"] - pair["concern"] for pair in pairs.values() if len(pair) == 2]
            for told, pairs in scores.items()
        }
        assert len(rises[True]) >= 5
        assert np.mean(rises[True]) > np.mean(rises[False]) + 0.3

    def test_notes_that_it_does_not_feel_so_stand_by_their_plan(self, tables: dict[str, Rows]) -> None:
        plans = {row["intervention_id"]: row for row in tables["interventions"]}
        notes = [row for row in tables["feedback"] if row["domain"] == "not_how_it_feels"]
        assert [(row["rater"], row["score"], row["answer"]) for row in notes] == [
            ("self", "2", ""), ("family_about_self", "", "rather_not"),
        ]  # fmt: skip
        for row in notes:
            plan = plans[row["intervention_id"]]
            assert row["person_id"] == plan["person_id"]
            assert row["given_on"] > plan["start_on"]

    def test_what_is_due_by_the_start_of_a_plan_is_there_for_every_plan(self, tables: dict[str, Rows]) -> None:
        starts = {row["intervention_id"]: row["start_on"] for row in tables["interventions"]}
        sends_checks = {row["service_id"] for row in tables["checks"]}
        due = Counter(
            (row["intervention_id"], row["measure"])
            for row in tables["checks"]
            if row["intervention_id"] and row["due_on"] == starts[row["intervention_id"]]
        )
        for row in tables["interventions"]:
            if row["service_id"] in sends_checks:
                assert due[row["intervention_id"], "boundary_set"] == 4
                assert due[row["intervention_id"], "change_explained"] == 1

    def test_health_checks_come_in_time_for_some_groups_less_often(self, tables: dict[str, Rows]) -> None:
        group = {row["person_id"]: row["ethnicity_group"] for row in tables["people"]}
        in_time: dict[str, list[bool]] = {}
        for row in tables["checks"]:
            if row["measure"] == "health_check" and row["service_id"] == "willow-bank":
                done = bool(row["done_at"]) and row["done_at"][:10] <= row["due_on"] and row["result"] == "met"
                in_time.setdefault(group[row["person_id"]], []).append(done)
        assert {name for name, found in in_time.items() if len(found) >= 10} >= {"white", "asian", "black", "mixed"}
        assert np.mean(in_time["white"]) > np.mean(in_time["asian"] + in_time["black"]) + 0.1

    def test_no_decision_has_the_number_of_another(self, tables: dict[str, Rows]) -> None:
        ids = [row["decision_id"] for row in tables["decisions"]]
        assert len(ids) == len(set(ids))


class TestTheDice:
    def test_bad_days_come_in_runs_of_the_declared_likeness(self) -> None:
        chance = np.full((400, DAYS), 0.4)
        bad = runs_of_days(chance, default_rng(1).random(chance.shape))
        alike = np.corrcoef(bad[:, 1:].ravel(), bad[:, :-1].ravel())[0, 1]
        assert bad.mean() == pytest.approx(0.4, abs=0.005)
        assert alike == pytest.approx(LIKENESS, abs=0.01)

    def test_runs_keep_the_chance_of_every_day_when_it_changes(self) -> None:
        chance = np.tile(np.where(np.arange(60) < 30, 0.6, 0.2), (40_000, 1))
        bad = runs_of_days(chance, default_rng(2).random(chance.shape))
        assert bad.mean(axis=0) == pytest.approx(chance[0], abs=0.012)

    def test_a_plan_after_a_bad_spell_starts_right_after_it(self) -> None:
        mornings = np.zeros(400, dtype=bool)
        mornings[200:220] = True
        start = after_bad_spell(mornings, np.full(400, 0.3), np.arange(60, 380), default_rng(3))
        assert 212 <= start <= 234

    @pytest.mark.parametrize(
        ("clock", "window"), [(359, 3), (360, 0), (659, 0), (660, 1), (1020, 2), (1320, 3), (0, 3)]
    )
    def test_windows_of_the_day(self, clock: int, window: int) -> None:
        assert window_of(np.array([clock])).tolist() == [window]

    def test_working_days_leave_out_the_weekend(self) -> None:
        friday = number_of(date(2025, 3, 7))
        assert working_days_after(friday, 3) == number_of(date(2025, 3, 12))

    def test_the_expected_score_of_a_middling_card_is_the_middle(self) -> None:
        assert expected_score(3.0, 0.9) == pytest.approx(3.0)
        assert 1 < expected_score(-5.0, 0.9) + 1e-9 < 1.001

    def test_twelve_services_of_the_settings_and_nations_promised(self) -> None:
        assert Counter(home.setting for home in TWELVE) == {
            "residential": 6, "nursing": 3, "homecare": 2, "supported_living": 1
        }  # fmt: skip
        assert Counter(home.nation for home in TWELVE) == {"EN": 9, "WA": 1, "SC": 1, "NI": 1}
