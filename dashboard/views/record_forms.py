"""What was typed on "Record a change": every fault at once, and the contract rows it makes when there is none."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

from dashboard.views import record as words
from data.contract import TABLES
from data.facts import RecordedRow
from data.model import Declaration, Intervention, Problem, Question, Role
from data.recording import NEW
from metrics.model import Outcome
from metrics.words import day

LONGEST_TITLE = 80
LONGEST_LABEL = 60
EARLIEST = date(2000, 1, 1)
YEARS_AHEAD = 5
"""A planned date further ahead than this is a slip of the keyboard."""
_FORMULA = tuple("=+-@")

Rows = dict[str, list[dict[str, str]]]


@dataclass(frozen=True)
class Fault:
    """What is wrong with one field: its key, the name the reader sees, what to do."""

    field: str
    label: str
    text: str


@dataclass(frozen=True)
class ChangeForm:
    """A change as typed. ``person`` is a code; ``checks`` are references of checks written down before."""

    service_id: str
    personal: bool = False
    person: str | None = None
    title: str = ""
    kind: str | None = None
    start_on: date | None = None
    settling_days: int | None = None
    end_on: date | None = None
    guide_on: date | None = None
    reason: str | None = None
    designed_with: tuple[str, ...] = ()
    ladder_level: int | None = None
    based_on: str | None = None
    review_on: date | None = None
    review_result: str = "not_met"
    review_held_on: date | None = None
    boundaries: Mapping[str, str] = field(default_factory=dict)
    boundaries_on: date | None = None
    ref: str | None = None
    checks: Mapping[str, str] = field(default_factory=dict)

    def faults(self, today: date) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the page."""
        return tuple(self._faults(today))

    def _faults(self, today: date) -> Iterator[Fault]:
        yield from _person_fault(self.personal, self.person)
        yield from _words_fault("title", "What was tried", self.title, LONGEST_TITLE, needed=True)
        if self.kind is None:
            yield Fault("kind", "Kind of change", "Choose the one that fits best.")
        if self.start_on is None:
            yield Fault("start_on", "First day", "Fill in the day on which it began, or will begin.")
        else:
            yield from _plausible("start_on", "First day", self.start_on, today)
        if self.settling_days is None:
            yield Fault("settling_days", "Days of settling in", "Fill in a number; 0 when it works from the first day.")
        if self.end_on is not None and self.start_on is not None and self.end_on < self.start_on:
            yield Fault("end_on", "Last day", "This is before the first day. One of the two dates is a slip.")
        if self.guide_on is not None:
            yield from _plausible("guide_on", "Visual guide in place from", self.guide_on, today)
        yield from self._review_faults(today)
        if self.boundaries and self.boundaries_on is None:
            yield Fault("boundaries_on", "Boundaries agreed on", "Fill in the day on which you spoke about them.")
        elif self.boundaries and self.boundaries_on is not None and self.boundaries_on > today:
            yield Fault("boundaries_on", "Boundaries agreed on", "This day is still to come.")

    def _review_faults(self, today: date) -> Iterator[Fault]:
        if self.review_on is not None:
            yield from _plausible("review_on", "We look at it together on", self.review_on, today)
        held = self.review_result in ("met", "partly")
        if held and self.review_held_on is None:
            yield Fault("review_held_on", "Held on", "Fill in the day on which it was held, or choose “Not held yet”.")
        if held and self.review_held_on is not None and self.review_held_on > today:
            yield Fault("review_held_on", "Held on", "This day is still to come.")
        if self.review_on is None and "review" in self.checks:
            yield Fault(
                "review_on", "We look at it together on",
                "A day that was written down can be moved, not taken away. If the person called it off, say so below.",
            )  # fmt: skip

    def rows(self) -> Rows:
        """The contract rows; call it only when there is no fault."""
        ref = self.ref or NEW
        assert self.start_on is not None and self.kind is not None
        change = {
            "intervention_id": self.ref or "", "service_id": self.service_id, "person_id": _person_cell(self),
            "title": " ".join(self.title.split()), "kind": self.kind, "start_on": self.start_on.isoformat(),
            "settling_days": _text(self.settling_days), "end_on": _text(self.end_on), "guide_on": _text(self.guide_on),
            "reason": self.reason or "", "ladder_level": _text(self.ladder_level),
            "designed_with": ";".join(self.designed_with), "based_on": self.based_on or "",
        }  # fmt: skip
        checks = [*self._review_rows(ref), *self._boundary_rows(ref)]
        return {"interventions": [change]} | ({"checks": checks} if checks else {})

    def _review_rows(self, ref: str) -> Iterator[dict[str, str]]:
        """A review that was promised: due on a day, held or not. Outcomes count it once its day has passed."""
        if self.review_on is None and self.review_held_on is None:
            return
        held = self.review_result in ("met", "partly")
        yield self._check("review", "evaluation", ref) | {
            "due_on": _text(self.review_on),
            "done_at": _text(self.review_held_on) if held else "",
            "result": self.review_result,
        }

    def _boundary_rows(self, ref: str) -> Iterator[dict[str, str]]:
        """Boundaries, due when the change begins, each agreed in writing, spoken about, or not."""
        for element, result in self.boundaries.items():
            yield self._check("boundary_set", element, ref) | {
                "due_on": _text(self.start_on),
                "done_at": _text(self.boundaries_on),
                "result": result,
            }

    def _check(self, measure: str, element: str, ref: str) -> dict[str, str]:
        name = "review" if measure == "review" else f"boundary_{element}"
        return {
            "check_id": self.checks.get(name, ""), "measure": measure, "element": element,
            "service_id": self.service_id, "person_id": _person_cell(self), "intervention_id": ref,
        }  # fmt: skip


