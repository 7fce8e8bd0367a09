"""“This is not how it feels”: what people say of a figure about their own life, kept and shown beside the figure.

A note is a row of feedback with the domain ``not_how_it_feels`` and the intervention it speaks of. Its score, where
somebody gave one, says how it feels instead. It changes no figure and outweighs none; it is read beside it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from data.facts import Facts
from data.model import Answer, Intervention, Period, Rows, Scope
from metrics.model import Caution
from metrics.words import counted

EVER = Period(date(1900, 1, 1), date(2200, 1, 1))
"""A note written down here is true whatever days the last export of feedback covers."""
DOMAIN = "not_how_it_feels"
CODE = "not_how_it_feels"


def notes(facts: Facts, intervention: Intervention) -> tuple[Answer, ...]:
    """The notes on an intervention, in order of days."""
    rows = Rows("feedback", {"domain": (DOMAIN,), "intervention_id": (intervention.intervention_id,)})
    return facts.score_answers(Scope(intervention.service_id), rows, EVER)


def counts(facts: Facts, service_id: str) -> Mapping[str, int]:
    """How many notes there are on each intervention of a service, by its id in small letters."""
    return facts.words_of(Scope(service_id), Rows("feedback", {"domain": (DOMAIN,)}), "intervention_id", [EVER])


def caution(count: int) -> Caution:
    """What stands beside every figure about an intervention on which there are notes."""
    return Caution(CODE, f"{counted(count, 'note says', 'notes say')}: this is not how it feels.")
