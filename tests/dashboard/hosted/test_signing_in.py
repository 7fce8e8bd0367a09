"""Who is let in: exactly one valid, current entry of the role table, and nothing else."""

from __future__ import annotations

import itertools
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dashboard.hosted.role_table import Entry, RoleTable
from dashboard.hosted.sign_ins import SignIns
from dashboard.hosted.signing_in import Allowed, Denied, SignIn, decide, sign_in_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ISS, SUB = "https://login.example", "s-1"
MANAGER = Entry(ISS, SUB, "manager", "elm.duckdb")
READER = Entry(ISS, SUB, "commissioner")


def claims(signed_in: timedelta = timedelta(minutes=5), **other: object) -> dict[str, object]:
    at = (NOW - signed_in).timestamp()
    return {"is_logged_in": True, "iss": ISS, "sub": SUB, "iat": at, "exp": at + 36_000} | other


def reason(found: Allowed | Denied) -> str:
    return found.reason if isinstance(found, Denied) else "allowed"


def answer(entry: Entry = MANAGER, role: str = "manager", **more: object) -> str:
    return reason(decide(claims(), RoleTable((entry,)), role, NOW, **more))  # type: ignore[arg-type]


def test_the_one_entry_lets_its_person_in_as_what_it_says() -> None:
    assert decide(claims(), RoleTable((MANAGER,)), "manager", NOW) == Allowed(MANAGER, "manager")


@pytest.mark.parametrize(
    ("entries", "why"),
    [
        ((), "no_entry"),
        ((MANAGER, MANAGER), "two_entries"),
        ((MANAGER, READER), "two_entries"),
        ((replace(MANAGER, role="administrator"),), "unknown_role"),
        ((replace(MANAGER, role="Manager"),), "unknown_role"),
        ((READER,), "other_role"),
        ((replace(MANAGER, database=None),), "no_database"),
        ((replace(MANAGER, iss="https://other.example"),), "no_entry"),
        ((replace(MANAGER, sub="s-2"),), "no_entry"),
    ],
)
def test_no_role_two_roles_or_an_unknown_one_open_nothing(entries: tuple[Entry, ...], why: str) -> None:
    """Case 52: unknown role, two roles, no role."""
    assert reason(decide(claims(), RoleTable(entries), "manager", NOW)) == why


@pytest.mark.parametrize("served", ["manager", "commissioner", "researcher"])
def test_a_server_lets_in_its_own_readers_alone(served: str) -> None:
    """Case 49, 52: a commissioner at the manager's server is turned away, whatever page is asked for."""
    assert (answer(READER, served) == "allowed") == (served == "commissioner")


@pytest.mark.parametrize(
    ("hours", "why"),
    [(7.99, "idle"), (8.01, "too_old"), (24 * 29, "too_old"), (-0.01, "allowed"), (-0.1, "from_the_future")],
)
def test_a_cookie_replayed_later_opens_nothing(hours: float, why: str) -> None:
    """Case 52: expired iat, replayed cookie. Streamlit would take it for 30 days."""
    kept = claims(timedelta(hours=hours), exp=NOW.timestamp() + 3600)
    assert reason(decide(kept, RoleTable((MANAGER,)), "manager", NOW)) == why


def test_a_working_day_is_eight_hours_while_the_page_is_used() -> None:
    for hours, why in ((7.99, "allowed"), (8.01, "too_old")):
        used = claims(timedelta(hours=hours), exp=NOW.timestamp() + 3600)
        seen = NOW - timedelta(minutes=29)
        assert reason(decide(used, RoleTable((MANAGER,)), "manager", NOW, last_seen=seen)) == why


@pytest.mark.parametrize("minutes", [29.9, 30.1])
def test_half_an_hour_without_use_ends_it(minutes: float) -> None:
    expected = "allowed" if minutes < 30 else "idle"
    assert answer(last_seen=NOW - timedelta(minutes=minutes)) == expected


@pytest.mark.parametrize("claim", ["iat", "exp", "iss", "sub", "is_logged_in"])
@pytest.mark.parametrize("value", [None, "", " ", "now", True, float("nan"), float("inf"), -1e300, [], {}])
def test_a_claim_that_is_missing_or_strange_opens_nothing(claim: str, value: object) -> None:
    """Case 52."""
    if (claim, value) == ("is_logged_in", True):
        return
    if (claim, value) in (("iss", "now"), ("sub", "now")):
        value = 7
    assert reason(decide(claims(**{claim: value}), RoleTable((MANAGER,)), "manager", NOW)) != "allowed"


def test_the_id_tokens_own_end_is_kept() -> None:
    assert reason(decide(claims(exp=NOW.timestamp()), RoleTable((MANAGER,)), "manager", NOW)) == "expired"


def test_until_counts_its_last_day_in_our_own_days() -> None:
    assert answer(replace(MANAGER, until=date(2026, 11, 22))) == "allowed"
    assert answer(replace(MANAGER, until=date(2026, 11, 21))) == "ended"
    summer = datetime(2027, 6, 30, 23, 30, tzinfo=UTC)  # already 1 July by the clock on the wall
    at = summer.timestamp() - 60
    late = {"is_logged_in": True, "iss": ISS, "sub": SUB, "iat": at, "exp": at + 3600}
    ended = RoleTable((replace(MANAGER, until=date(2027, 6, 30)),))
    assert reason(decide(late, ended, "manager", summer)) == "ended"


