"""The dictionary of a release: every column, what it means, its words, and how many people have each."""

from __future__ import annotations

from data.releases.sample_model import ColumnPart, SampleRelease

PARTS: dict[ColumnPart, str] = {
    "id": "a number drawn for this release",
    "known": "something an outsider could know; counted for k",
    "sensitive": "what the person said for themselves; counted for l",
}
COUNT_WITHHELD = (
    "Do not leave out the people whose word is “withheld”. Words are withheld where a combination is rare, so those who are "
    "left are no fair picture: in a sample of invented people, leaving them out moved a share from 28 in 100 to 0. Count twice: "
    "once as if nobody behind a “withheld” had what you count, once as if all of them had. Give both ends."
)
"""The one mistake that is easily made with a release; said wherever its words are listed or counted."""
HEADINGS = ("column", "part", "meaning", "word", "people")


def fewer_than(k: int) -> str:
    """How a count is said that is not shown."""
    return f"fewer than {k}"


def dictionary_rows(release: SampleRelease) -> tuple[tuple[str, ...], list[tuple[str, ...]]]:
    """Headings, and one row a word; columns without words have one row."""
    rows: list[tuple[str, ...]] = []
    for column in release.columns:
        words = column.words or (("", 0),)
        for word, count in words:
            people = "" if not column.words else fewer_than(release.report.k_asked) if count is None else str(count)
            rows.append((column.name, PARTS[column.part], column.meaning, word, people))
    return HEADINGS, rows


def dictionary_md(release: SampleRelease) -> str:
    """The same to read."""
    lines = ["# Dictionary", "", f"People in this release: {len(release.rows)}. A row is a person.", ""]
    if release.report.synthetic:
        lines += ["Made from sample data, not a real home.", ""]
    lines += ["## Before you count", "", COUNT_WITHHELD, ""]
    for column in release.columns:
        lines += [f"## {column.name}", "", column.meaning, "", f"This column is {PARTS[column.part]}.", ""]
        if column.words:
            lines += ["| Word | People |", "| --- | --- |"]
            for word, count in column.words:
                lines.append(f"| {word} | {fewer_than(release.report.k_asked) if count is None else count} |")
            lines.append("")
    if release.report.given_up:
        lines += ["## Columns that were given up", "", ", ".join(release.report.given_up), ""]
    return "\n".join(lines)
