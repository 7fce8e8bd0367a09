"""One change as markup: its facts, its verdict, what the chart's marks mean, what stands beside it."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.markup import Column, Html, Piece, bullets, card, chips, grid, join, paragraph, table, tag, verdict
from dashboard.theme import MARKS
from dashboard.views.deeper import Row, Section
from dashboard.views.interrupted import SeriesChart, SeriesPage
from dashboard.views.one_change import BesideRow, ChangePage, JointCard
from dashboard.views.say import small
from dashboard.views.story import Story


def about_change(page: ChangePage) -> Html:
    """Short facts about the change, and what was agreed."""
    return join([chips(page.chips), paragraph(page.agreed, kind="leo-agreed")])


def verdict_card(page: ChangePage) -> Html:
    """The verdict as a word, the sentence, and in grey what it cannot say."""
    mark = verdict(page.word, page.verdict)
    return tag(
        "section",
        tag("h2", mark, class_="leo-verdict-big"),
        paragraph(page.sentence, kind="leo-sentence"),
        paragraph(page.more, kind="leo-more-weeks") if page.more else Html(""),
        paragraph(page.cannot_say, kind="leo-muted"),
        class_=f"leo-card leo-answer leo-edge-{MARKS[page.word].name}",
    )


def joint_card(joint: JointCard) -> Html:
    """Better, and still safe? Each part with its mark in words."""
    parts = (
        tag(
            "li",
            verdict(part.looks, part.mark),
            tag("span", tag("b", part.name), f": {small(part.found)}" if part.found else "", class_="leo-part"),
            tag("span", part.written, class_="leo-under"),
        )
        for part in joint.parts
    )
    return card(
        "Better, and still safe?",
        paragraph(verdict(joint.word, joint.said)),
        tag("ul", *parts, class_="leo-parts"),
        paragraph("All parts count together; one that cannot be told leaves the whole open.", kind="leo-muted"),
        level=2,
    )


def chart_title(story: Story) -> Html:
    """What the chart shows, as a sentence, and what one point is."""
    return tag("div", tag("h2", story.title, class_="leo-chart-title"), paragraph(story.each, kind="leo-muted"))


def chart_key(story: Story) -> Html:
    """What the marks mean, in place of a legend."""
    items: list[Piece] = [
        join([_swatch("dot"), "days compared"]),
        join([_swatch("ring"), "shown, not compared"]),
        join([_swatch("line"), "average of the days compared"]),
    ]
    if story.usual:
        few = "; dotted: from few points" if any(usual.trial for usual in story.usual) else ""
        again = ", worked out again after the change" if len(story.usual) > 1 else ""
        items.append(join([_swatch("usual"), f"usual range of the points{again}{few}"]))
    if story.settling is not None:
        items.append(
            join([_swatch("band"), f"{story.set_aside}, {story.settling.days} days: counted with neither side"])
        )
    if story.left_out is not None:
        items.append(join([_swatch("dots"), "left out: the days just before the start, which were unusually bad"]))
    key = tag("ul", *(tag("li", item) for item in items), class_="leo-key")
    if not story.happenings:
        return key
    listed = [join([tag("b", each.mark, class_="leo-mark"), " ", each.words]) for each in story.happenings]
    if story.more_happenings:
        listed.append(Html(f"and {story.more_happenings} more, further from the start"))
    also = tag("ul", *(tag("li", item) for item in listed), class_="leo-key")
    return join([key, paragraph("What else happened:", kind="leo-key-title"), also])


def _swatch(kind: str) -> Html:
    return tag("span", class_=f"leo-swatch leo-swatch-{kind}", aria_hidden="true")


def beside_table(rows: Sequence[BesideRow]) -> Html:
    """What must not get worse meanwhile."""
    columns = (
        Column("Read beside it", 30),
        Column("Before", 20, half=True),
        Column("After", 20, half=True),
        Column("What we can say", 30),
    )
    return table("What must not get worse meanwhile", columns, (_beside(row) for row in rows))


def _beside(row: BesideRow) -> tuple[Piece, ...]:
    said: Piece = row.said if row.word is None else verdict(row.word, more=row.said or None)
    return row.name, row.before, row.after, said


def how_sure(page: ChangePage) -> Html:
    """What the answer rests on, and what to know before believing it."""
    sure = card(
        "How sure are we?", bullets(page.how_sure), paragraph(page.method, kind="leo-muted leo-method"), level=2
    )
    told: list[Piece] = list(page.cautions)
    if page.lowered is not None:
        told.insert(0, join([tag("b", page.lowered[0]), " ", page.lowered[1]]))
    if not told:
        return grid([sure], "leo-grid leo-looks")
    return grid([sure, card("Know before you believe it", bullets(told), level=2)], "leo-grid leo-looks")


def not_over_time(why: str) -> Html:
    """One line where the whole record cannot be shown against its earlier pattern."""
    return paragraph(why, kind="leo-muted")


def series_title(page: SeriesPage) -> Html:
    """What the series shows: what was to be expected, what came, and how sure."""
    return tag(
        "div",
        tag("h2", page.title, class_="leo-chart-title"),
        paragraph(page.sentence, kind="leo-sentence"),
        paragraph(page.each, kind="leo-muted"),
    )


def series_heading(drawn: SeriesChart) -> Html:
    """Which of two series a chart shows."""
    return tag("h3", f"{drawn.heading}, {drawn.unit}", class_="leo-chart-title")


def series_key(page: SeriesPage) -> Html:
    """What the marks mean, in place of a legend."""
    items: list[Piece] = [
        join([_swatch("dot"), "what was recorded"]),
        join([_swatch("fit"), f"the pattern in it: {page.pattern}"]),
        join([_swatch("dash"), "what would have been, had the earlier pattern simply continued"]),
        join([_swatch("tint"), "how far that may be off"]),
    ]
    if page.left_out:
        items.append(join([_swatch("ring"), page.left_out]))
    if page.cut:
        items.append(page.cut)
    return tag("ul", *(tag("li", item) for item in items), class_="leo-key")


def series_models(page: SeriesPage) -> Html:
    """The usual model beside the published tutorial's, and what was chosen on the way."""
    columns = (
        Column("Model", 34),
        Column("Against what would have been", 26),
        Column("At the start", 20, half=True),
        Column(f"Each further {page.step}", 20, half=True),
    )
    rows = ((row.name, row.effect, row.level, row.slope) for row in page.rows)
    told = table("The same series by more than one model", columns, rows)
    return join([told, bullets(page.notes), paragraph(page.method, kind="leo-muted leo-method")])


