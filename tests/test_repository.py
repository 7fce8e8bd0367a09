"""What may never be in the repository, and what must follow from one place."""

from __future__ import annotations

import re
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def tracked() -> list[Path]:
    try:
        listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("not a git checkout")
    return [ROOT / name for name in listed.decode().split("\0") if name]


def test_no_real_export_and_no_database_is_tracked() -> None:
    allowed = (ROOT / "data" / "sample", ROOT / "tests")
    for path in tracked():
        if path.suffix.lower() in (".csv", ".tsv", ".xls", ".xlsx", ".ods", ".parquet"):
            assert any(path.is_relative_to(folder) for folder in allowed), path.name
        assert path.suffix not in (".duckdb", ".key", ".db"), path.name


@pytest.mark.parametrize("name", ["incidents.csv", "home/falls.xlsx", "my.duckdb", "pseudonyms.key", "data/falls.csv"])
def test_git_refuses_real_exports(name: str) -> None:
    try:
        answer = subprocess.run(["git", "check-ignore", "-q", name], cwd=ROOT, check=False).returncode
    except OSError:
        pytest.skip("git is not installed")
    if answer == 128:
        pytest.skip("not a git checkout")
    assert answer == 0


def test_nothing_tracked_tells_of_a_machine_or_a_registry() -> None:
    machine = re.compile(r"/(?:work|root|home)/[a-z]|" + "py" + r"pi\.org|python" + r"hosted|npm" + r"js\.")
    for path in tracked():
        if path.suffix in (".py", ".md", ".toml", ".txt", ".json", ".yml", ".sql", "") and path.is_file():
            assert not machine.search(path.read_text(encoding="utf-8", errors="replace")), path.relative_to(ROOT)


def test_constraints_hold_names_and_versions_only() -> None:
    for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines():
        assert line.startswith("#") or re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+]+", line), line


def test_the_readme_holds_exactly_two_set_up_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    commands = re.findall(r"^python -m pip install .*$", text, flags=re.MULTILINE)
    assert len(commands) == 2
    assert commands[0].endswith("&& outcomes demo")
    assert commands[1].endswith("&& python -m pytest")


def test_every_dependency_has_a_lower_bound_and_a_constraint() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    pinned = {
        line.split("==")[0].lower().replace("_", "-") for line in (ROOT / "constraints.txt").read_text().splitlines()
    }
    for need in [*project["dependencies"], *project["optional-dependencies"]["test"]]:
        name, bound, _ = re.split(r"(>=)", need)
        assert bound
        assert name.lower() in pinned, name


def test_every_folder_of_code_is_a_package() -> None:
    for top in ("data", "metrics", "dashboard", "tests"):
        for folder in {path.parent for path in (ROOT / top).rglob("*.py")}:
            assert (folder / "__init__.py").exists(), folder.relative_to(ROOT)


def test_every_sql_file_opens_with_its_grain() -> None:
    for path in (ROOT / "data" / "sql").glob("*.sql"):
        text = path.read_text(encoding="utf-8")
        assert text.startswith("-- One row per "), path.name
        assert path.stem in text.split("AS", 1)[0], path.name
