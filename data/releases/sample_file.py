"""A researcher's release as a folder of files: all of them or none, and nothing in them but what the release holds.

write_sample(folder, release, pages, log_it)   the folder, made beside its place and moved there at the end
read_sample(path)                              the release in sample.duckdb, read-only
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

import duckdb

from data.guarded import LONGEST_QUERY, DatabaseUnavailable, read_only
from data.releases.kind import SCHEMA_VERSION
from data.releases.model import Reading
from data.releases.sample_dictionary import dictionary_md, dictionary_rows
from data.releases.sample_log import ReleaseRefused
from data.releases.sample_model import PID, Merging, SampleColumn, SampleRelease, SampleReport
from data.spreadsheets import for_spreadsheet
from data.sqltext import quoted

DATABASE, PEOPLE, TWIN = "sample.duckdb", "people.csv", "twin.csv"
DICTIONARY_CSV, DICTIONARY_MD, REPORT_JSON = "dictionary.csv", "dictionary.md", "release.json"
REPORT_HTML, LICENCE = "report.html", "LICENCE.txt"
FILES = (PEOPLE, DICTIONARY_MD, DICTIONARY_CSV, REPORT_HTML, REPORT_JSON, LICENCE, TWIN, DATABASE)
"""Every file of a release, in the order in which they are offered."""
NOBODY_YET = "Nobody with lived experience has read this release yet."
TWIN_NOTE = "synthetic"
"""The last column of the twin, in every row, so that a row on its own still says that it is made up."""

_CAREFUL: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
}


class SampleUnavailable(Exception):
    """The release cannot be opened; the message says why and what to do, and holds no path."""


def write_sample(
    folder: Path,
    release: SampleRelease,
    pages: Callable[[SampleRelease], Mapping[str, bytes]],
    log_it: Callable[[SampleReport], None],
) -> SampleRelease:
    """Write every file, note the release in the log, then put the folder in its place; the release as it was written.

    ``pages``: the files that are made elsewhere (the readable report, the licence). Raises ReleaseRefused when there is
    something in the folder already, or it cannot be written; then nothing is left behind.
    """
    refuse_if_full(folder)
    people = csv_bytes(release.names, release.rows)
    release = replace(release, report=replace(release.report, people_sha256=hashlib.sha256(people).hexdigest()))
    temporary = None
    before = os.umask(0o077)
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        temporary = Path(tempfile.mkdtemp(prefix=".release-", dir=folder.parent))
        files = {
            PEOPLE: people,
            TWIN: csv_bytes((*release.names, TWIN_NOTE), [(*row, "yes") for row in release.twin]),
            DICTIONARY_CSV: csv_bytes(*dictionary_rows(release)),
            DICTIONARY_MD: dictionary_md(release).encode(),
            REPORT_JSON: (json.dumps(report_json(release.report), ensure_ascii=False, indent=2) + "\n").encode(),
            **pages(release),
        }
        for name, content in files.items():
            (temporary / name).write_bytes(content)
        _write_database(temporary / DATABASE, release)
        log_it(release.report)
        if folder.exists():
            folder.rmdir()
        temporary.replace(folder)
    except OSError as error:
        raise ReleaseRefused(
            f"The release cannot be written ({error.strerror or 'the disk refused'}). Choose another folder with --out."
        ) from None
    finally:
        os.umask(before)
        if temporary is not None:
            shutil.rmtree(temporary, ignore_errors=True)
    return release


def refuse_if_full(folder: Path) -> None:
    """A release goes into a new or an empty folder. Raises ReleaseRefused."""
    if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
        raise ReleaseRefused("There is something at --out already. Choose a new or an empty folder.")


def csv_bytes(names: Sequence[str], rows: Sequence[Sequence[str]]) -> bytes:
    """UTF-8 with CRLF; no cell that a spreadsheet would run."""
    out = io.StringIO(newline="")
    write = csv.writer(out, lineterminator="\r\n")
    write.writerow(names)
    write.writerows([for_spreadsheet(str(cell)) for cell in row] for row in rows)
    return out.getvalue().encode("utf-8")


def report_json(report: SampleReport) -> dict[str, Any]:
    """The account as release.json holds it: plain words and numbers, no NaN."""
    told = asdict(report) | {"made_on": report.made_on.isoformat()}
    read = report.read_by
    told["read_by"] = NOBODY_YET if read is None else {"by": read.by, "on": read.on.isoformat(), "said": read.said}
    return told


def report_from(told: Mapping[str, Any]) -> SampleReport:
    """The account out of release.json. Raises KeyError, TypeError or ValueError when it is not one."""
    read = told["read_by"]
    parts = dict(told) | {
        "made_on": date.fromisoformat(told["made_on"]),
        "mergings": tuple(Merging(**each) for each in told["mergings"]),
        "given_up": tuple(told["given_up"]),
        "read_by": None if isinstance(read, str) else Reading(read["by"], date.fromisoformat(read["on"]), read["said"]),
    }
    return SampleReport(**parts)


def _write_database(path: Path, release: SampleRelease) -> None:
    """A fresh database file; read to the last row afterwards. Raises OSError when what was read is not what was written."""
    con = duckdb.connect(str(path), config=dict(_CAREFUL))
    try:
        columns = ", ".join(f"{quoted(name)} VARCHAR" for name in release.names)
        con.execute(f"CREATE TABLE people ({columns})")
        con.execute(
            "CREATE TABLE dictionary (number INTEGER, name VARCHAR, part VARCHAR, meaning VARCHAR, words VARCHAR)"
        )
        con.execute("CREATE TABLE report (account VARCHAR)")
        con.execute("CREATE TABLE release_meta (key VARCHAR, value VARCHAR)")
        meta = [
            ("kind", "researcher"), ("schema_version", SCHEMA_VERSION), ("release_id", release.report.release_id),
        ]  # fmt: skip
        con.executemany("INSERT INTO release_meta VALUES (?, ?)", meta)
        if release.rows:
            marks = ", ".join("?" for _ in release.names)
            con.executemany(f"INSERT INTO people VALUES ({marks})", [list(row) for row in release.rows])
        con.executemany(
            "INSERT INTO dictionary VALUES (?, ?, ?, ?, ?)",
            [
                [number, each.name, each.part, each.meaning, json.dumps(each.words, ensure_ascii=False)]
                for number, each in enumerate(release.columns)
            ],
        )
        con.execute("INSERT INTO report VALUES (?)", [json.dumps(report_json(release.report), ensure_ascii=False)])
        con.execute("CHECKPOINT")
    finally:
        con.close()
    try:
        same = read_sample(path) == replace(release, twin=())
    except SampleUnavailable:
        same = False
    if not same:
        raise OSError("the database did not read back as it was written")


def sample_path(named: Path) -> Path:
    """The database of a release, named by its folder or by itself."""
    return named / DATABASE if named.is_dir() else named


def read_sample(named: Path) -> SampleRelease:
    """The release in a folder or in its sample.duckdb; its twin is not read. Raises SampleUnavailable."""
    path = sample_path(named)
    if not path.is_file():
        raise SampleUnavailable(
            "There is no release here. Make one with outcomes release researcher, and start the dashboard on its folder."
        )
    try:
        con = read_only(path, longest=LONGEST_QUERY)
    except DatabaseUnavailable:
        raise SampleUnavailable(
            "The release cannot be read: it is damaged or not a release. Ask for it again from whoever made it."
        ) from None
    try:
        rows = con.execute("SELECT * FROM people").fetchall()
        names = [each[0] for each in con.description or ()]
        words = con.execute("SELECT name, part, meaning, words FROM dictionary ORDER BY number").fetchall()
        accounts = con.execute("SELECT account FROM report").fetchall()
        report = report_from(json.loads(accounts[0][0]))
        columns = tuple(
            SampleColumn(name, part, meaning, tuple((word, count) for word, count in json.loads(told)))
            for name, part, meaning, told in words
        )
    except (duckdb.Error, DatabaseUnavailable, KeyError, TypeError, ValueError, IndexError, AttributeError):
        raise SampleUnavailable(
            "This file is not a release for researchers, or it is damaged. Start the dashboard on the folder that outcomes "
            "release researcher made, or ask for the release again."
        ) from None
    finally:
        con.close()
    if report.kind != "researcher" or [column.name for column in columns] != names or PID not in names:
        raise SampleUnavailable(
            "This file is not a release for researchers. Start the dashboard on the folder that outcomes release researcher made."
        )
    ordered = sorted(rows, key=lambda row: str(row[names.index(PID)]))
    return SampleRelease(report, columns, tuple(tuple(str(cell) for cell in row) for row in ordered))
