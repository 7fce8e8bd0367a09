"""The one way an answer is kept: under a key that says whose it is.

A cache that takes the reader from its surroundings, or from an argument Streamlit leaves out of the key, gives the
first reader's answer to everybody. So the key comes first, as itself, every time.
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from typing import Concatenate, NamedTuple, ParamSpec, TypeVar

import streamlit as st

from dashboard import roles

_P = ParamSpec("_P")
_T = TypeVar("_T")


class Denied(Exception):
    """This reader may not have what was asked for; nothing was opened."""


class Key(NamedTuple):
    """What every answer is kept under: reader, file, version of the data, folder of own outcomes."""

    role: str
    path: str
    version: str
    own: str


def cached(
    *, at_most: int, spinner: str | bool = False, copied: bool = False
) -> Callable[[Callable[Concatenate[Key, _P], _T]], Callable[Concatenate[Key, _P], _T]]:
    """Keep ``at_most`` answers of a function whose first argument is the ``Key``.

    ``copied`` gives each caller a copy of its own; without it all share one answer, which nobody may change.
    Arguments whose names begin with a line below are not part of what an answer is kept under, so they must follow from
    the others. Raises TypeError for a function without the key in front, and Denied for the key of another reader.
    """

    def keeping(function: Callable[Concatenate[Key, _P], _T]) -> Callable[Concatenate[Key, _P], _T]:
        first = next(iter(inspect.signature(function).parameters.values()), None)
        if first is None or first.name != "key" or first.annotation not in (Key, "Key"):
            raise TypeError(f"{function.__name__}: an answer is kept under its key, so the key comes first.")
        keep = st.cache_data if copied else st.cache_resource
        remembering = keep(show_spinner=spinner, max_entries=at_most)(function)

        def asked(key: Key, /, *more: _P.args, **named: _P.kwargs) -> _T:
            if type(key) is not Key:
                raise TypeError(f"{function.__name__}: the first argument is not a key.")
            if key.role != roles.role_served():
                raise Denied("What was kept for one reader is not given to another.")
            return remembering(key, *more, **named)

        functools.update_wrapper(asked, function)
        # so that a benchmark can begin with nothing kept
        asked.clear = remembering.clear  # type: ignore[attr-defined]
        return asked

    return keeping
