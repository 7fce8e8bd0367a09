"""Who is left out, in words: groups and gaps, the words of columns, needs."""
