"""A check-in as cards to print: one question a card, two cards a page, with words or with faces.

checkin_cards(checkin, manner) -> str      a whole HTML document
MANNERS                                     "words" and "faces", each with its name on a button
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from dashboard.markup import Html, join, paragraph, tag
from dashboard.printing.faces import face
from dashboard.printing.paper import printed_page
from data.checkins import DONT_KNOW, NOT_ABLE, RATHER_NOT, Checkin, Part, Question
from metrics.words import and_list

Manner = Literal["words", "faces"]
MANNERS: Mapping[Manner, str] = {"words": "with words", "faces": "with faces"}
CARDS_A_PAGE = 2
SKIP = "You may skip any card."
NOT_VALIDATED = "Written by this project. Nobody has tested yet how well it measures."
NOBODY_YET = "No people with lived experience have helped to make it yet. Please tell us what to change."

CSS = """
.sheet { display: grid; gap: 8mm; break-after: page; }
.sheet:last-child { break-after: auto; }
.question { border: 2px solid #0B0C0C; border-radius: 14px; padding: 4mm 6mm 3mm; break-inside: avoid; }
.question h2 { font-size: 31px; margin: 0 0 3mm; }
.part { margin: 0 0 1mm; font-size: 18px; color: #3A444C; }
.steps { list-style: none; display: grid; grid-template-columns: repeat(5, 1fr); gap: 3mm; padding: 0; margin: 0 0 3mm; max-width: none; }
.steps li {
  text-align: center; margin: 0; border: 1.5px solid #8A96A0; border-radius: 10px; padding: 2mm 1mm; font-size: 22px; line-height: 1.2;
}
.steps svg { display: block; margin: 0 auto 2mm; }
.box { display: inline-block; width: 9mm; height: 9mm; border: 2px solid #0B0C0C; border-radius: 3px; vertical-align: -2mm; }
.steps .box { display: block; margin: 0 auto 2mm; }
.other { list-style: none; display: flex; flex-wrap: wrap; gap: 2mm 6mm; padding: 0; margin: 0 0 3mm; max-width: none; font-size: 20px; }
.other li { margin: 0; }
.record { display: grid; grid-template-columns: 2fr 3fr; gap: 2mm 6mm; border-top: 1px solid #8A96A0; padding-top: 2mm; font-size: 20px; }
.record p { margin: 0; max-width: none; display: flex; flex-wrap: wrap; gap: 1mm 4mm; align-items: flex-end; }
.record .helped { grid-column: 1 / -1; }
.record .box { width: 6mm; height: 6mm; vertical-align: -1mm; }
.line { flex: 1; min-width: 3em; border-bottom: 1.5px solid #0B0C0C; height: 1.3em; }
.question .box, .other .box { width: 8mm; height: 8mm; }
.foot { display: flex; justify-content: space-between; gap: 1rem; margin: 2mm 0 0; max-width: none; font-size: 16px; }
.foot b { font-size: 20px; }
.skip { font-weight: 700; font-size: 24px; }
@media screen and (max-width: 600px) {
  body { padding: 1rem; }
  .steps { grid-template-columns: 1fr; }
  .steps li { display: flex; align-items: center; gap: 1rem; text-align: left; padding: 0.5rem 1rem; }
  .steps .box, .steps svg { margin: 0; flex: none; }
  .record { grid-template-columns: 1fr; }
}
"""


def checkin_cards(checkin: Checkin, manner: Manner) -> str:
    """All cards of a check-in, ready to print. Raises KeyError for a manner there is not."""
    title = checkin.title
    body = join([_front(checkin, manner), *_sheets(checkin, manner)])
    return printed_page(title, body, css=CSS)


def file_name(checkin: Checkin, manner: Manner) -> str:
    """The name under which the cards are saved: codes, nobody's name."""
    return f"{checkin.instrument.replace('_', '-')}-cards-{manner}.html"


def helped_to_make(checkin: Checkin) -> str:
    """Who with lived experience helped to make it, or that nobody has yet."""
    return f"Made with {and_list(checkin.made_with)}." if checkin.made_with else NOBODY_YET


def _front(checkin: Checkin, manner: Manner) -> Html:
    """For whoever asks: what matters before the first card."""
    return tag(
        "section",
        paragraph(SKIP, kind="skip"),
        tag(
            "ul",
            tag("li", f"For {checkin.asked_of}. Cards {MANNERS[manner]}."),
            tag("li", "One question a card. Ask about now. Each card may be asked on its own day."),
            tag("li", "Read the line out. Wait. Point to each answer in turn."),
            tag("li", f"“{DONT_KNOW}” is an answer. Tick it and thank the person."),
            *_about_help(checkin),
            tag("li", "For the table: answers count 1 to 5 from the left. Each card names its column."),
        ),
        paragraph(f"{NOT_VALIDATED} {helped_to_make(checkin)}", kind="small"),
        class_="front",
    )


def _about_help(checkin: Checkin) -> tuple[Html, ...]:
    if checkin.rater != "self":
        return (tag("li", "It is about your own experience. Nobody answers for somebody else."),)
    return (
        tag("li", "These are the person's own answers. Nobody answers for them on these cards."),
        tag("li", "Tick who helped. Somebody the person trusts is best, or somebody independent."),
    )


def _sheets(checkin: Checkin, manner: Manner) -> Iterator[Html]:
    cards = [_card(checkin, part, question, manner) for part in checkin.parts for question in part.questions]
    for first in range(0, len(cards), CARDS_A_PAGE):
        kind = "sheet new-page" if first == 0 else "sheet"
        yield tag("div", *cards[first : first + CARDS_A_PAGE], class_=kind)


def _card(checkin: Checkin, part: Part, question: Question, manner: Manner) -> Html:
    return tag(
        "section",
        paragraph(part.title, kind="part"),
        tag("h2", question.line),
        tag("ol", *(_step(step, word, manner) for step, word in enumerate(checkin.scale, start=1)), class_="steps"),
        tag("ul", *(tag("li", _box(), " ", word) for word in (DONT_KNOW, RATHER_NOT, NOT_ABLE)), class_="other"),
        _record(checkin),
        tag("p", tag("b", "You may skip this card."), tag("span", f"column {question.code}"), class_="foot"),
        class_="question",
        aria_label=question.line,
    )  # fmt: skip


def _step(step: int, word: str, manner: Manner) -> Html:
    drawn = face(step) if manner == "faces" else Html("")
    return tag("li", drawn, _box(), tag("span", word))


def _record(checkin: Checkin) -> Html:
    """When, who, and with whose help."""
    asked = "Your number, if you like" if checkin.rater == "staff_about_self" else "Reference"
    rows = [tag("p", "Date", _line()), tag("p", asked, _line())]
    if checkin.rater == "self":
        helped = join(tag("span", _box(), " ", who) for who in ("nobody", "staff", "family", "independent"))
        rows.append(tag("p", "Helped by:", helped, class_="helped"))
    return tag("div", *rows, class_="record")


def _box() -> Html:
    return tag("span", class_="box", aria_hidden="true")


def _line() -> Html:
    return tag("span", class_="line", aria_hidden="true")
