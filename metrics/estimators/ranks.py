"""Scores compared by their order alone, paired and unpaired, under one roof."""

from __future__ import annotations

from metrics.estimators.rank_comparison import (
    FEW,
    RankComparison,
    Superiority,
    compare_ranks,
    delta_limits,
    permutation_p,
    rank_shift_limits,
    superiority,
)
from metrics.estimators.signed_ranks import (
    MeanChange,
    PairedScores,
    mean_change,
    normal_shift,
    paired_scores,
    shift_limits,
)
from metrics.estimators.superiority import superiority_limits

__all__ = [
    "FEW",
    "MeanChange",
    "PairedScores",
    "RankComparison",
    "Superiority",
    "compare_ranks",
    "delta_limits",
    "mean_change",
    "normal_shift",
    "paired_scores",
    "permutation_p",
    "rank_shift_limits",
    "shift_limits",
    "superiority",
    "superiority_limits",
]
