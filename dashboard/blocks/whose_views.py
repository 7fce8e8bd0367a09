"""Whose views as markup: the first words, what is worth a second look, the sheet that becomes cards on a telephone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.markup import Column, Html, Piece, bullets, card, chips, grid, join, paragraph, table, tag
from dashboard.views.whose_views.looks import Look
from dashboard.views.whose_views.sheet import HEADINGS, NO_OWN_VIEW, NO_VIEW, Said, SheetLine, Silent
from metrics.voices.sheet import PLACES, TICKS, Place

FILLED, OPEN = "●", "○"
CAPTION = "Whose views, matter by matter, thin records first"


def first_words(lead: str, trail: Sequence[str]) -> Html:
    """The answer, and under it the trail from voice to decision as short facts."""
    return tag("div", paragraph(lead, kind="leo-lead"), chips(trail), class_="leo-first")


def second_looks(looks: Iterable[Look]) -> Html:
    """Each thing worth a second look as a card: what, why, what to do, which records."""
    return grid((_look(each) for each in looks), "leo-grid leo-looks")


def _look(look: Look) -> Html:
    cases = Html("")
    if look.cases:
        which = tag("summary", f"Which ones ({len(look.cases)})" if len(look.cases) > 1 else "Which one")
        cases = tag("details", which, bullets(look.cases), class_="leo-which")
    do = paragraph(tag("b", "What to do: "), look.do)
    return card(look.title, paragraph(look.why, kind="leo-muted"), do, cases, kind="leo-card leo-look")


def sheet_table(lines: Sequence[SheetLine]) -> Html:
    """One row a matter, one place a voice; person and family never in one place."""
    shares = (24, 22, 19, 19, 16)
    columns = [
        Column(heading, share)
        for heading, share in zip(("Matter", *(HEADINGS[place] for place in PLACES)), shares, strict=True)
    ]
    return tag("div", table(CAPTION, columns, (_row(line) for line in lines)), class_="leo-sheet")


def _row(line: SheetLine) -> tuple[Piece, ...]:
    under = (tag("span", text, class_="leo-under") for text in line.under)
    places = (_place(said, place) for place, said in zip(PLACES, line.places, strict=True))
    return join([line.name, *under]), *places


def _place(said: Sequence[Said], place: Place) -> Html:
    if not said:
        return tag("span", NO_OWN_VIEW if place == "person" else NO_VIEW, class_="leo-muted leo-nobody")
    return join(_voice(each) for each in said)


def silent_matters(silent: Silent) -> Html:
    """The thinnest of all, together: matters on which nobody's view is on record, whoever they are about."""
    return card(
        silent.title, paragraph(silent.about, kind="leo-muted"), bullets(silent.matters), kind="leo-card leo-look"
    )


def _voice(said: Said) -> Html:
    who = [tag("span", f"{said.who[:1].upper()}{said.who[1:]}", class_="leo-under")] if said.who else []
    small = [text for text in (said.how, said.understood, ", ".join(said.marks).capitalize()) if text]
    return tag(
        "div",
        *who,
        tag("b", said.head),
        *(tag("span", text, class_="leo-under") for text in small),
        tag("span", ticks(said.ticks), " ", said.known, class_="leo-under"),
        class_="leo-voice" if said.asked else "leo-voice leo-voice-none",
    )


def ticks(count: int) -> Html:
    """Four marks, filled as far as things are known; the words beside them say the same."""
    return tag("span", FILLED * count + OPEN * (TICKS - count), class_="leo-ticks", aria_hidden="true")


TICKS_KEY = (
    "Each view can have four things known of it: how it was sought, whether it was understood, the position, what came of "
    "it. A filled mark is one that is known."
)


def ticks_key() -> Html:
    """What the marks mean."""
    return paragraph(ticks(3), " ", TICKS_KEY, kind="leo-muted")
