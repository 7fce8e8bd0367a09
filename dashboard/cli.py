"""The console command ``outcomes``: exports in, findings out, the dashboard in the browser.

With ``--json`` one JSON document goes to standard output and nothing else; everything meant for people goes to
standard error. Exit 0 done, 1 finished with problems to see, 2 wrong use. Nobody sees a traceback for a slip.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Annotated, Any, NoReturn

import platformdirs
import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table as RichTable

from dashboard import as_json
from dashboard.commands.audit import audit_command
from dashboard.commands.calibrate import calibrate_command
from dashboard.commands.chart import chart_command
from dashboard.commands.common import APP, DONE, PROBLEMS, WRONG_USE, AsJson, Database, OwnOutcomes, database
from dashboard.commands.common import print_json as _print_json
from dashboard.commands.common import say as _say
from dashboard.commands.demo import demo_file
from dashboard.commands.erase import erase_command
from dashboard.commands.match import match_command
from dashboard.commands.profiles import profiles_rows
from dashboard.commands.read import read_command
from dashboard.commands.readers import readers_command
from dashboard.commands.release import release
from dashboard.commands.split import refuse_unknown, split_json, split_lines
from dashboard.hosted.role_table import RoleTableError
from dashboard.hosted.settings import NotServed
from dashboard.logs import kind_and_place
from dashboard.roles import ROLES, Role
from data import __version__
from data.erasing import NoSuchPerson
from data.fixing import fix_csv
from data.ingest import WrongUse, ingest, sources_of
from data.loading.remedies import REASONS
from data.make_sample import write_sample
from data.matching.profile import ProfileError
from data.matching.shelf import Shelf
from data.model import Impossible, Period
from data.pseudonyms import KeyFileError
from data.reports import IngestReport
from data.schema import DatabaseUnavailable
from data.undoing import NoSuchLoad, undo
from data.warehouse import Warehouse, open_facts
from metrics.catalogue import Catalogue, OutcomeFileError, load_catalogue
from metrics.evaluate import evaluate as evaluate_findings
from metrics.methods import DEFAULT, METHODS, OF_SERIES
from metrics.set_aside import totals_set_aside
from metrics.side_by_side import SideBySide, change_words, side_by_side
from metrics.wording import verdict_line
from metrics.words import short_day

app = typer.Typer(
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    help="Did life get better after what we tried together, and is it still safe?",
)
_people = Console(stderr=True, highlight=False)


Port = Annotated[int, typer.Option(help="The port on this computer; the next free one when it is taken.")]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")]


def main() -> NoReturn:
    """Run the command; every expected failure ends in a sentence and an exit code."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a piped Windows console would stumble over an arrow
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        code = app(standalone_mode=False)
    except (
        WrongUse,
        KeyFileError,
        DatabaseUnavailable,
        NoSuchLoad,
        NoSuchPerson,
        OutcomeFileError,
        ProfileError,
        Impossible,
        NotServed,
        RoleTableError,
    ) as error:
        _people.print(str(error), style="bold", markup=False)
        sys.exit(WRONG_USE)
    except (KeyboardInterrupt, typer.Abort):
        _people.print("Stopped.")
        sys.exit(130)
    except Exception as error:
        show = getattr(error, "show", None)
        if show is None:
            if os.environ.get("OUTCOMES_DEBUG"):
                raise
            # Not what it says: an error may carry a cell of somebody's record.
            _people.print(f"Something went wrong that nobody foresaw: {kind_and_place(error)}.", markup=False)
            sys.exit(PROBLEMS)
        show(file=sys.stderr)
        sys.exit(int(getattr(error, "exit_code", WRONG_USE)))
    sys.exit(code if isinstance(code, int) else DONE)


@app.callback(invoke_without_command=True)
def _version(
    version: Annotated[bool, typer.Option("--version", help="Print the version.")] = False,
) -> None:
    if version:
        _say(__version__)
        raise typer.Exit(DONE)


@app.command()
def demo(
    port: Port = 8501,
    no_browser: NoBrowser = False,
    role: Annotated[
        str, typer.Option(help="Whose pages to look at: manager, commissioner or researcher. For invented data only.")
    ] = "manager",
) -> None:
    """Load the synthetic sample into a fresh database and open the dashboard on it."""
    reader = _reader(role)
    folder = Path(platformdirs.user_data_dir(APP, appauthor=False)) / "demo"
    with _bar() as progress:
        found = demo_file(folder, reader, date.today(), progress)
    _serve(found, None, port, no_browser, reader=reader)


