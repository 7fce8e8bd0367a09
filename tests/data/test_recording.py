"""What is written down on a page: the same checks, versions and ledger as any export."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from data import values
from data.contract import TABLES
from data.exporting import contract_csv, export_recorded, write_recorded
from data.ingest import ingest
from data.model import Period
from data.pseudonyms import pseudonym
from data.recording import NEW, record
from data.reports import IngestReport
from data.warehouse import open_facts
from tests.support.exports import KEY, SERVICES, TODAY, load, write

CODE = f"code:{pseudonym(KEY, 'person', 'P-1')}"
CHANGE = {
    "service_id": "elm", "person_id": CODE, "title": "Tea before washing", "kind": "routine",
    "start_on": "2026-03-02", "settling_days": "14", "reason": "planned", "ladder_level": "2",
    "designed_with": "person;family",
}  # fmt: skip
PROMISE = {
    "intervention_id": NEW, "outcome": "D1", "question": "change", "size": "15", "role": "main",
    "declared_on": "2026-02-24", "declared_with": "person;family",
}  # fmt: skip
REVIEW = {
    "measure": "review", "element": "evaluation", "service_id": "elm", "person_id": CODE, "intervention_id": NEW,
    "due_on": "2026-09-01", "result": "not_met",
}  # fmt: skip
HAPPENING = {"service_id": "elm", "from_on": "2026-03-20", "kind": "manager_change", "label": "New manager"}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A home with one stay in it."""
    exports = write(
        tmp_path / "exports",
        services=SERVICES,
        stays="person_id, service_id, start_on\nP-1, elm, 2025-01-01",
        checks="check_id, measure, service_id, done_at, result\nK1, training, elm, 2026-04-30, met",
    )
    load(exports, tmp_path / "home.duckdb")
    return tmp_path / "home.duckdb"


def written(database: Path, **rows: list[dict[str, str]]) -> IngestReport:
    report = record(database, rows, as_of=TODAY, key=KEY)
    assert not report.needs_attention, [file.problems for file in report.files]
    return report


def test_a_change_and_what_was_agreed_are_written_down_together(home: Path) -> None:
    report = written(home, interventions=[CHANGE], declarations=[PROMISE], checks=[REVIEW])
    assert report.load_id == 2
    with open_facts(home) as facts:
        (change,) = facts.interventions()
        (promise,) = facts.declarations()
        (review,) = facts.recorded_rows("checks")
    assert change.intervention_id == "change-2026-001"
    assert change.person_id == pseudonym(KEY, "person", "P-1")
    assert change.designed_with == ("person", "family")
    assert promise.intervention_id == "change-2026-001"
    assert review.cells["check_id"] == "recorded-check-2026-001"
    assert review.cells["intervention_id"] == "change-2026-001"
    assert review.cells["person_id"] == CODE


def test_references_go_on_from_the_last_one(home: Path) -> None:
    written(home, interventions=[CHANGE])
    written(home, interventions=[CHANGE | {"title": "Another"}, CHANGE | {"title": "A third"}])
    with open_facts(home) as facts:
        assert [each.intervention_id for each in facts.interventions()] == [
            "change-2026-001", "change-2026-002", "change-2026-003",
        ]  # fmt: skip


def test_an_edit_is_a_new_version_and_the_old_title_can_come_back(home: Path) -> None:
    written(home, interventions=[CHANGE])
    again = CHANGE | {"intervention_id": "change-2026-001"}
    for title in ("Tea first", "Tea before washing"):
        report = written(home, interventions=[again | {"title": title}])
        assert report.total("superseded") == 1
        with open_facts(home) as facts:
            (change,) = facts.interventions()
        assert change.title == title


def test_a_reference_from_the_home_becomes_a_code_and_is_kept_nowhere(home: Path) -> None:
    written(home, interventions=[CHANGE | {"person_id": "P-1"}])
    with open_facts(home) as facts:
        assert facts.interventions()[0].person_id == pseudonym(KEY, "person", "P-1")
        assert facts.people_known("elm") == (pseudonym(KEY, "person", "P-1"),)
    assert b"P-1" not in home.read_bytes()


def test_nothing_is_written_when_one_cell_is_refused(home: Path) -> None:
    report = record(
        home, {"interventions": [CHANGE], "declarations": [PROMISE | {"size": "much"}]}, as_of=TODAY, key=KEY
    )
    assert report.load_id is None
    (fault,) = [problem for file in report.files for problem in file.problems]
    assert (fault.column, fault.reason) == ("size", "number_unreadable")
    with open_facts(home) as facts:
        assert facts.interventions() == ()


def test_a_review_written_down_today_does_not_say_that_later_checks_are_known(home: Path) -> None:
    held = REVIEW | {"done_at": "2026-06-20", "due_on": "2026-06-25", "result": "met", "intervention_id": ""}
    written(home, checks=[held])
    with open_facts(home) as facts:
        assert facts.span("checks", "elm") == Period(date(2026, 4, 30), date(2026, 4, 30))


