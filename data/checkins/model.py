"""One check-in in types: its parts, its questions, its five steps and the answers that are no step.

Every question may be skipped. "I don't know" is an answer and is kept as one; "I would rather not say" says that
somebody was asked; an empty cell says that nobody asked, or that the card was passed over.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.model import Impossible

STEPS = 5
DONT_KNOW = "I don't know"
RATHER_NOT = "I would rather not say"
NOT_ABLE = "Not able to answer today"


@dataclass(frozen=True)
class Question:
    """One card: its code (the domain of the answer), its line, and what a picture beside it could show."""

    code: str
    line: str
    picture: str = ""


@dataclass(frozen=True)
class Part:
    """Cards that belong together; ``moment`` where they are for one occasion only, such as a review."""

    title: str
    questions: tuple[Question, ...]
    moment: str = ""


@dataclass(frozen=True)
class Checkin:
    """One check-in. ``scale`` are the words of the five steps, the least first; ``made_with`` who helped to make it."""

    instrument: str
    rater: str
    title: str
    asked_of: str
    scale: tuple[str, ...]
    parts: tuple[Part, ...]
    made_with: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.scale) != STEPS or len(set(self.scale)) != STEPS:
            raise Impossible(f"{self.instrument}: five different words, the least first.")
        codes = [question.code for question in self.questions]
        if len(set(codes)) != len(codes):
            raise Impossible(f"{self.instrument}: a question is asked once.")
        if any(not question.line for question in self.questions):
            raise Impossible(f"{self.instrument}: every card has a line to read out.")

    @property
    def questions(self) -> tuple[Question, ...]:
        """All cards in order."""
        return tuple(question for part in self.parts for question in part.questions)
