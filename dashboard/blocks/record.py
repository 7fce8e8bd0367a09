"""What is written down as markup: faults named at the top, what was saved, what was agreed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dashboard.markup import Html, Piece, bullets, join, paragraph, tag
from dashboard.views.record import AgreedLine, how_many
from dashboard.views.record_forms import Fault


def fault_summary(faults: Sequence[Fault]) -> Html:
    """Everything that is wrong, at the top of the form. Read aloud as soon as it appears."""
    listed = bullets(join([tag("b", f"{fault.label}: "), fault.text]) for fault in faults)
    title = tag("h2", f"{how_many(len(faults))} to put right; nothing is saved yet")
    return tag("section", title, listed, class_="leo-card leo-faults", role="alert")


def fault(text: str) -> Html:
    """What is wrong with the field below."""
    return paragraph(tag("span", "▲ ", aria_hidden="true"), text, kind="leo-fault")


def not_saved(why: str) -> Html:
    """Nothing could be written, and why."""
    return tag("section", tag("h2", "Nothing was saved"), paragraph(why), class_="leo-card leo-faults", role="alert")


def saved(line: str) -> Html:
    """What was saved and where it is to be seen. Read aloud when it appears."""
    title = tag("h2", tag("span", "✔ ", aria_hidden="true"), "Saved")
    return tag("section", title, paragraph(line), class_="leo-card leo-saved", role="status")


def taken_back(line: str) -> Html:
    """What was taken back."""
    return tag("section", tag("h2", "Taken back"), paragraph(line), class_="leo-card leo-saved", role="status")


def explained(*lines: Piece) -> Html:
    """What a choice means, right under it."""
    return paragraph(*(piece for line in lines if line for piece in (line, " ")), kind="leo-muted leo-explained")


def line(title: str, under: str, agreed: Iterable[AgreedLine]) -> Html:
    """One change or happening, with what was agreed about it."""
    listed = [tag("li", each.text, class_=None if each.in_force else "leo-replaced") for each in agreed]
    more = tag("ul", *listed, class_="leo-bullets") if listed else Html("")
    return tag("div", tag("b", title), tag("span", under, class_="leo-under"), more)
