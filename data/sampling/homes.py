"""The twelve invented services a sample is made of, and what is planted in each.

A larger sample repeats the twelve with new names and new dice.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import count, product

from data.contract import TABLES
from data.sampling import plans
from data.sampling.days import number_of
from data.sampling.plans import Plan

ALL_TABLES = frozenset(TABLES) - {"totals"}
STARTING_TABLES = frozenset({"services", "stays", "incidents", "falls", "interventions"})
BEDS_ONLY = frozenset({"services", "falls", "interventions", "declarations"})


@dataclass(frozen=True)
class Home:
    """One invented service: who it is, which tables it sends, what is planted."""

    index: int
    service_id: str
    label: str
    setting: str
    nation: str
    region: str
    commissioner_id: str
    beds: int
    plans: tuple[Plan, ...]
    planted: frozenset[str] = frozenset()
    tables: frozenset[str] = ALL_TABLES
    expected_minority_pct: float = 9.0
    events_from: int = 0

    @property
    def sleeps(self) -> bool:
        """Whether people sleep there, so that a person day is a bed day."""
        return self.setting in ("residential", "nursing")

    @property
    def stay_kind(self) -> str:
        return {"homecare": "homecare", "supported_living": "tenancy"}.get(self.setting, "long_term")


def _home(label: str, setting: str, nation: str, region: str, commissioner: str, beds: int,
          tried: tuple[Plan, ...], *planted: str, minority: float = 9.0,
          tables: frozenset[str] = ALL_TABLES, events_from: date | None = None) -> Home:  # fmt: skip
    return Home(
        0, "", label, setting, nation, region, f"council-{commissioner}", beds, tried, frozenset(planted), tables,
        minority, number_of(events_from) if events_from else 0,
    )  # fmt: skip


TWELVE = (
    _home("Elm House", "residential", "EN", "Eastmere", "a", 38, plans.ELM, "capacity_finding"),
    _home("Oak Lodge", "residential", "EN", "Eastmere", "a", 42, plans.OAK, "recording_surge", minority=7.0),
    _home("Ash Court", "nursing", "EN", "Northvale", "b", 50, plans.ASH, "one_main_recorder", "outbreak",
          minority=12.0),
    _home("Birch Grove", "residential", "EN", "Eastmere", "a", 30, plans.BIRCH, "new_recording_system",
          minority=6.0),
    _home("Willow Bank", "nursing", "EN", "Northvale", "b", 50, plans.WILLOW, "equity_gap", minority=45.0),
    _home("Rowan View", "residential", "WA", "Westmarch", "c", 21, plans.ROWAN, "earlier_totals", minority=3.0,
          tables=ALL_TABLES | {"totals"}, events_from=date(2025, 2, 1)),
    _home("Larch House", "nursing", "NI", "Farshore", "d", 44, plans.LARCH, "recording_surge", minority=3.0),
    _home("Maple Gardens", "residential", "SC", "Highmoor", "e", 26, plans.MAPLE, "starting_tables_only",
          minority=4.0, tables=STARTING_TABLES),
    _home("Poplar House", "residential", "EN", "Northvale", "b", 32, plans.POPLAR, "no_stays", minority=10.0,
          tables=BEDS_ONLY),
    _home("Cedar Homecare", "homecare", "EN", "Eastmere", "a", 40, plans.CEDAR, minority=8.0),
    _home("Hazel Homecare", "homecare", "EN", "Northvale", "b", 30, plans.HAZEL, "starting_tables_only",
          minority=11.0, tables=STARTING_TABLES),
    _home("Holly Court", "supported_living", "EN", "Eastmere", "a", 12, plans.HOLLY, minority=7.0),
)  # fmt: skip

_TREES = (
    "Alder", "Beech", "Blackthorn", "Briar", "Bramble", "Chestnut", "Clover", "Damson", "Fern", "Hawthorn",
    "Heather", "Hornbeam", "Juniper", "Lime", "Linden", "Medlar", "Mulberry", "Pear Tree", "Quince", "Sorrel",
    "Spindle", "Sycamore", "Thyme", "Walnut",
)  # fmt: skip
_HOUSES = ("House", "Lodge", "Court", "Grange", "Place", "Row", "Green", "Mead")
_AT_HOME = ("Homecare", "Home Support", "Care at Home")


def _more_names(kinds: tuple[str, ...]) -> Iterator[str]:
    """Names for services beyond the twelve: never the same twice."""
    for turn in count(1):
        for kind, tree in product(kinds, _TREES):
            yield f"{tree} {kind}" if turn == 1 else f"{tree} {kind} {turn}"


def homes(wanted: int) -> tuple[Home, ...]:
    """The first so many services; service k is the same however many are asked for."""
    houses, at_home = _more_names(_HOUSES), _more_names(_AT_HOME)
    made = []
    for index in range(wanted):
        pattern = TWELVE[index % len(TWELVE)]
        label = pattern.label
        if index >= len(TWELVE):
            label = next(at_home if pattern.setting == "homecare" else houses)
        made.append(replace(pattern, index=index, label=label, service_id=label.lower().replace(" ", "-")))
    return tuple(made)
