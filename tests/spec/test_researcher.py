"""What was asked for a researcher: a sample in which nobody can be found, and everything needed to use it rightly.

The release is made of the shipped sample, by what the command runs.
"""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from datetime import date
from itertools import product
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.commands.release_researcher import make_release
from dashboard.views.sample import ends, explore
from data.anonymity import SampleRules
from data.pseudonyms import pseudonym
from data.releases.sample_model import SampleRelease
from metrics.releasing.sample_draw import pid_of
from tests.support.exports import KEY
from tests.support.pages import APP, words
from tests.support.sample import SAMPLE

Open = Callable[..., AppTest]
Given = tuple[Path, SampleRelease]
RELEASE_KEY = bytes([7]) * 32
FEWEST = 5
REFUSED = ("service_improvement_only", "objected")


@pytest.fixture(scope="module")
def given(whole_sample: Path, tmp_path_factory: pytest.TempPathFactory) -> Given:
    """The folder of a release and what is in it."""
    folder = tmp_path_factory.mktemp("researcher")
    shutil.copyfile(whole_sample, folder / "manager.duckdb")
    made = make_release(
        folder / "manager.duckdb", folder / "given", SampleRules(), made_on=date(2026, 11, 22), release_key=RELEASE_KEY
    )
    return folder / "given", made


@pytest.fixture
def pages(monkeypatch: pytest.MonkeyPatch, given: Given) -> Open:
    """A page as a researcher opens it."""

    def opened(page: str = "explore", **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(given[0]))
        monkeypatch.setenv("OUTCOMES_ROLE", "researcher")
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60).run()
        at.switch_page(f"app_pages/researcher/{page}.py")
        for key, value in address.items():
            at.query_params[key] = value
        at.run()
        assert not at.exception
        return at

    return opened


class TestTwelveEverythingInTwoClicks:
    """Sample, dictionary, disclosure report and licence in two clicks; whoever opted out is never in it."""

    def test_one_click_opens_the_page_and_the_second_takes_the_file(self, pages: Open) -> None:
        labels = [each.label for each in pages("download").get("download_button")]
        assert {f"Download {name}" for name in ("people.csv", "dictionary.md", "report.html", "LICENCE.txt")} <= {
            *labels
        }

    def test_the_licence_can_be_read_before_anything_is_taken(self, pages: Open) -> None:
        assert "make no attempt to find out who anybody is" in pages("download").code[0].value

    def test_whoever_opted_out_or_objected_is_never_in_it(self, given: Given) -> None:
        folder, made = given
        with (SAMPLE / "people.csv").open(encoding="utf-8-sig") as file:
            people = list(csv.DictReader(file))
        out = [each["person_id"] for each in people if each["research_opt_out"] == "yes" or each["data_use"] in REFUSED]
        assert len(out) > 20
        released = {row[made.names.index("pid")] for row in made.rows}
        assert not released & {pid_of(RELEASE_KEY, pseudonym(KEY, "person", each)) for each in out}
        everybody = {pid_of(RELEASE_KEY, pseudonym(KEY, "person", each["person_id"])) for each in people}
        assert released <= everybody, "the numbers looked for are those that the release uses"
        text = (folder / "people.csv").read_text(encoding="utf-8")
        assert not [each for each in out if each in text]

    def test_it_says_what_it_can_be_used_for_and_what_not(self, given: Given, pages: Open) -> None:
        report = (given[0] / "report.html").read_text(encoding="utf-8")
        for said in (words(pages()), report):
            assert "It can be used for" in said
            assert "It cannot tell" in said
            assert "nobody was given a change by lot" in said


class TestCountingWithWithheldWords:
    """Words are withheld where a combination is rare, so leaving those people out misleads: both ends are given."""

    def test_page_report_and_dictionary_warn_plainly(self, given: Given, pages: Open) -> None:
        warned = "Do not leave out the people whose word is “withheld”."
        assert warned in words(pages())
        for name in ("report.html", "dictionary.md"):
            assert warned in (given[0] / name).read_text(encoding="utf-8")

    def test_every_share_has_a_lower_and_an_upper_end(self, given: Given) -> None:
        _, made = given
        shares = ends.every_share(made)
        assert [row["Who"] for row in shares] == [
            f"Any {name.lower()} {side}" for name in explore.outcomes(made).values() for side in ("before", "after")
        ]
        assert all(row["At least"] and row["At most"] for row in shares)

    def test_the_ends_count_everybody_once_as_none_and_once_as_some(self) -> None:
        assert ends.any_ends(["0", "0", "1 to 4", "20 or more", "withheld", "not recorded"]) == (2, 4)
        assert ends.any_ends(["0", "1 or more"]) == (1, 1)
        assert ends.any_ends([]) == (0, 0)


class TestFifteenAssociationNotCause:
    """Before and after, with and without a change: what this cannot say stays beside it."""

    def test_no_choice_takes_it_away(self, given: Given, pages: Open) -> None:
        for word in ("", *explore.filters(given[1])["arm"]):
            assert "This is association, not cause" in words(pages(with_arm=word))

    def test_the_report_and_the_licence_say_it_too(self, given: Given) -> None:
        assert "association, not cause" in (given[0] / "report.html").read_text(encoding="utf-8")
        assert "association, not cause" in (given[0] / "LICENCE.txt").read_text(encoding="utf-8")


class TestSixteenASearchForSomebodyRare:
    """A search by a rare group, an age and a region returns no cell under five."""

    def test_neither_ethnic_group_nor_region_can_be_searched_by(self, given: Given, pages: Open) -> None:
        _, made = given
        assert not {"ethnicity_group", "region", "nation", "service_id", "birth_year"} & {*made.names}
        everybody = f"{len(made.rows)} people."
        assert everybody in words(pages(with_ethnicity_group="asian", with_region="north", k="1"))

    def test_every_search_that_can_be_made_finds_nobody_or_at_least_five(self, given: Given) -> None:
        _, made = given
        filters = explore.filters(made)
        assert filters
        for picked in product(*filters.values()):
            rows = explore.chosen(made, dict(zip(filters, picked, strict=True)))
            assert rows is None or len(rows) == 0 or len(rows) >= FEWEST

    def test_no_cell_of_any_table_is_one_to_four(self, given: Given) -> None:
        _, made = given
        filters = explore.filters(made)
        for picked, stem in product(product(*filters.values()), explore.outcomes(made)):
            told = explore.crosstab(made, stem, dict(zip(filters, picked, strict=True)))
            if isinstance(told, explore.Crosstab):
                assert not {cell for _, *row in told.rows for cell in row} & {"1", "2", "3", "4"}
