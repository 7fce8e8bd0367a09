"""The verdicts scored against planted truth, kept: ``python -m benchmarks.calibration [--worlds N] [--seed S]``.

Writes ``docs/calibration.md`` and the result the page "How we work it out" draws. Run it after any change to an
estimator or a guard; it takes a few minutes on one core.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from data import __version__
from metrics.calibrating import report
from metrics.calibrating.scoring import score_all
from metrics.catalogue import load_catalogue

ROOT = Path(__file__).parents[1]


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.calibration", description=__doc__)
    parser.add_argument("--worlds", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=2026)
    asked = parser.parse_args()
    scores = score_all(load_catalogue(), asked.worlds, asked.seed, progress=print)
    document = report.as_document(scores, version=__version__, seed=asked.seed)
    kept = ROOT / "metrics" / "calibrating" / report.KEPT
    kept.write_text(json.dumps(document, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    text = report.as_markdown(document)
    (ROOT / "docs" / "calibration.md").write_text(text, encoding="utf-8")
    print(text)


if __name__ == "__main__":
    main()
