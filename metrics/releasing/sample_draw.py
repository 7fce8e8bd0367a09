"""Who is drawn, under which number, in which group of services: from keys alone, so that no list of people is kept.

Pure: the same keys give the same answer. The key of a release is drawn for it and thrown away.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import random
from collections.abc import Iterable, Mapping
from math import floor

from data.anonymity import SampleRules

DRAWS = 2
"""From the same people: two, and no person is in both."""
PID_LENGTH = 16
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
MIXED = "mixed"


def drawn(person_codes: Iterable[str], key: bytes, draw: int, share: float) -> frozenset[str]:
    """The people of a draw: a half fixed by the key, the other half for the second draw, cut to the share.

    The half a person belongs to never changes, whoever else comes or goes. Raises ValueError for a third draw.
    """
    if not 1 <= draw <= DRAWS:
        raise ValueError("There are two draws from the same people, no third.")
    codes = sorted(set(person_codes))
    places = {code: _fraction(key, f"draw|{code}") for code in codes}
    half = sorted((place, code) for code, place in places.items() if (place < 0.5) == (draw == 1))
    return frozenset(code for _, code in half[: floor(share * len(codes))])


def pid_of(release_key: bytes, person_code: str) -> str:
    """The number of a person in one release; without its key, which is not kept, it leads nowhere."""
    digest = hmac.new(release_key, f"pid|{person_code}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii")[:PID_LENGTH]


def service_groups(
    people: Mapping[str, int], settings: Mapping[str, str], release_key: bytes, rules: SampleRules
) -> dict[str, str]:
    """Service to the letter of its group: services of one setting put together at random, large enough to hide each.

    ``people``: how many of each service are drawn. Settings with too few services or people share a group; where even
    that is too small, everybody is in one.
    """
    chance = random.Random(seed_of(release_key, "groups"))
    by_setting: dict[str, list[str]] = {}
    for service in sorted(people):
        by_setting.setdefault(settings.get(service, MIXED), []).append(service)
    groups: list[list[str]] = []
    rest: list[str] = []
    for setting in sorted(by_setting):
        found, left = _grouped(by_setting[setting], people, chance, rules)
        groups += found
        rest += left
    if rest:
        found, left = _grouped(rest, people, chance, rules)
        groups += found
        if left and groups:
            min(groups, key=lambda group: sum(people[each] for each in group)).extend(left)
        elif left:
            groups.append(left)
    letters = list(LETTERS[: len(groups)]) if len(groups) <= len(LETTERS) else [str(n + 1) for n in range(len(groups))]
    chance.shuffle(letters)
    return {service: f"group {letter}" for letter, group in zip(letters, groups, strict=True) for service in group}


def _grouped(
    services: list[str], people: Mapping[str, int], chance: random.Random, rules: SampleRules
) -> tuple[list[list[str]], list[str]]:
    """Groups that are large enough, and the services left over when there is not one."""
    order = list(services)
    chance.shuffle(order)
    groups: list[list[str]] = []
    now: list[str] = []
    for service in order:
        now.append(service)
        if len(now) >= rules.group_services and sum(people[each] for each in now) >= rules.group_people:
            groups.append(now)
            now = []
    if now and groups:
        groups[-1].extend(now)
        now = []
    return groups, now


def _fraction(key: bytes, text: str) -> float:
    return int.from_bytes(hmac.new(key, text.encode(), hashlib.sha256).digest()[:7], "big") / float(1 << 56)


def seed_of(key: bytes, text: str) -> int:
    """A seed that only the key gives."""
    return int.from_bytes(hmac.new(key, text.encode(), hashlib.sha256).digest(), "big")
