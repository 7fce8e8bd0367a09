"""The parts of the page: which outcomes stand in each, and which promises are followed up one by one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Section:
    """One part: its outcomes in reading order, and the measures whose promises are listed when they were not kept."""

    name: str
    outcomes: tuple[str, ...]
    promised: tuple[str, ...] = ()


RISK = Section("risk", ("F3", "F4", "F8", "F6", "F7", "F1", "F2"), ("trigger_review",))
SAFEGUARDING = Section(
    "safeguarding",
    ("I2", "I3", "I8", "V15", "I4", "I5", "I7"),
    ("safeguarding_action", "notification", "limits_explained", "disagreement_answered"),
)
STAYING = Section("staying", ("I6",))
BALANCE = Section("balance", ("I9", "F5", "D5", "I10"))
LEARNING = Section(
    "learning",
    ("G1", "G3", "G2", "G7", "G14", "G6", "G5", "G4"),
    ("review", "need_change_review", "coproduction_audit"),
)
TOGETHER = Section(
    "together",
    ("K3", "K4", "K5", "G9", "G12", "G11", "V14"),
    ("suggestion", "relatives_group", "change_explained", "advisory_board", "pledge", "boundary_set"),
)
SHAPING = Section("shaping", ("X1", "X2", "X3", "X5", "G10", "T1", "T2", "L1"))

SECTIONS = (RISK, SAFEGUARDING, STAYING, BALANCE, LEARNING, TOGETHER, SHAPING)
PROMISED = tuple(measure for section in SECTIONS for measure in section.promised)
COUNTED = ("review_learning", "lesson", "lesson_shared", "activity_ladder")
"""Measures of which it is counted where they came from or what came of them."""
