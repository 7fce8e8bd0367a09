"""The first page in words: is life here getting better or worse, and how sure are we?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.tiles import Tile
from dashboard.views.tried import Tried, worse_anywhere
from data.model import Intervention, Period
from metrics import objections
from metrics.model import VERDICT_WORDS, Finding, VerdictWord
from metrics.words import and_list, capital, short_day

SURE = (
    "How sure? We say “better” or “worse” only when the whole 95 % range of the change lies on one side of no "
    "change. “Cannot tell yet” does not mean “no difference”, and happening after a change is not being caused by it."
)


FEW_REASONS = 3


@dataclass(frozen=True)
class ChangeRow:
    """One line of the table of changes."""

    intervention: Intervention
    outcome: str
    title: str
    under: str
    made_with: str
    word: VerdictWord
    reason: str | None
    sentence: str
    noted: str = ""
    """That somebody said it is not how it feels; empty where nobody did."""


@dataclass(frozen=True)
class Landing:
    """Everything the first page says."""

    dates: str
    summary: str
    sure: str
    counts: tuple[tuple[VerdictWord, int], ...]
    tiles: tuple[Tile, ...]
    rows: tuple[ChangeRow, ...]
    earlier: str | None


def landing(
    changes: Sequence[Tried],
    earlier: int,
    tiles: Iterable[Tile],
    spans: Mapping[str, Period],
    span_words: str,
) -> Landing:
    """``changes`` began in the period shown, ``earlier`` counts those before it; ``span_words`` names the period."""
    counts = Counter(each.headline.verdict.word for each in changes)
    return Landing(
        dates=data_dates(spans),
        summary=summary(changes, earlier, span_words),
        sure=SURE if changes else "",
        counts=tuple((word, counts[word]) for word in VERDICT_WORDS) if changes else (),
        tiles=tuple(tiles),
        rows=tuple(_row(each) for each in changes),
        earlier=_earlier(earlier, span_words) if changes else None,
    )


def data_dates(spans: Mapping[str, Period]) -> str:
    """How fresh each record is: "Incidents to 20 Nov 2026 · falls to 18 Nov 2026"."""
    told = [
        f"{say.TABLES[name].lower()} to {short_day(spans[name].last)}"
        for name in ("incidents", "falls", "feedback", "checks", "totals")
        if name in spans
    ]
    return capital(" · ".join(told)) if told else "Nothing dated has arrived yet."


def summary(changes: Sequence[Tried], earlier: int, span_words: str) -> str:
    """The one large sentence: what got better, what worse, what cannot be told."""
    if not changes:
        return _nothing_tried(earlier, span_words)
    by_word: dict[VerdictWord, list[Finding]] = {word: [] for word in VERDICT_WORDS}
    for change in changes:
        by_word[change.headline.verdict.word].append(change.headline)
    total, open_ = len(changes), by_word["cannot tell yet"]
    told = []
    for word, said in (("better", "got better"), ("held steady", "held steady"), ("worse", "got worse")):
        found = by_word[word]  # type: ignore[index]
        if found:
            told.append(_after(found, said, total))
    told += _at_a_cost(changes)
    if open_ and not told:
        told.append(_nothing_known(open_, total))
    elif open_:
        told.append(f"For {_of(len(open_), total)} we cannot tell yet{_mostly(open_)}.")
    return " ".join(told)


def _after(found: Sequence[Finding], said: str, total: int) -> str:
    names = list(dict.fromkeys(_in_a_list(each.outcome.name) for each in found))
    listed = capital(and_list([names[0], *(say.small(name) for name in names[1:])]))
    if len(found) == 1:
        whose = " for one person" if found[0].intervention.is_personal else ""
        return f"{listed} {said}{whose} after “{found[0].intervention.title}”."
    each = ", each for one person" if all(finding.intervention.is_personal for finding in found) else ""
    return f"{listed} {said} after {_of(len(found), total)}{each}."


def _in_a_list(name: str) -> str:
    """A name with a comma of its own stands in quotation marks."""
    return f"“{name}”" if "," in name else name


def _at_a_cost(changes: Sequence[Tried]) -> list[str]:
    """Gains that something else paid for, and whatever else got worse: said even where no verdict is."""
    paid = [each for each in changes if each.headline.verdict.reason == "balance_worse"]
    others = [each for each in changes if each not in paid]
    told = []
    if len(paid) == 1:
        found = paid[0].headline
        told.append(
            f"{found.outcome.name} moved the right way after “{found.intervention.title}”, but {_worse(paid)} got worse."
        )
    elif paid:
        told.append(f"After {len(paid)} changes the main figure moved the right way, but {_worse(paid)} got worse.")
    costly = [each for each in others if worse_anywhere([each])]
    if costly:
        where = f"“{costly[0].intervention.title}”" if len(costly) == 1 else f"{len(costly)} changes"
        told.append(f"{capital(_worse(costly))} got worse beside {where}.")
    return told


def _worse(changes: Sequence[Tried]) -> str:
    return and_list([say.small(name) for name in worse_anywhere(changes)])


def _of(count: int, total: int) -> str:
    if count == total:
        return "the only change tried" if total == 1 else f"all {total} changes tried"
    return f"{count} of the {total} changes tried"


def _nothing_known(found: Sequence[Finding], total: int) -> str:
    if total == 1:
        return (
            f"We cannot tell yet whether “{found[0].intervention.title}” made life better or worse here"
            f"{_mostly(found)}."
        )
    return (
        f"We cannot tell yet whether any of the {total} changes tried made life better or worse here{_mostly(found)}."
    )


def _mostly(found: Sequence[Finding]) -> str:
    """Why it cannot be told: the one reason, the reasons when they are few, else the one met most often."""
    reasons = Counter(say.reason(each) or "the data do not say" for each in found)
    (first, count), *_ = reasons.most_common(1)
    if len(reasons) <= FEW_REASONS:
        return f" ({'; '.join(reason for reason, _ in reasons.most_common())})"
    return f" (most often: {first})" if count > 1 else ""


def _nothing_tried(earlier: int, span_words: str) -> str:
    if earlier:
        return (
            f"No change began in the last {span_words}. {say.plural(earlier, 'earlier change is', 'earlier changes are')} "
            "shown when you choose a longer time. The figures below show how things are now."
        )
    return (
        "Nobody has written down yet what was tried here, so there is no before and after to show. "
        "The figures below show how things are now."
    )


def _earlier(count: int, span_words: str) -> str | None:
    if not count:
        return None
    began = "change began" if count == 1 else "changes began"
    return (
        f"{count} more {began} before these {span_words}. Choose a longer time to see {'it' if count == 1 else 'them'}."
    )


def _row(change: Tried) -> ChangeRow:
    intervention, finding = change.intervention, change.headline
    ended = f" to {short_day(intervention.end_on)}" if intervention.end_on else ""
    since = f"{'from' if ended else 'since'} {short_day(intervention.start_on)}{ended}"
    return ChangeRow(
        intervention=intervention,
        outcome=finding.outcome.code,
        title=intervention.title,
        under=f"{say.whose(intervention)} · {since}",
        made_with=capital(say.made_with(intervention)) or "Not written down",
        word=finding.verdict.word,
        reason=say.reason(finding),
        sentence=finding.sentence,
        noted=next((caution.text for caution in finding.cautions if caution.code == objections.CODE), ""),
    )
