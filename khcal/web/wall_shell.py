"""The client that a lobby screen runs: its files held together under one version made of all their bytes.

Every file is asked for below that version, so relative imports stay within one release, and a screen
that hears of another version knows that it runs an old client.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from khcal.config import asset_folder

PAGE = "index.html"
# What the wall shares with the pages.
SHARED = ("fonts/atkinson-hyperlegible-next.woff2", "favicon.svg")
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".svg": "image/svg+xml",
    ".js": "text/javascript; charset=utf-8",
    ".woff2": "font/woff2",
}


@dataclass(frozen=True, slots=True)
class Shell:
    """The page, the same for every house, and the files that it asks for, by name."""

    version: str
    page: bytes
    files: Mapping[str, bytes]

    def content_type(self, name: str) -> str:
        """What a file is, by the end of its name."""
        return CONTENT_TYPES[Path(name).suffix]


@cache
def wall_shell() -> Shell:
    """The client of this release, read once."""
    folder = asset_folder("kiosk")
    paths = [path for path in folder.iterdir() if path.suffix in CONTENT_TYPES]
    shared = [asset_folder("static") / name for name in SHARED]
    files = {path.name: path.read_bytes() for path in sorted([*paths, *shared])}
    page = (folder / PAGE).read_bytes()
    version = _version({**files, PAGE: page})
    return Shell(version, page.replace(b"{shell}", version.encode()), files)


def _version(files: Mapping[str, bytes]) -> str:
    told = sha256()
    for name, content in sorted(files.items()):
        told.update(f"{name} {len(content)} ".encode() + content)
    return told.hexdigest()[:16]
