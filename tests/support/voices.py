"""Views, decisions and matters for tests, each with everything said by default."""

from __future__ import annotations

from datetime import date
from typing import Any

from data.records import Decision, Matter, PersonHere, View

DAY = date(2026, 3, 3)


def view(voice: str = "person", **more: Any) -> View:
    """A well-evidenced view; ``ticks`` follow from what is said."""
    said: dict[str, Any] = {
        "view_id": "v", "person_id": "P-1", "decision_id": None, "intervention_id": None, "element": "tea",
        "voice": voice, "given_on": DAY, "how_sought": "talk", "understood": "yes", "stance": "agree", "used": "adopted",
        "reason_given": "not_recorded", "own_words": "no", "own_entry": "yes", "by_main_recorder": False,
    } | more  # fmt: skip
    said.setdefault("ticks", _ticks(said))
    return View(**said)


def _ticks(said: dict[str, Any]) -> int:
    return sum(
        (
            said["how_sought"] not in ("not_asked", "not_recorded"),
            said["understood"] in ("yes", "partly", "no", "not_possible"),
            said["stance"] in ("agree", "disagree", "mixed", "no_view"),
            said["used"] in ("adopted", "adapted", "not_adopted"),
        )
    )


def decision(kind: str = "best_interest", **more: Any) -> Decision:
    """A decision whose record is complete."""
    said: dict[str, Any] = {
        "decision_id": "d", "person_id": "P-1", "decided_on": DAY, "kind": kind, "domain": "care", "element": "tea",
        "intervention_id": None, "capacity": "lacks", "assessed_on": None, "decider": "manager", "accountable": "manager",
        "followed": "person", "risk": "low", "reason_given": "yes", "consulted": "yes", "wishes_considered": "yes",
        "less_restrictive": "yes", "method": "not_recorded", "complete": True,
    } | more  # fmt: skip
    return Decision(**said)


def matter(*views: View, element: str | None = "tea", person: str = "P-1", **more: Any) -> Matter:
    """A matter with these views; who was heard follows from them."""
    heard = {each.voice for each in views if each.heard}
    stances = {each.voice: each.stance for each in views if each.stance in ("agree", "disagree", "mixed")}
    both = [stances[voice] for voice in ("person", "family") if voice in stances]
    position = {0: "none", 1: "one_only"}.get(len(both)) or ("same" if both[0] == both[1] else "differ")
    decided = more.pop("decision", None)
    said: dict[str, Any] = {
        "person_id": person, "element": element, "dated": DAY, "person_heard": "person" in heard,
        "family_heard": "family" in heard, "staff_heard": "staff" in heard,
        "family_only": heard & {"person", "family", "staff"} == {"family"},
        "kept_apart": {"person", "family"} <= heard and all(each.own_entry != "no" for each in views),
        "traced": bool(views) and decided is not None, "person_family": position,
    } | more  # fmt: skip
    return Matter(**said, decision=decided, views=views)


def person(person_id: str = "P-1", **more: str) -> PersonHere:
    """Somebody about whom nothing in particular is written down."""
    said = dict.fromkeys(PersonHere.__dataclass_fields__, "not_recorded") | {"person_id": person_id} | more
    return PersonHere(**said)
