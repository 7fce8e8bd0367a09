"""The commissioner's four pages, run as Streamlit runs them: full, empty, all hidden, on hostile names, on a wrong file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.releases.model import CommissionerRelease
from tests.dashboard.released.conftest import DOOR, OpenRelease, everything
from tests.support.cube import all_hidden, empty_release, full_release, with_labels, written
from tests.support.markup import tables
from tests.support.pages import APP, HOSTILE, markup, words

PAGES = ("all_services", "changes_tried", "who_is_left_out", "download")
VIEWS: tuple[dict[str, str], ...] = (
    {"view": "matrix"},
    {"view": "funnel", "setting": "residential", "outcome": "F2"},
    {"view": "trend", "setting": "residential", "outcome": "F1"},
)
EVERY: tuple[tuple[str, dict[str, str]], ...] = (
    *(("all_services", view) for view in VIEWS), *((name, {}) for name in PAGES[1:]),
)  # fmt: skip
POISON = 7777.25


def poisoned(release: CommissionerRelease) -> CommissionerRelease:
    """The same release, with a number behind everything that is hidden or not recorded."""
    number = int(POISON)
    return replace(
        release,
        cells=tuple(
            each if each.status == "shown"
            else replace(each, numerator=number, denominator=2 * number, value=POISON, low=POISON, high=POISON)
            for each in release.cells
        ),
        gaps=tuple(
            each if each.reason is None else replace(each, scale="points", estimate=POISON, low=POISON, high=POISON)
            for each in release.gaps
        ),
        changes=tuple(
            replace(each, scale="ratio", low=POISON, high=POISON) if each.verdict_reason == "too_few_to_show" else each
            for each in release.changes
        ),
        together=tuple(each if each.status == "shown" else replace(each, count=number) for each in release.together),
    )  # fmt: skip


@pytest.mark.parametrize(("name", "address"), EVERY)
def test_nothing_that_is_hidden_reaches_the_browser(
    page: OpenRelease, release: CommissionerRelease, name: str, address: dict[str, str]
) -> None:
    """Cases 1, 13, 64: no value in words, attributes, alternative text, hover, axis or picture, whatever stands in the file."""
    clean = everything(page(release, name, **address))
    assert everything(page(poisoned(release), name, **address)) == clean
    assert "7777" not in clean
    assert "too few people to show" in clean


@pytest.mark.parametrize(("name", "address"), EVERY)
def test_a_number_or_word_in_the_address_that_means_nothing_is_ignored(
    page: OpenRelease, release: CommissionerRelease, name: str, address: dict[str, str]
) -> None:
    """Cases 18, 20: the page is the same with ?k=1&service=… and the same again when it is run once more."""
    at = page(release, name, **address)
    plain = everything(at)
    at.run()
    assert everything(at) == plain
    asked = page(release, name, k="1", service="fir", threshold="1", outcome2="I1", quarter="2199 Q9", **address)
    assert everything(asked) == plain


@pytest.mark.parametrize(("name", "address"), EVERY)
def test_names_from_somebodys_file_are_shown_as_text(
    page: OpenRelease, release: CommissionerRelease, name: str, address: dict[str, str]
) -> None:
    """Case 35, on the commissioner's pages: nothing in a name becomes a picture, a link or markup."""
    shown = markup(page(with_labels(release, HOSTILE), name, **address))
    assert "<img src=http" not in shown
    assert "<b>x</b>" not in shown
    assert "&lt;img src=http" in shown


@pytest.mark.parametrize(("name", "address"), EVERY)
def test_everything_hidden_is_said_and_nothing_breaks(
    page: OpenRelease, release: CommissionerRelease, name: str, address: dict[str, str]
) -> None:
    said = words(page(all_hidden(release), name, **address))
    assert "too few people" in said
    assert " nan" not in said
    assert "None" not in said


