"""Every figure has a pedigree: what it means, its unit, range, no-change value, assumptions, errors and paper.

A sibling may point to the function that says it, as in "Unit, range and errors as ``wilson``." Functions that give
no statistical figure of their own are named below with the reason.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import pytest

import metrics
from metrics import estimators

METRICS = Path(metrics.__file__).parent
ESTIMATORS = Path(estimators.__file__).parent
SERIES = [
    METRICS / "series" / name
    for name in ("interrupted.py", "around.py", "fits.py", "run_chart.py", "spc/limits.py", "spc/spread.py")
]

NO_FIGURE_OF_THEIR_OWN = {
    "which point stands before another": ("place_before",),
    "what is asked of arguments": (
        "whole",
        "positive",
        "share",
        "tally",
        "tail",
        "figures",
        "usable",
        "phases",
        "sign_of",
    ),
    "from a standard error to limits; the caller says what they rest on": (
        "two_sided_quantile",
        "symmetric_limits",
        "ratio_limits",
        "log_limits",
        "log_log_limits",
        "standard_error",
        "t_limit",
    ),
    "the formula behind limits that are told, with their paper, where they are given": (
        "exact_limits",
        "wilson_ends",
        "score_limits",
        "not_refused",
        "crossing",
    ),
    "ranks and the chances of their sums, in the middle of the rank methods": (
        "midranks",
        "chances_of_signed_sum",
        "chances_of_sum_of",
        "two_sided",
        "quantile",
        "wins",
        "kendall_s",
        "variance_of_s",
    ),
    "rows and columns a fit is given": ("design_matrix", "sums_by_cluster", "pearson_residuals", "around"),
    "how many are there, and how many leave, at each time": ("at_risk_before", "events_at"),
    "says in words why a scale is not judged": ("why_not_judged",),
    "the inside of an interrupted series, which says it for them": ("fitted", "estimate_of"),
}
EXEMPT = {name for names in NO_FIGURE_OF_THEIR_OWN.values() for name in names}

PARTS = {
    "unit": (r"\bUnit: ", r"\bunit\b"),
    "range": (r"\bRange: ", r"\brange\b"),
    "no-change value": (r"\bNo(?: change|-change value): ", r"\bno-change value\b"),
    "assumptions": (r"\bAssumes: ", r"\bassum(?:es|ptions)\b"),
    "errors": (r"\bRaises: ", r"\b(?:raises|errors)\b"),
    "paper": (r"\b(?:18|19|20)\d\d\b", r"\bpapers?\b"),
}
"""How each part is written out, and what it is called where a sibling is pointed to."""

POINTER = re.compile(r"[^.;]*?\bas (``\w+``(?:(?:, | and | or )``\w+``)*)")


@dataclass(frozen=True)
class Function:
    """One public function: where it stands, its name and its docstring in one line."""

    module: str
    name: str
    text: str

    def pointed_to(self, word: str) -> set[str]:
        """The siblings named for a part: "unit and errors as ``wilson``"."""
        found = set()
        for clause in POINTER.finditer(self.text):
            before = clause.group(0)[: -len(clause.group(1))]
            if re.search(word, before, re.IGNORECASE):
                found.update(re.findall(r"``(\w+)``", clause.group(1)))
        return found


def public_functions() -> list[Function]:
    found = []
    for path in [*sorted(ESTIMATORS.rglob("*.py")), *SERIES]:
        module = ".".join(path.relative_to(METRICS).with_suffix("").parts)
        for node in ast.parse(path.read_text(encoding="utf-8")).body:
            if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                found.append(Function(module, node.name, " ".join((ast.get_docstring(node) or "").split())))
    return found


FUNCTIONS = public_functions()
BY_NAME = {each.name: each for each in FUNCTIONS}
FIGURES = [each for each in FUNCTIONS if each.name not in EXEMPT]


def says(function: Function, part: str, seen: frozenset[str] = frozenset()) -> bool:
    """Whether a function says a part itself, or points to one that does."""
    written, word = PARTS[part]
    if re.search(written, function.text):
        return True
    siblings = function.pointed_to(word) - seen
    return any(name in BY_NAME and says(BY_NAME[name], part, seen | {function.name}) for name in siblings)


@pytest.mark.parametrize("function", FIGURES, ids=lambda each: f"{each.module}.{each.name}")
def test_a_figure_has_its_pedigree(function: Function) -> None:
    missing = [part for part in PARTS if not says(function, part)]
    assert not missing, f"{function.module}.{function.name} does not say its {', '.join(missing)}."
    assert not re.match(r"Unit|Raises|Assumes", function.text), "The meaning comes first."


@pytest.mark.parametrize("function", FIGURES, ids=lambda each: f"{each.module}.{each.name}")
def test_a_sibling_that_is_pointed_to_exists(function: Function) -> None:
    for _, word in PARTS.values():
        assert function.pointed_to(word) <= BY_NAME.keys()


def test_plumbing_is_named_once_explained_and_there() -> None:
    listed = [name for names in NO_FIGURE_OF_THEIR_OWN.values() for name in names]
    assert len(listed) == len(set(listed))
    assert set(listed) <= BY_NAME.keys()
    assert all(BY_NAME[name].text for name in listed)


def test_plumbing_of_one_module_is_private() -> None:
    """What only its own module uses begins with an underscore."""
    used: set[tuple[str | None, str]] = set()
    for path in [*METRICS.rglob("*.py"), *(METRICS.parent / "tests").rglob("*.py")]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ImportFrom):
                used.update((node.module, alias.name) for alias in node.names)
    own = {(f"metrics.{BY_NAME[name].module}", name) for name in EXEMPT}
    assert own <= used


def test_no_two_figures_share_a_name() -> None:
    assert len(BY_NAME) == len(FUNCTIONS)


REFERENCE = re.compile(
    r"(?P<who>[A-Z][\w'öü-]+)(?:[^.;:()]|et al\.)*? (?P<year>(?:18|19|20)\d\d)"
    r"(?P<where>(?:(?!\b(?:18|19|20)\d\d\b)[^;])*?)\bdoi:(?P<doi>10\.\d{4,9}/\S+)"
)


def test_a_paper_has_one_doi_and_a_doi_one_paper() -> None:
    papers, dois = defaultdict(set), defaultdict(set)
    for function in FUNCTIONS:
        for found in REFERENCE.finditer(function.text):
            pages = re.search(r"\d+:\d+", found["where"])
            doi = found["doi"].rstrip(".,;")
            dois[doi].add(found["year"])
            if pages:
                papers[found["year"], pages[0]].add(doi)
    assert len(papers) > 50
    assert not {paper: names for paper, names in papers.items() if len(names) > 1}
    assert not {doi: years for doi, years in dois.items() if len(years) > 1}


def test_the_map_names_every_module() -> None:
    """The docstring of ``metrics.estimators`` is where a newcomer looks first."""
    told = set(re.findall(r"^    (\w+)  ", estimators.__doc__ or "", re.MULTILINE))
    modules = {path.stem for path in ESTIMATORS.glob("*.py")} | {"single_case", "staying"}
    assert told == modules - {"__init__"}
