"""How groups of people are named, and how a gap is said. Named groups always; never a lump of "others" without its names."""

from __future__ import annotations

from collections.abc import Sequence

from metrics.model import Effect
from metrics.wording import points
from metrics.words import and_list, at_least, capital, number, whole

COLUMNS = {
    "ethnicity_group": "Ethnic group",
    "first_language": "First language",
    "language_match": "Language met",
    "communication_need": "Communication need",
    "stage": "Stage",
}
"""What people may be told apart by, as a choice names it."""
KNOWN_AS = {
    "ethnicity_group": "Ethnic group", "first_language": "First language",
    "language_match": "Whether a worker speaks the person’s language", "communication_need": "Communication need",
    "stage": "The stage of dementia",
}  # fmt: skip
ETHNIC = {"asian": "Asian", "black": "Black", "mixed": "mixed", "white": "white", "other": "other"}
LANGUAGE_MET = {
    "yes": "people with a worker who speaks their language", "no": "people with no worker who speaks their language",
    "not_needed": "people who need no other language than the one spoken here",
}  # fmt: skip
NEEDS = {
    "none": "people with no communication need", "hearing": "people with a hearing need",
    "sight": "people with a sight need", "speech": "people with a speech need",
    "understanding": "people who need help to understand", "several": "people with several communication needs",
}  # fmt: skip
CHECKS = {
    "gp": "GP", "dental": "Teeth", "hearing": "Hearing", "eye": "Eyes", "pain": "Pain", "medicines": "Medicines",
    "not_recorded": "Not recorded",
}  # fmt: skip
EVERYBODY_ELSE = "everybody else"
MOST_NAMED = 5


def people_of(column: str, words: Sequence[str]) -> str:
    """The people a group holds: "people from Asian, Black and mixed ethnic groups"."""
    if column == "ethnicity_group":
        return f"people from {and_list([ETHNIC.get(each, each) for each in words])} ethnic groups"
    if column == "first_language":
        names = [capital(each) for each in words]
        if len(names) > MOST_NAMED:
            names = [*names[:MOST_NAMED], f"{len(names) - MOST_NAMED} more"]
        return f"people whose first language is {_or_list(names)}"
    if column == "stage":
        return f"people in the {_or_list(list(words))} stage"
    named = LANGUAGE_MET if column == "language_match" else NEEDS
    return and_list([named.get(each, f"people with “{each.replace('_', ' ')}”") for each in words])


def health_check(element: str) -> str:
    """What was to be looked at; a label somebody wrote stays as it is."""
    return CHECKS.get(element, capital(element.replace("_", " ")))


def _or_list(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"


def gap_found(effect: Effect) -> str:
    """How far apart they were found: "35 in 100 fewer", "2.1 times as many", "0.4 points lower", "no gap"."""
    return "how far cannot be said" if effect.estimate is None else _apart(effect.estimate, effect)


def gap_range(effect: Effect) -> str:
    """How far the truth may lie from it."""
    low, high = effect.low, effect.high
    if low is None or high is None:
        return _open_ended(effect)
    none = effect.no_change
    if low > none or high < none:
        near, far = (low, high) if low > none else (high, low)
        return f"the true gap is likely between {_amount(near, effect)} and {_apart(far, effect)}"
    return f"the true gap may be anything from {_apart(low, effect)} to {_apart(high, effect)}, so there may be none"


def _open_ended(effect: Effect) -> str:
    if effect.low is not None and effect.low > effect.no_change:
        return f"the true gap is at least {_apart(effect.low, effect)}; no upper end can be given"
    if effect.high is not None and effect.high < effect.no_change:
        return f"the true gap is at least {_apart(effect.high, effect)}"
    return "how far the true gap reaches cannot be said, so there may be none"


def _apart(figure: float, effect: Effect) -> str:
    if effect.scale == "score":
        rounded = round(figure, 2)
        return "no gap" if rounded == 0 else f"{points(abs(rounded))} {'lower' if rounded < 0 else 'higher'}"
    if effect.scale == "ratio":
        if figure > 2:
            return f"{number(figure, 1)} times as many"
        figure = (figure - 1) * 100
    if round(figure) == 0:
        return "no gap" if round(figure, 1) == 0 else f"{at_least(abs(figure))} in 100 {_way(figure)}"
    return f"{whole(abs(figure))} in 100 {_way(figure)}"


def _amount(figure: float, effect: Effect) -> str:
    """The near end without its unit where the far end says it."""
    if effect.scale == "score":
        return number(abs(figure), 2)
    if effect.scale == "ratio":
        far = effect.high if figure > 1 else effect.low
        if far is not None and far > 2:
            return f"{number(figure, 1)} times"
        return at_least(abs(figure - 1) * 100)
    return at_least(abs(figure))


def _way(figure: float) -> str:
    return "fewer" if figure < 0 else "more"
