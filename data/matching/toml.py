"""A profile to TOML and back. Every fault of a file is named at once, in the words of the table it is for."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, cast, get_args

import tomli_w

from data.contract import NOT_RECORDED, TABLES, Column, Table
from data.matching.profile import READ_AS, DateOrder, Profile, ProfileError, Wide
from data.values import word

_KEYS = (
    "name", "about", "table", "date_order", "headings", "recognised_by", "columns", "codes", "defaults", "read_as",
    "wide",
)  # fmt: skip
_WIDE_KEYS = ("into", "value", "columns", "denominators")


def profile_to_toml(profile: Profile) -> str:
    """The profile as a TOML document, a single heading as a plain text."""
    return tomli_w.dumps(profile_as_document(profile))


def profile_as_document(profile: Profile) -> dict[str, Any]:
    """The profile as TOML would hold it: what is empty is left out."""
    document: dict[str, Any] = {}
    if profile.name:
        document["name"] = profile.name
    if profile.about:
        document["about"] = profile.about
    document["table"] = profile.table
    if profile.date_order is not None:
        document["date_order"] = profile.date_order
    for key in ("headings", "recognised_by"):
        if getattr(profile, key):
            document[key] = list(getattr(profile, key))
    document["columns"] = {
        ours: theirs[0] if len(theirs) == 1 else list(theirs) for ours, theirs in profile.columns.items()
    }
    if profile.codes:
        document["codes"] = {column: dict(words) for column, words in profile.codes.items()}
    if profile.defaults:
        document["defaults"] = dict(profile.defaults)
    if profile.read_as:
        document["read_as"] = dict(profile.read_as)
    if profile.wide is not None:
        wide: dict[str, Any] = {"into": profile.wide.into, "value": profile.wide.value}
        if profile.wide.denominators:
            wide["denominators"] = list(profile.wide.denominators)
        document["wide"] = wide | {"columns": dict(profile.wide.columns)}
    return document


def profile_from_file(path: Path) -> Profile:
    """The profile in a file, named after the file when it names itself nothing. Raises ProfileError."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise ProfileError([f"The profile {path.name} could not be opened ({error.strerror})."]) from None
    except UnicodeDecodeError:
        raise ProfileError([f"The profile {path.name} is not text. Save it as UTF-8."]) from None
    return profile_from_toml(text, name=path.stem)


def profile_from_toml(text: str, *, name: str = "") -> Profile:
    """The profile in a TOML document; ``name`` is used when it gives none. Raises ProfileError with every fault."""
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError([f"{name or 'The profile'} is not TOML: {error}."]) from None
    faults = _Faults()
    profile = _profile(document, name, faults)
    if faults:
        raise ProfileError(f"{name}: {fault}" if name else fault for fault in faults)
    return profile


class _Faults(list[str]):
    """What is wrong so far; each reader adds its own and goes on with something harmless."""

    def text(self, value: object, what: str) -> str:
        if isinstance(value, str):
            return value
        self.append(f"{what} must be a text in quotation marks.")
        return ""

    def texts(self, value: object, what: str, *, blank: bool = False) -> tuple[str, ...]:
        if isinstance(value, list) and all(isinstance(each, str) and (blank or each.strip()) for each in value):
            return tuple(value)
        self.append(f"{what} must be a list of texts{'' if blank else ', none of them empty'}.")
        return ()

    def words(self, value: object, what: str) -> dict[str, str]:
        if isinstance(value, dict) and all(isinstance(each, str) for each in value.values()):
            return dict(value)
        self.append(f'{what} must be lines of the kind "theirs" = "ours".')
        return {}

    def section(self, value: object, what: str) -> dict[str, Any]:
        if isinstance(value, dict):
            return value
        self.append(f"{what} must be a section of its own, headed [{what}].")
        return {}

    def known_keys(self, found: Iterable[str], known: Iterable[str], where: str) -> None:
        for key in found:
            if key not in known:
                self.append(f'{where} knows no "{key}". It may hold: {", ".join(known)}.')

    def column(self, table: Table, name: str, where: str) -> Column | None:
        found = table.columns.get(name)
        if found is None:
            near = difflib.get_close_matches(name, table.columns, n=1, cutoff=0.6)
            hint = f' Did you mean "{near[0]}"?' if near else f" It has: {', '.join(table.columns)}."
            self.append(f'{where}: the table {table.name} has no column "{name}".{hint}')
        return found

    def code(self, column: Column, code: str, where: str) -> None:
        allowed = codes_of(column)
        if allowed and not all(part.strip() in allowed for part in _parts(column, code)):
            near = difflib.get_close_matches(word(code), allowed, n=1, cutoff=0.6)
            hint = f' Did you mean "{near[0]}"?' if near else ""
            self.append(f'{where}: "{code}" is no code of {column.name}.{hint} Use one of: {", ".join(allowed)}.')


