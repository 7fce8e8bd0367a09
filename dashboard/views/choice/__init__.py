"""Choice, in words: the two sides, and everyday choice around a finding about capacity."""
