"""The 64 adversarial cases, and where each is held: ``python -m tests.support.cases`` writes docs/adversarial-cases.md.

A test that holds a case says so at the start of its docstring: "Case 34: …", or "Cases 40 and 41: …". What only a
proxy or an operating system can hold stands in ``ELSEWHERE``, with the guide or script that holds it. Tests are found by
reading the files, not by running them.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
INDEX = ROOT / "docs" / "adversarial-cases.md"
TO_COME = "to come"

PARTS: Mapping[str, tuple[int, int]] = {
    "What a commissioner sees": (1, 20),
    "What a researcher is given": (21, 33),
    "What is loaded": (34, 48),
    "Who may see what, and the running server": (49, 64),
}

CASES: Mapping[int, str] = {
    1: "Choosing so narrowly that one person is left: the figure is marked as hidden, and stands nowhere in the page, the JSON or the CSV.",
    2: "January to June less January to May: there are no free dates, and fixed periods differ by whole steps of rounding or are hidden.",
    3: "The total less all that is shown: the hidden figure can still be anything from 1 to 7.",
    4: "Everybody less women less men: as above.",
    5: "A group of two homes, of which one knows its own figure: there is no such group.",
    6: "A home with four people: seen only within a group.",
    7: "One person had 40 of 45 falls: hidden, because the figure is nearly all theirs.",
    8: "80 events, all of one person: hidden, because people are counted and not rows.",
    9: "All of 12 people had a safeguarding concern: hidden, because all of a few says it of each.",
    10: "None, hidden and not known: three different things, each said as what it is.",
    11: "A mean of seven people: there is none.",
    12: "The oldest person: smallest and largest values are not given.",
    13: "Axis, hover, alternative text and colour of a chart with a hidden figure: none gives it away.",
    14: "Sorting by a column with hidden figures: they tie, and their order says nothing.",
    15: "A rate times its denominator: gives the count back only as finely as it was rounded.",
    16: "An incident that arrives late: a published figure stays until its rounded value changes, and the change is logged.",
    17: "The same figure on two pages: it is the same.",
    18: "Loading a page 200 times and averaging: always the same value, so there is nothing to average.",
    19: "Page and CSV: the same figures, the same marks for what is hidden.",
    20: "Weaker limits asked for in the address: passed over or refused.",
    21: "The sample beside a public list of ages, genders, homes and days of moving in: nobody stands alone.",
    22: "Two samples side by side: no id in common, and what they share is of no use.",
    23: "Undoing ids by trying every number with known ways of hashing: no hit.",
    24: "Rows in the order in which they came: they are shuffled.",
    25: "Names in free text: there is no such column.",
    26: "Somebody of 104, the only one with a rare dementia or ethnicity: merged with others or withheld.",
    27: "Somebody of whom one thing alone is not recorded: counts as a group of its own, and is withheld.",
    28: "Groups that cannot be made large enough: refused with a sentence, and no file.",
    29: "Somebody who does not want to be in research: is not in it.",
    30: "Days between events, or their weekday: cannot be worked out.",
    31: "Names and numbers in what a file says of itself, or in its name: none.",
    32: "Somebody recorded under two genders: one person all the same.",
    33: "Columns kept as categories, or another version of the library: the same groups.",
    34: "Cells that begin as a formula does, full-width signs too: a spreadsheet runs none of any file to download.",
    35: "Pictures, links and tags in the name of a service: text on every page, and nobody is called.",
    36: "A cell that reads like an SQL command: stored letter by letter, and nothing else happens.",
    37: "A file named like a path or after a person: the name leads nowhere and is kept nowhere.",
    38: "Archives that reach outside, hold 20,000 files, archives in archives, or swell to a thousand times their size: refused at once.",
    39: "An upload of 10 GB: refused, and the server goes on.",
    40: "Other encodings, NUL bytes, a picture, nothing at all, headings alone or twice, 20,000 columns, an open quotation mark, a file "
        "cut off: a sentence for each, and nothing half loaded.",
    41: "31 February, a bare number, 1900, 2199, day and month swapped: rows refused and counted, or said how they were read.",
    42: "The same file twice, and files that overlap: as if once.",
    43: "Two loads at the same time: one is refused with a sentence, nothing is mixed.",
    44: "A load that is killed at any moment: the earlier data are there, and the next load clears up.",
    45: "A database that is damaged, cut off or none at all: said to be unavailable, without a path; the other readers go on.",
    46: "A full disk: a sentence, the earlier data, and nothing left behind.",
    47: "NHS numbers that cannot be any: counted and said, never shown.",
    48: "Rows of another home in a manager's upload: refused where the database is for one's own services.",
    49: "A commissioner who opens a manager's page by its address, bookmark or the back button: denied, no rows.",
    50: "Kept in memory for a manager, asked for by another reader: each gets their own.",
    51: "Another role in the session or the address: passed over.",
    52: "A role unknown, two, none, signed in too long ago, taken away, or a cookie played back: denied.",
    53: "A cookie that was tampered with: back to signing in.",
    54: "The manager of one provider asks for another's: the file cannot be opened.",
    55: "A commissioner's process opens the manager's file: the operating system refuses.",
    56: "A fault while somebody's record is shown: general words on the page, and nobody in the log.",
    57: "A download's address without the cookie: the proxy refuses.",
    58: "Another site or host name in front of the server: refused.",
    59: "A key that others can read, that is missing, too short or well known: the program does not start with it.",
    60: "Another file, another program, another setting, through a commissioner's connection: refused.",
    61: "A question that takes for ever: stopped within ten seconds, and others are served meanwhile.",
    62: "Somebody erased: in no file, log, leftover or listed backup.",
    63: "A whole run without a network: works, and calls nobody.",
    64: "What a screen reader or a table's search box can reach: nothing hidden is sent to the browser at all.",
}  # fmt: skip

ELSEWHERE: Mapping[int, tuple[str, ...]] = {}
"""Files that hold a case beside the tests, from the top of the repository: a script, or a chapter of a guide."""

_NAMES_CASES = re.compile(r"\s*Cases? (\d+(?:(?:, | and |, and | to |–)\d+)*)\b")


def cases_named(docstring: str) -> tuple[int, ...]:
    """The cases a docstring says are held: "Case 3: …", "Cases 3 and 4: …", "Cases 5 to 8: …"."""
    found = _NAMES_CASES.match(docstring)
    if found is None:
        return ()
    numbers: list[int] = []
    for part in re.split(r", and |, | and ", found[1]):
        first, *last = (int(number) for number in re.split(r" to |–", part))
        numbers += range(first, (last[0] if last else first) + 1)
    return tuple(dict.fromkeys(numbers))


def holders(root: Path = ROOT) -> dict[int, list[str]]:
    """The tests that name each case, by their address for pytest, in order of name."""
    found: dict[int, list[str]] = defaultdict(list)
    for path in sorted((root / "tests").rglob("test_*.py")):
        for name, docstring in _tests_in(ast.parse(path.read_text(encoding="utf-8"))):
            for number in cases_named(docstring):
                found[number].append(f"{path.relative_to(root).as_posix()}::{name}")
    return found


def _tests_in(tree: ast.Module) -> Iterator[tuple[str, str]]:
    """Each test of a file with its docstring; those of a class by class and name."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.name.startswith("test_"):
            yield node.name, ast.get_docstring(node) or ""
        elif isinstance(node, ast.ClassDef) and node.name.startswith("Test"):
            for inner in node.body:
                if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef) and inner.name.startswith("test_"):
                    yield f"{node.name}::{inner.name}", ast.get_docstring(inner) or ""


def as_markdown(held: Mapping[int, list[str]]) -> str:
    """The whole index."""
    waiting = [number for number in CASES if not held.get(number) and not ELSEWHERE.get(number)]
    lines = [
        "# Adversarial cases",
        "",
        "What somebody might try, what happens instead, and the test that shows it. This page is written by",
        "`python -m tests.support.cases` from the tests themselves; another test compares the two.",
        "",
        f"{len(CASES)} cases; {len(CASES) - len(waiting)} held"
        + (f", {len(waiting)} {TO_COME}: {', '.join(map(str, waiting))}." if waiting else "."),
    ]
    for title, (first, last) in PARTS.items():
        lines += ["", f"## {title}", "", "| | What is tried, and what happens | Held by |", "|---|---|---|"]
        for number in range(first, last + 1):
            where = [*held.get(number, ()), *ELSEWHERE.get(number, ())]
            told = "<br>".join(f"`{each}`" for each in where) or TO_COME
            lines.append(f"| {number} | {CASES[number]} | {told} |")
    return "\n".join(lines) + "\n"


def main() -> None:
    INDEX.write_text(as_markdown(holders()), encoding="utf-8")


if __name__ == "__main__":
    main()
