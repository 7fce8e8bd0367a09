"""Many worlds of one kind through the whole of ``evaluate``: how often each word was said, and how often rightly."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np

from metrics.calibrating.remembered import as_facts
from metrics.calibrating.worlds import SCENARIOS, Scenario
from metrics.catalogue import Catalogue
from metrics.evaluate import evaluate
from metrics.model import VERDICT_WORDS, Finding, VerdictWord


@dataclass(frozen=True)
class Score:
    """What came of the worlds of one scenario."""

    scenario: Scenario
    worlds: int
    words: dict[VerdictWord, int]
    reasons: dict[str, int]
    covered: int
    with_interval: int
    cautions: dict[str, int] = field(default_factory=dict)

    def share(self, word: VerdictWord) -> float:
        """The share of worlds given this word."""
        return self.words.get(word, 0) / self.worlds

    def error(self, word: VerdictWord) -> float:
        """The Monte Carlo standard error of that share."""
        share = self.share(word)
        return math.sqrt(share * (1 - share) / self.worlds)

    @property
    def coverage(self) -> float | None:
        """The share of intervals that hold the planted truth; None where the interval answers another question."""
        if self.scenario.true_effect is None or not self.with_interval:
            return None
        return self.covered / self.with_interval

    @property
    def met(self) -> bool | None:
        """Whether it is as asked, give or take two Monte Carlo errors; None where nothing is asked."""
        asked = self.scenario.asked
        if asked is None:
            return None
        slack = 2 * math.sqrt(asked.share * (1 - asked.share) / self.worlds)
        share = self.share(asked.word)
        return share <= asked.share + slack if asked.bound == "at most" else share >= asked.share - slack


def score(scenario: Scenario, catalogue: Catalogue, worlds: int, seed: int) -> Score:
    """``worlds`` worlds of one scenario. The same seed gives the same worlds, whatever else is run."""
    words: Counter[VerdictWord] = Counter()
    reasons: Counter[str] = Counter()
    cautions: Counter[str] = Counter()
    covered = with_interval = 0
    for rng in _generators(scenario, worlds, seed):
        finding = judged(scenario, catalogue, rng)
        words[finding.verdict.word] += 1
        if finding.verdict.reason is not None:
            reasons[finding.verdict.reason] += 1
        cautions.update({caution.code for caution in finding.cautions})
        held = _covers(finding, scenario.true_effect)
        if held is not None:
            with_interval += 1
            covered += held
    counted = {word: words[word] for word in VERDICT_WORDS}
    return Score(scenario, worlds, counted, dict(reasons), covered, with_interval, dict(cautions))


def score_all(
    catalogue: Catalogue,
    worlds: int,
    seed: int,
    *,
    scenarios: Iterable[Scenario] = SCENARIOS,
    progress: Callable[[str], None] = lambda _: None,
) -> tuple[Score, ...]:
    """Every scenario in turn; ``progress`` is told the name of each before it begins."""
    found = []
    for scenario in scenarios:
        progress(scenario.name)
        found.append(score(scenario, catalogue, worlds, seed))
    return tuple(found)


def judged(scenario: Scenario, catalogue: Catalogue, rng: np.random.Generator) -> Finding:
    """One world, made and evaluated as any service's own data would be."""
    (finding,) = evaluate(as_facts(scenario.make(rng)), catalogue, outcomes=[scenario.outcome])
    return finding


def _generators(scenario: Scenario, worlds: int, seed: int) -> Iterable[np.random.Generator]:
    """A stream of luck for each world, of its own for each scenario, so that adding a scenario moves no other."""
    name = [ord(letter) for letter in scenario.code]
    return map(np.random.default_rng, np.random.SeedSequence([seed, *name]).spawn(worlds))


def _covers(finding: Finding, truth: float | None) -> bool | None:
    effect = finding.change.effect if finding.change is not None else None
    if truth is None or effect is None:
        return None
    return (effect.low is None or effect.low <= truth) and (effect.high is None or truth <= effect.high)
