"""In people's own words, as Streamlit runs it: on the sample, on homes where only others answered, on nothing."""

from __future__ import annotations

import html
import re
from datetime import date, timedelta
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.checkins import CHECKINS, template_of
from tests.support.exports import SERVICES, load, write
from tests.support.home import LOUNGE, small_home
from tests.support.pages import HOSTILE, Open, markup, opener

STAYS = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(1, 13))
HEADS = "feedback_id, service_id, person_id, rater_key, given_on, rater, instrument, domain, score"


@pytest.fixture
def sample(whole_sample: Path) -> Path:
    return whole_sample


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> Open:
    return opener(monkeypatch, "own_words")


def words(at: AppTest) -> str:
    heads = " ".join(each.value for each in at.header)
    return re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", f"{heads} {markup(at)}")).replace("\\", ""))


def voices(at: AppTest) -> list[str]:
    """The three columns, each as its words."""
    found = next(each.value for each in at.get("html") if "leo-voices" in each.value)
    cards = re.findall(r'<section class="leo-card leo-voice">(.*?)</section>', found, re.DOTALL)
    return [re.sub(r"\s+", " ", html.unescape(re.sub(r"<[^>]+>", " ", card))) for card in cards]


def answers(
    rater: str, *days: date, domain: str = "mood", instrument: str = "person_checkin", people: int = 6
) -> list[str]:
    return [
        f"{rater}{domain}{day}{n}, elm, P-{n}, {rater}{n}, {day}, {rater}, {instrument}, {domain}, {1 + n % 5}"
        for day in days
        for n in range(1, people + 1)
    ]


def database(folder: Path, *rows: str, stays: str = STAYS) -> Path:
    exports = write(folder / "exports", services=SERVICES, stays=stays, feedback="\n".join([HEADS, *rows]))
    load(exports, folder / "home.duckdb")
    return folder / "home.duckdb"


def test_own_voice_heads_the_page(page: Open, sample: Path) -> None:
    at = page(sample, service="elm-house")
    assert [each.value for each in at.title] == ["In people's own words"]
    first = next(each.value for each in at.get("html") if "leo-lead" in each.value)
    assert "of 54 people living here answered for themselves in the last 12 months" in html.unescape(first)
    assert "in 100" in first and "leo-big" in first
    assert re.search(r"their mood at \d\.\d and feeling heard at \d\.\d out of 5", first)
    assert re.search(r"Of \d+ asked in both halves of this time about their mood, \d+ went up", first)
    assert "Helped by:" in first and "Asked:" in first and "not asked" in first


def test_three_voices_stand_apart_and_it_is_said(page: Open, sample: Path) -> None:
    at = page(sample, service="elm-house")
    person, family, staff = voices(at)
    assert person.startswith(" The person about their own life")
    assert "Feeling heard" in person and "Feeling heard" not in family + staff
    assert "Confident" in family and "Happy at work" in staff
    assert "never added together or averaged" in words(at)
    assert "asked twice:" in person and "higher" in person


def test_i_dont_know_is_counted_on_the_page(page: Open, sample: Path) -> None:
    assert "“I don't know”" in voices(page(sample, service="elm-house"))[0]


def test_what_others_answered_has_a_part_of_its_own_with_its_caveat(page: Open, sample: Path) -> None:
    at = page(sample, service="elm-house")
    said = words(at)
    assert "Answered on somebody's behalf" in said
    assert "Others rate people's lives lower than people do themselves" in said


def test_where_only_families_answered_the_page_says_so_at_the_top(page: Open, tmp_path: Path) -> None:
    at = page(database(tmp_path, *answers("family", date(2026, 1, 5), date(2026, 5, 5))))
    shown = [each.value for each in at.get("html") if "<style" not in each.value]
    warned = next(place for place, each in enumerate(shown) if "Only others answered" in each)
    headed = next(place for place, each in enumerate(shown) if "leo-own-head" in each)
    assert warned < headed
    assert "nobody answered for themselves" in shown[warned]
    assert "Mood: relatives and friends only" in shown[warned]


def test_one_question_on_which_only_others_answered_is_named_below_the_head(page: Open, tmp_path: Path) -> None:
    rows = [*answers("self", date(2026, 5, 5)), *answers("staff", date(2026, 5, 6), domain="heard")]
    shown = [each.value for each in page(database(tmp_path, *rows)).get("html") if "<style" not in each.value]
    warned = next(place for place, each in enumerate(shown) if "Only others answered about some things" in each)
    headed = next(place for place, each in enumerate(shown) if "leo-own-head" in each)
    assert headed < warned
    assert "Feeling heard: staff only" in shown[warned]


