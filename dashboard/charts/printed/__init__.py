"""The same pictures for paper: drawn with matplotlib from the same objects as those on the screen.

Each module has the name of its twin in ``dashboard.charts`` and returns a matplotlib figure; ``paper`` turns one into
SVG (for HTML and PDF) or PNG (for Word).
"""
