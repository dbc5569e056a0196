"""A small server that answers a screen as told, and a hand on the screen's clock."""

from __future__ import annotations

import hashlib
import json
import ssl
import threading
from collections.abc import Callable, Mapping
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page

from khcal.calendaring import clock
from khcal.calendaring.snapshot import Snapshot
from khcal.web.security import HEADERS
from khcal.web.wall.shell import Shell, make_shell, shell_sources
from tests.browser import chromium

# Shorter than the client's patience, which is measured by the same clock that the tests move.
STEP = 6
# All steps within the page, where Playwright would do each of them over again in a page that is opened later.
# The page's questions tell the server what time it is then. When they are answered, something is asked that
# comes after all that the page makes of it; and at the first and the last step in any case.
FORWARD = """async ({ seconds, step, now }) => {
  const ask = window.fetch
  let asked = [0]
  let passed = 0
  window.fetch = (address, options) => {
    asked.push(ask(address, { ...options, headers: { ...options?.headers, 'X-Now': now + 1000 * passed } }))
    return asked.at(-1)
  }
  while (passed < seconds) {
    const before = passed
    passed = Math.min(before + step, seconds)
    await __pwClock.controller.runFor(1000 * (passed - before))
    if (!asked.length && passed < seconds) continue
    await Promise.allSettled(asked)
    asked = []
    await ask('/skarm/fil/0/row.css', { cache: 'no-store' }).then((a) => a.text()).catch(() => 0)
  }
  window.fetch = ask
}"""

Spoiler = Callable[["Handler", bytes], None]


class WallServer:
    """Serves the client and ``document``; ``mode`` is ok or fault, portal, redirect, cut, empty, other."""

    def __init__(self, document: Mapping[str, Any] | Snapshot) -> None:
        # One connection for each question; with HTTP/1.1 they are kept.
        self.protocol = "HTTP/1.0"
        self.document = document
        self.mode = "ok"
        self.now = 0
        self.sources = shell_sources()
        self.release = make_shell(self.sources)
        self.asked: list[str] = []
        # What answers instead, by the last part of the address, or all of it by "*".
        self.spoiled: dict[str, Spoiler] = {}
        # Key and certificate in one file, for https.
        self.certificate: Path | None = None
        self._port = 0
        self._server: ThreadingHTTPServer | None = None
        self.start()

    @property
    def document(self) -> Mapping[str, Any] | Snapshot:
        """The programme. It is written out once: another one is set, and not this one changed."""
        return self._document

    @document.setter
    def document(self, document: Mapping[str, Any] | Snapshot) -> None:
        self._document = document
        body = json.dumps(document, ensure_ascii=False).encode()
        self._written = body, f'"{hashlib.sha256(body).hexdigest()[:16]}"'

    @property
    def address(self) -> str:
        return f"http{'s' if self.certificate else ''}://127.0.0.1:{self._port}/skarm/goteborg"

    def start(self) -> None:
        """Answer, on the same port as before if there was one."""
        handler = type("Handler", (Handler,), {"wall": self, "protocol_version": self.protocol})
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), handler)
        self._port = self._server.server_address[1]
        if self.certificate:
            told = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            told.load_cert_chain(self.certificate)
            self._server.socket = told.wrap_socket(self._server.socket, server_side=True)
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True
        ).start()

    def stop(self) -> None:
        """Refuse connections from now on."""
        if self._server:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def deploy(self, **changed: bytes) -> Shell:
        """There is a client with these files now, ``main_js=b"…"``; without any it only has a new name."""
        if not changed:
            changed = {"row_css": self.sources["row.css"] + b"/* another */"}
        self.sources |= {name.replace("_", "."): content for name, content in changed.items()}
        self.release = make_shell(self.sources)
        return self.release

    def answer(self, path: str, etag: str) -> tuple[int, dict[str, str], bytes]:
        """Status, headers and body."""
        name = path.rsplit("/", 1)[1]
        if name == "worker.js":
            return 200, {"Content-Type": "text/javascript"}, self.release.worker
        if name == "program.json":
            self.asked.append(self.mode)
            return self._programme(etag)
        shell = self.release
        if name in shell.files:
            return 200, {"Content-Type": shell.content_type(name)}, shell.files[name]
        return 200, {"Content-Type": "text/html; charset=utf-8"}, shell.page

    def _programme(self, etag: str) -> tuple[int, dict[str, str], bytes]:
        body, own = self._written
        json_headers = {"Content-Type": "application/json", "ETag": own}
        known = {"ok": (200, json_headers, body), "cut": (200, json_headers, body[:500])}
        if self.mode == "ok" and etag == own:
            return 304, {"ETag": own}, b""
        return (
            known.get(self.mode)
            or {
                "fault": (500, {"Content-Type": "text/html"}, b"<h1>Fel</h1>"),
                "portal": (200, {"Content-Type": "text/html"}, b"<h1>Logga in</h1>"),
                "redirect": (302, {"Location": "/logga-in"}, b""),
                "empty": (200, {"Content-Type": "application/json"}, b"{}"),
                "other": (200, json_headers, body.replace(b'"slug": "goteborg"', b'"slug": "stockholm"')),
            }[self.mode]
        )


