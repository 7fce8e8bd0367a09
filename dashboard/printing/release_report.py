"""The account of a release to commissioners as one page to read or print: what was hidden, why, and what was checked."""

from __future__ import annotations

from dashboard.blocks.common import SAMPLE
from dashboard.markup import Column, Html, join, paragraph, table, tag
from dashboard.printing.paper import printed_page
from data.releases.model import CommissionerRelease
from metrics.across.pooling import kind_words
from metrics.words import counted, day

TITLE = "What this release shows, and what it hides"
WHY = {
    "too_few_people": "fewer different people than the rule asks for",
    "too_few_events": "a count below the rule, though not nought",
    "too_few_under": "too few people living there, asked or looked at",
    "one_person": "one person makes up more than half of it",
    "two_people": "two people make up nearly all of it",
    "too_few_services": "too few services for a group",
    "one_service": "one service makes up most of a group",
    "none_or_all": "none or all of a few people, where that alone says something of them",
    "people_unknown": "only totals were sent, so nobody can say how many people stand behind it",
    "hidden_before": "hidden in an earlier release: a small change would say too much",
    "complementary": "hidden so that another hidden figure cannot be worked out",
    "left_out": "a total or a year that is not given, because its parts would give hidden ones away",
}
RULES = {
    "fewest_people": "Different people behind a count, at least",
    "fewest_events": "A count is shown from (a nought is shown too)",
    "fewest_under": "People a figure is about, at least",
    "rounding": "Counts are rounded to the nearest",
    "most_of_one_person": "The part of a count that one person may make up",
    "most_of_two_people": "The part that the two people with most may make up",
    "fewest_services": "Services in a group, at least",
    "most_of_one_service": "The part of a group's count that one service may make up",
    "sensitive_under": "None and all are hidden, for restriction and safeguarding, below so many people",
}
CSS = """
.leo-unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
tbody th { font-weight: 400; }
.leo-number { text-align: right; }
""".strip()
NOBODY_READ_IT = "Nobody with lived experience has read this release yet."
PROVED = (
    "Every hidden figure can still be any number from one to the threshold, given everything that this release and the "
    "earlier ones show. This was worked out for each of them before the release was written."
)
PLAINLY = (
    "Figures are about services and groups of people, never about one person. Counts are rounded, and what follows from "
    "them is worked out from the rounded counts. A hidden figure is not a nought, and a figure that nobody recorded is "
    "not hidden: the three are told apart everywhere."
)


def release_report(release: CommissionerRelease) -> str:
    """The whole page, as text."""
    report = release.report
    counts = report.counts
    reasons = [(WHY.get(why, why), f"{n:,}") for why, n in report.hidden_by.items()]
    rules = [(words, str(report.rules[name])) for name, words in RULES.items() if name in report.rules]
    told = [
        paragraph(SAMPLE) if report.synthetic else "",
        paragraph(
            f"Release {report.release_id}, made on {day(report.made_on)}. Of {counts['cells']:,} figures {counts['shown']:,} "
            f"are shown, {counts['suppressed']:,} are hidden because too few people stand behind them, and for "
            f"{counts['missing']:,} nothing is recorded."
        ),
        paragraph(PLAINLY),
        tag("h2", "Why figures are hidden"),
        table("Why figures are hidden", (Column("Reason", 4), Column("Figures", 1, number=True)), reasons),
        paragraph(PROVED) if report.proved else "",
        tag("h2", "The rules"),
        table("The rules", (Column("Rule", 4), Column("Set to", 1, number=True)), rules),
        tag("h2", "Since the last release"),
        paragraph(_since(release)),
        tag("h2", "Not shown at all"),
        paragraph(_not_shown(release)),
        tag("h2", "Who read it"),
        *_readings(release),
        tag("h2", "Notes"),
        *(paragraph(note) for note in report.notes),
    ]  # fmt: skip
    return printed_page(TITLE, join(told), css=CSS)


def _since(release: CommissionerRelease) -> str:
    report = release.report
    if not report.earlier:
        return "This is the first release from this record."
    revised = counted(report.revised, "figure differs", "figures differ") if report.revised else "No figure differs"
    return f"{len(report.earlier)} earlier. {revised} from what was shown before, because records arrived later."


def _not_shown(release: CommissionerRelease) -> str:
    if not release.not_shown:
        return "Every service has a place, alone or in a group."
    told = [f"{kind_words(setting)}: {count}" for setting, count in release.not_shown.items()]
    return f"Services too small to be shown even together. {'; '.join(told)}."


def _readings(release: CommissionerRelease) -> list[Html]:
    if not release.report.read_by:
        return [paragraph(NOBODY_READ_IT)]
    return [paragraph(f"{each.by}, {day(each.on)}: “{each.said}”") for each in release.report.read_by]
