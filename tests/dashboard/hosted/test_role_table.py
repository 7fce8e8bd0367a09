"""The role table and the set-up around it: what is half there, open to others or unclear lets nobody in."""

from __future__ import annotations

import os
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from dashboard.hosted.role_table import Entry, RoleTableError, is_plain_name, parse_role_table, read_role_table
from dashboard.hosted.settings import NotServed, hosting, may_start, server_options

ONE = '[[person]]\niss = "https://login.example"\nsub = "s-1"\nrole = "manager"\ndatabase = "elm.duckdb"\n'
AUTH = {
    "redirect_uri": "https://manager.example/oauth2callback",
    "cookie_secret": "q8Zt3Lw0Vb7Ns2Xc5Jk9Hd4Gf6Rp1MyT",
    "client_id": "outcomes",
    "client_secret": "another",
    "server_metadata_url": "https://login.example/.well-known/openid-configuration",
}


def test_an_entry_says_who_what_and_how_long() -> None:
    more = ONE + "until = 2027-03-31\nnot_before = 2026-11-22T09:00:00Z\n"
    assert parse_role_table(more.encode()).of("https://login.example", "s-1") == (
        Entry("https://login.example", "s-1", "manager", "elm.duckdb", date(2027, 3, 31),
              datetime(2026, 11, 22, 9, tzinfo=UTC)),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[person]\n", "not TOML"),
        ("admin = true\n", "something else"),
        ("person = 3\n", "something else"),
        (ONE + 'email = "a@b.example"\n', "Entry 1"),
        (ONE.replace('sub = "s-1"', 'sub = ""'), "sub is needed"),
        (ONE.replace('sub = "s-1"', "sub = 7"), "sub is needed"),
        (ONE.replace("elm.duckdb", "../oak.duckdb"), "file name"),
        (ONE.replace('"manager"', '"researcher"'), "only a manager"),
        (ONE + 'until = "2027-03-31"\n', "until is a day"),
        (ONE + "until = 2027-03-31T00:00:00Z\n", "until is a day"),
        (ONE + "not_before = 2026-11-22T09:00:00\n", "with its zone"),
        (ONE + "not_before = 2026-11-22\n", "with its zone"),
    ],
)
def test_a_fault_in_the_table_lets_nobody_in_and_names_nobody(text: str, says: str) -> None:
    with pytest.raises(RoleTableError, match=says) as refused:
        parse_role_table(text.encode())
    assert "s-1" not in str(refused.value)
    assert "example" not in str(refused.value).replace("the example in docs", "")


@pytest.mark.skipif(os.name != "posix", reason="file modes are POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o400, 0o640, 0o604, 0o644, 0o620])
def test_a_table_that_others_can_open_is_not_used(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "roles.toml"
    path.write_text(ONE, encoding="utf-8")
    path.chmod(mode)
    if mode & 0o077:
        with pytest.raises(RoleTableError, match="chmod 600"):
            read_role_table(path)
    else:
        assert len(read_role_table(path).entries) == 1


def test_a_table_that_is_gone_lets_nobody_in(tmp_path: Path) -> None:
    with pytest.raises(RoleTableError) as refused:
        read_role_table(tmp_path / "roles.toml")
    assert str(tmp_path) not in str(refused.value)


@pytest.mark.parametrize(
    "name", ["", ".", "..", "../b", "/etc/passwd", "a/b", "a\\b", ".hidden", "-x", "C:b", "a\0b", "a\nb"]
)
def test_a_database_name_that_could_lie_elsewhere_is_refused(name: str) -> None:
    """Case 54."""
    assert not is_plain_name(name)


def test_a_managers_file_lies_in_the_folder_itself(tmp_path: Path) -> None:
    """Case 54: neither a name, a link nor a folder in between leads to another file."""
    folder, other = tmp_path / "files", tmp_path / "other.duckdb"
    folder.mkdir()
    other.write_bytes(b"")
    (folder / "link.duckdb").symlink_to(other)
    (folder / "elm.duckdb").write_bytes(b"")
    hosted = hosting({"OUTCOMES_ROLES": "roles.toml", "OUTCOMES_FOLDER": str(folder)}, AUTH)
    assert hosted is not None
    assert hosted.database("elm.duckdb") == folder / "elm.duckdb"
    for name in ("../other.duckdb", "link.duckdb", str(other), "..", ""):
        with pytest.raises(NotServed):
            hosted.database(name)


def test_without_either_it_is_somebodys_own_computer() -> None:
    assert hosting({}, None) is None
    assert hosting({"OUTCOMES_DB": "x", "OUTCOMES_FOLDER": "y"}, None) is None


@pytest.mark.parametrize(
    ("environ", "auth"),
    [
        ({"OUTCOMES_ROLES": "r"}, None),
        ({}, AUTH),
        ({"OUTCOMES_SECRETS": "s"}, None),
        ({"OUTCOMES_ROLES": "r"}, AUTH | {"cookie_secret": "xxx"}),
        ({"OUTCOMES_ROLES": "r"}, AUTH | {"cookie_secret": "x" * 40}),
        ({"OUTCOMES_ROLES": "r"}, AUTH | {"redirect_uri": "http://manager.example/oauth2callback"}),
        ({"OUTCOMES_ROLES": "r"}, AUTH | {"expose_tokens": ["id"]}),
        ({"OUTCOMES_ROLES": "r"}, {name: value for name, value in AUTH.items() if name != "client_id"}),
    ],
)
def test_half_a_set_up_serves_nobody(environ: dict[str, str], auth: dict[str, object] | None) -> None:
    """Case 52: deny by default."""
    with pytest.raises(NotServed):
        hosting(environ, auth)


def set_up(folder: Path) -> dict[str, str]:
    """A whole set-up in a folder, as the environment of the server names it."""
    (folder / "roles.toml").write_text(ONE, encoding="utf-8")
    lines = "".join(f'{name} = "{value}"\n' for name, value in AUTH.items())
    (folder / "secrets.toml").write_text(f"[auth]\n{lines}", encoding="utf-8")
    for name in ("roles.toml", "secrets.toml"):
        (folder / name).chmod(0o600)
    return {
        "OUTCOMES_ROLES": str(folder / "roles.toml"),
        "OUTCOMES_SECRETS": str(folder / "secrets.toml"),
        "OUTCOMES_FOLDER": str(folder),
        "OUTCOMES_HOST": "manager.example",
    }


def test_a_whole_set_up_may_start_and_one_that_others_can_read_may_not(tmp_path: Path) -> None:
    environ = set_up(tmp_path)
    assert may_start(environ) is not None
    assert may_start({}) is None
    assert server_options(environ)["server.allowedHosts"] == "manager.example"
    for name in ("roles.toml", "secrets.toml"):
        (tmp_path / name).chmod(0o644)
        with pytest.raises((NotServed, RoleTableError), match="chmod 600") as refused:
            may_start(environ)
        assert str(tmp_path) not in str(refused.value)
        (tmp_path / name).chmod(0o600)
    with pytest.raises(NotServed, match="folder"):
        may_start(environ | {"OUTCOMES_FOLDER": str(tmp_path / "nowhere")})
