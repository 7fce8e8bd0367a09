"""Facts to findings: windows, estimate, gates, verdict, guards, words. The order is the argument."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta

from data.facts import Facts
from data.model import ContextEvent, Declaration, Intervention, Period, Question, Rows, Scope, Service, Tally
from metrics import methods, objections, wording
from metrics.catalogue import Catalogue
from metrics.comparison import compare
from metrics.judging import cautions as guard
from metrics.judging.guards import FOR_BETTER, FOR_STEADY, FOR_WORSE
from metrics.judging.joint import joint
from metrics.judging.outlook import more_weeks
from metrics.judging.people import by_person
from metrics.judging.several import with_chance_said
from metrics.judging.situation import Situation
from metrics.judging.verdict import judge, rules_out
from metrics.kinds import common, day_share, module_for, rate, share
from metrics.kinds.record import Record
from metrics.model import Caution, Change, Comparison, Declared, Finding, Outcome, Verdict
from metrics.words import day

UNKNOWN_KIND_NAME = "An outcome of your own"
EARLIER_DAYS, LATER_DAYS = 400, 183
"""How far around the days compared a person's days are read: a year before, and 26 weeks after."""


def evaluate(
    facts: Facts,
    catalogue: Catalogue,
    *,
    interventions: Collection[str] | None = None,
    outcomes: Collection[str] | None = None,
    declared_only: bool = False,
    method: str = methods.DEFAULT,
    comparison: str | None = None,
) -> tuple[Finding, ...]:
    """One finding for each declared outcome of each intervention, main outcomes first.

    An intervention with no declaration is looked at on every starred outcome it has data for, labelled "chosen
    afterwards", unless ``declared_only``. ``outcomes`` asks for these codes whether declared or not.
    ``method`` names one of ``metrics.methods.METHODS``, chosen by hand for the outcomes asked about (what must not get
    worse meanwhile is judged as usual); ``comparison`` an outcome the changes could not have reached, for its series.
    """
    return tuple(_Evaluation(facts, catalogue, method, comparison).findings(interventions, outcomes, declared_only))


def situation_of(facts: Facts, catalogue: Catalogue, finding: Finding) -> Situation:
    """What surrounds a finding: the whole record of its outcome, and what else happened; for those who look deeper.

    Raises: ValueError where nothing was compared.
    """
    if finding.comparison is None or finding.change is None:
        raise ValueError("Nothing was compared for it.")
    evaluation, scope, comparison = _Evaluation(facts, catalogue), finding.intervention.scope, finding.comparison
    return Situation(
        finding.intervention, finding.outcome, comparison, finding.change, finding.declared or _NOT_ASKED,
        evaluation._context(finding.intervention, comparison), evaluation._record(finding.outcome, scope, comparison),
        lambda rows: evaluation._rate_of(rows, scope, comparison),
    )  # fmt: skip


def around(
    facts: Facts,
    catalogue: Catalogue,
    happening: Intervention,
    code: str,
    *,
    itself: ContextEvent,
    promise: Declaration | None = None,
) -> Finding:
    """One outcome around something that happened and was no plan, such as a finding about capacity.

    ``happening`` gives it the shape of a plan, under an id of its own; ``itself`` is its row in the register, which is
    then not told as "something else"; ``promise`` what was agreed about the outcome, none when None.
    """
    evaluation = _Evaluation(facts, catalogue, itself=itself)
    evaluation.declarations = {} if promise is None else {happening.intervention_id: [promise]}
    return evaluation.finding(happening, code)


_NOT_ASKED = Declared("change", 0.0, "balance", None, afterwards=True)


