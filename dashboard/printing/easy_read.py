"""The easy-read page on paper: what was tried, what we found, and room to say that this is not how it feels."""

from __future__ import annotations

from dashboard.charts.pictogram import pictogram
from dashboard.markup import Html, join, paragraph, tag
from dashboard.printing.faces import face
from dashboard.printing.paper import printed_page
from metrics.easy_read import FEELS, EasyRead

NAME = "What we tried together"
ASK = "Is this how it feels?"
SAMPLE = "This page is made from sample data. Nobody real is meant."
CSS = """
body { font-size: 22px; line-height: 1.5; }
p { margin-bottom: 0.55em; }
.leo-dots-side { display: inline-block; vertical-align: top; margin: 0 1.5em 0.6em 0; }
.leo-dots-side svg { display: block; max-width: 300px; height: auto; }
.leo-dots-side p { margin: 0 0 0.2em; }
.title { font-size: 1.3em; font-weight: 700; margin: 0 0 0.6em; }
.said { border-left: 6px solid #0B0C0C; padding-left: 0.8em; }
.asked { border: 2px solid #0B0C0C; border-radius: 10px; padding: 0.8em 1em; margin-top: 1.2em; }
.asked h2 { margin-top: 0; }
.feels { display: flex; flex-wrap: wrap; gap: 0.4em 1.2em; padding: 0; list-style: none; align-items: end; }
.feels svg { display: block; margin: 0 0 0.3em; }
.box { display: inline-block; width: 0.9em; height: 0.9em; border: 2px solid #0B0C0C; margin-right: 0.4em; }
"""


def easy_read_page(page: EasyRead, *, counted: str, sample: bool = False) -> str:
    """A whole document to print or to read on a screen. ``counted`` is what a full dot of the picture means."""
    body = [tag("p", page.title, class_="title")]
    body += [_part(part.heading, part.sentences) for part in page.found]
    if page.picture is not None:
        body.append(pictogram(page.picture, counted, inline=True))
    if page.said:
        body.append(tag("div", *(paragraph(each) for each in page.said), class_="said keep"))
    body += [_part(part.heading, part.sentences) for part in page.beside]
    body.append(_asked())
    if sample:
        body.append(paragraph(SAMPLE, kind="small"))
    return printed_page(NAME, join(body), css=CSS)


def _part(heading: str, sentences: tuple[str, ...]) -> Html:
    return tag("section", tag("h2", heading), *(paragraph(each) for each in sentences), class_="keep")


def _asked() -> Html:
    """Room for an answer: boxes to tick, lines to write on. Nothing has to be filled in."""
    box = tag("span", class_="box")
    feels = [tag("li", face(step, size=58), box, words) for step, words in FEELS.items()]
    feels.append(tag("li", box, "I do not know"))
    return tag(
        "section",
        tag("h2", ASK),
        paragraph(box, "Yes, this is how it feels."),
        paragraph(box, "No, this is not how it feels."),
        paragraph("How does it feel to you?"),
        tag("ul", *feels, class_="feels"),
        paragraph("You may write or draw here."),
        tag("div", class_="write-here", style="min-height:7em"),
        paragraph("You do not have to answer.", kind="small"),
        class_="asked keep",
    )
