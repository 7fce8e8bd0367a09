"""The six senses in words: each voice by itself, earlier and later, and who is behind it."""

from __future__ import annotations

from dashboard.views import say
from dashboard.views.pictured import Cell, Mark, Pictured, csv_file
from metrics.pictures.senses_profile import FEWEST_ANSWERERS, Mean, Sense, SensesProfile, VoiceProfile
from metrics.words import and_list, capital

VOICES = {"self": "People themselves", "family_about_self": "Families", "staff_about_self": "Staff"}
"""Each about their own life: families and staff do not answer for the person here."""
ABOUT = {
    "security": "feeling safe",
    "continuity": "one's own life going on",
    "belonging": "being part of it",
    "purpose": "something to do that counts",
    "achievement": "getting somewhere",
    "significance": "mattering",
}
NOTHING = "Nobody has answered about the six senses yet, so there is no profile to show."
TOO_FEW = f"The six senses were asked about, and no voice has {FEWEST_ANSWERERS} answers to show yet."
NOT_TOGETHER = "Each voice answers for itself. They are never added up, nor averaged over the six senses."
SCALE = "From 1 to 5, higher is better. The questions are this project's own and not validated."
NOT_THE_SAME = (
    "Not always the same people answered earlier and later; small differences could be chance. Shown, not judged."
)


def pictured(found: SensesProfile, place: str) -> Pictured:
    """Everything that is said of the picture; ``place`` is the service's name."""
    return Pictured(
        title=title(found),
        sentence=sentence(found, place),
        notes=tuple(notes(found)),
        key=_key(found),
        rows=tuple(_row(voice, sense, found) for voice in found.voices for sense in voice.senses),
        csv=_csv(found, place),
        file_name="six-senses.csv",
    )


def _key(found: SensesProfile) -> tuple[tuple[Mark, str], ...]:
    earlier, later = sides(found)
    dots: tuple[tuple[Mark, str], ...] = (("before", earlier), ("after", later))
    return (*dots, ("", f"– fewer than {FEWEST_ANSWERERS} answers")) if any_dash(found) else dots


def any_dash(found: SensesProfile) -> bool:
    """Whether anywhere too few answered what was asked."""
    asked = [sense for voice in found.voices for sense in voice.senses if was_asked(sense)]
    return any(not mean.shown for sense in asked for mean in (sense.before, sense.after))


def sides(found: SensesProfile) -> tuple[str, str]:
    """What the two stretches are called."""
    return ("first half", "second half") if found.halves else ("before", "after")


def title(found: SensesProfile) -> str:
    """What it shows; without a claim, since nothing is judged here."""
    spoke = [VOICES[voice.voice] for voice in found.voices if voice.any_shown]
    if not spoke:
        return "The six senses: too few answers to show"
    told = and_list([spoke[0], *(each.lower() for each in spoke[1:])])
    earlier, later = sides(found)
    return f"{told} on the six senses, {earlier} and {later}"


def sentence(found: SensesProfile, place: str) -> str:
    """The picture in full, for those who do not see it."""
    earlier, later = sides(found)
    told = [
        f"{place}, mean answers from 1 to 5, {earlier} ({say.short_days(found.before)}) and {later} "
        f"({say.short_days(found.after)})."
    ]
    for voice in found.voices:
        senses = [sense for sense in voice.senses if sense.before.shown or sense.after.shown]
        if not senses:
            told.append(f"{VOICES[voice.voice]}: too few answers.")
            continue
        said = (f"{sense.name} {mean_words(sense.before)}, then {mean_words(sense.after)}" for sense in senses)
        told.append(f"{VOICES[voice.voice]}: {'; '.join(said)}.")
    return " ".join(told)


def mean_words(mean: Mean) -> str:
    """3.4, or a dash where there were too few."""
    return "–" if mean.mean is None else f"{mean.mean:.1f}"


def answered_words(voice: VoiceProfile) -> str:
    """How many answered a sense, earlier and later: "9 to 14, then 12 to 15 answered"."""
    asked = [sense for sense in voice.senses if sense.before.answerers or sense.after.answerers]
    if not asked:
        return "nobody answered"
    return f"{_range([each.before.answerers for each in asked])}, then {_range([each.after.answerers for each in asked])} answered"


def _range(counts: list[int]) -> str:
    low, high = min(counts), max(counts)
    return str(low) if low == high else f"{low} to {high}"


def was_asked(sense: Sense) -> bool:
    """Whether anybody answered about it at all."""
    return any(side.answerers or side.unscored for side in (sense.before, sense.after))


def notes(found: SensesProfile) -> list[str]:
    """What to know before believing it."""
    told = [
        f"{VOICES[voice.voice]}: answers on another form were left out." for voice in found.voices if voice.other_forms
    ]
    silent = [VOICES[voice.voice].lower() for voice in found.voices if not any(map(was_asked, voice.senses))]
    if silent:
        told.append(f"No answers from: {and_list(silent)}.")
    unscored = sum(
        side.unscored for voice in found.voices for each in voice.senses for side in (each.before, each.after)
    )
    if unscored:
        told.append(f"{unscored} answers were “I don't know” or had no score for another reason: kept, not averaged.")
    return [*told, NOT_TOGETHER, SCALE, NOT_THE_SAME]


def _row(voice: VoiceProfile, sense: Sense, found: SensesProfile) -> dict[str, str]:
    earlier, later = sides(found)
    return {
        "Voice": VOICES[voice.voice],
        "Sense": f"{capital(sense.name)}: {ABOUT[sense.name]}",
        capital(earlier): mean_words(sense.before),
        capital(later): mean_words(sense.after),
        f"Answered, {earlier}": str(sense.before.answerers),
        f"Answered, {later}": str(sense.after.answerers),
    }


def _csv(found: SensesProfile, place: str) -> bytes:
    rows: list[list[Cell]] = []
    for voice in found.voices:
        for sense in voice.senses:
            for name, period, mean in zip(
                sides(found), (found.before, found.after), (sense.before, sense.after), strict=True
            ):
                rows.append(
                    [
                        place, VOICES[voice.voice], sense.name, name, str(period.first), str(period.last),
                        mean.mean, mean.answerers, mean.unscored,
                    ]
                )  # fmt: skip
    headings = ["service", "voice", "sense", "side", "first_day", "last_day", "mean", "answered", "without_score"]
    return csv_file(headings, rows)
