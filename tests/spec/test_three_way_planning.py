"""Three-way planning and its trail: draw the views, ask whose shaped the plan, state the answer.

The person, the family and staff each write an entry of their own on each thing planned; a decision follows.
"""

from __future__ import annotations

from pathlib import Path

from data.model import Scope
from metrics.catalogue import load_catalogue
from metrics.standing import standing
from metrics.voices.alerts import Record, alerts
from metrics.voices.sheet import about, heard, sheet
from tests.support.exports import SERVICES, facts_of, of_one_person
from tests.support.story import STAY

DECISIONS = of_one_person("""
decision_id, decided_on, class,           domain,   element, decider, followed, risk
d1,          2026-03-09, everyday_choice, everyday, waking,  person,  person,   low
d2,          2026-03-09, everyday_choice, everyday, visits,  ,        shared,   low
""")
VIEWS = of_one_person("""
decision_id, intervention_id, element, voice,  given_on,   how_sought,     understood,  stance,   used,        reason_given, own_entry
d1,          plan,            waking,  person, 2026-03-03, pictures,       yes,         disagree, adopted,     ,             yes
d1,          plan,            waking,  family, 2026-03-04, talk,           ,            agree,    not_adopted, yes,          yes
d1,          plan,            waking,  staff,  2026-03-04, observation,    ,            agree,    adapted,     ,             yes
d2,          plan,            visits,  person, 2026-03-03, talk,           not_checked, agree,    adopted,     ,             no
d2,          plan,            visits,  family, 2026-03-03, talk,           ,            agree,    adopted,     ,             no
,            plan,            music,   family, 2026-03-05, writing,        ,            agree,    adopted,     ,             yes
,            other,           meals,   person, 2026-03-06, simple_choices, partly,      agree,    adopted,     ,             yes
""")


def figures(folder: Path, *codes: str) -> dict[str, str]:
    """Each outcome as so many of so many, over everything drawn."""
    catalogue = load_catalogue()
    with facts_of(folder, services=SERVICES, stays=STAY, views=VIEWS, decisions=DECISIONS) as facts:
        span = facts.span("matters", "elm")
        assert span is not None
        found = {}
        for code in codes:
            outcome = catalogue.get(code)
            assert outcome is not None
            tally = standing(facts, outcome, Scope("elm"), span).now.tally
            found[code] = f"{tally.numerator:g} of {tally.denominator:g}"
    return found


def test_whose_views_shaped_it_can_be_traced_where_a_view_leads_to_a_named_decider(tmp_path: Path) -> None:
    # waking: views and a decider. visits: nobody is named. music and meals: no decision.
    assert figures(tmp_path, "V2") == {"V2": "1 of 4"}


def test_person_and_family_are_kept_apart_where_each_has_an_entry_of_its_own(tmp_path: Path) -> None:
    # of the three matters with family heard: waking apart, visits in one entry, on music the person was not heard
    assert figures(tmp_path, "V5") == {"V5": "1 of 3"}


def test_understanding_was_checked_for_two_of_the_persons_three_views(tmp_path: Path) -> None:
    assert figures(tmp_path, "V8") == {"V8": "2 of 3"}


def test_all_three_voices_were_heard_once_and_only_family_once(tmp_path: Path) -> None:
    assert figures(tmp_path, "V1", "V10", "V19") == {"V1": "3 of 4", "V10": "1 of 4", "V19": "1 of 4"}


def test_they_differ_on_one_of_two_the_person_was_followed_and_the_reason_is_there(tmp_path: Path) -> None:
    assert figures(tmp_path, "V6", "V7", "V4") == {"V6": "1 of 2", "V7": "1 of 1", "V4": "1 of 1"}


def test_the_sheet_of_the_plan_holds_its_matters_alone_the_thinnest_first(tmp_path: Path) -> None:
    with facts_of(tmp_path, services=SERVICES, stays=STAY, views=VIEWS, decisions=DECISIONS) as facts:
        span = facts.span("matters", "elm")
        assert span is not None
        every = facts.matters(Scope("elm"), span)
    ours = about(every, "plan")
    assert [row.matter.element for row in sheet(ours)] == ["music", "visits", "waking"]
    counts = heard(ours)
    assert (counts.person, counts.only_family, counts.differ, counts.traced) == (2, 1, 1, 1)
    told = {each.code: each.count for each in alerts(Record(ours, [view for each in ours for view in each.views]))}
    assert told == {"together": 1}
