"""The state of the data as markup: what arrived, what did not, what was refused."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.markup import Column, Html, card, grid, paragraph, table, tag
from dashboard.views.trust import Group, Kind


def kinds_table(kinds: Sequence[Kind]) -> Html:
    """What has arrived, and for which days."""
    columns = (Column("Kind of record", 30), Column("Days covered", 34), Column("When", 36))
    return table("Which kinds of record have arrived", columns, ((kind.name, kind.days, _bar(kind)) for kind in kinds))


def _bar(kind: Kind) -> Html:
    """How far the record reaches, drawn; the days beside it say the same."""
    if kind.share is None:
        return Html("")
    start, end = kind.share
    bar = tag(
        "span", class_="leo-bar", style=f"margin-left:{100 * start:.1f}%;width:{100 * max(0.01, end - start):.1f}%"
    )
    return tag("span", bar, class_="leo-track", aria_hidden="true")


def missing_list(kinds: Iterable[Kind]) -> Html:
    """What has not arrived, and what is lost without it."""
    return grid((card(f"{kind.name}: none yet", paragraph(kind.said)) for kind in kinds), "leo-grid leo-looks")


def files_table(rows: Iterable[Sequence[str]]) -> Html:
    """The files and what became of their rows."""
    columns = (
        Column("File", 20),
        Column("Kind", 16, half=True),
        Column("Loaded", 13, half=True),
        Column("Rows", 9, number=True, half=True),
        Column("Used", 9, number=True, half=True),
        Column("Already here", 9, number=True, half=True),
        Column("Refused", 9, number=True, half=True),
        Column("Days", 20),
    )
    return table("Files loaded, the newest first", columns, rows)


def refused_table(groups: Sequence[Group]) -> Html:
    """Why rows were refused, how often, and what to do."""
    columns = (
        Column("Why", 30),
        Column("How many", 10, number=True, half=True),
        Column("File", 18, half=True),
        Column("Column", 14),
        Column("What to do", 36),
    )
    rows = ((group.reason, f"{group.count:,}", group.file, group.column or "–", group.remedy) for group in groups)
    return table("Why rows were refused", columns, rows)


def all_services_table(rows: Iterable[Sequence[str]], headings: Sequence[str]) -> Html:
    """How far the records of each service reach."""
    columns = [Column("Service", 20), *(Column(each, 13, half=True) for each in headings)]
    return table("How far each service's records reach", columns, rows)
