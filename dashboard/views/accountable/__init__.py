"""Safe and accountable, in words: the head and parts, lists, risk plans, the words of measures, needs."""
