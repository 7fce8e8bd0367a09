"""Keyed pseudonyms: stable, apart by kind, and useless without the key."""

from __future__ import annotations

import hashlib
import os
import secrets
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.ingest import ingest
from data.pseudonyms import (
    KeyFileError,
    check_key_file,
    key_id,
    key_of,
    load_key,
    load_or_make_key,
    normalise,
    pseudonym,
)
from tests.support.exports import TODAY, load, write

KEY = hashlib.sha256(b"one key").digest()


def test_the_key_is_made_once_and_for_this_user_alone(tmp_path: Path) -> None:
    path = tmp_path / "made" / "pseudonyms.key"
    key = load_or_make_key(path)
    assert len(key) == 32
    assert load_or_make_key(path) == key
    if os.name == "posix":
        assert path.stat().st_mode & 0o077 == 0


@pytest.mark.skipif(os.name != "posix", reason="file modes are a POSIX matter")
def test_a_key_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "key"
    load_or_make_key(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileError, match="Other users"):
        load_or_make_key(path)


@pytest.mark.parametrize("text", ["", "00" * 32, "abcd", "not a key at all"])
def test_short_trivial_and_damaged_keys_are_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "key"
    path.write_text(text)
    path.chmod(0o600)
    with pytest.raises(KeyFileError) as error:
        load_or_make_key(path)
    assert text[:4] not in str(error.value) or not text


def test_spellings_of_one_reference_get_one_code() -> None:
    assert normalise(" p-001 ") == normalise("P001") == normalise("P 001")
    assert pseudonym(KEY, "person", "943 476 5919") == pseudonym(KEY, "person", "9434765919")


def test_kinds_and_keys_are_kept_apart() -> None:
    codes = {pseudonym(KEY, kind, "17") for kind in ("person", "staff", "rater")}
    codes.add(pseudonym(KEY[::-1], "person", "17"))
    assert len(codes) == 4


def test_a_code_is_no_plain_hash_of_the_reference() -> None:
    code = pseudonym(KEY, "person", "9434765919")
    assert len(code) == 16
    for name in ("md5", "sha1", "sha256"):
        assert code.lower() not in hashlib.new(name, b"9434765919").hexdigest()


def test_the_key_id_gives_the_key_away_to_nobody() -> None:
    assert key_id(KEY) not in KEY.hex()
    assert len(key_id(KEY)) == 8


SIMPLE = {
    "all zero": bytes(32),
    "one byte again and again": b"\xa7" * 40,
    "a short pattern repeated": bytes(range(3, 250, 12))[:20] * 2,
    "counting up": bytes(range(1, 33)),
    "counting down": bytes(range(200, 100, -3)),
    "few different bytes": b"\x01\x99\x47\x31" * 4 + b"\x99\x01\x31\x47" * 4,
    "words somebody typed": b"this is our very own secret key!",
    "a hash of a usual word": hashlib.sha256(b"changeme").digest(),
    "a hash of nothing": hashlib.sha256(b"").digest(),
    "a hash of the product's name": hashlib.blake2s(b"lived-experience-outcomes").digest(),
    "31 bytes": secrets.token_bytes(31),
}


def key_file(folder: Path, key: bytes) -> Path:
    path = folder / "pseudonyms.key"
    path.write_text(key.hex())
    path.chmod(0o600)
    return path


@pytest.mark.parametrize("key", SIMPLE.values(), ids=SIMPLE)
def test_a_key_somebody_may_have_thought_of_is_refused(tmp_path: Path, key: bytes) -> None:
    """Case 59: short, all zero, repeated, known by default: refused in a sentence that does not hold the key."""
    for use in (load_or_make_key, load_key, check_key_file):
        with pytest.raises(KeyFileError, match="too short or too simple") as error:
            use(key_file(tmp_path, key))
        assert key.hex()[:8] not in str(error.value)


@given(st.binary(min_size=32, max_size=64))
def test_hardly_any_key_made_at_random_is_refused(key: bytes) -> None:
    made = hashlib.sha512(key).digest()[:32]
    with TemporaryDirectory() as folder:
        assert load_key(key_file(Path(folder), made)) == made


def test_a_key_is_made_only_where_no_code_was_made_yet(tmp_path: Path) -> None:
    """Case 59: a database that was made with a key never gets a second one silently."""
    path = tmp_path / "pseudonyms.key"
    check_key_file(path)
    with pytest.raises(KeyFileError, match="no key is there"):
        load_key(path)
    with pytest.raises(KeyFileError, match="no key is there"):
        key_of("0123abcd", path)
    assert not path.exists()
    made = key_of(None, path)
    assert path.exists() and key_of(key_id(made), path) == made
    with pytest.raises(KeyFileError, match="another key"):
        key_of("0123abcd", path)


def test_a_load_without_the_key_of_its_database_is_refused_and_makes_none(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Case 59."""
    exports = write(
        tmp_path / "exports", falls="fall_id, person_id, service_id, occurred_at\nF1, P-1, elm, 2026-01-03\n"
    )
    load(exports, tmp_path / "db")
    before = (tmp_path / "db").read_bytes()
    key = tmp_path / "gone.key"
    monkeypatch.setenv("OUTCOMES_KEY", str(key))
    with pytest.raises(KeyFileError, match="no key is there"):
        ingest([exports], tmp_path / "db", as_of=TODAY)
    assert not key.exists()
    key_file(tmp_path, KEY).rename(key)
    with pytest.raises(KeyFileError, match="another key"):
        ingest([exports], tmp_path / "db", as_of=TODAY)
    assert (tmp_path / "db").read_bytes() == before
