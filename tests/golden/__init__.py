"""Reference answers: published figures and figures other packages gave, compared with ours.

    python -m tests.golden FILE.json...

A file holds a list ``cases`` or ``anchors``. Each entry has a ``name``, an ``input``, perhaps ``options``,
the ``expected`` figures, perhaps a ``tolerance``, and says what it asks by ``chart`` or ``question`` (its own
or the file's). To answer another question, add one module to ``answers/`` and one line to its registry.
"""