def change_form(row: RecordedRow, checks: Iterable[RecordedRow]) -> ChangeForm:
    """The form filled with a change as it is written down, with the newest review and the boundaries of it."""
    cells, change = row.cells, words.intervention(row.cells)
    ours = [each.cells for each in checks if each.cells["intervention_id"] == change.intervention_id]
    reviews = sorted(
        (each for each in ours if each["measure"] == "review"), key=lambda each: each["due_on"] or each["done_at"]
    )
    set_ = {each["element"]: each for each in ours if each["measure"] == "boundary_set"}
    review = reviews[-1] if reviews else None
    days = [each["done_at"] for each in set_.values() if each["done_at"]]
    return ChangeForm(
        service_id=change.service_id,
        personal=change.is_personal,
        person=change.person_id,
        title=change.title,
        kind=change.kind,
        start_on=change.start_on,
        settling_days=words.usual_settling(change.is_personal)
        if change.settling_days is None
        else change.settling_days,
        end_on=change.end_on,
        guide_on=_day(cells["guide_on"]),
        reason=change.reason if change.reason in words.REASONS else None,
        designed_with=change.designed_with,
        ladder_level=change.ladder_level,
        based_on=cells["based_on"] or None,
        review_on=_day(review["due_on"]) if review else None,
        review_result=review["result"] if review else "not_met",
        review_held_on=_day(review["done_at"]) if review else None,
        boundaries={element: each["result"] for element, each in set_.items() if each["result"] in words.AGREED},
        boundaries_on=_day(max(days)) if days else None,
        ref=change.intervention_id,
        checks={f"boundary_{element}": each["check_id"] for element, each in set_.items()}
        | ({"review": review["check_id"]} if review else {}),
    )


