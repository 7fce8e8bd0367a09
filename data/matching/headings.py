"""Headings as words: what two ways of heading the same column have in common, and how alike two of them are."""

from __future__ import annotations

import re
from functools import lru_cache

_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_COUNT_OF = re.compile(r"\b(?:no|nos|num|nr|number|count|total) of\b", re.IGNORECASE)
_SPACED = re.compile(r"[^a-z0-9&]+")
_QUESTION_NUMBER = re.compile(
    r"^(?:q(?:uestion)?[ _.]?\d{1,3}[a-z]?(?![a-z0-9])|\d{1,3}[.):])[\s.:)_-]*", re.IGNORECASE
)
_SMALL_WORDS = (
    "the of a an was were is are did do does please in on at for and this that it what which y n if any dd mm yy "
    "yyyy hh ss hhmm ddmmyyyy select choose enter required"
)
_NOISE = frozenset(_SMALL_WORDS.split())
_SAME: dict[str, str] = {
    each: common
    for common, words in {
        "id": "id ref reference no number num nr identifier refno",
        "person": "person resident client customer tenant patient individual people residents clients resid",
        "service": "service home site branch facility unit scheme ward carehome homes sites services",
        "staff": "staff carer worker employee",
        "date": "date day dt dttm when dates",
        "time": "time clock times tm",
        "occurred": "occurred happened happen occurrence happening occur",
        "incident": "incident incidents inc accident accidents",
        "fall": "fall falls fell fallen",
        "recorded": "recorded record recording logged entered",
        "reported": "reported report",
        "location": "location loc",
        "type": "type types kind",
        "category": "category cat categories",
        "admission": "admission admitted admit adm",
        "discharge": "discharge discharged disch",
        "duration": "duration length",
        "minutes": "minutes mins min",
        "description": "description desc",
        "detail": "detail details",
        "completed": "completed completion complete",
        "injury": "injury injuries",
        "started": "started start starts begin began begins",
        "ended": "ended end ends finish finished",
        "due": "due",
    }.items()
    for each in words.split()
}


@lru_cache(maxsize=20_000)
def words_of(heading: str) -> tuple[str, ...]:
    """The words of a heading that tell: small ones left out, abbreviations and other words for the same made one."""
    text = _COUNT_OF.sub("howmany ", _CAMEL.sub(" ", heading)).casefold().replace("'", "").replace("’", "")
    text = text.replace("service user", "person").replace("care home", "service").replace("a&e", "aande")
    text = re.sub(r"\bsu\b", "person", text)
    words = [word for word in _SPACED.split(text.replace("&", " and ")) if word]
    told = [_SAME.get(word, word) for word in words if word not in _NOISE]
    return tuple(dict.fromkeys(told or words))


@lru_cache(maxsize=20_000)
def bag_of(heading: str) -> frozenset[str]:
    """The words of a heading in no order."""
    return frozenset(words_of(heading))


def without_number(heading: str) -> str:
    """A question without the number before it: "Q12. I feel happy" as "I feel happy"."""
    return _QUESTION_NUMBER.sub("", heading).strip() or heading


@lru_cache(maxsize=200_000)
def alike(one: str, other: str) -> float:
    """Jaro-Winkler similarity of two texts: 0 nothing in common, 1 the same. Winkler 1990."""
    if one == other:
        return 1.0
    if not one or not other:
        return 0.0
    jaro = _jaro(one, other)
    shared = 0
    for left, right in zip(one[:4], other[:4], strict=False):
        if left != right:
            break
        shared += 1
    return jaro + shared * 0.1 * (1 - jaro)


def _jaro(one: str, other: str) -> float:
    reach = max(len(one), len(other)) // 2 - 1
    taken = [False] * len(other)
    matched = []
    for at, letter in enumerate(one):
        for near in range(max(0, at - reach), min(len(other), at + reach + 1)):
            if not taken[near] and other[near] == letter:
                taken[near] = True
                matched.append(letter)
                break
    if not matched:
        return 0.0
    theirs = [letter for letter, is_taken in zip(other, taken, strict=True) if is_taken]
    swapped = sum(left != right for left, right in zip(matched, theirs, strict=True)) / 2
    count = len(matched)
    return (count / len(one) + count / len(other) + (count - swapped) / count) / 3
