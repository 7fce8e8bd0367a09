"""A profile is TOML and back without a difference; every fault of a file is named at once; the shelf keeps them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.contract import TABLES
from data.matching.profile import FIX_HEADINGS, Profile, ProfileError, Wide, fingerprint, same_heading
from data.matching.shelf import Shelf, shipped
from data.matching.toml import codes_of, profile_from_file, profile_from_toml, profile_to_toml

EXAMPLE = """
table = "incidents"
date_order = "dmy"
[columns]
occurred_at = ["Date of Incident", "Time of Incident"]
incident_id = "Incident Ref"
kind = "Category"
[codes.kind]
"Fall - witnessed" = "fall"
[defaults]
service_id = "elm-house"
"""


def test_a_profile_is_read_as_it_is_written() -> None:
    profile = profile_from_toml(EXAMPLE, name="Elm incidents")
    assert profile == Profile(
        "Elm incidents",
        "incidents",
        {
            "occurred_at": ("Date of Incident", "Time of Incident"),
            "incident_id": ("Incident Ref",),
            "kind": ("Category",),
        },
        "dmy",
        {"kind": {"Fall - witnessed": "fall"}},
        {"service_id": "elm-house"},
    )


@st.composite
def profiles(draw: st.DrawFn) -> Profile:
    table = TABLES[draw(st.sampled_from(list(TABLES)))]
    texts = st.text(min_size=1, max_size=12).filter(lambda text: text.strip() != "")
    headings = draw(st.lists(texts, unique_by=same_heading, max_size=8))
    names = draw(st.lists(st.sampled_from(list(table.columns)), unique=True, max_size=len(headings)))
    columns = {name: (heading,) for name, heading in zip(names, headings, strict=False)}
    if len(headings) > len(names) > 0:
        columns[names[0]] = (headings[0], *headings[len(names) :])
    coded = [column for column in table.columns.values() if codes_of(column)]
    codes = {}
    for column in draw(st.lists(st.sampled_from(coded), unique=True, max_size=2)) if coded else []:
        theirs = draw(st.lists(texts, unique_by=lambda text: "_".join(text.casefold().split()), max_size=3))
        codes[column.name] = {
            each: draw(st.sampled_from(codes_of(column)))
            for number, each in enumerate(theirs)
            if "-" not in each and "_" not in each
        }
    defaults = dict.fromkeys(draw(st.lists(st.sampled_from(list(table.columns)), max_size=2)), "")
    wide = None
    if table.name == "totals" and draw(st.booleans()):
        wide = Wide("period_from", "numerator", {"Jan 2025 only": draw(st.text())}, tuple(draw(st.lists(texts))))
        columns = {ours: theirs for ours, theirs in columns.items() if "Jan 2025 only" not in theirs}
    return Profile(
        draw(texts),
        table.name,
        columns,
        draw(st.sampled_from([None, "dmy", "mdy", "ymd"])),
        codes,
        defaults,
        {"birth_year": "age"} if table.name == "people" and draw(st.booleans()) else {},
        wide,
        tuple(headings),
        tuple(headings[:2]),
        draw(st.text(max_size=20)),
    )


@given(profiles())
def test_a_profile_through_toml_is_the_same_profile(profile: Profile) -> None:
    assert profile_from_toml(profile_to_toml(profile)) == profile


def faults(text: str) -> str:
    with pytest.raises(ProfileError) as caught:
        profile_from_toml(text)
    return str(caught.value)


def test_every_fault_of_a_profile_is_named_at_once() -> None:
    said = faults("""
