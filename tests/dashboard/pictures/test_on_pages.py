"""The pictures where they stand: on the pages, and through the one line each that a page calls."""

from __future__ import annotations

import json
import statistics
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_pages import APP, HOSTILE, PAGES, markup, words
from tests.support.exports import load, write
from tests.support.home import small_home
from tests.support.markup import tables
from tests.support.story import START, mornings

Open = Callable[..., AppTest]
SAID_IN_100 = "All outcomes of this change in one picture"


@pytest.fixture(scope="module")
def two_homes(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with plans whose names are hostile, and another in which the same kind of thing was tried."""
    folder = tmp_path_factory.mktemp("two")
    database = small_home(folder, title=HOSTILE, label=HOSTILE)
    incidents, checks = mornings("xxx.xxx.xx.xxx.xxxx..xxx.xx.", "..x..x...x.x.....x.xx...x...")
    there = [text.replace("elm", "ash").replace("P-1", "Q-1") for text in (incidents, checks)]
    stays = ["person_id, service_id, start_on, end_on, end_reason", "Q-1, ash, 2024-01-01, ,"]
    stays += [f"Q-{n}, ash, 2024-01-01, , " for n in range(2, 30)]
    stays += [
        f"Q-{n}, ash, 2024-01-01, 2026-0{1 + n % 6}-11, {'died' if n % 2 else 'unplanned_move'}" for n in range(40, 50)
    ]
    senses = [
        f"S{month}{n}, ash, Q-{n}, 2026-0{month}-03, self, person_checkin, security, {3 + month % 2}"
        for month in (1, 5)
        for n in range(1, 9)
    ]
    falls = [f"W{n}, Q-2, ash, {date(2025, 9, 1) + timedelta(days=5 * n)} {14 + n % 2}:05" for n in range(50)]
    exports = write(
        folder / "other",
        services="service_id, setting, nation, beds, label\nash, nursing, EN, 30, Ash Court",
        stays="\n".join(stays),
        incidents=there[0].replace("\nI", "\nA").replace("\nR", "\nB"),
        checks=there[1].replace("\nK", "\nA"),
        falls="\n".join(["fall_id, person_id, service_id, occurred_at", *falls]),
        feedback="\n".join(
            ["feedback_id, service_id, person_id, given_on, rater, instrument, domain, score", *senses]
        ),
        interventions="intervention_id, service_id, person_id, title, kind, start_on\n"
        f"ash-1, ash, Q-1, Radio, music, {START}\nash-2, ash, , Quiet nights, environment, 2026-03-01",
        declarations="declaration_id, intervention_id, outcome, question, size, role, declared_on\n"
        f"a1, ash-1, D1, change, 15, main, {START - timedelta(days=7)}\n"
        "a2, ash-2, I6, steady, 1.5, main, 2026-02-01",
    )  # fmt: skip
    load(exports, database)
    return database


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    """A page of the dashboard on a database, with some of its expanders opened."""

    def opened(name: str, database: Path, *opens: str, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.run()
        at.switch_page(PAGES[name])
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
        for expander in opens:
            at.session_state[expander] = True
        return at.run() if opens else at

    return opened


@pytest.fixture
def part(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path, str], AppTest]:
    """A page that holds one line: a call of ``dashboard.blocks.pictures``."""

    def opened(database: Path, call: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        script = f"from datetime import date\nfrom dashboard import access\nfrom dashboard.blocks import pictures\npictures.{call}\n"
        return AppTest.from_string(script, default_timeout=60).run()

    return opened


def charts(at: AppTest) -> dict[str, dict[str, object]]:
    """The charts on the page by what they say aloud."""
    return {each.proto.alt: json.loads(each.proto.spec) for each in at.get("plotly_chart")}


def test_outcomes_in_100_stand_together_when_there_are_two(page: Open, two_homes: Path) -> None:
    at = page("One change, before and after", two_homes, "all_outcomes", service="ash", change="ash-1")
    assert not at.exception
    assert "outcomes in 100:" in words(at)
    alone = page("One change, before and after", two_homes, service="ash", change="ash-2")
    assert SAID_IN_100 not in [each.label for each in alone.expander]


def test_a_closed_expander_draws_nothing(page: Open, two_homes: Path) -> None:
    at = page("One change, before and after", two_homes, service="ash", change="ash-1")
    assert SAID_IN_100 in [each.label for each in at.expander]
    assert len(charts(at)) == 1


def test_how_long_people_stay_stands_with_staying_put_alone(page: Open, two_homes: Path) -> None:
    at = page("One change, before and after", two_homes, "staying_open", service="ash", change="ash-2", outcome="I6")
    assert not at.exception
    assert "Still here after" in words(at)
    assert "Shown, not judged" in words(at)
    other = page("One change, before and after", two_homes, service="ash", change="ash-1")
    assert "How long people stay, before and after" not in [each.label for each in other.expander]


def test_the_same_elsewhere_can_be_seen_as_one_picture(page: Open, two_homes: Path) -> None:
    at = page("What changed", two_homes, "elsewhere", "elsewhere_picture", service="ash", period="all")
    assert not at.exception
    said = next(alt for alt in charts(at) if "after compared with before" in alt)
    assert said.index("![t]") < said.index("Ash Court")
    assert "No row sums the others up here." in words(at)


def test_names_from_a_file_stay_text_in_every_picture(page: Open, two_homes: Path) -> None:
    at = page("What changed", two_homes, "elsewhere", "elsewhere_picture", service="ash", period="all")
    assert "<img src=http" not in markup(at)
    for spec in charts(at).values():
        assert "<img" not in json.dumps(spec)
    assert tables(at)


def test_hours_and_weekdays_in_one_line(part: Callable[[Path, str], AppTest], two_homes: Path) -> None:
    at = part(two_homes, 'clock_pattern_part("ash", "F1", date(2025, 1, 1), date(2026, 6, 30))')
    assert not at.exception
    assert "Falls: more than an even spread between 14:00 and 16:00" in words(at)
    assert [each.label for each in at.expander] == ["The numbers"]
    assert len(tables(at)[0]) == 31


def test_staying_in_one_line(part: Callable[[Path, str], AppTest], two_homes: Path) -> None:
    at = part(two_homes, 'staying_part("ash")')
    assert not at.exception
    assert "in 100 are still here after" in words(at)


def test_senses_in_one_line(part: Callable[[Path, str], AppTest], two_homes: Path) -> None:
    at = part(two_homes, 'senses_part("ash")')
    assert not at.exception
    assert "People themselves on the six senses, first half and second half" in words(at)
    at = part(two_homes, 'senses_part("ash", date(2026, 3, 1))')
    assert "on the six senses, before and after" in words(at)


def test_all_changes_of_a_service_in_one_line(part: Callable[[Path, str], AppTest], two_homes: Path) -> None:
    at = part(two_homes, 'service_forest_part("elm")')
    assert not at.exception


def test_an_outcome_taken_apart_in_one_line(part: Callable[[Path, str], AppTest], two_homes: Path) -> None:
    at = part(two_homes, 'parts_part(access.findings("ash")[0], "no_such_column")')
    assert not at.exception
    assert "cannot be split by" in words(at)
    at = part(two_homes, 'parts_part(access.findings("ash")[0], "harm")')
    assert not at.exception


@pytest.mark.parametrize(
    ("call", "said"),
    [
        (
            'clock_pattern_part("ash", "C1", date(2025, 1, 1), date(2026, 6, 30))',
            "only incidents and falls have a time",
        ),
        ('clock_pattern_part("ash", "nothing", date(2025, 1, 1), date(2026, 6, 30))', "only incidents and falls"),
        ('clock_pattern_part("ash", "F1", date(2020, 1, 1), date(2020, 6, 30))', "no pattern to show"),
        ('clock_pattern_part("ash", "F1", date(2026, 1, 1), date(2020, 6, 30))', "no pattern to show"),
        ('clock_pattern_part("ash", "F1", date(2026, 1, 1), date(2026, 1, 30))', "too few to see a pattern"),
        ('staying_part("no such service")', "No curve yet"),
        ('staying_part("ash", "F1")', "No curve yet"),
        ('senses_part("elm")', "Nobody has answered about the six senses yet"),
        ('senses_part("no such service")', "Nobody has answered about the six senses yet"),
        ('service_forest_part("no such service")', "not two answers with a range"),
    ],
)
def test_where_there_is_nothing_to_show_it_is_said(
    part: Callable[[Path, str], AppTest], two_homes: Path, call: str, said: str
) -> None:
    at = part(two_homes, call)
    assert not at.exception
    assert said in words(at)


def test_a_page_with_its_pictures_open_is_quick(page: Open, two_homes: Path) -> None:
    at = page("One change, before and after", two_homes, "all_outcomes", service="ash", change="ash-1")
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        at.run()
        took.append(time.perf_counter() - begun)
    assert statistics.median(took) < 0.3  # generous, for a machine under load; about a fifth of it when idle
