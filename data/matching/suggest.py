"""Which table a file is, and which of its headings are which of our columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.contract import TABLES
from data.matching.arrange import arrangement
from data.matching.codes import plain_word, vocabulary
from data.matching.finish import Named, finish
from data.matching.fitting import Draft, Taken, fit_table, speaks_of, tables_to_try
from data.matching.match import SURE, Likely, Match, Question
from data.matching.own import Lacking, own_match, own_table
from data.matching.profile import Profile, same_heading
from data.matching.sheet import Seen, Sheet
from data.matching.shelf import Shelf, shipped
from data.matching.survey import survey
from data.matching.totals import by_measure, by_month, outcome_of, read_periods
from data.reading.table import NotATable, RawTable
from data.values import read_number, read_period

LEAST_FIT = 0.45
"""A table that explains a sheet less than this is not proposed."""
LOADED_FIT = 0.65
"""A table that explains less than this is proposed, and not loaded before a person has said that it is the one."""
CLEAR_FIT = 0.7
SURE_FIT = 0.8
"""From here on another layout is not looked for."""
TABLE_MARGIN = 0.05
NAMED_FIT = 0.25
"""Runners-up that fit less than this are not worth naming."""
CLOSE_TABLES = 4
"""So many tables that fit best by known headings are tried again with headings that are only like them."""


def match_table(
    raw: RawTable,
    file_name: str,
    *,
    table: str | None = None,
    profile: Profile | None = None,
    shelf: Shelf | None = None,
) -> Match:
    """How the file would be read.

    ``table`` and ``profile`` are what a person has said; ``shelf`` is where profiles are looked for, without one only
    the shipped ones are. Raises NotATable when the file is no table of the contract or lacks what the profile needs.
    """
    if profile is not None:
        return _by_profile(raw, file_name, profile, "given")
    kept = shelf.for_headings(raw.headings) if shelf is not None else ()
    saved = [each for each in kept if each.where == "saved" and table in (None, each.profile.table)]
    if saved:
        return _by_profile(raw, file_name, saved[0].profile, "saved")
    own = own_table(raw.headings, file_name, table)
    if own is not None:
        try:
            return own_match(own, raw.headings)
        except Lacking as lacking:
            nearly = _suggested(raw, Sheet(raw, file_name), own.name, None)
            found = {each.ours for each in nearly.columns if each.confidence >= SURE}
            if not found.issuperset(lacking.missing) or any(each.about != "date_order" for each in nearly.questions):
                raise  # what our own headings lack is said as our own contract says it
            return nearly
    sheet = Sheet(raw, file_name)
    pattern = _pattern(sheet, table)
    match = _by_pattern(raw, sheet, pattern) if pattern is not None else None
    return match or _suggested(raw, sheet, table, pattern)


def _by_profile(raw: RawTable, file_name: str, profile: Profile, how: str) -> Match:
    """The file as a profile says, with the words of it that the profile does not know yet."""
    profile = _with_new_months(profile, raw.headings)
    laid = arrangement(profile, raw.headings)
    sheet = Sheet(raw, file_name)
    draft = Draft(laid.table, wide=profile.wide, declared=profile.date_order, fit=1.0)
    for ours, places in laid.places.items():
        draft.taken[ours] = Taken(tuple(sheet.seen[place] for place in places), 1.0, "as the profile says")
    if laid.wide and profile.wide is not None:
        headings = {raw.headings[place]: name for place, name in laid.wide}
        draft.wide = replace(profile.wide, columns=headings)
    draft.codes = {name: dict(words) for name, words in profile.codes.items()}
    draft.defaults, draft.read_as = dict(profile.defaults), dict(profile.read_as)
    draft.warnings = [f'The profile reads "{heading}", and this file has no such heading.' for heading in laid.absent]
    named = Named(profile.name, profile.about, profile.headings or sheet.made_for, profile.recognised_by)
    match = finish(sheet, raw.first.cells, draft, "given" if how == "given" else "saved", named=named)
    return replace(match, how="shipped") if how == "shipped" else match


def _with_new_months(profile: Profile, headings: Sequence[str]) -> Profile:
    """A sheet with a column a month, read again when it has other months."""
    if profile.wide is None or profile.wide.into != "period_from":
        return profile
    present = {same_heading(heading): heading for heading in headings}
    known = {same_heading(heading): name for heading, name in profile.wide.columns.items()}
    used = {same_heading(heading) for theirs in profile.columns.values() for heading in theirs}
    columns = {
        heading: known.get(same, heading)
        for same, heading in present.items()
        if same in known or (same not in used and read_period(heading) is not None)
    }
    return replace(profile, wide=replace(profile.wide, columns=columns)) if columns else profile


def _pattern(sheet: Sheet, table: str | None) -> Profile | None:
    """The shipped pattern whose headings the sheet has; the one that asks for most, when several do."""
    present = {same_heading(seen.heading) for seen in sheet.usable}
    fitting = [
        each.profile
        for each in shipped()
        if table in (None, each.profile.table)
        and all(same_heading(name) in present for name in each.profile.recognised_by)
    ]
    return max(fitting, key=lambda each: len(each.recognised_by), default=None)


def _by_pattern(raw: RawTable, sheet: Sheet, pattern: Profile) -> Match | None:
    """A kind of export we know: its fixed columns are settled, the rest is worked out.

    None when a form that usually holds a survey holds something else: incidents are reported by such forms as well.
    """
    counted = by_measure(sheet) if pattern.wide is not None else None
    if counted is not None:  # the measures a pattern lists are never all that a sheet counts
        read_periods(counted)
        named = Named(pattern.name, pattern.about, sheet.made_for)
        return finish(sheet, raw.first.cells, counted, "shipped", named=named, tables=(Likely(pattern.table, 0.95),))
    if pattern.wide is not None:
        present = {same_heading(heading) for heading in sheet.headings}
        columns = {
            ours: theirs
            for ours, theirs in pattern.columns.items()
            if all(same_heading(each) in present for each in theirs)
        }
        spread = {heading: name for heading, name in pattern.wide.columns.items() if same_heading(heading) in present}
        used = {same_heading(each) for theirs in columns.values() for each in theirs} | set(map(same_heading, spread))
        if any(same_heading(seen.heading) not in used and outcome_of(seen.heading) for seen in sheet.usable):
            return None  # it counts more than the pattern knows of
        filled = replace(
            pattern,
            columns=columns,
            wide=replace(pattern.wide, columns=spread),
            headings=sheet.made_for,
            recognised_by=(),
        )
        return _by_profile(raw, sheet.file_name, filled, "shipped")
    by_heading = {same_heading(seen.heading): seen for seen in reversed(sheet.usable)}
    fixed: dict[str, tuple[Seen, ...]] = {}
    for ours, theirs in pattern.columns.items():
        settled = tuple(by_heading[same] for heading in theirs if (same := same_heading(heading)) in by_heading)
        if settled and not all(seen.evidence.is_empty for seen in settled):
            fixed[ours] = settled
    draft = _by_kind(sheet, pattern, fixed)
    if draft is None:
        return None
    draft.declared = pattern.date_order
    draft.defaults = {**pattern.defaults, **draft.defaults}
    _read_as(draft)
    named = Named(pattern.name, pattern.about, sheet.made_for)
    return finish(sheet, raw.first.cells, draft, "shipped", named=named, tables=(Likely(pattern.table, 0.95),))


def _by_kind(sheet: Sheet, pattern: Profile, fixed: Mapping[str, tuple[Seen, ...]]) -> Draft | None:
    """The sheet as its kind has it. A kind known by one heading alone gives way to any table that fits well."""
    table = TABLES[pattern.table]
    if table.name != "feedback":
        return fit_table(sheet, table, fixed=fixed)
    surely = len(pattern.recognised_by) > 1
    others = [fit_table(sheet, each, near=False) for each in TABLES.values() if each.name not in ("feedback", "totals")]
    if max(each.fit for each in others) >= (SURE_FIT if surely else LOADED_FIT):
        return None
    plain = fit_table(sheet, table, fixed=fixed)
    if _is_long_feedback([plain]):
        return plain if surely else None
    return survey(sheet, fixed, certain=True) or (plain if surely else None)


def _suggested(raw: RawTable, sheet: Sheet, table: str | None, pattern: Profile | None) -> Match:
    drafts = _drafts(sheet, table)
    best = drafts[0]
    if best.fit < LEAST_FIT and table is None:
        raise NotATable(
            "No table of the contract fits these headings. It may be a list that is not needed here; "
            "if it is one of ours, name it with --table."
        )
    sure = _sureness(best, drafts[1].fit if len(drafts) > 1 else 0.0)
    others = [Likely(each.table.name, round(min(sure, each.fit), 2)) for each in drafts[1:5] if each.fit > NAMED_FIT]
    likely = (Likely(best.table.name, round(sure, 2)), *others)
    if table is None and len(drafts) > 1 and best.fit - drafts[1].fit < TABLE_MARGIN:
        names = tuple(each.table.name for each in drafts if best.fit - each.fit < TABLE_MARGIN)
        said = best.table.name if best.table.name in sheet.file_says else None
        best.questions.append(Question("table", f"This could be {' or '.join(names)}. Which is it?", names, said))
    elif table is None and (best.fit < LOADED_FIT or _is_nobodys_stay(best, sheet)):
        asked = f"This is most like {best.table.name}, but little of it is known. Which table is it?"
        best.questions.append(Question("table", asked, tuple(each.table.name for each in drafts[:4])))
    _read_as(best)
    best.declared = pattern.date_order if pattern is not None else None
    return finish(sheet, raw.first.cells, best, "suggested", tables=likely)


def _sureness(best: Draft, next_fit: float) -> float:
    """How sure the table is: its fit, and more where it fits well and the next best is far behind."""
    ahead = (best.fit - next_fit) / 2 if best.fit >= CLEAR_FIT and not _is_without_person(best) else 0.0
    return min(0.98, best.fit + max(0.0, ahead))


def _is_without_person(draft: Draft) -> bool:
    return draft.table.name == "stays" and "person_id" not in draft.taken


def _is_nobodys_stay(draft: Draft, sheet: Sheet) -> bool:
    """Whether a sheet without a person is taken for stays by the heading of a date alone."""
    said = speaks_of(sheet, draft.table) or draft.table.name in sheet.file_says
    return _is_without_person(draft) and not said


def _drafts(sheet: Sheet, table: str | None) -> list[Draft]:
    """The sheet as every table it may be, the best first; another shape of sheet only where no table fits as it is."""
    plain = sorted((fit_table(sheet, each, near=False) for each in tables_to_try(table)), key=_by_fit)
    plain = [fit_table(sheet, each.table) for each in plain[:CLOSE_TABLES]] + plain[CLOSE_TABLES:]
    plain.sort(key=_by_fit)
    other: list[Draft] = []
    if table in (None, "totals"):
        other += [draft for draft in (by_month(sheet), by_measure(sheet)) if draft is not None]
    if table in (None, "feedback") and not other and not _is_long_feedback(plain):
        found = survey(sheet)
        if found is not None and (plain[0].table.name == "feedback" or plain[0].fit < SURE_FIT):
            other.append(found)
    shapes = {draft.table.name for draft in other}
    drafts = other + [draft for draft in plain if draft.table.name not in shapes]
    if other:
        for draft in drafts[len(other) :]:
            draft.fit = min(draft.fit, other[0].fit - 2 * TABLE_MARGIN)
    named = {draft.table.name: draft for draft in drafts}
    if "incidents" in named and "falls" in named and _holds_more_than_falls(named["incidents"]):
        named["falls"].fit = min(named["falls"].fit, named["incidents"].fit - 2 * TABLE_MARGIN)
    return sorted(drafts, key=_by_fit)


def _holds_more_than_falls(draft: Draft) -> bool:
    """Whether a column of kinds names anything that is no fall: the sheet is then incidents, whatever else it says."""
    taken, words = draft.taken.get("kind"), vocabulary("incidents", "kind")
    if taken is None:
        return False
    kinds = {words.get(plain_word(text)) for text in taken.seen[0].evidence.values}
    return not kinds <= {None, "fall"}


def _by_fit(draft: Draft) -> tuple[float, int]:
    return -draft.fit, list(TABLES).index(draft.table.name)


def _is_long_feedback(drafts: Sequence[Draft]) -> bool:
    """Whether the sheet already has a row an answer: a column of questions and one of scores."""
    taken: Mapping[str, Taken] = next((each.taken for each in drafts if each.table.name == "feedback"), {})
    return "domain" in taken and "score" in taken


def _read_as(draft: Draft) -> None:
    """Births that are told as an age or a date; weeks and months that are told as a day."""
    if draft.table.name == "totals":
        read_periods(draft)
    taken = draft.taken.get("birth_year")
    if taken is None or "birth_year" in draft.read_as:
        return
    evidence = taken.seen[0].evidence
    years = evidence.share(lambda text: 1880 <= (read_number(text) or 0) <= 2100)
    if evidence.days > 0.5 and years < 0.5:
        draft.read_as["birth_year"] = "birth_date"
    elif evidence.numbers > 0.5 and years < 0.5:
        draft.read_as["birth_year"] = "age"
