"""Methods for those who look deeper: the figures that stand beside a finding and never decide its verdict.

The same change by other sums, one person's weeks as a series, the same question over other days and at earlier dates,
and how small a change could have been seen at all. A figure that has no answer here says why, in words.
"""

from metrics.deeper.beside import deeper
from metrics.deeper.figure import ABOUT, LEAST_P, PARTS, TIMES, Part, SecondFigure

__all__ = ["ABOUT", "LEAST_P", "PARTS", "TIMES", "Part", "SecondFigure", "deeper"]
