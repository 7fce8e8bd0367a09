"""Is this server for several people, and is everything there that this needs? Half a set-up serves nobody."""

from __future__ import annotations

import os
import stat
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from dashboard.hosted.role_table import RoleTable, read_role_table

ROLE_TABLE, SECRETS, FOLDER, PUBLIC_HOST = "OUTCOMES_ROLES", "OUTCOMES_SECRETS", "OUTCOMES_FOLDER", "OUTCOMES_HOST"
SHORTEST_SECRET = 32
"""Characters of the secret that signs the cookie: 32 of them made by a machine are beyond guessing."""
FOR_SIGNING_IN = ("redirect_uri", "cookie_secret", "client_id", "client_secret", "server_metadata_url")
NEVER_WITH = {"server.trustedUserHeaders": "identity from headers", "server.enableAgentApi": "the agent API"}
"""Streamlit's options that would let somebody in beside the sign-in."""


class NotServed(Exception):
    """The server is set up in part or unsafely, so it serves nobody; the message says what to mend, with no path."""


@dataclass(frozen=True)
class Hosting:
    """A server for several people: its role table, and the folder in which managers' files lie."""

    roles: Path
    folder: Path | None

    def table(self) -> RoleTable:
        """The role table as it is at this moment. Raises RoleTableError."""
        return read_role_table(self.roles)

    def database(self, name: str) -> Path:
        """A manager's file: directly in the folder, no link to elsewhere. Raises NotServed."""
        if self.folder is None:
            raise NotServed(f"Managers' files need a folder: set {FOLDER}.")
        path = self.folder / name
        if path.name != name or path.is_symlink() or path.resolve().parent != self.folder.resolve():
            raise NotServed("The role table names a database outside the folder of databases.")
        return path


def hosting(environ: Mapping[str, str], auth: Mapping[str, Any] | None) -> Hosting | None:
    """How this server is hosted; None on somebody's own computer. ``auth`` is ``[auth]`` of the secrets.

    Raises NotServed when only a part is there: deny by default.
    """
    named = environ.get(ROLE_TABLE)
    if not named and auth is None and not environ.get(SECRETS):
        return None
    if not named:
        raise NotServed(f"Signing in is set up, but there is no role table. Set {ROLE_TABLE}, or take [auth] away.")
    if auth is None:
        raise NotServed("There is a role table, but signing in is not set up. Add [auth] to the secrets.")
    for name in FOR_SIGNING_IN:
        if not isinstance(auth.get(name), str) or not auth[name].strip():
            raise NotServed(f"[auth] in the secrets lacks {name}.")
    if len(auth["cookie_secret"]) < SHORTEST_SECRET or len(set(auth["cookie_secret"])) < 8:
        raise NotServed(f"cookie_secret in the secrets must be at least {SHORTEST_SECRET} random characters.")
    if auth.get("expose_tokens"):
        raise NotServed("expose_tokens in the secrets is not needed here and must go.")
    address = urlsplit(auth["redirect_uri"])
    if address.scheme != "https" and address.hostname not in ("localhost", "127.0.0.1"):
        raise NotServed("redirect_uri in the secrets must begin with https.")
    folder = environ.get(FOLDER)
    return Hosting(Path(named), Path(folder) if folder else None)


def may_start(environ: Mapping[str, str]) -> Hosting | None:
    """The same before the server starts, files looked at too. Raises NotServed, RoleTableError."""
    named = environ.get(SECRETS)
    found = hosting(environ, _auth_in(Path(named)) if named else None)
    if found is not None:
        found.table()
        if environ.get("OUTCOMES_ROLE", "manager") == "manager" and (found.folder is None or not found.folder.is_dir()):
            raise NotServed(f"Managers' files need a folder: set {FOLDER} to one that is there.")
    return found


def server_options(environ: Mapping[str, str]) -> dict[str, str]:
    """Streamlit's options that a hosted server needs: where its secrets lie, and under which name it is known."""
    options = {}
    if environ.get(SECRETS):
        options["secrets.files"] = environ[SECRETS]
    if environ.get(PUBLIC_HOST):
        options |= {
            "server.allowedHosts": environ[PUBLIC_HOST],
            "browser.serverAddress": environ[PUBLIC_HOST],
            "browser.serverPort": "443",
        }
    return options


def _auth_in(path: Path) -> Mapping[str, Any] | None:
    try:
        with path.open("rb") as file:
            mode = os.fstat(file.fileno()).st_mode
            document = tomllib.load(file)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        raise NotServed(f"The secrets cannot be read. Set {SECRETS} to a TOML file of the server's user.") from None
    if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
        raise NotServed("Other users of this computer can open the secrets. Make the file yours alone (chmod 600).")
    auth = document.get("auth")
    return auth if isinstance(auth, dict) else None