def second_figures(section: Section) -> Html:
    """One part of the second figures: a table, and what has no answer here."""
    pieces = [
        tag("h3", section.title, class_="leo-chart-title leo-part-title"),
        paragraph(section.about, kind="leo-muted"),
    ]
    if section.rows:
        pieces.append(_words_table(section) if section.in_words else _figures_table(section))
    if section.left_out:
        pieces.append(paragraph("Not worked out here:", kind="leo-key-title"))
        pieces.append(tag("div", bullets(section.left_out), class_="leo-muted"))
    return tag("section", *pieces, class_="leo-second")


def _words_table(section: Section) -> Html:
    columns = (Column("Looked at", 40), Column("Answer", 35), Column("What it rests on", 25))
    return table(
        section.title, columns, ((row.name, row.value, _rests_on(row, with_note=True)) for row in section.rows)
    )


def _figures_table(section: Section) -> Html:
    columns = (
        Column("Figure", 31),
        Column("Value", 12, half=True),
        Column("95 % range", 13, half=True),
        Column("No change would be", 10, half=True),
        Column("What it assumes", 34),
    )
    return table(
        section.title,
        columns,
        ((_named(row), row.value, row.reach, row.no_change, _rests_on(row, with_note=False)) for row in section.rows),
    )


def _named(row: Row) -> Html:
    return join([row.name, tag("span", row.note, class_="leo-under") if row.note else ""])


def _rests_on(row: Row, *, with_note: bool) -> Html:
    said = [text for text in ((row.note if with_note else ""), row.assumes) if text]
    return join([*(tag("span", text, class_="leo-said") for text in said), tag("span", row.paper, class_="leo-paper")])
