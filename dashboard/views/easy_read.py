"""“This is not how it feels”: what is typed in the form, and the row of feedback it becomes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from data.model import Answer, Intervention
from metrics.easy_read import FEELS, WHO_SAYS, said
from metrics.objections import DOMAIN

DONT_KNOW, RATHER_NOT = "dont_know", "rather_not"
HOW = {**{str(score): words for score, words in FEELS.items()}, DONT_KNOW: "I do not know", RATHER_NOT: "not said"}
"""How it feels instead, as the form offers it: five words, and two answers that are no score."""
WHO = {code: words[:1].upper() + words[1:] for code, words in WHO_SAYS.items()}
LEAD = (
    "Show it to the person, or read it to them. Does it feel like that? If not, write it down here: the note is kept and "
    "stands beside the number from then on."
)


@dataclass(frozen=True)
class Note:
    """What was typed: who says it, and how it feels instead."""

    who: str
    how: str

    def row(self, intervention: Intervention, today: date) -> dict[str, str]:
        """The row of feedback. No words of anybody are stored, only that it was said, by whom and how it feels."""
        scored = self.how in {str(score) for score in FEELS}
        return {
            "feedback_id": "", "service_id": intervention.service_id,
            "person_id": f"code:{intervention.person_id}" if intervention.person_id else "",
            "given_on": today.isoformat(), "rater": self.who, "instrument": "person_checkin", "domain": DOMAIN,
            "score": self.how if scored else "", "answer": "score" if scored else self.how,
            "intervention_id": intervention.intervention_id,
        }  # fmt: skip


def notes_said(notes: Sequence[Answer], *, personal: bool) -> tuple[str, ...]:
    """Each note in a sentence or two, the newest first."""
    return tuple(" ".join(said(note, personal=personal, to_the_person=False)) for note in reversed(notes))
