"""The servers that are measured, each a process of its own: khcal, a bare one, and Radicale."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.bench.load import HOST

ROOT = Path(__file__).parents[2]
LONGEST_START = 60.0
# The server on one core and those who ask on another, where there are two.
CORES = sorted(os.sched_getaffinity(0))
# Answers everything with the one answer that it is told: the most that waitress can do. As in khcal a
# connection stays open after a 304, or it would be as much slower as it is to open one.
_BARE = """
import json, logging, socket, sys
from waitress.server import create_server
from khcal.commands.keeping_open import keep_open
logging.disable()
status, headers, body = json.load(sys.stdin)
headers, body = [tuple(pair) for pair in headers], body.encode("latin-1")
def answer(environ, start_response):
    start_response(status, headers)
    return [body]
server = create_server(answer, sockets=[socket.socket(fileno=int(sys.argv[1]))], threads=4, ident=None)
keep_open(server, most=500)
server.run()
"""
# Becomes `khcal serve` with the port handed over as systemd does. A shell: what starts khcal should take
# no time of its own, for that would be counted.
_KHCAL = """exec 3<&"$0" && LISTEN_FDS=1 LISTEN_PID=$$ exec "$PYTHON" -m khcal serve"""
# Radicale opens its own port, so the one that was held for it is closed first.
_RADICALE = """
import os, sys
os.close(int(sys.argv[1]))
os.execv(sys.executable, [sys.executable, "-m", "radicale", "--config", sys.argv[3],
    "--logging-level", "critical", "--server-hosts", f"127.0.0.1:{sys.argv[2]}"])
"""
RADICALE_SETTINGS = """[auth]
type = none
[rights]
type = from_file
file = {folder}/rights
[storage]
filesystem_folder = {folder}
"""
BARE = (sys.executable, "-c", _BARE)
KHCAL = ("bash", "-c", _KHCAL)
RADICALE = (sys.executable, "-c", _RADICALE)
BEGIN, END = "BEGIN:VEVENT\r\n", "END:VCALENDAR\r\n"
EVERYBODY_READS = "[everybody]\nuser: .*\ncollection: .*\npermissions: RrWw\n"


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer as it came."""

    status: str
    headers: list[tuple[str, str]]
    body: bytes

    @property
    def etag(self) -> str:
        return {name.lower(): value for name, value in self.headers}.get("etag", "")


@dataclass(frozen=True, slots=True)
class Server:
    """A process that answers on a port of this machine."""

    port: int
    pid: int

    def ask(self, path: str, **headers: str) -> Answered:
        """Ask once."""
        connection = http.client.HTTPConnection(HOST, self.port, timeout=LONGEST_START)
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        connection.request("GET", path, headers={"Host": HOST, **given})
        answer = connection.getresponse()
        told = Answered(f"{answer.status} {answer.reason}", answer.getheaders(), answer.read())
        connection.close()
        return told

    @property
    def processor(self) -> float:
        """Seconds of a core that it has used."""
        told = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def memory(self) -> float:
        """MiB of memory that are its own or that it shares (RSS)."""
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


@contextmanager
def serving(program: Sequence[str], told: str = "", *more: str, **environment: str) -> Iterator[Server]:
    """A server on a port that is open before it starts."""
    with socket.create_server((HOST, 0)) as door:
        port = door.getsockname()[1]
        command = [*program, str(door.fileno()), str(port), *more]
        process = subprocess.Popen(
            command,
            cwd=ROOT,
            env={**os.environ, "PYTHON": sys.executable, **environment},
            pass_fds=[door.fileno()],
            stdin=subprocess.PIPE,
            text=True,
        )
        os.sched_setaffinity(process.pid, CORES[:1])
        try:
            assert process.stdin is not None
            process.stdin.write(told)
            process.stdin.close()
            server = Server(port, process.pid)
            if program == RADICALE:
                door.close()
                _wait_for(server)
            yield server
        finally:
            process.terminate()
            process.wait()


@contextmanager
def answering(answer: Answered) -> Iterator[Server]:
    """A bare server that gives this answer to everybody."""
    by_server = {"content-length", "date", "connection", "server"}
    headers = [pair for pair in answer.headers if pair[0].lower() not in by_server]
    with serving(BARE, json.dumps([answer.status, headers, answer.body.decode("latin-1")])) as server:
        yield server


@contextmanager
def radicale(feed: bytes, folder: Path) -> Iterator[tuple[Server, str]]:
    """Radicale with the dates of this feed, and the address that it gives them at."""
    calendar = folder / "collection-root" / "hus" / "program"
    calendar.mkdir(parents=True)
    (calendar / ".Radicale.props").write_text('{"tag": "VCALENDAR"}')
    head, *events = feed.decode().removesuffix(END).split(BEGIN)
    for number, event in enumerate(events):
        (calendar / f"{number}.ics").write_text(f"{head}{BEGIN}{event}{END}", newline="")
    (folder / "rights").write_text(EVERYBODY_READS)
    settings = folder / "config"
    settings.write_text(RADICALE_SETTINGS.format(folder=folder))
    with serving(RADICALE, "", str(settings)) as server:
        yield server, "/hus/program/"


def _wait_for(server: Server) -> None:
    """Until it answers: its port is shut for a moment between him who held it and Radicale."""
    until = time.monotonic() + LONGEST_START
    while True:
        try:
            server.ask("/")
        except ConnectionError:
            assert time.monotonic() < until, "Radicale did not start."
            time.sleep(0.05)
        else:
            return
