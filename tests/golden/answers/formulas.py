"""Model formulas as reference files write them, partly R and partly English, turned into columns.

    aces ~ smokban + time + offset(log(stdpop))
    same, quasi-Poisson                                     the formula before it
    + sin/cos(2*pi*k*month/12), k=1,2                       the formula before it, with a season
    + (time-36)*smokban                                     a change of slope from a place in time on
    y ~ treated*(law + time + Fourier(2)) + offset(log(kms)), both series stacked, quasi-Poisson
    deaths ~ t + C(month) + temp

Only arithmetic on the columns of the data can be asked; nothing in a file is run as code.
"""

from __future__ import annotations

import ast
import math
import operator
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from metrics.estimators.seasons import fourier
from tests.golden.reading import NotAnswered

FloatArray = NDArray[np.float64]
Columns = Mapping[str, FloatArray]

SEASON = re.compile(r"sin/cos\(\s*2\s*\*\s*pi\s*\*\s*k\s*\*\s*(\w+)\s*/\s*([\d.]+)\s*\)")
PAIRS = re.compile(r"\(?\bk\s*(?:=|in)\s*(\d+(?:\s*(?:,|\.\.|:|-|to|and)\s*\d+)*)\)?")
CYCLES = {"month": 12.0, "mon": 12.0, "week": 52.0, "wk": 52.0, "quarter": 4.0, "weekday": 7.0, "hour": 24.0}


@dataclass(frozen=True)
class Formula:
    """What is explained, by which terms, over which exposure. ``season`` is the column and cycle of the waves."""

    response: str
    terms: tuple[str, ...]
    offset: str | None = None


def read(text: str, before: Formula | None) -> Formula:
    """The formula in a text; words around it are passed over, "same" and a leading + build on the one before."""
    text = _seasons_spelled_out(" ".join(text.split()))
    if "~" in text:
        left, _, right = text.partition("~")
        words = left.strip().split()
        if not words:
            raise NotAnswered("its formula explains nothing")
        terms = _terms(_until_words(right))
        return _with_offset(Formula(words[-1], ()), terms)
    if before is None:
        raise NotAnswered(f"its formula {text!r} builds on one that is not there")
    if text.startswith("+"):
        return _with_offset(before, (*before.terms, *_terms(_until_words(text[1:]))))
    return before


def columns_of(formula: Formula, data: Columns, names: Mapping[str, str] | None = None) -> dict[str, FloatArray]:
    """Intercept and terms as named columns. ``names`` gives a term another name than its own text."""
    rows = len(next(iter(data.values())))
    found: dict[str, FloatArray] = {"(Intercept)": np.ones(rows)}
    for term in formula.terms:
        for name, column in _column(term, data).items():
            found[(names or {}).get(name, name)] = column
    return found


def exposure_of(formula: Formula, data: Columns) -> FloatArray | None:
    """The exposure whose logarithm is the offset, None without one."""
    return None if formula.offset is None else np.exp(value(formula.offset, data))


def value(text: str, data: Columns) -> FloatArray:
    """Arithmetic on columns: + - * / **, log, exp, sqrt, sin, cos, I and pi. NotAnswered for anything else."""
    try:
        tree = ast.parse(text.replace("^", "**"), mode="eval").body
    except SyntaxError:
        raise NotAnswered(f"{text!r} is no term that is understood") from None
    return np.asarray(_worked_out(tree, data), dtype=float)


OPERATORS: Mapping[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.Pow: operator.pow,
}  # fmt: skip
FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "log": np.log, "exp": np.exp, "sqrt": np.sqrt, "sin": np.sin, "cos": np.cos, "I": lambda each: each,
    "log1p": np.log1p, "pmax0": lambda each: np.maximum(0, each),
}  # fmt: skip


def _worked_out(node: ast.expr, data: Columns) -> Any:
    match node:
        case ast.Constant(value=int() | float() as number):
            return float(number)
        case ast.Name(id="pi"):
            return math.pi
        case ast.Name(id=name) if name in data:
            return data[name]
        case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATORS:
            return OPERATORS[type(op)](_worked_out(left, data), _worked_out(right, data))
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            return -_worked_out(operand, data)
        case ast.Call(func=ast.Name(id=name), args=[argument], keywords=[]) if name in FUNCTIONS:
            return FUNCTIONS[name](_worked_out(argument, data))
    raise NotAnswered(f"{ast.unparse(node)!r} is no column and no arithmetic that is understood")


