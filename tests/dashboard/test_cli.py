"""The command line's contract: what goes to standard output, what the JSON holds, which exit code."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard import cli
from metrics.model import VERDICT_WORDS
from tests.support.exports import SERVICES, write
from tests.support.story import STAY, mornings, plan, promise

Run = Any


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Run ``outcomes …``; gives (exit code, standard output, standard error)."""
    monkeypatch.setenv("OUTCOMES_KEY", str(tmp_path / "test.key"))
    monkeypatch.setenv("OUTCOMES_DB", str(tmp_path / "outcomes.duckdb"))
    monkeypatch.setenv("OUTCOMES_PROFILES", str(tmp_path / "profiles"))
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["outcomes", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out, told.err

    return command


@pytest.fixture
def exports(tmp_path: Path) -> Path:
    incidents, checks = mornings("xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x......x.......xx....x....")
    return write(
        tmp_path / "exports", services=SERVICES, stays=STAY, incidents=incidents, checks=checks, interventions=plan(),
        declarations=promise("D1", "change", 15),
    )  # fmt: skip


def test_ingest_says_what_it_did_and_exits_0(run: Run, exports: Path) -> None:
    code, out, err = run("ingest", str(exports))
    assert (code, err) == (0, "")
    assert "incidents.csv → incidents: 27 rows read, 27 loaded" in out


def test_a_database_can_be_made_one_of_a_single_service(run: Run, exports: Path) -> None:
    """Case 48: on the command line."""
    code, out, _ = run("ingest", str(exports), "--only-service", "elm")
    assert code == 0
    assert "This database is for elm alone: rows of other services are refused." in out
    (exports / "falls.csv").write_text("fall_id,person_id,service_id,occurred_at\nF1,P-1,oak,2026-01-03\n")
    code, out, _ = run("ingest", str(exports))
    assert code == 1
    assert "falls.csv, line 2: service_id: not a word we know for this column. This database is only for elm" in out


def test_ingest_twice_says_that_nothing_changed(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    code, out, _ = run("ingest", str(exports))
    assert code == 0
    assert "Already loaded: nothing changed." in out
    assert "the database is as it was" in out


def test_problems_to_see_exit_1_and_name_line_column_value_and_remedy(run: Run, exports: Path) -> None:
    with (exports / "incidents.csv").open("a", encoding="utf-8") as file:
        file.write("Z1,elm,P-1,31/02/2026,distress\n")
    code, out, _ = run("ingest", str(exports))
    assert code == 1
    assert 'incidents.csv, line 29: occurred_at "31/02/2026": not a date we can read. Write dates as' in out


def test_ingest_json_is_one_document_and_nothing_else(run: Run, exports: Path) -> None:
    code, out, err = run("ingest", str(exports), "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert told["totals"]["rows_in"] == sum(file["rows_in"] for file in told["files"])
    assert told["load_id"] == 1


def test_evaluate_json_follows_the_contract(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    code, out, err = run("evaluate", "--json")
    (found,) = json.loads(out, parse_constant=lambda text: pytest.fail(f"{text} is not strict JSON"))
    assert (code, err) == (0, "")
    assert list(found)[:6] == ["intervention", "service", "subject", "outcome", "question", "declared"]
    assert set(found) >= {
        "before",
        "after",
        "effect",
        "verdict",
        "reason",
        "cautions",
        "balance",
        "rules_out",
        "sentence",
    }
    assert found["verdict"] in VERDICT_WORDS
    assert found["before"] == {
        "from": "2026-02-03", "to": "2026-03-02", "numerator": 20, "denominator": 28, "value": pytest.approx(71.428571),
    }  # fmt: skip
    assert found["effect"]["scale"] == "points"
    assert found["effect"]["level"] == 0.95
    assert found["subject"] != "P-1"


def test_evaluate_in_words_gives_verdict_and_sentence(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    _, out, _ = run("evaluate")
    assert "Better, and worthwhile" in out
    assert "Distress came on 5 of 28 mornings, down from 20." in out


def test_evaluate_asks_for_one_outcome_whether_declared_or_not(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    _, out, _ = run("evaluate", "--outcome", "D3", "--json")
    assert [found["outcome"] for found in json.loads(out)] == ["D3"]
    _, out, _ = run("evaluate", "--outcome", "D3", "--declared-only", "--json")
    assert json.loads(out) == []


def test_a_score_in_json_says_whose_answers_were_compared(run: Run, tmp_path: Path) -> None:
    heads = "feedback_id, service_id, person_id, given_on, rater, instrument, domain, score\n"
    rows = [
        f"A{n}-{day}, elm, P-{n}, {day}, self, person_checkin, mood, {score}"
        for n in range(6)
        for day, score in (("2025-11-01", 2), ("2026-05-01", 3 + n % 2))
    ]
    rows += ["Z, elm, P-1, 2026-11-01, staff, person_checkin, mood, 3"]
    folder = write(
        tmp_path / "exports", services=SERVICES, feedback=heads + "\n".join(rows) + "\n",
        interventions=plan(person=""), declarations=promise("L4", "change", 0.5),
    )  # fmt: skip
    run("ingest", str(folder), "--as-of", "2026-11-22")
    _, out, _ = run("evaluate", "--json")
    (found,) = json.loads(out)
    assert (found["before"]["numerator"], found["before"]["denominator"], found["before"]["value"]) == (6, 6, 2)
    assert found["effect"]["scale"] == "score"
    assert found["effect"]["estimate"] == pytest.approx(found["after"]["value"] - found["before"]["value"])
    assert found["answered"]["paired"] is True
    assert [found["answered"][word] for word in ("higher", "same", "lower")] == [6, 0, 0]
    assert found["verdict"] == "better"


def test_an_outcome_is_taken_apart_by_a_column(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    _, out, _ = run("evaluate", "--split", "kind", "--json")
    (found,) = json.loads(out)
    assert [(part["part"], part["before"]["numerator"]) for part in found["split"]] == [("distress", 20)]
    _, out, _ = run("evaluate", "--split", "person.ethnicity_group", "--json")
    (found,) = json.loads(out)
    assert found["gap"] is None
    assert "ethnic group is written down" in found["gap_refused"]
    _, out, _ = run("evaluate", "--split", "kind")
    assert "distress: 20 of 28 mornings before, 5 of 28 mornings after" in out


def test_a_column_that_cannot_take_it_apart_is_wrong_use(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    code, out, err = run("evaluate", "--split", "colour", "--json")
    assert (code, out) == (2, "")
    assert 'D1 cannot be split by "colour". It can be split by: kind, harm, person.stage' in err


def test_own_outcome_files_stand_beside_the_shipped_ones(run: Run, exports: Path, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "tea.toml").write_text(
        'code = "TEA"\nname = "Tea"\nkind = "rate"\ntable = "totals"\ngood = "up"\njudged = "change"\nsize = 1.2\n',
        encoding="utf-8",
    )
    _, out, _ = run("list", "outcomes", "--outcomes", str(own), "--json")
    assert [row["source"] for row in json.loads(out) if row["code"] == "TEA"] == ["own"]


def test_a_faulty_outcome_file_names_every_fault(run: Run, tmp_path: Path) -> None:
    own = tmp_path / "own"
    own.mkdir()
    (own / "tea.toml").write_text(
        'code = "TEA"\nname = "Tea"\nkind = "ratio"\ntable = "tea"\ncolour = 1\n', encoding="utf-8"
    )
    code, out, err = run("evaluate", "--outcomes", str(own))
    assert (code, out) == (2, "")
    for fault in ("'good' is missing", "'judged' is missing", "'colour' is not a key", 'kind = "ratio" is not known'):
        assert fault in err


def two_services(folder: Path) -> Path:
    """The same kind of thing tried for one person in two services."""
    incidents, checks = mornings("xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x......x.......xx....x....")

    def both(text: str, *letters: str) -> str:
        there = text.replace("elm", "ash").replace("P-1", "Q-1")
        for letter in letters:
            there = there.replace(f"\n{letter}", f"\nx{letter}")
        return text + "".join(f"{line}\n" for line in there.splitlines()[1:])

    return write(
        folder / "two", services=both(SERVICES), stays=both(STAY),
        incidents=both(incidents, "I", "R"), checks=both(checks, "K"), interventions=both(plan(), "plan"),
        declarations=both(promise("D1", "change", 15), "d1").replace("xd1, plan", "xd1, xplan"),
    )  # fmt: skip


def test_side_by_side_lists_services_by_name_and_ranks_none(run: Run, tmp_path: Path) -> None:
    run("ingest", str(two_services(tmp_path)))
    code, out, _ = run("evaluate", "--side-by-side", "--outcome", "D1")
    assert code == 0
    assert out.startswith("music for one person · Mornings with distress\n")
    assert "This is no ranking and no proof" in out
    code, out, _ = run("evaluate", "--side-by-side", "--json")
    assert code == 0
    (first,) = [each for each in json.loads(out) if each["outcome"] == "D1"]
    assert [each["service"] for each in first["findings"]] == ["ash", "elm"]
    assert first["summary"] is None
    assert first["why_no_summary"].startswith("It takes 3 services")


def test_with_nothing_to_set_side_by_side_that_is_said(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    code, out, err = run("evaluate", "--side-by-side")
    assert (code, out) == (0, "")
    assert "no kind of thing was tried in two services" in err
    assert json.loads(run("evaluate", "--side-by-side", "--json")[1]) == []


@pytest.mark.parametrize("what", ["outcomes", "interventions", "services", "loads", "profiles"])
def test_lists(run: Run, exports: Path, what: str) -> None:
    run("ingest", str(exports))
    code, out, _ = run("list", what, "--json")
    assert code == 0
    assert isinstance(json.loads(out), list)


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("ingest", "nowhere"), "There is no file or folder"),
        (("evaluate",), "There is no database yet"),
        (("evaluate", "--method", "magic"), 'There is no method "magic". Use one of: default, exact, mid-p,'),
        (("evaluate", "--comparison", "F1"), "A comparison needs a method that fits the whole series"),
        (("list", "horses"), "There is no list"),
        (("serve", "--role", "emperor"), "There is no database for the role"),
        (("serve", "--role", "commissioner", "--db", "nowhere"), "There is no database file of that name"),
        (("audit", "--db", "nowhere"), "There is no database of that name"),
        (("ingest", ".", "--as-of", "tomorrow"), "is not a date"),
        (("ingest", ".", "--full-export", "2025"), "is not a period"),
        (("ingest", ".", "--full-export", "2025-02-01..2025-01-01"), "before it starts"),
        (("nonsense",), "No such command"),
        (("ingest",), "Missing argument"),
        (("ingest", ".", "--profile", "no such profile"), "no such profile"),
        (("undo", "7"), "There is no database yet"),
    ],
)
def test_wrong_use_is_a_sentence_and_exit_2(run: Run, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words)
    assert (code, out) == (2, "")
    assert said in err
    assert "Traceback" not in err


def test_what_is_asked_for_must_be_there(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    code, _, err = run("evaluate", "--intervention", "nope", "--outcome", "NOPE")
    assert code == 2
    assert 'There is no intervention "nope".' in err
    assert 'There is no outcome "NOPE".' in err


def test_a_damaged_database_is_a_sentence(run: Run, tmp_path: Path) -> None:
    (tmp_path / "outcomes.duckdb").write_bytes(b"nothing like a database" * 999)
    code, _, err = run("evaluate")
    assert code == 2
    assert "damaged or not a database" in err


THEIRS = """Falls at our home
Fall Ref;Resident;Date of Fall;Time of Fall;Severity;Location of Fall
17;R1;13/02/2026;14:05;Low;Lounge
18;R2;14/02/2026;14:06;Dreadful;Lounge
19;R1;15/02/2026;14:07;Low;Bedroom
"""


@pytest.fixture
def theirs(tmp_path: Path) -> Path:
    """An export as a system made it, of one home that it does not name."""
    path = tmp_path / "falls 2026.csv"
    path.write_text(THEIRS, encoding="cp1252")
    return path


def test_any_export_is_read_matched_and_loaded_by_the_profile_that_was_saved(run: Run, theirs: Path) -> None:
    assert json.loads(run("read", str(theirs), "--json")[1])["reconciled"] is True
    code, out, _ = run("match", str(theirs), "--save", "our falls", "--json")
    assert (code, json.loads(out)["table"]) == (1, "falls"), "a word nobody knows needs a person"
    code, out, _ = run("ingest", str(theirs), "--profile", "our falls", "--as-of", "2026-06-30", "--json")
    (file,) = json.loads(out)["files"]
    assert (code, file["profile"], file["accepted"], file["rejected"], file["ignored"]) == (1, "our falls", 2, 1, 1)
    assert [(each["line"], each["column"], each["reason"]) for each in file["problems"]] == [
        (4, "harm", "code_unknown")
    ]
    newest, *_ = json.loads(run("list", "profiles", "--json")[1])
    assert newest["name"] == "our falls"


def test_an_export_that_needs_a_person_is_refused_with_what_to_answer(run: Run, tmp_path: Path) -> None:
    (tmp_path / "list.csv").write_text("Colour,Shape\nred,round\nblue,square\n", encoding="utf-8")
    code, out, _ = run("ingest", str(tmp_path / "list.csv"))
    assert code == 1
    assert "not loaded. No table of the contract fits these headings" in out


def test_refused_rows_are_written_out_to_be_mended(run: Run, theirs: Path, tmp_path: Path) -> None:
    code, _, err = run("ingest", str(theirs), "--as-of", "2026-06-30", "--fix", str(tmp_path / "to mend"))
    assert (code, "1 row to correct: falls 2026 - to correct.csv" in err) == (1, True)
    mend = tmp_path / "to mend" / "falls 2026 - to correct.csv"
    mend.write_text(mend.read_text("utf-8-sig").replace("Dreadful", "Severe"), encoding="utf-8")
    code, out, _ = run("ingest", str(mend), "--as-of", "2026-06-30")
    assert (code, "1 loaded" in out) == (0, True)


def test_a_load_is_taken_back(run: Run, exports: Path) -> None:
    run("ingest", str(exports))
    code, out, _ = run("undo", "1")
    assert code == 0
    assert "Load 1 is taken back" in out
    assert all(each["undone_at"] for each in json.loads(run("list", "loads", "--json")[1]))
    code, out, err = run("undo", "1", "--json")
    assert (code, out) == (2, "")
    assert "taken back before" in err
    assert json.loads(run("ingest", str(exports), "--json")[1])["load_id"] == 2
