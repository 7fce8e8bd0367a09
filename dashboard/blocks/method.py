"""The explanations as markup: rules, outcomes, words."""

from __future__ import annotations

from dashboard.markup import Column, Html, card, grid, join, paragraph, table, tag, verdict
from dashboard.theme import MARKS
from dashboard.views.calibration import CalibrationPage, Group
from dashboard.views.methods import CHARTS, GLOSSARY, OTHER_EXPLANATIONS, RULES, VOICES, Area, Entry
from metrics.model import VERDICT_WORDS, VerdictWord


def rules() -> Html:
    """The four answers and when each is given."""
    return grid((card(verdict(word), paragraph(text)) for word, text in RULES), "leo-grid leo-looks")


def other_explanations() -> Html:
    """What is heard before a change is called better."""
    pairs = [piece for name, asked in OTHER_EXPLANATIONS for piece in (tag("dt", name), tag("dd", asked))]
    return tag("dl", *pairs, class_="leo-glossary")


def charts() -> Html:
    """What the charts over time go by."""
    pairs = [piece for name, meaning in CHARTS for piece in (tag("dt", name), tag("dd", meaning))]
    return tag("dl", *pairs, class_="leo-glossary")


def voices() -> Html:
    """What the pages about voice and experience go by."""
    pairs = [piece for name, meaning in VOICES for piece in (tag("dt", name), tag("dd", meaning))]
    return tag("dl", *pairs, class_="leo-glossary")


def calibration_lead(page: CalibrationPage) -> Html:
    """What was done, and what the colours and shapes mean."""
    key = tag(
        "ul",
        *(tag("li", _patch(word), verdict(word, word)) for word in VERDICT_WORDS),
        class_="leo-key leo-answers-key",
    )
    return join([paragraph(page.lead), key, paragraph(page.caption, kind="leo-muted")])


def _patch(word: VerdictWord) -> Html:
    """How the answer is filled in a bar."""
    return tag("span", class_=f"leo-swatch leo-patch leo-patch-{MARKS[word].name}", aria_hidden="true")


def calibration_group(group: Group) -> Html:
    """What a group of bars shows, as a heading and a sentence."""
    return tag("div", tag("h3", group.title, class_="leo-chart-title"), paragraph(group.said, kind="leo-muted"))


def calibration_table(page: CalibrationPage) -> Html:
    """The figures behind the bars, each with its error."""
    shares = (25, 11, 11, 11, 12, 13, 17)
    columns = [
        Column(heading, share, half=0 < place < len(shares) - 1)
        for place, (heading, share) in enumerate(zip(page.columns, shares, strict=True))
    ]
    return join(
        [
            table("How often each answer was given", columns, page.rows),
            paragraph(page.notes, kind="leo-muted leo-method"),
        ]
    )


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
