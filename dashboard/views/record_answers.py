"""What somebody answered on a check-in card, as typed: any question may be skipped, and "I don't know" is an answer."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date

from dashboard.views import say
from dashboard.views.record import code_of
from dashboard.views.record_forms import EARLIEST, Fault, Rows
from data.checkins import CHECKINS, DONT_KNOW, Checkin, Part
from data.facts import RecordedRow
from metrics.words import capital, short_day

PERSON = "person_checkin"
WHO = {"person_checkin": "The person", "family_checkin": "A relative or friend", "staff_checkin": "A member of staff"}
"""Whose check-in it was; each answers about their own life."""
NO_SCORE = {"dont_know": DONT_KNOW, "rather_not": "Rather not say", "not_able": "Not able today"}
"""As the cards have it, shortened so that all answers stand in one row."""
SUPPORT = {"none": "Nobody", "staff": "Staff", "family": "Family", "independent": "Somebody from outside"}
MODES = {"spoken": "Spoken", "faces": "Faces", "pictures": "Pictures", "paper": "On paper", "screen": "On a screen"}
RELATIVES = {number: f"Relative {number}" for number in range(1, 6)}
NOTHING_SAID = "Choose at least one answer. What was not asked, or passed over, stays empty."


@dataclass(frozen=True)
class AnswersForm:
    """One card as typed. ``person`` is a code; ``answers`` holds a step or one of ``NO_SCORE`` by question."""

    service_id: str
    checkin: str = PERSON
    part: int = 0
    person: str | None = None
    relative: int = 1
    given_on: date | None = None
    support: str | None = None
    mode: str | None = None
    answers: Mapping[str, str] = field(default_factory=dict)

    @property
    def asked(self) -> Checkin:
        return CHECKINS[self.checkin]

    @property
    def card(self) -> Part:
        """The questions that belong together; the first where a card of that number does not exist."""
        return self.asked.parts[self.part if self.part < len(self.asked.parts) else 0]

    @property
    def about_one(self) -> bool:
        """Whether it belongs to one person: staff answer about their own work and stay unnamed."""
        return self.checkin != "staff_checkin"

    def faults(self, today: date) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the page."""
        return tuple(self._faults(today))

    def _faults(self, today: date) -> Iterator[Fault]:
        if self.about_one and not self.person:
            yield Fault(
                "person", "Which person", "Choose the person by code, or type the reference used in your records."
            )
        if self.given_on is None:
            yield Fault("given_on", "Asked on", "Fill in the day on which it was asked.")
        elif not EARLIEST <= self.given_on <= today:
            yield Fault("given_on", "Asked on", "Fill in the day on which it was asked; it cannot be still to come.")
        if not self._given():
            yield Fault("answers", "Answers", NOTHING_SAID)

    def rows(self) -> Rows:
        """One row of feedback an answer; what was skipped leaves none. Call it only when there is no fault."""
        assert self.given_on is not None
        common = {
            "feedback_id": "", "service_id": self.service_id, "given_on": self.given_on.isoformat(),
            "person_id": f"code:{self.person}" if self.about_one and self.person else "",
            "rater_key": self._rater_key(), "rater": self.asked.rater, "instrument": self.checkin,
            "support": (self.support or "") if self.checkin == PERSON else "", "mode": self.mode or "",
            "moment": self.card.moment,
        }  # fmt: skip
        return {"feedback": [common | self._said(code, said) for code, said in self._given()]}

    def _said(self, code: str, said: str) -> dict[str, str]:
        scored = said not in NO_SCORE
        return {"domain": code, "score": said if scored else "", "answer": "score" if scored else said}

    def _given(self) -> list[tuple[str, str]]:
        on_card = [question.code for question in self.card.questions]
        return [(code, self.answers[code]) for code in on_card if self.answers.get(code)]

    def _rater_key(self) -> str:
        """The same for the same relative at another time. The person is known by their own code."""
        return f"{self.person}-relative-{self.relative}" if self.checkin == "family_checkin" else ""


def choices(checkin: Checkin) -> dict[str, str]:
    """What can be answered: the five words, the least first, and what is no score."""
    return {str(step): words for step, words in enumerate(checkin.scale, start=1)} | NO_SCORE


def title(form: AnswersForm) -> str:
    """What was saved, in a few words."""
    return f"{form.asked.title} ({WHO[form.checkin].lower()})"


@dataclass(frozen=True)
class CardLine:
    """One card written down here: the day, whose, how many answers of which kind."""

    title: str
    under: str


def card_lines(rows: Iterable[RecordedRow], service_id: str) -> tuple[CardLine, ...]:
    """The cards written down on this page for a service, the newest first. Nobody's answer is repeated."""
    cards: dict[tuple[str, str, str, str], Counter[str]] = {}
    for row in rows:
        cells = row.cells
        if cells["service_id"] != service_id or cells["instrument"] not in WHO or cells["domain"] == "not_how_it_feels":
            continue
        key = (cells["given_on"], cells["instrument"], cells["person_id"], cells["rater_key"])
        cards.setdefault(key, Counter())["score" if cells["score"] else cells["answer"]] += 1
    return tuple(_line(*key, counts) for key, counts in sorted(cards.items(), reverse=True))


def _line(given_on: str, instrument: str, person: str, rater_key: str, counts: Counter[str]) -> CardLine:  # noqa: ARG001
    whose = f", person {say.person_code(code_of(person))}" if person else ""
    told = [f"{counts['score']} with a score"] if counts["score"] else []
    told += [f"{counts[code]} “{words}”" for code, words in NO_SCORE.items() if counts[code]]
    return CardLine(
        f"{short_day(date.fromisoformat(given_on[:10]))}: {CHECKINS[instrument].title}",
        f"{capital(WHO[instrument].lower())}{whose} · {say.plural(sum(counts.values()), 'answer', 'answers')}: {', '.join(told)}",
    )
