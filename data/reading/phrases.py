"""The phrases by which reports close: totals, "printed by", "page 1 of 3". A record never reads like these.

"Total Care Ltd" is the name of a firm, "Total: 34" is the end of a report; the difference is drawn here.
"""

from __future__ import annotations

import re

from data.values import tidy

_COUNTED = r"(?:records?|rows?|entries|items?|results?|events?|incidents?|accidents?|falls?|forms?|responses?|answers?|reports?)"
_KIND_OF_TOTAL = (
    r"(?:(?:grand|sub|overall|page|report|monthly|weekly|quarterly|yearly|annual|running|column|final|group)[ -]?)?"
)
_TOTAL = re.compile(
    rf"{_KIND_OF_TOTAL}totals?(?: (?:number|count|no\.?)(?: of)?(?: [a-z]+){{0,3}}| {_COUNTED})?"
    rf"(?: ?[:=–-]+ ?.{{0,20}}|(?: ?[:=–-])? ?\(?[\d,. ]+\)?)?"
    rf"|{_KIND_OF_TOTAL}totals? for .{{1,60}}"
    rf"|(?:count|number|no\.|sum) of {_COUNTED}.{{0,20}}"
    rf"|(?:{_COUNTED} )?count ?[:=-]? ?[\d,. ]*"
    rf"|{_COUNTED} ?[:=] ?[\d,. ]+|[\d,. ]+ {_COUNTED}(?: (?:found|selected|listed|in total|shown|returned))?\.?"
    r"|(?:sum|average|mean|median)(?: ?[:=-] ?.{0,20})?",
    re.IGNORECASE | re.ASCII,
)
_OF_WHAT = re.compile(rf"\b(?:{_COUNTED}|of [a-z]+)\b(?! ?[:=] ?\d)", re.IGNORECASE | re.ASCII)
_TOTAL_OF = re.compile(r".{1,60}[ -](?:sub-?)?totals?:?", re.IGNORECASE | re.ASCII)
_FOOTER = re.compile(
    r"(?:report |data |list |file |document )?(?:printed|exported|generated|produced|extracted|downloaded|created|run|prepared|compiled)"
    r"(?: ?(?:by|on|at|from|for|in|using|with)\b.*| ?[:=–-] ?.*| \d.*)"
    r"|(?:report|print|printed|export|extract|run|generated|download) ?(?:date|time|date/time|user|id|ref|no)? ?[:=].*"
    r"|[-*=# ]*end of (?:the )?(?:report|data|file|list|export|table|records?|document|page).*"
    r"|[-*=# ]*(?:no more|\d+ more) (?:records?|rows?|results?).*"
    r"|page:? ?\d+(?: ?(?:of|/) ?\d+)?"
    r"|(?:strictly |private (?:and|&) |official[ -–]+)?(?:confidential|sensitive)\b.*|official(?: ?[:–-] ?.*)?"
    r"|(?:©|\(c\)|copyright\b).*"
    r"|(?:source|notes?|key|filters?|filtered by|selection|criteria|parameters?|disclaimer|user|printed|date range|period)"
    r"(?: applied| used)? ?: ?.*"
    r"|\* ?.*|[-=_*#~. ]{3,}",
    re.IGNORECASE | re.DOTALL,
)

ODD_BLANKS = (
    r"^ | $|  |[\t\n\v\f\r\x1c-\x1f\x{85}\x{a0}\x{1680}\x{2000}-\x{200a}\x{2028}\x{2029}\x{202f}\x{205f}\x{3000}]"
)
"""RE2: a cell that ``tidy`` would change."""
MAY_BE_TOTAL = rf"(?i)^(?:{_TOTAL.pattern}|{_TOTAL_OF.pattern})$|{ODD_BLANKS}"
"""RE2: every first cell that reads as a total matches this, and few others do."""


def is_total_phrase(cell: str) -> bool:
    """Whether a first cell announces a total or a count: "Grand total", "Total: 34", "Count of records"."""
    return _TOTAL.fullmatch(tidy(cell)) is not None


def says_of_what(cell: str) -> bool:
    """Whether a total says what it counts: "Number of falls" may as well be the label of a measure in a monthly sheet."""
    return _OF_WHAT.search(cell) is not None


def ends_as_total(cell: str) -> bool:
    """Whether a first cell is a group's name followed by the word total: "Elm House total"."""
    return _TOTAL_OF.fullmatch(tidy(cell)) is not None


def is_footer_phrase(cell: str) -> bool:
    """Whether a cell is what a report says of itself: "Printed by", "End of report", "Page 1 of 3"."""
    return _FOOTER.fullmatch(tidy(cell)) is not None
