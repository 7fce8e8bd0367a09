"""``outcomes release``: what may leave the manager's file. Each release is a folder of its own, whole or not at all."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.commands.common import PROBLEMS, AsJson, Database, OwnOutcomes, database, print_json, say
from dashboard.commands.release_researcher import release_researcher_command
from dashboard.printing.release_report import release_report
from data import __version__
from data.disclosure import BelowFloor, Rules, rules_from
from data.ingest import WrongUse
from data.releases import log
from data.releases.csv_files import all_files
from data.releases.cube_file import NAME, report_document, write_cube
from data.releases.folder import hashes, new_folder
from data.releases.model import Reading
from data.warehouse import open_facts
from metrics.catalogue import Catalogue, load_catalogue
from metrics.releasing.commissioner import Made, commissioner_release
from metrics.releasing.protecting import CannotBeProtected

release = typer.Typer(no_args_is_help=True, help="Make a release: a folder of its own that holds no person.")

Out = Annotated[Path, typer.Option("--out", help="A new folder for the release.")]
RulesFile = Annotated[
    Path | None, typer.Option("--rules", help="A TOML file with stricter settings; weaker ones than the floors are refused.")
]  # fmt: skip
AsOf = Annotated[str | None, typer.Option("--as-of", help="The day the release is made, YYYY-MM-DD; otherwise today.")]
ReadBy = Annotated[
    str | None, typer.Option("--read-by", help="Who with lived experience read it, such as a role or a group; no name is needed.")
]  # fmt: skip
ReadOn = Annotated[str | None, typer.Option("--read-on", help="When they read it, YYYY-MM-DD.")]
Said = Annotated[str | None, typer.Option("--said", help="What they said.")]
NOTHING = (
    "There is nothing to release: no calendar quarter is over that incidents, falls, feedback, checks or views cover. "
    "Totals alone cannot be released, because nobody can say how many people stand behind them."
)
README = """\
A release to commissioners. Synthetic: {synthetic}.

commissioner.duckdb     what the pages show: outcomes serve --role commissioner --db THIS-FOLDER
cells.csv               every figure, with definition, status, rounding and version
definitions.csv         what each outcome counts, over what, and what it must be read beside
units.csv gaps.csv changes.csv changes-parts.csv changes-together.csv happenings.csv
report.html             what is hidden and why, to read or print
release.json            the same account for programs, with the SHA-256 of every file

"too few people to show" (suppressed), "not recorded" (missing) and "none" are three different answers: a hidden figure is not a
nought. The files are those of the page "Download the quarter's table", byte for byte.
Changes tried are associations in time, not proof of what brought them about.
"""


@release.command("commissioner")
def commissioner_command(
    out: Out, db: Database = None, rules: RulesFile = None, outcomes: OwnOutcomes = None, as_of: AsOf = None,
    read_by: ReadBy = None, read_on: ReadOn = None, said: Said = None, as_json: AsJson = False,
) -> None:  # fmt: skip
    """Figures by quarter for services and groups of them, thresholded and rounded; nothing about a person."""
    document = make_commissioner_release(
        database(db), out, rules=_rules(rules), catalogue=load_catalogue(outcomes), made_on=day_of(as_of),
        read_by=reading_of(read_by, read_on, said),
    )  # fmt: skip
    if as_json:
        print_json(document)
        return
    counts = document["counts"]
    say(f"Release {document['release_id']}: {counts['shown']:,} figures shown, {counts['suppressed']:,} hidden.")
    say("What is hidden and why: report.html in the folder of the release.")


def make_commissioner_release(
    source: Path, out: Path, *, rules: Rules, catalogue: Catalogue, made_on: date, read_by: Sequence[Reading] = (),
) -> dict[str, Any]:  # fmt: skip
    """Makes a release, writes it and logs it; gives its account, as it stands in release.json.

    Raises WrongUse where there is nothing to release, DatabaseUnavailable, and typer.Exit after a sentence where a release
    must not go out.
    """
    earlier = log.read(source)
    with refused_in_words(), open_facts(source) as facts:
        made = commissioner_release(
            facts, catalogue, as_of=made_on, rules=rules, earlier=earlier, version=__version__, read_by=read_by,
            progress=lambda what: typer.echo(what, err=True),
        )  # fmt: skip
    if not made.release.cells:
        raise WrongUse(NOTHING)
    return _write(made, out, source)


def _write(made: Made, out: Path, source: Path) -> dict[str, Any]:
    """The whole folder; the account knows the hash of everything else. Logged before anybody can have it."""
    with new_folder(out) as folder:
        write_cube(made.release, folder / NAME)
        for name, content in all_files(made.release).items():
            (folder / name).write_bytes(content)
        (folder / "report.html").write_text(release_report(made.release), encoding="utf-8")
        synthetic = "yes" if made.release.report.synthetic else "no"
        (folder / "README.txt").write_text(README.format(synthetic=synthetic), encoding="utf-8")
        document = {**report_document(made.release.report), "files": hashes(folder)}
        (folder / "release.json").write_text(json.dumps(document, ensure_ascii=False, indent=2), encoding="utf-8")
        log.write(source, made.entry)
    return document


@contextmanager
def refused_in_words() -> Iterator[None]:
    """A release that must not go out ends in a sentence; nothing is written."""
    try:
        yield
    except CannotBeProtected as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(PROBLEMS) from None


def day_of(text: str | None) -> date:
    """A day given on the command line; otherwise today."""
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f'"{text}" is not a date. Write it as YYYY-MM-DD.') from None


def reading_of(by: str | None, on: str | None, said: str | None) -> Sequence[Reading]:
    """Who read the release beforehand: all three, or nothing."""
    if by is None and on is None and said is None:
        return ()
    if by is None or on is None or said is None:
        raise WrongUse("Say who read the release, when, and what they said: --read-by, --read-on and --said together.")
    return (Reading(by, day_of(on), said),)


def _rules(file: Path | None) -> Rules:
    if file is None:
        return Rules()
    try:
        settings = tomllib.loads(file.read_text(encoding="utf-8"))
    except OSError:
        raise WrongUse("The file with the rules cannot be read.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise WrongUse(f"The file with the rules is not TOML: {error}.") from None
    try:
        return rules_from(settings)
    except BelowFloor as error:
        raise WrongUse(str(error)) from None


release.command("researcher")(release_researcher_command)
