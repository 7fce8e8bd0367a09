"""What an outcome is, in words: counted over what, which way is good, how it is judged. Said from its file alone."""

from __future__ import annotations

from data.instruments import PUBLISHED_DIFFERENCE
from metrics.model import Outcome
from metrics.wording import SPEAKERS, points
from metrics.words import and_list, capital, number, whole

LINES = {"service.expected_minority_pct": "the share of people from minority ethnic groups who live nearby"}
"""Figures known from elsewhere that are drawn as a line to compare with."""


def what_it_counts(outcome: Outcome) -> str:
    """What an outcome counts, over what."""
    if outcome.kind == "rate":
        return (
            f"{capital(outcome.many_things)} for every {whole(outcome.per)} days people lived here or were supported."
        )
    if outcome.kind == "day_share":
        clock = f" between {outcome.window.start:%H:%M} and {outcome.window.end:%H:%M}" if outcome.window else ""
        watched = " on which somebody was watching" if outcome.observed is not None else ""
        return f"{capital(outcome.many_of)}{watched} on which it happened at least once{clock}, out of all such {outcome.many_of}."
    if outcome.kind == "share":
        return f"{capital(outcome.many_things)}, out of all {outcome.many_of}."
    if outcome.kind == "stay":
        return (
            f"{capital(outcome.many_things)}, for every {whole(outcome.per)} years lived here. Beside it, how many who "
            "moved in are still there after 90 and 180 days."
        )
    who = and_list([SPEAKERS[rater] for rater in dict.fromkeys(outcome.counts.where.get("rater", ()))])
    asked = f"The average answer of {who}" if who else "The average answer"
    return f"{asked}, one kind of answerer at a time, the same ones twice where they can be known."


def which_way_is_good(outcome: Outcome) -> str:
    """Which way is good, in a sentence."""
    return {
        "down": "Fewer is better.",
        "up": "More is better.",
        "no rise": "It should not rise.",
        "no fall": "It should not fall.",
        "none": "Neither way is good by itself.",
    }[outcome.good]


def how_it_is_judged(outcome: Outcome) -> str:
    """The question an outcome file puts when nothing else was declared."""
    size = outcome.size
    if outcome.judged == "change" and size is not None:
        if outcome.scale == "ratio":
            return f"Did it change? A change of {whole(abs(1 - size) * 100)} in 100 is usually worthwhile."
        if outcome.scale == "score":
            published = any(
                PUBLISHED_DIFFERENCE.get(name) == size for name in outcome.counts.where.get("instrument", ())
            )
            if published:
                return (
                    f"Did it change? {points(size)} is published as the least change that people notice, "
                    "and is usually worthwhile."
                )
        unit = "points" if outcome.scale == "score" else "in 100"
        return f"Did it change? A change of {number(size)} {unit} is usually worthwhile."
    if outcome.judged == "steady" and size is not None:
        margin = (size - 1) * 100 if outcome.scale == "ratio" else size
        if outcome.scale == "score":
            return f"Did it hold steady? The usual margin is {points(size)}; yours must be agreed beforehand."
        return f"Did it hold steady? The usual margin is {whole(margin)} in 100; yours must be agreed beforehand."
    if outcome.judged == "target" and size is not None:
        if outcome.snapshot:
            return f"Shown as it is now against a target of {number(size)} in 100, with no verdict of its own."
        return f"Shown against a target of {number(size)} in 100, with no verdict of its own."
    if outcome.judged == "list":
        return "Each case is named to the manager; no verdict of its own."
    if outcome.snapshot:
        return "Shown as it is now, with no verdict of its own."
    if outcome.line is not None:
        return f"Shown over time beside {LINES[outcome.line]}, with no verdict of its own."
    return "Shown over time, with no verdict of its own."


def how_worked_out(outcome: Outcome) -> str:
    """What is counted, which way is good, how it is judged: for the page that explains."""
    return f"{what_it_counts(outcome)} {which_way_is_good(outcome)} {how_it_is_judged(outcome)}"
