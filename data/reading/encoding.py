"""Bytes to text: one look at the whole file for its fingerprint and encoding, then UTF-8 blocks that end at line ends.

A file is read twice, never held: first to fingerprint it and to see which letters it is written in, then block by
block. It is not mapped into memory, because a mapped file that somebody cuts short would end the whole program.
"""

from __future__ import annotations

import codecs
import hashlib
import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from data.reading.kinds import LOOKED_AT, refuse_binary
from data.reading.table import NotATable
from data.source import Source

PIECE = 1 << 20
BLOCK = 16 << 20
"""Bytes that are looked at together, about: 70,000 rows of a wide export."""

REPAIRED = "read-stray-bytes-as-cp1252"


def _stray_bytes(error: UnicodeError) -> tuple[str, int]:
    """A byte that is no UTF-8 in a UTF-8 file was most likely pasted from Windows."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    stray = error.object[error.start : error.end]
    if error.end == len(error.object) and error.reason == "unexpected end of data":
        return "\ufffd", error.end
    return stray.decode("cp1252", errors="replace"), error.end


codecs.register_error(REPAIRED, _stray_bytes)


@dataclass(frozen=True)
class Look:
    """What one pass over the bytes told: fingerprint, size, encoding, what must be dropped or repaired."""

    sha256: str
    size: int
    encoding: str
    bom: int
    errors: str
    nuls: int
    notes: tuple[str, ...]
    stamp: tuple[int, int] | None
    """Size and time of the last change of a file on disk: it must be the same when reading goes on."""


def opened(source: Source) -> IO[bytes]:
    """The bytes of a source from the start. Raises NotATable when the file cannot be opened."""
    if source.content is not None:
        return io.BytesIO(source.content)
    assert source.path is not None
    try:
        return source.path.open("rb")
    except OSError as error:
        raise NotATable(f"The file could not be opened ({error.strerror}). Close it elsewhere and try again.") from None


def stamp_of(source: Source) -> tuple[int, int] | None:
    """Size and time of the last change of a file on disk; None for bytes in memory."""
    if source.path is None:
        return None
    try:
        found = source.path.stat()
    except OSError as error:
        raise NotATable(f"The file could not be opened ({error.strerror}). Close it elsewhere and try again.") from None
    return found.st_size, found.st_mtime_ns


def head_of(source: Source) -> bytes:
    """The first bytes of a source."""
    with opened(source) as file:
        return file.read(LOOKED_AT)


def fingerprint(source: Source) -> tuple[str, int]:
    """SHA-256 and size of the bytes."""
    digest, size = hashlib.sha256(), 0
    with opened(source) as file:
        while piece := file.read(PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def look_at(source: Source) -> Look:
    """Fingerprint a source and find out in which encoding it is written.

    A byte order mark decides; else every other byte being NUL means UTF-16; else UTF-8 where it holds throughout;
    else whichever of UTF-8 and cp1252 explains more of the letters. Raises NotATable for binary data.
    """
    stamp = stamp_of(source)
    digest, size, nuls, is_utf8, cut = hashlib.sha256(), 0, 0, True, False
    check = codecs.getincrementaldecoder("utf-8")("strict")
    head, waiting = b"", False
    with opened(source) as file:
        while piece := file.read(PIECE):
            if not size:
                head = piece[:LOOKED_AT]
            digest.update(piece)
            size += len(piece)
            nuls += piece.count(0) if b"\x00" in piece else 0
            if is_utf8 and (waiting or not piece.isascii()):
                try:
                    check.decode(piece)
                    waiting = bool(check.getstate()[0])
                except UnicodeDecodeError:
                    is_utf8 = False
        if is_utf8 and waiting:
            is_utf8, cut = False, True
        sha256 = digest.hexdigest()
        wide = _utf16(head)
        if wide is not None:
            encoding, bom = wide
            notes = () if (size - bom) % 2 == 0 else (_BROKEN_OFF,)
            return Look(sha256, size, encoding, bom, "replace", 0, notes, stamp)
        refuse_binary(head)
        bom = 3 if head.startswith(codecs.BOM_UTF8) else 0
        told = [_nuls_dropped(nuls)] if nuls else []
        encoding, errors = "utf-8", "strict"
        if not is_utf8:
            file.seek(0)
            kept, stray = _letters(file)
            if (kept and kept >= stray) or bom:
                errors = REPAIRED
                told += [_BROKEN_OFF] if cut else []
                told += [_stray_letters(stray - cut)] if stray - cut else []
            else:
                encoding, errors = "cp1252", "replace"
                told.append(
                    "The file is not in UTF-8; it was read as Windows text (cp1252). "
                    "Check that letters such as é and £ look right."
                )
        return Look(sha256, size, encoding, bom, errors, nuls, tuple(told), stamp)


_BROKEN_OFF = (
    "The file breaks off in the middle of a letter: it may not be complete. Export it again if rows are missing."
)


def _nuls_dropped(count: int) -> str:
    return f"{count:,} empty {'byte' if count == 1 else 'bytes'} (NUL) between the letters {'was' if count == 1 else 'were'} left out."


def _stray_letters(count: int) -> str:
    them = "letter is" if count == 1 else "letters are"
    return f"{count:,} {them} not in UTF-8 as the rest of the file; read as Windows text (cp1252). Check words with accents."


def _utf16(head: bytes) -> tuple[str, int] | None:
    """The byte order of UTF-16 and the length of its mark; without a mark, told by where the NULs stand."""
    if head.startswith(codecs.BOM_UTF16_LE):
        return "utf-16-le", 2
    if head.startswith(codecs.BOM_UTF16_BE):
        return "utf-16-be", 2
    even, odd = head[0:4000:2], head[1:4000:2]
    if len(even) < 2 or not odd:
        return None
    empty_even, empty_odd = even.count(0) / len(even), odd.count(0) / len(odd)
    if empty_odd > 0.7 and empty_even < 0.1:
        return "utf-16-le", 0
    if empty_even > 0.7 and empty_odd < 0.1:
        return "utf-16-be", 0
    return None


def _letters(file: IO[bytes]) -> tuple[int, int]:
    """Letters outside ASCII that are proper UTF-8, and bytes that are not."""
    kept = stray = 0
    decoder = codecs.getincrementaldecoder("utf-8")("surrogateescape")
    while piece := file.read(PIECE):
        if piece.isascii() and not decoder.getstate()[0]:
            continue
        text = decoder.decode(piece)
        outside = len(text) - len(text.encode("ascii", "ignore"))
        escaped = outside - (len(text.encode("utf-8", "ignore").decode("utf-8")) - len(text.encode("ascii", "ignore")))
        kept, stray = kept + outside - escaped, stray + escaped
    return kept, stray + (1 if decoder.getstate()[0] else 0)


def text_blocks(source: Source, look: Look, size: int = BLOCK) -> Iterator[bytes]:
    """The text as UTF-8 without mark and NULs, in blocks that end where a line ends (the last one at the end).

    Raises NotATable when the file has changed since it was looked at.
    """
    if stamp_of(source) != look.stamp:
        raise NotATable("The file was changed while it was being read. Wait until it is complete and load it again.")
    decoder = None
    if look.encoding != "utf-8" or look.errors != "strict":
        decoder = codecs.getincrementaldecoder(look.encoding)(look.errors)
    rest, seen = b"", look.bom
    while True:
        with opened(source) as file:  # closed between blocks: whoever asked may take their time
            file.seek(seen)
            piece = file.read(size)
        if not piece:
            break
        seen += len(piece)
        if decoder is not None:
            piece = decoder.decode(piece).encode("utf-8", "replace")
        if look.nuls or look.encoding.startswith("utf-16"):
            piece = piece.replace(b"\x00", b"")
        block = rest + piece if rest else piece
        cut = _last_line_end(block)
        rest = block[cut:]
        if cut:
            yield block[:cut] if rest else block
    if seen != look.size:
        raise NotATable("The file was changed while it was being read. Wait until it is complete and load it again.")
    if decoder is not None:
        rest += decoder.decode(b"", final=True).encode("utf-8", "replace").replace(b"\x00", b"")
    rest = rest.rstrip(b"\x1a")  # the end of a file as DOS wrote it
    if rest:
        yield rest


def _last_line_end(block: bytes) -> int:
    """Where the last whole line ends. A carriage return at the very end may be half a line end, so it waits."""
    if block.endswith(b"\n"):
        return len(block)
    return max(block.rfind(b"\n"), block.rfind(b"\r", 0, len(block) - 1)) + 1