def test_where_no_export_brings_checks_those_written_down_here_are_counted(tmp_path: Path) -> None:
    database = tmp_path / "home.duckdb"
    load(write(tmp_path / "exports", services=SERVICES), database)
    held = REVIEW | {"done_at": "2026-06-20", "due_on": "2026-06-25", "result": "met", "intervention_id": ""}
    written(database, checks=[held])
    with open_facts(database) as facts:
        assert facts.span("checks", "elm") == Period(date(2026, 6, 20), date(2026, 6, 20))
    later = "check_id, measure, service_id, done_at, result\nK1, training, elm, 2026-04-30, met"
    load(write(tmp_path / "later", checks=later), database)
    with open_facts(database) as facts:
        assert facts.span("checks", "elm") == Period(date(2026, 4, 30), date(2026, 4, 30))


def test_writing_beside_the_sample_leaves_it_a_sample(tmp_path: Path) -> None:
    database = tmp_path / "sample.duckdb"
    load(write(tmp_path / "exports", services=SERVICES), database, sample=True)
    written(database, context=[HAPPENING])
    with open_facts(database) as facts:
        assert facts.is_sample()
        assert facts.recorded_rows("context")[0].cells["context_id"] == "happening-2026-001"


def test_the_first_thing_ever_written_down_makes_the_database(tmp_path: Path) -> None:
    database = tmp_path / "new.duckdb"
    written(database, services=[{"service_id": "elm", "setting": "residential", "label": "Elm House", "beds": "12"}])
    with open_facts(database) as facts:
        (service,) = facts.services()
    assert (service.label, service.beds) == ("Elm House", 12)


# Exporting ------------------------------------------------------------------------------------------


def test_everything_recorded_loads_again_into_the_same_database_without_a_change(home: Path, tmp_path: Path) -> None:
    written(home, interventions=[CHANGE], declarations=[PROMISE], checks=[REVIEW], context=[HAPPENING])
    with open_facts(home) as facts:
        paths = write_recorded(facts, tmp_path / "out")
        before = export_recorded(facts)
    assert [path.name for path in paths] == ["interventions.csv", "declarations.csv", "context.csv", "checks.csv"]
    again = ingest(paths, home, as_of=TODAY, key=KEY)
    assert (again.total("accepted"), again.total("duplicates"), again.total("rejected")) == (0, 4, 0)
    with open_facts(home) as facts:
        assert export_recorded(facts) == before


def test_everything_recorded_loads_into_a_new_database_as_it_was(home: Path, tmp_path: Path) -> None:
    written(home, interventions=[CHANGE], declarations=[PROMISE], checks=[REVIEW], context=[HAPPENING])
    with open_facts(home) as facts:
        paths = write_recorded(facts, tmp_path / "out")
        before = export_recorded(facts)
    ingest(paths, tmp_path / "new.duckdb", as_of=TODAY, key=KEY)
    with open_facts(tmp_path / "new.duckdb") as facts:
        assert export_recorded(facts) == before


def test_the_export_is_what_a_spreadsheet_opens(home: Path) -> None:
    written(home, interventions=[CHANGE])
    with open_facts(home) as facts:
        content = export_recorded(facts)["interventions"]
    assert content.startswith(b"\xef\xbb\xbfintervention_id,service_id,person_id,title,")
    assert content.count(b"\r\n") == 2
    assert re.search(rb"code:[A-Z2-7]{16}", content)


def test_no_cell_of_an_export_runs_in_a_spreadsheet() -> None:
    """Case 34: what was written down here, as files."""
    content = contract_csv(TABLES["interventions"], [CHANGE | {"title": "=cmd()"}]).decode("utf-8-sig")
    assert "'=cmd()" in content


texts = st.text(st.characters(exclude_categories=("Cs", "Cc", "Co", "Cn")), min_size=1, max_size=40).filter(
    lambda text: (
        " ".join(text.split()) == text
        and not values.is_nothing(text)
        and not re.search(r"[@+=＝＋－＠]|^[-']|\d{3}|[A-Za-z]{1,2}\d", text)
    )
)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    title=texts,
    start=st.dates(date(2020, 1, 1), date(2030, 1, 1)),
    days=st.one_of(st.just(""), st.integers(0, 365).map(str)),
    size=st.floats(0.01, 900, allow_nan=False),
    level=st.one_of(st.just(""), st.integers(0, 4).map(str)),
    person=st.sampled_from(["", CODE]),
)
def test_whatever_is_written_down_comes_back_the_same(  # type: ignore[no-untyped-def]
    tmp_path_factory, title, start, days, size, level, person
) -> None:
    folder = tmp_path_factory.mktemp("round")
    change = CHANGE | {
        "title": title, "start_on": start.isoformat(), "settling_days": days, "ladder_level": level, "person_id": person,
    }  # fmt: skip
    written(folder / "one.duckdb", interventions=[change], declarations=[PROMISE | {"size": repr(size)}])
    with open_facts(folder / "one.duckdb") as facts:
        assert facts.interventions()[0].title == title
        assert facts.declarations()[0].size == size
        paths = write_recorded(facts, folder / "out")
        before = export_recorded(facts)
    ingest(paths, folder / "two.duckdb", as_of=TODAY, key=KEY)
    with open_facts(folder / "two.duckdb") as facts:
        assert export_recorded(facts) == before