table = "falls"
date_order = "day first"
colour = "blue"
headings = "Ref"
[columns]
fall_id = "Ref"
persn_id = "Ref"
occurred_at = ""
seen = ["Witnessed", 3]
[codes.harm]
Bad = "awful"
"no-harm" = "none"
"No harm" = "low"
[codes.weather]
wet = "rain"
[defaults]
location = "moon"
[read_as]
person_id = "age"
""")
    for expected in (
        'date_order must be one of: dmy, mdy, ymd, not "day first".',
        'knows no "colour"',
        "headings must be a list of texts",
        'no column "persn_id". Did you mean "person_id"?',
        'The heading "Ref" is used more than once: fall_id, persn_id.',
        "columns.occurred_at names no heading",
        "columns.seen must be a list of texts",
        'codes.harm: "awful" is no code of harm',
        'codes.harm: "No harm" is given two codes',
        'codes: the table falls has no column "weather"',
        'defaults.location: "moon" is no code of location',
        'read_as: person_id cannot be read as "age"',
    ):
        assert expected in said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("table = ", "is not TOML"),
        ("[columns]\n", "table must be given"),
        ('table = "fals"', 'no table "fals"'),
        ('table = "falls"\ncolumns = 3', "columns must be a section"),
        ('table = "totals"\n[wide]\ninto = "month"\nvalue = "numerator"\n', 'no column "month"'),
        ('table = "feedback"\n[wide]\ninto = "domain"\nvalue = "score"\n', "wide.columns names no heading"),
        ('table = "falls"\nname = 3', "name must be a text"),
    ],
)
def test_a_profile_that_cannot_be_used_says_why(text: str, said: str) -> None:
    assert said in faults(text)


def test_an_optional_code_may_be_left_unsaid_and_a_needed_one_not() -> None:
    profile_from_toml('table = "falls"\n[codes.harm]\nunknown = "not_recorded"\n')
    assert "is no code of kind" in faults('table = "incidents"\n[codes.kind]\nunknown = "not_recorded"\n')


@given(st.lists(st.text(min_size=1, max_size=8), max_size=6), st.randoms(use_true_random=False))
def test_order_case_and_our_own_extra_headings_do_not_change_a_fingerprint(headings, random) -> None:  # type: ignore[no-untyped-def]
    shuffled = [*FIX_HEADINGS, *headings]
    random.shuffle(shuffled)
    assert fingerprint(headings) == fingerprint(shuffled)
    assert fingerprint(["Date of Fall", "Ref."]) == fingerprint(["REF", "date_of_fall"])
    assert fingerprint(headings) != fingerprint([*headings, "One more"])


def profile(name: str, *headings: str) -> Profile:
    return Profile(name, "falls", {"fall_id": (headings[0],)}, headings=headings)


def test_a_saved_profile_is_found_by_its_name_its_file_and_its_headings(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path / "profiles")
    assert shelf.all() == shipped()
    made = profile("Elm: falls", "Ref", "Date")
    path = shelf.save(made)
    assert path.name == "elm-falls.toml"
    assert shelf.named("elm: falls") == shelf.named("elm-falls") == shelf.named(str(path)) == made
    assert [kept.profile for kept in shelf.for_headings(["date", "Ref."])] == [made]
    assert shelf.for_headings(["date"]) == ()
    assert [each.name for each in (tmp_path / "profiles").iterdir()] == ["elm-falls.toml"]


def test_the_newest_saved_profile_comes_first_and_saving_again_replaces(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    for age, name in enumerate(("one", "two")):
        os.utime(shelf.save(profile(name, "Ref")), ns=(age, age))
    assert [kept.profile.name for kept in shelf.for_headings(["Ref"])] == ["two", "one"]
    assert shelf.save(profile("one", "Ref", "Date")).name == "one.toml"
    assert [kept.profile.name for kept in shelf.for_headings(["Ref"])] == ["two"]


def test_names_that_differ_only_in_marks_do_not_overwrite_each_other(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    names = [
        shelf.save(profile(name, "Ref")).name for name in ("Elm House", "Elm-House", "../../Elm House", "Elm House")
    ]
    assert names == ["elm-house.toml", "elm-house-2.toml", "elm-house-3.toml", "elm-house.toml"]
    assert [shelf.save(profile(name, "Ref")).name for name in ("CON", "…")] == ["con-profile.toml", "profile.toml"]
    with pytest.raises(ProfileError, match="Give the profile a name"):
        shelf.save(profile(" ", "Ref"))


def test_a_damaged_saved_profile_is_named_and_passed_over(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    (tmp_path / "broken.toml").write_text("table = ", encoding="utf-8")
    (tmp_path / "odd.toml").write_bytes(b"\xff\xff\xff")
    made = profile("good", "Ref")
    shelf.save(made)
    assert [kept.profile for kept in shelf.for_headings(["Ref"])] == [made]
    assert sorted(text.split(" ")[0] for text in shelf.damaged()) == ["broken.toml", "odd.toml"]


def test_the_folder_can_be_named_in_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTCOMES_PROFILES", str(tmp_path / "mine"))
    assert Shelf().folder == tmp_path / "mine"


def test_a_profile_nobody_has_is_refused_with_those_there_are(tmp_path: Path) -> None:
    Shelf(tmp_path).save(profile("Elm falls", "Ref"))
    with pytest.raises(ProfileError, match=r'no profile "oak".*Elm falls'):
        Shelf(tmp_path).named("oak")
    with pytest.raises(ProfileError, match="could not be opened"):
        profile_from_file(tmp_path / "nowhere.toml")


def test_a_monthly_sheet_is_the_same_sheet_with_other_months(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path)
    wide = Wide("period_from", "numerator", {"Jan 2025": "Jan 2025"})
    made = Profile("Sheet", "totals", {"outcome": ("Measure",)}, wide=wide, headings=("Measure", "Jan 2025"))
    shelf.save(made)
    assert [kept.profile for kept in shelf.for_headings(["Measure", "Feb 2025", "Mar 2025"])] == [made]
    assert shelf.for_headings(["Measure", "Home", "Feb 2025"]) == ()


def test_every_shipped_profile_says_what_it_is_and_how_it_recognises_itself() -> None:
    for kept in shipped():
        assert kept.profile.about, kept.path.name
        assert kept.profile.recognised_by or kept.profile.headings, kept.path.name
        assert kept.profile.name, kept.path.name
