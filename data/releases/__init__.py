"""What leaves the manager's file: a cube for commissioners, a sample for researchers, each a file of its own.

model.py     what a commissioner's release holds
cube_file.py the release written into a database file of its own, and read back
csv_files.py the same lists as CSV
folder.py    a folder that holds a whole release or nothing
earlier.py   what earlier releases showed and hid
log.py       where that is kept: beside the manager's file, never in a release
"""
