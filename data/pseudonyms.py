"""Keyed pseudonyms: the same person gets the same code in every file, and nobody without the key can go back.

An unkeyed hash of a ten-digit number is undone in minutes by trying them all, so every reference goes
through HMAC-SHA256 with a secret key that is kept away from the data (RFC 2104; FIPS 198-1).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import itertools
import os
import re
import secrets
import stat
import unicodedata
from pathlib import Path

import platformdirs

KEY_BYTES = 32
CODE_LENGTH = 16
ALREADY_A_CODE = re.compile(r"code:([A-Z2-7]{16})")
"""How our own exports write a reference that is a code already: it is taken as it is, never coded again."""
APP = "lived-experience-outcomes"
LEAST_DIFFERENT = 16
"""Different bytes that a key must have at least."""
OTHER_KEY = (
    "This database was made with another key for pseudonyms, so the same person would get two codes. "
    "Set OUTCOMES_KEY to the key file it was made with, or start a new database with --db."
)
_HASHES = ("sha256", "sha3_256", "blake2s", "sha512")
_USUAL_WORDS = ("", "key", "secret", "password", "changeme", "change-me", "default", "test", "salt", "pseudonyms", APP)


class KeyFileError(Exception):
    """The key cannot be used; the message says what to do. It never holds the key."""


def default_key_path() -> Path:
    """``$OUTCOMES_KEY`` or a file in the user's configuration folder, away from the database."""
    named = os.environ.get("OUTCOMES_KEY")
    if named:
        return Path(named)
    return Path(platformdirs.user_config_dir(APP, appauthor=False)) / "pseudonyms.key"


def load_or_make_key(path: Path | None = None) -> bytes:
    """The key in the file; a new random one, readable by this user alone, when there is no file yet.

    Raises KeyFileError when the file is too short, trivial, or readable by other users.
    """
    path = path or default_key_path()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return _read_key(path)
    except OSError as error:
        raise KeyFileError(
            f"The key for pseudonyms could not be written ({error.strerror}). Set OUTCOMES_KEY to a file you can write."
        ) from None
    with os.fdopen(handle, "w", encoding="ascii") as file:
        file.write(secrets.token_bytes(KEY_BYTES).hex() + "\n")
    return _read_key(path)


def load_key(path: Path | None = None) -> bytes:
    """The key that is there; none is made. For a database whose codes were made with a key: a new one would not fit.

    Raises KeyFileError, also when there is no key.
    """
    path = path or default_key_path()
    if not path.exists():
        raise KeyFileError(
            "This database was made with a key for pseudonyms, and no key is there. Put back the file you kept, or set "
            "OUTCOMES_KEY to it: with a new key the same person would get two codes."
        )
    return _read_key(path)


def check_key_file(path: Path | None = None) -> None:
    """Nothing, when the key can be used or there is none yet. Raises KeyFileError when it cannot be trusted."""
    path = path or default_key_path()
    if path.exists():
        _read_key(path)


def key_of(known: str | None, path: Path | None = None) -> bytes:
    """The key for a database: the one whose ``key_id`` it holds, or any, newly made if need be, when it holds none.

    Raises KeyFileError when the key it was made with is not there.
    """
    if known is None:
        return load_or_make_key(path)
    key = load_key(path)
    if key_id(key) != known:
        raise KeyFileError(OTHER_KEY)
    return key


def _read_key(path: Path) -> bytes:
    try:
        if os.name == "posix" and stat.S_IMODE(path.stat().st_mode) & 0o077:
            raise KeyFileError(
                "Other users of this computer can read the key for pseudonyms. "
                "Make it yours alone (chmod 600), then try again."
            )
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except (ValueError, OSError):
        raise KeyFileError(
            "The key for pseudonyms is damaged. Put back the file you kept, or start a new database with a new key."
        ) from None
    if len(key) < KEY_BYTES or _is_simple(key):
        raise KeyFileError("The key for pseudonyms is too short or too simple. It must be 32 random bytes.")
    return key


def _is_simple(key: bytes) -> bool:
    """Whether somebody may have thought of it: few values, a pattern, typed words, or a hash of a usual word.

    Of 32 random bytes about 30 differ, and hardly ever are all of them letters and signs.
    """
    steps = {(later - earlier) % 256 for earlier, later in itertools.pairwise(key)}
    repeated = any(key == (key[:length] * len(key))[: len(key)] for length in range(1, len(key) // 2 + 1))
    typed = all(32 <= each < 127 for each in key)
    usual = any(key == hashlib.new(name, word.encode()).digest() for name in _HASHES for word in _USUAL_WORDS)
    return len(set(key)) < LEAST_DIFFERENT or len(steps) == 1 or repeated or typed or usual


def key_id(key: bytes) -> str:
    """Eight characters that tell two keys apart and give neither away; kept in the database."""
    return hmac.new(key, b"id", hashlib.sha256).hexdigest()[:8]


def normalise(reference: str) -> str:
    """A reference without the accidents of typing: spaces, hyphens, case, full-width digits."""
    text = unicodedata.normalize("NFKC", reference)
    return "".join(letter for letter in text if letter.isalnum()).upper() or text.strip()


def pseudonym(key: bytes, kind: str, reference: str) -> str:
    """The code for one reference of one kind (person, staff, rater, case): 16 letters and digits.

    Kinds are kept apart, so that a person who is also a member of staff gets two unrelated codes.
    """
    digest = hmac.new(key, f"{kind}|{normalise(reference)}".encode(), hashlib.sha256).digest()
    return base64.b32encode(digest).decode("ascii")[:CODE_LENGTH]


class Pseudonymiser:
    """Turns the references of one load into codes, working each one out once."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._known: dict[tuple[str, str], str] = {}

    def __call__(self, kind: str, reference: str) -> str:
        text = reference.strip()
        if not text:
            return ""
        if already := ALREADY_A_CODE.fullmatch(text):
            return already[1]
        code = self._known.get((kind, text))
        if code is None:
            code = self._known[(kind, text)] = pseudonym(self._key, kind, text)
        return code

    def mark(self, code: str) -> str:
        """By which the code of somebody erased is known again, by whoever has the key and nobody else."""
        return hmac.new(self._key, f"erased|{code}".encode(), hashlib.sha256).hexdigest()
