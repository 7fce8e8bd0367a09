"""The funnel of a release: the last four quarters, drawn and said as on the manager's page, hidden services by name."""

from __future__ import annotations

from dataclasses import replace

from dashboard.views.released.words import TOO_FEW, counts_words, range_words, short, unit_words
from dashboard.views.services_funnel import STANDING, FunnelPage, funnel_page
from metrics.across.funnel import Funnel
from metrics.across.released import NOT_GIVEN, NOTHING_THERE, Book, service_of
from metrics.across.released import TOO_FEW as WHY_HIDDEN
from metrics.words import and_list


def released_funnel(book: Book, found: Funnel, setting: str) -> FunnelPage:
    """What the funnel says; who is left out is listed in full beneath it, not shortened."""
    return replace(funnel_page(found, service_of(book.of(setting)[0])), left_out=())


def not_drawn(found: Funnel) -> tuple[str, ...]:
    """Every service that is not drawn, by name and reason."""
    reasons = (
        (WHY_HIDDEN, f"Not drawn, {TOO_FEW}"),
        (NOTHING_THERE, "Not drawn, not recorded"),
        (NOT_GIVEN, "Not drawn, not given"),
    )
    told = []
    for why, lead in reasons:
        names = sorted((name for name, reason in found.left_out if reason == why), key=str.casefold)
        if names:
            told.append(f"{lead}: {and_list(names)}.")
    others = sorted({name for name, reason in found.left_out if reason not in (WHY_HIDDEN, NOTHING_THERE, NOT_GIVEN)})
    if others:
        told.append(f"Not drawn, because nobody was there to count over: {and_list(others)}.")
    return tuple(told)


def grouped(book: Book, setting: str) -> tuple[str, ...]:
    """That a dot may stand for several services."""
    return tuple(f"One dot: {each.name}." for each in book.of(setting) if each.level == "group")


def number_rows(book: Book, page: FunnelPage) -> list[dict[str, str]]:
    """Every service and group in order of name, the hidden ones as hidden."""
    code, setting = page.funnel.outcome.code, page.funnel.setting
    standings = {dot.key: dot.standing for dot in page.funnel.dots}
    rows = []
    for unit in book.of(setting):
        if unit.level == "setting":
            continue
        cell = book.in_year(unit.code, code)
        standing = standings.get(unit.code)
        rows.append(
            {
                "Service": unit.name,
                "Counted": counts_words(cell, book),
                f"Figure, {unit_words(code, unit.code, book)}": short(cell, book.definitions[code].decimals),
                "Likely between": range_words(cell, book),
                "What it shows": "–"
                if unit.code not in standings
                else "no limits"
                if standing is None
                else STANDING[standing],
            }
        )
    return rows