@app.command()
def sample(
    folder: Annotated[Path, typer.Argument(help="Where to write the sample exports.")],
    scale: Annotated[int, typer.Option(min=1, max=100, help="Write this many times as many services.")] = 1,
    seed: Annotated[int, typer.Option(help="The same seed gives the same files.")] = 2026,
) -> None:
    """Write the synthetic sample exports, with a file that says what was planted in them."""
    written = write_sample(folder, seed=seed, scale=scale)
    _people.print(f"{sum(written.rows.values()):,} rows for {written.services} services written to {folder}.")


app.command("read")(read_command)
app.command("match")(match_command)
app.command("chart")(chart_command)
app.command("calibrate")(calibrate_command)
app.add_typer(release, name="release")
app.command("audit")(audit_command)
app.command("erase")(erase_command)
app.command("readers")(readers_command)


@app.command("ingest")
def ingest_command(
    paths: Annotated[list[Path], typer.Argument(help="CSV files, or folders of them.")],
    db: Database = None,
    profile: Annotated[
        str | None, typer.Option(help="How the files are read: a saved profile's name, or a profile file.")
    ] = None,
    table: Annotated[str | None, typer.Option(help="Which table the files are, when their names do not say.")] = None,
    full_export: Annotated[
        str | None, typer.Option(help="The period the export covers in full: FROM..TO, such as 2025-01-01..2025-06-30.")
    ] = None,
    as_of: Annotated[str | None, typer.Option(help="The day the export was made; later dates are refused.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Check everything and write nothing.")] = False,
    fix: Annotated[
        Path | None, typer.Option(help="A folder for the refused rows with what to correct: mend them and load them.")
    ] = None,
    only_service: Annotated[
        list[str] | None,
        typer.Option(help="Make the database one for this service alone, from now on; may be repeated."),
    ] = None,
    outcomes: OwnOutcomes = None,
    json_: AsJson = False,
) -> None:
    """Load exports. Bad rows are set aside and named; the rest is loaded, all or nothing."""
    shelf = Shelf()
    catalogue = load_catalogue(outcomes)
    with _bar(quiet=json_) as progress:
        report = ingest(
            paths, database(db), as_of=_date(as_of), table=table, full_export=_period(full_export),
            profile=shelf.named(profile) if profile else None, shelf=shelf,
            known_outcomes=catalogue.outcomes, only_services=only_service or (), sample=_is_shipped_sample(paths),
            dry_run=dry_run, progress=progress,
        )  # fmt: skip
    if report.load_id is not None:
        _note_totals_set_aside(report, database(db), catalogue)
    if fix is not None:
        _write_rows_to_fix(paths, report, fix)
    if json_:
        _print_json(as_json.ingest(report))
    else:
        _tell_ingest(report, dry_run)
        if only_service and not dry_run:
            _say(
                f"This database is for {', '.join(sorted(set(only_service)))} alone: rows of other services are refused."
            )
    raise typer.Exit(PROBLEMS if report.needs_attention else DONE)


@app.command("undo")
def undo_command(
    load_id: Annotated[int, typer.Argument(help="The number of the load: see outcomes list loads.")],
    db: Database = None,
    json_: AsJson = False,
) -> None:
    """Take one load back: its rows go, and what it had replaced is true again."""
    done = undo(database(db), load_id)
    if json_:
        _print_json(as_json.undone(done))
        return
    _say(f"Load {done.load_id} is taken back: {done.removed:,} rows gone, {done.restored:,} earlier rows true again.")
    if done.shared:
        _say(
            f"Files loaded after it held {done.shared:,} rows that were there already. "
            "Load those files once more, so that none of their rows is missing."
        )


@app.command("list")
def list_command(
    what: Annotated[str, typer.Argument(help="outcomes, interventions, services, loads or profiles.")],
    db: Database = None,
    outcomes: OwnOutcomes = None,
    json_: AsJson = False,
) -> None:
    """List what there is."""
    listing: dict[str, Callable[[], list[dict[str, Any]]]] = {
        "outcomes": lambda: as_json.outcomes(load_catalogue(outcomes)),
        "interventions": lambda: _from(db, as_json.interventions),
        "services": lambda: _from(db, as_json.services),
        "loads": lambda: _from(db, as_json.loads),
        "profiles": profiles_rows,
    }
    if what not in listing:
        raise WrongUse(f'There is no list of "{what}". Use one of: {", ".join(listing)}.')
    rows = listing[what]()
    if json_:
        _print_json(rows)
    else:
        _tell_rows(rows)


