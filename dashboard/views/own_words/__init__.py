"""In people's own words, in words: the head, the lines of each voice, scales, sides compared, needs."""
