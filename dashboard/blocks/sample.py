"""The account of a researcher's release as markup: on paper and on the page alike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dashboard.markup import Column, Html, bullets, paragraph, table, tag
from dashboard.views.sample import account as say
from dashboard.views.sample import ends
from data.releases.sample_dictionary import COUNT_WITHHELD, PARTS, fewer_than
from data.releases.sample_model import SampleColumn, SampleRelease


@dataclass(frozen=True)
class Section:
    """A part of the account under its own heading."""

    title: str
    parts: tuple[Html, ...]


def account(release: SampleRelease) -> tuple[Section, ...]:
    """Everything there is to say of how a release was made."""
    report = release.report
    facts = f"Release {report.release_id}, version {report.version}. {say.earlier_line(report)} {say.use_line(report)}"
    return (
        Section("How people are hidden", (paragraph(say.hidden_line(report), kind="leo-lead"), paragraph(facts))),
        Section("What it can be used for, and what not", (*uses(), cause())),
        Section("Before you count", counting(release)),
        Section("How many people", (people(release),)),
        Section("Who with lived experience read it", (paragraph(say.read_by_line(report)),)),
        Section("What was withheld, and why", withheld(release)),
        Section("What is left of each column", (columns(release),)),
        Section("How words were merged", (mergings(release), paragraph(say.closeness_line(report), kind="leo-muted"))),
        Section("How the release was made", (bullets(say.STEPS),)),
        Section("What it loses", (bullets(say.LOSES),)),
    )


def cause() -> Html:
    """Association, not cause."""
    return paragraph(tag("b", say.ASSOCIATION), " ", say.NO_CAUSE_WHY)


def uses() -> tuple[Html, ...]:
    """What a release can be used for, and what it cannot."""
    return (
        paragraph(tag("b", "It can be used for")), bullets(say.GOOD_FOR), paragraph(tag("b", "It cannot tell")),
        bullets(say.NOT_GOOD_FOR),
    )  # fmt: skip


def counting(release: SampleRelease) -> tuple[Html, ...]:
    """Why nobody may be left out of a count, and how far that leaves the shares of this release open."""
    rows = ends.every_share(release)
    warned = paragraph(COUNT_WITHHELD)
    return (warned, shares(rows)) if rows else (warned,)


def shares(rows: Sequence[Mapping[str, str]]) -> Html:
    """Shares with both their ends."""
    columns = [Column(heading, 4 if place == 0 else 2, number=place > 0) for place, heading in enumerate(ends.HEADINGS)]
    return table(ends.TITLE, columns, [tuple(row.values()) for row in rows])


def people(release: SampleRelease) -> Html:
    """How many at each step."""
    return table("How many people", [Column("Step", 3), Column("People", 2)], say.people_rows(release.report))


def columns(release: SampleRelease) -> Html:
    """What is left of each column."""
    return table(
        "What is left of each column",
        [Column("Column", 2), Column("What it is", 3), Column("Of what it told, left", 2)],
        say.column_rows(release),
    )


def mergings(release: SampleRelease) -> Html:
    """The steps of merging."""
    rows = say.merging_rows(release.report)
    if not rows:
        return paragraph("No words had to be merged.")
    return table(
        "How words were merged", [Column("Column", 2), Column("What became of its words", 4), Column("Lost", 1)], rows
    )


def withheld(release: SampleRelease) -> tuple[Html, ...]:
    """What was withheld, and why."""
    return bullets(say.withheld_lines(release.report)), paragraph(say.WHY_WITHHELD)


def dictionary(release: SampleRelease) -> Html:
    """Every column with its words."""
    return tag("div", *(_column(each, release.report.k_asked) for each in release.columns), class_="leo-area")


def _column(column: SampleColumn, k: int) -> Html:
    words: Sequence[Html] = ()
    if column.words:
        rows = [(word, fewer_than(k) if count is None else str(count)) for word, count in column.words]
        words = (table(f"Words of {column.name}", [Column("Word", 3), Column("People", 1, number=True)], rows),)
    name = tag("summary", tag("span", column.name, class_="leo-entry"))
    return tag(
        "details", name, paragraph(column.meaning), paragraph(f"This column is {PARTS[column.part]}."), *words,
        class_="leo-details",
    )  # fmt: skip