@app.command("evaluate")
def evaluate_command(
    db: Database = None,
    outcomes: OwnOutcomes = None,
    intervention: Annotated[list[str] | None, typer.Option(help="Only this intervention; may be repeated.")] = None,
    outcome: Annotated[list[str] | None, typer.Option(help="Only this outcome; may be repeated.")] = None,
    declared_only: Annotated[bool, typer.Option("--declared-only", help="Only what was declared.")] = False,
    method: Annotated[
        str, typer.Option(help=f"How the change is worked out, chosen by hand: {', '.join(METHODS)}.")
    ] = DEFAULT,
    comparison: Annotated[
        str | None, typer.Option(help="An outcome the change could not have reached, beside an interrupted series.")
    ] = None,
    together: Annotated[
        bool,
        typer.Option(
            "--side-by-side", help="The same kind of thing tried in several services, in order of name: no ranking."
        ),
    ] = False,
    split: Annotated[
        str | None, typer.Option(help="Take each outcome apart by a column, such as element or person.stage.")
    ] = None,
    json_: AsJson = False,
) -> None:
    """Work out before and after for every intervention, and say how sure we are."""
    if method not in METHODS:
        raise WrongUse(f'There is no method "{method}". Use one of: {", ".join(METHODS)}.')
    if comparison is not None and method not in OF_SERIES:
        raise WrongUse(f"A comparison needs a method that fits the whole series: {' or '.join(OF_SERIES)}.")
    catalogue = load_catalogue(outcomes)
    with open_facts(database(db)) as facts:
        _known(facts, catalogue, intervention, [*(outcome or ()), *([comparison] if comparison else ())])
        found = evaluate_findings(
            facts, catalogue, interventions=intervention, outcomes=outcome, declared_only=declared_only,
            method=method, comparison=comparison,
        )  # fmt: skip
        if together:
            _tell_side_by_side(side_by_side(found, facts.services()), json_)
            return
        parts: list[dict[str, Any]] = [{} for _ in found]
        lines: list[list[str]] = [[] for _ in found]
        if split is not None:
            refuse_unknown(catalogue, [each.outcome.code for each in found], split)
            if json_:
                parts = split_json(facts, catalogue, found, split)
            else:
                lines = [list(split_lines(facts, each, split)) for each in found]
    if json_:
        _print_json([as_json.finding(each) | more for each, more in zip(found, parts, strict=True)])
        return
    if not found:
        _people.print("Nothing to evaluate: no intervention is recorded, or none fits what you asked for.")
    for each, apart in zip(found, lines, strict=True):
        where = f"{each.intervention.title} · {each.outcome.name} ({each.service_id})"
        _say(f"{where}\n  {verdict_line(each)}\n  {each.sentence}")
        for line in apart:
            _say(f"    {line}")
        for caution in each.cautions:
            _say(f"  - {caution.text}")
        _say("")


def _tell_side_by_side(groups: Sequence[SideBySide], json_: bool) -> None:
    if json_:
        _print_json([as_json.side_by_side(each) for each in groups])
        return
    if not groups:
        _people.print("Nothing to set side by side: no kind of thing was tried in two services for the same outcome.")
    for group in groups:
        _say(f"{group.kind} for {'one person' if group.personal else 'the whole service'} · {group.outcome.name}")
        for each in group.tried:
            effect = each.effect
            reach = "no range" if effect is None else change_words(effect.scale, effect.low, effect.high)
            began = short_day(each.finding.intervention.start_on)
            _say(f"  {each.service}, since {began}: {verdict_line(each.finding)} ({reach})")
        _say(f"  {group.sentence}")
        _say("")


@app.command()
def serve(
    db: Annotated[
        Path | None, typer.Option("--db", help="The reader's database file, or the folder of a release.")
    ] = None,
    role: Annotated[str, typer.Option(help="Who it is for: manager, commissioner or researcher.")] = "manager",
    port: Port = 8501,
    no_browser: NoBrowser = False,
    host_name: Annotated[
        list[str] | None, typer.Option(help="A name a proxy in front asks for this server by; may be repeated.")
    ] = None,
    outcomes: OwnOutcomes = None,
) -> None:
    """Open the dashboard in the browser, for one reader. It listens on this computer only."""
    reader = _reader(role)
    load_catalogue(outcomes)
    _serve(database(db), outcomes, port, no_browser, reader=reader, host_names=host_name or ())


# Helpers ---------------------------------------------------------------------------------------------


def _serve(
    named: Path, outcomes: Path | None, port: int, no_browser: bool,
    *, reader: Role = "manager", host_names: Sequence[str] = (),
) -> NoReturn:  # fmt: skip
    from dashboard.serving import file_to_serve
    from dashboard.serving import serve as run

    os.environ["OUTCOMES_DB"] = str(file_to_serve(named, reader))
    os.environ["OUTCOMES_ROLE"] = reader
    if outcomes is not None:
        os.environ["OUTCOMES_DIR"] = str(outcomes.resolve())
    run(
        port, open_browser=not no_browser, tell=lambda text: _people.print(text, markup=False), host_names=host_names
    )  # fmt: skip
    raise typer.Exit(DONE)


