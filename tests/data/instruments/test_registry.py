"""The registry: every instrument of the contract, facts that cannot contradict each other, and no wording."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from data import instruments
from data.contract import INSTRUMENTS, TABLES
from data.instruments import REGISTRY, Band, Instrument, Noticeable, may_be_answered_by_the_person, own_voice_of
from data.model import Impossible

RATERS = {*TABLES["feedback"].columns["rater"].codes, "derived"}


def test_every_instrument_of_the_contract_is_registered_and_no_other() -> None:
    assert set(REGISTRY) == set(INSTRUMENTS)


@pytest.mark.parametrize("found", REGISTRY.values(), ids=lambda each: each.code)
def test_each_says_who_may_answer_and_which_way_is_good(found: Instrument) -> None:
    assert set(found.answered_by) <= RATERS
    assert found.good in ("up", "down")
    assert found.name and found.about and found.recall
    assert found.own_form is None or found.own_form in REGISTRY


def test_ranges_are_those_of_the_handbook() -> None:
    told = {
        "demqol": (28, 112), "demqol_proxy": (31, 124), "demqol_u": (0.243, 0.986), "qol_ad": (13, 52), "cmai": (29, 203),
        "qol_ad_nh": (15, 60), "qualid": (11, 55), "ascot_sct4": (0, 24), "npi_nh": (0, 144), "painad": (0, 10),
        "abbey": (0, 18), "badls": (0, 60), "dcm_wib": (-5, 5), "working_together": (0, 10), "pas": (0, 16),
    }  # fmt: skip
    assert {code: REGISTRY[code].total for code in told} == told
    assert instruments.range_of("ascot_sct4", "meals") == (0, 3)
    assert instruments.range_of("session_note", "engagement") == (0, 5)
    assert instruments.range_of("qualidem", "total") is None


def test_published_differences_are_kept_and_a_quoted_one_is_not_agreed() -> None:
    assert instruments.PUBLISHED_DIFFERENCE == {"demqol": 5, "demqol_u": 0.02, "cmai": 11}
    quoted = REGISTRY["qol_ad"].noticeable
    assert quoted is not None and not quoted.agreed and quoted.value is None
    assert REGISTRY["demqol_proxy"].noticeable is None


def test_bands_of_pain_and_agitation() -> None:
    bands = {code: each.bands for code, each in REGISTRY.items() if each.bands}
    assert bands == {
        "painad": (Band(1, 3), Band(4, 6), Band(7, 10)),
        "abbey": (Band(3, 7), Band(8, 13), Band(14, None)),
        "cmai": (Band(29, 29), Band(30, 45), Band(46, None)),
    }
    assert REGISTRY["abbey"].band_of(14) == Band(14, None)
    assert REGISTRY["abbey"].band_of(2) is None


def test_our_own_are_not_validated_and_name_nobody_who_helped() -> None:
    own = {code for code, each in REGISTRY.items() if each.own}
    assert own == {"person_checkin", "family_checkin", "staff_checkin", "session_note", "working_together"}
    assert not any(REGISTRY[code].validated or REGISTRY[code].made_with for code in own)


def test_the_others_form_leads_to_the_persons_own() -> None:
    assert own_voice_of("demqol_proxy") == "demqol"
    assert own_voice_of("person_checkin") == "person_checkin"
    assert not may_be_answered_by_the_person("painad")
    assert own_voice_of("unheard_of") is None


def test_the_file_holds_short_facts_and_no_questions() -> None:
    """Wording of a published instrument would be sentences or questions; facts are a few words."""
    path = Path(instruments.__file__).with_name("registry.toml")
    for facts in tomllib.loads(path.read_text(encoding="utf-8")).values():
        for told in facts.values():
            assert not isinstance(told, str) or (len(told) < 110 and "?" not in told)


def test_a_registry_that_contradicts_itself_is_refused() -> None:
    plain = {"code": "x", "name": "X", "about": "a", "scored": "total", "good": "up", "recall": "now"}
    with pytest.raises(Impossible, match="do not overlap"):
        Instrument(**plain, answered_by=("self",), bands=(Band(1, 4), Band(4, 6)))  # type: ignore[arg-type]
    with pytest.raises(Impossible, match="lowest"):
        Instrument(**plain, answered_by=("self",), total=(5, 1))  # type: ignore[arg-type]
    with pytest.raises(Impossible, match="somebody answers"):
        Instrument(**plain, answered_by=())  # type: ignore[arg-type]
    with pytest.raises(Impossible, match="not agreed"):
        Noticeable("3 points", "not agreed", 3)
