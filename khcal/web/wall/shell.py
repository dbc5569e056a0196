"""The client that a lobby screen runs: its files held together under one version made of all their bytes.

Every file is asked for below that version, so relative imports stay within one release, and a screen
that hears of another version knows that it runs an old client. The service worker is told the SHA-256
of each, so that it never keeps a client that is not whole.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from khcal.config import asset_folder

from .joined import joined

PAGE = "index.html"
WORKER = "worker.js"
WORKER_PARTS = ("worker/state.js", "worker/files.js", "worker/pages.js")
# What the wall shares with the pages.
SHARED = ("fonts/atkinson-hyperlegible-next.woff2", "favicon.svg")
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}
# Of the page of a screen that belongs nowhere yet, which comes from the server.
NOT_KEPT = {"pairing.js", "waiting.js"}
WRITTEN = {".css", ".js"}
REMARKS = re.compile(rb"^[ \t]*(?:/\*(?s:.*?)\*/|//.*)[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Shell:
    """The page, the same for every house, and the files that it asks for, by name."""

    version: str
    files: Mapping[str, bytes]
    worker: bytes

    @property
    def page(self) -> bytes:
        """The page that shows the programme of any house."""
        return self.files[PAGE]

    def address(self, name: str) -> str:
        """Where a file of this release lies."""
        return f"/skarm/fil/{self.version}/{name}"

    def content_type(self, name: str) -> str:
        """What a file is, by the end of its name."""
        return CONTENT_TYPES[Path(name).suffix]


@cache
def wall_shell() -> Shell:
    """The client of this release, read once."""
    return make_shell(shell_sources())


def shell_sources() -> dict[str, bytes]:
    """The files that a release is made of, by name."""
    folder = asset_folder("kiosk")
    paths = [path for path in folder.iterdir() if path.suffix in CONTENT_TYPES]
    shared = [asset_folder("static") / name for name in SHARED]
    sources = {path.name: _without_remarks(path) for path in sorted([*paths, *shared])}
    return sources | {WORKER: b"".join(_without_remarks(folder / part) for part in WORKER_PARTS)}


def _without_remarks(path: Path) -> bytes:
    """The file without the comments that have lines of their own: they are for us, not for a screen."""
    content = path.read_bytes()
    return REMARKS.sub(b"", content) if path.suffix in WRITTEN else content


def make_shell(sources: Mapping[str, bytes]) -> Shell:
    """A release of these files by name, among them the page and the worker."""
    version = _version(sources)
    files = joined({name: content for name, content in sources.items() if name != WORKER})
    files[PAGE] = files[PAGE].replace(b"{shell}", version.encode())
    shell = Shell(version, files, b"")
    release = json.dumps(_release(shell), separators=(",", ":"))
    return Shell(version, files, f"self.RELEASE = {release};\n".encode() + sources[WORKER])


def _release(shell: Shell) -> dict[str, object]:
    """What the worker has to keep: every file of the release, and how to know that it is whole."""
    files = [
        {
            "path": shell.address(name),
            "type": shell.content_type(name).partition(";")[0],
            "sha256": sha256(content).hexdigest(),
        }
        for name, content in shell.files.items()
        if name not in NOT_KEPT
    ]
    return {"version": shell.version, "page": shell.address(PAGE), "files": files}


def _version(files: Mapping[str, bytes]) -> str:
    told = sha256()
    for name, content in sorted(files.items()):
        told.update(f"{name} {len(content)} ".encode() + content)
    return told.hexdigest()[:16]
