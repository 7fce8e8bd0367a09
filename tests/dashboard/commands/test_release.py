"""``outcomes release commissioner``, as it is typed."""

from __future__ import annotations

import hashlib
import json
import os
import re
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from dashboard import cli
from data.releases import log
from data.releases.cube_file import NAME, open_cube
from data.schema import DatabaseUnavailable
from data.warehouse import open_facts
from tests.support.attacks import recovered, rows_of
from tests.support.releases import Home, all_year, database, evenly

Run = Callable[..., tuple[int, str, str]]
LARGE = Home(30, all_year(evenly(40, 20)))


@pytest.fixture
def manager(tmp_path: Path) -> Path:
    return database(tmp_path, {"a": LARGE, "b": LARGE, "c": LARGE})


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command as it is typed: exit code, standard output, standard error."""

    def typed(*words: object) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.argv", ["outcomes", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        told = capsys.readouterr()
        return int(ended.value.code or 0), told.out, told.err

    return typed


def test_a_release_is_a_folder_with_its_account_and_the_hash_of_every_file(sample_release: Path) -> None:
    account = json.loads((sample_release / "release.json").read_text(encoding="utf-8"))
    assert account["kind"] == "commissioner" and account["synthetic"] and account["proved"]
    files = {file.name for file in sample_release.iterdir()} - {"release.json"}
    assert set(account["files"]) == files
    for name, digest in account["files"].items():
        assert hashlib.sha256((sample_release / name).read_bytes()).hexdigest() == digest


def test_what_is_hidden_is_hidden_in_every_file(sample_release: Path) -> None:
    """Case 19: the table and the pages' file hold the same figures, the same word where one is hidden."""
    rows = rows_of(sample_release)
    cube = open_cube(sample_release / NAME)
    assert len(rows) == len(cube.cells)
    cells = {(each.outcome, each.unit, each.name, each.column, each.word): each for each in cube.cells}
    assert len(rows) == len(cells)
    for row in rows:
        cell = cells[row["outcome"], row["unit"], row["period"], row["group_column"], row["group"]]
        assert row["status"] == cell.status
        assert row["numerator"] == ("" if cell.numerator is None else str(cell.numerator))
        assert (row["value"] == "") == (cell.value is None)
        assert cell.status == "shown" or row["numerator"] == row["denominator"] == row["low_95"] == ""


def test_no_hidden_figure_of_the_sample_can_be_worked_out_from_the_table(sample_release: Path) -> None:
    """Case 3: 0 of all, in whole numbers, from the table alone."""
    rows = rows_of(sample_release)
    settings = sorted({row["setting"] for row in rows})
    for outcomes in (("F1", "F2"), ("D2",), ("D5",), ("F5",), ("I6",), ("L9",), ("V1",), ("V2",), ("G1",), ("I2",)):
        assert list(recovered(rows, outcomes, settings, every=3)) == []


def test_counts_are_fives_and_never_one_to_seven(sample_release: Path) -> None:
    for row in rows_of(sample_release):
        if row["status"] == "shown":
            assert int(row["numerator"]) % 5 == 0 and int(row["denominator"]) % 5 == 0
            assert int(row["numerator"]) == 0 or int(row["numerator"]) >= 10


def test_no_person_title_or_free_text_is_in_any_file(sample_release: Path, whole_sample: Path) -> None:
    """Case 25: what somebody wrote stays with the manager; so does every reference and pseudonym."""
    sample = Path(__file__).parents[3] / "data" / "sample"
    everything = b"".join(file.read_bytes() for file in sample_release.iterdir())
    titles = [
        line.split(",")[3] for line in (sample / "interventions.csv").read_text(encoding="utf-8").splitlines()[1:]
    ]
    labels = [line.rsplit(",", 1)[1] for line in (sample / "context.csv").read_text(encoding="utf-8").splitlines()[1:]]
    for text in {each.strip('"') for each in [*titles, *labels] if len(each) > 8}:
        assert text.encode() not in everything, text
    assert not re.search(rb"P-\d{5}|S-\d{4}|\bcode:", everything)
    with open_facts(whole_sample) as facts:
        codes = {code for service in facts.services() for code in facts.people_known(service.service_id)}
    assert len(codes) > 300
    assert not [code for code in codes if code.encode() in everything]


