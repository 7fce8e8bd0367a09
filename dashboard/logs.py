"""What the process may write down about itself: no number of a person, no address, no path, no text of an exception.

An exception may carry whatever it stumbled over: a cell of somebody's record, the name of a file that names them. So
what is logged of one is its kind and its place in the code, and nothing of what it says.
"""

from __future__ import annotations

import logging
import re
import sys
import threading
import traceback
import warnings
from pathlib import Path
from types import TracebackType
from typing import Any

NUMBER, ADDRESS, PATH = "[number]", "[e-mail]", "[path]"
_NUMBERS = re.compile(r"(?<!\d)\d{3}[\s\u00a0-]?\d{3}[\s\u00a0-]?\d{4}(?!\d)")
"""Ten digits, as an NHS number is written with or without its gaps."""
_ADDRESSES = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+")
_PATHS = re.compile(
    r"(?<![\w/:.])~?/(?:[^\s/'\"<>|:,;()]+/)+[^\s'\"<>|:,;()]*"  # /one/two and what follows
    r"|\b[A-Za-z]:\\[^\s'\"<>|:,;()]+"
    r"|\\\\[^\s'\"<>|:,;()]+"
)
_QUOTED_PATHS = re.compile(r"(['\"])(?:~?/|[A-Za-z]:\\|\\\\)[^'\"\n]*[/\\][^'\"\n]*\1")
"""In quotation marks a path may hold spaces."""
_places: list[str] = []
_installed = threading.Lock()
_HERE = Path(__file__).resolve().parents[1]


def mask(text: str) -> str:
    """The text without ten-digit numbers, e-mail addresses and paths."""
    for place in _places:
        text = text.replace(place, PATH)
    text = _QUOTED_PATHS.sub(PATH, text)
    return _NUMBERS.sub(NUMBER, _ADDRESSES.sub(ADDRESS, _PATHS.sub(PATH, text)))


def kind_and_place(error: BaseException) -> str:
    """Which kind of error it is and where it came from: ``ValueError in metrics/rates.py, line 12``; nothing it says."""
    frames = traceback.extract_tb(error.__traceback__)
    ours = [each for each in frames if Path(each.filename).is_relative_to(_HERE)]
    last = (ours or list(frames))[-1:]
    if not last:
        return type(error).__name__
    path = Path(last[0].filename)
    shown = path.relative_to(_HERE).as_posix() if path.is_relative_to(_HERE) else path.name
    return f"{type(error).__name__} in {shown}, line {last[0].lineno}"


def install(*private: Path) -> None:
    """From now on everything this process logs goes through ``mask``; ``private`` are folders never to be named.

    At the factory of records, so that it holds for every logger and handler there is or will be, Streamlit's and the
    web server's too.
    """
    with _installed:
        _places.extend(str(each) for each in private if len(str(each)) > 1 and str(each) not in _places)
        _places.sort(key=len, reverse=True)
        if logging.getLogRecordFactory() is not _record:
            logging.setLogRecordFactory(_record)
            logging.raiseExceptions = False  # else a record that cannot be written is shown with all it holds
            warnings.showwarning = _warned  # type: ignore[assignment]
            sys.excepthook = _uncaught
            threading.excepthook = lambda args: _unseen(args.exc_value)
            sys.unraisablehook = lambda args: _unseen(args.exc_value)


def _record(
    name: str, level: int, path: str, line: int, message: object, args: Any, exc_info: Any, *more: Any, **named: Any
) -> logging.LogRecord:
    """A record with its words masked, its exception reduced to kind and place."""
    said = logging.LogRecord(name, level, path, line, _harmless(message), _harmless_args(args), None)
    try:
        text = mask(said.getMessage())
    except Exception:  # a message that does not fit its arguments must not stop the program, nor be shown as it is
        text = "A message that could not be written."
    error = exc_info[1] if isinstance(exc_info, tuple) else None
    if isinstance(error, BaseException):
        text = f"{text} ({kind_and_place(error)})"
    function = more[0] if more else named.get("func")
    return logging.LogRecord(name, level, path, line, text, (), None, function)


def _harmless(value: object) -> object:
    return kind_and_place(value) if isinstance(value, BaseException) else value


def _harmless_args(args: Any) -> Any:
    if isinstance(args, dict):
        return {key: _harmless(value) for key, value in args.items()}
    if isinstance(args, tuple):
        if len(args) == 1 and isinstance(args[0], dict):
            return ({key: _harmless(value) for key, value in args[0].items()},)
        return tuple(_harmless(each) for each in args)
    return args


def _warned(_message: Warning | str, category: type[Warning], filename: str, lineno: int, *_more: Any) -> None:
    """Which kind of warning and where; what it says may hold a value."""
    logging.getLogger("outcomes").warning("%s in %s, line %d", category.__name__, Path(filename).name, lineno)


def _uncaught(kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
    if issubclass(kind, KeyboardInterrupt):
        return
    _unseen(error)


def _unseen(error: BaseException | None) -> None:
    if error is not None and not isinstance(error, SystemExit):
        logging.getLogger("outcomes").error("Stopped by %s", kind_and_place(error))
