"""Small worlds to release: so many people in each home, so many falls of each of them in each quarter of 2025."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import typer
from typer.testing import CliRunner

from dashboard.commands.release import release as release_app
from data.disclosure import Rules
from data.ingest import ingest
from data.model import Period
from data.releases.earlier import Earlier
from data.releases.model import Cell, CommissionerRelease
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.releasing.commissioner import Made, commissioner_release
from tests.support.exports import KEY

YEAR = Period(date(2025, 1, 1), date(2025, 12, 31))
AS_OF = date(2026, 1, 10)
FIRST_MONTHS = (1, 4, 7, 10)


@dataclass(frozen=True)
class Home:
    """A service: how many people live there all year, and the falls of each (by number) in each quarter."""

    people: int
    falls: Mapping[int, Mapping[int, int]] = field(default_factory=dict)
    """Quarter 1 to 4, then person, then falls."""
    setting: str = "residential"
    kinds: Mapping[str, Mapping[int, Mapping[int, int]]] = field(default_factory=dict)
    """Incidents by kind in the same manner."""
    groups: Sequence[str] = ()
    """The ethnic group of each person; white where it does not reach."""
    harm: str = "none"
    label: str | None = None


def evenly(falls: int, people: int) -> dict[int, int]:
    """So many falls, shared out over so many people."""
    return {person: falls // people + (person < falls % people) for person in range(people)}


def all_year(each: Mapping[int, int]) -> dict[int, Mapping[int, int]]:
    """The same in every quarter."""
    return dict.fromkeys((1, 2, 3, 4), each)


def database(folder: Path, homes: Mapping[str, Home], *, extra: str = "") -> Path:
    """A manager's database of such homes. ``extra``: rows of falls that arrived later."""
    exports = folder / "exports"
    exports.mkdir(parents=True, exist_ok=True)
    services = ["service_id,setting,nation,beds,label"]
    people = ["person_id,ethnicity_group"]
    stays = ["person_id,service_id,start_on,end_on"]
    falls = ["fall_id,person_id,service_id,occurred_at,harm"]
    incidents = ["incident_id,service_id,person_id,occurred_at,kind"]
    for code, home in homes.items():
        services.append(f'{code},{home.setting},EN,{home.people + 2},"{home.label or code.title()}"')
        for person in range(home.people):
            people.append(f"{code}-p{person},{home.groups[person] if person < len(home.groups) else 'white'}")
            stays.append(f"{code}-p{person},{code},2024-06-01,")
        for quarter, by_person in home.falls.items():
            for person, count in by_person.items():
                falls += [
                    f"{code}-f{quarter}-{person}-{n},{code}-p{person},{code},{_moment(quarter, n)},{home.harm}"
                    for n in range(count)
                ]
        for kind, quarters in home.kinds.items():
            for quarter, by_person in quarters.items():
                for person, count in by_person.items():
                    incidents += [
                        f"{code}-{kind}{quarter}-{person}-{n},{code},{code}-p{person},{_moment(quarter, n)},{kind}"
                        for n in range(count)
                    ]
    if extra:
        falls += extra.strip().splitlines()
    tables = {"services": services, "people": people, "stays": stays, "falls": falls}
    if len(incidents) > 1:
        tables["incidents"] = incidents
    for name, lines in tables.items():
        (exports / f"{name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    path = folder / "manager.duckdb"
    ingest([exports], path, as_of=AS_OF, key=KEY, full_export=YEAR)
    return path


def _moment(quarter: int, n: int) -> str:
    return f"2025-{FIRST_MONTHS[quarter - 1] + n // 28 % 3:02}-{n % 28 + 1:02} {9 + n // 84:02}:17"


def released(path: Path, *, rules: Rules | None = None, earlier: Earlier | None = None) -> Made:
    """The release of a database, with the rules as shipped."""
    with open_facts(path) as facts:
        return commissioner_release(
            facts, load_catalogue(), as_of=AS_OF, rules=rules or Rules(), earlier=earlier or Earlier(), version="test",
        )  # fmt: skip


def commissioner_folder(manager: Path, folder: Path) -> Path:
    """A release of a copy of a database, through the command; the log of releases lies beside the copy."""
    copy = folder / "manager.duckdb"
    shutil.copyfile(manager, copy)
    app = typer.Typer()
    app.add_typer(release_app, name="release")
    out = folder / "release"
    done = CliRunner().invoke(
        app, ["release", "commissioner", "--db", str(copy), "--out", str(out), "--as-of", "2026-11-22"]
    )
    assert done.exit_code == 0, done.output
    return out


def find(
    release: CommissionerRelease, outcome: str, unit: str, quarter: int | None = None, word: str = ""
) -> Cell | None:
    """One figure: of a quarter of 2025, or of the year."""
    for each in release.cells:
        period = each.length == "year" if quarter is None else each.name == f"2025 Q{quarter}"
        if (each.outcome, each.unit, each.word) == (outcome, unit, word) and period:
            return each
    return None


def figure(release: CommissionerRelease, outcome: str, unit: str, quarter: int | None = None, word: str = "") -> Cell:
    """The same, which must be there."""
    found = find(release, outcome, unit, quarter, word)
    assert found is not None, (outcome, unit, quarter, word)
    return found
