"""``outcomes erase`` and ``outcomes readers``, and a server that is only half set up, as they are typed."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli
from tests.support.exports import SERVICES, write

Run = Callable[..., tuple[int, str, str]]
FALLS = (
    "fall_id, person_id, service_id, occurred_at\nF1, RES-77, elm, 2026-01-03 14:05\nF2, P-2, elm, 2026-01-04 14:05\n"
)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """``outcomes …`` on a small home; gives (exit code, standard output, standard error)."""
    monkeypatch.setenv("OUTCOMES_KEY", str(tmp_path / "test.key"))
    monkeypatch.setenv("OUTCOMES_DB", str(tmp_path / "home.duckdb"))
    for name in ("OUTCOMES_ROLES", "OUTCOMES_SECRETS", "OUTCOMES_FOLDER"):
        monkeypatch.delenv(name, raising=False)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["outcomes", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out, told.err

    exports = write(tmp_path / "exports", services=SERVICES, falls=FALLS)
    assert command("ingest", str(exports), "--as-of", "2026-06-30")[0] == 0
    return command


def test_one_document_says_what_went_and_what_is_still_to_do(run: Run) -> None:
    code, out, _ = run("erase", "RES-77", "--yes", "--json")
    told = json.loads(out)
    assert (code, told["rows"], told["held_by"][0]["files"]) == (0, 1, ["falls.csv"])
    assert len(told["still_to_do"]) == 4
    assert "RES-77" not in out
    assert json.loads(run("erase", "RES-77", "--allow-again", "--json")[1]) == {"allowed_again": True}


def test_people_are_told_in_words_and_are_not_told_the_reference(run: Run) -> None:
    code, out, err = run("erase", "RES-77", "--yes")
    assert code == 0
    assert out.startswith("1 row about this person is erased")
    assert "load 1" in out
    assert "backup" in out
    assert "RES-77" not in out + err
    assert run("erase", "RES-77", "--allow-again")[1].startswith("Exports may bring this person back")
    assert run("erase", "RES-77", "--allow-again")[1].startswith("Nobody with this reference")


@pytest.mark.parametrize(
    ("words", "says"),
    [(("P-2",), "Add --yes"), (("NOBODY", "--yes"), "No row is about this person"), ((" ", "--yes"), "Say whom")],
)
def test_a_slip_erases_nobody(run: Run, words: tuple[str, ...], says: str) -> None:
    code, out, err = run("erase", *words)
    assert (code, out) == (2, "")
    assert says in err
    assert "NOBODY" not in err


def test_a_server_that_is_half_set_up_does_not_start(run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Case 52: deny by default; the message holds no path."""
    monkeypatch.setenv("OUTCOMES_ROLES", str(tmp_path / "roles.toml"))
    code, _, err = run("serve", "--no-browser")
    assert code == 2
    assert "signing in is not set up" in err
    assert str(tmp_path) not in err


def test_the_role_table_can_be_looked_through(run: Run, tmp_path: Path) -> None:
    entry = '[[person]]\niss = "https://login.example"\nsub = "{}"\nrole = "{}"\n'
    table = tmp_path / "roles.toml"
    table.write_text(
        entry.format("s-1", "manager") + 'database = "elm.duckdb"\n' + entry.format("s-2", "commissioner")
        + "until = 2020-01-01\n" + entry.format("s-3", "owner") + entry.format("s-4", "manager") * 2,
        encoding="utf-8",
    )  # fmt: skip
    table.chmod(0o600)
    code, out, _ = run("readers", str(table), "--json")
    faults = [each["fault"] for each in json.loads(out)]
    assert (code, faults[0], len(faults)) == (1, None, 5)
    assert [fault.split()[0] for fault in faults[1:]] == ["its", "the", "this", "this"]
    assert len({each["code"] for each in json.loads(out)}) == 4
    said = run("readers", str(table))[1].splitlines()
    assert said[0].startswith("manager, elm.duckdb, sub s-1, in the log ")
    assert said[2].endswith("the role is none of manager, commissioner, researcher.")
    table.chmod(0o644)
    assert run("readers", str(table))[0] == 2
