"""A server in a process of its own, on a port that is open before it starts, so that nobody waits for it."""

from __future__ import annotations

import http.client
import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

ROOT = Path(__file__).parents[2]
# Hands the port over as systemd does: number 3, for this very process.
_HAND_OVER = """
import os, sys
os.dup2(int(sys.argv[1]), 3)
os.set_inheritable(3, True)
environment = {**os.environ, "LISTEN_FDS": "1", "LISTEN_PID": str(os.getpid())}
os.execve(sys.argv[2], sys.argv[2:], environment)
"""


def handed_over(listener: socket.socket, *command: str) -> list[str]:
    """The command that becomes ``command`` with the port of ``listener`` handed over."""
    return [sys.executable, "-c", _HAND_OVER, str(listener.fileno()), *command]


@contextmanager
def started(
    command: list[str], listener: socket.socket, folder: Path, **environment: str
) -> Iterator[subprocess.Popen[str]]:
    """A process that has the port and talks by pipes; killed at last if it has not ended."""
    process = subprocess.Popen(
        command,
        cwd=folder,
        env={**os.environ, **environment},
        pass_fds=[listener.fileno()],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@contextmanager
def asked(listener: socket.socket, path: str, **headers: str) -> Iterator[http.client.HTTPResponse]:
    """The server's answer; the connection is closed at the end."""
    with closing(http.client.HTTPConnection(*listener.getsockname(), timeout=60)) as connection:
        connection.request("GET", path, headers={"Host": "127.0.0.1:8080", **headers})
        yield connection.getresponse()
