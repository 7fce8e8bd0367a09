"""Codes of the contract as the pages say them: whose voice, how it was sought, which need, what happened, who decided.

One word for one code on every page, so that a card, a sheet and a list never seem to speak of two things. The easy-read
page has its own, shorter words (``metrics.easy_read``); sentences about findings have theirs in ``metrics.wording``.
"""

from __future__ import annotations

from metrics.wording import VOICES

HOW_SOUGHT = {
    "talk": "by talking", "pictures": "with pictures", "objects": "with objects", "simple_choices": "with simple choices",
    "observation": "by watching how they responded", "life_history": "from their life story", "writing": "in writing",
    "interpreter": "through an interpreter", "not_asked": "not asked", "not_recorded": "how is not written down",
}  # fmt: skip
ASKED = ("talk", "pictures", "objects", "simple_choices", "writing", "interpreter")
"""Ways of seeking a view in which a question was put."""
STAGES = {"early": "early stage", "middle": "middle stage", "later": "later stage"}
NEEDS = {
    "none": "no special need", "hearing": "hearing", "sight": "sight", "speech": "speech", "understanding": "understanding",
    "several": "several needs",
}  # fmt: skip
"""Communication needs."""
HAPPENED = {
    "distress": "distress", "fall": "fall", "injury": "injury", "medicine_error": "medicine error",
    "calming_medicine": "calming medicine", "restrictive": "restrictive event", "skin": "skin damage",
    "missing": "person missing", "safeguarding": "safeguarding concern", "staff_injury": "member of staff hurt",
    "other": "other record",
}  # fmt: skip
DECIDERS = {
    "person": VOICES["person"], "family": VOICES["family"], "attorney_deputy": VOICES["attorney_deputy"],
    "manager": "the manager", "nurse": "a nurse", "professional": VOICES["professional"], "council": "the council",
    "court": "a court",
}  # fmt: skip
CLASSES = {
    "everyday_choice": "everyday choice", "own_consent": "own consent", "best_interest": "best-interest decision",
    "duty": "decision the law or safety asks for",
}  # fmt: skip
FOLLOWED = {
    "person": "the person was followed", "family": "family was followed", "staff": "staff were followed",
    "shared": "a shared view was followed", "law": "the law decided",
}  # fmt: skip


def asked(how_sought: str) -> str:
    """How a view was sought, standing alone: "asked with pictures", "from their life story"."""
    said = HOW_SOUGHT.get(how_sought, how_sought)
    return f"asked {said}" if how_sought in ASKED else said


__all__ = [
    "ASKED", "CLASSES", "DECIDERS", "FOLLOWED", "HAPPENED", "HOW_SOUGHT", "NEEDS", "STAGES", "VOICES", "asked",
]  # fmt: skip
