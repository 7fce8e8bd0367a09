"""The funnel in words: who lies further from all together than chance explains, and how the limits were made."""

from __future__ import annotations

from dataclasses import dataclass

from dashboard.safe import csv_text
from dashboard.views import say
from dashboard.views.services import exposure_words, some_names, unit_of
from dashboard.views.services_matrix import as_csv
from data.model import Service
from metrics.across.funnel import FEWEST_SERVICES, Dot, Funnel, Standing
from metrics.across.pooling import kind_words
from metrics.kinds.common import DAYS_A_YEAR
from metrics.words import and_list, capital, number, whole

STANDING: dict[Standing, str] = {
    "inside": "could be chance",
    "edge": "at the edge: look again in some months",
    "outside": "worth a conversation",
}
ORDER: tuple[Standing, ...] = ("inside", "edge", "outside")
A_QUESTION = "Outside is a question to ask, not a grade: it may be who lives there, what is written down, or how people are cared for."


@dataclass(frozen=True)
class FunnelPage:
    """What the funnel says, and what the chart needs besides the figures."""

    funnel: Funnel
    title: str
    sentence: str
    method: str
    unit: str
    across: str
    """What is counted along the foot of the chart."""
    each: float
    """One unit along the foot in units of the tally: a year is 365.25 days."""
    standings: tuple[Standing, ...]
    left_out: tuple[str, ...]
    chosen: str | None = None

    @property
    def labelled(self) -> tuple[Dot, ...]:
        """Those whose name stands on the chart: outside the outer limits, and the reader's own choice."""
        return tuple(dot for dot in self.funnel.dots if dot.standing == "outside" or dot.key == self.chosen)


def funnel_page(funnel: Funnel, service: Service, chosen: str | None = None) -> FunnelPage:
    """The page of one funnel; ``service`` is any of the setting, whose words for a day it uses."""
    each = DAYS_A_YEAR if funnel.outcome.kind == "stay" else 1.0
    unit = unit_of(funnel.outcome, [service])
    if funnel.outcome.kind == "stay":
        unit = f"{funnel.outcome.many_things} {unit}"
    shown = tuple(standing for standing in ORDER if any(dot.standing == standing for dot in funnel.dots))
    reasons: dict[str, list[str]] = {}
    for name, why in funnel.left_out:
        reasons.setdefault(why, []).append(name)
    return FunnelPage(
        funnel,
        _title(funnel),
        _sentence(funnel, unit),
        _method(funnel),
        unit,
        exposure_words(funnel.outcome, service),
        each,
        shown,
        tuple(
            f"Left out, because {_why(why)}: {some_names(sorted(names), 6)}." for why, names in sorted(reasons.items())
        ),
        chosen,
    )


def _why(reason: str) -> str:
    return "nobody was there to count over" if reason == "no exposure" else reason


def _title(funnel: Funnel) -> str:
    kind, count = kind_words(funnel.setting), len(funnel.dots)
    if not funnel.has_limits:
        return f"{funnel.outcome.name}: {_no_limits(funnel)}"
    outside = [dot for dot in funnel.dots if dot.standing == "outside"]
    edge = [dot for dot in funnel.dots if dot.standing == "edge"]
    if not outside and not edge:
        usual = "chance explains" if funnel.method == "exact" else "such services usually do"
        return f"{funnel.outcome.name}: {count} {kind} differ no more than {usual}"
    if not outside:
        return f"{funnel.outcome.name}: {len(edge)} of {count} {kind} at the edge, none beyond it"
    return f"{funnel.outcome.name}: {len(outside)} of {count} {kind} worth a conversation"


def _no_limits(funnel: Funnel) -> str:
    if funnel.centre == 0:
        return f"none in any of the {kind_words(funnel.setting)}"
    if len(funnel.dots) >= FEWEST_SERVICES:
        return f"all of them, in all the {kind_words(funnel.setting)}"
    return f"too few {kind_words(funnel.setting)} for limits"


def _sentence(funnel: Funnel, unit: str) -> str:
    kind = kind_words(funnel.setting)
    centre = "–" if funnel.centre is None else number(funnel.centre)
    said = [
        f"{funnel.outcome.name} in {len(funnel.dots)} {kind}, {say.months(funnel.period)}: {centre} {unit} taken together."
    ]
    if not funnel.has_limits:
        if len(funnel.dots) < FEWEST_SERVICES:
            said.append(f"With fewer than {FEWEST_SERVICES} there are no limits, so none can be called different.")
        return " ".join(said)
    for standing, lead in (("outside", "outside the outer limits"), ("edge", "between the limits")):
        found = [dot for dot in funnel.dots if dot.standing == standing]
        if found:
            named = and_list([f"{dot.name} ({'above' if dot.side == 'high' else 'below'})" for dot in found])
            said.append(f"{capital(named)} {'lies' if len(found) == 1 else 'lie'} {lead}.")
    rest = sum(dot.standing == "inside" for dot in funnel.dots)
    if rest == len(funnel.dots):
        said.append("All of them lie where chance alone could put them.")
    elif rest:
        said.append(f"The other {rest} could be chance." if rest > 1 else "The other could be chance.")
    return " ".join(said)


def _method(funnel: Funnel) -> str:
    if not funnel.has_limits or funnel.dispersion is None:
        return ""
    limits = "Of services that differ by chance alone, 95 in 100 lie inside the inner limits and 998 in 1,000 inside the outer ones"
    law = "Poisson" if funnel.outcome.kind in ("rate", "stay") else "binomial"
    factor = number(funnel.dispersion.phi)
    if funnel.method == "exact":
        return (
            f"{limits} (exact {law} limits, Spiegelhalter 2005). The services scatter {factor} times as much as counting "
            "alone would give, which chance explains, so the limits were not widened."
        )
    return (
        f"{limits}. The services scatter {factor} times as much as counting alone would give, as services do for reasons "
        "nobody has written down, so the limits are widened by what they differ among themselves (random effects after "
        "the most extreme tenth at each end is drawn in; Spiegelhalter and others 2012)."
    )


def number_rows(page: FunnelPage) -> list[dict[str, str]]:
    """Every service in order of name."""
    funnel = page.funnel
    return [
        {
            "Service": dot.name,
            capital(funnel.outcome.many_things): whole(dot.tally.numerator),
            capital(page.across): whole(dot.tally.denominator / page.each),
            f"Figure, {page.unit}": number(dot.value),
            "What it shows": "no limits" if dot.standing is None else STANDING[dot.standing],
        }
        for dot in funnel.dots
    ]


def numbers_csv(page: FunnelPage) -> bytes:
    """The same as a file for a spreadsheet."""
    funnel = page.funnel
    heads = ["service", "outcome", "from", "to", "numerator", "denominator", "figure", "unit", "together", "standing"]
    return as_csv(
        heads,
        [
            [
                csv_text(dot.name), csv_text(f"{funnel.outcome.code} {funnel.outcome.name}"),
                funnel.period.first.isoformat(), funnel.period.last.isoformat(), dot.tally.numerator,
                dot.tally.denominator, round(dot.value, 4), csv_text(page.unit),
                "" if funnel.centre is None else round(funnel.centre, 4),
                "no limits" if dot.standing is None else STANDING[dot.standing],
            ]
            for dot in funnel.dots
        ],
    )  # fmt: skip
