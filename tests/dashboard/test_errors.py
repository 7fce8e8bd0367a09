"""When something goes wrong, nobody reads in the browser or in the log what it stumbled over."""

from __future__ import annotations

import logging
import re
import subprocess
import sys
import threading
import warnings
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from streamlit import error_util
from streamlit.logger import get_logger, setup_formatter
from streamlit.testing.v1 import AppTest

from dashboard import cli, errors, logs
from dashboard.logs import kind_and_place, mask

NAME, NUMBER, MAIL = "Margaret Outsider", "999 123 4560", "m.outsider@home.example"
PRIVATE = f"{NAME}, {NUMBER}, {MAIL}, /srv/care homes/elm/{NUMBER}.csv"
TELLS = (NAME, "Margaret", "999", "4560", "outsider", "/srv", "care homes")
ROOT = Path(__file__).parents[2]


@pytest.fixture
def as_served(monkeypatch: pytest.MonkeyPatch) -> None:
    """What ``outcomes serve`` puts in place before it starts, taken away again after the test."""
    for module, name in (
        (error_util, "_log_uncaught_app_exception"),
        (error_util, "show_uncaught_app_exception"),
        (logging, "raiseExceptions"),
        (warnings, "showwarning"),
        (sys, "excepthook"),
        (sys, "unraisablehook"),
        (threading, "excepthook"),
    ):
        monkeypatch.setattr(module, name, getattr(module, name))
    monkeypatch.setattr(logs, "_places", [])
    before = logging.getLogRecordFactory()
    errors.install()
    logs.install()
    yield  # type: ignore[misc]
    logging.setLogRecordFactory(before)


def tells(text: str) -> list[str]:
    return [each for each in TELLS if each.lower() in text.lower()]


SCRIPTS = {
    "on a page": f"import streamlit as st\nst.title('A page')\nraise ValueError({PRIVATE!r})",
    "in what a button does": (
        f"import streamlit as st\ndef wrong():\n    raise KeyError({PRIVATE!r})\n"
        "st.title('A page')\nst.button('Go', on_click=wrong)"
    ),
    "in a part of a page": (
        f"import streamlit as st\nst.title('A page')\n@st.fragment\ndef part():\n    raise OSError(2, {PRIVATE!r})\npart()"
    ),
    "from another error": (
        f"import streamlit as st\nst.title('A page')\ntry:\n    int({PRIVATE!r})\nexcept ValueError as e:\n"
        f"    raise RuntimeError({NAME!r}) from e"
    ),
}


