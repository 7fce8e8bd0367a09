"""Which of our columns a heading may name, and how surely, by its words alone."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from data.contract import TABLES, plain
from data.matching.headings import alike, bag_of, words_of

OWN, SEEN, SEEN_TWICE, LISTED = 1.0, 0.95, 0.85, 0.92
"""Our own name; a heading the contract lists, once or under several columns; one of our further list."""
SAME_WORDS = 0.04
"""What is taken off when only the words agree, not their order or spelling."""
SAME_WORDS_AT_MOST = 0.94
ALIKE = 0.9
"""Below this Jaro-Winkler similarity two words are not the same one mistyped."""
SHORTEST_MISTYPED = 4
"""Shorter words differ in meaning when they differ in a letter."""

_GENERAL_WORDS = (
    "id date time type category name description location person service staff status reason outcome score event incident "
    "recorded result area action level other started ended month total form need risk main support used from role stage "
    "format question measure fall reported completed"
)
_GENERAL = frozenset(_GENERAL_WORDS.split())


@dataclass(frozen=True)
class Named:
    """A column a heading may name: how surely (0 to 1), and why in plain words. ``turned``: it asks the opposite."""

    strength: float
    why: str
    turned: bool = False


@lru_cache(maxsize=1)
def _synonyms() -> Mapping[str, Mapping[str, object]]:
    return tomllib.loads((Path(__file__).parent / "synonyms.toml").read_text(encoding="utf-8"))


def listed_headings(table: str) -> dict[str, list[str]]:
    """Our further list for a table: column to headings, the part of a moment that is a clock time as ``…_clock``."""
    told: dict[str, list[str]] = {}
    for section in ("any", table):
        for column, headings in _synonyms().get(section, {}).items():
            if column.removesuffix("_clock") in TABLES[table].columns and isinstance(headings, list):
                told.setdefault(column, []).extend(headings)
    return told


def _turned(table: str) -> Mapping[str, list[str]]:
    found = _synonyms()["turned"].get(table, {})
    return found if isinstance(found, dict) else {}


@dataclass(frozen=True)
class _Index:
    """The headings of one table that mean something: by their letters, by their words, and each with its words."""

    letters: Mapping[str, Mapping[str, Named]]
    bags: Mapping[frozenset[str], Mapping[str, Named]]
    known: tuple[tuple[str, frozenset[str]], ...]
    spelt: tuple[tuple[str, tuple[str, ...]], ...]
    clocks: Mapping[frozenset[str], str]


@lru_cache(maxsize=len(TABLES))
def _index(table: str) -> _Index:
    letters: dict[str, dict[str, Named]] = {}
    bags: dict[frozenset[str], dict[str, Named]] = {}
    clocks: dict[frozenset[str], str] = {}

    written: list[tuple[str, str]] = []

    def note(heading: str, column: str, named: Named) -> None:
        written.append((column, heading))
        by_letters = letters.setdefault(plain(heading), {})
        if column not in by_letters or by_letters[column].strength < named.strength:
            by_letters[column] = named
        by_words = bags.setdefault(bag_of(heading), {})
        weaker = Named(min(named.strength, SAME_WORDS_AT_MOST) - SAME_WORDS, named.why, named.turned)
        if column not in by_words or by_words[column].strength < weaker.strength:
            by_words[column] = weaker

    seen: dict[str, set[str]] = {}
    for column in TABLES[table].columns.values():
        for heading in column.seen_as:
            seen.setdefault(plain(heading), set()).add(column.name)
    for name, column in TABLES[table].columns.items():
        note(name, name, Named(OWN, "our own heading"))
        for heading in column.seen_as:
            several = len(seen[plain(heading)]) > 1
            note(heading, name, Named(SEEN_TWICE if several else SEEN, "a heading we know for it"))
    for ours, headings in listed_headings(table).items():
        for heading in headings:
            if ours.endswith("_clock"):
                clocks[bag_of(heading)] = ours.removesuffix("_clock")
            else:
                note(heading, ours, Named(LISTED, "a usual heading for it"))
    why = "asks the opposite, so yes and no are turned round"
    for ours, headings in _turned(table).items():
        for heading in headings:
            letters[plain(heading)] = {ours: Named(LISTED, why, True)}
            bags[bag_of(heading)] = {ours: Named(LISTED - SAME_WORDS, why, True)}
    known = tuple((column, bag) for bag, columns in bags.items() for column in columns)
    spelt = dict.fromkeys((ours, _written(heading)) for ours, heading in written)
    return _Index(letters, bags, known, tuple(spelt), clocks)


@lru_cache(maxsize=50_000)
def named_exactly(table: str, heading: str) -> Mapping[str, Named]:
    """The columns of a table that the heading names outright: by its letters, else by its words in any order."""
    index = _index(table)
    by_letters = index.letters.get(plain(heading), {})
    by_words = index.bags.get(bag_of(heading), {})
    return {**by_words, **by_letters} if by_letters or by_words else {}


@lru_cache(maxsize=50_000)
def named_nearly(table: str, heading: str) -> Mapping[str, Named]:
    """The columns whose known headings are part of this one, or look like it."""
    told: dict[str, Named] = {}

    def note(column: str, strength: float, why: str) -> None:
        if column not in told or told[column].strength < strength:
            told[column] = Named(strength, why)

    bag, written = bag_of(heading), _written(heading)
    for column, known in _index(table).known:
        if known < bag and (len(known) > 1 or not known <= _GENERAL) and len(bag) <= 3 * len(known):
            note(column, 0.55 + 0.25 * len(known) / len(bag), "its heading holds the words of one we know")
    for column, spelt in _index(table).spelt:
        close = _closeness(written, spelt)
        if close >= ALIKE:
            note(column, 0.6 + 0.25 * (close - ALIKE) / (1 - ALIKE), "its heading looks like one we know")
    return told


def _written(heading: str) -> tuple[str, ...]:
    """The words of a heading as they are written."""
    return tuple("".join(letter if letter.isalnum() else " " for letter in heading.casefold()).split())


def _closeness(one: tuple[str, ...], other: tuple[str, ...]) -> float:
    """How alike two headings of as many words are, by their least alike words: 0 when any is another word.

    "Fall Seveirty" is "Fall Severity"; "Fall Time" is not "Fall Type".
    """
    if len(one) != len(other) or not one:
        return 0.0
    least = 1.0
    for word, twin in zip(one, other, strict=True):
        if word == twin:
            continue
        if min(len(word), len(twin)) < SHORTEST_MISTYPED or word[0] != twin[0]:
            return 0.0
        least = min(least, alike(word, twin))
        if least < ALIKE:
            return 0.0
    return least


@lru_cache(maxsize=50_000)
def clock_of(table: str, heading: str) -> str | None:
    """The column whose time of day a heading names ("Time of Fall"); None where it names none."""
    index = _index(table)
    found = index.clocks.get(bag_of(heading))
    if found is not None:
        return found
    bag = bag_of(heading)
    if "time" not in bag:
        return None
    for swapped in (bag - {"time"} | {"date"}, bag - {"time"}):
        times = [name for name in index.bags.get(swapped, {}) if TABLES[table].columns[name].type == "time"]
        if len(times) == 1:
            return times[0]
    return None


_PERSON_WORDS = (
    "surname forename forenames firstname lastname fullname dob birthdate birth email mail phone telephone tel mobile "
    "postcode zip address kin nok username initials maiden nino passport"
)
_NAME_OF_WORDS = (
    "service org organisation organization facility provider team plan project form survey measure indicator audit task "
    "course medicine medication drug activity event location area period kpi metric outcome tool file item month incident "
    "council authority trust category type system icb ccg region parent company questionnaire intervention instrument "
    "product shift room group county department meeting sheet report centre office domain subject scheme title"
)
_ONLY_A_PERSON = frozenset(_PERSON_WORDS.split())
_NAME_OF = frozenset(_NAME_OF_WORDS.split())


def is_nhs_heading(heading: str) -> bool:
    """Whether the heading names the NHS number: not every heading with those letters does."""
    return "nhs" in words_of(heading) and bag_of(heading) <= {"nhs", "id", "person", "service", "digits", "10"}


def names_a_person(heading: str) -> bool:
    """Whether a column so headed holds personal details that are never stored."""
    words = words_of(heading)
    told = set(words)
    if told & _ONLY_A_PERSON or is_nhs_heading(heading):
        return True
    if {"ip", "national insurance"} & told and ("address" in told or "insurance" in told):
        return True
    if {"first", "last", "full", "given", "middle", "family"} & told and "name" in told:
        return True
    return ("name" in told or "names" in told) and not told & _NAME_OF
