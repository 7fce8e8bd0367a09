"""``outcomes match``: which table and columns a file looks like, how sure that is, and what only a person can say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated, Any

import typer

from dashboard.commands.common import DONE, PROBLEMS, WRONG_USE, AsJson, print_json, say
from data.contract import TABLES
from data.matching import Match, Profile, ProfileError, Shelf, match_table
from data.matching.match import PROBABLE, SURE
from data.matching.shelf import write_profile
from data.matching.toml import profile_as_document
from data.reading import NotATable, RawTable, open_table
from data.source import Source

ORDERS = {"dmy": "day first", "mdy": "month first", "ymd": "year first"}
HOW = {
    "own": "our own headings",
    "given": "the profile you named",
    "saved": "a profile saved for these headings",
    "shipped": "a kind of export we know",
    "suggested": "worked out from headings and cells",
}


def match_command(
    file: Annotated[Path, typer.Argument(help="Any delimited file, whatever system it comes from.")],
    table: Annotated[str | None, typer.Option(help="Which table it is, when you know.")] = None,
    profile: Annotated[
        str | None, typer.Option(help="Read it as this profile says: a name, or a file ending in .toml.")
    ] = None,
    save: Annotated[
        str | None, typer.Option(help="Keep the profile under this name, or in a file when it ends in .toml.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Show which table and columns a file looks like, with confidence and samples."""
    try:
        match, raw = _matched(file, table, profile)
        saved = _save(match, save, raw, file.name) if save is not None else None
    except (NotATable, ProfileError) as error:
        if json_:
            print_json({"file": file.name, "refused": str(error)})
        else:
            typer.echo(f"{file.name}: {error}", err=True)
        raise typer.Exit(WRONG_USE) from None
    if json_:
        print_json(as_document(file.name, match, saved))
    else:
        _tell(file.name, match, saved, save)
    raise typer.Exit(PROBLEMS if needs_a_person(match) or (save is not None and saved is None) else DONE)


def needs_a_person(match: Match) -> bool:
    """Whether anybody should look before the file is loaded."""
    return not match.ready or bool(match.questions or match.unknown_words or match.missing)


def _matched(file: Path, table: str | None, profile: str | None) -> tuple[Match, RawTable]:
    """The match of a file. Raises NotATable and ProfileError."""
    if table is not None and table not in TABLES:
        raise ProfileError([f'There is no table "{table}". Use one of: {", ".join(TABLES)}.'])
    if file.is_dir():
        raise NotATable("This is a folder. Name one file in it.")
    if not file.exists():
        raise NotATable("There is no such file. Check the name.")
    shelf = Shelf()
    named: Profile | None = None
    if profile is not None:
        if profile.endswith(".toml") and not Path(profile).is_file():
            raise ProfileError([f"There is no file {profile}. Check the name."])
        named = shelf.named(profile)
    if named is not None and table is not None and named.table != table:
        raise ProfileError([f"The profile {named.name} is for the table {named.table}, not {table}."])
    raw = open_table(Source.at(file))
    return match_table(raw, file.name, table=table, profile=named, shelf=shelf), raw


def _save(match: Match, name: str, raw: RawTable, file_name: str) -> Path | None:
    """Keep the profile if it loads the file it came from; None when something needed is still missing."""
    if match.missing:
        return None
    if name.endswith(".toml"):
        path = Path(name)
        profile = replace(match.profile, name=match.profile.name or path.stem)
        _must_load(profile, raw, file_name)
        try:
            write_profile(profile, path)
        except OSError as error:
            raise ProfileError([f"{path.name} could not be written ({error.strerror})."]) from None
        return path
    profile = replace(match.profile, name=name)
    _must_load(profile, raw, file_name)
    return Shelf().save(profile)


def _must_load(profile: Profile, raw: RawTable, file_name: str) -> None:
    again = match_table(raw, file_name, profile=profile)
    if again.missing:
        raise ProfileError([f"The profile would not load this file: it lacks {', '.join(again.missing)}."])


def as_document(file_name: str, match: Match, saved: Path | None = None) -> dict[str, Any]:
    """The match as one strict JSON document."""
    return {
        "file": file_name,
        "table": match.profile.table,
        "confidence": match.confidence,
        "how": match.how,
        "profile": profile_as_document(match.profile),
        "columns": [
            {
                "ours": each.ours,
                "headings": list(each.headings),
                "confidence": each.confidence,
                "why": each.why,
                "samples": list(each.samples),
            }
            for each in match.columns
        ],
        "unused": [{"heading": each.heading, "why": each.why} for each in match.unused],
        "unknown_words": [
            {"column": each.column, "word": each.word, "times": each.times, "nearest": list(each.nearest)}
            for each in match.unknown_words
        ],
        "missing": list(match.missing),
        "questions": [
            {"about": each.about, "asked": each.asked, "options": list(each.options), "default": each.default}
            for each in match.questions
        ],
        "tables": [{"table": each.table, "confidence": each.confidence} for each in match.tables],
        "warnings": list(match.warnings),
        "lacks_service": match.lacks_service,
        "numbered": match.numbered,
        "ready": match.ready,
        "saved": None if saved is None else saved.name,
    }


def in_words(confidence: float) -> str:
    """How sure a match is."""
    return "sure" if confidence >= SURE else "probably" if confidence >= PROBABLE else "please check"


def _tell(file_name: str, match: Match, saved: Path | None, save: str | None) -> None:
    say(f"{file_name} → {match.profile.table} ({in_words(match.confidence)}: {HOW[match.how]})")
    if match.profile.date_order is not None:
        say(f"  Dates are read {ORDERS[match.profile.date_order]}.")
    for column in match.columns:
        shown = f"  such as {', '.join(column.samples[:3])}" if column.samples else ""
        headings = column.headings if len(column.headings) <= 3 else (*column.headings[:3], "…")
        say(f"  {column.ours} ← {' + '.join(headings)} ({in_words(column.confidence)}){shown}")
    for ours, value in match.profile.defaults.items():
        say(f'  {ours} = "{value}" in every row')
    for word in match.unknown_words:
        nearest = f" Nearest: {', '.join(word.nearest)}." if word.nearest else ""
        say(f'  {word.column}: "{word.word}" ({word.times} times) is none of our words.{nearest}')
    for name in match.missing:
        say(f"  {name}: nothing was found for it, and it is needed.")
    for question in match.questions:
        kept = f" Left as it is: {question.default}." if question.default else ""
        say(f"  ? {question.asked}{kept}")
    for warning in match.warnings:
        say(f"  {warning}")
    if match.lacks_service:
        say("  No column names the home; the only one in the database is used.")
    if saved is not None:
        say(f"Saved as {saved.name}: the next export with these headings is read the same way.")
    elif save is not None:
        say("Not saved: a profile without the columns that are needed would load nothing.")
    say("Ready to load." if match.ready else "Not ready to load: answer what is marked with ? first.")
