"""``outcomes match`` and the list of profiles, as they are typed."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from dashboard.commands.match import match_command
from dashboard.commands.profiles import profiles_rows
from data.matching import Shelf

INCIDENTS = """Incident Ref,Date of Incident,Time of Incident,Home,Resident ID,Resident Name,Category
I1,13/02/2025,14:05,Elm,R12,A Person,Fall - witnessed
I2,14/02/2025,15:05,Elm,R13,B Person,Medication error
"""


@pytest.fixture(autouse=True)
def own_shelf(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTCOMES_PROFILES", str(tmp_path / "profiles"))


def run(*words: object) -> Result:
    app = typer.Typer()
    app.command()(match_command)
    return CliRunner().invoke(app, [str(word) for word in words])


def written(folder: Path, text: str = INCIDENTS, name: str = "export.csv") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_one_strict_document_says_how_the_file_would_be_read(tmp_path: Path) -> None:
    result = run(written(tmp_path), "--json")
    assert result.exit_code == 0, result.output
    told = json.loads(result.stdout)
    assert {
        "file", "table", "confidence", "how", "profile", "columns", "unused", "unknown_words", "missing", "questions", "tables",
        "ready", "saved",
    } <= set(told)  # fmt: skip
    assert (told["file"], told["table"], told["how"], told["ready"], told["saved"]) == (
        "export.csv", "incidents", "suggested", True, None,
    )  # fmt: skip
    assert told["profile"]["columns"]["occurred_at"] == ["Date of Incident", "Time of Incident"]
    assert told["profile"]["codes"]["kind"] == {"Fall - witnessed": "fall", "Medication error": "medicine_error"}
    assert {"heading": "Resident Name", "why": "personal"} in told["unused"]
    assert "A Person" not in result.stdout
    kind = next(column for column in told["columns"] if column["ours"] == "kind")
    assert kind["samples"] == ["Fall - witnessed", "Medication error"]


def test_a_person_is_told_in_sentences(tmp_path: Path) -> None:
    result = run(written(tmp_path))
    assert result.exit_code == 0
    assert "export.csv → incidents (sure: worked out from headings and cells)" in result.stdout
    assert "Dates are read day first." in result.stdout
    assert "occurred_at ← Date of Incident + Time of Incident (sure)" in result.stdout
    assert "1 column of personal details was recognised and never stored." in result.stdout
    assert result.stdout.endswith("Ready to load.\n")


def test_a_saved_profile_is_found_again_and_listed(tmp_path: Path) -> None:
    path = written(tmp_path)
    saved = json.loads(run(path, "--save", "Elm incidents", "--json").stdout)
    assert saved["saved"] == "elm-incidents.toml"
    again = json.loads(run(path, "--json").stdout)
    assert (again["how"], again["profile"]["name"], again["ready"]) == ("saved", "Elm incidents", True)
    assert json.loads(run(path, "--profile", "elm incidents", "--json").stdout)["how"] == "given"
    first = profiles_rows(Shelf())[0]
    assert first == {
        "name": "Elm incidents",
        "table": "incidents",
        "where": "saved",
        "headings": 7,
        "date_order": "dmy",
    }
    assert {row["where"] for row in profiles_rows(Shelf())} == {"saved", "shipped"}


def test_a_profile_can_be_saved_to_a_file_and_given_by_it(tmp_path: Path) -> None:
    path, file = written(tmp_path), tmp_path / "mine.toml"
    assert run(path, "--save", file).exit_code == 0
    told = json.loads(run(path, "--profile", file, "--json").stdout)
    assert (told["how"], told["profile"]["name"]) == ("given", "mine")


def test_what_only_a_person_can_say_ends_with_one(tmp_path: Path) -> None:
    unknown = run(written(tmp_path, INCIDENTS.replace("Medication error", "Blue form")))
    assert unknown.exit_code == 1
    assert 'kind: "Blue form" (once) is none of our words.' in unknown.stdout
    ambiguous = run(written(tmp_path, INCIDENTS.replace("13/02", "03/02").replace("14/02", "04/02")))
    assert ambiguous.exit_code == 1
    assert "? All days are 12 or below, so 03/02/2025 could be 3 February or 2 March." in ambiguous.stdout


def test_a_profile_that_would_load_nothing_is_not_saved(tmp_path: Path) -> None:
    path = written(tmp_path, "Date of Fall,Resident Name,Harm,Home\n13/02/2025,A Person,None,Elm\n", "falls.csv")
    result = run(path, "--save", "falls")
    assert result.exit_code == 1
    assert "Not saved" in result.stdout
    assert "Not ready to load" in result.stdout
    assert not any(row["where"] == "saved" for row in profiles_rows())


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--table", "fells"], "There is no table"),
        (["--profile", "nobody"], "There is no profile"),
        (["--profile", "nowhere.toml"], "There is no file nowhere.toml"),
    ],
)
def test_wrong_use_is_a_sentence(tmp_path: Path, words: list[str], said: str) -> None:
    result = run(written(tmp_path), *words)
    assert result.exit_code == 2
    assert said in result.output
    told = run(written(tmp_path), *words, "--json")
    assert said in json.loads(told.stdout)["refused"]


def test_a_file_that_is_no_table_of_ours_is_said_and_is_no_traceback(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "nowhere.csv"):
        result = run(path, "--json")
        assert result.exit_code == 2
        assert json.loads(result.stdout)["refused"]
    profile = tmp_path / "other.toml"
    profile.write_text('table = "falls"\n[columns]\noccurred_at = "Day"\nperson_id = "Who"\n', encoding="utf-8")
    result = run(written(tmp_path), "--profile", profile)
    assert result.exit_code == 2
    assert '"Day", "Who"' in result.output
