"""Choice as markup: the two sides next to each other, and the answer around a finding about capacity."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.markup import Html, bullets, card, grid, paragraph, tag, verdict
from dashboard.theme import MARKS
from dashboard.views.choice.findings import FindingPage
from dashboard.views.choice.page import Line, TwoSides

FOR_PEOPLE, BY_PEOPLE = "Decided for people", "Chosen by people themselves"
BY_KIND = "Everyday choices led by the person, by what they were about"


def first_words(lead: str, more: str) -> Html:
    """The answer, and under it what came of a finding about capacity."""
    return tag("div", paragraph(lead, kind="leo-lead"), paragraph(more, kind="leo-muted") if more else "")


def two_sides(found: TwoSides) -> Html:
    """Decisions for people on the left, people's own choices on the right; on a telephone one below the other."""
    right = [side_lines(found.by_people)]
    if found.by_kind:
        right += [tag("h3", BY_KIND), side_lines(found.by_kind)]
    if found.none_arose:
        right.append(paragraph(found.none_arose, kind="leo-muted"))
    return grid(
        [
            card(FOR_PEOPLE, side_lines(found.for_people), kind="leo-card leo-side", level=2),
            card(BY_PEOPLE, *right, kind="leo-card leo-side", level=2),
        ],
        "leo-grid leo-sides",
    )


def side_lines(lines: Iterable[Line]) -> Html:
    """Figures with what they count, one below the other; nothing where there are none."""
    lines = tuple(lines)
    if not lines:
        return Html("")
    return tag("ul", *(_line(line) for line in lines), class_="leo-side-lines")


def _line(line: Line) -> Html:
    told = [tag("span", line.under, class_="leo-under")] if line.under else []
    if line.share is not None:
        told.append(_bar(line.share))
    return tag("li", tag("b", line.figure, class_="leo-side-figure"), tag("span", line.what, *told))


def _bar(share: float) -> Html:
    """The share as a length; the count beside it says the same."""
    bar = tag("span", class_="leo-bar", style=f"width:{100 * share:.0f}%")
    return tag("span", bar, class_="leo-track", aria_hidden="true")


def finding_card(page: FindingPage) -> Html:
    """The answer around one finding about capacity, as on the page of one change."""
    return tag(
        "section",
        tag("h3", verdict(page.word, page.verdict), class_="leo-verdict-big"),
        paragraph(page.sentence, kind="leo-sentence"),
        paragraph(page.longer, kind="leo-more-weeks") if page.longer else Html(""),
        paragraph(" ".join(part for part in (page.agreed, page.cannot_say) if part), kind="leo-muted"),
        class_=f"leo-card leo-answer leo-edge-{MARKS[page.word].name}",
    )


def finding_sure(page: FindingPage) -> Html:
    """What the answer rests on."""
    return card("How sure are we?", bullets((*page.how_sure, *page.cautions)))
