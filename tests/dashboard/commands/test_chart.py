"""``outcomes chart``: the contract's document, words for people, and wrong use said in a sentence."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from dashboard import cli
from tests.support.home import LOUNGE, small_home

KEYS = {
    "outcome", "service", "step", "chart", "why", "per", "phases", "points", "variation", "assurance", "run_chart",
    "convention", "sentence",
}  # fmt: skip
POINT_KEYS = {"period", "value", "numerator", "denominator", "centre", "lower", "upper", "signals"}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], home: Path) -> Any:
    monkeypatch.setenv("OUTCOMES_DB", str(home))
    monkeypatch.delenv("OUTCOMES_DIR", raising=False)

    def command(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["outcomes", "chart", *words])
        with pytest.raises(SystemExit) as end:
            cli.main()
        told = capsys.readouterr()
        return int(end.value.code or 0), told.out, told.err

    return command


def document(run: Any, *words: str) -> Any:
    code, out, err = run(*words, "--json")
    assert (code, err) == (0, "")
    return json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


def test_the_document_is_the_contracts(run: Any) -> None:
    found = document(run, "--outcome", "D2", "--service", "elm")
    assert found.keys() >= KEYS
    assert all(point.keys() >= POINT_KEYS for point in found["points"])
    assert all(phase.keys() >= {"from", "to"} for phase in found["phases"])
    assert found["run_chart"].keys() == {
        "useful", "longest_run", "longest_run_max", "crossings", "crossings_min", "signal",
    }  # fmt: skip
    assert found["step"] == "month"
    assert found["points"][0]["period"] == "2025-06-03"


def test_a_declared_change_of_the_whole_service_begins_a_new_usual_range(run: Any) -> None:
    found = document(run, "--outcome", "D2", "--service", "elm", "--chart", "xmr")
    assert [phase["from"] for phase in found["phases"]] == ["2025-06-03", "2025-12-01"]
    assert LOUNGE in found["phases"][1]["why"]
    assert [mark["rebased"] for mark in found["marks"] if mark["label"] == LOUNGE] == [True]


def test_the_range_of_before_can_be_carried_on_or_taken_from_the_whole_time(run: Any) -> None:
    before = document(run, "--outcome", "D2", "--service", "elm", "--chart", "xmr", "--range", "before")
    whole = document(run, "--outcome", "D2", "--service", "elm", "--chart", "xmr", "--range", "all")
    assert len(before["phases"]) == len(whole["phases"]) == 1
    assert before["phases"][0]["baseline"] == 6
    assert any("shift" in point["signals"] or "outside" in point["signals"] for point in before["points"][-3:])


def test_a_range_can_begin_on_any_day_and_a_month_be_left_out(run: Any) -> None:
    found = document(
        run, "--outcome", "D2", "--service", "elm", "--chart", "xmr", "--range", "all", "--rebase", "2026-01-15",
        "--exclude", "2025-07-01",
    )  # fmt: skip
    assert [phase["from"] for phase in found["phases"]] == ["2025-06-03", "2026-02-01"]
    assert "chosen by hand" in found["phases"][1]["why"]
    assert [point["period"] for point in found["points"] if point["excluded"]] == ["2025-07-01"]


def test_weeks_and_quarters(run: Any) -> None:
    weeks = document(run, "--outcome", "D2", "--service", "elm", "--step", "week")
    quarters = document(run, "--outcome", "L9", "--service", "elm", "--step", "quarter")
    assert len(weeks["points"]) > 50
    assert (quarters["step"], len(quarters["points"])) == ("quarter", 4)


def test_no_titles_of_one_persons_plan_stand_on_the_service(run: Any) -> None:
    found = document(run, "--outcome", "D2", "--service", "elm")
    assert {mark["label"] for mark in found["marks"]} == {LOUNGE, "Winter sickness", "New manager"}


def test_every_outcome_of_the_catalogue_makes_a_strict_document(run: Any) -> None:
    from metrics.catalogue import load_catalogue

    for code in load_catalogue().outcomes:
        found = document(run, "--outcome", code, "--service", "elm")
        assert found["outcome"] == code
        assert found["sentence"]


def test_taken_apart_it_is_a_list(run: Any) -> None:
    found = document(run, "--outcome", "F1", "--service", "elm", "--split", "harm")
    assert {each["part"] for each in found} == {"low", "none"}


def test_in_words_it_is_a_sentence_the_points_and_the_convention(run: Any) -> None:
    code, out, _ = run("--outcome", "F1", "--service", "elm")
    assert code == 0
    assert "Falls at Elm House" in out
    assert "Usual range:" in out


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--outcome", "ZZ9", "--service", "elm"), 'There is no outcome "ZZ9"'),
        (("--outcome", "F1", "--service", "oak"), 'There is no service "oak"'),
        (("--outcome", "F1", "--service", "elm", "--chart", "pie"), '--chart "pie" is not known'),
        (("--outcome", "F1", "--service", "elm", "--step", "year"), '--step "year" is not known'),
        (("--outcome", "F1", "--service", "elm", "--chart", "p"), "does not go on a p chart"),
        (("--outcome", "F1", "--service", "elm", "--trend", "5"), "6 or 7"),
        (("--outcome", "F1", "--service", "elm", "--rebase", "soon"), "is not a date"),
        (("--outcome", "F1", "--service", "elm", "--split", "weather"), 'cannot be split by "weather"'),
    ],
)
def test_wrong_use_is_said_in_a_sentence(run: Any, words: tuple[str, ...], said: str) -> None:
    code, out, err = run(*words, "--json")
    assert (code, out) == (2, "")
    assert said in " ".join(err.split())


@pytest.mark.parametrize("more", [(), ("--split", "harm")])
@pytest.mark.parametrize(("name", "opens_with"), [("chart.svg", b"<svg"), ("chart.png", b"\x89PNG")])
def test_the_chart_can_be_written_as_a_picture(
    run: Any, tmp_path: Path, name: str, opens_with: bytes, more: tuple[str, ...]
) -> None:
    code, _, _ = run("--outcome", "F1", "--service", "elm", "--picture", str(tmp_path / name), *more)
    assert code == 0
    assert (tmp_path / name).read_bytes().startswith(opens_with)


def test_a_picture_of_another_kind_is_refused_before_any_work(run: Any, tmp_path: Path) -> None:
    code, _, err = run("--outcome", "F1", "--service", "elm", "--picture", str(tmp_path / "chart.docx"))
    assert code == 2
    assert ".svg or .png" in " ".join(err.split())


def test_a_folder_that_is_not_there_is_said(run: Any, tmp_path: Path) -> None:
    code, _, err = run("--outcome", "F1", "--service", "elm", "--picture", str(tmp_path / "none" / "chart.svg"))
    assert code == 2
    assert "cannot be written" in " ".join(err.split())


def test_a_range_carried_on_cannot_also_begin_anew(run: Any) -> None:
    code, _, err = run("--outcome", "D2", "--service", "elm", "--range", "before", "--rebase", "2026-01-15")
    assert code == 2
    assert "cannot also begin anew" in " ".join(err.split())
