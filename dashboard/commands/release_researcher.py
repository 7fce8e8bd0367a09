"""``outcomes release researcher``: a sample of persons in which nobody can be found, as a folder of files."""

from __future__ import annotations

import secrets
import tomllib
from dataclasses import fields
from datetime import date
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.commands.common import DONE, WRONG_USE, AsJson, Database, database, print_json, say
from dashboard.printing.sample_report import pages
from dashboard.views.sample import account
from data import __version__
from data.anonymity import K_OPEN, FloorPassed, Infeasible, SampleRules
from data.pseudonyms import KEY_BYTES, default_key_path, key_id, load_or_make_key
from data.releases.model import Reading
from data.releases.sample_file import refuse_if_full, report_json, write_sample
from data.releases.sample_log import LoggedSample, ReleaseRefused, SampleLog, open_log
from data.releases.sample_model import SampleRelease, SampleReport
from data.schema import DatabaseUnavailable
from data.warehouse import open_facts
from metrics.catalogue import load_catalogue
from metrics.releasing.sample import Draw, make_sample


class WrongSetting(Exception):
    """The command was given something it cannot use; the message says what and what to do."""


def release_researcher_command(
    out: Annotated[Path, typer.Option(help="A new or empty folder for the files of the release.")],
    db: Database = None,
    share: Annotated[
        float | None, typer.Option(help="Of the people who may be in it, how many are drawn: at most 0.5.")
    ] = None,
    open_: Annotated[bool, typer.Option("--open", help=f"For anybody to take: k is at least {K_OPEN}.")] = False,
    rules: Annotated[
        Path | None, typer.Option(help="A TOML file with rules, such as k = 8. None can go below its floor.")
    ] = None,
    read_by: Annotated[
        str | None, typer.Option(help="Who with lived experience read it, as they want to be called.")
    ] = None,
    read_on: Annotated[str | None, typer.Option(help="The day on which they read it: YYYY-MM-DD.")] = None,
    said: Annotated[str | None, typer.Option(help="What they said about it.")] = None,
    as_of: Annotated[str | None, typer.Option(help="The day of the release; today when not given.")] = None,
    json_: AsJson = False,
) -> None:
    """A random half or less of the people, one row each, nobody to be found: for researchers."""
    try:
        made = make_release(
            database(db), out, rules_of(rules, share, open_), made_on=_day(as_of, "--as-of") or date.today(),
            read_by=_reading(read_by, read_on, said),
        )  # fmt: skip
    except (WrongSetting, FloorPassed, Infeasible, ReleaseRefused, DatabaseUnavailable) as error:
        typer.echo(str(error), err=True)
        raise typer.Exit(WRONG_USE) from None
    if json_:
        print_json(report_json(made.report))
    else:
        _tell(made)
    raise typer.Exit(DONE)


def make_release(
    db: Path, out: Path, rules: SampleRules, *, made_on: date, read_by: Reading | None = None,
    release_key: bytes | None = None,
) -> SampleRelease:  # fmt: skip
    """Make a release, write it and log it. ``release_key``: given by tests alone; else drawn here and kept nowhere.

    Raises Infeasible, ReleaseRefused, DatabaseUnavailable, KeyFileError.
    """
    refuse_if_full(out)
    with open_facts(db) as facts:
        key = _key()
        with open_log(db) as log:
            number = log.next_draw(key_id(key))
            draw = Draw(number, key, release_key or secrets.token_bytes(KEY_BYTES))
            release = make_sample(
                facts, load_catalogue(None), draw, rules,
                made_on=made_on, version=__version__, earlier=len(log.earlier), read_by=read_by,
            )  # fmt: skip
            return write_sample(out, release, pages, lambda report: _log(log, report, number, key_id(key)))


def rules_of(path: Path | None, share: float | None = None, open_download: bool = False) -> SampleRules:
    """The rules in force: the file's, then what the command line says. Raises WrongSetting or FloorPassed."""
    told: dict[str, Any] = {}
    if path is not None:
        try:
            told = tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
            raise WrongSetting(
                "The file of rules cannot be read. Write it as TOML, with lines such as k = 8."
            ) from None
    known = {each.name: type(each.default) for each in fields(SampleRules)}
    faults = [f'There is no rule "{name}".' for name in told if name not in known]
    faults += [
        f'The rule "{name}" needs {_KINDS[known[name]]}.'
        for name, value in told.items()
        if name in known and not _fits(value, known[name])
    ]
    if faults:
        raise WrongSetting(" ".join([*faults, f"The rules are: {', '.join(known)}."]))
    if share is not None:
        told["share"] = share
    if open_download:
        told["open_download"] = True
        told.setdefault("k", K_OPEN)
    return SampleRules(**told)


_KINDS = {bool: "true or false", int: "a whole number", float: "a number"}


def _fits(value: object, kind: type) -> bool:
    if isinstance(value, bool) or kind is bool:
        return isinstance(value, bool) and kind is bool
    return isinstance(value, int) or (kind is float and isinstance(value, float))


def _key() -> bytes:
    """The key for pseudonyms. Raises WrongSetting when there is none: a new one would draw other halves."""
    path = default_key_path()
    if not path.exists():
        raise WrongSetting(
            "The key for pseudonyms is not there, so a random half cannot be fixed. Set OUTCOMES_KEY to the key that the "
            "exports were loaded with."
        )
    return load_or_make_key(path)


def _log(log: SampleLog, report: SampleReport, number: int, key: str) -> None:
    log.add(LoggedSample(report.release_id, report.made_on.isoformat(), number, key, report.people_sha256))


def _day(text: str | None, option: str) -> date | None:
    try:
        return None if text is None else date.fromisoformat(text)
    except ValueError:
        raise WrongSetting(f"{option} is not a date. Write it as YYYY-MM-DD.") from None


def _reading(by: str | None, on: str | None, said: str | None) -> Reading | None:
    day = _day(on, "--read-on")
    if by is None and day is None and said is None:
        return None
    if not (by or "").strip() or day is None or not (said or "").strip():
        raise WrongSetting("Say all three of a reading: --read-by, --read-on and --said; or none of them.")
    return Reading(str(by).strip(), day, str(said).strip())


def _tell(release: SampleRelease) -> None:
    report = release.report
    say(f"The release {report.release_id} is written: {len(release.rows)} people, {len(release.columns)} columns.")
    say(account.hidden_line(report))
    for line in account.withheld_lines(report):
        say(line)
    say(account.read_by_line(report))
    say("Read report.html, and have LICENCE.txt signed off, before you give it to anybody.")
