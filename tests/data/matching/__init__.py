"""Matching somebody else's export to our columns."""
