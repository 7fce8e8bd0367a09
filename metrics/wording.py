"""The one voice: every sentence about a finding is written here and spoken by page, command line and notebook alike.

Sentences claim only what the data bear: before and after, never cause. One number, its range in words, what is
not known.
"""

from __future__ import annotations

from data.model import Period
from metrics.model import Effect, Finding, Outcome, Side, Verdict
from metrics.series.words import continued
from metrics.words import and_list, apart, at_least, capital, counted, day, number, whole

REASONS = {
    "early_look": "the follow-up is not finished",
    "too_early": "the follow-up has not begun",
    "no_data": "nothing was recorded for it",
    "no_data_before": "nothing was recorded before the change",
    "no_data_after": "nothing was recorded after the change",
    "no_exposure": "we do not know how many people were here",
    "too_few_events": "there were too few to judge",
    "too_few_rows": "too few were looked at to judge",
    "too_few_answers": "too few answered to judge",
    "form_changed": "another form or instrument was used",
    "rater_changed": "somebody else answered",
    "too_few_days": "too few days were watched",
    "too_few_person_days": "too few days lived here on one side",
    "windows_unwatched": "too much of the time nobody was watching",
    "too_little_data": "the range is still too wide",
    "no_clear_change": "the range includes no change at all",
    "rise_not_ruled_out": "staying within what was agreed is not shown",
    "fall_not_ruled_out": "staying within what was agreed is not shown",
    "no_margin_declared": "nobody agreed beforehand what would count as steady",
    "neither_way_is_good": "neither more nor fewer is good by itself",
    "no_verdict_of_its_own": "it is shown, not judged",
    "recording_changed": "the way events are written down changed",
    "definition_changed": "what is counted changed in between",
    "balance_worse": "something it must be read beside got worse",
    "balance_leaning": "something it must be read beside may have got worse",
    "spike_baseline": "it is only better than an unusually bad spell",
    "too_few_to_show_apart": "too few to show apart",
    "no_other_group": "there is no other group to compare with",
    "trend_before": "it was already getting better before the start",
    "season": "a season could do as much",
    "depends_on_window": "it depends on the days chosen",
    "often_without": "as good a change often turned up when nothing was done",
    "recording_fell": "less of everything was written down",
    "exposure_missing": "for too many weeks nobody is known to have been here",
    "outcome_unknown": "no outcome file describes it",
}

LADDER = (
    "told", "asked", "designed together", "decided together", "led by people living with dementia",
)  # fmt: skip

VOICES = {
    "person": "the person", "family": "family", "advocate": "an advocate", "attorney_deputy": "an attorney or deputy",
    "staff": "staff", "professional": "an outside professional",
}  # fmt: skip


CAPACITY_FINDING = "capacity_finding"
"""Not a change somebody made: sentences about the days around one say so."""


SPEAKERS = {
    "self": "people", "family": "relatives", "family_about_self": "relatives", "staff": "members of staff",
    "staff_about_self": "members of staff", "observer": "observers", "advocate": "advocates",
}  # fmt: skip
"""Kinds of answerer as a sentence names them."""
YEARS_LIVED_HERE = "years lived here"


def verdict_line(finding: Finding) -> str:
    """The verdict as a heading: "Better, and worthwhile"; "Cannot tell yet: there were too few to judge"."""
    return verdict_words(finding.verdict)


def verdict_words(verdict: Verdict) -> str:
    """A verdict as a heading."""
    if verdict.word == "cannot tell yet":
        return f"Cannot tell yet: {reason_words(verdict.reason)}"
    return capital(verdict.word) + (", and worthwhile" if verdict.worthwhile else "")


def reason_words(reason: str | None) -> str:
    """Why we cannot tell, in a few words."""
    return REASONS.get(reason or "", "the data do not say")


def figure(outcome: Outcome, side: Side, day_word: str = "days", *, personal: bool = False) -> str:
    """One side in words: "8 of 28 mornings", "6.8 per 1,000 bed days", "3 in 28 days" for one person.

    ``day_word`` also tells whether people live there at all: in homecare they are supported in their own homes.
    """
    said = _figure(outcome, side, day_word, personal=personal)
    return said.replace(LIVING_HERE, SUPPORTED) if day_word == SUPPORTED_DAYS else said