def test_nobody_is_warned_of_where_people_answered_for_themselves(page: Open, tmp_path: Path) -> None:
    assert "Only others answered" not in words(page(database(tmp_path, *answers("self", date(2026, 5, 5)))))


def test_before_and_after_can_be_that_of_a_change_of_the_whole_service(page: Open, home: Path) -> None:
    at = page(home)
    (choice,) = [each for each in at.selectbox if each.key == "around"]
    assert [option.split(" · ")[0] for option in choice.options] == ["First and second half of the time shown", LOUNGE]
    choice.set_value("three").run()
    assert not at.exception
    assert "Before:" in words(at) and "First half:" not in words(at)
    at = page(home, around="three")
    assert "Before:" in words(at) and "After:" in words(at)
    assert "First half:" not in words(at)


def test_music_can_be_walked_through(page: Open, sample: Path) -> None:
    said = words(page(sample, service="elm-house", time="all"))
    assert "Noted by somebody who watched" in said
    assert re.search(r"Joining in was seen in \d+ of \d+ sessions watched", said)
    assert "It is what was seen, not what the person said" in said
    assert re.search(r"for one person: joining in was seen in \d+ of \d+ sessions before and \d+ of \d+ after", said)


def test_what_people_said_at_review_in_homecare_can_be_walked_through(page: Open, sample: Path) -> None:
    at = page(sample, service="cedar-homecare", time="all")
    assert "people supported answered for themselves" in words(at)
    assert re.search(r"The support as a whole, at review .*\d+ asked at a review and again: \d+ higher", voices(at)[0])


def test_a_promise_leads_to_the_page_of_its_change_with_codes_alone(page: Open, sample: Path) -> None:
    at = page(sample, service="elm-house")
    assert "What was promised about this, and what came of it" in words(at)
    links = [each.proto for each in at.get("page_link") if "understands" in each.proto.label]
    assert links and all("P-" not in str(link) for link in links)


def test_instruments_in_use_stand_by_answerer_with_what_is_published(page: Open, sample: Path) -> None:
    said = words(page(sample, service="elm-house"))
    assert "Least change that people notice: 5 to 6 points" in said
    for who in ("People themselves", "Relatives and friends, about the person", "Staff, about the person"):
        assert who in said
    assert "about 3 points is quoted; not agreed" in said
    assert "nobody outside the project has yet" in said


def test_the_cards_and_tables_can_be_downloaded(page: Open, home: Path) -> None:
    labels = [each.label for each in page(home).get("download_button")]
    assert labels.count("Cards with words, to print") == labels.count("Cards with faces, to print") == 3
    assert labels.count("Table to fill in (CSV)") == 3


def test_who_was_not_asked_is_listed_by_code(page: Open, sample: Path) -> None:
    at = page(sample, service="elm-house")
    assert any("Who was not asked" in each.label for each in at.expander)
    table = next(each.value for each in at.get("html") if "People who were not asked" in each.value)
    assert re.search(r'<th scope="row"[^>]*>[A-Z2-7]{3}-[A-Z2-7]{3}</th>', table)


def test_a_service_without_any_answer_says_what_why_and_what_next(page: Open, sample: Path) -> None:
    at = page(sample, service="hazel-homecare")
    said = words(at)
    assert "No answers yet" in said
    assert "leo-own-head" not in markup(at) and not any("Who was not asked" in each.label for each in at.expander)
    assert "No answers from people themselves yet" in said and "How to begin:" in said
    assert "Ask somebody today" in said


def test_many_things_to_begin_with_are_a_list_to_open_with_the_first_in_sight(page: Open, sample: Path) -> None:
    at = page(sample, service="hazel-homecare")
    folded = [each.label for each in at.expander]
    assert "No answers from staff yet" in folded and "No answers from people themselves yet" not in folded


def test_a_voice_with_too_few_answers_says_so_once(page: Open, sample: Path) -> None:
    said = words(page(sample, service="holly-court"))
    assert "No question has 5 people behind it yet. No figure is shown: it could give away who said what." in said
    assert "A dash: fewer than" not in said


@pytest.mark.parametrize("time", ["6", "12", "24", "all"])
def test_every_time_opens_on_the_sample(page: Open, sample: Path, time: str) -> None:
    assert "What each voice says" in words(page(sample, service="cedar-homecare", time=time))


