"""Whose views, run as Streamlit runs it: whole, one change, one person, little, nothing, a great deal, hostile."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.support.exports import load, write
from tests.support.home import small_home
from tests.support.pages import HOSTILE, Open, markup, opener, words
from tests.support.voices_home import VIEW, voices_home

SERVICES_OF_SAMPLE = (
    "elm-house", "oak-lodge", "rowan-view", "cedar-homecare", "holly-court", "willow-bank", "poplar-house",
    "hazel-homecare",
)  # fmt: skip


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return voices_home(tmp_path_factory.mktemp("voices"))


@pytest.fixture
def sample(whole_sample: Path) -> Path:
    return whole_sample


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch, "whose_views")


def sheet(at: AppTest) -> list[list[str]]:
    """The rows of the sheet, each place as words."""
    (told,) = re.findall(r'<div class="leo-sheet">(.*?)</table>', markup(at), re.DOTALL)
    body = told.split("<tbody>")[1]
    return [
        [
            re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", cell))).strip()
            for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
        ]
        for row in body.split("</tr>")[:-1]
    ]


def test_the_first_words_say_how_often_the_persons_own_view_is_there(page: Open, home: Path) -> None:
    said = words(page(home))
    assert "the person’s own view is there on 2 of 8 matters. On 1 only family was asked." in said
    assert "Person and family differ: 1 of 2" in said


def test_thin_records_stand_first_and_those_with_the_persons_own_view_last(page: Open, home: Path) -> None:
    at = page(home)
    names = [row[0].split(" Person")[0] for row in sheet(at)]
    assert names[0] == "Walking"
    assert names[-2:] == ["Music", "Tea before washing"]
    assert "Nobody’s view is on record on 3 matters" not in names
    assert "Nobody’s view is on record on" in words(at)


def test_a_voice_tells_its_position_date_method_understanding_use_and_reason(page: Open, home: Path) -> None:
    (tea,) = [row for row in sheet(page(home)) if row[0].startswith("Tea")]
    _, person, family, staff, others = tea
    assert person == "Agreed, taken up Asked with pictures, 20 Feb 2026 Checked: understood Own words ●●●● 4 of 4 known"
    assert family == "Disagreed, not taken up Asked by talking, 21 Feb 2026 Reason written ●●●○ 3 of 4 known"
    assert staff.startswith("Agreed, taken up")
    assert others == "no view"


def test_person_and_family_always_have_columns_of_their_own(page: Open, home: Path) -> None:
    heads = re.findall(r'<th[^>]*scope="col"[^>]*>(.*?)</th>', markup(page(home)).split('class="leo-sheet"')[1])
    assert heads[:5] == ["Matter", "The person", "Family", "Staff", "Others"]


def test_an_attorney_is_named_among_the_others(page: Open, home: Path) -> None:
    (walking,) = [row for row in sheet(page(home)) if row[0].startswith("Walking alone")]
    assert walking[4].startswith("Attorney or deputy In two minds, taken up in part")


def test_under_a_matter_stands_who_decided_and_when(page: Open, home: Path) -> None:
    (walking,) = [row for row in sheet(page(home)) if row[0].startswith("Walking alone")]
    assert "Best-interest decision, decided by family, 26 Feb 2026" in walking[0]
    assert "Family was followed; high risk" in walking[0]


def test_a_risky_decision_that_followed_family_without_a_reason_is_listed(page: Open, home: Path) -> None:
    at = page(home)
    assert "Risky decisions that followed family, with no reason written" in [
        each.value.replace("\\", "") for each in at.header
    ]
    assert "Walking alone" in markup(at)


def test_what_is_worth_a_second_look_says_why_and_what_to_do(page: Open, home: Path) -> None:
    said = words(page(home))
    assert "On 1 matter only family was asked, early in the journey" in said
    assert "On 1 of 2 matters the person and the family stand in one entry" in said
    assert "1 of 2 people with several matters was heard on none of them" in said
    assert said.count("What to do:") >= 3


def test_no_question_is_proposed_for_somebody_who_has_left(page: Open, tmp_path: Path) -> None:
    stays = "person_id, service_id, start_on, end_on\nP-1, elm, 2024-01-01,\nP-2, elm, 2026-02-10, 2026-03-20\nP-3, elm, 2024-01-01,"
    said = words(page(voices_home(tmp_path, stays=stays)))
    assert "early in the journey" not in said
    assert "heard on none of them" not in said


def test_disagreement_is_called_evidence_of_voice_and_has_no_aim(page: Open, home: Path) -> None:
    at = page(home)
    assert "Disagreement is evidence of voice" in words(at)
    differ = markup(at).split("Person and family differ")[-1].split("</tr>")[0]
    assert "leo-aim" not in differ


def test_one_change_shows_its_own_matters_alone(page: Open, home: Path) -> None:
    at = page(home, look="change", change="plan")
    assert [row[0].split(" Person")[0] for row in sheet(at)] == ["Tea before washing"]
    assert "For “Planning together” there is one matter, and the person’s own view on it is there." in words(at)


def test_one_person_is_chosen_by_short_code_and_never_stands_in_the_address(page: Open, home: Path) -> None:
    at = page(home, look="person")
    chooser = at.selectbox(key="whose")
    assert all(re.fullmatch(r"\w{3}-\w{3} · \d+ matters?", each) for each in chooser.options)
    before = len(sheet(at))
    at.selectbox(key="whose").select_index(2).run()
    assert not at.exception
    assert str(at.session_state["whose"]) not in str(dict(at.query_params))
    assert {"whose", "person"}.isdisjoint(at.query_params)
    assert before >= 1


def test_a_person_with_matters_and_no_view_has_a_page_too(page: Open, tmp_path: Path) -> None:
    decided = "decision_id, person_id, service_id, decided_on, class, domain, element, decider\n" \
        "d1, P-1, elm, 2026-02-25, everyday_choice, everyday, tea, person"  # fmt: skip
    at = page(voices_home(tmp_path, views="", decisions=decided), look="person", time="all")
    assert "Nobody’s view is on record on 1 matter" in words(at)
    assert "No views yet" in words(at)


def test_markup_in_names_is_shown_as_it_stands(page: Open, tmp_path: Path) -> None:
    rows = f"{VIEW}\nv1, P-1, elm, , plan, {HOSTILE}, person, 2026-02-20, talk, yes, agree, adopted, , yes, yes, S-1"
    database = voices_home(tmp_path, views=rows, decisions="", title=HOSTILE, label=HOSTILE)
    for look in ("service", "change", "person"):
        at = page(database, look=look, change="plan", time="all")
        assert "<b>x</b>" not in markup(at) and "<img src=http" not in markup(at)
        assert "&lt;b&gt;x&lt;/b&gt;" in markup(at)


def test_two_thousand_views_open_and_only_the_thinnest_stand_on_the_page(page: Open, tmp_path: Path) -> None:
    rows = [
        f"v{n}, P-{n % 40}, elm, , , matter {n // 2}, {'person' if n % 2 else 'family'}, "
        f"{date(2025, 9, 1) + timedelta(days=n % 200)}, talk, yes, agree, adopted, , no, yes, S-{n % 7}"
        for n in range(2000)
    ]
    at = page(voices_home(tmp_path, views="\n".join([VIEW, *rows]), decisions=""), time="all")
    assert len(sheet(at)) == 8
    assert "thinnest of" in words(at)


def test_a_home_without_views_or_decisions_says_what_is_missing_and_how_to_begin(page: Open, tmp_path: Path) -> None:
    said = words(page(small_home(tmp_path)))
    assert "No view on record here" in said
    assert "No views yet" in said and "We cannot say whose voice counted." in said
    assert "How to begin:" in said


def test_an_empty_database_says_so(page: Open, tmp_path: Path) -> None:
    exports = write(tmp_path / "exports", services="service_id, setting, nation\nelm, residential, EN")
    load(exports, tmp_path / "empty.duckdb")
    assert "Nothing to show yet" in words(page(tmp_path / "empty.duckdb"))


@pytest.mark.parametrize("service", SERVICES_OF_SAMPLE)
@pytest.mark.parametrize("look", ["service", "change", "person"])
def test_every_kind_of_service_of_the_sample_opens(page: Open, sample: Path, service: str, look: str) -> None:
    at = page(sample, service=service, look=look, time="24")
    assert len(at.title) == 1
    assert words(at)


def test_three_way_planning_and_its_trail_can_be_walked(page: Open, sample: Path) -> None:
    at = page(sample, service="rowan-view", look="change", change="rowan-view-04")
    said = words(at)
    assert "“Planning together, three ways”" in said
    assert "Traced from a view to who decided" in said
    assert "Understanding checked" in said
    assert len(sheet(at)) >= 1


def test_an_element_looked_at_before_anybody_wrote_views_down_is_in_no_count(page: Open, tmp_path: Path) -> None:
    looked_at = "check_id, measure, service_id, person_id, element, done_at, result\n" + "\n".join(
        f"K{n}, element_delivered, elm, P-1, {element}, {day}, met"
        for n, (element, day) in enumerate((("order", "2026-01-05"), ("phrases", "2026-02-22")))
    )
    at = page(voices_home(tmp_path, checks=looked_at, decisions="", context=""), time="all")
    # Five matters have a view; "phrases" has none and lies inside the record of views, as V1 counts it too.
    assert "the person’s own view is there on 2 of 6 matters" in words(at)
    assert "2 of 6 matters" in " ".join(each.label for each in at.expander)
