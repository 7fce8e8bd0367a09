"""The matrix of services and outcomes in words: what has clearly changed, against each service's own usual range."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.charts.icons import ASSURANCE_WORDS, VARIATION_WORDS
from dashboard.safe import csv_text
from dashboard.views import say
from dashboard.views.services import some_names, unit_of
from data.model import Period
from metrics.across.matrix import Matrix
from metrics.across.pooling import Unit, kind_words, setting_order
from metrics.model import Outcome
from metrics.series.spc.model import FEWEST_FOR_LIMITS, ControlChart, Variation
from metrics.words import and_list, capital, number, whole

FEWEST_POINTS = FEWEST_FOR_LIMITS
COLUMNS_IN_VIEW = 6
NOT_RECORDED, TOO_FEW = "not recorded", "too few points"

SOME_BY_CHANCE = (
    "Among so many figures a few look like a clear change by chance alone: a mark is a reason to ask, not an answer. "
    "Rare events are shown month by month here; their own chart counts the days from one to the next."
)

WORSE: tuple[Variation, ...] = ("concern_high", "concern_low")
BETTER: tuple[Variation, ...] = ("improvement_high", "improvement_low")
NEUTRAL: tuple[Variation, ...] = ("neutral_high", "neutral_low")


@dataclass(frozen=True)
class Cell:
    """One figure: what stands in it, and the sentence read out for it. ``figure`` None: nothing, or too few points."""

    unit: Unit
    outcome: Outcome
    chart: ControlChart | None
    figure: str | None
    words: str
    said: str
    trial: bool = False

    @property
    def link(self) -> str | None:
        """Where the whole chart is; several services together have none."""
        if self.chart is None or self.unit.pooled:
            return None
        return f"trends?service={self.unit.service.service_id}&outcome={self.outcome.code}"


@dataclass(frozen=True)
class Group:
    """The services of one kind, in order of name."""

    heading: str
    rows: tuple[tuple[Unit, tuple[Cell, ...]], ...]


@dataclass(frozen=True)
class MatrixPage:
    """What the matrix says."""

    title: str
    sentence: str
    columns: tuple[tuple[str, str, str], ...]
    """Code, name and unit of each outcome."""
    groups: tuple[Group, ...]
    marks: tuple[Variation, ...]
    assurances: tuple[str, ...]
    trial: bool

    @property
    def cells(self) -> tuple[Cell, ...]:
        return tuple(cell for group in self.groups for _, cells in group.rows for cell in cells)


def matrix_page(matrix: Matrix, charts: Mapping[tuple[str, str], ControlChart]) -> MatrixPage:
    """The page for some services; ``charts`` by service and outcome."""
    rows = [
        (
            unit,
            tuple(
                _cell(unit, outcome, charts.get((unit.service.service_id, outcome.code))) for outcome in matrix.outcomes
            ),
        )
        for unit in matrix.units
    ]
    order = sorted({unit.service.setting for unit, _ in rows}, key=setting_order)
    groups = tuple(
        Group(capital(kind_words(setting)), tuple(row for row in rows if row[0].service.setting == setting))
        for setting in order
    )
    cells = [cell for _, found in rows for cell in found]
    shown = {
        cell.chart.variation
        for cell in cells
        if cell.chart is not None
        and cell.figure is not None
        and (not cell.trial or cell.chart.variation == "common_cause")
    }
    held = {cell.chart.assurance for cell in cells if cell.chart is not None and cell.figure is not None}
    services = [unit.service for unit in matrix.units]
    return MatrixPage(
        _title(cells),
        _sentence(cells, rows),
        tuple((each.code, each.name, unit_of(each, services)) for each in matrix.outcomes),
        groups,
        tuple(variation for variation in VARIATION_WORDS if variation in shown),
        tuple(assurance for assurance in ASSURANCE_WORDS if assurance in held),
        any(cell.trial and cell.words.startswith("perhaps") for cell in cells),
    )


def _cell(unit: Unit, outcome: Outcome, chart: ControlChart | None) -> Cell:
    where = f"{outcome.name} at {unit.name}"
    latest = chart.latest if chart is not None else None
    if chart is None or latest is None or latest.value is None:
        return Cell(unit, outcome, None, None, NOT_RECORDED, f"{where}: {NOT_RECORDED}")
    known = sum(not point.is_gap for point in chart.points)
    figure = _figure(latest.value)
    at = when(latest.period)
    if known < FEWEST_POINTS:
        said = f"{where}: {TOO_FEW} for a usual range; {figure} {chart.unit} in {at}"
        return Cell(unit, outcome, chart, None, TOO_FEW, said)
    words, trial = what_it_shows(chart), on_trial(chart)
    said = f"{where}: {figure} {chart.unit} in {at}, {words}"
    if chart.assurance is not None:
        said += f"; {ASSURANCE_WORDS[chart.assurance]}"
    return Cell(unit, outcome, chart, figure, words, said, trial)


def on_trial(chart: ControlChart) -> bool:
    """Whether the usual range of the latest figure rests on too few points to be believed in full."""
    latest = chart.latest
    return latest is None or chart.phases[latest.phase].standing != "full"


def what_it_shows(chart: ControlChart) -> str:
    """What the latest figure comes to, in a few words; less sure where the usual range is on trial."""
    if chart.variation is None:
        return "no usual range yet"
    said = VARIATION_WORDS[chart.variation]
    return said if chart.variation == "common_cause" or not on_trial(chart) else f"perhaps a {said}: few points so far"


def changed(chart: ControlChart, kinds: Sequence[Variation]) -> bool:
    """Whether the latest figure is a clear change of one of these kinds, against a usual range that can be believed."""
    return chart.variation in kinds and not on_trial(chart)


def _figure(value: float) -> str:
    return number(value) if value < 1000 else whole(value)


def when(period: Period) -> str:
    """The month or months of a point."""
    return say.months(period)


def clear(cells: Sequence[Cell], kinds: Sequence[Variation]) -> list[Cell]:
    """The cells whose latest point is a clear change of one of these kinds."""
    return [cell for cell in cells if cell.figure is not None and cell.chart is not None and changed(cell.chart, kinds)]


def _title(cells: Sequence[Cell]) -> str:
    figures = sum(cell.figure is not None for cell in cells)
    if not figures:
        return "Nothing is recorded often enough to say what has changed"
    found = [len(clear(cells, kinds)) for kinds in (WORSE, BETTER, NEUTRAL)]
    if not any(found):
        return f"No clear change in {f'any of the {whole(figures)} latest figures' if figures > 1 else 'the latest figure'}"
    words = ("to look at", "for the better", "neither good nor bad by itself")
    told = [f"{count} {each}" for count, each in zip(found, words, strict=True) if count]
    return f"A clear change in {sum(found)} of {whole(figures)} latest figures: {and_list(told)}"


def _sentence(cells: Sequence[Cell], rows: Sequence[tuple[Unit, tuple[Cell, ...]]]) -> str:
    worth = []
    for unit, found in rows:
        worse = [say.small(cell.outcome.name) for cell in clear(found, WORSE)]
        if worse:
            worth.append(f"{unit.name} ({some_names(worse, 3)})")
    if not cells:
        return ""
    lead = f"Worth a conversation: {some_names(worth, 4)}. " if worth else ""
    return f"{lead}Each figure is set against that service's own usual range, never against another service."


def number_rows(page: MatrixPage) -> list[dict[str, str]]:
    """Every cell as a row, every figure in words a reader can check."""
    return [
        {
            "Service": cell.unit.name,
            "Outcome": cell.outcome.name,
            "Latest": "–" if latest is None else when(latest.period),
            "Figure": "–"
            if latest is None or latest.value is None
            else f"{number(latest.value)} {chart.unit if chart else ''}",
            "Usual range": usual_range(chart),
            "What it shows": cell.words,
        }
        for cell in page.cells
        for chart in (cell.chart,)
        for latest in (chart.latest if chart is not None else None,)
    ]


def usual_range(chart: ControlChart | None) -> str:
    """From so much to so much, or that there is none."""
    latest = chart.latest if chart is not None else None
    if chart is None or latest is None:
        return "–"
    low, high = chart.drawn(latest.lower), chart.drawn(latest.upper)
    return "none yet" if low is None or high is None else f"{number(low)} to {number(high)}"


def numbers_csv(page: MatrixPage) -> bytes:
    """The same as a file for a spreadsheet: numbers as numbers, text that cannot start a formula."""
    heads = [
        "service", "kind", "outcome", "from", "to", "numerator", "denominator", "figure", "unit", "centre", "lower",
        "upper", "what_it_shows", "chart",
    ]  # fmt: skip
    rows: list[list[object]] = []
    for cell in page.cells:
        chart, latest = cell.chart, cell.chart.latest if cell.chart is not None else None
        base = [
            csv_text(cell.unit.name),
            csv_text(cell.unit.service.setting),
            csv_text(f"{cell.outcome.code} {cell.outcome.name}"),
        ]
        if chart is None or latest is None:
            rows.append([*base, "", "", "", "", "", "", "", "", "", csv_text(cell.words), ""])
            continue
        rows.append(
            [
                *base, latest.period.first.isoformat(), latest.period.last.isoformat(), latest.tally.numerator,
                latest.tally.denominator, *_rounded([latest.value]), csv_text(chart.unit),
                *_rounded([latest.centre, chart.drawn(latest.lower), chart.drawn(latest.upper)]),
                csv_text(cell.words), chart.chart,
            ]
        )  # fmt: skip
    return as_csv(heads, rows)


def _rounded(figures: Sequence[float | None]) -> list[float | str]:
    return ["" if figure is None else round(figure, 4) for figure in figures]


def as_csv(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> bytes:
    """A table as a spreadsheet reads it everywhere."""
    out = io.StringIO(newline="")
    write = csv.writer(out, quoting=csv.QUOTE_NONNUMERIC, lineterminator="\r\n")
    write.writerow(heads)
    write.writerows(rows)
    return out.getvalue().encode("utf-8-sig")
