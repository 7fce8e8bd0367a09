"""The same thing tried elsewhere, in words: services in order of name, each with its answer and its range."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts.interval import Axis, Drawn, axis_for
from dashboard.views import say
from dashboard.views.record import KINDS
from metrics.model import VerdictWord
from metrics.side_by_side import NO_RANKING, OnTheWhole, SideBySide, Tried, amount_words, change_words
from metrics.words import capital, short_day

TITLE = "The same thing tried elsewhere"
NONE_FOUND = "No other service has tried the same kind of thing and looked at the same outcome."
NO_RANGE = "no range to draw"


@dataclass(frozen=True)
class Row:
    """One service's answer."""

    service: str
    under: str
    word: VerdictWord | None
    reason: str | None
    said: str
    drawn: Drawn | None


@dataclass(frozen=True)
class Elsewhere:
    """One kind of thing and one outcome across services."""

    title: str
    said: str
    not_a_ranking: str
    axis: Axis
    left: str
    right: str
    rows: tuple[Row, ...]


def labels(groups: Sequence[SideBySide]) -> dict[str, str]:
    """What can be chosen, by a code for the address."""
    return {code(group): _title(group) for group in groups}


def code(group: SideBySide) -> str:
    """The group as an address may carry it: kinds and codes, no person."""
    return f"{group.kind}-{'person' if group.personal else 'service'}-{group.outcome.code}"


def elsewhere(group: SideBySide, here: str) -> Elsewhere:
    """What the section says of one group; ``here`` is the service whose page it stands on."""
    scale = group.outcome.scale
    rows = [_row(each, here) for each in group.tried]
    if group.summary is not None:
        rows.append(_whole(group.summary))
    drawn = [row.drawn for row in rows if row.drawn is not None]
    figures = [figure for each in drawn for figure in (each.estimate, each.low, each.high) if figure is not None]
    score = scale == "score"
    return Elsewhere(
        _title(group), group.said, NO_RANKING, axis_for(scale, figures), "lower" if score else "fewer",
        "higher" if score else "more", tuple(rows),
    )  # fmt: skip


def _title(group: SideBySide) -> str:
    whose = "for one person" if group.personal else "for the whole service"
    return f"{KINDS.get(group.kind, capital(group.kind.replace('_', ' ')))}, {whose}: {say.small(group.outcome.name)}"


def _row(tried: Tried, here: str) -> Row:
    finding, effect = tried.finding, tried.effect
    name = f"{tried.service} (this service)" if finding.service_id == here else tried.service
    under = f"{finding.intervention.title}, since {short_day(finding.intervention.start_on)}"
    drawn, said = None, NO_RANGE
    if effect is not None and (effect.low is not None or effect.high is not None):
        drawn = Drawn(effect.estimate, effect.low, effect.high)
        reach = change_words(effect.scale, effect.low, effect.high)
        said = reach if effect.estimate is None else f"{amount_words(effect.scale, effect.estimate)} ({reach})"
    return Row(name, under, finding.verdict.word, say.reason(finding), said, drawn)


def _whole(found: OnTheWhole) -> Row:
    low, high = found.interval.low, found.interval.high
    said = f"{amount_words(found.scale, found.estimate)} ({change_words(found.scale, low, high)})"
    return Row(
        "On the whole", f"{say.plural(found.count, 'plan', 'plans')} in {say.plural(found.services, 'service', 'services')}",
        None, "The thin line: where one further plan may lie", said,
        Drawn(found.estimate, low, high, (found.prediction.low, found.prediction.high), whole=True),
    )  # fmt: skip