def test_every_service_of_the_sample_opens(page: Open, sample: Path) -> None:
    at = page(sample)
    services = next(each for each in at.selectbox if each.key == "service").options
    codes = [name.lower().replace(" ", "-") for name in services]
    for code in codes:
        assert page(sample, service=code).title


def test_a_time_without_answers_says_to_look_further_back(page: Open, tmp_path: Path) -> None:
    rows = answers("self", date(2024, 5, 5))
    exports = write(
        tmp_path / "exports", services=SERVICES, stays=STAYS, feedback="\n".join([HEADS, *rows]),
        falls="fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-06-01",
    )  # fmt: skip
    load(exports, tmp_path / "home.duckdb")
    said = words(page(tmp_path / "home.duckdb", time="6"))
    assert "Nobody answered for themselves in the last 6 months; 12 were not asked" in said
    assert "Look further back" in said


def test_an_empty_database_says_what_to_do(page: Open, tmp_path: Path) -> None:
    at = page(tmp_path / "none.duckdb")
    assert "outcomes ingest" in words(at) or "outcomes" in words(at)


def test_a_home_of_three_shows_counts_and_no_mean(page: Open, tmp_path: Path) -> None:
    three = "person_id, service_id, start_on\n" + "\n".join(f"P-{n}, elm, 2024-01-01" for n in range(1, 4))
    at = page(database(tmp_path, *answers("self", date(2026, 5, 5), people=3), stays=three))
    person = voices(at)[0]
    assert "3 of 3 people living here answered for themselves" in words(at)
    assert "too few to show" in person and "3 asked, 3 answered" in person
    assert "on average" not in person


def test_without_stays_people_are_counted_and_no_share_is_claimed(page: Open, tmp_path: Path) -> None:
    rows = [*answers("self", date(2026, 1, 5), date(2026, 5, 5))]
    exports = write(tmp_path / "exports", services=SERVICES, feedback="\n".join([HEADS, *rows]))
    load(exports, tmp_path / "home.duckdb")
    said = words(page(tmp_path / "home.duckdb"))
    assert "6 people answered for themselves" in said and "How many people there are is not on record" in said
    assert "None of" not in said


def test_titles_labels_and_questions_from_files_are_text(page: Open, tmp_path: Path) -> None:
    at = page(small_home(tmp_path / "home", label=HOSTILE, title=HOSTILE))
    for each in at.get("html"):
        assert "<img src=http" not in each.value and "<b>x</b>" not in each.value
    rows = [row.replace(", mood,", ", <b>x</b>,") for row in answers("family", date(2026, 5, 5))]
    shown = markup(page(database(tmp_path / "other", *rows)))
    assert "<b>x</b>" not in shown


def test_filled_cards_appear_on_the_page(page: Open, tmp_path: Path) -> None:
    """The cards are printed, filled in, typed into the table, loaded, and the page tells of them."""
    head, first = (
        line.split(",") for line in template_of(CHECKINS["person_checkin"], "elm").decode("utf-8-sig").splitlines()
    )
    begun = dict(zip(head, first, strict=True))
    rows = []
    for n in range(1, 7):
        day = date(2026, 5, 1) + timedelta(days=n)
        cells = {"person_id": f"P-{n}", "answerer": f"P-{n}", "given_on": f"{day:%d/%m/%Y}", "asked_with": "faces",
                 "helped_by": "none", "mood": "Mostly", "heard": "I don't know" if n < 3 else ""}  # fmt: skip
        rows.append(",".join({**begun, **cells}[name] for name in head))
    exports = write(tmp_path / "exports", services=SERVICES, stays=STAYS)
    (exports / "cards in may.csv").write_text("\n".join([",".join(head), *rows]) + "\n", encoding="utf-8")
    load(exports, tmp_path / "home.duckdb")
    at = page(tmp_path / "home.duckdb")
    said = words(at)
    assert "6 of 12 people living here answered for themselves" in said
    assert "Helped by: nobody 6." in said and "Asked: with faces 6." in said
    person = voices(at)[0]
    assert "Mood 4.0 out of 5 on average" in person
    assert "2 asked, 2 answered (2 “I don't know”)" in person


def test_no_word_of_judgement_stands_beside_what_people_said(page: Open, sample: Path) -> None:
    told = " ".join(voices(page(sample, service="elm-house", time="all")))
    assert not re.search(r"\b(better|worse|improved|held steady|cannot tell)\b", told, re.IGNORECASE)