LIVING_HERE, SUPPORTED, SUPPORTED_DAYS = "people living here", "people supported", "days people were supported"


def _figure(outcome: Outcome, side: Side, day_word: str, *, personal: bool) -> str:
    tally = side.tally
    if outcome.kind == "score":
        return "no answers with a score" if side.value is None else points(side.value)
    if outcome.kind in ("rate", "stay"):
        if side.value is None or personal:
            if tally.denominator:
                return f"{whole(tally.numerator)} in {counted(tally.denominator, 'day', 'days')}"
            return counted(tally.numerator, outcome.one_thing, outcome.many_things)
        what = f"{outcome.many_things} " if outcome.kind == "stay" else ""
        return f"{number(side.value)} {what}{rate_unit(outcome, day_word)}"
    if tally.denominator == 0:
        return f"no {outcome.many_of}"
    return f"{whole(tally.numerator)} of {counted(tally.denominator, outcome.one_of, outcome.many_of)}"


def points(figure_: float) -> str:
    """1 point, 0.5 points."""
    said = number(figure_)
    return f"{said} point" if said == "1" else f"{said} points"


def side_words(finding: Finding, side: Side) -> str:
    """One side of a finding in words."""
    return figure(finding.outcome, side, finding.day_word, personal=finding.intervention.is_personal)


def rate_unit(outcome: Outcome, day_word: str) -> str:
    """per 1,000 bed days; own outcomes from totals name their own unit."""
    if outcome.kind == "stay":
        return f"per {whole(outcome.per)} {YEARS_LIVED_HERE}"
    if outcome.source == "own" and not outcome.unit.endswith("person days"):
        return outcome.unit
    return f"per {whole(outcome.per)} {day_word}"


def both_sides(finding: Finding) -> tuple[str, str]:
    """Before and after in words, with enough decimals to tell them apart."""
    change = finding.change
    if change is None:
        return "–", "–"
    before, after = change.before, change.after
    if _is_level(finding) and before.value is not None and after.value is not None and before.value != after.value:
        one, other = apart(before.value, after.value)
        unit = _unit(finding)
        return f"{one} {unit}", f"{other} {unit}"
    return (
        "–" if before.period is None else side_words(finding, before),
        "–" if after.period is None else side_words(finding, after),
    )


def _is_level(finding: Finding) -> bool:
    """Whether the figure is a level with a unit (a rate, a score) and not so many of so many."""
    kind = finding.outcome.kind
    return kind == "score" or (kind in ("rate", "stay") and not finding.intervention.is_personal)


def _unit(finding: Finding) -> str:
    if finding.outcome.kind == "score":
        return "points"
    unit = rate_unit(finding.outcome, finding.day_word)
    return f"{finding.outcome.many_things} {unit}" if finding.outcome.kind == "stay" else unit


def sentence(finding: Finding) -> str:
    """One or two plain sentences: what was, what is, and how far the truth may lie from it."""
    change = finding.change
    if finding.verdict.reason == "outcome_unknown":
        return _not_answered(finding)
    if change is None or finding.comparison is None:
        return f"{finding.outcome.name}: {reason_words(finding.verdict.reason)}."
    if not _anything(change.before) and not _anything(change.after):
        return f"{finding.outcome.name}: {reason_words(finding.verdict.reason)}."
    told = (_what_happened(finding), _asked_twice(finding), _how_far(finding))
    return " ".join(part for part in told if part)


def _not_answered(finding: Finding) -> str:
    return (
        f"{finding.outcome.code} was declared, and no outcome file describes it. "
        "Add your own with --outcomes FOLDER, or correct the code."
    )


def _anything(side: Side) -> bool:
    return bool(side.tally.numerator or side.tally.denominator)


