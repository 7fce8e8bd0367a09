"""May this person open this page now? One pure decision; nothing but exactly one valid, current entry is let in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from dashboard.hosted.role_table import Entry, RoleTable
from dashboard.roles import ROLES, Role

SIGNED_IN_FOR = timedelta(hours=8)
"""A working day; Streamlit's own cookie would last 30 days."""
IDLE_FOR = timedelta(minutes=30)
CLOCKS_APART = timedelta(seconds=60)
"""How far the clock of the sign-in service may be ahead of ours before a sign-in counts as from the future."""
OUR_DAYS = ZoneInfo("Europe/London")
"""The days that ``until`` counts."""

Reason = Literal[
    "not_signed_in", "no_name", "no_entry", "two_entries", "unknown_role", "other_role", "no_database", "no_moment",
    "from_the_future", "too_old", "expired", "ended", "signed_out", "before_revocation", "idle",
]  # fmt: skip


@dataclass(frozen=True)
class Denied:
    """Not let in. The reason is for the count in the log, never for the page."""

    reason: Reason


@dataclass(frozen=True)
class Allowed:
    """Let in, as what the table says."""

    entry: Entry
    role: Role


@dataclass(frozen=True)
class SignIn:
    """One sign-in: who vouches, for whom, since when. The same in every tab, and in a copy of its cookie."""

    iss: str
    sub: str
    at: datetime


def sign_in_of(claims: Mapping[str, object]) -> SignIn | Denied:
    """Who signed in when, as the checked claims say. E-mail addresses are not looked at: they can be re-used."""
    if claims.get("is_logged_in") is not True:
        return Denied("not_signed_in")
    iss, sub = claims.get("iss"), claims.get("sub")
    if not (isinstance(iss, str) and isinstance(sub, str) and iss.strip() and sub.strip()):
        return Denied("no_name")
    at = _moment(claims.get("iat"))
    return Denied("no_moment") if at is None else SignIn(iss, sub, at)


def decide(
    claims: Mapping[str, object],
    table: RoleTable,
    served_role: str,
    now: datetime,
    *,
    last_seen: datetime | None = None,
    signed_out: bool = False,
) -> Allowed | Denied:
    """Whether the person behind these claims may use a server of this role at this moment.

    ``last_seen`` is when this sign-in was used last; without it the sign-in itself counts, so that a cookie kept
    for later is idle too. ``signed_out`` says that its owner ended it. ``now`` carries its zone.
    """
    who = sign_in_of(claims)
    if isinstance(who, Denied):
        return who
    entries = table.of(who.iss, who.sub)
    if len(entries) != 1:
        return Denied("two_entries" if entries else "no_entry")
    (entry,) = entries
    role = next((role for role in ROLES if role == entry.role), None)
    if role is None:
        return Denied("unknown_role")
    if role != served_role:
        return Denied("other_role")
    if role == "manager" and entry.database is None:
        return Denied("no_database")
    refused = _too_late(who, entry, _moment(claims.get("exp")), now, last_seen, signed_out=signed_out)
    return Allowed(entry, role) if refused is None else Denied(refused)


def _too_late(
    who: SignIn, entry: Entry, expires: datetime | None, now: datetime, last_seen: datetime | None, *, signed_out: bool
) -> Reason | None:
    if who.at > now + CLOCKS_APART:
        return "from_the_future"
    if now - who.at > SIGNED_IN_FOR:
        return "too_old"
    if expires is None or expires <= now:
        return "expired"
    if entry.until is not None and now.astimezone(OUR_DAYS).date() > entry.until:
        return "ended"
    if entry.not_before is not None and who.at < entry.not_before:
        return "before_revocation"
    if signed_out:
        return "signed_out"
    if now - (last_seen or who.at) > IDLE_FOR:
        return "idle"
    return None


def _moment(claim: object) -> datetime | None:
    """Seconds since 1970 as a moment; None for anything that is not a sensible number."""
    if isinstance(claim, bool) or not isinstance(claim, int | float):
        return None
    try:
        return datetime.fromtimestamp(claim, UTC)
    except (OverflowError, OSError, ValueError):
        return None
