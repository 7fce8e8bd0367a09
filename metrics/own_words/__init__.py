"""What people, families and staff say about life here: who was asked, what each said, and whether it changed.

Each kind of answerer stands by itself. Nothing in this package adds, averages or subtracts across kinds of answerer,
instruments or forms.

    lines.py       what is asked of whom, and what stands behind each line
    counts.py      asked, answered, "I don't know", rather not, not able; the figure of one line
    change.py      before and after of one line
    coverage.py    who was asked of the people here, with which help
    others.py      where only others answered
    sessions.py    joining in, seen around one person's plan
    said.py        all of it together
"""
