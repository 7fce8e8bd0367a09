"""The words of Whose views and Choice, the printed sheet and the file."""

from __future__ import annotations

import csv
import io
import re
from datetime import date

import pytest

from dashboard.blocks.whose_views import sheet_table, ticks
from dashboard.printing.whose_views import printed_sheet
from dashboard.views import codes_in_words, say
from dashboard.views.choice import page as choice_page
from dashboard.views.needs import template
from dashboard.views.whose_views import looks as whose_views_looks
from dashboard.views.whose_views import needs as whose_views_needs
from dashboard.views.whose_views import page as whose_views
from dashboard.views.whose_views import sheet as sheet_words
from data.contract import TABLES
from data.model import Period
from metrics.catalogue import load_catalogue
from metrics.deciding.sides import PARTS, sides
from metrics.voices.alerts import RULES, Alert, Case
from metrics.voices.sheet import Heard, heard, sheet
from tests.support.voices import DAY, decision, matter, view

LONG = "ABCDEF1234567890"
HOSTILE = "=1+1<script>alert(1)</script>"


def said(count: Heard) -> str:
    return " ".join(whose_views.lead(count, "In the last 12 months"))


def test_the_first_sentence_for_none_one_some_and_all() -> None:
    spoke = matter(view(), decision=decision())
    silent = matter(view("family"))
    assert said(heard([silent])).startswith(
        "In the last 12 months there is one matter, and the person’s own view on it is not"
    )
    assert "on all 2 matters." in said(heard([spoke, spoke]))
    assert "on 1 of 2 matters. On 1 only family was asked." in said(heard([spoke, silent]))
    assert "on none of 2 matters." in said(heard([silent, silent]))


def test_the_trail_leaves_out_what_cannot_be_counted() -> None:
    assert whose_views.trail(heard([matter(view())]), (0, 0)) == ("Traced from a view to who decided: 0 of 1",)


@pytest.mark.parametrize("code", whose_views_looks.ALERTS)
def test_every_second_look_has_its_words_and_names_nobody(code: str) -> None:
    quarter = Period(date(2026, 4, 1), date(2026, 6, 30))
    (look,) = whose_views_looks.looks([Alert(code, 16, 20, (Case(LONG, "tea", DAY),), quarter)])
    assert look.title and look.why and look.do
    assert LONG not in " ".join(look.cases)
    assert not re.search(r"\bS-\d|recorded by|worst|best\b", " ".join((look.title, look.why, look.do)))


def test_there_are_words_for_every_rule() -> None:
    assert len(whose_views_looks.ALERTS) == len(RULES)


def test_one_recorder_is_a_question_about_a_quarter() -> None:
    quarter = Period(date(2026, 4, 1), date(2026, 6, 30))
    (look,) = whose_views_looks.looks([Alert("one_recorder", 16, 20, (), quarter)])
    assert look.title == "One person wrote 16 of 20 views, April to June 2026"
    assert look.why.startswith("What happens when they are away?")


def test_long_lists_of_cases_are_cut_with_how_many_more() -> None:
    cases = tuple(Case(LONG, f"m{n}", DAY) for n in range(30))
    (look,) = whose_views_looks.looks([Alert("together", 30, 30, cases)])
    assert look.cases[-1] == "and 18 more"


@pytest.mark.parametrize("code", [*whose_views.codes_of(), *choice_page.CODES])
def test_every_outcome_of_the_pages_has_its_file(code: str) -> None:
    assert load_catalogue().get(code) is not None


def test_all_outcomes_of_voice_are_on_the_page() -> None:
    assert sorted(whose_views.codes_of()) == sorted([*(f"V{n}" for n in range(1, 20)), "G8"])


@pytest.mark.parametrize("need", [*whose_views_needs.NEEDS, *choice_page.NEEDS], ids=lambda need: need.file_name)
def test_every_table_to_begin_with_can_be_made(need: object) -> None:
    assert template(need, "elm").startswith(b"\xef\xbb\xbf") or template(need, "elm")  # type: ignore[arg-type]


def test_every_code_of_the_contract_has_its_words() -> None:
    views, decisions, people = (TABLES[name].columns for name in ("views", "decisions", "people"))
    known = {
        "how_sought": (views, codes_in_words.HOW_SOUGHT), "voice": (views, codes_in_words.VOICES),
        "decider": (decisions, codes_in_words.DECIDERS), "class": (decisions, codes_in_words.CLASSES),
        "stage": (people, codes_in_words.STAGES), "communication_need": (people, codes_in_words.NEEDS),
        "kind": (TABLES["incidents"].columns, codes_in_words.HAPPENED),
        "followed": (decisions, codes_in_words.FOLLOWED), "risk": (decisions, sheet_words.RISK),
    }  # fmt: skip
    for name, (columns, words) in known.items():
        assert set(columns[name].codes) - {"not_recorded"} <= set(words), name
    assert set(views["voice"].codes) <= set(sheet_words.VOICES)
    assert set(views["understood"].codes) - {"not_recorded"} == set(sheet_words.UNDERSTOOD)
    assert set(views["stance"].codes) - {"unknown"} == set(sheet_words.STANCE)
    assert set(views["used"].codes) - {"not_known"} == set(sheet_words.USED)


