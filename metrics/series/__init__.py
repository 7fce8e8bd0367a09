"""An outcome over time around a change: what the series did, beside what it would have done.

around        the recorded series of one change: which stretches are before, after, or neither
interrupted   level and slope after a start, season allowed for, and the earlier pattern carried on
"""