@pytest.mark.parametrize("name", PAGES)
def test_a_release_with_nothing_in_it_says_so_and_what_to_do(page: OpenRelease, name: str) -> None:
    said = words(page(empty_release(), name))
    assert "What next:" in said
    assert "No quarter is closed yet" in said


@pytest.mark.parametrize("name", PAGES)
def test_every_page_says_which_quarter_it_shows_that_it_is_invented_and_the_rules(
    page: OpenRelease, release: CommissionerRelease, name: str
) -> None:
    said = words(page(release, name))
    assert "Latest closed quarter: July to September 2026." in said
    assert "invented sample data" in said
    assert "8 or more people stand behind it" in said
    assert "Sample data, not a real home" in said


def test_real_records_carry_no_badge(page: OpenRelease, release: CommissionerRelease) -> None:
    said = words(page(replace(release, report=replace(release.report, synthetic=False))))
    assert "Sample data" not in said
    assert "From the services’ own records" in said


def test_another_kind_of_file_or_none_is_a_plain_sentence_without_a_path(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Case 45, for this reader: unavailable is said, and no path."""

    monkeypatch.setenv("OUTCOMES_ROLE", "commissioner")
    for folder, told in (
        (written(tmp_path / "wrong"), "damaged"),
        (tmp_path / "none", "no database file"),
    ):
        monkeypatch.setenv("OUTCOMES_DB", str(folder))
        at = AppTest.from_file(str(APP), default_timeout=60).run()
        assert not at.exception
        assert told in words(at)
        assert str(tmp_path) not in everything(at)
        assert "outcomes release commissioner" in words(at)


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("role", ["manager", "researcher"])
def test_for_another_reader_a_page_opens_nothing_even_when_it_is_run_by_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, role: str, name: str
) -> None:
    """Case 49, the other way round."""

    def opens(path: Path) -> CommissionerRelease:
        raise AssertionError("the release was opened")

    monkeypatch.setenv("OUTCOMES_DB", str(written(tmp_path / "release")))
    monkeypatch.setenv("OUTCOMES_ROLE", role)
    monkeypatch.setattr(DOOR, "opened_release", opens)
    at = AppTest.from_file(str(APP.with_name("app_pages") / "commissioner" / f"{name}.py"), default_timeout=60).run()
    assert len(at.exception) == 1
    assert not at.get("html")


# All services ----------------------------------------------------------------------------------------


def test_hidden_not_recorded_and_none_are_three_different_words(
    page: OpenRelease, release: CommissionerRelease
) -> None:
    """Case 10: a nought, a hidden figure and one that nobody recorded are told apart, none of them blank."""
    shown = markup(page(release))
    assert "leo-m-few" in shown
    assert ">too few people to show</td>" in shown
    assert ">not recorded</td>" in shown
    assert "<b>none</b>" in shown
    assert "<td></td>" not in shown


def test_the_funnel_draws_what_is_shown_and_names_what_is_not(page: OpenRelease, release: CommissionerRelease) -> None:
    at = page(release, view="funnel", setting="residential", outcome="F2")
    assert "Not drawn, too few people to show: Fir Bank." in words(at)
    drawn = "".join(str(each.proto) for each in at.get("plotly_chart"))
    assert "Ash House" in drawn
    assert "Fir Bank" not in drawn
    assert "not a league table" in words(at)


def test_a_score_has_no_funnel_and_says_why(page: OpenRelease, release: CommissionerRelease) -> None:
    assert "No funnel for scores" in words(page(release, view="funnel", setting="residential", outcome="L4"))


def test_more_falls_after_training_with_harm_flat_are_told_as_recording(
    page: OpenRelease, release: CommissionerRelease
) -> None:
    """Acceptance 9: the page says that recording changed, and no mark on it calls for alarm."""
    at = page(release, view="trend", setting="residential", outcome="F1")
    said = words(at)
    assert "Recording changed" in said
    assert (
        "falls were written down after training in reporting (1 October 2025), while falls with harm did not rise"
        in said
    )
    assert "does not show that people fell more" in said
    assert "A: Training in reporting, 1 October 2025." in said
    elm = markup(at).split("Elm House</h3>")[1].split("</li>")[0]
    assert "to look at" not in elm
    assert "#A34F00" not in elm


def test_the_four_outcomes_that_come_first_are_drawn_over_time_for_all_services_together(
    page: OpenRelease, release: CommissionerRelease
) -> None:
    """Acceptance 7."""
    at = page(release, view="trend", setting="residential", outcome="F1")
    cards = [each for each in at.get("html") if 'class="leo-multiples"' in each.value]
    assert [cards[0].value.count(name) > 0 for name in ("answered for themselves", "Distress", "with harm", "Staying")] == [
        True, True, True, True,
    ]  # fmt: skip
    assert "may still move" in words(at)
    assert not at.get("plotly_chart")


# The other pages -------------------------------------------------------------------------------------


def test_no_choice_on_the_page_of_changes_takes_association_away(
    page: OpenRelease, release: CommissionerRelease
) -> None:
    """Acceptance 15: the counts by kind and by level never stand without "association, not cause"."""
    for setting in ("all", "residential", "nursing", "homecare"):
        shown = markup(page(release, "changes_tried", setting=setting))
        blocks = shown.split('class="leo-card leo-together"')[1:]
        assert blocks
        assert all("Association, not cause." in each.split("</section>")[0] for each in blocks)


def test_one_open_part_leaves_better_and_still_safe_open(page: OpenRelease, release: CommissionerRelease) -> None:
    """Acceptance 8: every part has its day, and one "cannot tell yet" makes the whole so."""
    shown = markup(page(release, "changes_tried"))
    birch = shown.split("Activities: Birch Court")[1].split("</section>")[0]
    assert "Cannot tell yet: not every part can be told" in birch
    assert birch.count("Written down 1 December 2025") == 5
    assert "Better, and still safe</span>" not in birch
    assert "Better, and still safe</span>" in shown.split("Music: Elm House")[1].split("</section>")[0]


def test_no_gap_stands_without_how_far_ethnicity_is_written_down(
    page: OpenRelease, release: CommissionerRelease
) -> None:
    """Acceptance 10."""
    shown = markup(page(release, "who_is_left_out"))
    parts = shown.split("leo-gaps-title")[1:]
    assert len(parts) == 3
    assert all("was asked and written down for about" in each for each in parts)
    assert "smaller ethnic groups together" in shown
    bare = replace(
        release, cells=tuple(each for each in release.cells if (each.outcome, each.length) != ("E6", "year"))
    )
    said = words(page(bare, "who_is_left_out"))
    assert "No gap is shown, because how far ethnicity is written down cannot be shown" in said
    assert "in 100 fewer" not in said


def test_the_download_page_tells_what_was_hidden_and_who_read_it(
    page: OpenRelease, release: CommissionerRelease
) -> None:
    at = page(release, "download")
    said = words(at)
    assert "900 figures are shown and 80 figures are hidden" in said
    assert {row["Reason"]: row["Figures"] for row in tables(at)[0]}[
        "Fewer different people stand behind it than the rules ask for"
    ] == "40"
    assert "any number from 1 to 7" in said
    assert "The advisory board of people living with dementia, 28 October 2026" in said
    assert {row["Rule"]: row["Set to"] for row in tables(at)[2]}["Counts are rounded to the nearest"] == "5"
    assert len(at.get("download_button")) == 4


def test_the_numbers_are_put_together_only_when_asked_for(page: OpenRelease) -> None:
    at = page(full_release(), view="trend", setting="residential", outcome="F1")
    assert not tables(at)
    at.session_state["numbers"] = True
    at.run()
    assert not at.exception
    rows = tables(at)[0]
    assert len(rows) == 8 * 9
    hidden = next(row for row in rows if row["Service"] == "Oak Lodge" and row["Quarter"] == "2025 Q4")
    assert [hidden[name] for name in ("Counted", "Figure", "Likely between")] == ["–", "too few people to show", "–"]
