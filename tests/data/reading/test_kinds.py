"""What is no delimited text is named for what it is, with what to do; its file name is not asked."""

from __future__ import annotations

import gzip
import io
import zipfile

import pytest

from data.reading import NotATable, open_table
from data.source import Source


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in names:
            archive.writestr(name, "x")
    return out.getvalue()


OLE = b"\xd0\xcf\x11\xe0" + bytes(60)


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (zipped("word/document.xml"), "text document"),
        (zipped("mimetype", "content.xml"), "OpenDocument"),
        (zipped("falls.csv"), "Unpack it"),
        (b"PK\x03\x04rest", "workbook or a zip"),
        (OLE + "Workbook".encode("utf-16-le"), "old-style workbook"),
        (OLE + "WordDocument".encode("utf-16-le"), "text document"),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
        (gzip.compress(b"a,b\n1,2\n"), "compressed"),
        (b"\x89PNG....", "picture"),
        (b"\xff\xd8\xff\xe0", "picture"),
        (b"%PDF-1.7", "PDF"),
        (b"<!DOCTYPE html><table><tr><td>Home</td></tr></table>", "web page"),
        (b"\xef\xbb\xbf\n<html><body></body></html>", "web page"),
        (b'<?xml version="1.0"?><Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "XML"),
        (b'<?xml version="1.0"?><falls><fall/></falls>', "XML"),
        (b'[{"home": "Elm"}]', "JSON"),
        (b'{\n "home": "Elm"}', "JSON"),
        (b"PAR1" + bytes(30), "Parquet"),
        (b"SQLite format 3\x00" + bytes(30), "SQLite"),
        (bytes(8) + b"DUCK" + bytes(30), "DuckDB"),
        (b"", "empty"),
        (b"\n \r\n\t\n", "empty"),
        (b"\xef\xbb\xbf", "empty"),
        (b"ab\x00\x01\x02cd", "binary"),
    ],
)
def test_it_is_refused_with_what_was_seen(content: bytes, said: str) -> None:
    """Cases 38 and 40: archives of any kind are never unpacked, and binary files are named for what they are."""
    with pytest.raises(NotATable, match=said):
        open_table(Source("falls.csv", content=content))


@pytest.mark.parametrize("content", [b"[Home],[Falls]\nElm,3\nOak,4\n", b"<5 minutes,Home\n3,Elm\n4,Oak\n"])
def test_headings_with_brackets_are_no_other_kind(content: bytes) -> None:
    assert len(open_table(Source("x", content=content)).headings) == 2