@pytest.mark.parametrize("count", range(5))
def test_marks_are_four_and_filled_as_far_as_known(count: int) -> None:
    marks = re.sub(r"<[^>]+>", "", ticks(count))
    assert (marks.count("●"), len(marks)) == (count, 4)


def test_a_view_not_taken_up_always_says_whether_a_reason_is_there() -> None:
    for reason, words in (("yes", "reason written"), ("no", "no reason"), ("not_recorded", "reason not written down")):
        rows = sheet([matter(view(used="not_adopted", reason_given=reason))])
        (line,) = sheet_words.lines(rows, with_person=False)
        assert words in line.places[0][0].marks


def test_the_file_has_one_row_a_voice_short_codes_and_no_formula() -> None:
    rows = sheet(
        [
            matter(view(person_id=LONG), view("family", person_id=LONG), element=HOSTILE, person=LONG),
            matter(element="silent", person=LONG, decision=decision(person_id=LONG)),
        ]
    )
    raw = sheet_words.sheet_csv(rows).decode("utf-8-sig")
    table = list(csv.DictReader(io.StringIO(raw)))
    assert [row["voice"] for row in table] == ["nobody", "the person", "family"]
    assert LONG not in raw and table[0]["person"] == say.person_code(LONG)
    assert not any(str(cell).startswith("=") for row in table for cell in row.values())
    assert None not in table[0] and None not in table[0].values()


def test_the_printed_sheet_stands_by_itself_and_holds_no_markup_from_a_file() -> None:
    rows = sheet([matter(view(person_id=LONG), element=HOSTILE, person=LONG)])
    lines = sheet_words.lines(rows, with_person=True)
    page = printed_sheet(f"Whose views: {HOSTILE}", ("First.", "Second."), lines, ("A note.",), sample=True)
    assert '<html lang="en-GB">' in page and page.count("<h1>") == 1
    assert "@page" in page and "@media print" in page
    assert "<script" not in page and "http" not in page and "url(" not in page and "@import" not in page
    assert LONG not in page
    assert "Sample data, not a real home" in page
    for heading in ("The person", "Family", "Staff", "Others"):
        assert f">{heading}</th>" in page


def test_every_place_of_the_sheet_carries_its_heading_for_a_telephone() -> None:
    table = sheet_table(sheet_words.lines(sheet([matter(view())]), with_person=False))
    assert re.findall(r'data-heading="([^"]+)"', table) == ["The person", "Family", "Staff", "Others"]


def test_silent_matters_are_gathered_by_person_and_cut() -> None:
    assert sheet_words.silent(sheet([matter(view())]), with_person=True) is None
    rows = sheet([matter(element="tea", person=f"PERSON{n:02}") for n in range(12)])
    silent = sheet_words.silent(rows, with_person=True)
    assert silent is not None
    assert silent.title == "Nobody’s view is on record on 12 matters"
    assert silent.matters[-1] == "and 4 more people"


# Choice ----------------------------------------------------------------------------------------------


def test_every_part_of_a_best_interest_record_has_its_words() -> None:
    assert set(choice_page.PARTS) == set(PARTS)


def test_nothing_lacking_is_said_too() -> None:
    assert choice_page.lacks(decision()) == "Nothing: all five parts are there."


def test_parts_equally_often_missing_are_named_together() -> None:
    found = sides([decision(consulted="not_recorded"), decision(decider="not_recorded")], [])
    line = choice_page.missing_line(found)
    assert "2 of 2 records lack a part." in line
    assert "whether anybody was consulted and who decided (1 of 2)" in line


def test_a_long_list_of_decisions_shows_the_newest_and_says_so() -> None:
    shown, rest = choice_page.newest([decision(decision_id=str(n)) for n in range(60)])
    assert len(shown) == choice_page.MOST_LISTED and rest.startswith("The newest 40 of 60.")


def test_the_first_words_without_any_best_interest_decision() -> None:
    told = choice_page.two_sides(sides([decision("own_consent")], []), "Last 12 months")
    assert told.lead == "In the last 12 months: no best-interest decision is on record."


def test_matters_without_a_name_are_counted_and_not_said_over_and_over() -> None:
    silent = sheet_words.silent(
        sheet([matter(element=""), matter(element=""), matter(element="Bath")]), with_person=False
    )
    assert silent is not None
    assert silent.matters == ("Bath and 2 matters without a name",)