def test_whoever_signed_in_before_the_revocation_signs_in_again() -> None:
    """Case 52: revoked user, replayed cookie."""
    revoked = replace(MANAGER, not_before=NOW - timedelta(minutes=1))
    assert answer(revoked) == "before_revocation"
    again = claims(timedelta(seconds=30))
    assert reason(decide(again, RoleTable((revoked,)), "manager", NOW)) == "allowed"


@pytest.mark.parametrize(
    "also",
    [
        {"role": "manager"},
        {"roles": ["manager"]},
        {"groups": ["managers"]},
        {"email": "boss@home.example", "email_verified": True},
        {"database": "oak.duckdb"},
    ],
)
def test_nothing_else_in_the_cookie_counts(also: dict[str, object]) -> None:
    """Case 51, 52: a role or an address among the claims opens nothing and changes nothing."""
    assert reason(decide(claims(sub="stranger", **also), RoleTable((MANAGER,)), "manager", NOW)) == "no_entry"
    assert decide(claims(**also), RoleTable((MANAGER,)), "manager", NOW) == Allowed(MANAGER, "manager")


_entries = st.builds(
    Entry,
    iss=st.sampled_from([ISS, "https://other.example"]),
    sub=st.sampled_from([SUB, "s-2"]),
    role=st.sampled_from(["manager", "commissioner", "researcher", "owner", ""]),
    database=st.sampled_from([None, "elm.duckdb"]),
    until=st.sampled_from([None, date(2026, 11, 21), date(2026, 11, 22)]),
    not_before=st.sampled_from([None, NOW - timedelta(hours=1), NOW]),
)
_ages = st.sampled_from([-3600, -30, 0, 60, 1700, 1900, 7 * 3600, 9 * 3600])
_claims = st.builds(
    lambda age, lasts, who, inside: {"is_logged_in": inside, "iat": NOW.timestamp() - age, **lasts, **who},
    _ages,
    st.sampled_from([{}, {"exp": NOW.timestamp() - 1}, {"exp": NOW.timestamp() + 60}]),
    st.sampled_from([{"iss": ISS, "sub": SUB}, {"iss": ISS}, {"sub": SUB}, {"iss": ISS, "email": SUB}]),
    st.sampled_from([True, False, None, "yes"]),
)


@given(
    found=_claims,
    entries=st.lists(_entries, max_size=3).map(tuple),
    served=st.sampled_from(["manager", "commissioner", "researcher"]),
    seen=st.sampled_from([None, NOW - timedelta(minutes=1), NOW - timedelta(minutes=31)]),
    signed_out=st.booleans(),
)
@example(claims(), (MANAGER,), "manager", None, False)
def test_only_exactly_one_valid_current_entry_is_ever_let_in(
    found: dict[str, object], entries: tuple[Entry, ...], served: str, seen: datetime | None, signed_out: bool
) -> None:
    """Case 52, 53: said a second time, in other words, and compared."""
    mine = [each for each in entries if each.iss == found.get("iss") and each.sub == found.get("sub")]
    iat, exp = float(str(found["iat"])), float(str(found.get("exp", 0)))
    age = NOW.timestamp() - iat
    since_used = age if seen is None else (NOW - seen).total_seconds()
    expected = (
        found["is_logged_in"] is True
        and len(mine) == 1
        and mine[0].role == served
        and (served != "manager" or mine[0].database is not None)
        and -60 <= age <= 8 * 3600
        and exp > NOW.timestamp()
        and mine[0].until != date(2026, 11, 21)
        and (mine[0].not_before is None or iat >= mine[0].not_before.timestamp())
        and not signed_out
        and since_used <= 30 * 60
    )
    decided = decide(found, RoleTable(entries), served, NOW, last_seen=seen, signed_out=signed_out)
    assert isinstance(decided, Allowed) == expected
    if isinstance(decided, Allowed):
        assert (decided.entry, decided.role) == (mine[0], served)


def test_the_order_of_the_table_never_matters() -> None:
    others = (replace(MANAGER, sub="s-2"), replace(READER, sub="s-3"), MANAGER)
    for order in itertools.permutations(others):
        assert decide(claims(), RoleTable(order), "manager", NOW) == Allowed(MANAGER, "manager")


def test_signing_out_ends_every_copy_of_the_cookie_and_old_ones_are_forgotten() -> None:
    """Case 52: a cookie copied before signing out."""
    known, who = SignIns(), sign_in_of(claims())
    assert isinstance(who, SignIn)
    known.used(who, NOW)
    known.end(who)
    assert known.is_ended(who)
    assert known.last_seen(who) == NOW
    later = SignIn(ISS, SUB, NOW + timedelta(hours=9))
    known.used(later, later.at)
    assert known.last_seen(who) is None
    assert not known.is_ended(who)  # by then it is older than a working day, and too old by itself