@pytest.mark.usefixtures("as_served")
@pytest.mark.parametrize("where", SCRIPTS)
def test_an_error_is_a_sentence_and_a_reference_that_the_log_has_too(
    where: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    """Case 56: a name and a number of the 999 range reach neither the browser nor what the process writes."""
    (tmp_path / "page.py").write_text(SCRIPTS[where])
    at = AppTest.from_file(str(tmp_path / "page.py")).run()
    for each in at.button:
        each.click().run()
    shown = " ".join([*(each.value for each in at.get("html")), str(at.main), str(at.sidebar)])
    wrote = capfd.readouterr()
    logged = " ".join([wrote.out, wrote.err, caplog.text])
    assert not at.exception
    reference = re.search(r"The reference is ([A-Z2-9]{6})\.", shown)
    assert reference is not None
    assert f"Reference {reference[1]}" in logged
    assert re.search(r"(ValueError|KeyError|FileNotFoundError|RuntimeError) in .*page\.py, line \d+", logged)
    assert tells(shown) == []
    assert tells(logged) == []
    assert "Traceback" not in logged


@pytest.mark.usefixtures("as_served")
def test_whatever_is_logged_by_anybody_is_masked(capfd: pytest.CaptureFixture[str]) -> None:
    """Case 56: Streamlit's loggers, the web server's and our own; an error keeps its kind and its place."""
    for name in ("streamlit.web", "uvicorn.error", "outcomes", "some.library"):
        log = get_logger(name)
        setup_formatter(log)  # its handler may stand on the output of an earlier test
        log.warning("Read %s of %s", "/srv/care/homes.csv", NUMBER)
        log.error("Failed: %s", ValueError(PRIVATE))
        log.error("Written by %(who)s", {"who": MAIL})
        try:
            raise ValueError(PRIVATE)
        except ValueError:
            log.exception("It went wrong")
        log.warning("%d and %s", "not a number")
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        warnings.warn(PRIVATE, UserWarning, stacklevel=1)
    thread = threading.Thread(target=lambda: int(PRIVATE))
    thread.start()
    thread.join()
    wrote = capfd.readouterr()
    assert tells(wrote.out + wrote.err) == []
    assert "Traceback" not in wrote.err
    assert wrote.err.count("It went wrong (ValueError in tests/dashboard/test_errors.py, line ") == 4
    assert "Stopped by ValueError in tests/dashboard/test_errors.py" in wrote.err
    assert "UserWarning in test_errors.py" in wrote.err


def test_an_error_that_ends_the_program_says_its_kind_and_its_place() -> None:
    """Case 56, where nothing catches it; in a process of its own."""
    said = subprocess.run(
        [sys.executable, "-c", f"from dashboard import logs; logs.install(); raise ValueError({PRIVATE!r})"],
        capture_output=True, text=True, cwd=ROOT,
    )  # fmt: skip
    assert said.returncode == 1
    assert "Stopped by ValueError" in said.stderr
    assert tells(said.stdout + said.stderr) == []


def test_a_command_that_fails_says_the_kind_and_the_place(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Case 56, on the command line: no traceback, which would hold the lines and the values around it."""

    def fails(**_: object) -> None:
        raise ValueError(PRIVATE)

    monkeypatch.setattr(cli, "app", fails)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    said = capfd.readouterr()
    assert ended.value.code == 1
    assert "ValueError in tests/dashboard/test_errors.py" in " ".join(said.err.split())
    assert tells(said.out + said.err) == [] and "Traceback" not in said.err
    monkeypatch.setenv("OUTCOMES_DEBUG", "1")
    with pytest.raises(ValueError, match="Margaret"):
        cli.main()


@pytest.mark.parametrize(
    ("written", "masked"),
    [
        ("943 476 5919", "[number]"),
        ("943-476-5919", "[number]"),
        ("(9434765919)", "([number])"),
        ("falls SMITH 9434765919.csv", "falls SMITH [number].csv"),
        ("a.b+c@care.example.org wrote", "[e-mail] wrote"),
        ("in /srv/somebody/data.duckdb now", "in [path] now"),
        ("in '/srv/some body/my data.duckdb'", "in [path]"),
        (r"C:\Users\somebody\data.duckdb", "[path]"),
        (r'"C:\Users\some body\data.duckdb"', "[path]"),
        (r"\\server\share\data.duckdb", "[path]"),
        ("~/homes/elm/data.duckdb", "[path]"),
        ("http://localhost:8501 is open", "http://localhost:8501 is open"),
        ("2026-11-22 17:20:05.123 three of 12", "2026-11-22 17:20:05.123 three of 12"),
        ("load 12345678901 rows", "load 12345678901 rows"),
        ("and/or", "and/or"),
    ],
)
def test_numbers_addresses_and_paths_are_masked_and_the_rest_stays(written: str, masked: str) -> None:
    assert mask(written) == masked


@given(st.text(), st.from_regex(r"\d{3}[ -]?\d{3}[ -]?\d{4}", fullmatch=True), st.text())
@example("", "9991234560", "")
def test_no_number_of_ten_digits_is_left(before: str, number: str, after: str) -> None:
    assert number not in mask(f"{before} {number} {after}")


def test_a_folder_that_must_not_be_named_is_never_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(logs, "_places", ["/srv/care homes/elm"])
    assert mask("in /srv/care homes/elm/outcomes.duckdb") == "in [path]/outcomes.duckdb"


def test_kind_and_place_hold_nothing_of_what_an_error_says() -> None:
    try:
        int(PRIVATE)
    except ValueError as error:
        assert re.fullmatch(r"ValueError in tests/dashboard/test_errors\.py, line \d+", kind_and_place(error))
    assert kind_and_place(ValueError(PRIVATE)) == "ValueError"


def test_references_differ_and_are_easy_to_read_out() -> None:
    made = {errors.new_reference() for _ in range(200)}
    assert len(made) == 200
    assert not re.search(r"[IO01]", "".join(made))
