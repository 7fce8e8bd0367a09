"""One file an outcome; a faulty one is told what is wrong with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from metrics.catalogue import OutcomeFileError, columns_of, load_catalogue, read_outcome

STARRED = {
    "D1",
    "D2",
    "D3",
    "D5",
    "C1",
    "C3",
    "C4",
    "C6",
    "F1",
    "F2",
    "F3",
    "F4",
    "F5",
    "F8",
    "I1",
    "I2",
    "I6",
    "I7",
    "I9",
    "V1",
    "V2",
    "V5",
    "V8",
    "V9",
    "V10",
    "R1",
    "R2",
    "R3",
    "L1",
    "L2",
    "L4",
    "L5",
    "L6",
    "L7",
    "L8",
    "L9",
    "L13",
    "K1",
    "K3",
    "T1",
    "T2",
    "G1",
    "G2",
    "G8",
    "E6",
    "X1",
    "Q2",
}


def test_every_first_release_outcome_has_its_file() -> None:
    catalogue = load_catalogue()
    assert {outcome.code for outcome in catalogue if outcome.starred} == STARRED


def test_filters_name_columns_that_exist() -> None:
    for outcome in load_catalogue():
        for rows in (outcome.counts, outcome.over, outcome.observed):
            if rows is not None:
                assert set(rows.where) <= columns_of(rows.table), outcome.code


def test_filters_name_codes_that_exist() -> None:
    from data.contract import TABLES

    for outcome in load_catalogue():
        for rows in (outcome.counts, outcome.over, outcome.observed):
            if rows is None or rows.table not in TABLES:
                continue
            for name, words in rows.where.items():
                column = TABLES[rows.table].columns.get(name)
                if column is not None and column.codes:
                    assert set(words) <= {*column.codes, "not_recorded"}, (outcome.code, name)


def test_down_is_good_is_never_read_alone() -> None:
    """Distress, declined care, restriction going down may mean sedation or resignation: something stands beside them."""
    for outcome in load_catalogue():
        if outcome.good == "down" and outcome.judged == "change":
            assert outcome.beside, outcome.code


def write(folder: Path, text: str) -> Path:
    path = folder / "own.toml"
    path.write_text(text, encoding="utf-8")
    return path


GOOD = """code = "TEA"
name = "Tea"
kind = "share"
table = "checks"
good = "up"
judged = "target"
size = 90
[counts]
measure = "interaction"
"""


def test_checks_count_met_over_met_partly_and_not_met(tmp_path: Path) -> None:
    outcome = read_outcome(write(tmp_path, GOOD))
    assert outcome.counts.where["result"] == ("met",)
    assert outcome.over is not None
    assert outcome.over.where == {"measure": ("interaction",), "result": ("met", "partly", "not_met")}


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (('kind = "share"', 'kind = "sum"'), 'kind = "sum" is not known'),
        (('table = "checks"', 'table = "chequers"'), 'table = "chequers" is not a table'),
        (('measure = "interaction"', 'colour = "red"'), "names the column 'colour'"),
        (('name = "Tea"\n', ""), "'name' is missing"),
        (("size = 90", "size = ninety"), "not a TOML file"),
        (('judged = "target"\nsize = 90', 'judged = "change"'), "needs the size"),
        (('code = "TEA"', 'code = "TEA"\nflavour = 1'), "'flavour' is not a key"),
    ],
)
def test_a_fault_is_named_with_the_file(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(OutcomeFileError, match=r"own\.toml") as error:
        read_outcome(write(tmp_path, GOOD.replace(*change)))
    assert said in str(error.value)


def test_a_comparison_is_an_outcome_that_is_there_and_another_one(tmp_path: Path) -> None:
    text = 'code = "{code}"\nname = "Own"\nkind = "rate"\ntable = "falls"\ngood = "down"\njudged = "trend"\ncomparison = "{other}"\n'
    (tmp_path / "own.toml").write_text(text.format(code="OWN", other="f1"), encoding="utf-8")
    found = load_catalogue(tmp_path).get("OWN")
    assert found is not None
    assert found.comparison == "F1"
    (tmp_path / "own.toml").write_text(text.format(code="OWN", other="F99"), encoding="utf-8")
    with pytest.raises(OutcomeFileError, match="its comparison is F99, and there is no such outcome"):
        load_catalogue(tmp_path)
    (tmp_path / "own.toml").write_text(text.format(code="OWN", other="OWN"), encoding="utf-8")
    with pytest.raises(OutcomeFileError, match="cannot be its own comparison"):
        load_catalogue(tmp_path)
