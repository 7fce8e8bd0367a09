"""What is known of each person: age, ethnic group, language, how they communicate, family. Never a name."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.random import Generator
from numpy.typing import NDArray

from data.sampling.homes import Home
from data.sampling.residents import MOBILITY, STAGES, Residents
from data.sampling.tables import Row

GROUPS = ("white", "asian", "black", "mixed", "other", "prefer_not_to_say", "not_recorded")
GROUP_SHARES = (0.88, 0.04, 0.04, 0.01, 0.01, 0.01, 0.01)
CLUSTER_SHARES = (0.53, 0.20, 0.17, 0.04, 0.04, 0.01, 0.01)
"""Where 45 in 100 of the people belong to minority ethnic groups."""
MINORITY = ("asian", "black", "mixed", "other")

LANGUAGES = {"asian": ("Punjabi", "Gujarati", "Urdu", "Bengali", "English"), "black": ("English", "Somali", "Twi"),
             "other": ("Arabic", "Turkish", "English"), "mixed": ("English",)}  # fmt: skip
DEMENTIA_TYPES = ("Alzheimer's", "vascular", "mixed", "Lewy body", "frontotemporal", "not known")
COMMUNICATION = ("none", "hearing", "sight", "speech", "understanding", "several")
COMMUNICATION_SHARES = ((0.45, 0.25, 0.12, 0.04, 0.10, 0.04), (0.22, 0.22, 0.10, 0.10, 0.26, 0.10),
                        (0.06, 0.12, 0.06, 0.22, 0.32, 0.22))  # fmt: skip
SPEECH = ("full", "some", "little")
SPEECH_SHARES = ((0.90, 0.09, 0.01), (0.45, 0.45, 0.10), (0.08, 0.42, 0.50))


@dataclass(frozen=True)
class Portrait:
    """The traits other parts of the sample lean on."""

    group: str
    communication_need: str
    speech: str
    family_contact: bool
    advocate: bool

    @property
    def minority(self) -> bool:
        return self.group in MINORITY


def portraits(home: Home, residents: Residents, rng: Generator) -> tuple[Portrait, ...]:
    """One portrait for each stay."""
    shares = CLUSTER_SHARES if home.expected_minority_pct > 30 else GROUP_SHARES
    people = []
    for stay in residents.stays:
        family = bool(rng.random() < 0.88)
        people.append(
            Portrait(
                group=str(rng.choice(GROUPS, p=shares)),
                communication_need=str(rng.choice(COMMUNICATION, p=COMMUNICATION_SHARES[stay.stage])),
                speech=str(rng.choice(SPEECH, p=SPEECH_SHARES[stay.stage])),
                family_contact=family,
                advocate=bool(rng.random() < (0.03 if family else 0.60)),
            )
        )
    return tuple(people)


def minority_of(people: tuple[Portrait, ...]) -> NDArray[np.bool_]:
    """Yes or no for each person: of a minority ethnic group."""
    return np.array([person.minority for person in people], dtype=bool)


def people_rows(home: Home, residents: Residents, people: tuple[Portrait, ...], rng: Generator) -> list[Row]:
    """The rows of people."""
    rows = []
    for stay, person in zip(residents.stays, people, strict=True):
        language = _language(home, person, rng)
        needed = str(rng.choice(("none", "large_print", "easy_read", "audio", "pictures"),
                                p=(0.42, 0.22, 0.12, 0.06, 0.18)))  # fmt: skip
        rows.append({
            "person_id": stay.person_id,
            "birth_year": str(int(np.clip(round(rng.normal(1940, 7)), 1922, 1962))),
            "gender": "woman" if rng.random() < 0.70 else "man",
            "ethnicity_group": person.group,
            "first_language": language,
            "language_match": "not_needed" if language == "English" else "yes" if rng.random() < 0.5 else "no",
            "format_needed": needed,
            "format_given": "not_needed" if needed == "none" else "yes" if rng.random() < 0.72 else "no",
            "stage": STAGES[stay.stage],
            "mobility": MOBILITY[stay.mobility],
            "dementia_type": str(rng.choice(DEMENTIA_TYPES, p=(0.52, 0.17, 0.14, 0.06, 0.03, 0.08))),
            "communication_need": person.communication_need,
            "speech": person.speech,
            "family_contact": "yes" if person.family_contact else "no",
            "advocate": "yes" if person.advocate else "no",
            "data_use": str(rng.choice(("own_consent", "consultee", "service_improvement_only", "objected"),
                                       p=(0.30, 0.58, 0.10, 0.02))),
            "research_opt_out": "yes" if rng.random() < 0.05 else "no",
        })  # fmt: skip
    return rows


def _language(home: Home, person: Portrait, rng: Generator) -> str:
    if person.group in LANGUAGES:
        return str(rng.choice(LANGUAGES[person.group]))
    if home.nation == "WA" and rng.random() < 0.3:
        return "Welsh"
    return "Polish" if rng.random() < 0.02 else "English"
