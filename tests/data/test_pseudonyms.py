"""Keyed pseudonyms: stable, apart by kind, and useless without the key."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from data.pseudonyms import KeyFileError, key_id, load_or_make_key, normalise, pseudonym

KEY = bytes(range(1, 33))


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
    codes.add(pseudonym(bytes(range(2, 34)), "person", "17"))
    assert len(codes) == 4


def test_a_code_is_no_plain_hash_of_the_reference() -> None:
    code = pseudonym(KEY, "person", "9434765919")
    assert len(code) == 16
    for name in ("md5", "sha1", "sha256"):
        assert code.lower() not in hashlib.new(name, b"9434765919").hexdigest()


def test_the_key_id_gives_the_key_away_to_nobody() -> None:
    assert key_id(KEY) not in KEY.hex()
    assert len(key_id(KEY)) == 8