@dataclass(frozen=True)
class PromiseForm:
    """What would count, as typed. ``size`` and ``beside`` are as people say them: in 100, or points."""

    change: Intervention | None = None
    outcome: Outcome | None = None
    question: Question = "change"
    size: float | None = None
    role: Role = "main"
    declared_on: date | None = None
    declared_with: tuple[str, ...] = ()
    baseline_from: date | None = None
    baseline_to: date | None = None
    follow_from: date | None = None
    follow_to: date | None = None
    beside: Mapping[str, float | None] = field(default_factory=dict)

    def faults(
        self, today: date, earlier: Sequence[Declaration], catalogue: Mapping[str, Outcome]
    ) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the page. ``earlier`` is what was agreed about the change before."""
        return tuple(self._faults(today, earlier, catalogue))

    def _faults(self, today: date, earlier: Sequence[Declaration], catalogue: Mapping[str, Outcome]) -> Iterator[Fault]:
        if self.change is None:
            yield Fault(
                "change", "Which change", "Choose the change it is about. If it is not there, write it down first."
            )
        if self.outcome is None:
            yield Fault("outcome", "What you will look at", "Choose one.")
        else:
            yield from _size_fault("size", "How much", self.outcome, self.question, self.size)
        for code, margin in self.beside.items():
            outcome = catalogue[code]
            yield from _size_fault(f"beside_{code}", outcome.name, outcome, "steady", margin)
        yield from self._date_faults(today, earlier)
        yield from self._window_faults()

    def _date_faults(self, today: date, earlier: Sequence[Declaration]) -> Iterator[Fault]:
        label = "Agreed on"
        if self.declared_on is None:
            yield Fault("declared_on", label, "Fill in the day on which you agreed it.")
            return
        yield from _plausible("declared_on", label, self.declared_on, today)
        if self.declared_on > today:
            yield Fault("declared_on", label, "This day is still to come. Write down what has been agreed.")
        codes = {self.outcome.code} if self.outcome else set()
        later = [each for each in earlier if each.outcome in codes | set(self.beside)]
        newest = max((each.declared_on for each in later), default=None)
        if newest is not None and self.declared_on < newest:
            yield Fault(
                "declared_on", label,
                f"Something was agreed on {day(newest)} already, and the newest counts. Fill in the day of the new agreement.",
            )  # fmt: skip

    def _window_faults(self) -> Iterator[Fault]:
        for name, label in (("baseline", "Before"), ("follow", "After")):
            first, last = getattr(self, f"{name}_from"), getattr(self, f"{name}_to")
            if first is not None and last is not None and last < first:
                yield Fault(
                    f"{name}_to", f"{label}: last day", "This is before the first day. One of the two is a slip."
                )
        start = self.change.start_on if self.change else None
        if start is None:
            return
        for name in ("baseline_from", "baseline_to"):
            chosen = getattr(self, name)
            if chosen is not None and chosen >= start:
                label = "Before: first day" if name.endswith("from") else "Before: last day"
                yield Fault(name, label, f"The days before end on {day(start - timedelta(days=1))} at the latest.")
        for name in ("follow_from", "follow_to"):
            chosen = getattr(self, name)
            if chosen is not None and chosen < start:
                label = "After: first day" if name.endswith("from") else "After: last day"
                yield Fault(name, label, f"The days after begin on {day(start)} at the earliest.")

    def rows(self, catalogue: Mapping[str, Outcome]) -> Rows:
        """The contract rows, each a promise of its own; call it only when there is no fault."""
        assert self.change is not None and self.outcome is not None and self.size is not None
        promises = [(self.outcome, self.question, self.size, self.role)]
        promises += [(catalogue[code], "steady", margin or 0.0, "balance") for code, margin in self.beside.items()]
        return {"declarations": [self._row(*each) for each in promises]}

    def _row(self, outcome: Outcome, question: Question, size: float, role: Role) -> dict[str, str]:
        assert self.change is not None
        return {
            "intervention_id": self.change.intervention_id, "outcome": outcome.code, "question": question,
            "size": f"{words.stored_size(outcome, question, size):.10g}", "role": role,
            "declared_on": _text(self.declared_on), "declared_with": ";".join(self.declared_with),
            "baseline_from": _text(self.baseline_from), "baseline_to": _text(self.baseline_to),
            "follow_from": _text(self.follow_from), "follow_to": _text(self.follow_to),
        }  # fmt: skip


@dataclass(frozen=True)
class HappeningForm:
    """Something else that happened, as typed."""

    service_id: str
    kind: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    personal: bool = False
    person: str | None = None
    label: str = ""
    stage: str | None = None
    mobility: str | None = None
    ref: str | None = None

    def faults(self, today: date) -> tuple[Fault, ...]:
        """Everything that is wrong, in the order of the page."""
        return tuple(self._faults(today))

    def _faults(self, today: date) -> Iterator[Fault]:
        if self.kind is None:
            yield Fault("kind", "What happened", "Choose the one that fits best.")
        if self.kind in words.ABOUT_ONE_PERSON and not self.personal:
            yield Fault("personal", "For whom", "This always concerns one person. Choose “One person”.")
        yield from _person_fault(self.personal, self.person)
        if self.from_on is None:
            yield Fault("from_on", "From", "Fill in the day on which it happened or began.")
        elif self.from_on > today:
            yield Fault("from_on", "From", "This day is still to come. Write it down once it has happened.")
        else:
            yield from _plausible("from_on", "From", self.from_on, today)
        if self.until_on is not None and self.from_on is not None and self.until_on < self.from_on:
            yield Fault("until_on", "Until", "This is before the first day. One of the two dates is a slip.")
        if self.kind == "need_change" and self.stage is None and self.mobility is None:
            yield Fault("stage", "New stage", "Say what changed: the stage, or how the person moves about, or both.")
        yield from _words_fault("label", "In a few words", self.label, LONGEST_LABEL, needed=False)

    def rows(self) -> Rows:
        """The contract row; call it only when there is no fault."""
        needs = self.kind == "need_change"
        row = {
            "context_id": self.ref or "", "service_id": self.service_id, "from_on": _text(self.from_on),
            "kind": self.kind or "", "person_id": _person_cell(self), "until_on": _text(self.until_on),
            "stage": (self.stage or "") if needs else "", "mobility": (self.mobility or "") if needs else "",
            "label": " ".join(self.label.split()),
        }  # fmt: skip
        return {"context": [row]}


def happening_form(row: RecordedRow) -> HappeningForm:
    """The form filled with a happening as it is written down."""
    cells = row.cells
    return HappeningForm(
        service_id=cells["service_id"],
        kind=cells["kind"],
        from_on=_day(cells["from_on"]),
        until_on=_day(cells["until_on"]),
        personal=bool(cells["person_id"]),
        person=words.code_of(cells["person_id"]) or None,
        label=cells["label"],
        stage=cells["stage"] if cells["stage"] in words.STAGES else None,
        mobility=cells["mobility"] if cells["mobility"] in words.MOBILITY else None,
        ref=cells["context_id"],
    )


def refused(problems: Iterable[Problem], labels: Mapping[str, str]) -> tuple[Fault, ...]:
    """What the checks of every export found in what was typed, under the names the page has for it."""
    known = {
        name
        for table in ("interventions", "declarations", "context", "checks", "feedback")
        for name in TABLES[table].columns
    }
    return tuple(
        Fault(problem.column or "", labels.get(problem.column or "", "What you wrote"), problem.remedy)
        for problem in problems
        if problem.column is None or problem.column in known
    )


def _person_fault(personal: bool, person: str | None) -> Iterator[Fault]:
    if personal and not person:
        yield Fault("person", "Which person", "Choose the person by code, or type the reference used in your records.")


def _words_fault(name: str, label: str, text: str, longest: int, *, needed: bool) -> Iterator[Fault]:
    text = " ".join(text.split())
    if needed and not text:
        yield Fault(name, label, "Say it in a few words, without names.")
    if len(text) > longest:
        yield Fault(name, label, f"Shorten it to {longest} letters.")
    if text.startswith(_FORMULA):
        yield Fault(name, label, "Begin with a letter or a number.")


def _plausible(name: str, label: str, chosen: date, today: date) -> Iterator[Fault]:
    if not EARLIEST <= chosen <= today + timedelta(days=366 * YEARS_AHEAD):
        yield Fault(name, label, "Check the year.")


def _size_fault(name: str, label: str, outcome: Outcome, question: Question, size: float | None) -> Iterator[Fault]:
    if size is None or size <= 0:
        yield Fault(name, label, "Fill in a number above 0.")
        return
    kept = words.stored_size(outcome, question, size)
    if outcome.scale == "ratio" and kept <= 0:
        yield Fault(name, label, "There cannot be fewer than none: fill in less than 100.")
    if outcome.scale == "points" and size > 100:
        yield Fault(name, label, "Fill in 100 or less.")


def _person_cell(form: ChangeForm | HappeningForm) -> str:
    return f"code:{form.person}" if form.personal and form.person else ""


def _text(value: date | int | None) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _day(text: str) -> date | None:
    return date.fromisoformat(text[:10]) if text else None
