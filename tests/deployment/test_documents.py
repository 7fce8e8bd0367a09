"""What the guides say of settings is what the code does."""

from __future__ import annotations

import importlib.util
import re
from dataclasses import fields
from pathlib import Path

import pytest

from dashboard.hosted import settings
from dashboard.hosted.signing_in import CLOCKS_APART, IDLE_FOR, SIGNED_IN_FOR

DOCS = Path(__file__).parents[2] / "docs"
PROTECTION = (DOCS / "data-protection.md").read_text(encoding="utf-8")
GUIDE = (DOCS / "deployment.md").read_text(encoding="utf-8")


def test_the_limits_of_signing_in_are_those_of_the_code() -> None:
    assert f"| signed in at most | {SIGNED_IN_FOR.total_seconds() / 3600:g} hours" in PROTECTION
    assert f"| without use | {IDLE_FOR.total_seconds() / 60:g} minutes" in PROTECTION
    assert CLOCKS_APART.total_seconds() == 60
    assert "sixty seconds between clocks" in GUIDE
    backup = (DOCS / "deployment" / "backup.sh").read_text(encoding="utf-8")
    assert "BACKUP_DAYS:-35" in backup
    assert "| backups kept | 35 days" in PROTECTION


def test_every_setting_of_the_server_is_explained() -> None:
    for name in (settings.ROLE_TABLE, settings.SECRETS, settings.FOLDER, settings.PUBLIC_HOST):
        assert f"| `{name}` |" in GUIDE


@pytest.mark.parametrize("path", [DOCS / "deployment.md", DOCS / "data-protection.md"], ids=lambda path: path.stem)
def test_every_file_a_guide_points_to_is_there(path: Path) -> None:
    for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8")):
        assert (DOCS / target).exists(), target


@pytest.mark.skipif(importlib.util.find_spec("data.disclosure") is None, reason="releases are not in this version")
def test_the_rules_of_a_release_are_those_of_the_code() -> None:
    rules = importlib.import_module("data.disclosure")
    for each in fields(rules.Rules):
        bound = rules.FLOORS.get(each.name, rules.CEILINGS.get(each.name))
        assert re.search(rf"\| `{each.name}`[^|]* \| {each.default} \| {bound} \|", PROTECTION), each.name
