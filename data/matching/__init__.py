"""Somebody else's export to our columns: profiles, suggestions, and laying one on the other."""

from data.matching.arrange import Arranged, Arrangement, arrangement
from data.matching.match import ColumnMatch, Likely, Match, Question, UnknownWord, Unused
from data.matching.profile import Profile, ProfileError, Wide
from data.matching.shelf import Shelf
from data.matching.suggest import match_table

__all__ = [
    "Arranged", "Arrangement", "ColumnMatch", "Likely", "Match", "Profile", "ProfileError", "Question", "Shelf",
    "UnknownWord", "Unused", "Wide", "arrangement", "match_table",
]  # fmt: skip