def _what_happened(finding: Finding) -> str:
    assert finding.change is not None
    outcome, before, after = finding.outcome, finding.change.before, finding.change.after
    opening = f"{outcome.tells} " if outcome.tells else f"{outcome.name}: "
    now = side_words(finding, after)
    moment = _moment(finding)
    if not _anything(before):
        return f"{opening}{now} after {moment}; nothing was recorded before it."
    if not _anything(after):
        return f"{outcome.name}: {side_words(finding, before)} before {moment}; nothing is recorded after it yet."
    if before.value is None or after.value is None:
        return f"{opening}{now}, and {side_words(finding, before)} before."
    if before.value == after.value:
        return f"{opening}{now}{_since(finding)}, the same as before."
    now, then = _two_figures(finding)
    if not _is_level(finding) and before.tally.numerator == after.tally.numerator:
        # "12 of 25, down from 12 of 24" is true of the share and reads like a slip.
        return f"{opening}{now}{_since(finding)}, against {then} before."
    return f"{opening}{now}{_since(finding)}, {'down' if after.value < before.value else 'up'} from {then}."


def _moment(finding: Finding) -> str:
    """What lies between before and after: a change somebody made, or something that happened."""
    return "the finding about capacity" if finding.intervention.kind == CAPACITY_FINDING else "the change"


def _since(finding: Finding) -> str:
    """The days after are named where a reader would take them for the days after a plan."""
    return f" since {_moment(finding)}" if finding.intervention.kind == CAPACITY_FINDING else ""


def _two_figures(finding: Finding) -> tuple[str, str]:
    """After and before, the unit said once, with as many decimals as it takes to tell them apart."""
    assert finding.change is not None
    outcome, before, after = finding.outcome, finding.change.before, finding.change.after
    if _is_level(finding):
        assert before.value is not None and after.value is not None
        one, other = apart(after.value, before.value)
        return f"{one} {_unit(finding)}{' on average' if outcome.kind == 'score' else ''}", other
    then = whole(before.tally.numerator)
    if before.tally.denominator != after.tally.denominator:
        then += (" in " if outcome.kind in ("rate", "stay") else " of ") + whole(before.tally.denominator)
    return side_words(finding, after), then


def _asked_twice(finding: Finding) -> str:
    """Of 18 people asked twice, 6 scored higher, 10 the same, 2 lower."""
    answered = finding.change.answered if finding.change is not None else None
    if answered is None or not answered.paired:
        return ""
    return (
        f"Of {answered.twice} {SPEAKERS[answered.rater]} asked twice, {answered.higher} scored higher, "
        f"{answered.same} the same, {answered.lower} lower."
    )


def _how_far(finding: Finding) -> str:
    """The range in words, or why there is none."""
    change, verdict = finding.change, finding.verdict
    assert change is not None
    if verdict.reason in _GATES or change.effect is None:
        return f"{capital(reason_words(verdict.reason))}, so the two cannot be compared{_yet(verdict)}."
    if verdict.reason in ("too_few_events", "too_few_rows"):
        return f"{capital(reason_words(verdict.reason))}."
    if verdict.reason == "no_verdict_of_its_own":
        return _target(finding)
    if change.interrupted is not None:
        return continued(finding.outcome, change.interrupted, finding.question) + _because(finding)
    return _range(change.effect) + _because(finding)


_GATES = {
    "early_look", "too_early", "no_data_before", "no_data_after", "no_exposure", "windows_unwatched", "too_few_days",
    "too_few_person_days", "recording_changed", "definition_changed", "no_data",
}  # fmt: skip


def _yet(verdict: Verdict) -> str:
    return " yet" if verdict.reason in ("early_look", "too_early") else ""


def _target(finding: Finding) -> str:
    outcome, change = finding.outcome, finding.change
    assert change is not None
    if outcome.judged == "target" and outcome.size is not None and change.after.value is not None:
        return f"The target is {number(outcome.size)} in 100."
    return "This is shown beside the rest and has no verdict of its own."


def range_line(effect: Effect) -> str:
    """How far the true change may lie from the one seen, as a sentence."""
    return _range(effect)


