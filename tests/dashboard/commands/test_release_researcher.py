"""A release for researchers from end to end: what is in it, what never is, and what is refused."""

from __future__ import annotations

import base64
import csv
import hashlib
import hmac
import json
import os
import re
import shutil
import stat
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pandas as pd
import pytest
from pycanon import anonymity as pycanon
from typer.testing import CliRunner

from dashboard.cli import app
from dashboard.commands.release_researcher import make_release
from data.anonymity import SampleRules, k_of, l_of
from data.pseudonyms import pseudonym
from data.releases.sample_file import FILES, SampleUnavailable, read_sample, write_sample
from data.releases.sample_log import ReleaseRefused, folder_of, open_log
from data.releases.sample_model import SampleRelease
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.releasing.sample_columns import COUNTED, ladders
from metrics.releasing.sample_rows import person_rows
from tests.support.attack import singled_out
from tests.support.exports import KEY
from tests.support.sample import SAMPLE

DAY = date(2026, 11, 22)


@dataclass(frozen=True)
class Made:
    database: Path
    folders: tuple[Path, Path]
    releases: tuple[SampleRelease, SampleRelease]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory, whole_sample: Path) -> Made:
    """Both draws from the sample; read by every test here, written by none."""
    folder = tmp_path_factory.mktemp("releases")
    database = folder / "manager of ash-court.duckdb"
    shutil.copyfile(whole_sample, database)
    key = folder / "pseudonyms.key"
    key.write_text(KEY.hex())
    key.chmod(0o600)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTCOMES_KEY", str(key))
        folders = (folder / "first", folder / "second")
        releases = tuple(
            make_release(database, out, SampleRules(), made_on=DAY, release_key=bytes([number]) * 32)
            for number, out in enumerate(folders, start=7)
        )
    return Made(database, folders, (releases[0], releases[1]))


