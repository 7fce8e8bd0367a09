"""The runner itself: what it prints, when it fails, and that no odd file can break it."""

from __future__ import annotations

import copy
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.golden.__main__ import main
from tests.golden.comparing import compare
from tests.golden.reading import Case
from tests.golden.runner import result_of

NEWCOMBE: dict[str, Any] = {
    "name": "newcombe",
    "question": "Q5",
    "input": {"successes_before": 48, "n_before": 80, "successes_after": 56, "n_after": 70},
    "expected": {"newcombe_ci": [0.0524314724, 0.3338726540]},
}


def case_of(entry: Any, folder: Path = Path()) -> Case:
    return Case("a case", str(entry.get("question", "")).lower(), entry, folder, entry.get("tolerance"))


def run(tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Any) -> tuple[int, list[str]]:
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(content), encoding="utf-8")
    status = main([str(file)])
    return status, capsys.readouterr().out.splitlines()


def test_a_case_that_agrees_passes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, capsys, {"anchors": [NEWCOMBE]}) == (
        0,
        ["passed newcombe (2 figures)", "1 passed, 0 failed"],
    )


def test_a_figure_that_differs_is_named_and_the_run_fails(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    wrong = NEWCOMBE | {"expected": {"newcombe_ci": [0.06, 0.3338726540]}}
    status, lines = run(tmp_path, capsys, {"cases": [wrong, NEWCOMBE]})
    assert status == 1
    assert lines[0] == "FAILED newcombe: newcombe_ci[0] ours 0.0524314724 expected 0.06"
    assert lines[-1] == "1 passed, 1 failed"


def test_figures_nobody_computes_are_named_beside_those_compared(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = NEWCOMBE | {"expected": NEWCOMBE["expected"] | {"tango_ci": [0, 1], "glm": {"est": 1, "se": 2}}}
    _, lines = run(tmp_path, capsys, {"cases": [more]})
    assert lines[0] == "passed newcombe (2 figures; not compared: tango_ci, glm)"


def test_a_case_not_answered_counts_as_neither(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    unknown = {"name": "riddle", "question": "Q99", "input": {"a": 1}, "expected": {"b": 2}}
    status, lines = run(tmp_path, capsys, {"cases": [unknown]})
    assert status == 0
    assert lines[0].startswith("not answered riddle: ")
    assert lines[-1] == "0 passed, 0 failed"


@pytest.mark.parametrize("content", [{}, [], {"cases": {}}, {"anchors": []}, 7, {"cases": [None, 3, "x", {}]}])
def test_a_file_of_another_shape_is_reported_not_a_crash(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], content: Any
) -> None:
    status, lines = run(tmp_path, capsys, content)
    assert status == 0
    assert all(line.startswith("not answered ") for line in lines[:-1])
    assert lines[-1] == "0 passed, 0 failed"


def test_wrong_use_exits_with_2(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "broken.json").write_text("{", encoding="utf-8")
    assert main([]) == 2
    assert main(["--help"]) == 2
    assert main([str(tmp_path / "nowhere.json")]) == 2
    assert main([str(tmp_path / "broken.json")]) == 2
    assert capsys.readouterr().out == ""


def test_an_entry_that_names_no_question_is_known_by_its_input() -> None:
    entry = {name: part for name, part in NEWCOMBE.items() if name != "question"}
    assert result_of(case_of(entry)).outcome == "passed"


def test_a_missing_data_file_is_said(tmp_path: Path) -> None:
    entry = {"question": "Q1", "input": {"csv": "gone.csv"}, "expected": {"poisson": {"after": {"est": 1}}}}
    assert result_of(case_of(entry, tmp_path)).why == "there is no file gone.csv beside it"


def test_rows_of_a_data_file_are_fitted(tmp_path: Path) -> None:
    (tmp_path / "weeks.csv").write_text("falls,days,late\n3,100,0\n1,100,0\n4,200,1\n0,100,1\n", encoding="utf-8")
    entry = {
        "question": "Q1",
        "input": {"csv": "weeks.csv", "events": "falls", "exposure": "days", "after": "late"},
        # Fitted 2, 2 and 8/3, 4/3: X2 = 0.5 + 0.5 + 2/3 + 4/3 on 2 degrees of freedom.
        "expected": {"quasipoisson": {"late": {"ratio": 4 / 300 / (4 / 200)}, "dispersion": 1.5}},
    }
    assert result_of(case_of(entry, tmp_path)).line() == "passed a case (2 figures)"


def test_figures_advised_against_are_not_asserted() -> None:
    entry = NEWCOMBE | {"compare": "quirk", "recommended": "use the mirror image"}
    result = result_of(case_of(entry))
    assert (result.outcome, result.why) == (
        "not answered",
        "its own figures are advised against: use the mirror image",
    )


def test_no_limit_may_be_written_in_several_ways() -> None:
    assert (
        compare({"a": "Infinity", "b": None, "c": [1, "Infinity"]}, {"a": None, "b": None, "c": [1, None]}).agreed == 4
    )
    assert compare({"a": "Infinity"}, {"a": 3.0}).disagreements == ("a ours 3 expected none",)


def test_lists_of_different_length_differ() -> None:
    assert compare({"a": [1, 2, 3]}, {"a": [1, 2]}).disagreements == ("a.length ours 2 expected 3",)


def test_flags_and_words_must_be_equal() -> None:
    assert compare({"a": True, "b": "pass"}, {"a": True, "b": "pass"}).agreed == 2
    assert len(compare({"a": True, "b": "pass"}, {"a": False, "b": "fail"}).disagreements) == 2


def several_models(**stated: Any) -> dict[str, Any]:
    """Two models of the same rows, told apart by formula and name; 4 / 300 after over 4 / 200 before."""
    return {
        "question": "Q3",
        "input": {"csv": "weeks.csv", "outcome": "falls", "post": "late", "time": "week"},
        "models": {
            "poisson": {
                "formula": "falls ~ late + offset(log(days))",
                "expected": {"coef": {"late": {"ratio": 2 / 3, "se": 0.5**0.5}}},
            },
            "quasi": {"formula": "same, quasi-Poisson", "coef": {"late": {"se": 0.75**0.5}}, **stated},
        },
    }


def weeks_csv(folder: Path) -> None:
    (folder / "weeks.csv").write_text(
        "week,falls,days,late\n1,3,100,0\n2,1,100,0\n3,4,200,1\n4,0,100,1\n", encoding="utf-8"
    )


def test_every_model_of_an_entry_counts(tmp_path: Path) -> None:
    weeks_csv(tmp_path)
    assert result_of(case_of(several_models(), tmp_path)).line() == "passed a case (3 figures)"
    wrong = result_of(case_of(several_models(dispersion=7), tmp_path))
    assert wrong.outcome == "FAILED"
    assert wrong.why == "quasi.dispersion ours 1.5 expected 7"
    assert result_of(case_of(several_models(dispersion=1.6, tolerance=0.1), tmp_path)).outcome == "passed"


def test_a_model_that_is_not_understood_is_named(tmp_path: Path) -> None:
    weeks_csv(tmp_path)
    entry = several_models()
    entry["models"]["odd"] = {"formula": "falls ~ magic(late)", "expected": {"coef": {"late": {"est": 1}}}}
    result = result_of(case_of(entry, tmp_path))
    assert (result.outcome, result.unanswered) == ("passed", ("odd",))
    assert "not compared: odd" in result.line()


@pytest.mark.parametrize(
    ("tolerance", "agrees"),
    [
        (None, False),
        (1e-2, True),
        ({"relative": 1e-2}, True),
        ({"relative": 0, "absolute": 0.005}, True),
        ({"ratio": 1e-2}, True),
        ({"other": 1e-2}, False),
        ("see the notes", False),
    ],
)
def test_a_stated_tolerance_is_kept(tolerance: Any, agrees: bool) -> None:
    assert bool(compare({"ratio": 1.0}, {"ratio": 1.004}, tolerance).agreed) is agrees


def test_figures_that_echo_the_input_are_passed_over() -> None:
    found = compare({"per": 1000, "rate": 2}, {"rate": 2}, given={"per": 1000})
    assert (found.agreed, found.unanswered) == (1, ())


SERIES = str(Path(__file__).parent / "cases" / "series.csv")
SHAPES = [
    NEWCOMBE,
    {
        "question": "Q1",
        "input": {
            "events_before": 6, "exposure_before": 700, "events_after": 0, "exposure_after": 650, "per": 1000,
        },
        "expected": {"rate_ratio": 0, "exact_central_ci": [0, 0.9146]},
        "tolerance": 1e-3,
    },
    {
        "question": "Q2",
        "input": {
            "events_before": 6, "exposure_before": 700, "events_after": 2, "exposure_after": 650,
            "margin_upper": 1.2, "margin_lower": 0.8,
        },
        "expected": {"p_tost_exact": 0.9},
    },
    {
        "question": "Q5",
        "input": {
            "before_yes_after_yes": 1, "before_yes_after_no": 7,
            "before_no_after_yes": 1, "before_no_after_no": 12,
        },
        "expected": {"p_mcnemar_midp": 0.0391},
    },
    {
        "question": "Q6",
        "input": {"successes": [8, 9], "n": [10, 10], "scores": [1, 2]},
        "expected": {"chisq": 0.39},
    },
    {
        "question": "Q3",
        "input": {"csv": SERIES, "outcome": "falls", "offset": "log(days)", "post": "late", "time": "week"},
        "models": {"poisson": {"formula": "falls ~ late + offset(log(days))", "coef": {"late": {"est": -0.4}}}},
        "expected": {"n": 4},
    },
    {
        "question": "Q3",
        "input": {"csv": SERIES, "prepare": "falls or other missing; post = week > 2", "model": "y ~ treated*post"},
        "expected": {"coef": {"treated:post": -10}},
    },
]  # fmt: skip
ODD = st.one_of(
    st.none(), st.booleans(), st.integers(-3, 3), st.floats(), st.text(max_size=3),
    st.lists(st.integers(), max_size=2),
    st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(shape=st.sampled_from(SHAPES), damage=st.data())
def test_no_odd_entry_breaks_the_runner(shape: dict[str, Any], damage: st.DataObject) -> None:
    entry = copy.deepcopy(shape)
    part = damage.draw(st.sampled_from([entry, entry["input"], entry["expected"]]))
    name = damage.draw(st.sampled_from(sorted(part)))
    if damage.draw(st.booleans()):
        del part[name]
    else:
        part[name] = damage.draw(ODD)
    result = result_of(case_of(entry))
    assert result.outcome in ("passed", "FAILED", "not answered")
    assert "\n" not in result.line()