def _range(effect: Effect) -> str:
    if effect.scale == "ratio":
        return _ratio_range(effect)
    if effect.scale == "score":
        return _score_range(effect)
    runs = "Days like these come in runs, so the" if "day-to-day" in effect.method else "The"
    low, high = effect.low, effect.high
    if low is None or high is None:
        return "How far it truly moved cannot be said."
    if high < 0:
        return f"{runs} true drop is somewhere between {at_least(-high)} and {whole(-low)} in 100."
    if low > 0:
        return f"{runs} true rise is somewhere between {at_least(low)} and {whole(high)} in 100."
    return f"{runs} true change is anything from {whole(-low)} in 100 fewer to {whole(high)} in 100 more."


def _score_range(effect: Effect) -> str:
    low, high = effect.low, effect.high
    if low is None or high is None:
        return "How far it truly moved cannot be said."
    if high < 0:
        return f"The true drop is somewhere between {number(-high)} and {points(-low)}."
    if low > 0:
        return f"The true rise is somewhere between {number(low)} and {points(high)}."
    return f"The true change is anything from {points(-low)} lower to {points(high)} higher."


def _ratio_range(effect: Effect) -> str:
    low, high = effect.low, effect.high
    given = "Given the ups and downs,"
    if low is None and high is None:
        return "How far it truly moved cannot be said."
    if high is None:
        assert low is not None
        return f"{given} the true figure is at least {_times(low)} the earlier one; no upper end can be given."
    if low is None or low == 0:
        return f"{given} the true figure is at most {_times(high)} the earlier one."
    if high < 1:
        return f"{given} the true drop is likely between {_fewer(high)} and {_fewer(low)} in 100."
    if low > 1:
        if high > 2:
            return f"{given} the true figure is likely between {_times(low)} and {_times(high)} the earlier one."
        return f"{given} the true rise is likely between {_more(low)} and {_more(high)} in 100."
    top = f"{_more(high)} in 100 more" if high <= 2 else f"{_times(high)} as many"
    return f"{given} the true change is anything from {_fewer(low)} in 100 fewer to {top}."


def _fewer(ratio: float) -> str:
    return at_least((1 - ratio) * 100)


def _more(ratio: float) -> str:
    return at_least((ratio - 1) * 100)


def _times(ratio: float) -> str:
    return f"{number(ratio, 2 if ratio < 2 else 1)} times"


def _because(finding: Finding) -> str:
    """A closing clause where the word and the range could seem to disagree."""
    verdict, outcome = finding.verdict, finding.outcome
    if verdict.reason == "balance_worse":
        worse = [beside.outcome.name.lower() for beside in finding.balance if beside.verdict.word == "worse"]
        what = "Fewer were recorded" if outcome.fewer_is_better else "More were recorded"
        return f" {what}, but {and_list(worse)} got worse, so this is not called better."
    if verdict.reason in _ALTERNATIVES:
        return " " + _ALTERNATIVES[verdict.reason]
    if verdict.reason in ("rise_not_ruled_out", "fall_not_ruled_out"):
        return f" {capital(reason_words(verdict.reason))}."
    if verdict.word == "held steady" and _all_on_the_good_side(finding):
        return " All of that lies on the good side, within what was agreed to call steady."
    if verdict.word == "worse" and finding.question == "steady":
        return (
            " That is more than no change, even where it lies within what was agreed."
            if _inside_margin(finding)
            else ""
        )
    return ""


_ALTERNATIVES = {
    "balance_leaning": "But something it must be read beside may well have got worse, so this is not called better.",
    "spike_baseline": "Without the bad weeks before the start it is no longer clear.",
    "trend_before": "But it was already getting better before the start, and might have gone on so.",
    "season": "But the two lie at different times of year, and a season could do as much.",
    "depends_on_window": "But over other days around the same start the answer is another.",
    "often_without": "But as good a change often turned up earlier, when nothing was done.",
    "recording_fell": "But all other incidents fell as much, so perhaps less is written down.",
    "exposure_missing": "But for too many weeks nobody is known to have been here.",
}


def _all_on_the_good_side(finding: Finding) -> bool:
    assert finding.change is not None
    effect, fewer_is_better = finding.change.effect, finding.outcome.fewer_is_better
    if effect is None or fewer_is_better is None:
        return False
    bad_end = effect.high if fewer_is_better else effect.low
    if bad_end is None:
        return False
    return bad_end < effect.no_change if fewer_is_better else bad_end > effect.no_change


