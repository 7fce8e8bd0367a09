"""The situations of daily life on the pages: what a manager reads after one or two clicks, on the sample."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.test_pages import APP, words

Open = Callable[..., AppTest]


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, whole_sample: Path) -> Open:
    """A page of the dashboard on the sample, at an address."""

    def opened(name: str, **address: str) -> AppTest:
        monkeypatch.setenv("OUTCOMES_DB", str(whole_sample))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        at = AppTest.from_file(str(APP), default_timeout=60).run()
        at.switch_page(f"app_pages/{name}.py")
        for key, value in address.items():
            at.query_params[key] = value
        return at.run()

    return opened


ONE_CHANGE = {
    "a co-produced morning routine": (
        "elm-house-01", "Distress came on 11 of 28 mornings",
        ("Calming medicine given as needed", "Distress at other times of day", "Plan kept as agreed", "Family feels confident"),
    ),
    "a positive risk plan": (
        "birch-grove-04", "Freedom was kept on 23 of 28 days",
        ("Falls", "Falls with harm", "Triggers answered by a review in time no reviews promised 3 of 3"),
    ),
    "disagreement in safeguarding": (
        "oak-lodge-08", "Family understands what happens and why: 4 points on average, up from 3.",
        ("Safeguarding actions on time", "Staying put", "Limits explained early"),
    ),
    "homecare with declined care": (
        "cedar-homecare-06", "Help was declined at first in 9 of 83 offers of care",
        ("The person's own times kept", "Tasks ranked by the person", "What the person said at review"),
    ),
    "three-way planning": (
        "rowan-view-04", "Family feels confident",
        ("Whose views shaped it can be traced", "Person and family kept apart", "Understanding checked"),
    ),
    "people living there shaping the home": (
        "birch-grove-06", "With, not for: 37 of 54 activities, up from 7 of 60.",
        ("People with a part to play", "Staff happy at work", "In design, delivery and looking back"),
    ),
    "music": ("rowan-view-01", "Distress came on 9 of 27 mornings", ("Engaged in what was going on 5 of 14",)),
    "a relatives' group": ("elm-house-07", "Family understands what happens and why", ("Relatives' group met when due",)),
}  # fmt: skip


@pytest.mark.parametrize("situation", ONE_CHANGE)
def test_a_situation_is_answered_on_the_page_of_its_change(page: Open, situation: str) -> None:
    change, answer, beside = ONE_CHANGE[situation]
    at = page("one_change", service=change.rsplit("-", 1)[0], change=change)
    assert not at.exception
    said = words(at)
    assert answer in said
    read_beside = said.split("Read beside it")[1].split("How sure are we?")[0]
    assert [each for each in beside if each not in read_beside] == []


def test_joining_in_can_be_looked_at_for_itself(page: Open) -> None:
    at = page("one_change", service="rowan-view", change="rowan-view-01", outcome="L8")
    said = words(at)
    assert "Joining in was seen in 11 of 14 sessions watched, up from 5." in said
    assert not at.exception


@pytest.mark.parametrize(("service", "outcome"), [("willow-bank", "E7"), ("elm-house", "K3"), ("elm-house", "R1")])
def test_what_has_no_change_of_its_own_is_followed_over_time(page: Open, service: str, outcome: str) -> None:
    at = page("trends", service=service, outcome=outcome, step="quarter")
    assert not at.exception
    assert len(at.get("plotly_chart")) == 1


OTHER_PAGES = {
    "disagreement in safeguarding: every step, and whether families understand more at the close": (
        "accountable", {"service": "oak-lodge", "everything": "on", "time": "24"},
        ("Safeguarding actions on time", "Disagreements answered in time",
         "Of 12 relatives asked at the concern and again at its close (8 cases), 6 understood more, 3 the same, 3 less.",
         "Staying put"),
    ),
    "a positive risk plan: read by its triggers, not by one person's falls": (
        "one_person", {"service": "oak-lodge", "change": "oak-lodge-07"},
        ("Triggers answered by a review in time: 4 of 4 reviews promised", "Proportionate support written down",
         "One person's falls are too few to be judged."),
    ),
    "a co-produced morning routine: how it was for the person, who says that it is not how it feels": (
        "one_person", {"service": "elm-house", "change": "elm-house-01"},
        ("weeks before it began, and", "the person said: this is not how it feels. It feels bad."),
    ),
    "homecare: what was said at the review": (
        "own_words", {"service": "cedar-homecare", "time": "all"},
        ("31 of 73 people supported answered for themselves", "At the review 3.4, at the reassessment 3.1"),
    ),
    "three-way planning and its audit trail": (
        "whose_views", {"service": "rowan-view", "look": "change", "change": "rowan-view-04"},
        ("Traced from a view to who decided", "Person and family kept apart", "Understanding checked"),
    ),
    "best interests beside everyday choice": (
        "choice", {"service": "elm-house", "time": "all"},
        ("Decided for people", "Chosen by people themselves", "4 of 17 on everyday matters",
         "The person led in 22 of 56 everyday choices since the finding about capacity, down from 32.", "12 of 17 records complete"),
    ),
    "people living there shaping the home": (
        "accountable", {"service": "birch-grove", "everything": "on", "time": "24"},
        ("People with a part to play", "With, not for", "In design, delivery and looking back", "Staff happy at work"),
    ),
    "people living there shaping the home, in their own words": (
        "own_words", {"service": "birch-grove", "time": "24"}, ("Control over daily life", "The six senses"),
    ),
    "music": ("own_words", {"service": "elm-house", "time": "all"}, ("Joining in was seen in",)),
    "a relatives' group": (
        "accountable", {"service": "elm-house", "everything": "on", "time": "24"},
        ("Relatives' group met when due", "20 of 24 meetings due"),
    ),
    "equality of access": (
        "left_out", {"service": "willow-bank", "time": "24"},
        ("That is 35 in 100 fewer; the true gap is likely between 18 and 48 in 100 fewer.",
         "Ethnic group was asked and written down for 98 of 99 people.", "Basic health checks done in time", "Who comes to us"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("situation", OTHER_PAGES)
def test_a_situation_is_walked_through_on_the_pages_of_experience_voice_and_choice(page: Open, situation: str) -> None:
    name, address, told = OTHER_PAGES[situation]
    at = page(name, **address)
    assert not at.exception
    said = words(at)
    assert [each for each in told if each not in said] == []


def test_person_and_family_never_share_a_cell_and_thin_records_come_first(page: Open) -> None:
    at = page("whose_views", service="rowan-view", look="change", change="rowan-view-04")
    drawn = " ".join(each.value for each in at.get("html"))
    head = drawn[drawn.index("<thead>") : drawn.index("</thead>")]
    assert head.index("The person") < head.index("Family") < head.index("Staff")
