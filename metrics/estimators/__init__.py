"""Figures with a pedigree: small pure functions from numbers to numbers, each with its paper.

    rates    two event rates and the ratio between them, with the limits the project trusts
    shares   two shares and the difference between them, days of one person or people of a service
    ranks    scores by their order, the same people twice or different people
    scales   whether the items of a scale hang together; reliable_change, whether one person's score moved
    survival how long people stay, with late entry and death as a competing event
    single_case  one person's series before and after
    detectable, follow_up, many   what could have been seen, how long it would take, chance finds among several

Before always comes first; a ratio is after divided by before, a difference is after minus before.
"""