def _inside_margin(finding: Finding) -> bool:
    return finding.declared is not None and finding.rules_out is not None and finding.rules_out < margin_in_100(finding)


def margin_in_100(finding: Finding) -> float:
    """The margin declared, in per cent for ratios and points otherwise."""
    size = finding.declared.size if finding.declared is not None else 0.0
    if finding.outcome.scale != "ratio":
        return abs(size)
    return (max(size, 1 / size) - 1) * 100 if size > 0 else 0.0


def rules_out_line(finding: Finding) -> str | None:
    """What these data rule out: the largest worsening still possible."""
    if finding.rules_out is None or finding.verdict.reason in _GATES:
        return None
    word = "rise" if finding.outcome.fewer_is_better else "fall"
    figure_ = whole(finding.rules_out) if finding.rules_out >= 10 else number(finding.rules_out, 1)
    if finding.outcome.scale == "ratio" and finding.rules_out > 200:
        return f"These data cannot rule out even a large {word}: up to {number(1 + finding.rules_out / 100, 1)} times as many."
    if finding.rules_out == 0:
        return f"These data rule out any {word}."
    if finding.outcome.scale == "score":
        return f"These data rule out a {word} of more than {points(finding.rules_out)}."
    return f"These data rule out a {word} of more than {figure_} in 100."


def cannot_say(finding: Finding) -> str:
    """The grey line under the sentence: what a before and after cannot show."""
    if finding.intervention.kind == CAPACITY_FINDING:
        return (
            "This says what happened before and after. It cannot say that the finding brought it about. A finding about "
            "capacity is about one matter; it takes no everyday choice away."
        )
    if finding.change is None or finding.change.effect is None:
        return "A before and after shows what happened around a change. It cannot show what brought it about."
    return (
        "This says what happened before and after. It cannot say that the change brought it about: a bad spell, a trend or a "
        "season is allowed for as far as the record shows it, and anything else that changed is not."
    )


def question_line(finding: Finding) -> str:
    """What was agreed, and when: "Agreed beforehand on 24 February 2026: 15 fewer in 100 would be worthwhile"."""
    declared = finding.declared
    if declared is None:
        return "Nothing was agreed."
    if declared.declaration is None:
        return "Nobody wrote down beforehand what would count as better."
    when = day(declared.declaration.declared_on)
    opening = f"Agreed afterwards, on {when}" if declared.afterwards else f"Agreed beforehand, on {when}"
    voices = [VOICES.get(voice, voice) for voice in declared.declaration.declared_with]
    together = f" with {and_list(voices)}" if voices else ""
    return f"{opening}{together}: {_size_words(finding)}."


def _size_words(finding: Finding) -> str:
    declared, outcome = finding.declared, finding.outcome
    assert declared is not None
    if declared.question == "change":
        if outcome.scale == "ratio":
            change = abs(1 - declared.size) * 100
            word = "fewer" if outcome.fewer_is_better else "more"
            return f"{whole(change)} in 100 {word} would be worthwhile"
        if outcome.scale == "score":
            return (
                f"{number(declared.size)} points {'lower' if outcome.fewer_is_better else 'higher'} would be worthwhile"
            )
        word = "fewer" if outcome.fewer_is_better else "more"
        return f"{number(declared.size)} {word} in 100 would be worthwhile"
    word = "rise" if outcome.fewer_is_better else "fall"
    if outcome.scale == "score":
        return f"a {word} of up to {points(margin_in_100(finding))} would still be steady"
    return f"a {word} of up to {whole(margin_in_100(finding))} in 100 would still be steady"


