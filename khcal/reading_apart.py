"""Reads what somebody uploads in a process of its own, which may use little and reach nothing.

The child gets the bytes, turns them into JSON and ends; whatever happens to it, the server only ever
sees that JSON or one sentence. It is started anew each time, without the environment of the server.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore
from typing import Any

from khcal.calendaring.ics_lines import is_calendar, unfolded
from khcal.calendaring.reading_bytes import MOST_BYTES, FileRefusal, decode
from khcal.calendaring.reading_table import read_table

MOST_SECONDS = 5
MOST_MEMORY = 512 * 1024 * 1024
MOST_ANSWER = 32 * 1024 * 1024
# Waiting for a turn, starting and being ended take their time as well.
PATIENCE = 20
_START = "import sys; sys.path.append(sys.argv[1]); from khcal.reading_apart import main; main(*sys.argv[2:])"
# Two at a time: a third waits, so that uploads never take the memory from everybody else.
_turns = BoundedSemaphore(2)
_TOO_MUCH = (
    "Filen tar för lång tid eller för mycket minne att läsa. Dela den på flera, eller hämta en kortare tid."
)
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_TRUNC
_FORBIDDEN = (
    "socket.",
    "subprocess.",
    "os.exec",
    "os.fork",
    "os.spawn",
    "os.system",
    "os.posix_spawn",
    "ctypes.",
)


def read_apart(data: bytes, today: date) -> dict[str, Any]:
    """What the child makes of ``data``. Raises :class:`FileRefusal`."""
    if len(data) > MOST_BYTES:
        decode(data)
    if not _turns.acquire(timeout=PATIENCE):
        raise FileRefusal("Flera filer läses in just nu. Vänta en stund och försök igen.")
    try:
        answer = _ask(data, today)
    finally:
        _turns.release()
    if "refusal" in answer:
        raise FileRefusal(str(answer["refusal"]))
    return answer


def _ask(data: bytes, today: date) -> dict[str, Any]:
    command = [sys.executable, "-IB", "-c", _START, str(Path(__file__).parents[1])]
    command += [today.isoformat(), str(MOST_SECONDS)]
    try:
        child = subprocess.run(
            command,
            input=data,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={"LANG": "C.UTF-8"},
            cwd="/",
            timeout=PATIENCE,
            check=True,
        )
        answer = json.loads(child.stdout) if len(child.stdout) <= MOST_ANSWER else {}
    except (subprocess.SubprocessError, ValueError):
        raise FileRefusal(_TOO_MUCH) from None
    return answer if isinstance(answer, dict) and answer else {"refusal": _TOO_MUCH}


def main(today: str, seconds: str) -> None:
    """The child: limits first, then bytes from standard input to JSON on standard output."""
    limit(int(seconds))
    try:
        answer = read(sys.stdin.buffer.read(MOST_BYTES + 1), date.fromisoformat(today))
    except FileRefusal as refusal:
        answer = {"refusal": str(refusal)}
    except (MemoryError, RecursionError):
        answer = {"refusal": _TOO_MUCH}
    except Exception:  # hostile bytes may break any library; nobody is told how
        answer = {"refusal": "Filen går inte att läsa. Hämta eller spara den på nytt och försök igen."}
    sys.stdout.write(json.dumps(answer, default=str))


def read(data: bytes, today: date) -> dict[str, Any]:
    """The content as plain values: ``calendar`` or ``table``, and its ``encoding``. Raises FileRefusal."""
    if not is_calendar(data):
        decoded = decode(data)
        return {"encoding": decoded.encoding, "table": asdict(read_table(decoded.text))["rows"]}
    # The library is slow to load, and tables do not need it.
    from khcal.calendaring.reading_ics import read_calendar

    decoded = decode(data if len(data) > MOST_BYTES else unfolded(data))
    return {"encoding": decoded.encoding, "calendar": asdict(read_calendar(decoded.text, today))}


def limit(seconds: int = MOST_SECONDS) -> None:
    """No more than this much time and memory; no files written, no network, no other programs."""
    import resource

    for what, most in (
        (resource.RLIMIT_CPU, seconds),
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    sys.addaudithook(_refuse)


def _refuse(what: str, arguments: tuple[Any, ...]) -> None:
    if what.startswith(_FORBIDDEN):
        raise PermissionError(what)
    if what == "open" and isinstance(arguments[2], int) and arguments[2] & _WRITING:
        raise PermissionError(what)