def _reader(role: str) -> Role:
    reader = next((each for each in ROLES if each == role), None)
    if reader is None:
        raise WrongUse(f'There is no database for the role "{role}". Use one of: {", ".join(ROLES)}.')
    return reader


def _date(text: str | None) -> date:
    if text is None:
        return date.today()
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f'"{text}" is not a date. Write it as YYYY-MM-DD.') from None


def _period(text: str | None) -> Period | None:
    if text is None:
        return None
    first, dots, last = text.partition("..")
    if not dots:
        raise WrongUse(f'"{text}" is not a period. Write it as FROM..TO, such as 2025-01-01..2025-06-30.')
    return Period(_date(first), _date(last))


def _is_shipped_sample(paths: list[Path]) -> bool:
    """Whether the folder says of itself that it is the synthetic sample."""
    return len(paths) == 1 and (paths[0] / "truth.json").is_file()


def _known(facts: Warehouse, catalogue: Catalogue, interventions: list[str] | None, codes: list[str] | None) -> None:
    there = {each.intervention_id for each in facts.interventions()}
    faults = [f'There is no intervention "{each}".' for each in interventions or () if each not in there]
    faults += [
        f'There is no outcome "{each}". See: outcomes list outcomes.'
        for each in codes or ()
        if catalogue.get(each) is None
    ]
    if faults:
        raise WrongUse("\n".join(faults))


def _from(db: Path | None, rows: Callable[[Warehouse], list[dict[str, Any]]]) -> list[dict[str, Any]]:
    with open_facts(database(db)) as facts:
        return rows(facts)


def _write_rows_to_fix(paths: list[Path], report: IngestReport, folder: Path) -> None:
    """One file of refused rows for each export that has any."""
    folder.mkdir(parents=True, exist_ok=True)
    for source, file in zip(sources_of(paths), report.files, strict=True):
        if file.rejected and file.refused is None:
            name = folder / f"{Path(file.file).stem} - to correct.csv"
            name.write_bytes(fix_csv(source, file.problems))
            _people.print(
                f"{'1 row' if file.rejected == 1 else f'{file.rejected:,} rows'} to correct: {name.name}", markup=False
            )


def _note_totals_set_aside(report: IngestReport, database: Path, catalogue: Catalogue) -> None:
    """Say beside the file of totals which of them will not be counted, because events cover their days."""
    files = [file for file in report.files if file.table == "totals"]
    if files:
        with open_facts(database) as facts:
            files[-1].warnings.extend(check.text for check in totals_set_aside(facts, catalogue))


def _tell_ingest(report: IngestReport, dry_run: bool) -> None:
    for file in report.files:
        if file.refused is not None:
            _say(f"{file.file}: not loaded. {file.refused}")
            continue
        again = " Already loaded: nothing changed." if file.already_loaded else ""
        _say(
            f"{file.file} → {file.table}: {file.rows_in:,} rows read, {file.accepted:,} loaded"
            f"{f' ({file.superseded:,} replace earlier ones)' if file.superseded else ''}, "
            f"{file.duplicates:,} already there, {file.rejected:,} refused"
            f"{f', {file.retired:,} earlier rows closed' if file.retired else ''}"
            f"{f'; {file.ignored:,} lines hold no row' if file.ignored else ''}.{again}"
        )
        for warning in file.warnings:
            _say(f"  {warning}")
        for problem in file.problems:
            found = f' "{problem.value}"' if problem.value else ""
            where = f"{problem.column}{found}: " if problem.column else ""
            _say(f"  {file.file}, line {problem.line}: {where}{REASONS[problem.reason]}. {problem.remedy}")
    if dry_run:
        _say("Dry run: nothing was written.")
    elif report.load_id is None:
        _say("Nothing new: the database is as it was.")


def _tell_rows(rows: list[dict[str, Any]]) -> None:
    if not rows:
        _people.print("There are none.")
        return
    table = RichTable(*rows[0].keys(), box=None, pad_edge=False)
    for row in rows:
        table.add_row(*("" if value is None else str(value) for value in row.values()))
    wide = None if sys.stdout.isatty() else 240
    Console(highlight=False, markup=False, width=wide).print(table)


@contextmanager
def _bar(quiet: bool = False) -> Iterator[Callable[[str, int, int], None]]:
    """A progress bar on a terminal, nothing when piped."""
    if quiet or not _people.is_terminal:
        yield lambda file, done, of: None
        return
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=_people, transient=True) as bar:
        task = bar.add_task("Reading", total=None)
        yield lambda file, done, of: bar.update(task, description=file or "Done", completed=done, total=of)


if __name__ == "__main__":
    main()
