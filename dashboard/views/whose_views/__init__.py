"""Whose views, in words: the first words, the sheet matter by matter, second looks, needs."""
