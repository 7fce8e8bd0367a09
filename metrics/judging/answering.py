"""What a fair reader should know about who answered, before believing a score. Each caution has its own sentence."""

from __future__ import annotations

from metrics.model import PROXIES, Answered, Caution, Change
from metrics.wording import SPEAKERS
from metrics.words import number, whole

FELL_BY = 0.10
"""A share of people who answer that fell by more than this can by itself move a mean about as far as most changes do."""


def said_of_answers(change: Change) -> tuple[Caution, ...]:
    """All cautions about who answered; that only others answered for people comes first."""
    answered = change.answered
    if answered is None:
        return ()
    found = (_only_proxies(answered), _response_fell(answered), _other_forms(answered), _hardly_differed(answered))
    return tuple(caution for caution in found if caution is not None)


def _only_proxies(answered: Answered) -> Caution | None:
    if answered.rater not in PROXIES:
        return None
    who = SPEAKERS[answered.rater]
    return Caution(
        "only_proxies",
        f"Nobody answered for themselves on both sides: {who} answered about them. Others see a life differently from "
        "whoever lives it.",
    )


def _response_fell(answered: Answered) -> Caution | None:
    if answered.people is None:
        return None
    before, after = answered.people
    if before.ratio is None or after.ratio is None or before.ratio - after.ratio <= FELL_BY:
        return None
    told = (
        f"Fewer answered than before: {whole(after.numerator)} of {whole(after.denominator)} people, after "
        f"{whole(before.numerator)} of {whole(before.denominator)}."
    )
    if answered.worst_case is not None:
        low, high = answered.worst_case
        told += (
            f" Had all the others scored lowest, the average after would be {number(low)}; had they scored highest, "
            f"{number(high)}."
        )
    return Caution("response_fell", told)


def _other_forms(answered: Answered) -> Caution | None:
    if not answered.other_forms:
        return None
    return Caution(
        "other_forms_left_out", "Answers on a form that was used on one side only are left out: forms are never mixed."
    )


def _hardly_differed(answered: Answered) -> Caution | None:
    if not answered.hardly_differed:
        return None
    return Caution(
        "all_the_same",
        "Nearly all answers were alike, so the range is set by the steps of the scale, not by how people differ.",
    )