def how_sure(finding: Finding) -> tuple[str, ...]:
    """Short lines on how much the verdict rests on."""
    change, comparison = finding.change, finding.comparison
    if change is None or comparison is None:
        return (f"{capital(reason_words(finding.verdict.reason))}.",)
    lines = [_days_line(comparison.before, comparison.after), *_difference_lines(finding)]
    if change.watched_share is not None and finding.outcome.observed is not None and not change.assumed_watched:
        before, after = (whole(share * 100) for share in change.watched_share)
        lines.append(f"Somebody was watching on {before} of 100 days before and {after} of 100 after.")
    if change.dispersion is not None and change.dispersion > 1.2:
        lines.append(
            f"Events come in bunches ({number(change.dispersion, 1)} times as uneven as chance alone), so the range is wider."
        )
    lines += [*_answered_lines(finding), *_staying_lines(finding)]
    ruled = rules_out_line(finding)
    if ruled is not None:
        lines.append(ruled)
    return tuple(lines)


def _difference_lines(finding: Finding) -> list[str]:
    """The difference as one number with its range, for whoever has to quote it."""
    effect = finding.change.effect if finding.change is not None else None
    if effect is None or effect.estimate is None or finding.verdict.reason in _GATES:
        return []
    reach = ""
    if effect.low is not None and effect.high is not None:
        ends = [_moved(effect, end) for end in (effect.low, effect.high)]
        reach = f"; the range is from {ends[0]} to {ends[1]}"
    return [f"The difference is {_moved(effect, effect.estimate)}{reach}."]


def _moved(effect: Effect, figure_: float) -> str:
    """So far down or up from before: "42 in 100 fewer", "0.6 points higher", "3 times as many"."""
    if effect.scale == "score":
        return "none" if not round(figure_, 2) else f"{points(abs(figure_))} {'lower' if figure_ < 0 else 'higher'}"
    if effect.scale == "ratio" and figure_ > 2:
        return f"{_times(figure_)} as many"
    moved = figure_ if effect.scale == "points" else 100 * (figure_ - 1)
    return "none" if not round(moved) else f"{whole(abs(moved))} in 100 {'fewer' if moved < 0 else 'more'}"


def _answered_lines(finding: Finding) -> list[str]:
    """Who stands behind a score, and what others said, each by itself."""
    answered = finding.change.answered if finding.change is not None else None
    if answered is None:
        return []
    lines = []
    if answered.people is not None:
        before, after = answered.people
        whose = "people answered for themselves" if answered.rater == "self" else "people had an answer"
        lines.append(
            f"{whole(before.numerator)} of {whole(before.denominator)} {whose} before, "
            f"{whole(after.numerator)} of {whole(after.denominator)} after."
        )
    for voice in answered.apart:
        said = [figure(finding.outcome, side) for side in (voice.before, voice.after)]
        lines.append(f"{capital(SPEAKERS[voice.rater])}, shown apart: {said[0]} before, {said[1]} after.")
    return lines


def _staying_lines(finding: Finding) -> list[str]:
    """How many are still there after half a year, before and after the change."""
    staying = finding.change.staying if finding.change is not None else None
    if staying is None:
        return []
    lines = []
    for name, curve in (("Before", staying.before), ("After", staying.after)):
        if curve is not None:
            still = and_list([f"{whole(each.still_there * 100)} in 100 after {each.days} days" for each in curve])
            lines.append(
                f"{name} the change, of people who moved in, {still} were still there; "
                f"{whole(curve[-1].moved * 100)} in 100 had had to move by then."
            )
    return lines


def _days_line(before: Period | None, after: Period | None) -> str:
    def said(period: Period | None) -> str:
        return "no days" if period is None else f"{whole(period.days)} days ({day(period.first)} to {day(period.last)})"

    return f"Before: {said(before)}. After: {said(after)}."


def method_line(finding: Finding) -> str:
    """The method named, for those who look deeper."""
    if finding.change is None or finding.change.effect is None:
        return "No estimate was worked out."
    effect = finding.change.effect
    return f"{capital(effect.method)}; {whole(effect.level * 100)} % interval."


def target_line(finding: Finding) -> str:
    """For an outcome with a target: on target or below it, without a verdict."""
    outcome, change = finding.outcome, finding.change
    if outcome.judged != "target" or outcome.size is None or change is None or change.after.value is None:
        return ""
    met = change.after.value >= outcome.size if outcome.good == "up" else change.after.value <= outcome.size
    return f"{'On target' if met else 'Not on target yet'}: the target is {number(outcome.size)} in 100"
