"""What is known of the instruments whose scores may be stored. Facts only: no wording of any published instrument.

Ranges are those of the published scoring guides (DEMQOL, QoL-AD, ASCOT, CMAI, NPI-NH, PAINAD, Abbey, BADLS and
others); the three check-ins, the session note and working together are the project's own.
"""

from __future__ import annotations

TOTAL_RANGES: dict[str, tuple[float, float]] = {
    "demqol": (28, 112), "demqol_proxy": (31, 124), "demqol_u": (0.243, 0.986), "qol_ad": (13, 52),
    "qol_ad_nh": (15, 60), "qualid": (11, 55), "ascot_sct4": (0, 24), "icecap_o": (0, 1), "eq5d5l": (-1, 1),
    "eq_vas": (0, 100), "cmai": (29, 203), "npi_nh": (0, 144), "pas": (0, 16), "painad": (0, 10),
    "abbey": (0, 18), "badls": (0, 60), "dcm_wib": (-5, 5), "working_together": (0, 10),
}  # fmt: skip
"""Lowest and highest total."""

DOMAIN_RANGES: dict[str, tuple[float, float]] = {
    "person_checkin": (1, 5), "family_checkin": (1, 5), "staff_checkin": (1, 5), "session_note": (0, 5),
    "ascot_sct4": (0, 3), "midas": (0, 100), "ons4": (0, 10),
}  # fmt: skip
"""Lowest and highest score of a single domain."""

DOWN_IS_GOOD = frozenset({"qualid", "cmai", "cmai_sf", "npi_nh", "pas", "painad", "abbey", "badls"})
"""Instruments on which a higher score is worse; on all others a higher one is better."""

STEPS: dict[str, float] = {"demqol_u": 0.001, "icecap_o": 0.001, "eq5d5l": 0.001}
"""The least two scores can differ by, where it is not 1."""

PUBLISHED_DIFFERENCE: dict[str, float] = {"demqol": 5.0, "demqol_u": 0.02, "cmai": 11.0}
"""The least change people would notice, where one was published for the total. For CMAI it is 11 points at one to
three months (4 under one month); DEMQOL 5 to 6, DEMQOL-U 0.02 to 0.05. For QoL-AD about 3 is quoted and not agreed."""


def range_of(instrument: str, domain: str) -> tuple[float, float] | None:
    """Lowest and highest score there can be; None where it is not known."""
    return TOTAL_RANGES.get(instrument) if domain == "total" else DOMAIN_RANGES.get(instrument)


def step_of(instrument: str) -> float:
    """The least two scores of an instrument can differ by."""
    return STEPS.get(instrument, 1.0)