@pytest.fixture
def key(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OUTCOMES_KEY", str(made.database.with_name("pseudonyms.key")))


def table(release: SampleRelease) -> pd.DataFrame:
    return pd.DataFrame(release.rows, columns=list(release.names))


def known(release: SampleRelease) -> list[str]:
    return [column.name for column in release.columns if column.part == "known"]


def ids() -> list[str]:
    """Every id of the exports: people, services, changes, staff."""
    found: set[str] = set()
    for name, column in (("people", "person_id"), ("services", "service_id"), ("interventions", "intervention_id")):
        with (SAMPLE / f"{name}.csv").open(encoding="utf-8-sig") as file:
            found |= {row[column] for row in csv.DictReader(file)}
    return sorted(found)


# Adversarial cases 21 to 33: docs/adversarial-cases.md ---------------------------------------------------


def test_21_joined_to_a_public_list_no_class_is_smaller_than_k(made: Made) -> None:
    """Case 21: joined to a public list no class is smaller than k."""
    for release, folder in zip(made.releases, made.folders, strict=True):
        people = pd.read_csv(folder / "people.csv", dtype=str, keep_default_na=False)
        assert len(people) == len(release.rows) > 150
        assert k_of(people, known(release), "pid") == release.report.k >= 5
        assert pycanon.k_anonymity(people, known(release)) == release.report.k
        for name in ("own_view_before", "own_view_after"):
            assert l_of(people, known(release), name) >= release.report.l >= 2
            assert pycanon.l_diversity(people, known(release), [name]) >= 2


def test_21_whoever_knows_that_somebody_answered_does_not_know_what(made: Made) -> None:
    """Case 21: whoever knows that somebody answered does not know what."""
    for release in made.releases:
        for _, alike in table(release).groupby(known(release)):
            for name in ("own_view_before", "own_view_after"):
                assert len(set(alike[name]) - {"no answer of their own", "withheld"}) != 1


def test_21_the_synthetic_twin_hides_as_well(made: Made) -> None:
    """Case 21: the synthetic twin hides as well."""
    for release, folder in zip(made.releases, made.folders, strict=True):
        twin = pd.read_csv(folder / "twin.csv", dtype=str, keep_default_na=False)
        assert set(twin.synthetic) == {"yes"}
        assert k_of(twin, known(release), "pid") >= 5
        assert not set(twin.pid) & {row[0] for row in release.rows}


def test_22_two_releases_share_no_number_and_nobody(made: Made) -> None:
    """Case 22: two releases share no number and nobody."""
    first, second = ({row[0] for row in release.rows} for release in made.releases)
    assert not first & second
    from metrics.releasing.sample_draw import drawn

    with open_facts(made.database) as facts:
        codes = [row.person_id for row in person_rows(facts, load_catalogue(None))]
    assert not drawn(codes, KEY, 1, 0.5) & drawn(codes, KEY, 2, 0.5)


def test_22_a_third_release_from_the_same_people_is_refused_and_writes_nothing(
    made: Made, key: None, tmp_path: Path
) -> None:
    """Case 22: a third release from the same people is refused and writes nothing."""
    with pytest.raises(ReleaseRefused, match="A third would hold people"):
        make_release(made.database, tmp_path / "third", SampleRules(), made_on=DAY)
    assert list(tmp_path.iterdir()) == []


def test_23_no_hash_of_any_id_is_in_any_file(made: Made) -> None:
    """Case 23: Unkeyed, salted with what is in the release, keyed with what people take for keys, in every common spelling."""
    salts = [
        "",
        "salt",
        "pid|",
        "person|",
        "draw|",
        "0.1.0",
        DAY.isoformat(),
        *(r.report.release_id for r in made.releases),
    ]
    keys = [
        b"",
        b"key",
        b"secret",
        b"changeme",
        b"password",
        b"default",
        b"lived-experience-outcomes",
        bytes(32),
        b"0" * 32,
    ]
    wanted_text: set[str] = set()
    wanted_bytes: set[bytes] = set()
    codes = [pseudonym(KEY, "person", each) for each in ids()]
    for each in (*ids(), *codes):
        text = each.encode()
        digests = [
            hashlib.new(kind, before.encode() + text).digest() for kind in ("md5", "sha1", "sha256") for before in salts
        ]
        digests += [
            hmac.new(secret, prefix + text, hashlib.sha256).digest()
            for secret in keys
            for prefix in (b"", b"pid|", b"person|")
        ]
        for digest in digests:
            wanted_bytes.add(digest[:8])
            spelled = (
                digest.hex(),
                base64.b32encode(digest).decode(),
                base64.b64encode(digest).decode(),
                base64.urlsafe_b64encode(digest).decode(),
            )
            wanted_text |= {one[:10].lower() for one in spelled}
    for folder in made.folders:
        for path in folder.iterdir():
            content = path.read_bytes()
            assert wanted_bytes.isdisjoint({content[start : start + 8] for start in range(len(content) - 7)})
            words = re.findall(rb"[A-Za-z0-9+/_=-]{10,}", content)
            parts = {word[start : start + 10].decode().lower() for word in set(words) for start in range(len(word) - 9)}
            assert wanted_text.isdisjoint(parts)


def test_24_rows_stand_in_the_order_of_their_numbers_and_not_of_the_export(made: Made) -> None:
    """Case 24: rows stand in the order of their numbers and not of the export."""
    from metrics.releasing.sample_draw import pid_of

    release = made.releases[0]
    numbers = [row[0] for row in release.rows]
    assert numbers == sorted(numbers)
    with open_facts(made.database) as facts:
        codes = [row.person_id for row in person_rows(facts, load_catalogue(None))]
    of = {pid_of(bytes([7]) * 32, code): place for place, code in enumerate(codes)}
    places = [of[number] for number in numbers]
    follows = sum(later > earlier for earlier, later in pairwise(places))
    assert 0.35 < follows / len(places) < 0.65
    con = duckdb.connect(str(made.folders[0] / "sample.duckdb"), read_only=True)
    assert [row[0] for row in con.execute("SELECT pid FROM people").fetchall()] == numbers
    con.close()


def test_25_no_free_text_day_place_or_ethnicity_has_a_column(made: Made) -> None:
    """Case 25: no free text day place or ethnicity has a column."""
    allowed = {
        "pid", "service_group", "age_band", "gender", "dementia_stage", "arm", "weeks_each_side",
        *(name for each in COUNTED for name in each.columns), "own_view_before", "own_view_after",
    }  # fmt: skip
    for release in made.releases:
        assert set(release.names) <= allowed
        cells = " ".join(cell for row in release.rows for cell in row[1:])
        assert not re.search(r"\d{4}-\d\d-\d\d|\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}:\d\d", cells)


def test_26_somebody_very_old_or_alone_in_something_is_merged_or_withheld(made: Made) -> None:
    """Case 26: somebody very old or alone in something is merged or withheld."""
    for release in made.releases:
        for column in release.columns:
            if column.part == "known":
                assert all(count is not None and count >= 5 for _, count in column.words)
                assert not any(re.fullmatch(r"9[6-9]|1[0-2]\d", word) for word, _ in column.words)


def test_27_a_lone_blank_is_a_class_and_so_is_merged_or_withheld(made: Made) -> None:
    """Case 27: a lone blank is a class and so is merged or withheld."""
    for release in made.releases:
        people = table(release)
        blanks = (people[known(release)] == "not recorded").sum()
        assert all(count == 0 or count >= 5 for count in blanks)
        assert not people.isna().any().any()


def test_28_what_cannot_be_done_is_refused_with_a_sentence_and_no_file(
    made: Made, key: None, tmp_path: Path, whole_sample: Path
) -> None:
    """Case 28: what cannot be done is refused with a sentence and no file."""
    database = tmp_path / "own.duckdb"
    shutil.copyfile(whole_sample, database)
    rules = tmp_path / "rules.toml"
    rules.write_text("k = 200\n")
    out = tmp_path / "out"
    told = CliRunner().invoke(
        app, ["release", "researcher", "--out", str(out), "--db", str(database), "--rules", str(rules)]
    )
    assert told.exit_code == 2
    assert "Every outcome would have to be given up for k = 200" in told.stderr
    assert not out.exists()
    assert not (folder_of(database) / "researcher.jsonl").exists()
    assert not [each for each in tmp_path.iterdir() if each.name.startswith(".release-")]


def test_29_whoever_opted_out_is_absent_and_counted_only_when_they_are_ten(made: Made) -> None:
    """Case 29: whoever opted out is absent and counted only when they are ten."""
    from metrics.releasing.sample import opted_out_said
    from metrics.releasing.sample_draw import pid_of

    with (SAMPLE / "people.csv").open(encoding="utf-8-sig") as file:
        out = [
            row["person_id"]
            for row in csv.DictReader(file)
            if row["research_opt_out"] == "yes" or row["data_use"] in ("service_improvement_only", "objected")
        ]
    assert len(out) > 100
    for number, release in enumerate(made.releases, start=7):
        numbers = {pid_of(bytes([number]) * 32, pseudonym(KEY, "person", each)) for each in out}
        assert not numbers & {row[0] for row in release.rows}
        assert release.report.people["opted out or objected"] == "about 120"
    assert opted_out_said(9) == opted_out_said(0) == "not said"


def test_30_nothing_of_when_events_came_can_be_read_off(made: Made) -> None:
    """Case 30: nothing of when events came can be read off."""
    allowed = {"0", "1 to 4", "5 to 19", "20 or more", "5 or more", "1 or more", "not recorded", "withheld"}
    for release in made.releases:
        for each in COUNTED:
            for name in each.columns:
                if name in release.names:
                    assert set(table(release)[name]) <= allowed


def test_31_no_id_name_or_path_is_in_any_file_or_file_name(made: Made) -> None:
    """Case 31: no id name or path is in any file or file name."""
    with (SAMPLE / "services.csv").open(encoding="utf-8-sig") as file:
        labels = [row.get("label") or row["service_id"] for row in csv.DictReader(file)]
    codes = [pseudonym(KEY, "person", each) for each in ids()]
    sources = [path.name for path in SAMPLE.glob("*.csv") if path.name not in FILES]
    hidden = [
        *(each for each in ids() if len(each) > 4),
        *codes,
        *labels,
        *sources,
        "manager of",
        str(made.database.parent),
        KEY.hex(),
    ]
    for folder in made.folders:
        assert sorted(path.name for path in folder.iterdir()) == sorted(FILES)
        for path in folder.iterdir():
            content = path.read_bytes().lower()
            assert [each for each in hidden if each.lower().encode() in content] == []
        con = duckdb.connect(str(folder / "sample.duckdb"), read_only=True)
        tables = [row[0] for row in con.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]
        assert tables == ["dictionary", "people", "release_meta", "report"]
        values = {
            str(cell) for name in tables for row in con.execute(f"SELECT * FROM {name}").fetchall() for cell in row
        }
        con.close()
        assert [each for each in (*ids(), *codes) if each in values] == []


def test_31_the_files_are_for_their_maker_alone(made: Made) -> None:
    """Case 31: the files are for their maker alone."""
    for folder in made.folders:
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
        assert {stat.S_IMODE(path.stat().st_mode) for path in folder.iterdir()} == {0o600}


def test_32_somebody_with_two_genders_is_one_person(made: Made) -> None:
    """Case 32: The register keeps one row a person; the rule itself is tested in tests/data/test_anonymity.py."""
    for release in made.releases:
        assert len({row[0] for row in release.rows}) == len(release.rows)


def test_33_categories_and_blanks_of_any_kind_give_the_same_k(made: Made) -> None:
    """Case 33: categories and blanks of any kind give the same k."""
    for release in made.releases:
        people = table(release)
        assert k_of(people.astype("category"), known(release), "pid") == release.report.k


# The attack --------------------------------------------------------------------------------------------


def test_whoever_knows_four_events_of_everybody_singles_out_nobody(made: Made) -> None:
    """Day, kind and place of four events: a release has no day and no place, so they say how many came on which side."""
    with open_facts(made.database) as facts:
        rows = person_rows(facts, load_catalogue(None))
    least = {"0": 0, "1 to 4": 1, "5 to 19": 5, "20 or more": 20, "not recorded": 0}
    for release in made.releases:
        names = known(release)
        released = [dict(zip(release.names, row, strict=True)) for row in release.rows]
        released = [{name: row[name] for name in names} for row in released]
        four, everything = [], []
        for row in rows:
            events, left = {}, 4
            for each in COUNTED:
                for name in each.columns:
                    events[name] = min(left, least[row.words[name]])
                    left -= events[name]
            four.append((row.words, events))
            everything.append((row.words, {}))
        assert singled_out(released, four, ladders()) == 0
        assert singled_out(released, everything, ladders()) == 0


# The files ---------------------------------------------------------------------------------------------


def test_the_account_says_what_was_asked_reached_and_lost(made: Made) -> None:
    release, folder = made.releases[0], made.folders[0]
    told = json.loads((folder / "release.json").read_text(encoding="utf-8"))
    assert told["kind"] == "researcher"
    assert told["people_sha256"] == hashlib.sha256((folder / "people.csv").read_bytes()).hexdigest()
    assert told["read_by"] == "Nobody with lived experience has read this release yet."
    assert told["rules"]["version"] == 1
    assert told["columns"]["pid"] == "id"
    assert told["synthetic"] is True
    assert (
        told["earlier_releases"],
        json.loads((made.folders[1] / "release.json").read_text())["earlier_releases"],
    ) == (0, 1)
    assert all(
        re.fullmatch(r"about [\d,]+|[\d,]{2,}|fewer than 10|nobody|not said", said) for said in told["people"].values()
    )
    assert read_sample(folder).rows == release.rows
    html = (folder / "report.html").read_text(encoding="utf-8")
    assert '<html lang="en-GB">' in html
    assert "http" not in html
    assert "association, not cause" in html
    assert "template" in (folder / "LICENCE.txt").read_text(encoding="utf-8")


def test_a_count_of_fewer_than_k_is_never_in_the_dictionary(made: Made) -> None:
    for folder in made.folders:
        with (folder / "dictionary.csv").open(encoding="utf-8") as file:
            people = [row["people"] for row in csv.DictReader(file)]
        assert all(said in ("", "fewer than 5") or int(said) >= 5 for said in people)


def test_the_log_holds_no_person_and_is_for_its_keeper_alone(made: Made) -> None:
    folder = folder_of(made.database)
    log = folder / "researcher.jsonl"
    assert (stat.S_IMODE(folder.stat().st_mode), stat.S_IMODE(log.stat().st_mode)) == (0o700, 0o600)
    lines = [json.loads(line) for line in log.read_text().splitlines()]
    assert [line["draw"] for line in lines] == [1, 2]
    assert set(lines[0]) == {"release_id", "made_on", "draw", "key_id", "people_sha256"}


def test_the_same_keys_give_the_same_release(made: Made, key: None, tmp_path: Path, whole_sample: Path) -> None:
    database = tmp_path / "own.duckdb"
    shutil.copyfile(whole_sample, database)
    again = make_release(database, tmp_path / "out", SampleRules(), made_on=DAY, release_key=bytes([7]) * 32)
    assert again.rows == made.releases[0].rows
    assert (tmp_path / "out" / "people.csv").read_bytes() == (made.folders[0] / "people.csv").read_bytes()


def test_a_folder_with_something_in_it_is_refused_and_left_as_it_is(made: Made, key: None, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    with pytest.raises(ReleaseRefused, match="new or an empty folder"):
        make_release(made.database, tmp_path, SampleRules(), made_on=DAY)
    assert [path.name for path in tmp_path.iterdir()] == ["mine.txt"]


def test_a_release_that_cannot_be_written_leaves_nothing_and_is_not_logged(made: Made, tmp_path: Path) -> None:
    logged: list[object] = []

    def broken(release: SampleRelease) -> dict[str, bytes]:
        raise OSError(28, "No space left on device")

    with pytest.raises(ReleaseRefused, match="No space left"):
        write_sample(tmp_path / "out", made.releases[0], broken, logged.append)
    assert list(tmp_path.iterdir()) == []
    assert logged == []


@pytest.mark.parametrize("content", [b"", b"not a database at all" * 100, b"{}\n"])
def test_a_file_that_is_no_release_is_said_to_be_none(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "sample.duckdb"
    path.write_bytes(content)
    with pytest.raises(SampleUnavailable) as refused:
        read_sample(path)
    assert str(tmp_path) not in str(refused.value)


def test_another_readers_file_and_no_file_are_refused_in_words(whole_sample: Path, tmp_path: Path) -> None:
    with pytest.raises(SampleUnavailable, match="not a release for researchers"):
        read_sample(whole_sample)
    with pytest.raises(SampleUnavailable, match="no release here"):
        read_sample(tmp_path)


def test_a_damaged_log_another_key_or_a_second_release_at_once_are_refused(tmp_path: Path) -> None:
    database = tmp_path / "own.duckdb"
    with open_log(database) as log:
        assert log.next_draw("aaaa") == 1
        with pytest.raises(ReleaseRefused, match="Another release is being made"), open_log(database):
            pass
    path = folder_of(database) / "researcher.jsonl"
    line = {"release_id": "r", "made_on": "2026-11-22", "draw": 1, "key_id": "aaaa", "people_sha256": "x"}
    path.write_text(json.dumps(line) + "\n")
    with open_log(database) as log:
        assert log.next_draw("aaaa") == 2
        with pytest.raises(ReleaseRefused, match="another key"):
            log.next_draw("bbbb")
    path.write_text("{half a line")
    with pytest.raises(ReleaseRefused, match="cannot be read"), open_log(database):
        pass


# The command -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("extra", "said"),
    [
        (["--share", "0.9"], "at most 0.5"),
        (["--read-by", "a person living with dementia"], "all three of a reading"),
        (["--as-of", "22/11/2026"], "YYYY-MM-DD"),
        (["--rules", "no such file.toml"], "file of rules cannot be read"),
    ],
)
def test_wrong_use_is_said_in_a_sentence(made: Made, key: None, tmp_path: Path, extra: list[str], said: str) -> None:
    told = CliRunner().invoke(
        app, ["release", "researcher", "--out", str(tmp_path / "out"), "--db", str(made.database), *extra]
    )
    assert told.exit_code == 2
    assert said in told.stderr
    assert str(tmp_path) not in told.stderr
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize(
    ("rules", "said"),
    [
        ("k = 2", "k must be at least 3"), ("k = true", "needs a whole number"), ("people = 5", 'no rule "people"'),
        ("open_download = true\nk = 5", "k must be at least 11"), ("k = ", "cannot be read"),
    ],
)  # fmt: skip
def test_a_rule_below_its_floor_or_unknown_is_refused(
    made: Made, key: None, tmp_path: Path, rules: str, said: str
) -> None:
    (tmp_path / "rules.toml").write_text(rules)
    told = CliRunner().invoke(
        app,
        [
            "release",
            "researcher",
            "--out",
            str(tmp_path / "o"),
            "--db",
            str(made.database),
            "--rules",
            str(tmp_path / "rules.toml"),
        ],
    )
    assert told.exit_code == 2
    assert said in told.stderr


def test_an_open_release_hides_everybody_among_eleven_and_says_who_read_it(
    made: Made, key: None, tmp_path: Path, whole_sample: Path
) -> None:
    database = tmp_path / "own.duckdb"
    shutil.copyfile(whole_sample, database)
    out = tmp_path / "out"
    reading = [
        "--read-by",
        "<b>A group of people</b>",
        "--read-on",
        "2026-11-20",
        "--said",
        "Say plainly what is missing.",
    ]
    told = CliRunner().invoke(
        app,
        [
            "release",
            "researcher",
            "--out",
            str(out),
            "--db",
            str(database),
            "--open",
            "--json",
            "--as-of",
            "2026-11-22",
            *reading,
        ],
    )
    assert told.exit_code == 0
    account = json.loads(told.stdout)
    assert account == json.loads((out / "release.json").read_text(encoding="utf-8"))
    assert account["k"] >= account["k_asked"] == 11
    assert account["read_by"] == {
        "by": "<b>A group of people</b>",
        "on": "2026-11-20",
        "said": "Say plainly what is missing.",
    }
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "&lt;b&gt;A group of people" in html
    assert os.environ["OUTCOMES_KEY"] not in html
