"""A survey with a column a question: which columns are ratings, who answered, and what is left out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from data.contract import TABLES
from data.matching.fitting import Draft, Taken, fit_table
from data.matching.headings import without_number, words_of
from data.matching.likert import answer_of, friends_and_family, score_words
from data.matching.match import Question, WhyUnused
from data.matching.profile import Wide
from data.matching.sheet import Seen, Sheet
from data.values import is_nothing, read_number, tidy, word

FEEDBACK = TABLES["feedback"]
MOST_STEPS = 14
"""A rating has no more different answers than this, "don't know" and the like among them."""
ENOUGH_RATINGS = 3
"""So many ratings make a survey of a sheet that does not call itself one."""

_ABOUT_THE_ANSWERER_WORDS = (
    "age gender sex ethnicity ethnic religion disability education qualification qualifications band grade "
    "salary years role job profession department tenure orientation nationality marital"
)
_ABOUT_THE_ANSWERER = frozenset(_ABOUT_THE_ANSWERER_WORDS.split())
_STAFF_WORDS = (
    "staff employee employees job jobs role work working workplace team colleague colleagues manager mgr "
    "supervisor supervision employer shift shifts band org organisation cpd career rota"
)
_STAFF = frozenset(_STAFF_WORDS.split())
_FAMILY_WORDS = (
    "relative relatives relations mum dad mother father loved visitor visitors visiting visit friend friends family"
)
_FAMILY = frozenset(_FAMILY_WORDS.split())
_PERSON = frozenset(["person", "live", "living", "meals", "food", "bedroom", "routine"])
_WHO: tuple[tuple[str, str, str, str], ...] = (
    ("staff", r"staff|employee|colleague|team survey|workforce|cpd", "staff_about_self", "staff_checkin"),
    ("family", r"relative|famil|friend|next of kin|visitor", "family_about_self", "family_checkin"),
    ("person", r"resident|person|people|client|tenant|service user|customer", "self", "person_checkin"),
)
_SUBMITTED = frozenset(["completed", "ended", "submitted", "submission", "timestamp"])
_OPENED = frozenset(["started", "modified", "updated"])
_SELECT_ALL = re.compile(r"select all|tick all|all that apply|choose all|more than one", re.IGNORECASE)
_FFT = re.compile(
    r"friends (?:and|&) family|\bfft\b|overall,? how was your experience|how likely are you to recommend", re.IGNORECASE
)
_HOW_MANY = re.compile(r"\bhow (?:many|long|old|much)\b|\bnumber of\b|\btimes\b|\bhours\b", re.IGNORECASE)
_STEM = re.compile(r"^(q\d{1,3})[a-z](?![a-z0-9])", re.IGNORECASE)
_OPTION = re.compile(r"^(.*\S)\s*\[[^\[\]]+\]$")

_SENSES = (
    ("security", r"\bsafe\b|secure|security"), ("belonging", r"belong"), ("purpose", r"purpose"),
    ("achievement", r"achiev"), ("significance", r"\bi matter|significan"), ("continuity", r"continuity"),
)  # fmt: skip
_DOMAINS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "staff_checkin": (
        ("happy", r"\bhappy\b|\benjoy"), ("proud", r"\bproud"), ("supported", r"\bsupported\b"),
        ("control", r"have a say|\bcontrol\b"), *_SENSES,
    ),
    "family_checkin": (
        ("confident", r"\bconfiden"), ("valued", r"\bvalued\b"), ("understands", r"\bunderstand"),
        ("reflects_me", r"who (?:he|she|they) (?:is|are)|knows? (?:him|her|them)|reflects"), *_SENSES,
    ),
    "person_checkin": (
        ("mood", r"\bmood\b|\bhappy\b|cheerful"), ("control", r"\bcontrol\b"), ("choice", r"\bchoice|\bchoose"),
        ("independence", r"independen|by myself"), ("heard", r"\bheard\b|listen"),
        ("reflects_me", r"who i am|knows? me\b|reflects"), ("support_overall", r"\boverall\b"), *_SENSES,
    ),
}  # fmt: skip


@dataclass(frozen=True)
class _Rating:
    seen: Seen
    scored: Mapping[str, str]


def survey(sheet: Sheet, fixed: Mapping[str, tuple[Seen, ...]] | None = None, *, certain: bool = False) -> Draft | None:
    """The sheet as answers, a row an answer; None when it is no survey. ``certain``: its kind is known to be one."""
    kept_apart = {seen.place for several in (fixed or {}).values() for seen in several}
    called_one = certain or "feedback" in sheet.file_says or _calls_itself_one(sheet)
    ratings: list[_Rating] = []
    why_not: dict[int, WhyUnused] = {}
    multiple = _multiple_choice(sheet)
    for seen in sheet.usable:
        if seen.place in kept_apart or seen.is_personal or seen.evidence.is_empty:
            continue
        scored = None if seen.place in multiple else _scored(seen, called_one)
        if scored is not None:
            ratings.append(_Rating(seen, scored))
        else:
            why_not[seen.place] = "multi-select" if seen.place in multiple else _why_no_rating(seen)
    if len(ratings) < (1 if called_one else ENOUGH_RATINGS):
        return None
    rated = {rating.seen.place for rating in ratings}
    draft = _answerer_and_day(sheet, fixed or {}, rated)
    draft.unused = {place: why for place, why in why_not.items() if place not in draft.used}
    _settle_who(sheet, ratings, draft)
    _settle_questions(ratings, draft)
    draft.fit = 0.9 if called_one else 0.7
    return draft


def _calls_itself_one(sheet: Sheet) -> bool:
    words = {word for seen in sheet.usable for word in seen.words}
    return bool(words & {"respondent", "survey", "questionnaire", "collector"})


def _scored(seen: Seen, called_one: bool) -> dict[str, str] | None:
    values = seen.evidence.values
    if len(values) > MOST_STEPS or set(seen.words) & _ABOUT_THE_ANSWERER or seen.evidence.days > 0.5:
        return None
    answers = [text for text in seen.evidence.counted if not is_nothing(text) or answer_of(text)]
    scored = score_words(answers)
    if scored is None:
        return None
    figures = [text for text in answers if text not in scored]
    worded = [code for code in scored.values() if read_number(code) is not None]
    if not worded and not (figures and _asks_something(seen)):
        return None
    if figures and not worded and len(figures) < 2 and not called_one:
        return None
    return scored


def _asks_something(seen: Seen) -> bool:
    """Whether figures under the heading can be a rating: it is a sentence, a numbered question, or says rating."""
    heading = seen.heading
    if _HOW_MANY.search(heading):
        return False
    sentence = len(heading.split()) >= 3 or heading.rstrip().endswith("?") or without_number(heading) != heading
    known = any(re.search(pattern, heading, re.IGNORECASE) for domains in _DOMAINS.values() for _, pattern in domains)
    return sentence or known or bool({"rating", "score", "satisfaction"} & set(seen.words))


def _why_no_rating(seen: Seen) -> WhyUnused:
    evidence = seen.evidence
    if set(seen.words) & _ABOUT_THE_ANSWERER:
        return "about the answerer"
    if (
        evidence.yes_or_no > 0.6
        and evidence.share(lambda text: answer_of(text) is not None) + evidence.yes_or_no > 0.99
    ):
        return "yes or no"
    if evidence.days > 0.7:
        return "no place"
    many = evidence.distinct_share > 0.5 and len(evidence.values) > 5
    return "free text" if many and evidence.numbers < 0.5 else "not a rating"


def _multiple_choice(sheet: Sheet) -> frozenset[int]:
    """Columns of questions with several answers at once: a list in the cell, or a column an option."""
    found: set[int] = set()
    groups: dict[str, list[Seen]] = {}
    for seen in sheet.usable:
        if seen.evidence.is_empty:
            continue
        if _SELECT_ALL.search(seen.heading) or _is_list(seen):
            found.add(seen.place)
        stem = _STEM.match(seen.heading) or _OPTION.match(seen.heading)
        if stem is not None and _is_tick(seen):
            groups.setdefault(stem[1].casefold(), []).append(seen)
    for group in groups.values():
        if len(group) >= 3:
            found |= {seen.place for seen in group}
    return frozenset(found)


def _is_list(seen: Seen) -> bool:
    """Whether cells are lists of options with ";" between, options coming back in other cells."""
    values = seen.evidence.values
    parted = [[tidy(part) for part in text.split(";") if part.strip()] for text in values if ";" in text]
    if len(parted) < 1 or len(parted) < 0.2 * len(values):
        return False
    options = [part for parts in parted for part in parts] + [text for text in values if ";" not in text]
    return len(set(options)) < len(options) or all(text.rstrip().endswith(";") for text in values if ";" in text)


def _is_tick(seen: Seen) -> bool:
    """Whether the column only says whether one option was chosen: yes or no, or its own name and nothing."""
    return seen.evidence.yes_or_no == 1 or len(seen.evidence.values) == 1


def _answerer_and_day(sheet: Sheet, fixed: Mapping[str, tuple[Seen, ...]], rated: set[int]) -> Draft:
    """The columns that stand beside the answers: when, who, which home."""
    plain = fit_table(sheet, FEEDBACK, fixed=fixed, near=False)
    draft = Draft(FEEDBACK)
    beside = {
        "feedback_id",
        "service_id",
        "person_id",
        "rater_key",
        "rater",
        "given_on",
        "form",
        "moment",
        "mode",
        "support",
    }
    for ours, taken in plain.taken.items():
        if ours in beside and not {seen.place for seen in taken.seen} & rated:
            draft.taken[ours] = taken
    draft.questions = [question for question in plain.questions if question.about in beside - {"given_on"}]
    if "given_on" not in fixed:
        draft.taken.pop("given_on", None)
        days = [
            seen
            for seen in sheet.usable
            if seen.evidence.days > 0.8 and seen.place not in rated | draft.used and not seen.is_personal
        ]
        if days:
            best = max(days, key=lambda seen: (_rank_of_day(seen), -seen.place))
            sure = 0.92 if _rank_of_day(best) > 0 or len(days) == 1 else 0.7
            draft.taken["given_on"] = Taken((best,), sure, "the day the answers were given")
    if "feedback_id" not in draft.taken:
        respondent = [
            seen for seen in sheet.usable
            if {"respondent", "response"} & set(seen.words) and "id" in seen.words and seen.place not in rated | draft.used
        ]  # fmt: skip
        if respondent and respondent[0].evidence.distinct_share > 0.9:
            draft.taken["feedback_id"] = Taken((respondent[0],), 0.9, "a reference of each set of answers")
    key = draft.taken.get("rater_key")
    if key is not None and "feedback_id" not in draft.taken and key.seen[0].evidence.distinct_share == 1:
        draft.taken["feedback_id"] = draft.taken.pop("rater_key")
    return draft


def _rank_of_day(seen: Seen) -> int:
    words = set(seen.words)
    return 2 if words & _SUBMITTED else -1 if words & _OPENED else 1 if "date" in words else 0


def _settle_who(sheet: Sheet, ratings: Sequence[_Rating], draft: Draft) -> None:
    """Who answered, and with it which check-in: as a column says, as the file says, as the questions say, else asked."""
    if all(_is_friends_and_family(sheet, rating) for rating in ratings) and len(ratings) == 1:
        draft.defaults["instrument"] = "fft"
    if "rater" in draft.taken:
        if "instrument" not in draft.defaults:
            _ask_instrument(draft)
        return
    who = _who(sheet)
    if who is None:
        asked = "Who answered these questions: people who are supported, their family and friends, or staff?"
        draft.questions.append(Question("rater", asked, tuple(rater for _, _, rater, _ in _WHO)))
        if "instrument" not in draft.defaults:
            _ask_instrument(draft)
        return
    rater, instrument = who
    draft.defaults["rater"] = rater
    draft.defaults.setdefault("instrument", instrument)


def _ask_instrument(draft: Draft) -> None:
    asked = "Which check-in is it: of people who are supported, of family and friends, or of staff?"
    draft.questions.append(Question("instrument", asked, tuple(instrument for _, _, _, instrument in _WHO)))


def _who(sheet: Sheet) -> tuple[str, str] | None:
    name = re.sub(r"[_.-]+", " ", sheet.file_name).casefold()
    named = [(rater, instrument) for _, pattern, rater, instrument in _WHO if re.search(pattern, name)]
    if len(named) == 1:
        return named[0]
    told = {
        words_kind: sum(bool(set(_spoken(seen.heading)) & words) for seen in sheet.usable)
        for words_kind, words in (("staff", _STAFF), ("family", _FAMILY), ("person", _PERSON))
    }
    first, second = sorted(told.values(), reverse=True)[:2]
    if first < 2 or first < 2 * second:
        return None
    kind = max(told, key=lambda each: told[each])
    return next((rater, instrument) for each, _, rater, instrument in _WHO if each == kind)


def _spoken(heading: str) -> tuple[str, ...]:
    """The words of a heading and, because we treat some as one, as they are written too."""
    return (*words_of(heading), *re.split(r"[^a-z]+", heading.casefold()))


def _is_friends_and_family(sheet: Sheet, rating: _Rating) -> bool:
    named = _FFT.search(rating.seen.heading) or _FFT.search(sheet.file_name.replace("_", " ").replace("-", " "))
    return bool(named) and friends_and_family(rating.seen.evidence.counted) is not None


def _settle_questions(ratings: Sequence[_Rating], draft: Draft) -> None:
    """Each question its domain, each answer its score; an answer that means two scores keeps its first meaning."""
    instrument = draft.defaults.get("instrument", "")
    scores: dict[str, str] = {}
    meant: dict[str, str] = {}
    columns: dict[str, str] = {}
    for rating in ratings:
        scored = rating.scored
        if instrument == "fft":
            scored = friends_and_family(rating.seen.evidence.counted) or {}
        elif _FFT.search(rating.seen.heading):
            draft.unused[rating.seen.place] = "no place"
            draft.warnings.append(
                f'"{rating.seen.heading}" is the Friends and Family Test, on which 1 is best. '
                "It cannot stand among other ratings; load it in a file of its own."
            )
            continue
        if any(meant.get(word(text), score) != score for text, score in scored.items()):
            draft.unused[rating.seen.place] = "not a rating"
            draft.warnings.append(
                f'"{rating.seen.heading}" uses a word of another question for another step, and was left out.'
            )
            continue
        for text, score in scored.items():
            if word(text) not in meant:
                meant[word(text)] = score
                scores[text] = score
        columns[rating.seen.heading] = (
            "total" if instrument == "fft" else _domain(rating.seen.heading, instrument, columns)
        )
    draft.wide = Wide("domain", "score", columns)
    if scores:
        draft.codes["score"] = scores


def _domain(question: str, instrument: str, taken: Mapping[str, str]) -> str:
    """Our domain when the question says it and no earlier one did; else a short name made from the question."""
    for domain, pattern in _DOMAINS.get(instrument, ()):
        if re.search(pattern, question, re.IGNORECASE) and domain not in taken.values():
            return domain
    return short_name(question, taken.values())


def short_name(question: str, taken: Iterable[str] = ()) -> str:
    """A question as a few words with "_" between, unlike those already taken."""
    text = re.sub(r"[^a-z0-9]+", "_", without_number(question).casefold()).strip("_")
    text = re.sub(r"_(?:cat|ind|txt|n)$", "", text)
    short = text if len(text) <= 40 else text[:41].rpartition("_")[0] or text[:40]
    short = short or "question"
    known = set(taken)
    name, number = short, 2
    while name in known:
        name, number = f"{short}_{number}", number + 1
    return name
