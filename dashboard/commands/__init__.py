"""One module a command of ``outcomes``, where a command is more than a few lines."""
