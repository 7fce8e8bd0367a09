"""What a page cannot show yet, why, and how to start writing it down: one need a kind of record.

Each page lists its needs; a need is met once anything of it is on record. What is not met becomes a card that says
what is missing, what cannot be said without it, how to begin, and a table to begin with.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from dashboard.views import say
from data.templates import Heading, headings, template_csv


@dataclass(frozen=True)
class Need:
    """A kind of record a page wants.

    ``what`` names it inside "No … yet"; ``without`` says what cannot be said; ``start`` how to begin, in a sentence or
    two. ``columns`` are those of the template beyond the required ones, ``filled`` what always stands in them.
    ``outcomes``: met when one of these is recorded; where none are named, when the table has a row.
    """

    table: str
    what: str
    without: str
    start: str
    columns: tuple[str, ...] = ()
    filled: Mapping[str, str] = field(default_factory=dict)
    outcomes: tuple[str, ...] = ()

    @property
    def file_name(self) -> str:
        """The template's name; the import knows the table by its headings, not by this."""
        kind = "-".join(word for word in self.filled.values() if word)
        return f"{self.table}{'-' + kind if kind else ''}-to-fill-in.csv".replace("_", "-")


@dataclass(frozen=True)
class Missing:
    """One card: what is not there yet and how to begin."""

    need: Need
    title: str
    why: str
    start: str
    headings: tuple[Heading, ...]
    file_name: str


def missing(needs: Sequence[Need], tables: Collection[str], recorded: Collection[str]) -> tuple[Missing, ...]:
    """The needs that are not met. ``tables`` have rows at this service; ``recorded`` are codes of outcomes on record."""
    return tuple(_missing(need) for need in needs if not _met(need, tables, recorded))


def template(need: Need, service_id: str) -> bytes:
    """The table to begin with, for one service: headings, and one row to copy down."""
    return template_csv(need.table, need.columns, {"service_id": service_id, **need.filled})


def _met(need: Need, tables: Collection[str], recorded: Collection[str]) -> bool:
    if need.outcomes:
        return any(code in recorded for code in need.outcomes)
    return need.table in tables


def _missing(need: Need) -> Missing:
    return Missing(
        need=need,
        title=f"No {need.what} yet",
        why=f"{need.without} It would come from the table “{say.TABLES[need.table]}”.",
        start=need.start,
        headings=headings(need.table, (*need.columns, *need.filled)),
        file_name=need.file_name,
    )
