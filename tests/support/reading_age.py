"""How many years of school a text asks for, in the manner of Flesch and Kincaid. A rough guide to long words and sentences."""

from __future__ import annotations

import re

WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
SENTENCE_END = re.compile(r"[.!?:]+(?:\s|$)")


def grade(text: str) -> float:
    """Grade level after Kincaid, Fishburne, Rogers & Chissom 1975: 0.39 words a sentence + 11.8 syllables a word − 15.59.

    A grade of 6 is read by most at eleven or twelve. Raises ValueError for a text without words.
    """
    words = WORD.findall(text)
    if not words:
        raise ValueError("There are no words to read.")
    sentences = sum(1 for part in SENTENCE_END.split(text) if WORD.search(part))
    return 0.39 * len(words) / sentences + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def syllables(word: str) -> int:
    """Groups of vowels, less an e that is not spoken; at least one."""
    lower = word.lower()
    groups = len(re.findall(r"[aeiouy]+", lower))
    silent = bool(re.search(r"[^aeiouyl](?:e|es|ed)$", lower)) and not re.search(r"[td]ed$|[sxz]es$|ches$|shes$", lower)
    return max(1, groups - silent)
