"""What the ledger keeps of a file's name: only words that cannot say who somebody is."""

from __future__ import annotations

import re

from data.contract import TABLES, Table

# Of numbers only what a date is made of: 943 476 5919 is somebody's NHS number.
_PLAIN_WORDS = re.compile(
    r"\d{1,2}|(?:19|20)\d\d|export|report|data|list|log|all|new|old|final|corrected|part|q[1-4]|h[12]|csv|january|february|march|april|may|"
    r"june|july|august|september|october|november|december|jan|feb|mar|apr|jun|jul|aug|sep|sept|oct|nov|dec",
    re.IGNORECASE,
)


def file_label(name: str, table: Table | None) -> str:
    """A file's name for the ledger: only words that cannot say who somebody is, the rest left out."""
    stem, _, ending = name.rpartition(".")
    kept = [
        word if _PLAIN_WORDS.fullmatch(word) or word.casefold() in TABLES else "…"
        for word in re.split(r"[\s_.-]+", stem or name)
        if word
    ]
    label = " ".join(dict.fromkeys(kept)) if "…" in kept else stem or name
    return f"{label}.{ending or 'csv'}" if label != "…" else f"{table.name if table else 'file'} ….{ending or 'csv'}"
