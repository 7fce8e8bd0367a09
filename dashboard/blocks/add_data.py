"""Add data as markup: where one is, what arrived, what would become of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.markup import Column, Html, bullets, card, paragraph, table, tag
from dashboard.views.add_data import STEPS, ColumnLine


def steps(now: int) -> Html:
    """The three steps, and which one this is; done ones say so."""
    items = []
    for number, name in enumerate(STEPS):
        state = "now" if number == now else "done" if number < now else "later"
        done = tag("span", " (done)", class_="leo-unseen") if state == "done" else ""
        mark = tag("span", "✔" if state == "done" else str(number + 1), class_="leo-step-mark", aria_hidden="true")
        current = "step" if state == "now" else None
        items.append(tag("li", mark, name, done, class_=f"leo-step leo-step-{state}", aria_current=current))
    return tag("ol", *items, class_="leo-steps", aria_label="Steps")


def file_head(name: str, line: str, more: str) -> Html:
    """A file with what it looks like."""
    return tag(
        "div",
        tag("b", name),
        tag("span", line, class_="leo-under leo-file-line"),
        tag("span", more, class_="leo-under"),
    )


def refused_file(name: str, why: str) -> Html:
    """A file that cannot be used, and what to do."""
    return tag("div", tag("b", name), paragraph(tag("span", "▲ ", aria_hidden="true"), why, kind="leo-fault-plain"))


def faults(title: str, lines: Iterable[str]) -> Html:
    """What has to be said before the next step."""
    return tag("section", tag("h2", title), bullets(lines), class_="leo-card leo-faults", role="alert")


def column_said(line: ColumnLine, samples: Sequence[str]) -> Html:
    """How sure we are of a column, why, and what stands in it."""
    sure = tag("span", line.sure, class_=f"leo-sure leo-sure-{line.sure.split()[0]}") if line.headings else ""
    why = tag("span", line.why, class_="leo-why") if line.why and line.headings else ""
    shown = tag("span", "; ".join(samples), class_="leo-samples") if samples else ""
    return tag("div", sure, why, shown, class_="leo-column-said")


def balance(name: str, line: str, warnings: Iterable[str]) -> Html:
    """One file of the check: everything accounted for, and what to know."""
    notes = list(warnings)
    return card(name, paragraph(line), *([bullets(notes)] if notes else []))


def refused(file: str, rows: Iterable[Sequence[str]]) -> Html:
    """The refused cells of a file, each with what to do."""
    columns = (
        Column("Where", 10), Column("Column", 20, half=True), Column("Found", 16, half=True), Column("Why", 22),
        Column("What to do", 34),
    )  # fmt: skip
    return table(f"Refused cells of {file}", columns, rows)


def missing(tables: Iterable[tuple[str, str]]) -> Html:
    """Kinds of record that are not here, and what is lost without each."""
    columns = (Column("Kind of record", 30), Column("Without it", 70))
    return table("Kinds of record that are not here yet", columns, tables)


def saved(summary: str, lines: Iterable[str]) -> Html:
    """What was saved. Read aloud when it appears."""
    title = tag("h2", tag("span", "✔ ", aria_hidden="true"), "Saved")
    return tag("section", title, paragraph(summary), bullets(lines), class_="leo-card leo-saved", role="status")
