"""Figures with a pedigree: small pure functions from numbers to numbers, each with its paper.

    rates    two event rates and the ratio between them, with the limits the project trusts
    shares   two shares and the difference between them, days of one person or people of a service

Before always comes first; a ratio is after divided by before, a difference is after minus before.
"""
