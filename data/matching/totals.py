"""Sheets of monthly totals that are wider than ours: a column a month, or a column a measure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from data.contract import TABLES
from data.matching.arrange import period_of_day
from data.matching.codes import plain_word, vocabulary
from data.matching.fitting import Draft, Taken
from data.matching.match import Question, UnknownWord
from data.matching.naming import named_exactly
from data.matching.profile import DateOrder, Wide
from data.matching.sheet import Seen, Sheet
from data.values import is_nothing, read_number, read_period

TOTALS = TABLES["totals"]
LEAST_NUMBERS = 0.8
"""Columns of totals hold figures, or nothing."""
_CODE = re.compile(r"[A-Za-z]{1,4}\d{1,3}|[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+")
_YEAR_IN_NAME = re.compile(r"(?<!\d)(?:19|20)\d{2}(?!\d)")
_NOT_A_COUNT = re.compile(
    r"\brates?\b|\bper\b|%|\bpercent|\baverage|\bmean\b|\btarget|\bytd\b|\bytd|\bnotes?\b|\bcomments?\b", re.IGNORECASE
)
_NOT_AN_EVENT = re.compile(
    r"\b(?:residents?|people|persons?|clients?|beds?|occupancy|staff|vacancies|headcount)\b", re.IGNORECASE
)
_WEEK = re.compile(r"\bweek|\bw/?[ceb]\b|\bwk\b")
_ENDING = re.compile(r"end|\bw/?e\b")
_MONTHS = "january february march april may june july august september october november december"
_MONTH_NAMES = frozenset((*_MONTHS.split(), *(name[:3] for name in _MONTHS.split()), "sept"))
LEAVE_OUT = ""


def outcome_of(label: str) -> str | None:
    """The code of an outcome that a label means: ours by curated words, or the label itself when it is a code."""
    found = vocabulary("totals", "outcome").get(plain_word(label))
    if found is not None:
        return found
    return label.strip().upper() if _CODE.fullmatch(label.strip()) else None


def is_denominator(label: str) -> bool:
    """Whether the label means bed days or the like."""
    return plain_word(label) in vocabulary("totals", "denominator")


def own_code(label: str) -> str:
    """A code for a user's own outcome, made from its label: "Pressure sores" as PRESSURE_SORES."""
    return re.sub(r"[^A-Z0-9]+", "_", label.upper()).strip("_")[:32].rstrip("_") or "OTHER"


def ask_outcome(label: str) -> Question:
    """What a label counts that we know no outcome for; unanswered, it is kept as an outcome of the user's own."""
    known = tuple(dict.fromkeys(vocabulary("totals", "outcome").values()))
    asked = f'Which outcome does "{label}" count? It is kept as an outcome of your own if you do not say.'
    return Question(label, asked, (own_code(label), *known, LEAVE_OUT), own_code(label))


def _is_figures(seen: Seen) -> bool:
    return seen.evidence.is_empty or seen.evidence.share(lambda text: read_number(text) is not None) >= LEAST_NUMBERS


def by_month(sheet: Sheet) -> Draft | None:
    """A column a month, a row a measure (or a home); None when the sheet is not so."""
    months = [seen for seen in sheet.usable if read_period(seen.heading) and _is_figures(seen)]
    bare = [seen for seen in sheet.usable if plain_word(seen.heading) in _MONTH_NAMES and _is_figures(seen)]
    draft = Draft(TOTALS, fit=0.9)
    if len(months) >= 2:
        words = _spelt_out([seen.heading for seen in months], draft)
    elif len(bare) >= 3:
        months, words = bare, _with_year(bare, sheet.file_name, draft)
    else:
        return None
    others = [seen for seen in sheet.usable if seen not in months and not seen.evidence.is_empty]
    if len(others) > max(4, len(months)):
        return None
    figures = [seen for seen in others if _is_figures(seen)]
    texts = [seen for seen in others if seen not in figures]
    service = _take_service(texts, draft)
    label = _label([seen for seen in texts if seen is not service])
    denominators: list[str] = []
    if label is not None:
        draft.taken["outcome"] = Taken((label,), 0.9, "each row is a measure, each month a column")
        denominators = _outcomes_of_rows(label, draft)
    else:
        _ask_what_is_counted(sheet, draft)
    draft.wide = Wide("period_from", "numerator", words, tuple(denominators))
    return draft


def _spelt_out(headings: Sequence[str], draft: Draft) -> dict[str, str]:
    """The period each heading names. Days a week apart are weeks, days a month apart are months."""
    order: DateOrder = "dmy" if all(read_period(heading) for heading in headings) else "mdy"
    periods = [read_period(heading, order) for heading in headings]
    days = sorted({period[0] for period in periods if period is not None and period[0] == period[1]})
    apart = [(later - earlier).days for earlier, later in pairwise(days)]
    if len(days) < len(headings) or len(days) < 3:
        return {heading: heading for heading in headings}
    kind = "week" if set(apart) == {7} else "month" if all(27 < gap < 32 for gap in apart) else ""
    if not kind:
        return {heading: heading for heading in headings}
    draft.warnings.append(f"The days above the columns are a {kind} apart, so each is read as a {kind}.")
    return {heading: period_of_day(heading, kind, order) for heading in headings}


def read_periods(draft: Draft) -> None:
    """Say of a column of days that its heading calls them weeks or months: each row is then that long."""
    taken = draft.taken.get("period_from")
    if taken is None or "period_to" in draft.taken or "period_from" in draft.read_as:
        return
    seen = taken.seen[0]
    if seen.evidence.days < LEAST_NUMBERS:
        return
    heading = seen.heading.casefold()
    if _WEEK.search(heading):
        draft.read_as["period_from"] = "week_ending" if _ENDING.search(heading) else "week"
    elif "month" in heading:
        draft.read_as["period_from"] = "month"