def test_the_folder_and_the_log_are_for_this_user_alone(tmp_path: Path, manager: Path, run: Run) -> None:
    code, _, _ = run("release", "commissioner", "--db", manager, "--out", tmp_path / "out", "--as-of", "2026-01-10")
    assert code == 0
    if os.name == "posix":
        for place in (tmp_path / "out", log.folder_of(manager)):
            assert stat.S_IMODE(place.stat().st_mode) == 0o700
            assert all(stat.S_IMODE(file.stat().st_mode) == 0o600 for file in place.iterdir())


def test_a_folder_with_something_in_it_is_left_as_it_is(tmp_path: Path, manager: Path, run: Run) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.txt").write_text("mine", encoding="utf-8")
    code, _, told = run("release", "commissioner", "--db", manager, "--out", tmp_path / "out")
    assert code == 2 and "not empty" in told
    assert [file.name for file in (tmp_path / "out").iterdir()] == ["mine.txt"]
    assert not list(tmp_path.glob(".*making"))
    assert not log.folder_of(manager).exists()


@pytest.mark.parametrize(
    ("rules", "named"),
    [
        ("fewest_people = 3", "fewest_people"),
        ("k = 1", "no setting"),
        ("= broken", "not TOML"),
        ("rounding = 1", "rounding"),
    ],
)
def test_rules_below_the_floors_are_refused_in_a_sentence(
    rules: str, named: str, tmp_path: Path, manager: Path, run: Run
) -> None:
    (tmp_path / "rules.toml").write_text(rules, encoding="utf-8")
    code, _, told = run(
        "release", "commissioner", "--db", manager, "--out", tmp_path / "out", "--rules", tmp_path / "rules.toml"
    )
    assert code == 2 and named in told
    assert not (tmp_path / "out").exists()


def test_who_read_it_is_said_in_full_or_not_at_all(tmp_path: Path, manager: Path, run: Run) -> None:
    base = ("release", "commissioner", "--db", manager, "--as-of", "2026-01-10")
    code, _, told = run(*base, "--out", tmp_path / "one", "--read-by", "the residents' and relatives' panel")
    assert code == 2 and "--said" in told
    code, _, _ = run(
        *base,
        "--out",
        tmp_path / "two",
        "--read-by",
        "the people's panel",
        "--read-on",
        "2026-01-09",
        "--said",
        "We would like to see more of what people said themselves.",
    )
    assert code == 0
    account = json.loads((tmp_path / "two" / "release.json").read_text(encoding="utf-8"))
    assert account["read_by"] == [
        {
            "by": "the people's panel",
            "on": "2026-01-09",
            "said": "We would like to see more of what people said themselves.",
        }
    ]
    assert "more of what people said" in (tmp_path / "two" / "report.html").read_text(encoding="utf-8")


def test_json_is_the_account_and_nothing_else(tmp_path: Path, manager: Path, run: Run) -> None:
    code, out, _ = run(
        "release", "commissioner", "--db", manager, "--out", tmp_path / "out", "--as-of", "2026-01-10", "--json"
    )
    assert code == 0
    assert json.loads(out) == json.loads((tmp_path / "out" / "release.json").read_text(encoding="utf-8"))


def test_a_damaged_log_stops_every_release(tmp_path: Path, manager: Path, run: Run) -> None:
    """Nobody then knows what is out: a difference could give somebody away."""
    log.folder_of(manager).mkdir()
    (log.folder_of(manager) / "commissioner-001.json").write_text("{", encoding="utf-8")
    code, _, told = run("release", "commissioner", "--db", manager, "--out", tmp_path / "out")
    assert code == 2 and "damaged" in told
    assert not (tmp_path / "out").exists()


def test_a_record_without_a_closed_quarter_makes_no_release(tmp_path: Path, manager: Path, run: Run) -> None:
    code, _, told = run("release", "commissioner", "--db", manager, "--out", tmp_path / "out", "--as-of", "2025-01-05")
    assert code == 2 and "nothing to release" in told
    assert not (tmp_path / "out").exists()


def test_a_file_of_another_kind_is_no_release(manager: Path, tmp_path: Path) -> None:
    with pytest.raises(DatabaseUnavailable, match="not a release"):
        open_cube(manager)
    (tmp_path / "junk.duckdb").write_bytes(b"\x00" * 9000)
    with pytest.raises(DatabaseUnavailable):
        open_cube(tmp_path / "junk.duckdb")
    with pytest.raises(DatabaseUnavailable, match="no such file"):
        open_cube(tmp_path / "none.duckdb")