def codes_of(column: Column) -> tuple[str, ...]:
    """The codes a cell of the column may become; empty where any text may stand. An optional code may be unsaid."""
    if column.name == "score":
        return ()
    if not column.codes:
        return ()
    return (*column.codes, *(() if column.required or NOT_RECORDED in column.codes else (NOT_RECORDED,)))


def _parts(column: Column, code: str) -> list[str]:
    return code.split(";") if column.type == "codes" else [code]


def _profile(document: Mapping[str, Any], name: str, faults: _Faults) -> Profile:
    faults.known_keys(document, _KEYS, "A profile")
    named = faults.text(document.get("name", name), "name")
    about = faults.text(document.get("about", ""), "about")
    table_name = document.get("table")
    table = TABLES.get(table_name) if isinstance(table_name, str) else None
    if table is None:
        said = f'There is no table "{table_name}".' if isinstance(table_name, str) else "table must be given."
        faults.append(f"{said} Use one of: {', '.join(TABLES)}.")
        return Profile(named, "", {})
    order = document.get("date_order")
    if order is not None and order not in get_args(DateOrder):
        faults.append(f'date_order must be one of: {", ".join(get_args(DateOrder))}, not "{order}".')
    columns = _columns(faults.section(document.get("columns", {}), "columns"), table, faults)
    wide = _wide(document["wide"], table, faults) if "wide" in document else None
    _used_once(columns, wide, faults)
    return Profile(
        named,
        table.name,
        columns,
        cast("DateOrder | None", order),
        _codes(faults.section(document.get("codes", {}), "codes"), table, faults),
        _defaults(faults.words(document.get("defaults", {}), "defaults"), table, faults),
        _read_as(faults.words(document.get("read_as", {}), "read_as"), table, faults),
        wide,
        faults.texts(document.get("headings", []), "headings", blank=True),
        faults.texts(document.get("recognised_by", []), "recognised_by"),
        about,
    )


def _columns(section: Mapping[str, Any], table: Table, faults: _Faults) -> dict[str, tuple[str, ...]]:
    columns = {}
    for ours, theirs in section.items():
        faults.column(table, ours, "columns")
        headings = (theirs,) if isinstance(theirs, str) else faults.texts(theirs, f"columns.{ours}")
        if theirs in ("", []):
            faults.append(f"columns.{ours} names no heading. Take the line out if the export has none.")
        columns[ours] = headings
    return columns


def _used_once(columns: Mapping[str, tuple[str, ...]], wide: Wide | None, faults: _Faults) -> None:
    used: dict[str, list[str]] = {}
    for ours, theirs in columns.items():
        for heading in theirs:
            used.setdefault(heading, []).append(ours)
    for heading in wide.columns if wide else ():
        used.setdefault(heading, []).append("wide")
    for heading, takers in used.items():
        if len(takers) > 1:
            faults.append(f'The heading "{heading}" is used more than once: {", ".join(takers)}.')


def _codes(section: Mapping[str, Any], table: Table, faults: _Faults) -> dict[str, dict[str, str]]:
    codes = {}
    for name, mapping in section.items():
        column = faults.column(table, name, "codes")
        codes[name] = faults.words(mapping, f"codes.{name}")
        seen: dict[str, str] = {}
        for theirs, ours in codes[name].items():
            if column is not None:
                faults.code(column, ours, f"codes.{name}")
            if seen.setdefault(word(theirs), ours) != ours:
                faults.append(f'codes.{name}: "{theirs}" is given two codes. Case, spaces and hyphens do not matter.')
    return codes


def _defaults(words: dict[str, str], table: Table, faults: _Faults) -> dict[str, str]:
    for name, value in words.items():
        column = faults.column(table, name, "defaults")
        if column is not None and value:
            faults.code(column, value, f"defaults.{name}")
    return words


def _read_as(words: dict[str, str], table: Table, faults: _Faults) -> dict[str, str]:
    for name, kind in words.items():
        column = faults.column(table, name, "read_as")
        if column is not None and kind not in READ_AS.get(name, ()):
            may = ", ".join(READ_AS.get(name, ())) or "nothing else"
            faults.append(f'read_as: {name} cannot be read as "{kind}"; it may be read as {may}.')
    return words


def _wide(value: object, table: Table, faults: _Faults) -> Wide:
    section = faults.section(value, "wide")
    faults.known_keys(section, _WIDE_KEYS, "wide")
    into = faults.text(section.get("into", ""), "wide.into")
    holds = faults.text(section.get("value", ""), "wide.value")
    column = faults.column(table, into, "wide.into")
    faults.column(table, holds, "wide.value")
    columns = faults.words(section.get("columns", {}), "wide.columns")
    if not columns:
        faults.append("wide.columns names no heading.")
    if column is not None:
        for code in columns.values():
            faults.code(column, code, "wide.columns")
    return Wide(into, holds, columns, faults.texts(section.get("denominators", []), "wide.denominators"))
