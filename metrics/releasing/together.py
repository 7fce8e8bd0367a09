"""How many changes came to which verdict, by kind of change and by level of the ladder; of one person or of a whole service.

An association only: who is asked to lead also differs in other ways.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence

from data.disclosure import Bound, Rules, exposed, known_of, rounded
from data.releases.model import Together
from metrics.model import VERDICT_WORDS, Finding

EVERY_SETTING = ""
NOT_RECORDED = "not_recorded"
Place = tuple[str, str, str]
"""By what, which word of it, which verdict; an empty verdict is all of them."""


def main_findings(findings: Sequence[Finding]) -> list[Finding]:
    """The first answer about each change: about its main outcome."""
    first: dict[str, Finding] = {}
    for finding in findings:
        first.setdefault(finding.intervention.intervention_id, finding)
    return list(first.values())


def together(findings: Sequence[Finding], rules: Rules) -> tuple[Together, ...]:
    """Counts of changes, each of another person or service: hidden where fewer than the rule, and what would give them away.

    Changes of whole services are listed one by one elsewhere in the release. A reader can take them away, so that the
    changes of one person must be enough, or none, by themselves.
    """
    atoms: dict[tuple[str, str, str], int] = {}
    for finding in findings:
        atoms.setdefault((finding.intervention.kind, _level(finding), finding.verdict.word), len(atoms))
    counts = Counter(atoms[each.intervention.kind, _level(each), each.verdict.word] for each in findings)
    personal = Counter(
        atoms[each.intervention.kind, _level(each), each.verdict.word]
        for each in findings
        if each.intervention.is_personal
    )
    whose: dict[Place, set[str]] = defaultdict(set)
    people: dict[Place, set[str]] = defaultdict(set)
    places: dict[Place, list[int]] = defaultdict(list)
    for (kind, level, verdict), number in atoms.items():
        for by, word in (("kind", kind), ("ladder_level", level)):
            places[by, word, verdict].append(number)
            places[by, word, ""].append(number)
    for each in findings:
        about = each.intervention.person_id or each.intervention.service_id
        for by, word in (("kind", each.intervention.kind), ("ladder_level", _level(each))):
            for verdict in (each.verdict.word, ""):
                whose[by, word, verdict].add(about)
                if each.intervention.person_id is not None:
                    people[by, word, verdict].add(each.intervention.person_id)
    held = {place: sum(counts[number] for number in numbers) for place, numbers in places.items()}
    hidden = {
        place
        for place, count in held.items()
        if count < rules.fewest_events
        or len(whose[place]) < rules.fewest_people
        or 0 < len(people[place]) < rules.fewest_people
    }
    listed = {place: sum(counts[number] - personal[number] for number in numbers) for place, numbers in places.items()}
    _protect(places, held, listed, hidden, len(atoms), rules)
    few = {place[:2] for place in hidden if place[2] == ""}  # of few changes even "none" says what became of them
    told = []
    for by, word in sorted({place[:2] for place in places}):
        for verdict in ("", *VERDICT_WORDS):
            place = (by, word, verdict)
            if place[:2] in few:
                told.append(Together(EVERY_SETTING, by, word, verdict, "suppressed", None))
            elif place not in held:
                told.append(Together(EVERY_SETTING, by, word, verdict, "shown", 0))
            elif place in hidden:
                told.append(Together(EVERY_SETTING, by, word, verdict, "suppressed", None))
            else:
                told.append(Together(EVERY_SETTING, by, word, verdict, "shown", rounded(held[place], rules)))
    return tuple(told)


def _level(finding: Finding) -> str:
    level = finding.intervention.ladder_level
    return NOT_RECORDED if level is None else str(level)


def _less(bound: Bound, listed: int) -> Bound:
    return Bound(bound.atoms, max(0.0, bound.low - listed), bound.high - listed)


def _protect(
    places: dict[Place, list[int]],
    held: dict[Place, int],
    listed: dict[Place, int],
    hidden: set[Place],
    size: int,
    rules: Rules,
) -> None:
    """Hides the total of a line, then its smallest count, until nothing hidden can be narrowed down.

    ``listed``: how many of each are of whole services, which a reader knows.
    """
    while True:
        order = sorted(hidden)
        bounds = [
            _less(known_of(numbers, rounded(held[place], rules), rules), listed[place])
            for place, numbers in places.items()
            if place not in hidden
        ]
        bad = exposed(size, bounds, [], [places[place] for place in order], rules)
        if not bad:
            return
        before = len(hidden)
        for n in bad:
            by, word, verdict = order[n]
            total: Place = (by, word, "")
            if total not in hidden:
                hidden.add(total)
                continue
            touching = [place for place in places if place not in hidden and set(places[place]) & set(places[order[n]])]
            if touching:
                hidden.add(min(touching, key=lambda place: (held[place], place)))
            elif verdict == "" and (rest := [place for place in places if place not in hidden]):
                hidden.add(min(rest, key=lambda place: (held[place], place)))
        if len(hidden) == before:
            remaining = [place for place in places if place not in hidden]
            if not remaining:
                return
            hidden.update(remaining)
