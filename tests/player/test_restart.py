"""The command line of the screen's unit with a real browser, which is killed and comes back by itself.

All flags are those of the unit; the window alone is missing: in place of cage a script takes Chromium's
own headless mode instead of Wayland.
"""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from queue import Queue

import pytest

from tests.browser.chromium import executable
from tests.player.player import UNITS, programs, run_install, watch

# Long enough for a machine that does ten things at once.
PATIENCE = 60
# A page that counts in the store of the wall how often it was opened, and says so once that is kept.
PAGE = """<!doctype html><html lang="sv"><meta charset="utf-8"><title>Kraftens hus</title><script>
const count = async () => {
  const store = await caches.open("wall");
  const before = await store.match("/count");
  const visits = Number(before ? await before.text() : 0) + 1;
  await store.put("/count", new Response(String(visits)));
  document.title = `Kraftens hus Göteborg · 13.0${visits}`;
  await fetch(`/visits/${visits}`);
};
count();
</script></html>"""
CAGE = """#!/bin/sh
# Cage's own words end at "--", then comes the browser.
shift 2
browser=$1
shift
cp "$STATE_DIRECTORY/profile/Default/Preferences" "$STATE_DIRECTORY/preferences-at-start" 2>/dev/null
for word in "$@"; do
    shift
    [ "$word" = --ozone-platform=wayland ] && word=--headless
    set -- "$@" "$word"
done
exec "$browser" --no-sandbox --disable-gpu "$@"
"""


class Server(ThreadingHTTPServer):
    """A small server in khcal's place; it tells what each visit of the page counted."""

    def __init__(self, port: int) -> None:
        super().__init__(("127.0.0.1", port), Answer)
        self.visits: Queue[int] = Queue()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/skarm/goteborg"


class Answer(BaseHTTPRequestHandler):
    """The page, and thanks for a number."""

    server: Server

    def do_GET(self) -> None:
        if found := re.fullmatch(r"/visits/(\d+)", self.path):
            self.server.visits.put(int(found[1]))
        body = PAGE.encode() if self.path.startswith("/skarm/") else b""
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *words: object) -> None:  # noqa: A002
        """Say nothing."""


@contextmanager
def at_work(port: int = 0) -> Iterator[Server]:
    """The server answering, in a thread of its own."""
    with Server(port) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.fixture
def server() -> Iterator[Server]:
    with at_work() as server:
        yield server


class Screen:
    """The player laid out in a folder, and its unit's command run from there."""

    def __init__(self, folder: Path, address: str, stack: ExitStack) -> None:
        self.root = folder / "root"
        assert not run_install(self.root, address).refusal
        self.state = folder / "state"
        self.shown = folder / "shown"
        path = programs({"cage": CAGE}, folder / "bin")
        (path / "chromium").symlink_to(executable())
        (folder / "run").mkdir()
        self.port = free_port()
        settings = dict(line.split("=", 1) for line in self.settings_lines())
        self.environment = {
            **os.environ,
            **settings,
            "PATH": f"{path}:{os.environ['PATH']}",
            "PORT": str(self.port),
            "STATE_DIRECTORY": str(self.state),
            "RUNTIME_DIRECTORY": str(folder / "run"),
            "SHOWN_FILE": str(self.shown),
            "SYNCHRONIZED_FILE": "/",
        }
        self.address = address
        self.stack = stack

    def settings_lines(self) -> list[str]:
        return (self.root / "etc/khcal-screen/screen.conf").read_text().splitlines()

    def start(self) -> subprocess.Popen[bytes]:
        """What the unit runs, in a session of its own, as under systemd."""
        unit = (self.root / UNITS / "khcal-screen.service").read_text()
        found = re.search(r"^ExecStart=/(\S+)$", unit, re.MULTILINE)
        assert found
        process = subprocess.Popen(
            [self.root / found[1]],
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.stack.callback(kill, process)
        return process

    def comes_to_show(self, title: str) -> bool:
        """Whether the watch gets to see that page: the browser hears of a title a little after the page."""
        page = watch.Page(title, self.address)
        return any(watch.ask(self.port) == page for _ in range(1000))


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the browser with all that it started, as a power cut would."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def free_port() -> int:
    with closing(socket.create_server(("127.0.0.1", 0))) as listening:
        port: int = listening.getsockname()[1]
        return port


def listening_at(port: int) -> set[str]:
    """The addresses of this machine at which somebody listens on a port, as the kernel writes them."""
    lines = [
        line.split()
        for table in ("tcp", "tcp6")
        for line in Path("/proc/net", table).read_text().splitlines()[1:]
    ]
    at = {tuple(words[1].split(":")) for words in lines if words[3] == "0A"}
    return {address for address, number in at if int(number, 16) == port}


@pytest.fixture
def screen(tmp_path: Path, server: Server) -> Iterator[Screen]:
    with ExitStack() as stack:
        yield Screen(tmp_path, server.address, stack)


def crash(profile: Path) -> None:
    """Besides the kill itself, what it leaves when it hits the browser at work or another machine's name."""
    preferences = profile / "Default" / "Preferences"
    told = preferences.read_text() if preferences.exists() else '{"profile":{"exit_type":"Normal"}}'
    preferences.write_text(told.replace('"exit_type":"Normal"', '"exit_type":"Crashed"'))
    lock = profile / "SingletonLock"
    lock.unlink(missing_ok=True)
    lock.symlink_to("another-machine-4711")


def test_a_killed_browser_comes_back_with_what_it_stored(screen: Screen, server: Server) -> None:
    browser = screen.start()
    assert server.visits.get(timeout=PATIENCE) == 1
    assert screen.comes_to_show("Kraftens hus Göteborg · 13.01")
    assert listening_at(screen.port) == {"0100007F"}

    kill(browser)
    assert watch.ask(screen.port) is None
    crash(screen.state / "profile")
    screen.shown.write_text(f"{server.address}\n{server.address}\n")
    screen.start()
    assert server.visits.get(timeout=PATIENCE) == 2
    assert screen.comes_to_show("Kraftens hus Göteborg · 13.02")
    told = (screen.state / "preferences-at-start").read_text()
    assert '"exit_type":"Normal"' in told
    assert "Crashed" not in told


def test_a_first_start_before_the_server_is_there_recovers_by_itself(tmp_path: Path) -> None:
    with ExitStack() as stack:
        with closing(socket.create_server(("127.0.0.1", 0))) as silent:
            silent.settimeout(PATIENCE)
            port = silent.getsockname()[1]
            Screen(tmp_path, f"http://127.0.0.1:{port}/skarm/goteborg", stack).start()
            # Our own page asks; the browser itself, asking for the wall, would show an error.
            assert b"Sec-Fetch-Mode: no-cors" in hang_up_on(silent)
        server = stack.enter_context(at_work(port))
        assert server.visits.get(timeout=PATIENCE) == 1


def hang_up_on(listening: socket.socket) -> bytes:
    """Answer one caller with nothing at all; what it asked for."""
    caller, _ = listening.accept()
    with closing(caller):
        return caller.recv(4096)
