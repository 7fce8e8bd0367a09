"""``outcomes chart``: one outcome of one service over time, with its usual range, its signals and their reasons."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, get_args

import typer

from dashboard.commands.chart_json import chart_json
from dashboard.commands.common import AsJson, Database, OwnOutcomes, database, print_json, say
from data.facts import Facts
from data.ingest import WrongUse
from data.model import Impossible, Service
from data.warehouse import open_facts
from metrics.catalogue import Catalogue, load_catalogue
from metrics.charting import RangeFrom, Wanted, control_chart, control_charts_by
from metrics.model import Outcome
from metrics.series.spc.model import CHART_TYPES, ChartPoint, ControlChart, Convention, TwoInThree
from metrics.trend import Step
from metrics.words import number, short_day

SIGNAL_WORDS = {"outside": "outside", "trend": "trend", "two_in_three": "two in three", "shift": "shift"}


def chart_command(
    outcome: Annotated[str, typer.Option(help="The code of the outcome: see outcomes list outcomes.")],
    service: Annotated[str, typer.Option(help="The id of the service: see outcomes list services.")],
    db: Database = None,
    outcomes: OwnOutcomes = None,
    step: Annotated[str, typer.Option(help=f"{', '.join(get_args(Step))}.")] = "month",
    chart: Annotated[str, typer.Option(help=f"auto, {', '.join(CHART_TYPES)}.")] = "auto",
    ranges: Annotated[
        str,
        typer.Option(
            "--range",
            help="Usual range: changes (worked out again after each declared change), before (as before the first), all.",
        ),
    ] = "changes",
    rebase: Annotated[
        list[str] | None,
        typer.Option(help="A day (YYYY-MM-DD) from which the usual range is worked out again; may be repeated."),
    ] = None,
    exclude: Annotated[
        list[str] | None,
        typer.Option(help="The first day of a stretch to leave out of the usual range; may be repeated."),
    ] = None,
    target: Annotated[float | None, typer.Option(help="A target in the unit drawn.")] = None,
    trend_points: Annotated[int, typer.Option("--trend", help="How many in a row are a trend: 6 or 7.")] = 7,
    two_in_three: Annotated[
        str, typer.Option(help=f"The rule of two in three: {', '.join(get_args(TwoInThree))}.")
    ] = "mdc_2023",
    screen: Annotated[
        bool, typer.Option("--screen", help="Leave large moving ranges out of the limits, once.")
    ] = False,
    split: Annotated[
        str | None, typer.Option(help="Take it apart by a column, such as element or person.stage.")
    ] = None,
    picture: Annotated[Path | None, typer.Option(help="Write the chart to this file: .svg or .png.")] = None,
    json_: AsJson = False,
) -> None:
    """One outcome of one service over time: its usual range, and which points are a clear change."""
    wanted = Wanted(
        step=_one_of("--step", step, get_args(Step)),
        chart=_one_of("--chart", chart, ("auto", *CHART_TYPES)),
        ranges=_one_of("--range", ranges, get_args(RangeFrom)),
        rebase=tuple(_day("--rebase", each) for each in rebase or ()),
        excluded=frozenset(_day("--exclude", each) for each in exclude or ()),
        target=target,
        convention=_convention(trend_points, two_in_three, screen),
    )
    if picture is not None and picture.suffix.lower() not in (".svg", ".png"):
        raise WrongUse(f'--picture "{picture.name}": the name of the file ends with .svg or .png.')
    catalogue = load_catalogue(outcomes)
    with open_facts(database(db)) as facts:
        asked_of, where = _asked(facts, catalogue, outcome, service)
        found: tuple[ControlChart, ...]
        if split is None:
            found = (control_chart(facts, catalogue, asked_of, where, wanted),)
        else:
            found = control_charts_by(facts, catalogue, asked_of, where, split, wanted)
    if picture is not None:
        _draw(found, picture)
    if json_:
        documents = [chart_json(each) for each in found]
        print_json(documents[0] if split is None else documents)
        return
    for each in found:
        _tell(each)


def _draw(charts: tuple[ControlChart, ...], file: Path) -> None:
    """The chart, or its parts side by side, as a picture for paper."""
    from dashboard.charts.printed import control_chart as alone
    from dashboard.charts.printed import paper, small_multiples

    if not charts:
        raise WrongUse("Nothing is recorded that could be drawn.")
    as_svg = file.suffix.lower() == ".svg"
    if len(charts) == 1:
        drawn = alone.picture_svg(charts[0]).encode() if as_svg else alone.picture_png(charts[0])
    elif as_svg:
        drawn = small_multiples.picture_svg(charts).encode()
    else:
        drawn = paper.png(small_multiples.small_multiples(charts))
    try:
        file.write_bytes(drawn)
    except OSError as error:
        raise WrongUse(f"{file.name} cannot be written: {error.strerror}.") from None


def _tell(chart: ControlChart) -> None:
    say(chart.title)
    say(f"  {chart.sentence}")
    for phase in chart.phases:
        say(f"  From {short_day(phase.period.first)}{f', {phase.why}' if phase.why else ''}:")
        for point in chart.points[phase.first : phase.last + 1]:
            say(f"    {_line(point)}")
    for text in (chart.why, chart.convention, *chart.notes):
        say(f"  - {text}")
    say("")


def _line(point: ChartPoint) -> str:
    days = f"{short_day(point.period.first)} to {short_day(point.period.last)}"
    if point.value is None:
        return f"{days}  no record"
    told = ", ".join(SIGNAL_WORDS[name] for name in point.signals)
    return f"{days}  {number(point.value)}{f'  {told}' if told else ''}"


def _asked(facts: Facts, catalogue: Catalogue, code: str, service_id: str) -> tuple[Outcome, Service]:
    faults = []
    outcome = catalogue.get(code)
    if outcome is None:
        faults.append(f'There is no outcome "{code}". See: outcomes list outcomes.')
    service = next((each for each in facts.services() if each.service_id == service_id), None)
    if service is None:
        faults.append(f'There is no service "{service_id}". See: outcomes list services.')
    if outcome is None or service is None:
        raise WrongUse("\n".join(faults))
    return outcome, service


def _one_of(option: str, word: str, words: tuple[Any, ...]) -> Any:
    if word not in words:
        raise WrongUse(f'{option} "{word}" is not known. Use one of: {", ".join(words)}.')
    return word


def _day(option: str, text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise WrongUse(f'{option} "{text}" is not a date. Write it as YYYY-MM-DD.') from None


def _convention(trend_points: int, two_in_three: str, screened: bool) -> Convention:
    try:
        return Convention(
            trend_points=trend_points,
            two_in_three=_one_of("--two-in-three", two_in_three, get_args(TwoInThree)),
            screened=screened,
        )
    except Impossible as error:
        raise WrongUse(str(error)) from None
