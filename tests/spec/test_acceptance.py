"""What was asked for at the beginning, page by page: a manager opens the dashboard and finds it.

Each test follows one scenario of the handbook by what stands on the pages. Counts of clicks are links followed from
the page that opens first.
"""

from __future__ import annotations

import re
import socket
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import NoReturn
from urllib.parse import parse_qsl

import pytest
from streamlit.testing.v1 import AppTest

from data.model import Period, Rows, Scope
from data.warehouse import open_facts
from tests.dashboard.test_add_data_page import upload
from tests.dashboard.test_pages import APP, words
from tests.dashboard.test_record_page import press
from tests.support.exports import KEY, TODAY, load

Open = Callable[[Path], AppTest]


@pytest.fixture
def dashboard(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    """The dashboard as it opens, on a database."""

    def opened(database: Path) -> AppTest:
        (tmp_path / "pseudonyms.key").write_text(KEY.hex() + "\n")
        (tmp_path / "pseudonyms.key").chmod(0o600)
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.setenv("OUTCOMES_KEY", str(tmp_path / "pseudonyms.key"))
        monkeypatch.setenv("OUTCOMES_PROFILES", str(tmp_path / "profiles"))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        monkeypatch.setattr("dashboard.access.today", lambda: TODAY)
        return AppTest.from_file(str(APP), default_timeout=60).run()

    return opened


def follow(at: AppTest, label: str) -> AppTest:
    """One click on a link of the page."""
    (link,) = [each.proto for each in at.get("page_link") if each.proto.label == label]
    at.switch_page(f"app_pages/{link.page}.py")
    for key, value in parse_qsl(link.query_string):
        at.query_params[key] = value
    return at.run()


def choose(at: AppTest, key: str, code: str) -> AppTest:
    """One click in a list."""
    return at.selectbox(key=key).select(code).run()


def turn_to(at: AppTest, page: str) -> AppTest:
    """One click in the list of pages."""
    return at.switch_page(f"app_pages/{page}.py").run()


class TestOneARoutineStartedAfterABadFortnight:
    """Within three clicks: before and after, difference, interval, a sentence, what it is read beside, a warning."""

    @pytest.fixture
    def page(self, dashboard: Open, whole_sample: Path) -> AppTest:
        return follow(dashboard(whole_sample), "Tea before washing")

    def test_one_click_leads_to_the_answer_in_a_sentence(self, page: AppTest) -> None:
        assert not page.exception
        said = words(page)
        assert "✔ Better, and worthwhile Distress came on 11 of 28 mornings, down from 43 of 53." in said
        assert "the true drop is somewhere between 12 and 64 in 100" in said

    def test_before_and_after_are_drawn_and_said_in_figures(self, page: AppTest) -> None:
        assert "Mornings with distress: about 5.7 a week before, 2.8 after" in words(page)
        assert len(page.get("plotly_chart")) == 1

    def test_the_rest_of_the_day_and_calming_medicine_stand_beside_it(self, page: AppTest) -> None:
        beside = words(page).split("Read beside it")[1].split("How sure are we?")[0]
        assert "Calming medicine given as needed 3 in 56 days 2 in 28 days" in beside
        assert "Distress at other times of day 7 of 56 days 4 of 28 days" in beside

    def test_it_warns_of_the_bad_spell_it_began_after(self, page: AppTest) -> None:
        said = words(page)
        assert "After a bad spell things tend to look better whatever is done." in said
        assert "left out: the days just before the start, which were unusually bad" in said


class TestTwoAPositiveRiskPlan:
    """Steady or not to be told yet, the largest rise ruled out, harm, reviews, freedom, and how long it would take."""

    @pytest.fixture
    def page(self, dashboard: Open, whole_sample: Path) -> AppTest:
        return follow(dashboard(whole_sample), "Walking to the shop")

    def test_steady_is_not_claimed_for_a_few_falls(self, page: AppTest) -> None:
        said = words(page)
        assert "a rise of up to 25 in 100 would still be steady" in said
        assert "○ Cannot tell yet: staying within what was agreed is not shown Falls: 3 in 28 days, up from 2." in said

    def test_it_says_how_large_a_rise_could_be(self, page: AppTest) -> None:
        assert "These data cannot rule out even a large rise: up to 11.4 times as many." in words(page)

    def test_harm_reviews_and_freedom_stand_beside_it(self, page: AppTest) -> None:
        beside = words(page).split("Read beside it")[1].split("How sure are we?")[0]
        assert "Falls with harm 1 in 28 days 1 in 28 days" in beside
        assert "Triggers answered by a review in time no reviews promised 3 of 3 reviews promised" in beside
        assert "Freedom kept 15 of 27 days 20 of 27 days" in beside

    def test_it_says_what_it_would_take_to_settle_it(self, page: AppTest) -> None:
        assert "no follow-up is long enough: a longer record from before is what is missing." in words(page)
        freedom = choose(page, "outcome", "F4")
        assert re.search(r"about \d+ more weeks would settle it", words(freedom))


FAULTS = (
    "2026-02-31 14:05,low", "13/13/2026 14:05,low", "last week,low", "14/07/2027 14:05,low", ",low",
    "14/02/2026 25:10,low", "14/02/2026 after tea,low", "14/02/2026 14:05,dreadful", "14/02/2026 14:05,lwo",
    "31/04/2026 10:00,low", "00/02/2026 10:00,none", "14/02/0206 09:00,none", "2026-13-01 09:00,none",
    "29/02/2025 08:00,none", "14/02/2026 14:05,7", "14/02/2026 10:75,low", "14/02/2099 10:00,low",
    "tomorrow,none", "14/02/2026 11:00,serious-ish", "32/01/2026 11:00,low",
)  # fmt: skip
GOOD_ROWS = 30


class TestFiveASpreadsheetWithTwentyBadRows:
    """Each named with its reason, the rest loaded, nothing sent anywhere."""

    @staticmethod
    def falls() -> str:
        good = [f"G{n},P-{n % 9},elm,2026-03-{n % 28 + 1:02d} 14:{n % 60:02d},low" for n in range(GOOD_ROWS)]
        bad = [f"B{n},P-{n % 9},elm,{fault}" for n, fault in enumerate(FAULTS)]
        return "fall_id,person_id,service_id,occurred_at,harm\n" + "\n".join([*bad, *good]) + "\n"

    @pytest.fixture
    def alone(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """No way out of this computer."""

        def no_way_out(*_: object) -> NoReturn:
            raise AssertionError("Something was to be sent somewhere.")

        monkeypatch.setattr(socket.socket, "connect", no_way_out)
        monkeypatch.setattr(socket.socket, "sendto", no_way_out)
        monkeypatch.setattr(socket, "getaddrinfo", no_way_out)

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        exports = tmp_path / "exports"
        exports.mkdir()
        (exports / "services.csv").write_text("service_id,setting,nation,beds,label\nelm,residential,EN,40,Elm House\n")
        load(exports, tmp_path / "home.duckdb")
        return tmp_path / "home.duckdb"

    @pytest.fixture
    def checked(self, dashboard: Open, home: Path, alone: None) -> AppTest:
        at = turn_to(dashboard(home), "add_data")
        return press(upload(at, falls=self.falls()), "Next: check and save")

    def test_each_bad_row_is_named_with_its_reason_and_what_to_do(self, checked: AppTest) -> None:
        assert len(FAULTS) == 20
        assert not checked.exception
        said = words(checked)
        for number in range(len(FAULTS)):
            assert re.search(rf"Line {number + 2} ", said), number + 2
        assert "last week Not a date we can read" in said
        assert "Write dates as YYYY-MM-DD or DD/MM/YYYY." in said

    def test_the_rest_is_loaded_and_every_row_is_accounted_for(self, checked: AppTest, home: Path) -> None:
        saved = press(checked, "Save")
        assert not saved.exception
        assert "50 rows read = 30 added + 0 already there + 20 refused." in words(saved)
        with open_facts(home) as facts:
            year = Period(date(2026, 1, 1), date(2026, 12, 31))
            assert facts.event_series(Scope("elm"), Rows("falls"), [year]).total.numerator == GOOD_ROWS
            assert len(facts.refused_rows()) == len(FAULTS)

    def test_the_rows_to_correct_can_be_taken_along(self, checked: AppTest) -> None:
        assert "Download the rows to correct" in [each.proto.label for each in checked.get("download_button")]


class TestSixAHomeWithFallsAndBedsAlone:
    """A chart, a rate that says on what it rests, and a list of what cannot be seen."""

    @pytest.fixture
    def home(self, tmp_path: Path) -> Path:
        exports = tmp_path / "exports"
        exports.mkdir()
        (exports / "services.csv").write_text("service_id,setting,nation,beds,label\nelm,residential,EN,40,Elm House\n")
        days = [date(2025, 1, 1) + timedelta(days=4 * n) for n in range(135)]
        rows = [f"F{n},P-{n % 30},elm,{day} 14:{n % 60:02d}" for n, day in enumerate(days)]
        (exports / "falls.csv").write_text("fall_id,person_id,service_id,occurred_at\n" + "\n".join(rows) + "\n")
        load(exports, tmp_path / "home.duckdb")
        return tmp_path / "home.duckdb"

    def test_the_first_page_has_a_rate_and_says_that_nothing_was_tried_yet(self, dashboard: Open, home: Path) -> None:
        said = words(dashboard(home))
        assert "Nobody has written down yet what was tried here" in said
        assert re.search(r"Falls \d\.\d per 1,000 bed days", said)

    def test_one_click_leads_to_a_chart_whose_rate_is_flagged(self, dashboard: Open, home: Path) -> None:
        at = turn_to(dashboard(home), "trends")
        (chart,) = at.get("plotly_chart")
        assert chart.proto.alt.startswith("Falls at Elm House: ")
        assert "Worked out from beds, as if every bed were full." in words(at)

    def test_another_lists_what_cannot_be_seen(self, dashboard: Open, home: Path) -> None:
        said = words(turn_to(dashboard(home), "trust"))
        assert "What we cannot show for Elm House" in said
        for missing in (
            "Rates are worked out from beds, as if every bed were full.",
            "We cannot see distress, calming medicine, restrictive events or injuries.",
            "We cannot say what people, families and staff told us.",
            "We cannot say whose voice counted.",
            "We cannot see who is left out.",
        ):
            assert missing in said
