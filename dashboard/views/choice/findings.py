"""Everyday choice since a finding about capacity, in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views import say
from metrics import wording
from metrics.deciding.around_finding import AroundFinding
from metrics.model import Finding, VerdictWord
from metrics.words import at_least, day, whole

PRINCIPLE = (
    "Not being able to decide one matter takes away no other choice. Everyday choice should hold steady across a finding "
    "about capacity. Shown here whatever time is chosen above."
)


@dataclass(frozen=True)
class FindingPage:
    """What the page says of one finding about capacity."""

    heading: str
    about: str
    word: VerdictWord
    verdict: str
    sentence: str
    agreed: str
    cannot_say: str
    longer: str
    how_sure: tuple[str, ...]
    cautions: tuple[str, ...]
    decided: str


def finding_labels(found: Sequence[AroundFinding]) -> dict[str, str]:
    """Each finding by its day and the person's short code; what is kept under it is its place in the list."""
    labels = say.unique([f"{day(each.event.from_on)} · {say.person_code(each.person_id)}" for each in found])
    return {str(place): label for place, label in enumerate(labels)}


def in_short(found: Sequence[AroundFinding]) -> str:
    """One line for the top of the page about the newest finding; nothing where there is none."""
    if not found:
        return ""
    newest = found[0]
    earlier = (
        f" {say.plural(len(found) - 1, 'earlier finding is', 'earlier findings are')} on record."
        if len(found) > 1
        else ""
    )
    return (
        f"Everyday choice since the finding about capacity of {day(newest.event.from_on)}: {newest.finding.verdict.word}"
        f"{_longer_in_short(newest)}. More below.{earlier}"
    )


def _longer_in_short(found: AroundFinding) -> str:
    """What the longer look shows, where the answer is open and the look is not."""
    effect = found.longer.effect if found.longer is not None else None
    if effect is None or effect.low is None or effect.high is None or found.finding.verdict.word != "cannot tell yet":
        return ""
    if effect.high < 0:
        return f" from four weeks; a longer look shows {at_least(-effect.high)} to {whole(-effect.low)} fewer in 100"
    if effect.low > 0:
        return f" from four weeks; a longer look shows {at_least(effect.low)} to {whole(effect.high)} more in 100"
    return ""


def finding_page(found: AroundFinding) -> FindingPage:
    """What the page says."""
    finding = found.finding
    return FindingPage(
        heading=f"Since the finding about capacity of {day(found.event.from_on)}",
        about=f"{found.event.label or 'About which matter is not written down'}. Person {say.person_code(found.person_id)}.",
        word=finding.verdict.word,
        verdict=_verdict(finding),
        sentence=WOULD_NEED if _nothing(finding) else finding.sentence,
        agreed=_agreed(finding),
        cannot_say=wording.cannot_say(finding),
        longer=_longer(found),
        how_sure=_sure(found),
        cautions=tuple(dict.fromkeys(each.text for each in finding.cautions if each.code != "chosen_afterwards")),
        decided=_decided(found),
    )


def _verdict(finding: Finding) -> str:
    return NOT_ON_RECORD if _nothing(finding) else wording.verdict_line(finding)


def _nothing(finding: Finding) -> bool:
    """Whether no everyday choice of this person is on record on either side."""
    change = finding.change
    return change is None or not (change.before.tally.denominator or change.after.tally.denominator)


NOT_ON_RECORD = "Cannot tell yet: nobody wrote down everyday choices around it"
WOULD_NEED = "To see whether choice holds steady, write down two everyday choices a day for this person, and who led."


def _agreed(finding: Finding) -> str:
    """The margin, and where it comes from."""
    declared = finding.declared
    if declared is None:
        return ""
    if declared.declaration is None:
        return f"Nobody wrote down beforehand how far choice may shrink; the usual margin is {whole(declared.size)} in 100."
    return wording.question_line(finding)


def _longer(found: AroundFinding) -> str:
    """The longer look beside the answer: both counts and the range."""
    change = found.longer
    if change is None:
        return ""
    before, after = (wording.figure(found.finding.outcome, side) for side in (change.before, change.after))
    far = wording.range_line(change.effect) if change.effect is not None else ""
    return f"A longer look, up to 26 weeks on each side: {after} since, {before} before. {far}".strip()


def _sure(found: AroundFinding) -> tuple[str, ...]:
    """What the answer rests on; the longer look's own days, and that it is not the answer."""
    lines = wording.how_sure(found.finding)
    if found.longer is None:
        return lines
    before, after = found.longer.intervals
    return (
        *lines,
        f"The longer look rests on {say.plural(before, 'day', 'days')} with a record before and {after} since. It was not "
        "laid down beforehand, so it stands beside the answer and does not change it.",
    )


def _decided(found: AroundFinding) -> str:
    count = len(found.decided_for_them)
    if not found.after:
        return "No decision about this person is on record in the year after it."
    if not count:
        return "In the year after it, no everyday matter was decided for this person on record."
    matters = say.plural(count, "everyday matter was", "everyday matters were")
    return f"In the year after it, {matters} decided for this person."
