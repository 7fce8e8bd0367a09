"""Where only others answered about the person: said first, for others rate lives lower and agree weakly among themselves."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from data.instruments import own_voice_of
from data.model import Answer
from metrics.model import PROXIES
from metrics.own_words.coverage import ANSWERED


@dataclass(frozen=True)
class OnlyOthers:
    """A question that people may answer for themselves, and that only others answered. ``instrument`` is the others' form."""

    instrument: str
    domain: str
    raters: tuple[str, ...]


@dataclass(frozen=True)
class Proxies:
    """``any_own``: whether anybody answered for themselves at all; ``only`` the questions on which nobody did."""

    any_own: bool
    any_other: bool
    only: tuple[OnlyOthers, ...]

    @property
    def nobody_for_themselves(self) -> bool:
        """Others answered about the people here, and nobody here did."""
        return self.any_other and not self.any_own


def proxies_of(answers: Iterable[Answer]) -> Proxies:
    """What others answered alone. Notes of pain or agitation are nobody's view, and are passed over."""
    own: set[tuple[str, str]] = set()
    others: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for each in answers:
        voice = own_voice_of(each.instrument)
        if voice is None or each.answer not in ANSWERED:
            continue
        if each.rater == "self":
            own.add((voice, each.domain))
        elif each.rater in PROXIES:
            others[voice, each.domain][each.rater] = each.instrument
    only = tuple(
        OnlyOthers(next(iter(raters.values())), question[1], tuple(rater for rater in PROXIES if rater in raters))
        for question, raters in sorted(others.items())
        if question not in own
    )
    return Proxies(bool(own), bool(others), only)
