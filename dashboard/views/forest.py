"""Estimates and their ranges in words, a row each; in order of name or of start, never of size."""

from __future__ import annotations

from dashboard.views import say
from dashboard.views.pictured import Cell, Mark, Pictured, csv_file
from metrics.pictures.forest import Forest, ForestRow
from metrics.side_by_side import NO_RANKING, amount_words, change_words
from metrics.words import capital, short_day

OPEN = "The same as one picture, with its numbers"
NO_RANGE = "no range to draw"
BY_START = "In order of the day each began, not of result. Changes differ in what they are and in whom they reach."
NO_SUM = "No row sums the others up here."


EVERYTHING = "Everything tried here, each with its range"
"""What opens the picture of all changes of one service."""


def pictured(found: Forest, place: str = "") -> Pictured:
    """Everything that is said of the picture; ``place`` names the service where all rows are of one."""
    return Pictured(
        title=title(found, place),
        sentence=sentence(found, place),
        notes=tuple(notes(found)),
        key=_key(found),
        rows=tuple(_row(row, found) for row in found.rows),
        csv=_csv(found),
        file_name="changes-side-by-side.csv",
    )


def title(found: Forest, place: str = "") -> str:
    """How many there are, and how many of them have a range."""
    ranged = sum(row.has_range for row in found.rows)
    what = found.about or f"Everything tried at {place}"
    return f"{what}: {ranged} of {say.plural(len(found.rows), 'answer has', 'answers have')} a range to show"


def sentence(found: Forest, place: str = "") -> str:
    """The picture in full, for those who do not see it."""
    told = (f"{row.name}, {row.under}: {said(row, found)}, {row.word}" for row in found.rows)
    return f"{found.about or place}, after compared with before. {'; '.join(told)}."


def said(row: ForestRow, found: Forest) -> str:
    """ "20 in 100 fewer (50 in 100 fewer to 20 in 100 more)"."""
    if not row.has_range:
        return NO_RANGE
    reach = change_words(found.scale, row.low, row.high)
    return reach if row.estimate is None else f"{amount_words(found.scale, row.estimate)} ({reach})"


def end_words(found: Forest) -> tuple[str, str]:
    """What left and right of no change mean, and in what unit where the ticks do not say it."""
    left, right = ("lower", "higher") if found.scale == "score" else ("fewer", "more")
    unit = {"ratio": "", "points": ", in 100", "score": ", in points"}[found.scale]
    return f"← {left} after", f"{right} after{unit} →"


def margin_words(found: Forest) -> str:
    """The label of a margin all rows share."""
    assert found.margin is not None
    return f"agreed limit: {amount_words(found.scale, found.margin)}"


def _key(found: Forest) -> tuple[tuple[Mark, str], ...]:
    items: list[tuple[Mark, str]] = [("after", "what it came to"), ("line", "how far that may be off")]
    if any(row.margin is not None for row in found.rows):
        items.append(("margin", "the limit agreed beforehand"))
    return (*items, ("", "an arrow goes on beyond the edge"))


def notes(found: Forest) -> list[str]:
    """What to know before believing it."""
    return [NO_RANKING if found.by == "name" else BY_START, NO_SUM]


def _row(row: ForestRow, found: Forest) -> dict[str, str]:
    return {
        "Service" if found.by == "name" else "Change": row.name,
        "Change" if found.by == "name" else "Outcome": row.under,
        "Began": short_day(row.start),
        "Change, and how far it may be off": said(row, found),
        "Answer": capital(row.word),
    }


def _csv(found: Forest) -> bytes:
    rows: list[list[Cell]] = [
        [row.name, row.under, str(row.start), found.scale, row.estimate, row.low, row.high, row.margin, row.word]
        for row in found.rows
    ]
    return csv_file(["name", "about", "began", "scale", "estimate", "low", "high", "agreed_limit", "answer"], rows)
