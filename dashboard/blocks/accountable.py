"""Safe and accountable as markup: the sentence with what needs a look, lists that were not kept, one risk plan."""

from __future__ import annotations

from dashboard.blocks.common import figures
from dashboard.markup import Html, bullets, join, paragraph, tag
from dashboard.views.accountable.lists import MOST_SHOWN, Row
from dashboard.views.accountable.page import NO_VERDICT, Head
from dashboard.views.accountable.plans import PlanTold

REACHED, OPEN = "●", "○"


def head(told: Head) -> Html:
    """The sentence, then what needs a look, or that nothing waits."""
    if told.needs:
        waiting = join([tag("h2", "Needs your attention"), bullets(told.needs)])
    else:
        waiting = join([tag("h2", "Needs your attention"), paragraph(told.nothing)])
    return tag(
        "div",
        paragraph(told.sentence, kind="leo-lead"),
        tag("section", waiting, class_="leo-card leo-attention"),
        paragraph(NO_VERDICT, kind="leo-muted"),
    )


def section_sentence(sentence: str) -> Html:
    """What opens a part."""
    return paragraph(sentence, kind="leo-sentence")


def list_title(words: str) -> Html:
    """The heading of a list inside a part."""
    return tag("h3", words, class_="leo-chart-title leo-list-title")


def listed(title: str, rows: list[Row], nothing: str, whole: int | None = None) -> Html:
    """A list, cut where it gets long, with how many more there are; one line where it is empty.

    ``whole``: how long the list is where ``rows`` are only its beginning.
    """
    if not rows:
        return paragraph(nothing, kind="leo-muted")
    more = (len(rows) if whole is None else whole) - MOST_SHOWN
    said = paragraph(f"And {more} more: download the whole list.", kind="leo-muted") if more > 0 else Html("")
    return join([list_title(title), figures(title, rows[:MOST_SHOWN]), said])


def plan(told: PlanTold) -> Html:
    """One positive risk plan: triggers first, then what stands beside."""
    mark = ""
    if told.all_answered is not None:
        mark = tag("span", REACHED if told.all_answered else OPEN, class_="leo-shape", aria_hidden="true")
    return tag(
        "section",
        tag("h3", told.title, class_="leo-plan-title"),
        paragraph(told.since, kind="leo-muted"),
        paragraph(mark, tag("b", told.triggers), kind="leo-plan-triggers"),
        _triggers(told) if told.trigger_rows else Html(""),
        figures(f"Beside the triggers of {told.title}", told.beside) if told.beside else Html(""),
        paragraph(told.harm),
        class_="leo-plan",
    )


def _triggers(told: PlanTold) -> Html:
    """Every trigger in one line each: a table of them would fill a telephone's screen many times over."""
    lines = (
        join(
            [
                tag("b", row["Review promised for"]),
                f", {row['Trigger'][:1].lower()}{row['Trigger'][1:]}: ",
                row["What became of it"],
            ]
        )
        for row in told.trigger_rows
    )
    return join([paragraph("Each review by the day it was promised for:", kind="leo-muted"), bullets(lines)])
