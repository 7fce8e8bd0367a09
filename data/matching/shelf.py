"""Where profiles are kept: those a person saved, and the generic ones that come with the product."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Literal

import platformdirs

from data.matching.profile import Profile, ProfileError, fingerprint, same_heading
from data.matching.toml import profile_from_file, profile_to_toml
from data.values import read_period, tidy

SHIPPED = Path(__file__).parent / "profiles"
APP = "lived-experience-outcomes"
_TAKEN_BY_WINDOWS = re.compile(r"con|prn|aux|nul|com\d|lpt\d")

Where = Literal["saved", "shipped"]


@dataclass(frozen=True)
class Kept:
    """A profile and where it is kept."""

    profile: Profile
    where: Where
    path: Path


def profiles_folder() -> Path:
    """Where a person's own profiles are: $OUTCOMES_PROFILES, else in the user data folder."""
    if named := os.environ.get("OUTCOMES_PROFILES"):
        return Path(named)
    return Path(platformdirs.user_data_dir(APP, appauthor=False)) / "profiles"


class Shelf:
    """The profiles of one folder, and the shipped ones after them."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder if folder is not None else profiles_folder()

    def all(self) -> tuple[Kept, ...]:
        """Saved ones, newest first, then the shipped ones by name. Damaged files are passed over; see ``damaged``."""
        return (*self._saved()[0], *shipped())

    def damaged(self) -> tuple[str, ...]:
        """What is wrong with each saved file that cannot be used."""
        return self._saved()[1]

    def named(self, name: str | Path) -> Profile:
        """The profile of that name, saved or shipped, or in the file of that path. Raises ProfileError."""
        path = Path(name)
        if path.suffix == ".toml" and path.is_file():
            return profile_from_file(path)
        wanted = tidy(str(name)).casefold()
        kept = self.all()
        for each in kept:
            if wanted in (each.profile.name.casefold(), each.path.stem.casefold()):
                return each.profile
        names = ", ".join(each.profile.name for each in kept)
        raise ProfileError([f'There is no profile "{name}". There are: {names}. A file must end in .toml.'])

    def for_headings(self, headings: Sequence[str]) -> tuple[Kept, ...]:
        """The profiles made for these headings: newest saved first, then shipped.

        A sheet with a column a month is the same sheet when it has other months; a shipped pattern fits every
        file that has the headings it is recognised by.
        """
        wanted, steady = fingerprint(headings), _without_periods(headings)
        present = {same_heading(heading) for heading in headings}
        return tuple(each for each in self.all() if _fits(each.profile, wanted, steady, present))

    def save(self, profile: Profile) -> Path:
        """Keep the profile under its name, in the place of an older one of that name. Raises ProfileError."""
        name = tidy(profile.name)
        if not name:
            raise ProfileError(["Give the profile a name to save it under."])
        profile = replace(profile, name=name)
        path = self._place(name)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_profile(profile, path)
        except OSError as error:
            raise ProfileError([f"The profile could not be saved ({error.strerror})."]) from None
        return path

    def _place(self, name: str) -> Path:
        """A file name that every system takes; another profile whose name differs only in marks keeps its own file."""
        slug = re.sub(r"[^a-z0-9]+", "-", name.casefold()).strip("-")[:60] or "profile"
        slug = f"{slug}-profile" if _TAKEN_BY_WINDOWS.fullmatch(slug) else slug
        path, number = self.folder / f"{slug}.toml", 1
        while path.exists() and not _is_named(path, name):
            number += 1
            path = self.folder / f"{slug}-{number}.toml"
        return path

    def _saved(self) -> tuple[tuple[Kept, ...], tuple[str, ...]]:
        found, damaged = [], []
        for path in _newest_first(self.folder):
            try:
                found.append(Kept(profile_from_file(path), "saved", path))
            except ProfileError as error:
                damaged.append(f"{path.name} cannot be used. {error}")
        return tuple(found), tuple(damaged)


@lru_cache(maxsize=1)
def shipped() -> tuple[Kept, ...]:
    """The generic profiles that come with the product, by name."""
    kept = (Kept(profile_from_file(path), "shipped", path) for path in SHIPPED.glob("*.toml"))
    return tuple(sorted(kept, key=lambda each: each.profile.name))


def write_profile(profile: Profile, path: Path) -> None:
    """Write the profile so that the file is either as before or whole. Raises OSError."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".profile-", suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(profile_to_toml(profile))
        Path(temporary).replace(path)
    except BaseException:
        Path(temporary).unlink(missing_ok=True)
        raise


def _is_named(path: Path, name: str) -> bool:
    try:
        return profile_from_file(path).name.casefold() == name.casefold()
    except ProfileError:
        return False


def _newest_first(folder: Path) -> list[Path]:
    if not folder.is_dir():
        return []
    files = [path for path in folder.glob("*.toml") if path.is_file()]
    return sorted(files, key=lambda path: (-path.stat().st_mtime_ns, path.name))


def _fits(profile: Profile, wanted: str, steady: str | None, present: set[str]) -> bool:
    if profile.headings:
        if profile.fingerprint == wanted:
            return True
        by_period = profile.wide is not None and profile.wide.into == "period_from"
        return by_period and steady is not None and _without_periods(profile.headings) == steady
    return bool(profile.recognised_by) and all(same_heading(each) in present for each in profile.recognised_by)


def _without_periods(headings: Iterable[str]) -> str | None:
    """The fingerprint of the headings that name no month; None where none does."""
    headings = tuple(headings)
    others = [heading for heading in headings if read_period(heading) is None]
    return fingerprint(others) if len(others) < len(headings) else None
