"""In people's own words, the top of the page: who answered for themselves, who was not asked, where only others spoke."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dashboard.charts.spark import Spark
from dashboard.views import say
from dashboard.views.codes_in_words import NEEDS, STAGES
from dashboard.views.own_words.lines import RATERS, about, score_words
from dashboard.views.standing import spark_of
from data.instruments import REGISTRY
from data.model import Service
from metrics.own_words.counts import FEWEST_ANSWERERS
from metrics.own_words.coverage import Coverage
from metrics.own_words.others import OnlyOthers, Proxies
from metrics.own_words.said import OwnWords
from metrics.standing import Standing
from metrics.words import and_list, capital, number

HOMES = ("residential", "nursing", "supported_living")
ENOUGH_FOR_A_SHARE = 10
HELP = {"none": "nobody", "staff": "staff", "family": "family", "independent": "somebody independent"}
MODES = {
    "spoken": "spoken",
    "pictures": "with pictures",
    "faces": "with faces",
    "paper": "on paper",
    "screen": "on a screen",
}
NOT_WRITTEN = "not written down"
NOTHING = (
    "No answers yet",
    "Nobody's answers are on record here, so we cannot say how life feels to the people, their families or the staff.",
    "Print the check-in cards below, ask one person one card, and load the filled table on the page Add data.",
)
ONLY_OTHERS = "Only others answered"
WHY_IT_MATTERS = (
    "People rate their own lives higher than others do for them, and relatives and staff agree only weakly about the "
    "same person. Read this as what others think, and ask the people themselves: with pictures, faces or few words."
)
NOT_IN_THIS_TIME = (
    "Answers are on record, and none of them in this time. Look further back with “Time back from the last record”."
)


@dataclass(frozen=True)
class Head:
    """The head of the page: one sentence, one figure, and what lies behind it.

    ``big`` is None where nobody knows how many people are here. ``said`` is what they said, in a sentence or two, "" where
    too few did; ``facts`` are counts, ``ways`` how answers were given.
    """

    sentence: str
    said: str
    big: str | None
    unit: str
    earlier: str
    spark: Spark
    facts: tuple[str, ...]
    ways: tuple[str, ...]


@dataclass(frozen=True)
class Warned:
    """Where others answered alone: ``wholly`` when nobody answered for themselves at all, said at the very top."""

    wholly: bool
    title: str
    said: str
    questions: tuple[str, ...]


def people_word(service: Service) -> str:
    """People living here; people supported, where they live in homes of their own."""
    return "people living here" if service.setting in HOMES else "people supported"


def head(found: OwnWords, standing: Standing | None, service: Service, now: str, earlier: str) -> Head:
    """What the page says first; ``now`` and ``earlier`` are the words for the time shown and the one before."""
    coverage, people = found.coverage, people_word(service)
    when = "over the whole record" if now.startswith("The whole") else f"in the {_small(now)}"
    if coverage.here is None:
        sentence = (
            f"{_people(coverage.answered)} answered for themselves {when}. How many people there are is not on record."
        )
    else:
        nobody = "Nobody" if not coverage.answered else f"{coverage.answered} of {coverage.here} {people}"
        left = coverage.here - coverage.asked
        rest = f"; {left} {'was' if left == 1 else 'were'} not asked" if left else ""
        sentence = f"{nobody} answered for themselves {when}{rest}."
    return Head(
        sentence=sentence,
        said=what_they_say(found),
        big=None if coverage.here is None else _big(coverage.answered, coverage.here),
        unit=people,
        earlier=_earlier(standing, earlier),
        spark=Spark(()) if standing is None else spark_of(standing),
        facts=tuple(_facts(coverage)),
        ways=tuple(_ways(coverage)),
    )


def what_they_say(found: OwnWords) -> str:
    """The gist of what people said of their own lives, and which way those went who were asked twice about their mood."""
    lines = {said.line.domain: said for said in found.said["self"]}
    told = [
        f"{words} {score_words(lines[domain].now.value or 0)}"
        for domain, words in (("mood", "their mood at"), ("heard", "feeling heard at"))
        if lines[domain].now.value is not None
    ]
    said = [f"Those who answered put {and_list(told)} out of 5 on average."] if told else []
    control = lines["control"].now
    if control.value is not None:
        said.append(
            f"Of their answers about control over daily life, {number(control.value, 0)} in 100 were 4 or 5 out of 5."
        )
    twice = lines["mood"].change.twice
    when = "before and after the change" if found.sides.around is not None else "in both halves of this time"
    if twice.people >= FEWEST_ANSWERERS:
        said.append(
            f"Of {twice.people} asked {when} about their mood, {twice.higher} went up, {twice.same} stayed the same and "
            f"{twice.lower} went down."
        )
    return " ".join(said)


def _big(answered: int, here: int) -> str:
    if here < ENOUGH_FOR_A_SHARE:
        return f"{answered} of {here}"
    return f"{number(100 * answered / here, 0)} in 100"


def _earlier(standing: Standing | None, words: str) -> str:
    if standing is None or standing.earlier.period is None or not standing.earlier.tally.denominator:
        return ""
    tally = standing.earlier.tally
    return f"{words}: {number(tally.numerator, 0)} of {number(tally.denominator, 0)}."


def _facts(coverage: Coverage) -> list[str]:
    silent = coverage.asked - coverage.answered
    told = [f"{coverage.asked} asked, {silent} of them gave no answer"] if silent else []
    if coverage.others_only:
        told.append(f"{coverage.others_only} spoken for by others only")
    return told


def _ways(coverage: Coverage) -> list[str]:
    """With which help and in which way, each person by their latest answer."""
    if not coverage.answered:
        return []
    return [
        f"Helped by: {_listed(coverage.support, HELP)}.",
        f"Asked: {_listed(coverage.mode, MODES)}.",
    ]


def _listed(counts: Mapping[str, int], words: Mapping[str, str]) -> str:
    known = [f"{words[code]} {counts[code]}" for code in words if counts.get(code)]
    unknown = sum(count for code, count in counts.items() if code not in words)
    return ", ".join([*known, *([f"{NOT_WRITTEN} {unknown}"] if unknown else [])])


def warned(proxies: Proxies, service: Service) -> Warned | None:
    """The warning where others answered alone; None where every question has somebody's own answer."""
    if not proxies.only:
        return None
    questions = tuple(map(_question, proxies.only))
    if proxies.nobody_for_themselves:
        said = (
            f"In this time nobody answered for themselves: all we know of the {people_word(service)} comes from others."
        )
        return Warned(True, ONLY_OTHERS, said, questions)
    return Warned(
        False, f"{ONLY_OTHERS} about some things", "On these, nobody answered for themselves in this time.", questions
    )


def _question(found: OnlyOthers) -> str:
    known = REGISTRY[found.instrument]
    what = about(found.domain) if known.own else f"{known.name}, {found.domain}"
    return f"{capital(what)}: {and_list([RATERS.get(rater, rater) for rater in found.raters])} only"


def not_asked_rows(found: OwnWords) -> list[dict[str, str]]:
    """Who was not asked, by code, with what would help to ask them."""
    return [
        {
            "Person": say.person_code(each.person_id),
            "Stage": STAGES.get(each.stage, NOT_WRITTEN),
            "Communication": NEEDS.get(each.communication_need, NOT_WRITTEN),
            "Speech": NOT_WRITTEN if each.speech == "not_recorded" else each.speech,
        }
        for each in found.coverage.not_asked
    ]


def _people(count: int) -> str:
    return "Nobody" if not count else say.plural(count, "person", "people")


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
