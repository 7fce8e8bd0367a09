"""Answers in words to numbers from 1 to 5: the scales that surveys use, and what is no score but an answer."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from data.matching.codes import plain_word
from data.values import is_nothing, read_number

FIXED_SCALES: tuple[tuple[str, ...], ...] = (
    (
        "strongly disagree|disagree strongly|totally disagree|completely disagree|definitely disagree",
        "disagree|slightly disagree|tend to disagree|somewhat disagree|disagree somewhat",
        "neither agree nor disagree|neither agree or disagree|neutral|neither|undecided|no opinion|not sure either way",
        "agree|slightly agree|tend to agree|somewhat agree|agree somewhat",
        "strongly agree|agree strongly|totally agree|completely agree|definitely agree",
    ),
    (
        "very dissatisfied|extremely dissatisfied|very unsatisfied",
        "dissatisfied|fairly dissatisfied|somewhat dissatisfied|unsatisfied",
        "neither satisfied nor dissatisfied|neutral|neither",
        "satisfied|fairly satisfied|somewhat satisfied|quite satisfied",
        "very satisfied|extremely satisfied|completely satisfied",
    ),
    (
        "very poor|terrible|very bad|awful",
        "poor|bad",
        "neither good nor poor|ok|okay|average|fair|satisfactory|neither good nor bad|all right",
        "good",
        "very good|excellent|outstanding",
    ),
    (
        "very unlikely|extremely unlikely|highly unlikely",
        "unlikely|somewhat unlikely|fairly unlikely|quite unlikely",
        "undecided|neither likely nor unlikely|neutral|neither|unsure either way",
        "likely|somewhat likely|fairly likely|quite likely",
        "very likely|extremely likely|highly likely",
    ),
    (
        "never|none of the time",
        "rarely|seldom|hardly ever|not often|a little of the time",
        "sometimes|occasionally|some of the time|now and then",
        "often|usually|most of the time|frequently|mostly",
        "always|all of the time|all the time",
    ),
    (
        "very unhappy|very sad",
        "unhappy|sad|quite unhappy|fairly unhappy",
        "neither happy nor unhappy|ok|okay|neutral|in between",
        "happy|quite happy|fairly happy",
        "very happy",
    ),
    (
        "much worse|a lot worse",
        "worse|a bit worse|a little worse|slightly worse",
        "the same|about the same|same|no change",
        "better|a bit better|a little better|slightly better",
        "much better|a lot better",
    ),
    (
        "very difficult",
        "difficult|fairly difficult|quite difficult",
        "neither easy nor difficult|neutral",
        "easy|fairly easy|quite easy",
        "very easy",
    ),
)
"""Scales of five steps, the least first: the words of each step are known, so a step nobody chose keeps its place."""

DEGREES: tuple[str, ...] = (
    "not at all|no not at all|none|not",
    "hardly|very little|a little bit",
    "a little|slightly|a bit|yes a little|to a small extent|not very|not much",
    "somewhat|partly|to some extent|moderately|yes somewhat|yes to some extent|yes partly|some of the time",
    "quite|fairly|mostly|to a large extent|quite a lot|yes mostly|quite a bit|a fair amount",
    "very|a lot|a great deal|yes very|very much|yes very much|yes a lot|very well",
    "completely|fully|extremely|totally|entirely|yes completely|yes definitely|definitely|yes fully|always",
)
"""Words of degree, the least first. How many steps a question had is seen from the answers; they are put evenly on 1 to 5."""

FRIENDS_AND_FAMILY: Mapping[str, int] = {
    words: number
    for number, both in enumerate(
        ("very good|extremely likely", "good|likely", "neither good nor poor|neither likely nor unlikely", "poor|unlikely",
         "very poor|extremely unlikely"), start=1,
    )
    for words in both.split("|")
}  # fmt: skip
"""The test's own numbers, on which 1 is best; since 2020 in other words (NHS England)."""

_WORDS_OF_ANSWERS: Mapping[str, str] = {
    "dont_know": (
        "don t know|dont know|do not know|i don t know|i dont know|not sure|unsure|dk|can t say|cant say|i do not know|"
        "not known|unknown|no idea|can t remember|not certain"
    ),
    "rather_not": (
        "prefer not to say|rather not say|i would rather not say|prefer not to answer|declined to answer|refused|"
        "i d rather not say|would rather not say|declined|no comment|rather not"
    ),
    "not_able": "unable to answer|not able to answer|not able|could not answer|unable|unable to respond|can t answer",
}
ANSWERS: Mapping[str, str] = {
    words: code for code, several in _WORDS_OF_ANSWERS.items() for words in several.split("|")
}
"""Answers that are kept as answers and are no score."""

