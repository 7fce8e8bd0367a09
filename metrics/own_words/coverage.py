"""Whose own voice is there: of the people here, who was asked, who answered for themselves, and with which help."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from data.model import Answer, Impossible
from data.records import PersonHere
from metrics.model import PROXIES

ANSWERED = ("score", "dont_know")


@dataclass(frozen=True)
class Coverage:
    """People, each once. ``here`` is None where nobody knows who lives here; everything else is then a plain count.

    ``support`` and ``mode`` count the people who answered by their latest answer. ``others_only`` are people about whom
    somebody else answered and who gave no answer themselves. ``not_asked`` are those here whom nobody asked.
    """

    here: int | None
    asked: int
    answered: int
    support: Mapping[str, int] = field(default_factory=dict)
    mode: Mapping[str, int] = field(default_factory=dict)
    others_only: int = 0
    not_asked: tuple[PersonHere, ...] = ()

    def __post_init__(self) -> None:
        if self.answered > self.asked:
            raise Impossible("Whoever answered was asked.")
        if self.here is not None and self.asked > self.here:
            raise Impossible("Nobody is asked who is not here.")


def coverage_of(answers: Iterable[Answer], people: Sequence[PersonHere]) -> Coverage:
    """The coverage of a stretch: ``answers`` in it in order of days, ``people`` who were here in it."""
    answers = tuple(answers)
    here = {each.person_id for each in people}
    own = [each for each in answers if each.rater == "self" and _counts(each, here)]
    asked = {_name(each) for each in own}
    latest = {_name(each): each for each in own if each.answer in ANSWERED}
    others = {
        each.person_id
        for each in answers
        if each.rater in PROXIES and each.instrument != "session_note" and each.person_id and _counts(each, here)
    }
    return Coverage(
        here=len(here) if here else None,
        asked=len(asked),
        answered=len(latest),
        support=Counter(each.support or "not_recorded" for each in latest.values()),
        mode=Counter(each.mode or "not_recorded" for each in latest.values()),
        others_only=len(others - latest.keys()),
        not_asked=tuple(each for each in people if each.person_id not in asked),
    )


def _counts(answer: Answer, here: set[str]) -> bool:
    """Where it is known who is here, an answer of somebody else is no part of the share."""
    return not here or (answer.person_id is not None and answer.person_id in here)


def _name(answer: Answer) -> str:
    return answer.person_id or answer.rater_key or "somebody"
