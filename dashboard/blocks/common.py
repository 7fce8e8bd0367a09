"""The badge, and the page with nothing on it."""

from __future__ import annotations

from dashboard.markup import Html, card, paragraph, tag

SAMPLE = "Sample data, not a real home"


def badge() -> Html:
    """Said on every page while the data are made up."""
    return tag("p", SAMPLE, class_="leo-badge")


def empty(what: str, why: str, next_step: str) -> Html:
    """An empty page that says what is missing, why, and what to do next."""
    return card(what, paragraph(why), paragraph(tag("b", "What next: "), next_step), kind="leo-card leo-empty", level=2)
