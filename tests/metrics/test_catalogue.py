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
    "V15",
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


AREAS = {"D": 5, "C": 6, "F": 8, "I": 10, "V": 19, "R": 5, "L": 13, "K": 5, "T": 5, "G": 14, "E": 8, "X": 5, "Q": 3}
KEPT_IN_ANOTHER_FORM = {"E2", "E8", "Q3"}
"""Two are splits of other outcomes, one is a gate."""
LET_GO = {"E4"}


def test_every_outcome_of_the_handbook_has_its_file() -> None:
    every = {f"{area}{number}" for area, many in AREAS.items() for number in range(1, many + 1)}
    assert {outcome.code for outcome in load_catalogue()} == every - KEPT_IN_ANOTHER_FORM - LET_GO


def test_everything_it_is_read_beside_is_there() -> None:
    catalogue = load_catalogue()
    for outcome in catalogue:
        assert set(outcome.beside) <= set(catalogue.outcomes), outcome.code


def test_what_is_looked_at_is_part_of_what_it_is_looked_for_in() -> None:
    """A share counts rows of its own table out of rows of the same table, in words of one and of many."""
    for outcome in load_catalogue():
        if outcome.kind == "share":
            assert outcome.over is not None
            assert outcome.over.table == outcome.counts.table
            assert outcome.one_thing != "record", outcome.code
        assert outcome.why, outcome.code
        assert outcome.why.endswith("."), outcome.code


def test_on_time_is_asked_of_what_the_handbook_asks_it_of() -> None:
    on_time = {outcome.code for outcome in load_catalogue() if outcome.share_of == "on_time"}
    assert on_time == {
        "F3", "I2", "I3", "I8", "V14", "V15", "K3", "K4", "K5", "G1", "G3", "G6", "G9", "G11", "E7",
    }  # fmt: skip
    assert {outcome.code for outcome in load_catalogue() if outcome.share_of == "people"} == {"L9", "X1", "X5"}


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
        (('measure = "interaction"', 'measure = "interactions"'), 'measure = "interactions" is no word of that column'),
        (('kind = "share"', 'kind = "score"'), "a score is worked out from feedback"),
        (('kind = "share"', 'kind = "stay"'), "a stay is worked out from stays"),
        (('table = "checks"', 'table = "feedback"\nshare_of = "on_time"'), "Only the table checks has them"),
        (('kind = "share"', 'kind = "share"\nwindow = "06:00-11:00"'), "'window' belongs to a day_share"),
        (('kind = "share"', 'kind = "rate"\nshare_of = "people"'), "belongs to a share, not to a rate"),
        (('kind = "share"', 'kind = "share"\nsplits = ["colour"]'), "splits names the column 'colour'"),
        (('kind = "share"', 'kind = "share"\nline = "service.beds"'), 'line = "service.beds" is not known'),
        (("size = 90", "size = 900"), "a target of 900 in 100 cannot be reached"),
        (("size = 90", "size = -1"), "size = -1 is not a number above 0"),
        (('kind = "share"', 'kind = "share"\nper = 0'), "per = 0 is not a number above 0"),
        (('good = "up"\njudged = "target"', 'good = "none"\njudged = "change"'), "needs a good side"),
        (
            ('kind = "share"\ntable = "checks"', 'kind = "rate"\ntable = "people"'),
            "a rate counts things that happened on a day",
        ),
    ],
)
def test_a_fault_is_named_with_the_file(tmp_path: Path, change: tuple[str, str], said: str) -> None:
    with pytest.raises(OutcomeFileError, match=r"own\.toml") as error:
        read_outcome(write(tmp_path, GOOD.replace(*change)))
    assert said in str(error.value)


SCORE = """code = "CALM"
name = "Calm"
kind = "score"
table = "feedback"
good = "up"
judged = "change"
size = 5
[counts]
instrument = "cmai"
domain = "total"
rater = "staff"
"""


def test_a_file_may_not_turn_an_instrument_round(tmp_path: Path) -> None:
    with pytest.raises(OutcomeFileError, match="on cmai a lower score is better"):
        read_outcome(write(tmp_path, SCORE))
    assert read_outcome(write(tmp_path, SCORE.replace('good = "up"', 'good = "down"'))).fewer_is_better


def test_a_number_is_asked_for_as_a_number(tmp_path: Path) -> None:
    text = SCORE.replace('kind = "score"', 'kind = "share"').replace('rater = "staff"', 'score = ["4", "many"]')
    with pytest.raises(OutcomeFileError, match='score = "many" is no number') as error:
        read_outcome(write(tmp_path, text))
    assert '"4"' not in str(error.value)


def test_a_ratio_of_one_is_no_change_worth_asking_for(tmp_path: Path) -> None:
    rate = 'code = "A"\nname = "A"\nkind = "rate"\ntable = "falls"\ngood = "down"\njudged = "change"\nsize = 1\n'
    with pytest.raises(OutcomeFileError, match="no change at all"):
        read_outcome(write(tmp_path, rate))


def test_checks_with_words_of_their_own_are_still_those_that_were_looked_at() -> None:
    seats = load_catalogue().outcomes["G12"]
    assert seats.over is not None
    assert (seats.counts.where["result"], seats.over.where["result"]) == (("met",), ("met",))
    declined = load_catalogue().outcomes["I5"]
    assert declined.over is not None
    assert declined.over.where["result"] == ("met", "partly", "not_met")


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