LEAST_STEPS = 3

_CUT = re.compile(r"\s+[-–—]+\s*|\s*[–—:;(]\s*|,\s")
_LEADING_FIGURE = re.compile(r"^\(?([1-5])\s*[-–—.:)=]\s*(?=\D)")
_LESS = re.compile(r"\bnot very\b")


def answer_of(text: str) -> str | None:
    """The answer code of a cell that is an answer but no score; None for any other."""
    return ANSWERS.get(_plain(text))


def _plain(text: str) -> str:
    return plain_word(text.replace("'", " ").replace("’", " "))


def _forms(text: str) -> tuple[str, ...]:
    """The whole answer, and what stands before a dash or a colon: "Somewhat – now and then" as "somewhat"."""
    whole = _plain(text)
    lead = _plain(_CUT.split(text.strip(), maxsplit=1)[0])
    return (whole, lead) if lead and lead != whole else (whole,)


def score_words(values: Iterable[str]) -> dict[str, str] | None:
    """Each different answer with its score (or answer code), when together they are one scale; None otherwise.

    Scores run from 1 to 5, the best answer highest; figures stand for themselves and are not listed.
    """
    told = [text for text in dict.fromkeys(values) if not is_nothing(text) or answer_of(text)]
    answers = {text: code for text in told if (code := answer_of(text)) is not None}
    rated = [text for text in told if text not in answers]
    if not rated:
        return None
    if all(_is_step(text) for text in rated):
        return answers
    numbered = {text: found[1] for text in rated if (found := _LEADING_FIGURE.match(text))}
    if len(numbered) == len(rated):
        return answers | numbered
    for scale in FIXED_SCALES:
        steps = {words: number for number, several in enumerate(scale, start=1) for words in several.split("|")}
        placed = _placed(rated, steps)
        if placed is not None and (len(set(placed.values())) >= 2 or len(rated) == 1):
            return answers | {text: f"{number}" for text, number in placed.items()}
    return _by_degree(rated, answers)


def _is_step(text: str) -> bool:
    return read_number(text) in (1, 2, 3, 4, 5)


def _placed(rated: list[str], steps: Mapping[str, int]) -> dict[str, int] | None:
    placed = {}
    for text in rated:
        found = next((steps[form] for form in _forms(text) if form in steps), None)
        if found is None and not _is_step(text):
            return None
        if found is not None:
            placed[text] = found
    return placed


def _by_degree(rated: list[str], answers: dict[str, str]) -> dict[str, str] | None:
    ranks: dict[str, int] = {}
    for text in rated:
        found = next((rank for form in _forms(text) if (rank := _degree(form)) is not None), None)
        if found is None:
            return None
        ranks[text] = found
    steps = sorted(set(ranks.values()))
    if len(steps) < LEAST_STEPS or len(steps) < len(ranks):
        return None
    apart = 4 / (len(steps) - 1)
    return answers | {text: f"{round(1 + steps.index(rank) * apart, 2):g}" for text, rank in ranks.items()}


def _degree(form: str) -> int | None:
    for rank, several in enumerate(DEGREES):
        if form in several.split("|"):
            return rank
    if _LESS.search(form):
        return 2
    first = form.split(" ")
    if len(first) == 2 and first[0] in (
        "very",
        "quite",
        "fairly",
        "somewhat",
        "extremely",
        "completely",
        "fully",
        "slightly",
        "mostly",
    ):
        return _degree(first[0])
    return None


def friends_and_family(values: Iterable[str]) -> dict[str, str] | None:
    """The Friends and Family Test's own numbers for its answers; None when they are other words."""
    told = [text for text in dict.fromkeys(values) if not is_nothing(text) or answer_of(text)]
    scored: dict[str, str] = {}
    for text in told:
        number = FRIENDS_AND_FAMILY.get(_plain(text))
        code = answer_of(text)
        if number is None and code is None:
            return None
        scored[text] = f"{number}" if number is not None else str(code)
    return scored if any(text.isdigit() for text in scored.values()) else None
