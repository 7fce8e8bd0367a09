"""What was asked for a commissioner: somebody in a council opens a release, and can read, trust and take away what it shows.

Each test follows one scenario of the handbook by what stands on the pages and in the files. Two releases are read: the one that
the command makes of the sample, and a small one made by hand in which what is looked for is known to be there.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.releases.cube_file import NAME, open_cube, write_cube
from tests.support.attacks import rows_of
from tests.support.cube import full_release
from tests.support.markup import tables
from tests.support.pages import commissioner_page, markup, words

Open = Callable[..., AppTest]
TOO_FEW = "too few people to show"
ALARM = "#A34F00"
"""The colour of "worse", and of a clear change to look at."""


@pytest.fixture(scope="module")
def small_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("small-release")
    write_cube(full_release(), folder / NAME)
    return folder


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch) -> Open:
    """A page of a release as a commissioner opens it."""

    def opened(release: Path, page: str = "all_services", **address: str) -> AppTest:
        return commissioner_page(monkeypatch, release, page, **address)

    return opened


class TestSevenFourOutcomesOverTime:
    """Who answered for themselves, distress, falls with harm and staying put over the quarters, with limits; no ranking."""

    @pytest.fixture
    def page(self, pages: Open, sample_release: Path) -> AppTest:
        return pages(sample_release, view="trend", setting="residential", outcome="F2")

    def test_all_four_are_drawn_for_all_care_homes_together(self, page: AppTest) -> None:
        (first, *_) = [each.value for each in page.get("html") if 'class="leo-multiples"' in each.value]
        names = re.findall(r'<h3 class="leo-multiple-name">(.*?)</h3>', first)
        assert names == [
            "People who answered for themselves",
            "Distress across the home",
            "Falls with harm",
            "Staying put",
        ]

    def test_the_usual_range_is_drawn_and_named(self, page: AppTest) -> None:
        assert "Grey band: the unit’s own usual range." in words(page)

    def test_a_service_too_small_is_hidden_in_words_and_never_a_nought(self, page: AppTest) -> None:
        birch = markup(page).split("Birch Grove</h3>")[1].split("</li>")[0]
        assert TOO_FEW in birch
        assert "every quarter" in birch
        assert "<img" not in birch

    def test_services_stand_in_order_of_name_and_cannot_be_put_in_another(self, page: AppTest) -> None:
        *_, services = [each.value for each in page.get("html") if 'class="leo-multiples"' in each.value]
        whole, *names = re.findall(r'<h3 class="leo-multiple-name">(.*?)</h3>', services)
        assert whole == "All care homes"
        assert names == sorted(names)
        assert "This is not a league table" in words(page)
        assert not [each.label for each in (*page.selectbox, *page.radio) if "sort" in each.label.lower()]


class TestEightBetterAndStillSafe:
    """A claim of "better, and still safe" in its parts, each with the day it was declared; one open part leaves it open."""

    def test_a_change_that_went_well_stays_open_while_one_part_is(self, pages: Open, sample_release: Path) -> None:
        meals = markup(pages(sample_release, "changes_tried")).split("Meals: Ash Court")[1].split("</section>")[0]
        assert "Distress across the home: better" in meals
        assert "Cannot tell yet: not every part can be told" in meals
        assert "Written down 16 April 2025" in meals
        assert "Not written down beforehand" in meals
        assert "one that cannot be told leaves the whole open" in meals

    def test_only_a_change_with_every_part_met_is_called_better_and_still_safe(
        self, pages: Open, small_release: Path
    ) -> None:
        shown = markup(pages(small_release, "changes_tried"))
        music, activities = (
            shown.split(title)[1].split("</section>")[0] for title in ("Music: Elm House", "Activities: Birch Court")
        )
        assert "Better, and still safe</span>" in music
        assert "Better, and still safe</span>" not in activities
        assert music.count("Written down 1 December 2025") == 5


class TestNineMoreFallsWrittenDownAfterTraining:
    """Falls rise after training in reporting while harm stays flat: recording changed, and nothing calls for alarm."""

    @pytest.fixture
    def page(self, pages: Open, small_release: Path) -> AppTest:
        return pages(small_release, view="trend", setting="residential", outcome="F1")

    def test_the_page_says_that_recording_changed(self, page: AppTest) -> None:
        assert "Recording changed" in words(page)
        assert "after training in reporting (1 October 2025), while falls with harm did not rise" in words(page)
        assert "does not show that people fell more" in words(page)

    def test_no_alarm_colour_stands_on_it(self, page: AppTest) -> None:
        elm = markup(page).split("Elm House</h3>")[1].split("</li>")[0]
        assert ALARM not in elm
        assert "to look at" not in elm


class TestTenWhoIsLeftOut:
    """A gap with its range, how far ethnicity is written down beside it, and a hidden group that subtracting does not find."""

    def test_a_gap_has_its_range_and_how_far_ethnicity_is_written_down(self, pages: Open, sample_release: Path) -> None:
        shown = markup(pages(sample_release, "who_is_left_out", setting="nursing"))
        (gap,) = [part for part in shown.split("leo-gaps-title") if part.startswith('">Distress across the home')]
        assert "Ethnic group was asked and written down for about 215 of 220 people" in gap
        assert "The true gap may be anything from" in gap
        assert TOO_FEW in gap.lower()

    def test_a_hidden_group_cannot_be_found_by_subtracting_the_others(self, sample_release: Path) -> None:
        """Whatever is left of the total can be any number from 1 to 7 for each hidden group, or belongs to more than one."""
        rows = rows_of(sample_release)
        totals = {(row["outcome"], row["unit"], row["period"]): row for row in rows if not row["group"]}
        groups = defaultdict(list)
        for row in rows:
            if row["group"]:
                groups[row["outcome"], row["unit"], row["period"]].append(row)
        assert groups
        for where, parts in groups.items():
            hidden = [row for row in parts if row["status"] == "suppressed"]
            shown = [int(row["numerator"]) for row in parts if row["status"] == "shown"]
            total = totals.get(where)
            if len(hidden) == 1 and total is not None and total["status"] == "shown":
                whole = int(total["numerator"])
                assert whole - 2.5 - sum(each + 2.5 for each in shown) <= 1
                assert whole + 2.5 - sum(each - 2.5 for each in shown) >= 7


class TestElevenTheQuartersTable:
    """The table of a quarter with definitions, numerators, denominators and version; on the page and in the folder alike."""

    def test_two_clicks_lead_to_it(self, pages: Open, sample_release: Path) -> None:
        page = pages(sample_release, "download")
        assert [each.label for each in page.get("download_button")] == [
            "Download this table (CSV)", "Definitions (CSV)", "Gaps between groups (CSV)", "Changes tried (CSV)",
        ]  # fmt: skip

    def test_every_line_says_what_was_counted_over_what_by_which_rules_and_version(self, sample_release: Path) -> None:
        for row in rows_of(sample_release):
            assert row["definition"]
            assert row["over"]
            assert (row["rounded_to"], row["rules_version"]) == ("5", "1")
            assert row["product_version"]
            assert (row["status"] == "shown") == bool(row["numerator"]) == bool(row["denominator"])

    def test_hidden_not_recorded_and_none_are_three_words(self, sample_release: Path) -> None:
        said = {status: set[str]() for status in ("shown", "suppressed", "missing")}
        for row in rows_of(sample_release):
            said[row["status"]].add(row["figure"])
        assert said["suppressed"] == {TOO_FEW}
        assert said["missing"] == {"not recorded"}
        assert "none" in said["shown"]
        assert "0" not in said["shown"]

    def test_the_page_tells_what_was_hidden_why_and_by_which_rules(self, pages: Open, sample_release: Path) -> None:
        page = pages(sample_release, "download")
        counts = open_cube(sample_release / NAME).report.counts
        assert f"{counts['shown']:,} figures are shown and {counts['suppressed']:,} figures are hidden" in words(page)
        reasons, _, rules = tables(page)
        assert {row["Reason"] for row in reasons} >= {"Fewer different people stand behind it than the rules ask for"}
        assert {row["Rule"]: row["Set to"] for row in rules}["Counts are rounded to the nearest"] == "5"

    def test_definitions_say_which_way_is_good_and_why_it_matters(self, sample_release: Path) -> None:
        text = (sample_release / "definitions.csv").read_text(encoding="utf-8-sig")
        rows = {row["outcome"]: row for row in csv.DictReader(io.StringIO(text, newline=""))}
        assert rows["F2"]["good"] == "no rise"
        assert all(row["counts"] and row["why"] for row in rows.values())


class TestFifteenAssociationNotCause:
    """How many changes came to which answer, by kind and by who shaped them: what such counts cannot say stays with them."""

    @pytest.mark.parametrize("setting", ["all", "residential", "nursing"])
    def test_no_choice_takes_it_away(self, pages: Open, sample_release: Path, setting: str) -> None:
        shown = markup(pages(sample_release, "changes_tried", setting=setting))
        counted = shown.split('class="leo-card leo-together"')[1:]
        assert counted
        assert all("Association, not cause." in each.split("</section>")[0] for each in counted)

    def test_it_stands_in_every_row_of_the_files(self, sample_release: Path) -> None:
        for name in ("changes.csv", "changes-together.csv"):
            text = (sample_release / name).read_text(encoding="utf-8-sig")
            rows = list(csv.DictReader(io.StringIO(text, newline="")))
            assert rows
            assert {row["note"] for row in rows} == {"association, not cause"}
