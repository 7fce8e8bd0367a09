"""After an erasure nothing of the person is left: not in the file, not beside it, not in the log, not with the next export."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import duckdb
import pytest

from data.erasing import Erased, NoSuchPerson, allow_again, erase
from data.erasing.words import telling, without
from data.ingest import WrongUse
from data.model import Period, Rows, Scope
from data.pseudonyms import pseudonym
from data.recording import write_down
from data.reports import IngestReport
from data.schema import DatabaseUnavailable, open_for_reading
from data.undoing import undo
from data.warehouse import open_facts
from tests.support.exports import KEY, SERVICES, TODAY, load, write

REFERENCE, CODE = "RES-77-OAKE", pseudonym(KEY, "person", "RES-77-OAKE")
OTHER = pseudonym(KEY, "person", "P-2")
TOLD = "zebra finch"
YEAR = Period(date(2026, 1, 1), date(2026, 6, 30))
EXPORTS = {
    "services": SERVICES,
    "people": f"person_id, birth_year, first_language\n{REFERENCE}, 1940, {TOLD}\nP-2, 1938, English\n",
    "stays": f"person_id, service_id, start_on\n{REFERENCE}, elm, 2024-01-01\nP-2, elm, 2024-01-01\n",
    "incidents": "incident_id, service_id, person_id, occurred_at, kind, subkind\n"
    f"E1, elm, {REFERENCE}, 2026-01-03 14:05, other, {TOLD}\nE2, elm, P-2, 2026-01-04 14:05, distress, upset\n"
    f"E3, elm, {REFERENCE}, 31/02/2026, distress, upset\n",
    "falls": f"fall_id, person_id, service_id, occurred_at\nF1, {REFERENCE}, elm, 2026-01-03 14:05\nF2, P-2, elm, 2026-01-04 14:05\n",
    "interventions": "intervention_id, service_id, person_id, title, kind, start_on, based_on\n"
    f"finch-plan, elm, {REFERENCE}, A {TOLD} in the room, music, 2026-02-01,\n"
    f"garden, elm, , Garden with {REFERENCE} and Margery, environment, 2026-03-01, finch-plan\n",
    "declarations": "declaration_id, intervention_id, outcome, question, size, declared_on\n"
    "finch-promise, finch-plan, D1, change, 15, 2026-01-20\nd2, garden, D2, change, 0.8, 2026-02-20\n",
    "feedback": "feedback_id, service_id, person_id, rater_key, given_on, rater, instrument, domain, score, intervention_id, case_id\n"
    f"A1, elm, {REFERENCE}, R-1, 2026-02-03, self, person_checkin, {TOLD}, 3, , case-9\n"
    f"A2, elm, {REFERENCE}, daughter, 2026-02-03, family, family_checkin, control, 4, ,\n"
    "A3, elm, , , 2026-02-03, staff, staff_checkin, finch-question, 4, finch-plan,\n"
    "A4, elm, P-2, R-2, 2026-02-03, self, person_checkin, control, 5, ,\n"
    "A5, elm, , R-1, 2026-02-09, self, person_checkin, finch-later, 3, ,\n",
    "views": "view_id, service_id, person_id, element, voice, given_on, how_sought, stance\n"
    f"V1, elm, {REFERENCE}, {TOLD}, person, 2026-02-03, talk, agree\nV2, elm, P-2, music, person, 2026-02-03, talk, agree\n",
    "checks": "check_id, measure, service_id, person_id, intervention_id, element, done_at, result\n"
    f"C1, review, elm, {REFERENCE}, , {TOLD}, 2026-02-03, met\nC2, review, elm, , finch-plan, finch-check, 2026-02-03, met\n"
    "C3, review, elm, P-2, finch-plan, tea, 2026-02-03, met\n",
    "context": f"context_id, service_id, person_id, from_on, kind, label\nX1, elm, {REFERENCE}, 2026-02-03, other, {TOLD}\n",
}  # fmt: skip
NOWHERE = (REFERENCE, CODE, TOLD, "finch", "Margery", "OAKE", "77OAKE", "31/02/2026")


@pytest.fixture(scope="module")
def made_once(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("made")
    load(write(folder / "exports", **EXPORTS), folder / "db" / "home.duckdb")
    later = EXPORTS["incidents"].replace("14:05, other", "15:05, other")
    load(write(folder / "later", incidents=later), folder / "db" / "home.duckdb")  # an earlier version stays, closed
    return folder


@pytest.fixture
def home(made_once: Path, tmp_path: Path) -> Path:
    shutil.copytree(made_once, tmp_path, dirs_exist_ok=True)
    return tmp_path / "db" / "home.duckdb"


def erased(database: Path, person: str = REFERENCE) -> Erased:
    return erase(database, person, today=TODAY, key=KEY, words=["Margery"])


def everything_in(folder: Path) -> Iterator[bytes]:
    for path in folder.rglob("*"):
        yield path.name.encode()
        if path.is_file():
            yield path.read_bytes()


def nowhere(folder: Path, *also: str) -> None:
    for content in everything_in(folder):
        for word in (*NOWHERE, *also):
            assert word.encode() not in content, word
            assert word.lower().encode() not in content.lower(), word


@pytest.mark.parametrize("person", [REFERENCE, f" {REFERENCE.lower()} ", f"code:{CODE}"])
def test_no_byte_of_the_person_is_left_in_the_folder(home: Path, person: str) -> None:
    """Case 62: reference, code, words, what others said of their plan; in the file, its log, temporary files, the folder."""
    assert any(CODE.encode() in content for content in everything_in(home.parent))
    erase(home, person, today=TODAY, key=KEY, words=["Margery", "RES-77-OAKE"])
    nowhere(home.parent)
    with open_for_reading(home) as con:  # what the engine may have compressed
        for (table,) in con.execute("SELECT table_name FROM duckdb_tables() WHERE schema_name = 'store'").fetchall():
            rows = str(con.execute(f'SELECT * FROM store."{table}"').fetchall())
            assert not [word for word in NOWHERE if word.lower() in rows.lower()], table
    assert sorted(path.name for path in home.parent.iterdir()) == ["home.duckdb", "home.duckdb.lock"]
    assert home.stat().st_mode & 0o077 == 0


def test_everybody_else_is_as_before(home: Path) -> None:
    erased(home)
    with open_facts(home) as facts:
        assert facts.people_known("elm") == (OTHER,)
        assert facts.event_series(Scope("elm"), Rows("falls"), [YEAR]).total.numerator == 1
        assert [each.intervention_id for each in facts.interventions()] == ["garden"]
        assert [each.declaration_id for each in facts.declarations()] == ["d2"]
        assert len(facts.score_answers(Scope("elm"), Rows("feedback"), YEAR)) == 1
        assert [each.person_id for each in facts.checks(Scope("elm"), ["review"], YEAR)] == [OTHER]
    with open_for_reading(home) as con:
        assert con.execute("SELECT title, based_on FROM interventions").fetchall() == [("Garden with … and …", None)]
        assert con.execute("SELECT intervention_id FROM checks").fetchall() == [(None,)]


def worked_out(database: Path) -> dict[str, list[tuple[object, ...]]]:
    """Everything that is worked out from the rows, and the rows themselves, as they stand."""
    tables = (
        "stay_islands",
        "presence",
        "matters",
        "view_facts",
        "fall_services",
        "people",
        "stays",
        "incidents",
        "falls",
    )
    with open_for_reading(database) as con:
        return {name: sorted(con.execute(f"SELECT * FROM {name}").fetchall(), key=str) for name in tables}


def test_it_is_as_if_they_had_never_been_loaded(home: Path, tmp_path: Path) -> None:
    """Said a second time, by a database that never had them."""
    erased(home)
    without = {
        name: "\n".join(line for line in text.splitlines() if REFERENCE not in line and "finch" not in line) + "\n"
        for name, text in EXPORTS.items()
    }
    load(write(tmp_path / "without", **without), tmp_path / "never.duckdb")
    again, never = worked_out(home), worked_out(tmp_path / "never.duckdb")
    assert again == never
    assert all(again[name] for name in ("presence", "matters", "view_facts", "people"))


def test_the_history_of_loads_stays_as_counts(home: Path) -> None:
    with open_facts(home) as facts:
        before, version = facts.files_loaded(), facts.data_version()
    done = erase(home, REFERENCE, today=TODAY, key=KEY)
    with open_facts(home) as facts:
        assert facts.files_loaded() == before
        assert facts.data_version() != version
        assert [(row.problem.line, row.problem.value) for row in facts.refused_rows()][:1] == [(4, None)]
    assert done.rows == 15  # eight tables about the person, a closed version, a second answer, five linked rows
    assert done.forgotten_cells == 2
    assert [each.load_id for each in done.held_by] == [1, 2]
    assert done.held_by[1].files == ("incidents.csv",)


def falls(database: Path) -> float:
    with open_facts(database) as facts:
        return facts.event_series(Scope("elm"), Rows("falls"), [YEAR]).total.numerator


def later_export(home: Path) -> IngestReport:
    more = EXPORTS["falls"] + f"F3, {REFERENCE}, elm, 2026-02-03 14:05\nF4, P-2, elm, 2026-02-04 14:05\n"
    return load(write(home.parent.parent / "again", falls=more), home)


def test_the_next_export_does_not_bring_them_back(home: Path) -> None:
    """Case 62: their rows are set aside and counted; everybody else's are loaded."""
    erased(home)
    assert load(home.parent.parent / "exports", home).load_id is None  # the same files: nothing new
    (report,) = later_export(home).files
    assert (report.rows_in, report.accepted, report.duplicates, report.rejected) == (4, 1, 1, 2)
    assert {(each.reason, each.line, each.value) for each in report.problems} == {
        ("erased", 2, None),
        ("erased", 4, None),
    }
    assert falls(home) == 2
    nowhere(home.parent)


