"""Which pages each reader has. The reader is fixed by how the server was started, never by the page or its address."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal, get_args

Role = Literal["manager", "commissioner", "researcher"]
ROLES: tuple[Role, ...] = get_args(Role)


@dataclass(frozen=True)
class Page:
    """A page of the menu: its file below ``app_pages``, its name, and whether the menu names it."""

    file: str
    title: str
    in_menu: bool = True


PAGES: dict[Role, tuple[Page, ...]] = {
    "manager": (
        Page("what_changed.py", "What changed"),
        Page("one_change.py", "One change, before and after"),
        Page("own_words.py", "In people's own words"),
        Page("whose_views.py", "Whose views"),
        Page("choice.py", "Choice"),
        Page("accountable.py", "Safe and accountable"),
        Page("left_out.py", "Who is left out"),
        Page("trends.py", "Trends"),
        Page("services.py", "All services"),
        Page("record.py", "Record a change"),
        Page("add_data.py", "Add data"),
        Page("trust.py", "Can I trust the data?"),
        Page("method.py", "How we work it out"),
        Page("one_person.py", "One person", in_menu=False),
    ),
    "commissioner": (
        Page("commissioner/all_services.py", "All services"),
        Page("commissioner/changes_tried.py", "Changes tried"),
        Page("commissioner/who_is_left_out.py", "Who is left out"),
        Page("commissioner/download.py", "Download the quarter's table"),
        Page("method.py", "How we work it out"),
    ),
    "researcher": (
        Page("researcher/explore.py", "Explore"),
        Page("researcher/methods.py", "Methods"),
        Page("researcher/download.py", "Download"),
    ),
}


def role_served() -> Role:
    """The reader this server was started for. Raises ValueError for a word that names none."""
    named = os.environ.get("OUTCOMES_ROLE", "manager")
    for role in ROLES:
        if role == named:
            return role
    raise ValueError("This server was started for a reader that does not exist.")
