"""Add data: from files to a clean load in three steps; nothing is lost, nothing leaves, everything can be taken back."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from data.warehouse import open_facts
from tests.dashboard.test_pages import APP, markup, words
from tests.dashboard.test_record_page import field, press
from tests.data.matching.gallery import GALLERY
from tests.support.exports import KEY, TODAY
from tests.support.home import small_home

FALLS = (
    "fall_id,person_id,service_id,occurred_at,harm\n"
    "N1,P-1,elm,2026-06-29 09:05,low\nN2,P-2,elm,2026-06-30 10:20,none\nN3,P-3,elm,31/02/2026,none\n"
)
INCIDENTS = "incident_id,service_id,person_id,occurred_at,kind\nI1,elm,P-1,2026-06-30 08:05,distress\n"

Open = Callable[..., AppTest]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_home(tmp_path_factory.mktemp("home"))


@pytest.fixture
def home(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copy(made, tmp_path / "home.duckdb"))


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Open:
    def opened(database: Path) -> AppTest:
        key = tmp_path / "pseudonyms.key"
        key.write_text(KEY.hex() + "\n")
        key.chmod(0o600)
        monkeypatch.setenv("OUTCOMES_DB", str(database))
        monkeypatch.setenv("OUTCOMES_KEY", str(key))
        monkeypatch.setenv("OUTCOMES_PROFILES", str(tmp_path / "profiles"))
        monkeypatch.delenv("OUTCOMES_DIR", raising=False)
        monkeypatch.setattr("dashboard.access.today", lambda: TODAY)
        at = AppTest.from_file(str(APP), default_timeout=60)
        at.run()
        at.switch_page("app_pages/add_data.py")
        return at.run()

    return opened


def upload(at: AppTest, **files: str | bytes) -> AppTest:
    given = [
        (f"{name}.csv", text.encode() if isinstance(text, str) else text, "text/csv") for name, text in files.items()
    ]
    return at.get("file_uploader")[0].set_value(given).run()


def test_the_first_step_asks_for_files_and_says_that_nothing_leaves(page: Open, home: Path) -> None:
    at = page(home)
    assert not at.exception
    said = words(at)
    assert "Nothing leaves this computer." in said
    assert "1 Choose files 2 Match columns 3 Check and save" in said
    assert "We cannot say whose voice counted." in said


def test_without_any_database_the_page_works_too(page: Open, tmp_path: Path) -> None:
    at = page(tmp_path / "none.duckdb")
    assert not at.exception
    assert "Choose the files your systems gave you." in words(at)


def test_a_file_that_is_not_a_database_is_said_before_anything_is_chosen(page: Open, tmp_path: Path) -> None:
    (tmp_path / "broken.duckdb").write_bytes(b"this is not a database" * 200)
    at = page(tmp_path / "broken.duckdb")
    assert not at.exception
    assert "damaged or not a database" in words(at)
    assert not at.get("file_uploader")


def test_each_file_is_named_with_what_it_looks_like(page: Open, home: Path) -> None:
    at = upload(page(home), falls=FALLS, incidents=INCIDENTS)
    assert not at.exception
    said = words(at)
    assert "falls.csv Falls, 3 rows, 29 Jun 2026 to 30 Jun 2026 We know how to read it." in said
    assert "incidents.csv Incidents, 1 row, 30 Jun 2026 to 30 Jun 2026" in said


def test_the_same_file_twice_is_one_file_and_one_can_be_left_out(page: Open, home: Path) -> None:
    at = upload(page(home), falls=FALLS)
    at = upload(at, again=FALLS)
    assert words(at).count("Falls, 3 rows") == 1
    at = press(at, "Leave this out")
    assert "Falls, 3 rows" not in words(at)


def test_a_picture_is_refused_with_what_to_do(page: Open, home: Path) -> None:
    at = upload(page(home), scan=b"\x89PNG\r\n\x1a\n" + bytes(200))
    assert not at.exception
    assert "scan.csv ▲" in words(at)
    assert not [each for each in at.button if each.label.startswith("Next")]


def test_the_check_accounts_for_every_row_and_names_the_refused_ones(page: Open, home: Path) -> None:
    at = press(upload(page(home), falls=FALLS), "Next: check and save")
    assert not at.exception
    said = words(at)
    assert "2 rows are ready to be saved. 1 row cannot be used; each is named below with what to do." in said
    assert "3 rows read = 2 will be added + 0 already there + 1 refused." in said
    assert "Line 4 occurred_at 31/02/2026 Not a date we can read Write dates as YYYY-MM-DD or DD/MM/YYYY." in said
    assert "Download the rows to correct" in [each.proto.label for each in at.get("download_button")]
    with open_facts(home) as facts:
        assert len(facts.files_loaded()) == 9


def test_saving_says_what_is_new_and_can_be_taken_back(page: Open, home: Path) -> None:
    july = FALLS.replace("2026-06-29", "2026-05-29")
    at = press(press(upload(page(home), falls=july), "Next: check and save"), "Save")
    assert not at.exception
    said = words(at)
    assert "Saved 2 rows are saved; 1 row was refused." in said
    assert "3 rows read = 2 added + 0 already there + 1 refused." in said
    with open_facts(home) as facts:
        assert facts.files_loaded()[0].accepted == 2
    at = press(at, "Take this load back")
    assert "Taken back 2 rows are gone again." in words(at)
    at = press(at, "Add other files")
    assert "Choose the files your systems gave you." in words(at)


def test_the_same_export_again_brings_nothing_new_and_cannot_be_saved(page: Open, home: Path) -> None:
    at = press(press(upload(page(home), falls=FALLS), "Next: check and save"), "Save")
    at = press(upload(press(at, "Add other files"), falls=FALLS), "Next: check and save")
    assert "This very file was loaded before: 3 rows, nothing new." in words(at)
    assert "Save" not in [each.label for each in at.button]


def test_a_first_load_makes_the_database_and_names_the_new_months(page: Open, tmp_path: Path) -> None:
    falls = "fall_id,person_id,service_id,occurred_at,harm\n" + "".join(
        f"F{month},P-1,elm,2026-{month:02d}-05 10:05,none\n" for month in range(1, 7)
    )
    at = press(press(upload(page(tmp_path / "new.duckdb"), falls=falls), "Next: check and save"), "Save")
    assert not at.exception
    assert "6 months of falls on elm." in words(at)
    link, _ = at.get("page_link")
    assert link.proto.query_string == "service=elm"


def test_an_export_that_names_no_service_is_asked_which_one(page: Open, tmp_path: Path) -> None:
    falls = "fall_id,person_id,occurred_at,harm\nF1,P-1,2026-05-05 10:05,none\n"
    at = press(upload(page(tmp_path / "new.duckdb"), falls=falls), "Next: match columns")
    at = press(at, "Next: check and save")
    assert "Which service: choose the one the files are from, or give the new one a name." in words(at)
    field(at, "text_input", "Name of the service").set_value("Elm House")
    field(at, "number_input", "Beds or places").set_value(12)
    at = press(press(at, "Next: check and save"), "Save")
    assert not at.exception
    assert "1 month of falls on Elm House." in words(at)
    with open_facts(tmp_path / "new.duckdb") as facts:
        (service,) = facts.services()
    assert (service.service_id, service.label, service.beds) == ("elm-house", "Elm House", 12)


def test_with_one_service_there_is_no_question_which(page: Open, home: Path) -> None:
    falls = "fall_id,person_id,occurred_at,harm\nF1,P-1,2026-05-05 10:07,none\n"
    at = press(press(upload(page(home), falls=falls), "Next: check and save"), "Save")
    assert "1 row is saved; none was refused." in words(at)


def test_going_back_loses_nothing(page: Open, home: Path) -> None:
    at = press(upload(page(home), falls=FALLS), "Next: check and save")
    at = press(press(at, "Back"), "Back")
    assert "Falls, 3 rows" in words(at)


def test_adding_beside_the_sample_leaves_the_badge(page: Open, tmp_path: Path) -> None:
    sample = small_home(tmp_path / "sample", sample=True)
    at = page(sample)
    assert "You are looking at made-up homes." in words(at)
    at = press(press(upload(at, falls=FALLS), "Next: check and save"), "Save")
    assert "Sample data, not a real home" in words(at)


def test_a_hostile_file_is_text(page: Open, home: Path) -> None:
    bad = FALLS.replace("31/02/2026", "<img src=http://a.example/q.png>")
    at = press(upload(page(home), falls=bad), "Next: check and save")
    assert not at.exception
    assert "<img src=http" not in markup(at)


# Somebody else's export -------------------------------------------------------------------------------

LOG = """Elm House - Falls log;;;;;;;
Printed by: Office;;;;;;;
Fall Ref;Date of Fall;Time of Fall;Resident ID;Resident Name;Severity;Where did it happen;Witnessed?
1001;13/05/2026;08:07;P-2;A Person;No harm;Bedroom;Y
1002;16/05/2026;14:00;P-3;A Person;Skin tear - dressed;Day room;N
1003;31/05/2026;09:14;P-4;A Person;Minor;En-suite;N
1004;31/06/2026;10:21;P-5;A Person;Minor;Bedroom;Y
Total;4;;;;;;
""".encode("cp1252")


def test_somebody_elses_export_is_looked_over_word_by_word_and_saved(page: Open, home: Path) -> None:
    at = upload(page(home), log=LOG)
    assert "log.csv Falls, 4 rows, 13 May 2026 to 31 May 2026" in words(at)
    at = press(at, "Next: match columns")
    assert not at.exception
    said = words(at)
    assert "We have not seen this kind of export before." in said
    assert "“13/05/2026 08:07” is 13 May 2026, 08:07" in said
    assert "“Minor” is low" in said
    assert "Seen and never stored, because they could say who somebody is: Resident Name." in said
    assert "A Person" not in said
    assert "P-2" not in said
    field(at, "selectbox", "“Skin tear - dressed” (1 row)").select("low").run()
    at = press(at, "Next: check and save")
    said = words(at)
    assert "4 rows read = 3 will be added + 0 already there + 1 refused. 3 further lines hold no row" in said
    assert "Line 7 Date of Fall and Time of Fall 31/06/2026 10:21 Not a date we can read" in said
    at = press(at, "Save")
    assert "3 rows are saved; 1 row was refused." in words(at)
    at = upload(press(at, "Add other files"), log=LOG.replace(b"13/05", b"14/05").replace(b"1001", b"1005"))
    assert "We know how to read it." in words(at)
    at = press(at, "See how they are read")
    assert f"We remember how this export is read, as “Falls export”; last used on {date.today().day} " in words(at)


def test_a_column_can_be_read_from_another_heading(page: Open, home: Path) -> None:
    at = press(upload(page(home), log=LOG), "Next: match columns")
    place = field(at, "selectbox", "Where")
    assert place.value == "Where did it happen"
    place.set_value("").run()
    at = press(press(at, "Next: check and save"), "Save")
    assert not at.exception
    with open_facts(home) as facts:
        assert facts.files_loaded()[0].accepted == 2


def test_what_a_word_was_taken_to_mean_can_be_put_right(page: Open, home: Path) -> None:
    at = press(upload(page(home), log=LOG), "Next: match columns")
    at.checkbox[-1].check().run()
    field(at, "selectbox", "“Minor” under How much harm").select("moderate").run()
    assert "“Minor” is moderate" in words(at)


def test_a_needed_column_that_is_taken_away_is_asked_for(page: Open, home: Path) -> None:
    at = press(upload(page(home), log=LOG), "Next: match columns")
    field(at, "selectbox", "Which person (kept as a code) (needed)").set_value("").run()
    at = press(at, "Next: check and save")
    assert "log.csv, Which person (kept as a code): choose the heading it stands under." in words(at)


def test_every_export_of_the_gallery_can_be_looked_over(page: Open, home: Path) -> None:
    drawn = {
        f"g{number}": "\n".join(",".join(f'"{cell}"' for cell in row) for row in each.rows)
        for number, each in enumerate(GALLERY)
    }
    at = upload(page(home), **drawn)
    assert not at.exception
    at = press(at, "Next: match columns")
    assert not at.exception
    assert len(at.expander) >= len(GALLERY) / 2
    at = press(at, "Next: check and save")
    assert not at.exception


def test_a_monthly_sheet_without_years_is_asked_for_its_year_and_what_it_counts(page: Open, home: Path) -> None:
    sheet = "Measure,Jan,Feb,Mar\nFalls,3,4,5\nPressure sores,1,0,2\nOccupied bed days,300,280,310\n"
    at = press(upload(page(home), sheet=sheet), "Next: match columns")
    assert not at.exception
    assert field(at, "selectbox", "What is in this file").value == "totals"
    at = press(at, "Next: check and save")
    assert "sheet.csv: The months above the columns have no year. Which year is it?" in words(at)
    field(at, "number_input", "The months above the columns have no year. Which year is it?").set_value(2024)
    (counts,) = [each for each in at.selectbox if "Pressure sores" in each.label]
    assert counts.value == "PRESSURE_SORES"
    counts.select("I9")
    at = press(press(at, "Next: check and save"), "Save")
    assert not at.exception
    assert "6 rows are saved; none was refused." in words(at)
    with open_facts(home) as facts:
        assert facts.totals_outcomes("elm") == {"F1", "I9"}
        assert facts.files_loaded()[0].first_day == date(2024, 1, 1)


def test_a_survey_that_does_not_say_who_answered_is_asked(page: Open, home: Path) -> None:
    survey = (
        "Response ID,Date Completed,I feel happy here,I feel heard,I have a choice,I feel safe,I can be myself\n"
        "1,13/05/2026,Agree,Strongly agree,Agree,Neutral,Agree\n2,14/05/2026,Disagree,Don't know,Agree,Agree,Agree\n"
        "3,15/05/2026,Agree,Agree,Disagree,Agree,Strongly agree\n"
    )
    at = press(upload(page(home), answers=survey), "Next: match columns")
    assert field(at, "selectbox", "What is in this file").value == "feedback"
    assert not at.exception
    said = words(press(at, "Next: check and save"))
    assert "answers.csv: Who answered these questions" in said
    next(each for each in at.selectbox if each.label.startswith("Who answered these questions")).select("self")
    next(each for each in at.selectbox if each.label.startswith("Which check-in is it")).select("person_checkin")
    at = press(press(at, "Next: check and save"), "Save")
    assert not at.exception
    assert "15 rows are saved; none was refused." in words(at)


def test_ambiguous_dates_are_asked_about_and_read_as_said(page: Open, home: Path) -> None:
    log = "Fall Ref,Date of Fall,Resident ID,Severity\n1,03/04/2026,P-2,Minor\n2,05/06/2026,P-3,Minor\n"
    at = press(upload(page(home), log=log), "Next: match columns")
    at = press(at, "Next: check and save")
    assert "log.csv: say in which order its dates are written." in words(at)
    field(at, "radio", "In which order are the dates written?").set_value("mdy").run()
    assert "“03/04/2026” is 4 Mar 2026" in words(at)
    at = press(press(at, "Next: check and save"), "Save")
    assert "2 rows are saved; none was refused." in words(at)
    with open_facts(home) as facts:
        assert facts.files_loaded()[0].first_day == date(2026, 3, 4)


def test_a_file_nobody_can_place_is_placed_by_a_person(page: Open, home: Path) -> None:
    at = upload(page(home), list="Bibble,Wobble\nx,y\nz,w\n")
    assert not at.exception
    assert "We cannot tell what kind of record this is." in words(at)
    at = press(at, "Next: match columns")
    assert "list.csv: say what kind of record it holds" in words(press(at, "Next: check and save"))
    field(at, "selectbox", "What is in this file").select("falls").run()
    assert not at.exception
    assert field(at, "selectbox", "What is in this file").value == "falls"