def test_nor_does_a_row_that_somebody_writes_down(home: Path) -> None:
    erased(home)
    happened = {"service_id": "elm", "person_id": f"code:{CODE}", "from_on": "2026-03-01", "kind": "other"}
    done = write_down(home, {"context": [happened]}, as_of=TODAY, key=KEY)
    assert [each.reason for each in done.report.files[0].problems] == ["erased"]


def test_somebody_who_comes_to_live_here_again_may_be_let_back(home: Path) -> None:
    erased(home)
    assert not allow_again(home, "P-2", key=KEY)
    assert allow_again(home, REFERENCE, key=KEY)
    load(home.parent.parent / "exports", home)
    assert later_export(home).total("rejected") == 0
    assert falls(home) == 4


def test_loads_can_still_be_taken_back_and_bring_nobody(home: Path) -> None:
    erased(home)
    undo(home, 2)
    nowhere(home.parent, "nothing-more")


def test_the_log_of_who_looked_no_longer_names_them(home: Path) -> None:
    log = home.with_name("home.audit")
    log.mkdir()
    lines = [{"at": "2026-05-01", "person": CODE}, {"at": "2026-05-02", "person": OTHER}]
    (log / "2026-05.jsonl").write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert erased(home).log_lines == 1
    left = [json.loads(line)["person"] for line in (log / "2026-05.jsonl").read_text().splitlines()]
    assert left == ["erased", OTHER]
    nowhere(home.parent)
    assert (log / "2026-05.jsonl").stat().st_mode & 0o077 == 0


