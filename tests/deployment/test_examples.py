"""The example configuration of docs/deployment is read by what will read it, so that nobody installs a typing error."""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
import typer

from dashboard import cli
from dashboard.hosted.role_table import parse_role_table
from dashboard.hosted.settings import FOR_SIGNING_IN, NotServed, hosting
from dashboard.roles import ROLES

EXAMPLES = Path(__file__).parents[2] / "docs" / "deployment"
UNITS = sorted(EXAMPLES.glob("*.service"))
PORTS = {"manager": "8501", "commissioner": "8502", "researcher": "8503"}


class Unit:
    """A unit file: a key may stand more than once."""

    def __init__(self, path: Path) -> None:
        self.found: dict[str, dict[str, list[str]]] = {}
        section = ""
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.startswith("["):
                section = line.strip("[]")
            elif line and not line.startswith("#"):
                key, _, value = line.partition("=")
                self.found.setdefault(section, {}).setdefault(key, []).append(value)

    def all(self, key: str) -> list[str]:
        return self.found["Service"].get(key, [])

    def one(self, key: str) -> str:
        (value,) = self.all(key)
        return value

    @property
    def role(self) -> str:
        words = shlex.split(self.one("ExecStart"))
        return words[words.index("--role") + 1]

    @property
    def environment(self) -> dict[str, str]:
        return dict(each.partition("=")[::2] for each in self.all("Environment"))


def test_there_is_a_unit_for_each_reader() -> None:
    assert sorted(Unit(path).role for path in UNITS) == sorted(ROLES)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_starts_our_own_command_with_options_that_are_there(path: Path) -> None:
    unit = Unit(path)
    assert set(unit.found) == {"Unit", "Service", "Install"}
    program, command, *words = shlex.split(unit.one("ExecStart"))
    assert (Path(program).name, command) == ("outcomes", "serve")
    serve = typer.main.get_command(cli.app).commands["serve"]  # type: ignore[attr-defined]
    known = {option for parameter in serve.params for option in parameter.opts}
    assert {word for word in words if word.startswith("--")} <= known
    assert words[words.index("--port") + 1] == PORTS[unit.role]
    assert "--no-browser" in words


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_a_unit_has_its_own_user_and_files_and_cannot_reach_the_others(path: Path) -> None:
    """Case 55, where the system holds it: another user, a closed mask, and the other folders out of sight."""
    unit = Unit(path)
    assert unit.one("User") == unit.one("Group") == f"outcomes-{unit.role}"
    assert unit.one("UMask") == "0077"
    hidden = " ".join(unit.all("InaccessiblePaths"))
    for other in set(ROLES) - {unit.role}:
        assert f"-/var/lib/outcomes/{other}" in hidden
        assert f"-/etc/outcomes/{other}" in hidden
        assert not [value for value in unit.environment.values() if f"/{other}/" in value]
    assert unit.one("ProtectSystem") == "strict"
    assert unit.one("NoNewPrivileges") == "yes"
    assert unit.one("LimitCORE") == "0"
    assert ("ReadWritePaths" in unit.found["Service"]) == (unit.role == "manager")
    assert ("OUTCOMES_KEY" in unit.environment) == (unit.role == "manager")
    assert {"OUTCOMES_ROLES", "OUTCOMES_SECRETS", "OUTCOMES_HOST"} <= set(unit.environment)


@pytest.mark.parametrize("path", UNITS, ids=lambda path: path.stem)
def test_systemd_itself_understands_the_unit(path: Path, tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd is not installed here: its own check is left out, ours are not")
    text = path.read_text(encoding="utf-8").replace("/opt/outcomes/bin/outcomes", sys.executable)
    (tmp_path / path.name).write_text(text, encoding="utf-8")
    done = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", str(tmp_path / path.name)],
        capture_output=True, text=True, check=False, timeout=60,
    )  # fmt: skip
    assert path.name not in done.stderr, done.stderr


def test_the_hosts_and_ports_of_proxy_and_units_are_the_same() -> None:
    text = (EXAMPLES / "nginx.conf").read_text(encoding="utf-8")
    pairs = dict(
        re.findall(
            r"server_name (\w+)\.outcomes\.example;\n.*\n.*\n    set \$outcomes http://127\.0\.0\.1:(\d+);", text
        )
    )
    assert pairs == PORTS
    for path in UNITS:
        unit = Unit(path)
        assert unit.environment["OUTCOMES_HOST"] == f"{unit.role}.outcomes.example"


def test_our_own_reader_understands_the_role_table() -> None:
    entries = parse_role_table((EXAMPLES / "roles.example.toml").read_bytes()).entries
    assert {entry.role for entry in entries} == {"manager"}
    assert len({entry.database for entry in entries}) == 2


def test_the_example_of_the_secrets_does_not_start_until_it_is_filled_in() -> None:
    """Case 52, 59: nobody serves with an example's secret, for there is none in it."""
    auth = tomllib.loads((EXAMPLES / "secrets.example.toml").read_text(encoding="utf-8"))["auth"]
    assert set(FOR_SIGNING_IN) <= set(auth)
    with pytest.raises(NotServed):
        hosting({"OUTCOMES_ROLES": "roles.toml"}, auth)
    filled = auth | {"cookie_secret": "q8Zt3Lw0Vb7Ns2Xc5Jk9Hd4Gf6Rp1MyT", "client_id": "a", "client_secret": "b"}
    assert hosting({"OUTCOMES_ROLES": "roles.toml"}, filled) is not None


@pytest.mark.parametrize("name", ["backup.sh", "check.sh"])
def test_the_scripts_are_bash_and_may_be_run(name: str) -> None:
    assert os.access(EXAMPLES / name, os.X_OK)
    assert subprocess.run(["bash", "-n", str(EXAMPLES / name)], capture_output=True, check=False).stderr == b""


def test_a_backup_is_encrypted_for_its_owner_alone_and_old_ones_go(tmp_path: Path) -> None:
    """With a stand-in for age that writes its input in capitals."""
    tools, databases, backups = (tmp_path / name for name in ("tools", "databases", "backups"))
    for folder in (tools, databases, backups):
        folder.mkdir()
    age = tools / "age"
    age.write_text('#!/bin/bash\n[ "$1 $2 $3" = "--recipient age1example --output" ] || exit 3\ntr a-z A-Z > "$4"\n')
    age.chmod(0o755)
    (databases / "elm.duckdb").write_text("records of people")
    (databases / "elm.duckdb.lock").write_text("")
    old, recent = backups / "elm.2020-01-01.age", backups / "elm.2026-11-21.age"
    for each in (old, recent):
        each.write_text("x")
    os.utime(old, (0, 0))
    environment = os.environ | {"PATH": f"{tools}:{os.environ['PATH']}", "BACKUP_RECIPIENT": "age1example"}
    done = subprocess.run(
        ["bash", str(EXAMPLES / "backup.sh"), str(databases), str(backups)],
        env=environment, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (0, "1 backed up.\n"), done.stderr
    (made,) = set(backups.iterdir()) - {recent}
    assert re.fullmatch(r"elm\.\d{4}-\d\d-\d\d\.age", made.name)
    assert made.read_text().strip() == "RECORDS OF PEOPLE"
    assert made.stat().st_mode & 0o777 == 0o600


def test_no_example_holds_a_secret() -> None:
    for path in EXAMPLES.iterdir():
        text = path.read_text(encoding="utf-8")
        assert "BEGIN" not in text, path.name
        assert not re.search(r'(cookie_secret|client_secret|client_id) = "[^"]', text), path.name
