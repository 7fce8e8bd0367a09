"""Q7, staying in the home: the staying curve by group, what lies between groups, and competing events."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from metrics.estimators import survival
from tests.golden.answers.reply import Figures, Reply, where_defined
from tests.golden.expected import expected_of
from tests.golden.reading import Case, NotAnswered

TIME, ENTRY = ("time", "etime", "stop", "leave"), ("entry", "start", "tstart")
EVENT, CAUSE, GROUP = ("status", "event"), ("ev", "cause"), ("arm", "group", "after")


@dataclass(frozen=True)
class _Group:
    """One group of people: entry, leaving, and event or cause."""

    entry: list[float]
    leave: list[float]
    event: list[int]

    def __add__(self, other: _Group) -> _Group:
        return _Group(self.entry + other.entry, self.leave + other.leave, self.event + other.event)


def staying(case: Case) -> Reply:
    """Rows with a time and either an event and a group, or a cause (0 still there, 1, 2)."""
    rows = case.table()
    times = [float(time) for time in case.input.get("times") or ()]
    names = set(rows[0]) if rows else set()
    cause, event = _named(case, "cause", CAUSE, names), _named(case, "event", EVENT, names)
    if cause and ("cause1" in (expected_of(case.entry) or {}) or event is None):
        return Reply(_competing(_read(case, rows, names, cause), times))
    if event is None:
        raise NotAnswered("its rows name no event and no cause")
    group = _named(case, "group", GROUP, names)
    if group is None:
        return Reply(_one_group(_read(case, rows, names, event), times, _until(case)))
    labels = sorted({row[group] for row in rows})
    groups = {label: _read(case, [row for row in rows if row[group] == label], names, event) for label in labels}
    figures: dict[str, Any] = {
        f"group_{label}": _one_group(people, times, _until(case)) for label, people in groups.items()
    }
    if len(groups) == 2:
        figures |= _between(groups[labels[0]], groups[labels[1]], _until(case))
    return Reply(figures)


def _one_group(people: _Group, times: Sequence[float], until: float | None) -> dict[str, Any]:
    curve = survival.kaplan_meier(people.entry, people.leave, people.event, times)
    figures: dict[str, Any] = {
        "n": curve.people,
        "events": curve.events,
        "times": list(times),
        "surv": [at.share for at in curve.at],
        "se": [at.se for at in curve.at],
        "lo_loglog": [at.interval.low for at in curve.at],
        "hi_loglog": [at.interval.high for at in curve.at],
        "lo_plain": [at.plain.low for at in curve.at],
        "hi_plain": [at.plain.high for at in curve.at],
        "median": curve.median,
        "person_time": curve.person_time,
    }
    if until is not None:
        figures |= where_defined(
            {
                "rmst": lambda: survival.restricted_mean(people.entry, people.leave, people.event, until).mean,
                "rmst_se": lambda: survival.restricted_mean(people.entry, people.leave, people.event, until).se,
            }
        )
    return figures


def _between(first: _Group, second: _Group, until: float | None) -> dict[str, Any]:
    both = first + second
    group = [0] * len(first.leave) + [1] * len(second.leave)

    def test(weight: Any) -> dict[str, float]:
        found = survival.log_rank(both.entry, both.leave, both.event, group, weight)
        return {"chisq": found.chi_square, "p": found.p}

    def cox(ties: Any) -> dict[str, float]:
        found = survival.hazard_ratio(both.entry, both.leave, both.event, group, ties)
        return {"loghr": found.log_ratio, "se": found.se}

    def means() -> dict[str, float | None]:
        if until is None:
            raise ValueError("The input names no time to compare within.")
        before, after = (
            survival.restricted_mean(side.entry, side.leave, side.event, until) for side in (first, second)
        )
        found = survival.restricted_mean_change(before, after)
        return {
            "tau": found.until,
            "difference": found.difference,
            "lo": found.interval.low,
            "hi": found.interval.high,
            "p": found.p,
            "ratio": found.ratio,
            "ratio_lo": found.ratio_interval.low,
            "ratio_hi": found.ratio_interval.high,
        }

    figures: Figures = {
        "logrank": lambda: test("equal"),
        "peto_peto": lambda: test("share"),
        "survRM2": means,
        "cox_breslow": lambda: cox("breslow"),
        "cox_efron": lambda: cox("efron"),
    }
    return where_defined(figures)


def _competing(people: _Group, times: Sequence[float]) -> dict[str, Any]:
    found = survival.cumulative_incidence(people.entry, people.leave, people.event, times)
    return {
        "n": found.people,
        "times": list(times),
        "cause1": [at.estimate for at in found.at],
        "cause2": [at.competing for at in found.at],
        "still_there": [at.still_there for at in found.at],
        "se1": [at.se for at in found.at],
    }


def _read(case: Case, rows: list[dict[str, str]], names: set[str], event: str) -> _Group:
    time, entry = _named(case, "time", TIME, names), _named(case, "entry", ENTRY, names)
    if time is None:
        raise NotAnswered("its rows name no time")
    return _Group(
        [float(row[entry]) if entry else 0.0 for row in rows],
        [float(row[time]) for row in rows],
        [int(float(row[event])) for row in rows],
    )


def _named(case: Case, what: str, usual: Sequence[str], names: set[str]) -> str | None:
    """The column the input names for it, else the first of the usual names that is there."""
    stated = case.input.get(what)
    if isinstance(stated, str) and stated in names:
        return stated
    return next((name for name in usual if name in names), None)


def _until(case: Case) -> float | None:
    tau = case.input.get("tau")
    return None if tau is None else float(tau)
