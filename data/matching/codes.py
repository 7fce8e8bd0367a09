"""Their words for our codes. A word nobody has listed stays unknown: a guessed code is a wrong count."""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from data.contract import TABLES, Column
from data.matching.match import UnknownWord
from data.values import is_damaged, is_nothing, read_yes_no, word

_LEADING_NUMBER = re.compile(r"^\(?\d{1,2}\s*[-–—.):]\s*(?=\D)")
_BRACKET = re.compile(r"\s*\([^()]*\)\s*$")
_PART = re.compile(r"\s*[-–—:/,(]\s*")
_TAKES_ITS_FIRST_PART = frozenset(
    {
        ("incidents", "kind"),
        ("incidents", "location"),
        ("falls", "location"),
        ("falls", "injury"),
        ("stays", "end_reason"),
    }
)
"""Columns in which what stands before a dash or a colon says it: "Fall - witnessed", "Bathroom: upstairs"."""
_TAKES_IT_BACK = re.compile(
    r"\b(?:near miss|no fall|no injury|risk|prevented|assessment|attempt(?:ed)?|not|potential|review|test|alleged|query)\b",
    re.IGNORECASE,
)
_HOSPITAL = (
    ("aande", "attended"),
    ("admission", "admitted"),
    ("999", "ambulance_called"),
    ("ambulance", "ambulance_called"),
)
NEAREST = 3


def plain_word(text: str) -> str:
    """A word of a list without case and marks: "En-suite" and "en suite" are one."""
    text = text.casefold().replace("&", " and ").replace("'", "").replace("’", "")
    return " ".join("".join(letter if letter.isalnum() else " " for letter in text).split())


@lru_cache(maxsize=1)
def _listed() -> Mapping[str, Mapping[str, Mapping[str, list[str]]]]:
    return tomllib.loads((Path(__file__).parent / "words.toml").read_text(encoding="utf-8"))


@lru_cache(maxsize=256)
def vocabulary(table: str, column: str) -> Mapping[str, str]:
    """Listed words of a column, plain, to our codes."""
    listed = _listed()
    name = "voices" if column in ("designed_with", "declared_with") else column
    sources = (listed.get("any", {}).get(name, {}), listed.get(table, {}).get(name, {}))
    return {plain_word(theirs): ours for source in sources for ours, words in source.items() for theirs in words}


@lru_cache(maxsize=50_000)
def code_of(table: str, column: str, text: str) -> str | None:
    """Our code for one of their words; None when it is not listed. The code itself is returned as the contract spells it."""
    found = TABLES[table].columns[column]
    if found.type == "codes":
        return _several(table, column, text)
    if (own := _own_code(found, text)) is not None:
        return own
    listed = vocabulary(table, column)
    for tried in (text, _LEADING_NUMBER.sub("", text), _BRACKET.sub("", _LEADING_NUMBER.sub("", text))):
        own = _own_code(found, tried) or listed.get(plain_word(tried))
        if own is not None:
            return own
    if (said := read_yes_no(text)) is not None and said in listed:
        return listed[said]
    if (table, column) in _TAKES_ITS_FIRST_PART and not _TAKES_IT_BACK.search(text):
        first = _PART.split(_LEADING_NUMBER.sub("", text).strip(), maxsplit=1)[0]
        return _own_code(found, first) or listed.get(plain_word(first))
    return None


def _own_code(column: Column, text: str) -> str | None:
    if column.type == "yn":
        return read_yes_no(text)
    return _spelt(column.codes).get(word(text))


@lru_cache(maxsize=256)
def _spelt(codes: tuple[str, ...]) -> Mapping[str, str]:
    return {word(code): code for code in codes}


def _several(table: str, column: str, text: str) -> str | None:
    codes = _spelt(TABLES[table].columns[column].codes)
    listed = vocabulary(table, column)
    found = [
        codes.get(word(part)) or listed.get(plain_word(part))
        for part in re.split(r"[;,/+]| and | & ", text)
        if part.strip()
    ]
    return ";".join(dict.fromkeys(each for each in found if each)) if found and all(found) else None


def is_coded(column: Column) -> bool:
    """Whether the words of the column are to be matched to codes of ours."""
    return column.type in ("code", "codes", "yn")


def needs_no_entry(column: Column, text: str) -> bool:
    """Whether the cell is read as it stands: our own code in any spelling, or a way of writing nothing."""
    if column.type == "codes":
        codes = _spelt(column.codes)
        return all(word(part) in codes for part in text.split(";") if part.strip())
    return _own_code(column, text) is not None or is_nothing(text)


def match_words(
    table: str, column: str, counted: Mapping[str, int], turned: bool = False, heading: Iterable[str] = ()
) -> tuple[dict[str, str], tuple[UnknownWord, ...]]:
    """Their words that differ from our codes, with the code; and the words nobody has listed, most frequent first.

    ``turned``: the heading asks for the opposite ("Unwitnessed"), so that yes means no. ``heading``: its words, which
    say what a bare yes means under "999 called".
    """
    found = TABLES[table].columns[column]
    codes: dict[str, str] = {}
    seen: set[str] = set()
    unknown: dict[str, UnknownWord] = {}
    for text, times in sorted(counted.items(), key=lambda each: (-each[1], each[0])):
        same = word(text)
        said = read_yes_no(text)
        if is_damaged(text) or (is_nothing(text) and plain_word(text) not in vocabulary(table, column)):
            continue
        if turned and said is not None:
            ours: str | None = code_of(table, column, "no" if said == "yes" else "yes")
        elif column == "hospital" and said == "yes":
            ours = next((code for sign, code in _HOSPITAL if sign in heading), "attended")
        else:
            ours = None if needs_no_entry(found, text) and not is_nothing(text) else code_of(table, column, text)
            if ours is None and needs_no_entry(found, text):
                continue
        if ours is not None:
            if same not in seen:
                codes[text.strip()] = ours
                seen.add(same)
        elif same in unknown:
            before = unknown[same]
            unknown[same] = UnknownWord(column, before.word, before.times + times, before.nearest)
        else:
            unknown[same] = UnknownWord(column, text.strip(), times, nearest_codes(table, found, text))
    return codes, tuple(unknown.values())


def nearest_codes(table: str, column: Column, text: str) -> tuple[str, ...]:
    """The codes whose own or listed words look most like this one."""
    words = {plain_word(code): code for code in (column.codes or ("yes", "no"))} | dict(vocabulary(table, column.name))
    near = difflib.get_close_matches(plain_word(text), words, n=NEAREST * 2, cutoff=0.6)
    return tuple(dict.fromkeys(words[each] for each in near))[:NEAREST]
