"""The account of a release in words: how it was made, what was withheld and why, what it cannot be used for."""

from __future__ import annotations

from data.releases.sample_dictionary import PARTS, fewer_than
from data.releases.sample_file import NOBODY_YET
from data.releases.sample_model import SampleRelease, SampleReport
from metrics.words import and_list, counted, day

ASSOCIATION = "This is association, not cause: who had a change also differs in other ways from who had none."
"""Stands wherever before and after are shown. It cannot be turned off."""
NO_CAUSE_WHY = (
    "Nothing here was decided by lot. People often begin a change after a bad spell, and after a bad spell things tend to "
    "look better whatever is done."
)
PEOPLE_WORDS = {
    "may be in a release": "May be in a release",
    "drawn": "Drawn at random",
    "released": "In this release",
    "withheld": "Drawn, then left out for looking like too few others",
    "opted out or objected": "Opted out or objected: never looked at",
}
NOT_SAID = "not said, because they are fewer than 10, or nobody"
GOOD_FOR = (
    "Seeing how many people had falls or distress in the weeks before and after, in bands, with both ends of every share.",
    "Trying out a question, a program or a method before asking for access to more.",
    "Writing a protocol: which groups are large enough, and which are not.",
)
NOT_GOOD_FOR = (
    "Whether a change brought anything about: nobody was given a change by lot.",
    "Rates, trends or the order of events: there is no day and no exact count.",
    "One service, a small group, or people from a named ethnic group: they are not to be found here, on purpose.",
    "A verdict such as “better” or “held steady”: those need the whole record.",
)
STEPS = (
    "Whoever opted out of research, objected, or agreed to the service's own use alone was left out before anything was "
    "counted. So was whoever is not in the register: what they agreed to is not known.",
    "Each person is one row. Around one turning day, falls and records of distress are counted for up to 26 weeks before and "
    "as many weeks after. Days of settling in belong to neither side. Nights in hospital are not taken out.",
    "The turning day is the start of the person's first own change, else of the first change of the whole service while they "
    "were there. With none on record it is the middle of their recorded time. People with under four weeks of record on "
    "either side are left out.",
    "Half of the people at most are drawn, by a secret key. From the same people two draws are given out at most, and nobody "
    "is in both.",
    "Words are merged, then single cells withheld, then whole persons left out, until everybody looks like enough others in "
    "every column that an outsider could know, the counts included.",
    "Where people who look alike and answered for themselves all answered alike, their answer is withheld: whoever knows that "
    "somebody answered would else know what.",
    "Every person gets a number drawn for this release. The key that made the numbers was never stored.",
)
LOSES = (
    "No day, no place, no order of events: nothing about how fast or how lastingly something changed.",
    "Counts are bands. A change inside a band cannot be seen, and rare events hardly show at all.",
    "No single service can be told from another, so differences between services are mixed into everything.",
    "People whose record is short, or who resemble few others, are missing more often. Shares may differ from those of everybody.",
    "The stage of dementia is the one known now, not the one on the turning day.",
    "Nobody can be followed from one release into another: a second one holds other people.",
)


def hidden_line(report: SampleReport) -> str:
    """What was reached, in a sentence."""
    return (
        f"Everybody looks like at least {report.k - 1} other people in every column that an outsider could know "
        f"(k = {report.k}, asked for {report.k_asked}), and people who look alike did not all say the same "
        f"(l = {report.l}, asked for {report.l_asked})."
    )


def closeness_line(report: SampleReport) -> str:
    """t, which is told and not asked for."""
    told = and_list([f"{value:.2f} for {name}" for name, value in report.t.items()])
    return (
        f"How far the answers of people who look alike are at most from everybody's, from 0 to 1: {told}."
        if told
        else ""
    )


def people_rows(report: SampleReport) -> list[tuple[str, str]]:
    """How many people at each step, as said."""
    return [
        (PEOPLE_WORDS[name], NOT_SAID if said == "not said" else said)
        for name, said in report.people.items()
        if name in PEOPLE_WORDS
    ]


def column_rows(release: SampleRelease) -> list[tuple[str, str, str]]:
    """Each column, what it is to an outsider, and how much of what it told is left."""
    kept = release.report.kept_in_100
    told = [(each.name, PARTS[each.part], _kept(kept.get(each.name))) for each in release.columns]
    return told + [(name, "given up", "nothing") for name in release.report.given_up]


def _kept(share: int | None) -> str:
    return "all" if share is None or share >= 100 else f"{share} in 100"


def merging_rows(report: SampleReport) -> list[tuple[str, str, str]]:
    """Each step of merging, and what it lost."""
    return [(each.column, each.became, f"{each.lost_in_100} in 100") for each in report.mergings]


def withheld_lines(report: SampleReport) -> list[str]:
    """Which columns were given up, and how many cells were withheld."""
    lines = []
    if report.given_up:
        lines.append(f"Given up for everybody: {and_list(list(report.given_up))}.")
    few = report.k_asked
    lines += [
        f"{name}: withheld for {counted(count, 'person', 'people') if count >= few else f'{fewer_than(few)} people'}."
        for name, count in report.cells_withheld.items()
    ]
    lines.append(f"Whole persons left out: {report.people.get('withheld', 'not said')}.")
    return lines


WHY_WITHHELD = (
    "Somebody who stood out could be found by a relative, a worker or a reader of the newspaper who knows a little about "
    "them. “withheld” is a word like any other: those who share it are enough again."
)


def read_by_line(report: SampleReport) -> str:
    """Who with lived experience read it, when, and what they said."""
    read = report.read_by
    return NOBODY_YET if read is None else f"Read by {read.by} on {day(read.on)}. They said: “{read.said}”"


def use_line(report: SampleReport) -> str:
    """For whom the release is."""
    if report.open_download:
        return "This release may be offered for open download, once the data controller has signed it off."
    return "This release is for named researchers who keep to its licence. It is not for open download."


def earlier_line(report: SampleReport) -> str:
    """How many came before."""
    return (
        "It is the first release from these people."
        if not report.earlier_releases
        else f"{counted(report.earlier_releases, 'release', 'releases')} came before it; nobody is in both."
    )
