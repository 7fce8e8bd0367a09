"""Where an export comes from: a file on this computer, or bytes that a page received or made."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Source:
    """A named export: ``path`` is read when it is needed, ``content`` is there already; exactly one is given."""

    name: str
    path: Path | None = None
    content: bytes | None = None

    def __post_init__(self) -> None:
        if (self.path is None) == (self.content is None):
            raise ValueError("A source is either a path or its content.")

    @classmethod
    def at(cls, path: Path) -> Source:
        """The file at a path, under its own name."""
        return cls(path.name, path=path)
