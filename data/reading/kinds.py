"""What a file is that is no delimited text, told from its first bytes, and what to do about it.

The name of a file is not asked: a picture called ``falls.csv`` is a picture.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from typing import IO

from data.reading.table import NotATable

LOOKED_AT = 65_536
"""Bytes from the start that are enough to tell a kind."""

MOST_CONTROLS = 0.003
"""More control characters than this share are not typed by anybody: the file is binary. One may be a slip."""

_SAVE_AS_CSV = "Open it and save the sheet as CSV, then load the CSV."
_EXPORT_CSV = "Export the table itself as CSV from your system."
_UNPACK = "Unpack it first, then load the CSV inside."

_SIGNATURES: tuple[tuple[int, bytes, str, str], ...] = (
    (0, b"%PDF", "a PDF", _EXPORT_CSV),
    (0, b"\x89PNG", "a picture", _EXPORT_CSV),
    (0, b"\xff\xd8\xff", "a picture", _EXPORT_CSV),
    (0, b"GIF8", "a picture", _EXPORT_CSV),
    (0, b"II*\x00", "a picture", _EXPORT_CSV),
    (0, b"MM\x00*", "a picture", _EXPORT_CSV),
    (8, b"WEBP", "a picture", _EXPORT_CSV),
    (4, b"ftyp", "a picture or a film", _EXPORT_CSV),
    (0, b"\x1f\x8b", "a compressed archive", _UNPACK),
    (0, b"BZh", "a compressed archive", _UNPACK),
    (0, b"\xfd7zXZ", "a compressed archive", _UNPACK),
    (0, b"7z\xbc\xaf", "a compressed archive", _UNPACK),
    (0, b"Rar!", "a compressed archive", _UNPACK),
    (0, b"\x28\xb5\x2f\xfd", "a compressed archive", _UNPACK),
    (0, b"{\\rtf", "a text document", _EXPORT_CSV),
    (0, b"PAR1", "a Parquet file", "Save the table as CSV, then load the CSV."),
    (0, b"ARROW1", "an Arrow file", "Save the table as CSV, then load the CSV."),
    (0, b"SQLite format 3\x00", "a SQLite database", "Export the table you need from it as CSV."),
    (8, b"DUCK", "a DuckDB database", "Name it with --db to use it, or export the table you need from it as CSV."),
    (4, b"Standard Jet DB", "an Access database", "Export the table you need from it as CSV."),
    (4, b"Standard ACE DB", "an Access database", "Export the table you need from it as CSV."),
)

_OLD_OFFICE = b"\xd0\xcf\x11\xe0"
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_HTML = re.compile(rb"\s*(?:<!--.*?-->\s*)?<(?:!doctype\s+html|html|table|head|body|meta|div|style|tr)\b", re.I | re.S)
_XML = re.compile(rb"\s*<(?:\?xml|[A-Za-z][\w:.-]*(?:\s[^>]*)?>)")
_JSON = re.compile(
    rb'\s*(?:\{\s*(?:"[^"\n]*"\s*:|\}\s*$)|\[\s*(?:[{\[]|\]\s*$|"[^"\n]*"\s*,\s*[\[{"]|-?\d+\s*,\s*-?\d))'
)
_TYPED_CONTROLS = frozenset(b"\x00\t\n\x0b\x0c\r\x1a\x1b")
_CONTROLS = bytes(code for code in range(32) if code not in _TYPED_CONTROLS)


def is_workbook(head: bytes, opened: Callable[[], IO[bytes]]) -> bool:
    """Whether the file is an .xlsx workbook, whatever it is called."""
    return head.startswith(_ZIP) and any(name.startswith("xl/") for name in _names_in_zip(opened))


def refuse_other_kinds(head: bytes, opened: Callable[[], IO[bytes]]) -> None:
    """Raise NotATable, saying what was seen and what to do, when the bytes are no text. ``opened`` gives the file."""
    if not head.strip(b"\x00\t\n\r \x1a\xef\xbb\xbf\xff\xfe"):
        raise NotATable("The file is empty. Export it again and check that it holds rows.")
    for at, signature, what, remedy in _SIGNATURES:
        if head[at : at + len(signature)] == signature:
            raise _refusal(what, remedy)
    if head.startswith(_ZIP):
        raise _refusal(*_kind_of_zip(_names_in_zip(opened)))
    if head.startswith(_OLD_OFFICE):
        raise _refusal(*_kind_of_old_office(head))
    text = head.removeprefix(b"\xef\xbb\xbf")
    if text.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in text[:200]:
        text = text.replace(b"\x00", b"").lstrip(b"\xff\xfe")
    if _HTML.match(text):
        raise _refusal("a web page, even if its name says otherwise", _SAVE_AS_CSV)
    if b"urn:schemas-microsoft-com:office:spreadsheet" in text:
        raise _refusal("a workbook written as XML", _SAVE_AS_CSV)
    if _XML.match(text):
        raise _refusal("an XML file", _EXPORT_CSV)
    if _JSON.match(text):
        raise _refusal("a JSON file", _EXPORT_CSV)


def refuse_binary(head: bytes) -> None:
    """Raise NotATable when the bytes, read as text of one byte a letter, hold what nobody types."""
    if len(head) - len(head.translate(None, _CONTROLS)) > max(1, len(head) * MOST_CONTROLS):
        raise NotATable("The file holds binary data, not text. Export the table as CSV.")


def _refusal(what: str, remedy: str) -> NotATable:
    return NotATable(f"This is {what}, not a CSV file. {remedy}")


def _names_in_zip(opened: Callable[[], IO[bytes]]) -> tuple[str, ...]:
    try:
        with opened() as file, zipfile.ZipFile(file) as archive:
            return tuple(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return ()


def _kind_of_zip(names: tuple[str, ...]) -> tuple[str, str]:
    def holds(start: str) -> bool:
        return any(name.startswith(start) for name in names)

    if holds("xl/"):
        return "a workbook", _SAVE_AS_CSV
    if holds("word/"):
        return "a text document", _EXPORT_CSV
    if holds("ppt/"):
        return "a presentation", _EXPORT_CSV
    if "mimetype" in names and "content.xml" in names:
        return "an OpenDocument file", _SAVE_AS_CSV
    if holds("Index/"):
        return "a Numbers workbook", _SAVE_AS_CSV
    if not names:
        return "a workbook or a zip archive that cannot be opened", "Open it and save the sheet as CSV, or unpack it."
    return "a zip archive", _UNPACK


def _kind_of_old_office(head: bytes) -> tuple[str, str]:
    """The directory of such a file names its parts in UTF-16."""
    for part, what, remedy in (
        (
            "EncryptedPackage",
            "a file locked with a password",
            "Open it, take the password off, and save the sheet as CSV.",
        ),
        ("WordDocument", "a text document", _EXPORT_CSV),
        ("__substg1", "an e-mail", "Save its attachment, then load that."),
    ):
        if part.encode("utf-16-le") in head:
            return what, remedy
    return "an old-style workbook", _SAVE_AS_CSV