class Handler(BaseHTTPRequestHandler):
    wall: WallServer

    def do_GET(self) -> None:
        # A page whose time is in our hand may tell what time it is.
        self.wall.now = int(self.headers.get("X-Now", self.wall.now))
        spoil = self.wall.spoiled.get(self.path.rsplit("/", 1)[1]) or self.wall.spoiled.get("*")
        # What is to be spoiled is all of it.
        known = "" if spoil else self.headers.get("If-None-Match", "")
        status, headers, body = self.wall.answer(self.path, known)
        if spoil and self.path != "/echo":
            spoil(self, body)
        else:
            self.reply(status, headers, body)

    def reply(
        self, status: int, headers: Mapping[str, str], body: bytes, *, is_strange: bool = False
    ) -> None:
        """Answer so, under the headers that every answer of khcal has, unless it is a stranger's."""
        self.send_response(status)
        wall = {"X-Server-Time": str(self.wall.now), "X-Kiosk-Shell": self.wall.release.version}
        ours = {} if is_strange else {**HEADERS, **wall}
        for name, value in {**ours, "Content-Length": str(len(body)), **headers}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


class Screen:
    """A page that shows the wall, with its clock stopped: it goes on only when told."""

    def __init__(self, page: Page, server: WallServer) -> None:
        self.page = page
        self.server = server

    def open(self, moment: str = "2026-11-24 13:12", server_ahead: int = 0) -> Screen:
        """Show the wall at Swedish wall time ``moment``; the server's clock is ``server_ahead`` s ahead."""
        self.server.now = clock.to_epoch_milliseconds(datetime.fromisoformat(moment)) + server_ahead * 1000
        device = self.server.now - server_ahead * 1000
        chromium.stop_clock(self.page, device)
        self.page.goto(self.server.address)
        self.page.evaluate("document.fonts.ready")
        return self

    def forward(self, seconds: int) -> None:
        """Let time pass, for the server too, in steps so that questions are answered on the way."""
        told = {"seconds": seconds, "step": STEP, "now": self.server.now}
        self.page.evaluate(FORWARD, told)
        self.server.now = told["now"] + seconds * 1000

    def leap(self, seconds: int) -> None:
        """Let much time pass at once, as when a device has slept."""
        self.server.now += seconds * 1000
        self.page.clock.fast_forward(seconds * 1000)

    def text(self, selector: str) -> str:
        """What stands there, on one line."""
        return " ".join(self.page.locator(selector).inner_text().split())

    def rows(self) -> list[str]:
        """Titles of the rows that are seen."""
        return self.page.locator(".row:visible .row__title").all_inner_texts()
