"""The matrix of a release: services and groups by outcome, the latest closed quarter, against each one's own quarters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.icons import VARIATION_WORDS
from dashboard.views.released.words import (
    NONE,
    NOT_GIVEN,
    NOT_RECORDED,
    TOO_FEW,
    counts_words,
    is_shown,
    quarter_words,
    range_words,
    short,
    status_of,
    unit_words,
    what_it_is,
)
from dashboard.views.services import some_names
from dashboard.views.services_matrix import BETTER, NEUTRAL, WORSE, on_trial
from data.releases.model import Unit
from metrics.across.pooling import kind_words
from metrics.across.released import Book
from metrics.series.spc.model import ENOUGH_FOR_LIMITS, FEWEST_FOR_LIMITS, ControlChart, Variation
from metrics.words import and_list, capital, counted, whole

EVERY = "all"
MOST_COLUMNS = 12
SOME_BY_CHANCE = "Among so many figures a few lie outside by chance alone: a mark is a reason to ask, not an answer."


@dataclass(frozen=True)
class MatrixCell:
    """One figure of the latest quarter. ``words``: what stands in it; ``said``: the sentence read out for it.

    ``chart`` is there only where the latest quarter is shown: an arrow beside a hidden figure would speak of it.
    """

    unit: Unit
    outcome: str
    name: str
    status: str
    words: str
    said: str
    chart: ControlChart | None
    variation: Variation | None
    trial: bool

    @property
    def link(self) -> str:
        """To this outcome over time, by codes alone."""
        return f"?view=trend&setting={self.unit.setting}&outcome={self.outcome}"


@dataclass(frozen=True)
class MatrixRow:
    """A service, a group or a whole setting, with how many services it holds where these are several."""

    unit: Unit
    under: str
    cells: tuple[MatrixCell, ...]


@dataclass(frozen=True)
class MatrixPage:
    """What the matrix says: head sentence, columns (code, name, unit), the rows of each setting."""

    sentence: str
    second: str
    caption: str
    columns: tuple[tuple[str, str, str], ...]
    groups: tuple[tuple[str, tuple[MatrixRow, ...]], ...]
    settings: tuple[str, ...]
    no_column: tuple[str, ...]

    @property
    def cells(self) -> tuple[MatrixCell, ...]:
        return tuple(cell for _, rows in self.groups for row in rows for cell in row.cells)


def matrix_page(book: Book, setting: str) -> MatrixPage:
    """The page for one setting, or all of them."""
    settings = book.settings if setting == EVERY else (setting,)
    found = {code: _statuses(book, code, settings) for code in book.definitions}
    some = [code for code, statuses in found.items() if "shown" in statuses]
    codes = (some or [code for code, statuses in found.items() if "suppressed" in statuses])[:MOST_COLUMNS]
    groups = tuple(
        (
            capital(kind_words(each)),
            tuple(
                MatrixRow(unit, what_it_is(unit), tuple(_cell(book, unit, code) for code in codes))
                for unit in book.of(each)
            ),
        )
        for each in settings
    )
    cells = [cell for _, rows in groups for row in rows for cell in row.cells]
    return MatrixPage(
        sentence=_sentence(book, cells),
        second=_second(cells),
        caption="The latest closed quarter of each service and group",
        columns=tuple((code, book.definitions[code].name, _unit(book, code, settings)) for code in codes),
        groups=groups,
        settings=tuple(settings),
        no_column=_not_columns(book, settings, codes),
    )


def _statuses(book: Book, code: str, settings: Sequence[str]) -> set[str]:
    """Which statuses an outcome has in the latest quarter; never how large its figures are."""
    return {status_of(book.quarter(unit.code, code)) for setting in settings for unit in book.of(setting)}


def _not_columns(book: Book, settings: Sequence[str], columns: Sequence[str]) -> tuple[str, ...]:
    """Outcomes without a column: hidden everywhere, recorded nowhere, or further down the list."""
    rest = {code: _statuses(book, code, settings) for code in book.definitions if code not in columns}
    hidden = [code for code, statuses in rest.items() if "suppressed" in statuses and "shown" not in statuses]
    nowhere = [code for code, statuses in rest.items() if not statuses & {"suppressed", "shown"}]
    further = [code for code, statuses in rest.items() if "shown" in statuses]
    leads = (
        ("Hidden everywhere in this quarter, too few people to show", hidden),
        ("Recorded nowhere in this quarter", nowhere),
        ("Over time and in the download only", further),
    )
    return tuple(
        f"{lead}: {and_list([book.definitions[code].name for code in codes])}." for lead, codes in leads if codes
    )


def _unit(book: Book, code: str, settings: Sequence[str]) -> str:
    told = {unit_words(code, unit.code, book) for setting in settings for unit in book.of(setting)}
    return told.pop() if len(told) == 1 else f"per {whole(book.outcomes[code].per)} days"


def _cell(book: Book, unit: Unit, code: str) -> MatrixCell:
    cell = book.quarter(unit.code, code)
    where = f"{book.definitions[code].name}, {unit.name}"
    words = short(cell, book.definitions[code].decimals)
    if cell is None or not is_shown(cell):
        return MatrixCell(
            unit, code, book.definitions[code].name, _status(words), words, f"{where}: {words}", None, None, False
        )
    chart = book.charts.get((unit.code, code))
    variation = chart.variation if chart is not None else None
    trial = chart is not None and on_trial(chart)
    figure = words if words == NONE else f"{words} {unit_words(code, unit.code, book)}"
    rests = f" ({counts_words(cell, book)}; likely between {range_words(cell, book).replace(' to ', ' and ')})"
    said = f"{where}: {figure}{rests} in {quarter_words(cell.period)}; {shows(chart)}"
    return MatrixCell(
        unit,
        code,
        book.definitions[code].name,
        "shown",
        words,
        said,
        chart,
        variation,
        trial and variation not in (None, "common_cause"),
    )


def _status(words: str) -> str:
    return {TOO_FEW: "suppressed", NOT_RECORDED: "missing", NOT_GIVEN: "absent"}[words]


def shows(chart: ControlChart | None) -> str:
    """What the latest figure comes to against its own earlier quarters; less sure where these are few."""
    if chart is None or chart.variation is None:
        known = 0 if chart is None else known_quarters(chart)
        return f"no usual range yet: {counted(known, 'quarter', 'quarters')} shown, {FEWEST_FOR_LIMITS} needed"
    said = VARIATION_WORDS[chart.variation]
    return said if chart.variation == "common_cause" or not on_trial(chart) else f"perhaps a {said}"


def known_quarters(chart: ControlChart) -> int:
    """How many quarters hold a figure."""
    return sum(not point.is_gap for point in chart.points)


def moved(cells: Sequence[MatrixCell], kinds: Sequence[Variation]) -> list[MatrixCell]:
    """Cells whose latest figure lies outside its own usual range, in one of these ways."""
    return [cell for cell in cells if cell.variation in kinds]


def marks_words(page: MatrixPage) -> list[tuple[Variation, bool, str]]:
    """The marks that occur: each with whether it is drawn in grey, and in words. Grey: on fewer quarters than are needed."""
    found = {(cell.variation, cell.trial) for cell in page.cells if cell.variation is not None}
    return [
        (each, greyed, f"perhaps a {words}, on fewer than {ENOUGH_FOR_LIMITS} quarters so far" if greyed else words)
        for each, words in VARIATION_WORDS.items()
        for greyed in (False, True)
        if (each, greyed) in found
    ]


def row_words(row: MatrixRow) -> str:
    """A row in a line: what is shown, and what is not, each kind by its own word."""
    found = Counter(cell.status for cell in row.cells)
    told = [f"{found['shown']} shown" if found["shown"] else "no figure shown"]
    words = {"suppressed": TOO_FEW, "missing": NOT_RECORDED, "absent": NOT_GIVEN}
    told += [f"{found[status]} {said}" for status, said in words.items() if found[status]]
    return "; ".join([row.under, *told] if row.under else told)


def _sentence(book: Book, cells: Sequence[MatrixCell]) -> str:
    shown = [cell for cell in cells if cell.status == "shown"]
    if book.latest is None:
        return "There is no closed quarter in this release yet."
    when = quarter_words(book.latest)
    if not shown:
        return f"Nothing can be shown for {when}: too few people stand behind every figure."
    found = [len(moved(cells, kinds)) for kinds in (WORSE, BETTER, NEUTRAL)]
    if not any(found):
        return f"In {when}, none of {whole(len(shown))} figures lay outside its own usual range."
    words = ("to look at", "for the better", "neither good nor bad by itself")
    told = [f"{count} {each}" for count, each in zip(found, words, strict=True) if count]
    return (
        f"In {when}, {sum(found)} of {whole(len(shown))} figures lay outside {'its' if sum(found) == 1 else 'their'} own "
        f"usual range: {and_list(told)}."
    )


def _second(cells: Sequence[MatrixCell]) -> str:
    """Where a conversation is worth having, and how much is hidden."""
    told = []
    names: dict[str, None] = {}
    for cell in moved(cells, WORSE):
        names.setdefault(cell.unit.name)
    if names:
        told.append(f"Worth a conversation with: {some_names(list(names), 6)}.")
    hidden = sum(cell.status == "suppressed" for cell in cells)
    missing = sum(cell.status == "missing" for cell in cells)
    if hidden:
        told.append(
            f"{counted(hidden, 'figure is', 'figures are')} hidden, because too few people stand behind {'it' if hidden == 1 else 'them'}."
        )
    if missing:
        told.append(f"{counted(missing, 'is', 'are')} not recorded.")
    told.append("Each service is set against its own earlier quarters, never against another.")
    if any(cell.trial for cell in cells):
        told.append(
            f"Usual ranges rest on fewer than {ENOUGH_FOR_LIMITS} quarters so far, so each of these is a “perhaps”."
        )
    return " ".join(told)
