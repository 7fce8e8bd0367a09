"""When each sign-in was used last, and which were ended: kept in the server's memory, for as long as they could matter.

It belongs to the sign-in and not to the tab, so a copied cookie is idle, or signed out, wherever it is used. After a
restart nothing is known; a sign-in older than the idle time then counts as idle.
"""

from __future__ import annotations

import threading
from datetime import datetime

from dashboard.hosted.signing_in import SIGNED_IN_FOR, SignIn


class SignIns:
    """What this server knows of the sign-ins it has seen; safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._seen: dict[SignIn, datetime] = {}
        self._ended: set[SignIn] = set()

    def last_seen(self, who: SignIn) -> datetime | None:
        """When it was used last; None when it is new here."""
        with self._lock:
            return self._seen.get(who)

    def is_ended(self, who: SignIn) -> bool:
        """Whether its owner signed out."""
        with self._lock:
            return who in self._ended

    def used(self, who: SignIn, now: datetime) -> None:
        """Write down that it was used, and forget those that are too old to open anything."""
        with self._lock:
            self._seen = {each: at for each, at in self._seen.items() if now - each.at <= SIGNED_IN_FOR}
            self._ended = {each for each in self._ended if now - each.at <= SIGNED_IN_FOR}
            self._seen[who] = now

    def end(self, who: SignIn) -> None:
        """Its owner signed out: no copy of the cookie opens anything any more."""
        with self._lock:
            self._ended.add(who)