def _with_year(months: Sequence[Seen], file_name: str, draft: Draft) -> dict[str, str]:
    """Months without a year need one: the one the file's name holds is proposed, never taken without a word."""
    years = sorted(set(_YEAR_IN_NAME.findall(file_name)))
    year = years[0] if len(years) == 1 else None
    draft.questions.append(
        Question("period_from", "The months above the columns have no year. Which year is it?", tuple(years), year)
    )
    if year is not None:
        draft.warnings.append(f"The months have no year; {year} was taken from the name of the file.")
    return {seen.heading: f"{seen.heading.strip()} {year}" if year else seen.heading for seen in months}


def _take_service(texts: Sequence[Seen], draft: Draft) -> Seen | None:
    for seen in texts:
        named = named_exactly("totals", seen.heading).get("service_id")
        if named is not None:
            draft.taken["service_id"] = Taken((seen,), round(named.strength, 2), named.why)
            return seen
    return None


def _label(texts: Sequence[Seen]) -> Seen | None:
    """The column that says what each row counts: by what it holds, else by its heading, else the only one left."""

    def known(seen: Seen) -> float:
        return seen.evidence.share(lambda text: outcome_of(text) is not None or is_denominator(text))

    holding = max(texts, key=known, default=None)
    if holding is not None and known(holding) > 0:
        return holding
    named = [seen for seen in texts if "outcome" in named_exactly("totals", seen.heading)]
    return named[0] if named else texts[0] if len(texts) == 1 else None


def _outcomes_of_rows(label: Seen, draft: Draft) -> list[str]:
    """Words for each row's label; those that are denominators are returned."""
    denominators: list[str] = []
    codes: dict[str, str] = {}
    for text, times in label.evidence.counted.items():
        if is_nothing(text):
            continue
        if is_denominator(text):
            denominators.append(text)
            continue
        found = outcome_of(text)
        if found is None:
            draft.unknown.append(UnknownWord("outcome", text, times))
            draft.questions.append(ask_outcome(text))
            found = own_code(text)
        if found != text.strip().upper():
            codes[text] = found
    if codes:
        draft.codes["outcome"] = codes
    return denominators


def _ask_what_is_counted(sheet: Sheet, draft: Draft) -> None:
    known = tuple(dict.fromkeys(vocabulary("totals", "outcome").values()))
    said = "F1" if "falls" in sheet.file_says else "I1" if "incidents" in sheet.file_says else None
    hint = f" The name of the file speaks of {said}." if said else ""
    draft.questions.append(
        Question("outcome", f"Nothing says what the figures count.{hint} Which outcome is it?", known)
    )


def by_measure(sheet: Sheet) -> Draft | None:
    """A row a month, a column a measure; None when the sheet is not so."""
    period = _period_column(sheet)
    if period is None:
        return None
    figures = [seen for seen in sheet.usable if seen is not period and not seen.evidence.is_empty and _is_figures(seen)]
    measures = [seen for seen in figures if not _NOT_A_COUNT.search(seen.heading)]
    counted = [seen for seen in measures if not is_denominator(seen.heading)]
    known = [seen for seen in counted if plain_word(seen.heading) in vocabulary("totals", "outcome")]
    texts = [seen for seen in sheet.usable if seen not in figures and seen is not period and not seen.evidence.is_empty]
    if not known or _has_label_column(texts) or len(texts) > len(measures) + 2:
        return None
    draft = Draft(TOTALS, fit=0.9)
    draft.taken["period_from"] = Taken((period,), 0.95, "it names the month or period of each row")
    last = [
        seen for seen in sheet.usable if seen is not period and "period_to" in named_exactly("totals", seen.heading)
    ]
    if last and last[0].evidence.periods > 0.8:
        draft.taken["period_to"] = Taken((last[0],), 0.92, "it names the last day of each row")
    over = [seen for seen in measures if is_denominator(seen.heading)]
    if over:
        draft.taken["denominator"] = Taken((over[0],), 0.95, "a usual heading for it")
    _take_service(texts, draft)
    words: dict[str, str] = {}
    for seen in counted:
        found = outcome_of(seen.heading)
        if found is None and any(name in named_exactly("totals", seen.heading) for name in ("total_id", "service_id")):
            continue
        if found is None and _NOT_AN_EVENT.search(seen.heading):
            continue
        if found is None:
            draft.questions.append(ask_outcome(seen.heading))
            found = own_code(seen.heading)
        if found not in words.values():
            words[seen.heading] = found
    draft.wide = Wide("outcome", "numerator", words)
    return draft


def _period_column(sheet: Sheet) -> Seen | None:
    periods = [seen for seen in sheet.usable if not seen.evidence.is_empty and seen.evidence.periods > LEAST_NUMBERS]
    named = [seen for seen in periods if "period_from" in named_exactly("totals", seen.heading)]
    worded = [
        seen
        for seen in periods
        if seen.evidence.numbers < 0.5 or "period_from" in named_exactly("totals", seen.heading)
    ]
    return named[0] if named else worded[0] if len(worded) == 1 else None


def _has_label_column(texts: Sequence[Seen]) -> bool:
    """Whether a column already says what each row counts: then the sheet is as long as ours."""
    return any(
        "outcome" in named_exactly("totals", seen.heading)
        and seen.evidence.share(lambda text: outcome_of(text) is not None) > 0
        for seen in texts
    )
