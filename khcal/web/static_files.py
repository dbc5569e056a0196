"""Style sheets, scripts, font and icon: joined at start, named by their content, kept for a year.

There is no build tool: the style sheets are joined in layer order and the scripts in loading order,
each into one file, so that a first visit stays within its five requests. A name holds the hash of the
content; a changed file has a new name, and an old one is never asked for again.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path, PurePosixPath

from flask import Flask, Response, abort

from khcal.config import asset_folder

from .kept import keep_until_change_of

A_YEAR_IN_SECONDS = 31_536_000
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".woff2": "font/woff2",
}
# Pictures stand beside links to us, on the pages of others.
SHOWN_ELSEWHERE = frozenset({"image/png"})

# The layers decide who wins; this order is for the reader. Staff pages have a sheet of their own.
FIRST_STYLES = ("tokens", "reset", "base", "layout")
LAST_STYLES = ("utilities", "print")
FIRST_SCRIPTS = ("js/trusted-types.js", "vendor/htmx-4.0.1.min.js")

_STYLE_URL = re.compile(r'url\("\.\./(?P<name>[^"]+)"\)')
_COMMENT = re.compile(r"/\*.*?\*/\s*", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Asset:
    """One file as it is sent."""

    content_type: str
    content: bytes


class StaticFiles:
    """All files of the static folder, joined and named, held in memory."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._assets: dict[str, Asset] = {}
        self._names: dict[str, str] = {}
        self._add_single_files()
        self._add("khcal.css", self._styles(staff=False).encode())
        self._add("staff.css", self._styles(staff=True).encode())
        self._add("khcal.js", self._scripts(self._public_scripts()).encode())
        self._add("staff.js", self._scripts(self._files("js/staff", ".js")).encode())

    def url(self, name: str) -> str:
        """The address of a file by its plain name: ``khcal.css``, ``favicon.svg``. KeyError if unknown."""
        return f"/static/{self._names[name]}"

    def get(self, hashed_name: str) -> Asset | None:
        """The file with this name and hash."""
        return self._assets.get(hashed_name)

    def _add_single_files(self) -> None:
        for kind in ("fonts/*.woff2", "*.svg", "*.png"):
            for file in sorted(self._folder.glob(kind)):
                self._add(file.relative_to(self._folder).as_posix(), file.read_bytes())

    def _add(self, name: str, content: bytes) -> None:
        path = PurePosixPath(name)
        hashed = str(path.with_name(f"{path.stem}.{sha256(content).hexdigest()[:16]}{path.suffix}"))
        self._assets[hashed] = Asset(CONTENT_TYPES[path.suffix], content)
        self._names[name] = hashed

    def _styles(self, *, staff: bool) -> str:
        names = [f for f in self._files("css", ".css") if PurePosixPath(f).name.startswith("staff") == staff]
        joined = "".join(self._read(name) for name in sorted(names, key=_style_rank))
        return _STYLE_URL.sub(lambda found: f'url("{self.url(found["name"])}")', _COMMENT.sub("", joined))

    def _public_scripts(self) -> list[str]:
        return [
            *FIRST_SCRIPTS,
            *(f for f in self._files("js", ".js") if f not in FIRST_SCRIPTS),
        ]

    def _scripts(self, names: list[str]) -> str:
        # A script of ours is one behaviour that shares nothing, so each gets a scope of its own.
        return "".join(
            self._read(name)
            if name.startswith("vendor/")
            else f'(() => {{\n"use strict";\n{self._read(name)}}})();\n'
            for name in names
        )

    def _files(self, folder: str, suffix: str) -> list[str]:
        return sorted(f"{folder}/{file.name}" for file in (self._folder / folder).glob(f"*{suffix}"))

    def _read(self, name: str) -> str:
        return (self._folder / name).read_text(encoding="utf-8").rstrip() + "\n"


@cache
def _files_in(folder: Path) -> StaticFiles:
    """Read once for every app of the process: they belong to the release."""
    return StaticFiles(folder)


def serve_static_files(app: Flask) -> None:
    """Join the files, answer ``/static/…`` and give templates ``asset_url``."""
    files = _files_in(asset_folder("static"))
    app.jinja_env.globals["asset_url"] = files.url

    def static(name: str) -> Response:
        asset = files.get(name) or abort(404)
        return _answer(asset)

    app.add_url_rule("/static/<path:name>", "static", static)


def _answer(asset: Asset) -> Response:
    keep_until_change_of()
    response = Response(asset.content, content_type=asset.content_type)
    if asset.content_type in SHOWN_ELSEWHERE:
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.cache_control.public = True
    response.cache_control.max_age = A_YEAR_IN_SECONDS
    response.cache_control.immutable = True
    return response


def _style_rank(name: str) -> tuple[int, int, str]:
    stem = PurePosixPath(name).stem
    if stem in FIRST_STYLES:
        return 0, FIRST_STYLES.index(stem), stem
    if stem in LAST_STYLES:
        return 2, LAST_STYLES.index(stem), stem
    return 1, 0, stem