def _column(term: str, data: Columns) -> dict[str, FloatArray]:
    """One term as columns: a season and a category give several, a product with a bracket all it holds."""
    if season := re.fullmatch(r"Fourier\((\d+)(?:\s*,\s*(\w+)(?:\s*/\s*([\d.]+))?)?\)", term, re.IGNORECASE):
        pairs, place, cycle = season.groups()
        place = place or next((each for each in CYCLES if each in data), None)
        if place is None or place not in data:
            raise NotAnswered("no column says when in the year a row stands")
        return dict(fourier(list(data[place]), float(cycle) if cycle else CYCLES.get(place, 12.0), int(pairs)))
    if category := re.fullmatch(r"(?:C|factor|as\.factor)\((\w+)\)", term):
        column = value(category.group(1), data)
        levels = np.unique(column)
        return {f"{category.group(1)}{level:g}": (column == level).astype(float) for level in levels[1:]}
    factors = _split(term, "*")
    if len(factors) == 2 and not any(_is_arithmetic(each) for each in factors):
        one, other = (_bracket(each, data) for each in factors)
        return {**one, **other, **_products(one, other)}
    interacting = _split(term, ":")
    if len(interacting) > 1:
        found = _bracket(interacting[0], data)
        for each in interacting[1:]:
            found = _products(found, _bracket(each, data))
        return found
    if len(factors) > 1:
        # A bracket with a minus is a place in time: the change of slope from there on.
        return (
            {"slope": value(term, data)}
            if re.search(r"\(\s*\w+\s*-\s*[\d.]+\s*\)", term)
            else {term: value(term, data)}
        )
    return {term: value(term, data)}


def _bracket(text: str, data: Columns) -> dict[str, FloatArray]:
    """The columns of "(a + b + Fourier(2))", or of a single term."""
    if text.startswith("(") and text.endswith(")"):
        found: dict[str, FloatArray] = {}
        for term in _terms(text[1:-1]):
            found |= _column(term, data)
        return found
    return _column(text, data)


def _products(one: Columns, other: Columns) -> dict[str, FloatArray]:
    return {f"{a}:{b}": x * y for a, x in one.items() for b, y in other.items()}


def _is_arithmetic(factor: str) -> bool:
    """Whether a factor is a number, or a bracket that counts from a place: R's star would then multiply."""
    return bool(re.fullmatch(r"[\d.]+|\([^+()]*-[^()]*\)", factor)) or factor.startswith(("sin", "cos", "log"))


def _with_offset(formula: Formula, terms: Sequence[str]) -> Formula:
    kept: list[str] = []
    for term in terms:
        if found := re.fullmatch(r"offset\((.*)\)", term):
            formula = replace(formula, offset=found.group(1))
        elif term not in ("1", ""):
            kept.append(term)
    return replace(formula, terms=tuple(kept))


def _terms(text: str) -> tuple[str, ...]:
    return tuple(_split(text, "+"))


def _split(text: str, mark: str) -> list[str]:
    """The parts between marks that stand in no bracket; a double star is no single one."""
    parts, depth, start = [], 0, 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        doubled = mark == "*" and "*" in (text[place - 1 : place], text[place + 1 : place + 2])
        if sign == mark and depth == 0 and not doubled:
            parts.append(text[start:place].strip())
            start = place + 1
    return [part for part in (*parts, text[start:].strip()) if part]


def _until_words(text: str) -> str:
    """The formula without the words that follow it: up to a comma or semicolon outside brackets."""
    depth = 0
    for place, sign in enumerate(text):
        depth += (sign in "([") - (sign in ")]")
        if depth == 0 and sign in ",;":
            return text[:place].strip()
    return re.sub(r"\s+\((?:OLS|quasi|Poisson|linear)[^)]*\)\s*$", "", text.strip(), flags=re.IGNORECASE)


def _seasons_spelled_out(text: str) -> str:
    """ "sin/cos(2*pi*k*month/12), k=1,2" as one term, "Fourier(2, month/12)"."""
    season = SEASON.search(text)
    if season is None:
        return text
    pairs = 1
    rest = text[season.end() :]
    if told := PAIRS.search(rest):
        pairs = max(int(number) for number in re.findall(r"\d+", told.group(1)))
        rest = re.sub(r"[\s,;]+$", "", rest[: told.start()]) + rest[told.end() :]
    return f"{text[: season.start()]}Fourier({pairs}, {season.group(1)}/{season.group(2)}){rest}"
