"""The wall's scripts and styles, each joined to one file: a release is smaller so, and comes in fewer pieces.

A module becomes a block of its own that hands out what it exports, after those that it needs. They may use
no more than ``import { one } from "./other.js";`` and ``export`` before a declaration.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

STYLES = ("kiosk.css", "house.css", "row.css", "around.css", "touch.css")
ENTRY = "main.js"

_IMPORT = re.compile(rb'^import \{[^}]*\} from "\./([\w-]+\.js)";\n', re.MULTILINE)
_EXPORT = re.compile(rb"^export ((?:async )?(?:class|function|const) (\w+))", re.MULTILINE)
_INDENT = re.compile(rb"^[ \t]+", re.MULTILINE)


def joined(sources: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that a screen asks for: the sources, but one style sheet and one script of all it needs."""
    modules = list(_needed(ENTRY, sources))
    others = [name for name in sources if name.endswith(".js") and name not in modules]
    kept = {needed for name in others for needed in _needed(name, sources)}
    dropped = {*STYLES, *modules} - kept
    files = {name: content for name, content in sources.items() if name not in dropped}
    script = b"".join(_block(sources[name]) for name in modules[:-1]) + _IMPORT.sub(b"", sources[ENTRY])
    styles = b"".join(sources[name] for name in STYLES)
    return files | {ENTRY: _INDENT.sub(b"", script), "wall.css": _INDENT.sub(b"", styles)}


def _needed(name: str, sources: Mapping[str, bytes]) -> Iterator[str]:
    """What a script needs and what that needs, then itself; each once."""
    found: dict[str, None] = {}
    for imported in _IMPORT.findall(sources[name]):
        found |= dict.fromkeys(_needed(imported.decode(), sources))
    yield from found
    yield name


def _block(source: bytes) -> bytes:
    names = b", ".join(found[1] for found in _EXPORT.findall(source))
    body = _EXPORT.sub(rb"\1", _IMPORT.sub(b"", source))
    return b"const { %s } = (() => {\n%sreturn { %s };\n})();\n" % (names, body, names)
