"""Outcomes of one change side by side in words: before, after, and what can be said of each."""

from __future__ import annotations

from collections import Counter

from dashboard.views import say
from dashboard.views.pictured import Cell, Pictured, csv_file
from data.model import Tally
from metrics.model import VERDICT_WORDS
from metrics.pictures.dumbbell import Dumbbell, DumbbellRow
from metrics.words import and_list, capital, whole

TITLE = "All outcomes of this change in one picture"
ORDER = "In the order of the outcome list, not of size. Only outcomes said as so many in 100 share this scale."
PARTS = "A part has no answer of its own: the more parts one looks at, the more of them look different by chance."
SHOWN = "shown, not judged"


def pictured(found: Dumbbell) -> Pictured:
    """Everything that is said of the picture."""
    return Pictured(
        title=title(found),
        sentence=sentence(found),
        notes=tuple(notes(found)),
        key=(("before", "before"), ("after", "after, in the shape of its answer")),
        rows=tuple(_row(row, found) for row in found.rows),
        csv=_csv(found),
        file_name="before-and-after-in-100.csv",
    )


def title(found: Dumbbell) -> str:
    """How many outcomes there are, and how many of each answer."""
    if found.of == "parts":
        return f"{found.about}, taken apart into {len(found.rows)} parts"
    counts = Counter(row.word for row in found.rows)
    said = [f"{counts[word]} {word}" for word in VERDICT_WORDS if counts[word]]
    if counts[None]:
        said.append(f"{counts[None]} shown beside them")
    return f"{say.plural(len(found.rows), 'outcome', 'outcomes')} in 100: {and_list(said)}"


def sentence(found: Dumbbell) -> str:
    """The picture in full, for those who do not see it."""
    told = (
        f"{row.name}: {figure(row.before)} before, {figure(row.after)} after{_ending(row, found)}" for row in found.rows
    )
    return f"{found.about}, in 100. {'; '.join(told)}."


def _ending(row: DumbbellRow, found: Dumbbell) -> str:
    return "" if found.of == "parts" else f" ({row_word(row)})"


def row_word(row: DumbbellRow) -> str:
    """The verdict; else whether it is on target, or that it is not judged."""
    return row.word or row.target or SHOWN


def figure(value: float | None) -> str:
    """20; a dash where nothing was recorded."""
    return "–" if value is None else whole(value)


def notes(found: Dumbbell) -> list[str]:
    """What to know before believing it."""
    told = [f"Nothing recorded on either side: {and_list([say.small(name) for name in found.left_out])}."]
    return [*(told if found.left_out else []), PARTS if found.of == "parts" else ORDER]


def _row(row: DumbbellRow, found: Dumbbell) -> dict[str, str]:
    cells = {
        "Part" if found.of == "parts" else "Outcome": capital(row.name),
        "Before, in 100": figure(row.before),
        "After, in 100": figure(row.after),
        "Counted before": _tally(row.before_tally),
        "Counted after": _tally(row.after_tally),
    }
    return cells if found.of == "parts" else {**cells, "What we can say": capital(row_word(row))}


def _tally(tally: Tally) -> str:
    return f"{whole(tally.numerator)} of {whole(tally.denominator)}"


def _csv(found: Dumbbell) -> bytes:
    rows: list[list[Cell]] = [
        [
            found.about, row.name, row.before, row.before_tally.numerator, row.before_tally.denominator, row.after,
            row.after_tally.numerator, row.after_tally.denominator, None if found.of == "parts" else row_word(row),
        ]
        for row in found.rows
    ]  # fmt: skip
    headings = [
        "about", "name", "before_in_100", "before_counted", "before_of", "after_in_100", "after_counted", "after_of",
        "answer",
    ]  # fmt: skip
    return csv_file(headings, rows)
