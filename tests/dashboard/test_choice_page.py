"""Choice, run as Streamlit runs it: two sides, best interests beside everyday choice, the days around a finding."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.support.home import small_home
from tests.support.markup import tables
from tests.support.pages import HOSTILE, Open, markup, opener, words
from tests.support.voices_home import DECISION, voices_home


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return voices_home(tmp_path_factory.mktemp("choice"))


@pytest.fixture
def sample(whole_sample: Path) -> Path:
    return whole_sample


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch, "choice")


def test_the_first_words_answer_whether_everyday_choices_are_still_the_persons_own(page: Open, home: Path) -> None:
    said = words(page(home))
    assert "the person led in 154 of 280 everyday choices looked at." in said
    assert "1 of 2 best-interest decisions was on an everyday matter, which is the person’s to choose." in said


def test_best_interest_stands_on_one_side_and_everyday_choice_on_the_other(page: Open, home: Path) -> None:
    sides = re.findall(r'<section class="leo-card leo-side">(.*?)</section>', markup(page(home)), re.DOTALL)
    for_people, by_people = (re.sub(r"<[^>]+>", " ", each) for each in sides)
    assert "best-interest decisions" in for_people and "everyday choices" not in for_people
    assert "everyday choices led by the person" in by_people and "best-interest" not in by_people
    assert "because the law or safety asks for it" in for_people
    for kind in ("Clothes", "Food", "Company", "Evening"):
        assert kind in by_people


def test_a_best_interest_decision_on_an_everyday_matter_is_listed_with_what_its_record_lacks(
    page: Open, home: Path
) -> None:
    listed = tables(page(home))[0]
    assert [(row["Decided"], row["What about"], row["Decided by"]) for row in listed] == [
        ("9 Mar 2026", "Clothes", "The manager")
    ]
    assert re.fullmatch(r"\w{3}-\w{3}", listed[0]["Person"])
    assert listed[0]["What the record lacks"] == (
        "It does not say whether they could decide this matter themselves and whether something less restrictive would do. "
        "It says that their wishes were not considered."
    )


def test_which_parts_are_missing_how_often_is_said(page: Open, home: Path) -> None:
    said = words(page(home))
    assert "1 of 2 records lacks a part." in said
    assert "1 of 2 do not say whether something less restrictive would do" in said
    assert "0 of 2 do not say" not in said


def test_everyday_choice_that_shrinks_after_a_finding_is_called_worse_beside_its_chart(page: Open, home: Path) -> None:
    at = page(home)
    said = words(at)
    assert "▲ Worse" in said
    assert "The person led in 28 of 112 everyday choices since the finding about capacity, down from 112." in said
    (chart,) = at.get("plotly_chart")
    assert "since the finding about capacity" in chart.proto.alt
    assert "finding 3 Mar 2026" in chart.proto.spec
    assert "In the year after it, 1 everyday matter was decided for this person." in said


def test_the_page_never_says_that_the_finding_brought_it_about(page: Open, home: Path) -> None:
    said = words(page(home))
    assert "It cannot say that the finding brought it about." in said
    assert "settling in" not in said and "the change" not in said


def test_no_person_stands_in_the_address(page: Open, home: Path) -> None:
    at = page(home)
    assert {"finding", "person"}.isdisjoint(at.query_params)
    assert str(at.session_state["service"]) == "elm"


def test_several_findings_are_chosen_by_their_day(page: Open, tmp_path: Path) -> None:
    context = (
        "context_id, service_id, person_id, from_on, kind, label\nc1, elm, P-2, 2026-03-03, capacity_finding, Money"
        "\nc2, elm, P-1, 2026-03-20, capacity_finding, Medicines"
    )
    at = page(voices_home(tmp_path, context=context))
    assert [each.split(" · ")[0] for each in at.selectbox(key="finding").options] == ["20 March 2026", "3 March 2026"]
    assert "nobody wrote down everyday choices around it" in words(at)
    at.selectbox(key="finding").select_index(1).run()
    assert not at.exception
    assert "Since the finding about capacity of 3 March 2026" in [each.value for each in at.header]


def test_without_everyday_matters_among_them_none_is_listed(page: Open, tmp_path: Path) -> None:
    rows = f"{DECISION}\nd1, P-1, elm, 2026-03-01, best_interest, money, money, lacks, court, law, low, yes, yes, yes, yes,"
    said = words(page(voices_home(tmp_path, decisions=rows)))
    assert "The one best-interest decision was not on an everyday matter." in said
    assert "None on record in this time. None is the aim." in said
    assert "All five parts are written down in the one record." in said


def test_earlier_decisions_on_everyday_matters_are_never_out_of_sight(page: Open, tmp_path: Path) -> None:
    rows = (
        f"{DECISION}\nd1, P-1, elm, 2024-03-01, best_interest, everyday, clothes, lacks, nurse, law, low, yes, yes, yes, yes,"
        "\nd2, P-1, elm, 2026-03-01, own_consent, health, dentist, has, person, person, low, yes, , , ,"
    )
    database = voices_home(tmp_path, decisions=rows)
    assert "None is the aim. 1 earlier one is on record: choose a longer time to see it." in words(page(database))
    assert "earlier one" not in words(page(database, time="all"))


def test_markup_in_names_is_shown_as_it_stands(page: Open, tmp_path: Path) -> None:
    rows = f"{DECISION}\nd1, P-2, elm, 2026-03-05, best_interest, everyday, {HOSTILE}, , , , , , , , ,"
    context = f"context_id, service_id, person_id, from_on, kind, label\nc1, elm, P-2, 2026-03-03, capacity_finding, {HOSTILE}"
    at = page(voices_home(tmp_path, decisions=rows, context=context, label=HOSTILE))
    assert "<b>x</b>" not in markup(at) and "<img src=http" not in markup(at)
    assert "&lt;b&gt;x&lt;/b&gt;" in markup(at)


def test_a_home_without_decisions_says_what_is_missing_and_how_to_begin(page: Open, tmp_path: Path) -> None:
    said = words(page(small_home(tmp_path)))
    assert "No decision and no everyday choice on record here" in said
    assert "No decisions yet" in said and "No everyday choices yet" in said
    assert "How to begin:" in said


@pytest.mark.parametrize(
    "service", ["elm-house", "oak-lodge", "rowan-view", "cedar-homecare", "holly-court", "willow-bank", "poplar-house"]
)
def test_every_kind_of_service_of_the_sample_opens(page: Open, sample: Path, service: str) -> None:
    assert len(page(sample, service=service, time="24").title) == 1


def test_the_planted_finding_can_be_walked_through(page: Open, sample: Path) -> None:
    at = page(sample, service="elm-house", time="24")
    said = words(at)
    assert "since the finding about capacity, down from" in said
    assert "In the year after it, 2 everyday matters were decided for this person." in said
    assert len(at.get("plotly_chart")) == 1


def test_where_nobody_wrote_down_who_decided_the_page_says_that_and_not_none(page: Open, tmp_path: Path) -> None:
    heads = "decision_id, person_id, service_id, decided_on, class, domain, decider"
    day = "elm, 2026-03-01, everyday_choice, everyday"
    unknown = f"{heads}\nd1, P-1, {day},\nd2, P-2, {day},"
    at = page(voices_home(tmp_path / "none", decisions=unknown, views="", checks="", context=""))
    assert "2 everyday matters decided, and by whom is not written down" in words(at)
    some = f"{heads}\nd1, P-1, {day}, person\nd2, P-2, {day},\nd3, P-2, {day}, staff"
    at = page(
        voices_home(tmp_path / "some", decisions=some.replace("staff", "family"), views="", checks="", context="")
    )
    assert "the person decided 1 of 2 everyday matters on record; of 1 more nobody wrote down who decided" in words(at)
