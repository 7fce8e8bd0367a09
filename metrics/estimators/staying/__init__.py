"""How long people stay: the share still there, the share moved on, and time in the home, with late entry.

Times are counted from each person's own start (the day the stay began). Somebody already living in the home
when recording began enters late: ``entry`` is how long the stay had lasted by then, 0 for a stay seen from its
first day. ``leave`` is when the stay, or our sight of it, ended.
"""
