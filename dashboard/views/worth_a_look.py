"""What a careful manager would want to see to, gathered from the findings and the data: at most four cards."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from dashboard.views import say
from dashboard.views.tried import Tried
from data.facts import DataCheck, RefusedRow
from data.loading.remedies import REASONS
from metrics.words import and_list, capital, day

MOST = 4


@dataclass(frozen=True)
class Look:
    """One card: what there is, and why or what to do."""

    title: str
    text: str


def worth_a_look(
    changes: Sequence[Tried], refused: Sequence[RefusedRow], checks: Iterable[DataCheck], service_id: str
) -> tuple[Look, ...]:
    """The cards, what matters most first."""
    ours = [check for check in checks if check.service_id in (None, service_id)]
    found = (
        _cost_something(changes),
        _without_the_person(changes),
        _refused(refused),
        _left_out(ours),
        _still_followed(changes),
        _after_bad_spell(changes),
        _missing(ours),
        _chosen_afterwards(changes),
    )
    return tuple(look for look in found if look is not None)[:MOST]


def _cost_something(changes: Sequence[Tried]) -> Look | None:
    ours = [each for each in changes if each.headline.verdict.reason == "balance_worse"]
    if not ours:
        return None
    return Look(
        f"{_titles(ours)}: something else got worse",
        "The main figure moved the right way while a figure it must be read beside moved the wrong way, so it is not "
        "called better. Look at both before going on.",
    )


def _without_the_person(changes: Sequence[Tried]) -> Look | None:
    ours = [
        each for each in changes if each.intervention.designed_with and "person" not in each.intervention.designed_with
    ]
    if not ours:
        return None
    who = "the person" if len(ours) == 1 and ours[0].intervention.is_personal else "people living with dementia"
    return Look(
        f"{say.plural(len(ours), 'change was', 'changes were')} made without {who}",
        f"{_titles(ours)}. Is there another way to ask: pictures, objects, a good moment of the day?",
    )


def _refused(refused: Sequence[RefusedRow]) -> Look | None:
    if not refused:
        return None
    reasons = Counter(row.problem.reason for row in refused)
    told = [f"{REASONS.get(reason, reason)} ({count:,})" for reason, count in reasons.most_common(2)]
    rest = " and more" if len(reasons) > 2 else ""
    return Look(
        f"{say.plural(say.rows_refused(refused), 'row', 'rows')} could not be used",
        f"{capital(and_list(told))}{rest}. Each is listed with what to do.",
    )


def _left_out(checks: Sequence[DataCheck]) -> Look | None:
    ours = [check for check in checks if check.level == "left_out" and check.count]
    if not ours:
        return None
    more = f" And {len(ours) - 1} more of this kind." if len(ours) > 1 else ""
    return Look("Some records are left out of some figures", ours[0].text + more)


def _still_followed(changes: Sequence[Tried]) -> Look | None:
    ours = [each for each in changes if each.headline.verdict.reason in ("early_look", "too_early")]
    if not ours:
        return None
    until = [each.headline.comparison.planned_after.last for each in ours if each.headline.comparison is not None]
    when = f" The last of them until {day(max(until))}." if until else ""
    return Look(
        f"{say.plural(len(ours), 'change is', 'changes are')} still being followed",
        f"{_titles(ours)}. An early look is shown and not judged.{when}",
    )


def _after_bad_spell(changes: Sequence[Tried]) -> Look | None:
    codes = ("began_after_incidents", "spike_before_start")
    ours = [each for each in changes if any(caution.code in codes for caution in each.headline.cautions)]
    if not ours:
        return None
    return Look(
        f"{say.plural(len(ours), 'change', 'changes')} began after a bad spell",
        "After such a spell things tend to look better whatever is done, so the worst days are left out of “before”.",
    )


def _missing(checks: Sequence[DataCheck]) -> Look | None:
    ours = [check for check in checks if check.level == "missing"]
    if not ours:
        return None
    names = [say.TABLES[check.table].lower() for check in ours if check.table in say.TABLES]
    return Look(
        f"{say.plural(len(ours), 'kind of record has', 'kinds of record have')} not arrived",
        f"No {_or_list(names[:3])}{', among others' if len(names) > 3 else ''}. {ours[0].text}",
    )


def _or_list(names: Sequence[str]) -> str:
    return " or ".join([", ".join(names[:-1]), names[-1]]) if len(names) > 1 else "".join(names)


def _chosen_afterwards(changes: Sequence[Tried]) -> Look | None:
    ours = [each for each in changes if any(caution.code == "chosen_afterwards" for caution in each.headline.cautions)]
    if not ours:
        return None
    return Look(
        f"For {say.plural(len(ours), 'change', 'changes')} the aim was chosen afterwards",
        "Next time write down beforehand, with the person, what would count as better. Then the answer carries more weight.",
    )


def _titles(changes: Sequence[Tried]) -> str:
    titles = [f"“{title}”" for title in dict.fromkeys(each.intervention.title for each in changes)]
    if len(titles) > 3:
        return f"{', '.join(titles[:3])} and {len(titles) - 3} more"
    return and_list(titles)