@dataclass
class _Evaluation:
    facts: Facts
    catalogue: Catalogue
    method: str = methods.DEFAULT
    comparison: str | None = None
    itself: ContextEvent | None = None
    services: Mapping[str, Service] = field(init=False)
    declarations: Mapping[str, list[Declaration]] = field(init=False)
    context: dict[Scope, tuple[ContextEvent, ...]] = field(init=False, default_factory=dict)
    beside: dict[tuple[str, str, str], Finding] = field(init=False, default_factory=dict)
    records: dict[tuple[Scope, str], Record | None] = field(init=False, default_factory=dict)
    objected: dict[str, Mapping[str, int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.services = {service.service_id: service for service in self.facts.services()}
        self.declarations = {}
        for declaration in self.facts.declarations():
            self.declarations.setdefault(declaration.intervention_id, []).append(declaration)

    def findings(
        self, interventions: Collection[str] | None, outcomes: Collection[str] | None, declared_only: bool
    ) -> Iterator[Finding]:
        asked = None if outcomes is None else {code.upper() for code in outcomes}
        chosen = [
            intervention
            for intervention in self.facts.interventions()
            if interventions is None or intervention.intervention_id in interventions
        ]
        told: dict[str, tuple[Finding, ...]] = {}
        # One service after another, so that what was read of it serves all its plans and is then let go.
        for intervention in sorted(chosen, key=lambda each: each.service_id):
            if self.records and next(iter(self.records))[0].service_id != intervention.service_id:
                self.records.clear()
            told[intervention.intervention_id] = tuple(self._of(intervention, asked, declared_only))
        for intervention in chosen:
            yield from told[intervention.intervention_id]

    def _of(self, intervention: Intervention, asked: set[str] | None, declared_only: bool) -> Iterator[Finding]:
        declared = self._declared_outcomes(intervention, asked)
        yield from with_chance_said([self.finding(intervention, code) for code in declared])
        if declared_only:
            return
        if asked is not None:
            extra: Iterable[str] = [code for code in sorted(asked) if code not in declared]
            yield from (self.finding(intervention, code) for code in extra)
        elif not self.declarations.get(intervention.intervention_id):
            yield from self._undeclared(intervention)

    def _declared_outcomes(self, intervention: Intervention, asked: set[str] | None) -> list[str]:
        """Codes declared for it, main first, each once."""
        promises = sorted(
            self.declarations.get(intervention.intervention_id, ()), key=lambda promise: promise.role != "main"
        )
        codes = dict.fromkeys(promise.outcome for promise in promises)
        return [code for code in codes if asked is None or code in asked]

    def _undeclared(self, intervention: Intervention) -> Iterator[Finding]:
        """Every starred outcome with a question of its own and something to show on both sides."""
        for outcome in self.catalogue:
            if not outcome.starred or outcome.judged not in ("change", "steady"):
                continue
            if intervention.is_personal and not outcome.for_one_person:
                continue
            found = self.finding(intervention, outcome.code)
            change = found.change
            if change is not None and change.before.tally.denominator and change.after.tally.denominator:
                yield found

    def finding(self, intervention: Intervention, code: str) -> Finding:
        """The whole answer for one intervention and one outcome, read beside what it must be read beside."""
        alone = self.alone(intervention, code, self.method)
        if alone.verdict.reason == "outcome_unknown":
            return alone
        balance = tuple(self._balance(intervention, alone))
        verdict, worse = guard.balance_guard(alone.verdict, balance)
        open_ = guard.balance_unsettled(verdict, balance)
        told = replace(
            alone,
            verdict=verdict,
            balance=balance,
            cautions=alone.cautions
            + tuple(each for each in (worse, open_, self._objection(intervention)) if each is not None),
        )
        if verdict.word == "better" and told.declared is not None and told.declared.role == "main":
            told = replace(told, joint=joint(told, lambda code: self._part(intervention, code)))
        return replace(told, sentence=wording.sentence(told))

    def _objection(self, intervention: Intervention) -> Caution | None:
        """Whether somebody said that the figures about this intervention are not how it feels."""
        service = intervention.service_id
        if service not in self.objected:
            self.objected[service] = objections.counts(self.facts, service)
        count = self.objected[service].get(intervention.intervention_id.lower(), 0)
        return objections.caution(count) if count else None

    def _part(self, intervention: Intervention, code: str) -> Finding | None:
        return self.alone(intervention, code) if code in self.catalogue.outcomes else None

    def _balance(self, intervention: Intervention, main: Finding) -> Iterator[Finding]:
        declared = [
            promise.outcome
            for promise in self.declarations.get(intervention.intervention_id, ())
            if promise.role == "balance"
        ]
        for code in dict.fromkeys((*declared, *main.outcome.beside)):
            outcome = self.catalogue.get(code)
            fits = outcome is not None and (outcome.for_one_person or not intervention.is_personal)
            if code == main.outcome.code or (code not in declared and not fits):
                continue
            found = self.alone(intervention, code)
            if code in declared or _has_something(found):
                yield found

    def alone(self, intervention: Intervention, code: str, method: str = methods.DEFAULT) -> Finding:
        """The finding before anything beside it is heard; worked out once."""
        key = (intervention.intervention_id, code, method)
        if key not in self.beside:
            self.beside[key] = self._alone(intervention, code, method)
        return self.beside[key]

    def _alone(self, intervention: Intervention, code: str, method: str) -> Finding:
        outcome = self.catalogue.get(code)
        promise, replaced = self._promise(intervention, code)
        if outcome is None:
            return self._unknown(intervention, code, promise)
        comparison = compare(intervention, promise, self._recorded(outcome, intervention.scope))
        declared = _declared(outcome, promise, comparison)
        question: Question = declared.question if declared else "change"
        blank = Finding(
            intervention, outcome, question, declared, comparison, None,
            Verdict("cannot tell yet", "no_data"), day_word=self._day_word(intervention),
        )  # fmt: skip
        record = self._record(outcome, intervention.scope, comparison)
        change, chosen = self._change(outcome, intervention, comparison, record, method)
        asked = declared or Declared("change", 0.0, "balance", None, afterwards=True)
        seen = Situation(
            intervention, outcome, comparison, change, asked, self._context(intervention, comparison), record,
            lambda rows: self._rate_of(rows, intervention.scope, comparison),
            None if intervention.is_personal else lambda days: self._people_of(outcome, intervention.scope, days),
        )  # fmt: skip
        if method == methods.DEFAULT and declared is not None:
            seen, rests_on = _with_people(seen)
            change, chosen = seen.change, (*rests_on, *chosen)
        verdict, told = self._judged(seen, has_question=declared is not None)
        told = (*told, *chosen)
        if replaced is not None:
            told = (*told, _replaced(replaced))
        found = replace(
            blank,
            change=change,
            verdict=verdict,
            cautions=told,
            rules_out=rules_out(change.effect, outcome.fewer_is_better),
            more_weeks=more_weeks(outcome, change, asked, verdict),
        )
        return replace(found, sentence=wording.sentence(found))

    def _change(
        self,
        outcome: Outcome,
        intervention: Intervention,
        comparison: Comparison,
        record: Record | None,
        method: str,
    ) -> tuple[Change, tuple[Caution, ...]]:
        """The change by the usual method of its kind, or by the one chosen by hand and what to say of that."""
        if record is not None:
            usual = record.change(comparison.before, comparison.after)
        else:
            usual = module_for(outcome.kind).change(self.facts, outcome, intervention.scope, comparison)
        if method == methods.DEFAULT:
            return usual, ()
        beside = self.catalogue.get(self.comparison or outcome.comparison or "")
        if beside is not None and beside.code == outcome.code:
            beside = None
        promise, _ = self._promise(intervention, outcome.code)
        return methods.by_hand(
            method, methods.Asked(self.facts, outcome, intervention, comparison, promise, beside), usual
        )

    def _judged(self, seen: Situation, *, has_question: bool) -> tuple[Verdict, tuple[Caution, ...]]:
        told = guard.said_beside(seen)
        gate = guard.not_judged(seen)
        if gate is not None:
            return Verdict("cannot tell yet", gate), told
        if not has_question:
            told = tuple(caution for caution in told if caution.code != "chosen_afterwards")
            word = judge(seen.outcome, seen.change, seen.declared)
            kept = word.reason in ("no_exposure", "no_data", "no_data_before", "no_data_after") or (
                word.reason is not None and word.reason == seen.change.why_none
            )
            return Verdict("cannot tell yet", word.reason if kept else "no_verdict_of_its_own"), told
        verdict = judge(seen.outcome, seen.change, seen.declared)
        heard = {"better": FOR_BETTER, "held steady": FOR_STEADY, "worse": FOR_WORSE}.get(verdict.word, ())
        if seen.change.interrupted is not None:
            return verdict, told  # trend and season are in its own model, and it looks at the whole record
        for each in heard:
            objection = each(seen)
            if objection is None:
                continue
            told = (*told, objection.caution)
            if objection.lowers is not None:
                return guard.lowered(verdict, objection.lowers), told
        return verdict, told

    def _record(self, outcome: Outcome, scope: Scope, comparison: Comparison) -> Record | None:
        """Everything recorded of the outcome here, read once; None for kinds that are not added up from days."""
        if outcome.kind == "day_share":
            hull = common.hull([comparison.planned_before, comparison.planned_after])
            assert hull is not None
            back, on = timedelta(days=EARLIER_DAYS), timedelta(days=LATER_DAYS)
            around = Period(hull.first - back, max(hull.last, comparison.planned_after.first + on))
            return day_share.record(self.facts, outcome, scope, around)
        if outcome.kind not in ("rate", "share"):
            return None
        key = (scope, outcome.code)
        if key not in self.records:
            read = rate.record if outcome.kind == "rate" else share.record
            self.records[key] = read(self.facts, outcome, scope)
        return self.records[key]

    def _people_of(self, outcome: Outcome, scope: Scope, period: Period) -> Mapping[str, Tally]:
        """The outcome person by person; nobody for outcomes that are known as totals alone."""
        return {} if outcome.table == "totals" else self.facts.person_tallies(scope, outcome.counts, period)

    def _rate_of(self, rows: Rows, scope: Scope, comparison: Comparison) -> Change:
        """The same two periods for any rows of events."""
        counted = Outcome("", "", "rate", rows.table, "none", "trend", None, "", "", rows)
        return rate.change(self.facts, counted, scope, comparison)

    def _promise(self, intervention: Intervention, code: str) -> tuple[Declaration | None, Declaration | None]:
        """The declaration that counts, and the earlier one it replaced."""
        found = [
            promise for promise in self.declarations.get(intervention.intervention_id, ()) if promise.outcome == code
        ]
        found.sort(key=lambda promise: (promise.declared_on, promise.declaration_id))
        if not found:
            return None, None
        return found[-1], found[-2] if len(found) > 1 else None

    def _unknown(self, intervention: Intervention, code: str, promise: Declaration | None) -> Finding:
        nobody_knows = Outcome(
            code, UNKNOWN_KIND_NAME, "rate", "totals", "none", "trend", None, "", "", Rows("totals"), source="own"
        )
        declared = None
        if promise is not None:
            declared = Declared(promise.question, promise.size, promise.role, promise, afterwards=False)
        found = Finding(
            intervention, nobody_knows, declared.question if declared else "change", declared, None, None,
            Verdict("cannot tell yet", "outcome_unknown"),
        )  # fmt: skip
        return replace(found, sentence=wording.sentence(found))

    def _recorded(self, outcome: Outcome, scope: Scope) -> Period | None:
        return common.recorded(self.facts, outcome, scope)

    def _context(self, intervention: Intervention, comparison: Comparison) -> tuple[ContextEvent, ...]:
        first = min(comparison.planned_before.first, intervention.start_on - timedelta(days=guard.RECORDING_DAYS))
        last = max(comparison.planned_after.last, intervention.start_on + timedelta(days=guard.RECORDING_DAYS))
        happened = self.facts.context_events(intervention.scope, Period(first, last))
        return tuple(event for event in happened if event != self.itself)

    def _day_word(self, intervention: Intervention) -> str:
        service = self.services.get(intervention.service_id)
        return service.day_word if service is not None else "person days"


def _with_people(seen: Situation) -> tuple[Situation, tuple[Caution, ...]]:
    """The limits by person where a word would rest on them and people matter more than weeks."""
    if guard.not_judged(seen) is not None or judge(seen.outcome, seen.change, seen.declared).word == "cannot tell yet":
        return seen, ()
    found = by_person(seen)
    if found is None:
        return seen, ()
    change, caution = found
    return replace(seen, change=change), (caution,)


def _declared(outcome: Outcome, promise: Declaration | None, comparison: Comparison) -> Declared | None:
    """The question: as declared, else the outcome file's own; None for outcomes that are shown and not judged."""
    if promise is not None:
        late = promise.declared_on > comparison.planned_after.first
        return Declared(promise.question, promise.size, promise.role, promise, afterwards=late)
    if outcome.judged in ("change", "steady") and outcome.size is not None:
        question: Question = "change" if outcome.judged == "change" else "steady"
        return Declared(question, outcome.size, "main", None, afterwards=True)
    return None


def _replaced(earlier: Declaration) -> Caution:
    return Caution(
        "declaration_replaced",
        f"An earlier declaration of {day(earlier.declared_on)} ({earlier.question}, {earlier.size:g}) was replaced.",
    )


def _has_something(found: Finding) -> bool:
    change = found.change
    return change is not None and bool(
        change.before.tally.denominator or change.after.tally.denominator
        or change.before.tally.numerator or change.after.tally.numerator
    )  # fmt: skip
