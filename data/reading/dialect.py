"""Which letter parts the cells, and which line names them: found by what is consistent over the first lines.

Headings that the contract or a profile knows are an anchor. Where nobody knows them, the line of headings is the
first line as wide as the records that reads like names over values: words over dates, numbers and references.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from data.contract import TABLES, columns_for, plain
from data.reading.headings import is_second_heading
from data.reading.records import Dialect, Record, records_of
from data.reading.shapes import filled, is_figure, rises, shape, trimmed
from data.reading.table import NotATable
from data.values import is_nothing, tidy

DELIMITERS = (",", ";", "\t", "|")
SAMPLE_LINES = 400
HEADING_SEARCH = 60
"""Headings stand within so many records from the top."""
ENOUGH_KNOWN = 2
"""So many headings that the contract knows make a line the headings."""
LONGEST_LONE_HEADING = 80
"""The heading of a file of one column is no longer than this; prose is."""
FEW_BELOW = 25

_CONTRACT_WORDS = frozenset(
    plain(word)
    for table in TABLES.values()
    for column in table.columns.values()
    for word in (column.name, *column.seen_as)
)

_SEPARATOR = re.compile(r'\ufeff?"?sep=(.)"?[,;\t| ]*', re.IGNORECASE)

NO_HEADINGS = (
    "No line of headings was found. Check that one line near the top names every column, "
    "for example: incident_id, occurred_at, kind, service_id."
)


@dataclass(frozen=True)
class Found:
    """How the file is written: the line of headings is the record at ``place`` of those from the top."""

    dialect: Dialect
    place: int
    records: tuple[Record, ...]
    separator_line: bool = False


@dataclass(frozen=True)
class _Candidate:
    found: Found
    known: int
    agreement: float
    width: int


def separator_named(line: str) -> str | None:
    """The delimiter that a first line ``sep=;`` names, as spreadsheets write it."""
    found = _SEPARATOR.fullmatch(line.strip("\r\n"))
    return found[1] if found else None


def find_dialect(lines: Sequence[str], known: Collection[str] = ()) -> Found:
    """The delimiter and the line of headings. ``lines`` are the first of the file. Raises NotATable."""
    lines = lines[:SAMPLE_LINES]
    named = separator_named(lines[0]) if lines else None
    tried = ([named] if named else []) + [each for each in DELIMITERS if each != named]
    candidates = []
    lone = all(each.isspace() or _is_undivided(each) for each in lines)
    for delimiter in tried:
        for skip_blanks in (False, True) if any(f'{delimiter} "' in line for line in lines) else (False,):
            dialect = Dialect(delimiter, skip_blanks)
            records = tuple(records_of(lines, dialect))
            candidate = _candidate(records, dialect, frozenset(known), named is not None)
            if candidate is not None and (candidate.width > 1 or candidate.known or lone):
                candidates.append(candidate)
    if named:
        own = [each for each in candidates if each.found.dialect.delimiter == named and each.width > 1]
        candidates = own or candidates
    if not candidates:
        raise NotATable(NO_HEADINGS)
    return max(candidates, key=_worth).found


def _is_undivided(line: str) -> bool:
    """Whether no letter that parts cells stands in a line, but inside quotation marks."""
    return all(len(next(records_of([line], Dialect(each))).cells) == 1 for each in DELIMITERS)


def _worth(candidate: _Candidate) -> tuple[bool, int, float]:
    anchored = candidate.known >= ENOUGH_KNOWN
    breadth = 1 - 1 / (candidate.width + 1)
    return anchored, candidate.known if anchored else 0, candidate.agreement * breadth


def find_headings(records: tuple[Record, ...], known: Collection[str] = ()) -> Found:
    """The line of headings among rows that need no delimiter, such as those of a sheet. Raises NotATable."""
    candidate = _candidate(records, Dialect(","), frozenset(known), separator=False)
    if candidate is None:
        raise NotATable(NO_HEADINGS)
    return candidate.found


def _candidate(
    records: tuple[Record, ...], dialect: Dialect, known: frozenset[str], separator: bool
) -> _Candidate | None:
    usable = [place for place, each in enumerate(records) if filled(each.cells) and not (separator and place == 0)]
    if not usable:
        return None
    anchors = {place: _known(records[place].cells, known) for place in usable[:HEADING_SEARCH]}
    most = max(anchors.values(), default=0)
    if most >= ENOUGH_KNOWN:
        likely = [each for each, count in anchors.items() if count >= max(ENOUGH_KNOWN, most / 2)]
        named = [each for each in likely if _names_only(records[each].cells)]
        followed = [each for each in named if _is_followed(records, usable, each)]
        if named:
            place = (followed or named)[0]
            return _made(records, usable, place, dialect, anchors[place], separator)
    width = _usual_width([len(records[each].cells) for each in usable])
    if width == 1 and not _may_be_one_column(records, usable, most):
        return None
    for place in usable[:HEADING_SEARCH]:
        cells = records[place].cells
        own = trimmed(cells)
        if len(cells) != width and own != width:
            continue
        if _reads_as_headings(records, usable, place, anchors[place]):
            return _made(records, usable, place, dialect, anchors[place], separator)
        if filled(cells) > 0.8 * width:  # records have begun
            return None
    return None


def _made(
    records: tuple[Record, ...], usable: list[int], place: int, dialect: Dialect, known: int, separator: bool
) -> _Candidate:
    width = len(records[place].cells)
    after = [records[each] for each in usable if each > place]
    same = sum(1 for each in after if len(each.cells) == width and each.fault is None and not _is_torn(each.cells))
    agreement = same / len(after) if after else 0.5
    return _Candidate(Found(dialect, place, records, separator), known, agreement, width)


def _is_torn(cells: Sequence[str]) -> bool:
    """Whether a cell holds half of a pair of quotation marks: it was parted by a letter that parts nothing here."""
    return any(cell.count('"') % 2 for cell in cells)


def _known(cells: Sequence[str], known: frozenset[str]) -> int:
    """Headings of a line that one table of the contract knows, or that a profile names."""
    headings = [cell for cell in cells if cell.strip()]
    if not headings or len(headings) < len(cells) / 4:
        return 0
    plain_headings = [plain(cell) for cell in headings]
    if len(known.intersection(plain_headings)) + sum(each in _CONTRACT_WORDS for each in plain_headings) == 0:
        return 0
    by_contract = max(len(columns_for(table, headings)) for table in TABLES.values())
    return max(by_contract, len(known.intersection(plain_headings)))


def _is_followed(records: Sequence[Record], usable: list[int], place: int) -> bool:
    """Whether what comes next can stand under these headings, or nothing comes at all."""
    own = records[place].cells
    after = [records[each].cells for each in usable if each > place][:FEW_BELOW]
    if not after:
        return True
    return any(len(cells) == len(own) or trimmed(cells) == trimmed(own) for cells in after)


def _names_only(cells: Sequence[str]) -> bool:
    """No value among the names, but for months, years or questions that follow one another."""
    values = [cell for cell in cells if shape(cell) in ("number", "date")]
    return not values or (rises(values) and len(values) < filled(cells))


def _usual_width(widths: Sequence[int]) -> int:
    """The width most lines have; between equals the wider."""
    counted = Counter(widths)
    return max(counted, key=lambda width: (counted[width], width))


def _may_be_one_column(records: Sequence[Record], usable: list[int], known: int) -> bool:
    """Whether lines without any delimiter are a column and not a letter that somebody wrote."""
    lengths = sorted(len(tidy(records[each].cells[0])) for each in usable)
    return known > 0 or (len(usable) > 1 and lengths[len(lengths) // 2] <= LONGEST_LONE_HEADING)


def _reads_as_headings(records: Sequence[Record], usable: list[int], place: int, known: int) -> bool:
    cells = records[place].cells
    width = len(cells)
    below = [records[each].cells for each in usable if each > place]
    below = [row for row in below if len(row) == width and row != cells][:FEW_BELOW]
    holds = filled(cells)
    if known >= max(1, holds / 2) and _names_only(cells):
        return True
    if not below or (width > 1 and holds < 2):
        return False
    two_lines = is_second_heading(cells, below[0], below[1:])
    if two_lines:
        below = below[1:]
    elif holds < width / 2:
        return False
    return _stands_over(cells, below)


def _stands_over(cells: Sequence[str], below: Sequence[Sequence[str]]) -> bool:
    """Whether a line reads as names over the values below it.

    For: words over figures. Against: a value over values of its own shape, or words that come again below as values.
    """
    series = [cell for cell in cells if shape(cell) in ("number", "date")]
    named_by_series = rises(series) and len(series) < filled(cells)
    contrasts = clashes = again = wordy = 0
    for place, head in enumerate(cells):
        if not head.strip():
            continue
        own, under = shape(head), [row[place] for row in below if row[place].strip()]
        shapes = Counter(shape(cell) for cell in under if not is_nothing(cell))
        usual, often = shapes.most_common(1)[0] if shapes else ("nothing", 0)
        usual = usual if often * 10 >= sum(shapes.values()) * 6 else "nothing"
        wordy += own == "words"
        again += any(tidy(cell).casefold() == tidy(head).casefold() for cell in under)
        if own in ("number", "date"):
            if named_by_series and all(is_figure(cell) for cell in under):
                contrasts += own == "date"
            else:
                clashes += 1
        elif own == "words" and usual in ("number", "date", "code"):
            contrasts += 1
        else:
            made_alike = own == usual == "code" and _pattern(head) in {_pattern(cell) for cell in under}
            clashes += made_alike or (own == "nothing" and any(is_nothing(cell) for cell in under))
    if clashes and contrasts < 3 * clashes:
        return False
    if again > max(1, 0.3 * filled(cells)) or (again and filled(cells) < 3):
        return False
    if len(cells) == 1:  # one column of words could be anybody's letter
        return contrasts > 0
    return contrasts > 0 or named_by_series or wordy * 2 > filled(cells) or (clashes == 0 and _all_named(cells))


def _all_named(cells: Sequence[str]) -> bool:
    """Whether every cell is a different name such as q01a_gender."""
    names = [tidy(cell).casefold() for cell in cells if cell.strip()]
    return len(set(names)) == len(names) and all(any(letter.isalpha() for letter in name) for name in names)


def _pattern(cell: str) -> str:
    """A reference without its figures: P-12 and P-7 are made alike."""
    return re.sub(r"\d+", "0", tidy(cell).casefold())
