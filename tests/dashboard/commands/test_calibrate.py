"""``outcomes calibrate``, as it is typed."""

from __future__ import annotations

import json

import typer
from typer.testing import CliRunner, Result

from dashboard.commands.calibrate import calibrate_command
from metrics.calibrating.worlds import SCENARIOS


def run(*words: object) -> Result:
    app = typer.Typer()
    app.command()(calibrate_command)
    return CliRunner().invoke(app, [str(word) for word in words])


def test_it_prints_one_document_with_errors_and_the_same_one_for_the_same_seed() -> None:
    result = run("--worlds", 2, "--seed", 7, "--json")
    assert result.exit_code == 0
    document = json.loads(result.stdout)
    assert (document["worlds"], document["seed"]) == (2, 7)
    assert [each["code"] for each in document["scenarios"]] == [each.code for each in SCENARIOS]
    for each in document["scenarios"]:
        assert sum(each["shares"].values()) == 1
        assert set(each["errors"]) == set(each["shares"])
    assert "of" in result.stderr and "{" not in result.stderr
    assert run("--worlds", 2, "--seed", 7, "--json").stdout == result.stdout


def test_without_json_it_prints_a_table_with_what_is_asked() -> None:
    result = run("--worlds", 1, "--seed", 7)
    assert result.exit_code == 0
    assert "cannot tell yet" in result.stdout
    assert "better at most 3" in result.stdout
    assert "1 worlds" not in result.stdout


def test_no_worlds_is_wrong_use() -> None:
    assert run("--worlds", 0).exit_code == 2
