"""The explanations as markup: rules, outcomes, words."""

from __future__ import annotations

from dashboard.markup import Html, card, grid, paragraph, tag, verdict
from dashboard.views.methods import GLOSSARY, RULES, Area, Entry


def rules() -> Html:
    """The four answers and when each is given."""
    return grid((card(verdict(word), paragraph(text)) for word, text in RULES), "leo-grid leo-looks")


def glossary() -> Html:
    """What the words mean."""
    pairs = [piece for word, meaning in GLOSSARY for piece in (tag("dt", word), tag("dd", meaning))]
    return tag("dl", *pairs, class_="leo-glossary")


def area(each: Area) -> Html:
    """The outcomes of one area, each to be opened."""
    return tag("section", tag("h3", each.name), *(_entry(entry) for entry in each.entries), class_="leo-area")


def _entry(entry: Entry) -> Html:
    facts = [
        ("Why it matters", entry.why),
        ("What is counted", entry.counts),
        ("Which way is good", entry.good),
        ("How it is judged", entry.judged),
        ("Read beside", entry.beside),
    ]
    listed = [piece for word, meaning in facts if meaning for piece in (tag("dt", word), tag("dd", meaning))]
    name = tag("summary", tag("span", entry.name, class_="leo-entry"), " ", tag("span", entry.code, class_="leo-code"))
    return tag("details", name, tag("dl", *listed), class_="leo-details")
