"""Imported once, after everything heavy: what never goes away is taken out of the garbage collector's rounds.

A round over all the modules takes a tenth of a second, and would fall into the middle of somebody's page.
"""

from __future__ import annotations

import gc

import plotly.graph_objects  # noqa: F401 - loaded here, before the first page asks for it

gc.collect()
gc.freeze()
