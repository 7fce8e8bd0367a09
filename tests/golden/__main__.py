"""``python -m tests.golden FILE.json...``: one line a case, then the count; exit 1 when any failed."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.golden.reading import Unreadable
from tests.golden.runner import Result, results_of


def main(arguments: list[str]) -> int:
    if not arguments or any(argument.startswith("-") for argument in arguments):
        print("Usage: python -m tests.golden FILE.json...", file=sys.stderr)
        return 2
    results: list[Result] = []
    for argument in arguments:
        try:
            found = results_of(Path(argument))
        except Unreadable as problem:
            print(problem, file=sys.stderr)
            return 2
        for result in found:
            print(result.line())
        results += found
    failed = sum(result.outcome == "FAILED" for result in results)
    print(f"{sum(result.outcome == 'passed' for result in results)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
