"""How many were asked and what they said: the figure of one line in one stretch of time.

"I don't know" is an answer and is counted as one; it never has a score. A mean counts each answerer once, so that
nobody weighs more for having been asked more often.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from data.model import Answer, Impossible, Period
from metrics.model import PROXIES
from metrics.own_words.lines import Line

FEWEST_ANSWERERS = 5
"""A figure of fewer says who answered, not how it is."""


@dataclass(frozen=True)
class Counts:
    """Times asked, by what came of it; ``answerers`` are the different people behind the scores and "I don't know"."""

    scored: int = 0
    dont_know: int = 0
    rather_not: int = 0
    not_able: int = 0
    answerers: int = 0

    def __post_init__(self) -> None:
        if self.answerers > self.answered:
            raise Impossible("There cannot be more answerers than answers.")

    @property
    def asked(self) -> int:
        return self.scored + self.dont_know + self.rather_not + self.not_able

    @property
    def answered(self) -> int:
        """With a score, or with "I don't know"."""
        return self.scored + self.dont_know


@dataclass(frozen=True)
class Figure:
    """One line in one stretch. ``value``: the mean, or how many in 100; None with too few behind it. ``hits``: of a share."""

    counts: Counts
    scorers: int
    value: float | None
    hits: int = 0


def within(answers: Iterable[Answer], period: Period | None) -> tuple[Answer, ...]:
    """The answers given in a period; none where there is no period."""
    if period is None:
        return ()
    return tuple(each for each in answers if period.first <= each.given_on <= period.last)


def who(answer: Answer, number: int = 0) -> str:
    """Whose answer it is: the same answerer over time; of answers about a person, that person; else nobody known twice."""
    about = answer.rater in PROXIES
    first, second = (answer.person_id, answer.rater_key) if about else (answer.rater_key, answer.person_id)
    return first or second or f"answer {number}"


def counts_of(answers: Sequence[Answer]) -> Counts:
    """Everybody asked, by what came of it."""
    by_answer = Counter(each.answer for each in answers)
    behind = {who(each, number) for number, each in enumerate(answers) if each.answer in ("score", "dont_know")}
    return Counts(
        by_answer["score"], by_answer["dont_know"], by_answer["rather_not"], by_answer["not_able"], len(behind)
    )


def figure_of(line: Line, answers: Sequence[Answer]) -> Figure:
    """The figure of a line from answers on it alone. Raises Impossible for an answer of another line.

    Each form is another way of asking: where there are several, the one used last counts, and all are counted as asked.
    """
    if line.among(answers) != tuple(answers):
        raise Impossible("No figure crosses a kind of answerer, an instrument or a question.")
    scored = on_last_form([each for each in answers if each.score is not None])
    said: dict[str, list[float]] = defaultdict(list)
    for number, each in enumerate(scored):
        assert each.score is not None
        said[who(each, number)].append(each.score)
    hits = sum(each.score in line.good for each in scored)
    value: float | None = None
    if len(said) >= FEWEST_ANSWERERS and len(scored) >= line.fewest:
        mean = sum(sum(own) / len(own) for own in said.values()) / len(said)
        value = 100 * hits / len(scored) if line.is_share else mean
    return Figure(counts_of(answers), len(said), value, hits)


def forms(answers: Iterable[Answer]) -> frozenset[str]:
    """The forms answers were given on; answers without one are a form of their own."""
    return frozenset(each.form or "" for each in answers)


def on_last_form(answers: Sequence[Answer]) -> tuple[Answer, ...]:
    """No figure crosses a form: only answers on the one used last."""
    if not answers:
        return ()
    last = max(answers, key=lambda each: each.given_on).form
    return tuple(each for each in answers if each.form == last)


@dataclass(frozen=True)
class Answerers:
    """The different people behind answers. ``unknown``: answers that do not say whether the same person gave another."""

    known: int
    unknown: int

    @property
    def any(self) -> bool:
        return bool(self.known or self.unknown)


def answerers(answers: Iterable[Answer]) -> Answerers:
    """Who answered, with a score or with "I don't know"."""
    answered = [each for each in answers if each.answer in ("score", "dont_know")]
    known = {each.rater_key or each.person_id for each in answered} - {None}
    return Answerers(len(known), sum(each.rater_key is None and each.person_id is None for each in answered))
