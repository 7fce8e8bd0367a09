"""The account of a release in words: how much is hidden and why, by which rules, what was proved, who read it."""

from __future__ import annotations

from dashboard.views.released.words import TOO_FEW
from data.releases.model import CommissionerRelease, ReleaseReport
from metrics.across.pooling import kind_words
from metrics.words import capital, counted, day, number, whole

REASONS = {
    "too_few_people": "fewer different people stand behind it than the rules ask for",
    "too_few_events": "the count itself is too small, though not nought",
    "too_few_under": "too few people lived there, were asked or were looked at",
    "one_person": "one person makes up too much of it",
    "two_people": "two people make up nearly all of it",
    "too_few_services": "the group has too few services",
    "one_service": "one service makes up too much of the group",
    "none_or_all": "it is nobody or everybody among few people, where that alone says something of them",
    "people_unknown": "only totals were sent, so nobody can say how many people stand behind it",
    "complementary": "with it, another hidden figure could be worked out",
    "hidden_before": "it was hidden in an earlier release, and a small change would say too much",
    "left_out": "besides those hidden: it is a total or a year that is not given, because it would give hidden figures away",
}
"""Why a figure was hidden, as every page and file says it; the codes are those of ``data.disclosure``."""
RULES = {
    "fewest_people": "different people who must stand behind a figure, at least",
    "fewest_events": "the smallest count that is shown, besides none",
    "fewest_under": "people whom a figure is about, at least",
    "rounding": "counts are rounded to the nearest",
    "most_of_one_person": "the part of a count that one person may make up, at most",
    "most_of_two_people": "the part of a count that two people may make up, at most",
    "fewest_services": "services in a group or total, at least",
    "most_of_one_service": "the part of a group that one service may make up, at most",
    "sensitive_under": "fewer people than this: none and all are hidden too, for restriction and safeguarding",
    "rules": "version of the rules",
}
PLAINLY = (
    "Figures are about services and groups of people, never about one person. Counts are rounded, and what follows from them is "
    "worked out from the rounded counts. A hidden figure is not a nought, and a figure that nobody recorded is not hidden: the "
    "three are told apart everywhere."
)
COUNTS = {
    "cells": "figures in all", "shown": "shown", "suppressed": "hidden", "missing": "not recorded", "gaps": "gaps between groups",
    "changes": "changes of whole services", "proved": "hidden counts looked at one by one",
}  # fmt: skip


def hidden_rows(report: ReleaseReport) -> tuple[tuple[str, str], ...]:
    """For which reason how many figures are hidden, in a fixed order."""
    known = [code for code in REASONS if report.hidden_by.get(code)]
    known += sorted(code for code, count in report.hidden_by.items() if count and code not in REASONS)
    return tuple((capital(REASONS.get(code, _plain(code))), whole(report.hidden_by[code])) for code in known)


def head_sentence(report: ReleaseReport) -> str:
    """The release in one sentence: shown, hidden and not recorded, which are three things."""
    hidden = report.counts.get("suppressed", sum(report.hidden_by.values()))
    if not report.counts and not hidden:
        return "This release holds no figures yet."
    shown = report.counts.get("shown")
    opening = f"{whole(shown)} figures are shown and" if shown is not None else "In this release"
    missing = report.counts.get("missing", 0)
    rest = f" Another {whole(missing)} were never recorded, so there is nothing to hide." if missing else ""
    return f"{opening} {counted(hidden, 'figure is', 'figures are')} hidden: {TOO_FEW}.{rest}"


def not_shown_line(release: CommissionerRelease) -> str:
    """How many services have no row, alone or together."""
    small = {setting: count for setting, count in sorted(release.not_shown.items()) if count}
    if not small:
        return "Every service has a row, alone or together with others."
    told = "; ".join(f"{count} {kind_words(setting)}" for setting, count in small.items())
    return f"Too small to be shown even together: {told}."


def count_rows(report: ReleaseReport) -> list[dict[str, str]]:
    """How much there is of what."""
    return [
        {"What": capital(COUNTS.get(code, _plain(code))), "How many": whole(count)}
        for code, count in report.counts.items()
    ]


def rule_rows(report: ReleaseReport) -> list[dict[str, str]]:
    """Every rule with its setting."""
    known = [
        *(code for code in RULES if code in report.rules),
        *sorted(code for code in report.rules if code not in RULES),
    ]
    return [{"Rule": capital(RULES.get(code, _plain(code))), "Set to": _said(report.rules[code])} for code in known]


def proof_line(report: ReleaseReport) -> str:
    """What was checked before it went out."""
    if report.proved:
        return (
            "Checked before it went out: every hidden figure could still be any number from 1 to 7, whatever is added, "
            "subtracted or compared with earlier releases."
        )
    return "Not proved: it was not shown that hidden figures cannot be worked out. Do not pass this release on."


def history_lines(report: ReleaseReport) -> tuple[str, ...]:
    """What went before, and what was changed since."""
    told = []
    if report.earlier:
        told.append(f"Earlier releases: {', '.join(report.earlier)}.")
        told.append(
            f"{counted(report.revised, 'figure differs', 'figures differ')} from the last release." if report.revised
            else "No figure differs from what was released before."
        )  # fmt: skip
    else:
        told.append("This is the first release.")
    return tuple(told)


def reading_lines(report: ReleaseReport) -> tuple[str, ...]:
    """Who with lived experience read it, when, and what they said."""
    if not report.read_by:
        return ("Nobody with lived experience is recorded as having read this release before it went out.",)
    return tuple(
        f"{each.by}, {day(each.on)}: “{each.said}”" if each.said else f"{each.by}, {day(each.on)}."
        for each in report.read_by
    )


def definition_words(count: int) -> str:
    """How many outcomes are defined."""
    return f"{counted(count, 'outcome is', 'outcomes are')} defined: what is counted, over what, which way is good, and why it matters."


def _said(value: float | int | str) -> str:
    if isinstance(value, str):
        return value
    return f"{whole(100 * value)} in 100" if 0 < value < 1 else number(value)


def _plain(code: str) -> str:
    return code.replace("_", " ")
