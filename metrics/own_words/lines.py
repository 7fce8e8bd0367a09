"""What is asked of whom: one line a question and kind of answerer, with the outcome it belongs to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from data.model import Answer, Rows

Voice = Literal["self", "family_about_self", "staff_about_self"]
VOICES: tuple[Voice, ...] = ("self", "family_about_self", "staff_about_self")
"""Each about their own life: the three columns."""
SENSES = ("security", "continuity", "belonging", "purpose", "achievement", "significance")
GOOD_ANSWERS = (4.0, 5.0)
TAKEN_UP = (3.0, 4.0, 5.0)
"""A session in which somebody was taken up by what went on, on 0 to 5."""


@dataclass(frozen=True)
class Line:
    """One question put to one kind of answerer on one instrument.

    ``outcome`` is the code of the outcome file. ``good``: the scores that count where the outcome is a share of answers,
    empty where it is a mean. ``moments``: only answers of these occasions. ``fewest`` answers a figure needs.
    """

    outcome: str
    rater: str
    instrument: str
    domain: str
    good: tuple[float, ...] = ()
    moments: tuple[str, ...] = ()
    fewest: int = 1

    @property
    def is_share(self) -> bool:
        return bool(self.good)

    @property
    def rows(self) -> Rows:
        """Everybody who was asked it, whatever they answered."""
        where = {"instrument": (self.instrument,), "domain": (self.domain,), "rater": (self.rater,)}
        return Rows("feedback", where | ({"moment": self.moments} if self.moments else {}))

    def among(self, answers: Iterable[Answer]) -> tuple[Answer, ...]:
        """The answers on this line: the same instrument, question and kind of answerer, and no other."""
        return tuple(
            each
            for each in answers
            if each.rater == self.rater and each.instrument == self.instrument and each.domain == self.domain
        )


def _own(outcome: str, domain: str, *, share: bool = False) -> Line:
    return Line(outcome, "self", "person_checkin", domain, GOOD_ANSWERS if share else ())


def _family(outcome: str, domain: str) -> Line:
    return Line(outcome, "family_about_self", "family_checkin", domain)


def _staff(outcome: str, domain: str, *, share: bool = False, fewest: int = 1) -> Line:
    return Line(outcome, "staff_about_self", "staff_checkin", domain, GOOD_ANSWERS if share else (), fewest=fewest)


AT_REVIEW = Line("L13", "self", "person_checkin", "support_overall", moments=("review", "reassessment"))
MY_SAY: tuple[Line, ...] = (
    _own("L4", "mood"), _own("L2", "control", share=True), _own("L3", "choice", share=True), _own("L5", "independence"),
    _own("L6", "heard"), _own("L10", "reflects_me"), AT_REVIEW,
)  # fmt: skip
FAMILY: tuple[Line, ...] = (
    _family("K1", "confident"), _family("K2", "valued"), _family("I7", "understands"), _family("L10", "reflects_me"),
)  # fmt: skip
STAFF: tuple[Line, ...] = (
    _staff("T1", "happy", share=True, fewest=10), _staff("T2", "proud", share=True, fewest=10),
    _staff("T3", "supported", share=True, fewest=10), _staff("T4", "control"),
)  # fmt: skip
LINES: dict[Voice, tuple[Line, ...]] = {"self": MY_SAY, "family_about_self": FAMILY, "staff_about_self": STAFF}
"""The questions of each voice beside the six senses, in the order in which they are shown."""
SENSES_OF: dict[Voice, tuple[Line, ...]] = {
    voice: tuple(Line("L1", voice, instrument, sense) for sense in SENSES)
    for voice, instrument in zip(VOICES, ("person_checkin", "family_checkin", "staff_checkin"), strict=True)
}
ENGAGED = Line("L8", "observer", "session_note", "engagement", TAKEN_UP)
CODES = tuple(dict.fromkeys(["L9", "L1", *(line.outcome for lines in LINES.values() for line in lines), "L7", "L8"]))
"""The outcomes this part of the product speaks of."""
