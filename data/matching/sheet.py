"""One file as matching sees it: its headings with what stands under them, and what its name says."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import PurePath

from data.matching.evidence import Evidence
from data.matching.headings import words_of
from data.matching.naming import names_a_person
from data.matching.profile import is_fix_heading
from data.reading.table import RawTable

_FILE_WORDS: tuple[tuple[str, str], ...] = (
    ("falls", r"falls?\b"),
    ("incidents", r"incidents?|accidents?|abc\b|behaviour|restraint|datix"),
    ("stays", r"stays?\b|admissions?|occupancy|stranded|discharges?|tenancies"),
    ("people", r"people|residents?\b|clients?\b|person list|tenants?\b|care register"),
    ("feedback", r"feedback|survey|questionnaire|check-?ins?\b|responses?\b|fft|satisfaction"),
    ("interventions", r"interventions?|projects?\b|action plan|changes?\b|improvements?"),
    ("declarations", r"declarations?|promises?"),
    ("views", r"views?\b|voices?\b|involvement"),
    ("decisions", r"decisions?|mca\b|best interests?|capacity"),
    ("checks", r"checks?\b|audits?\b|tasks?\b|training|visits?\b|reviews?\b|supervisions?"),
    ("context", r"context|outbreaks?|absences?|away|diary"),
    ("totals", r"totals?\b|monthly|kpis?\b|dashboard|quarterly|by month"),
    ("services", r"services?\b|homes\b|sites?\b|branches"),
)


@dataclass(frozen=True)
class Seen:
    """One heading, its place in the file, and what stands under it."""

    heading: str
    place: int
    evidence: Evidence

    @cached_property
    def words(self) -> tuple[str, ...]:
        return words_of(self.heading)

    @cached_property
    def personal_by_heading(self) -> bool:
        """Whether the heading names personal details, and not merely whether there are any."""
        return names_a_person(self.heading) and not (self.evidence.values and self.evidence.yes_or_no > 0.9)

    @property
    def is_personal(self) -> bool:
        return self.personal_by_heading or self.evidence.personal is not None


class Sheet:
    """The first chunk of an export, heading by heading."""

    def __init__(self, raw: RawTable, file_name: str) -> None:
        self.headings: tuple[str, ...] = raw.headings
        self.rows = len(raw.first)
        self.file_name = file_name
        self.seen: tuple[Seen, ...] = tuple(
            Seen(heading, place, Evidence(raw.first.cells[place])) for place, heading in enumerate(raw.headings)
        )

    @cached_property
    def usable(self) -> tuple[Seen, ...]:
        """All but the headings our own list of rows to correct added."""
        return tuple(each for each in self.seen if not is_fix_heading(each.heading))

    @cached_property
    def made_for(self) -> tuple[str, ...]:
        """The headings a profile of this sheet is made for."""
        return tuple(each.heading for each in self.usable)

    @cached_property
    def file_says(self) -> tuple[str, ...]:
        """The tables the file's own name speaks of, in the order of the contract's events first."""
        stem = re.sub(r"[_.-]+", " ", PurePath(self.file_name).stem).casefold()
        return tuple(table for table, pattern in _FILE_WORDS if re.search(rf"\b(?:{pattern})", stem))

    def under(self, heading: str) -> Seen | None:
        """What stands under a heading as the file spells it."""
        return next((each for each in self.seen if each.heading == heading), None)

    def says(self, words: Sequence[str]) -> bool:
        """Whether any heading or the file's name holds one of these words."""
        told = {word for each in self.usable for word in each.words} | set(words_of(PurePath(self.file_name).stem))
        return not told.isdisjoint(words)
