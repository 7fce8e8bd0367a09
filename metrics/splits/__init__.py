"""An outcome taken apart, and the gap between groups of people."""

from metrics.splits.gaps import (
    BESIDES_STARRED,
    COLUMNS,
    ETHNIC_GROUPS,
    ETHNICITY,
    RECORDED,
    Gap,
    GroupGap,
    can_compare,
    gap,
    known_words,
)
from metrics.splits.parts import (
    FEWEST_EVENTS,
    FEWEST_ROWS,
    OTHERS,
    SPLITS,
    TOO_FEW,
    Part,
    check_column,
    split,
    trend_by,
)

__all__ = [
    "BESIDES_STARRED",
    "COLUMNS",
    "ETHNICITY",
    "ETHNIC_GROUPS",
    "FEWEST_EVENTS",
    "FEWEST_ROWS",
    "OTHERS",
    "RECORDED",
    "SPLITS",
    "TOO_FEW",
    "Gap",
    "GroupGap",
    "Part",
    "can_compare",
    "check_column",
    "gap",
    "known_words",
    "split",
    "trend_by",
]
