"""Several services side by side: by name, never by result.

tallies.py   one outcome for every service at once, the same tallies as one service at a time
pooling.py   services with fewer than ten people are put together, or not shown
matrix.py    which stretches and which series fill the matrix of services and outcomes
funnel.py    how far services may lie apart by chance, given how much each of them records
"""
