"""What leaves the manager's file: a cube for commissioners, a sample for researchers, each a file of its own.

model.py     what a commissioner's release holds
cube_file.py the release written into a database file of its own, and read back
log.py       what was given out before: kept beside the manager's file, never in a release
"""
