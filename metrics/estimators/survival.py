"""How long people stay, under one roof; what the figures mean stands in ``metrics.estimators.staying``."""

from __future__ import annotations

from metrics.estimators.staying.competing import (
    COMPETING,
    OF_INTEREST,
    STILL_THERE,
    CumulativeIncidence,
    IncidenceAt,
    cumulative_incidence,
)
from metrics.estimators.staying.curve import StayingCurve, StillThere, kaplan_meier
from metrics.estimators.staying.mean_stay import (
    RestrictedMean,
    RestrictedMeanChange,
    restricted_mean,
    restricted_mean_change,
)
from metrics.estimators.staying.pace import HazardRatio, LogRank, hazard_ratio, log_rank

__all__ = [
    "COMPETING",
    "OF_INTEREST",
    "STILL_THERE",
    "CumulativeIncidence",
    "HazardRatio",
    "IncidenceAt",
    "LogRank",
    "RestrictedMean",
    "RestrictedMeanChange",
    "StayingCurve",
    "StillThere",
    "cumulative_incidence",
    "hazard_ratio",
    "kaplan_meier",
    "log_rank",
    "restricted_mean",
    "restricted_mean_change",
]
