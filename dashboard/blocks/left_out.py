"""Who is left out as markup: the sentence with how far groups are known, a row a group with its gap drawn."""

from __future__ import annotations

from dashboard.blocks.common import figures
from dashboard.charts.interval import interval
from dashboard.markup import Column, Html, Piece, bullets, join, paragraph, table, tag
from dashboard.views.left_out.page import GapTold, GlanceRow, GroupRow
from dashboard.views.left_out.words import health_check, people_of
from data.model import Tally
from metrics.left_out.health_checks import HealthChecks

CLEAR, OPEN = "●", "○"


def lead(told: GapTold) -> Html:
    """The sentence, and in the same breath how far the groups are known."""
    return tag("div", paragraph(told.sentence, kind="leo-lead"), paragraph(told.known, kind="leo-sentence leo-known"))


def groups(told: GapTold) -> Html:
    """One row a group: its figure, that of everybody else, the gap with its range drawn on a scale all rows share."""
    columns = (
        Column("Who", 26), Column("They", 17, half=True), Column("Everybody else", 17, half=True),
        Column("The gap, and how far it may be off", 40),
    )  # fmt: skip
    scale = (
        f"Dot or diamond: the gap found. Bar: where the true gap likely lies. Dashed line: no gap. Left of it: "
        f"{told.left} than everybody else; right: {told.right}."
    )
    notes = bullets(told.notes)
    if not told.rows:
        return notes
    return join(
        [
            tag("h2", told.title, class_="leo-chart-title leo-gaps-title"),
            tag("div", table(told.title, columns, (_group(row, told) for row in told.rows)), class_="leo-gaps"),
            paragraph(scale, kind="leo-muted leo-method"),
            tag("div", notes, class_="leo-muted leo-picture-notes"),
        ]
    )


def _group(row: GroupRow, told: GapTold) -> tuple[Piece, ...]:
    picture = interval(row.drawn, told.axis, f"{row.name}: {row.found}. {row.said}")
    return (
        row.name, row.group, row.rest,
        join([tag("b", _mark(row.clear), row.found), picture, tag("span", row.said, class_="leo-under")]),
    )  # fmt: skip


def _mark(clear: bool) -> Html:
    return tag("span", CLEAR if clear else OPEN, class_="leo-shape", aria_hidden="true")


def glance(rows: tuple[GlanceRow, ...], few: str) -> Html:
    """Several outcomes in a fixed order, never by how wide the gap is."""
    columns = (
        Column("What", 20), Column("Who", 22), Column("They", 14, half=True), Column("Everybody else", 14, half=True),
        Column("The gap", 30),
    )  # fmt: skip
    drawn = ((row.name, row.whose, row.group, row.rest, join([_mark(row.clear), row.said])) for row in rows)
    key = f"{CLEAR} the range leaves out that there is no gap. {OPEN} there may be none."
    return join(
        [
            tag("div", table("Several outcomes by group", columns, drawn), class_="leo-gaps") if rows else Html(""),
            paragraph(key, kind="leo-muted") if rows else Html(""),
            paragraph(few, kind="leo-muted") if few else Html(""),
        ]
    )


def health_checks(found: tuple[HealthChecks, ...], names: tuple[str, ...]) -> Html:
    """Kind by kind: in time of due, for the largest ethnic group and everybody outside it. Counts, for they are few."""
    if not found:
        return paragraph("No health check with a day is on record in this time.", kind="leo-muted")
    largest = people_of("ethnicity_group", names[:1]) if names else ""
    others = people_of("ethnicity_group", names[1:]) if len(names) > 1 else ""
    rows = []
    for each in found:
        row = {"Check": health_check(each.element), "Everybody": _in_time(each.everybody)}
        if others:
            row |= {
                f"{largest[:1].upper()}{largest[1:]}": _in_time(each.largest),
                f"{others[:1].upper()}{others[1:]}": _in_time(each.others),
            }
        rows.append(row)
    return figures("Health checks in time, of those due", rows)


def _in_time(tally: Tally) -> str:
    return f"{tally.numerator} of {tally.denominator:.0f}" if tally.denominator else "none due"
