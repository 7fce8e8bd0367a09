"""One change, before and after, in words: what was agreed, what was found, what it cost, how sure we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.tried import Tried
from metrics import wording
from metrics.judging.words import (
    joint_line,
    lowered_by,
    more_weeks_line,
    part_mark,
    part_written,
)
from metrics.model import Caution, Finding, Part, VerdictWord
from metrics.words import capital, day


@dataclass(frozen=True)
class BesideRow:
    """One balance measure: what it was, what it is, what can be said."""

    name: str
    before: str
    after: str
    word: VerdictWord | None
    said: str


@dataclass(frozen=True)
class PartRow:
    """One part of "better, and still safe?": its mark with a word, its name, what was found, when it was written down."""

    looks: VerdictWord
    mark: str
    name: str
    found: str
    written: str


@dataclass(frozen=True)
class JointCard:
    """Whether it is better and still safe, part by part."""

    word: VerdictWord
    said: str
    parts: tuple[PartRow, ...]


@dataclass(frozen=True)
class ChangePage:
    """Everything the page says about one finding."""

    chips: tuple[str, ...]
    agreed: str
    word: VerdictWord
    verdict: str
    sentence: str
    cannot_say: str
    beside: tuple[BesideRow, ...]
    how_sure: tuple[str, ...]
    cautions: tuple[str, ...]
    method: str
    more: str | None
    lowered: tuple[str, str] | None
    """What the caution that lowered the answer kept it from being called, and its text."""
    joint: JointCard | None


def change_page(finding: Finding) -> ChangePage:
    """What the page says."""
    ruled = wording.rules_out_line(finding)
    sure = wording.how_sure(finding)
    lowering = lowered_by(finding)
    return ChangePage(
        chips=chips(finding),
        agreed=wording.question_line(finding),
        word=finding.verdict.word,
        verdict=wording.verdict_line(finding),
        sentence=finding.sentence,
        cannot_say=wording.cannot_say(finding),
        beside=tuple(_beside(each) for each in finding.balance),
        how_sure=sure if ruled is None or ruled in sure else (*sure, ruled),
        cautions=tuple(_unique([each for each in finding.cautions if each != lowering])),
        method=wording.method_line(finding),
        more=more_weeks_line(finding),
        lowered=None if lowering is None else (_kept_from(finding), lowering.text),
        joint=_joint(finding),
    )


def _kept_from(finding: Finding) -> str:
    return f"Why it is not called {'steady' if finding.question == 'steady' else 'better'}:"


MARKS: dict[bool | None, VerdictWord] = {True: "better", False: "worse", None: "cannot tell yet"}
"""The mark a part looks like: met, not met, open."""


def _joint(finding: Finding) -> JointCard | None:
    joint = finding.joint
    if joint is None:
        return None
    return JointCard(joint.word, joint_line(joint), tuple(_part(part, finding) for part in joint.parts))


def _part(part: Part, finding: Finding) -> PartRow:
    mark = part_mark(part)
    return PartRow(
        MARKS[part.met], capital(mark), part.name, "" if part.found == mark else capital(part.found),
        capital(part_written(part, finding)),
    )  # fmt: skip


def chips(finding: Finding) -> tuple[str, ...]:
    """Short facts about the change: for whom, since when, made with whom and how much together."""
    intervention = finding.intervention
    who = "The whole service"
    if intervention.person_id is not None:
        who = f"One person, code {say.person_code(intervention.person_id)}"
    began = f"Began {day(intervention.start_on)}"
    if intervention.end_on is not None:
        began += f", ended {day(intervention.end_on)}"
    with_whom = say.made_with(intervention)
    step = say.ladder(intervention)
    return tuple(
        text
        for text in (
            who,
            began,
            f"Designed with {with_whom}" if with_whom else "Not written down who designed it",
            step,
        )
        if text
    )


def change_labels(changes: Sequence[Tried]) -> dict[str, str]:
    """Label for each change in the list of choices, the newest first; no two alike."""
    labels = say.unique(
        [
            f"{each.intervention.title} · {say.whose(each.intervention)} · {each.intervention.start_on:%b %Y}"
            for each in changes
        ]
    )
    return {each.intervention.intervention_id: label for each, label in zip(changes, labels, strict=True)}


def outcome_labels(change: Tried) -> dict[str, str]:
    """Outcomes looked at for this change, what was declared as the main one first."""
    codes = list(dict.fromkeys(finding.outcome.code for finding in change.findings))
    names = {finding.outcome.code: finding.outcome.name for finding in change.findings}
    labels = say.unique([names[code] for code in codes])
    return dict(zip(codes, labels, strict=True))


def _beside(finding: Finding) -> BesideRow:
    target = wording.target_line(finding)
    word: VerdictWord | None = finding.verdict.word
    said = ""
    if target:
        word, said = None, f"{target}."
    elif finding.verdict.reason in ("no_verdict_of_its_own", "neither_way_is_good"):
        word, said = None, "Shown, not judged."
    elif finding.verdict.word == "cannot tell yet":
        said = capital(wording.reason_words(finding.verdict.reason))
    elif finding.verdict.worthwhile:
        said = "And worthwhile"
    before, after = wording.both_sides(finding)
    return BesideRow(
        name=finding.outcome.name,
        before=before,
        after=after,
        word=word,
        said=said,
    )


def _unique(cautions: Sequence[Caution]) -> list[str]:
    return list(dict.fromkeys(caution.text for caution in cautions))