def test_a_reference_nobody_has_changes_nothing_and_is_not_repeated(home: Path) -> None:
    before = home.read_bytes()
    with pytest.raises(NoSuchPerson) as refused:
        erased(home, "SOMEBODY-ELSE")
    assert "SOMEBODY" not in str(refused.value)
    with pytest.raises(WrongUse, match="another key"):
        erase(home, REFERENCE, today=TODAY, key=bytes(range(2, 34)))
    assert home.read_bytes() == before


def test_without_a_database_there_is_nobody_to_erase(tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable):
        erased(tmp_path / "none.duckdb")


def test_a_record_that_was_once_anothers_stays_theirs(tmp_path: Path) -> None:
    """An incident first written down for one person and put right later: the wrong version goes, the right one stays."""
    database = tmp_path / "home.duckdb"
    first = "incident_id, service_id, person_id, occurred_at, kind\nE1, elm, {}, 2026-01-03 14:05, {}\n"
    for number, (person, kind) in enumerate([("", "other"), (REFERENCE, "distress"), ("P-2", "distress")]):
        load(write(tmp_path / str(number), incidents=first.format(person, kind)), database)
    assert erase(database, REFERENCE, today=TODAY, key=KEY).rows == 1
    with open_for_reading(database) as con:
        kept = con.execute("SELECT person_id, retired_by FROM store.incidents ORDER BY load_id").fetchall()
    assert kept == [(None, 2), (OTHER, None)] or kept == [("", 2), (OTHER, None)]


@pytest.mark.parametrize(
    ("person", "words", "text", "left"),
    [
        ("999 000 0018", (), "Letter for 9990000018, 999-000-0018", "Letter for …, …"),
        ("R12", (), "R12 stays: too short to be sure", "R12 stays: too short to be sure"),
        ("code:ABCDEFGHIJKLMNOP", (), "ABCDEFGHIJKLMNOP", "ABCDEFGHIJKLMNOP"),
        ("R12", ("Ann",), "Ann's walk with ANN, not Annual", "…'s walk with …, not Annual"),
        ("R12", ("Mrs. O'Neil (Peg)", " "), "For Mrs. O'Neil (Peg)!", "For …!"),
        ("R12", ("Élodie", "Zoë"), "Tea with Élodie and zoë", "Tea with … and …"),
        ("R12", ("a|b", r"\d+", "100%"), "a|b 7 100% ab", "… 7 … ab"),
    ],
)
def test_names_in_titles_are_taken_out_as_whole_words(
    person: str, words: tuple[str, ...], text: str, left: str
) -> None:
    asked = f"SELECT {without('t', telling(person, words))} FROM (SELECT ? AS t)"
    assert duckdb.execute(asked, [text]).fetchall() == [(left,)]
