"""What is known of the instruments whose scores may be stored. Facts only: no wording of any published instrument.

The facts stand in ``registry.toml``, one instrument a section. Ranges are those of the published scoring guides
(DEMQOL, QoL-AD, ASCOT, CMAI, NPI-NH, PAINAD, Abbey, BADLS and others); the three check-ins, the session note and
working together are the project's own.

    REGISTRY          every instrument by its code
    own_voice_of      the instrument in which people answer for themselves
    range_of, step_of, bands_of
"""

from data.instruments.model import Band, Instrument, Noticeable
from data.instruments.registry import (
    DOMAIN_RANGES,
    DOWN_IS_GOOD,
    PUBLISHED_DIFFERENCE,
    REGISTRY,
    STEPS,
    TOTAL_RANGES,
    may_be_answered_by_the_person,
    own_voice_of,
    range_of,
    step_of,
)

__all__ = [
    "DOMAIN_RANGES",
    "DOWN_IS_GOOD",
    "PUBLISHED_DIFFERENCE",
    "REGISTRY",
    "STEPS",
    "TOTAL_RANGES",
    "Band",
    "Instrument",
    "Noticeable",
    "may_be_answered_by_the_person",
    "own_voice_of",
    "range_of",
    "step_of",
]
