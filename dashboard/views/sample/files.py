"""The files of a release in words."""

from __future__ import annotations

from data.releases.sample_file import (
    DATABASE,
    DICTIONARY_CSV,
    DICTIONARY_MD,
    LICENCE,
    PEOPLE,
    REPORT_HTML,
    REPORT_JSON,
    TWIN,
)

ABOUT = {
    PEOPLE: ("The sample", "One row a person, as a table for any program."),
    DICTIONARY_MD: ("Dictionary, to read", "Every column and its words."),
    DICTIONARY_CSV: ("Dictionary, as a table", "The same for a program."),
    REPORT_HTML: ("Disclosure report", "How people are hidden, what was withheld and why."),
    REPORT_JSON: ("Disclosure report, for a program", "The same, with the hash of the sample."),
    LICENCE: (
        "Licence",
        "What you agree to by using the files. A template until the data controller has signed it off.",
    ),
    TWIN: ("Synthetic twin", "Made-up rows of the same shape, for trying out code. Never publish from them."),
    DATABASE: ("All in one database", "The sample, dictionary and report in one DuckDB file."),
}
KINDS = {"csv": "text/csv", "md": "text/markdown", "html": "text/html", "json": "application/json", "txt": "text/plain"}
SIZES = ((1_000_000, "MB"), (1_000, "kB"))


def kind_of(name: str) -> str:
    """The media type of a file."""
    return KINDS.get(name.rpartition(".")[2], "application/octet-stream")


def size_said(size_bytes: int) -> str:
    """A size for people."""
    for unit, word in SIZES:
        if size_bytes >= unit:
            return f"{size_bytes / unit:.1f} {word}" if size_bytes < 10 * unit else f"{size_bytes / unit:.0f} {word}"
    return f"{size_bytes} bytes"
