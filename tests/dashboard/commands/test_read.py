"""``outcomes read`` tells what became of every line of a file."""

from __future__ import annotations

import json
from pathlib import Path

import typer
from typer.testing import CliRunner, Result

from dashboard.commands.read import read_command

UGLY = "Falls\n\nfall_id,person_id,service_id,occurred_at,harm\n1,P1,elm,2025-01-01,none\n2,P2,elm\nTotal,,,,2\n"


def run(*words: str) -> Result:
    app = typer.Typer()
    app.command("read")(read_command)
    return CliRunner().invoke(app, list(words))


def written(folder: Path, content: str | bytes = UGLY) -> Path:
    path = folder / "falls.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def test_json_names_what_was_seen_and_accounts_for_every_line(tmp_path: Path) -> None:
    result = run(str(written(tmp_path)), "--json")
    told = json.loads(result.stdout)
    assert result.exit_code == 1
    assert {key: told[key] for key in ("file", "encoding", "delimiter", "heading_line", "rows", "lines", "ignored")} == {
        "file": "falls.csv", "encoding": "utf-8", "delimiter": ",", "heading_line": 3, "rows": 1, "lines": 6, "ignored": 3,
    }  # fmt: skip
    assert told["set_aside"] == [
        {"from": 1, "to": 1, "why": "preamble"},
        {"from": 2, "to": 2, "why": "blank"},
        {"from": 6, "to": 6, "why": "totals"},
    ]
    assert [(each["line"], each["reason"]) for each in told["problems"]] == [(5, "too_few_cells")]
    assert told["reconciled"] is True


def test_the_clean_table_holds_the_good_rows_as_any_program_reads_them(tmp_path: Path) -> None:
    source = 'Home;Note\r\nElm;"said ""yes""; then slept"\r\nOak;"two\nlines"\r\n'
    out = tmp_path / "clean.csv"
    result = run(str(written(tmp_path, source)), "--csv", str(out))
    assert result.exit_code == 0
    assert out.read_bytes().decode() == 'Home,Note\r\nElm,"said ""yes""; then slept"\r\nOak,"two\nlines"\r\n'
    assert list(tmp_path.glob("*.part")) == []


def test_people_read_sentences(tmp_path: Path) -> None:
    result = run(str(written(tmp_path)))
    assert "1 row under 5 headings" in result.stdout
    assert "line 6: totals" in result.stdout
    assert "Every line is accounted for" in result.stdout


def test_what_is_no_table_is_refused_with_what_to_do(tmp_path: Path) -> None:
    result = run(str(written(tmp_path, b"%PDF-1.7 ...")), "--json")
    assert result.exit_code == 2
    assert "PDF" in json.loads(result.stdout)["refused"]


def test_a_file_is_never_written_over_by_its_own_clean_copy(tmp_path: Path) -> None:
    path = written(tmp_path)
    assert run(str(path), "--csv", str(path)).exit_code == 2
    assert path.read_text() == UGLY


def test_a_name_that_is_not_there_is_said_so(tmp_path: Path) -> None:
    assert run(str(tmp_path / "gone.csv"), "--json").exit_code == 2
    assert run(str(tmp_path), "--json").exit_code == 2
