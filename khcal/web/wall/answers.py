"""What views for lobby screens share: to read what a screen sent, and codes to scan."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import segno
from flask import abort, request

QUIET_ZONE = 4
MOST_BYTES = 2_000


def posted_json() -> dict[str, Any]:
    """What a screen sent. 413 for too much, 422 for anything but a JSON object."""
    request.max_content_length = MOST_BYTES
    try:
        found = request.get_json(force=True, silent=True)
    except RecursionError:
        found = None
    if not isinstance(found, dict):
        abort(422)
    return found


@lru_cache(maxsize=64)
def way_home(address: str) -> dict[str, object]:
    """An address in words and as a QR code: its side and the path of its dark parts."""
    return {"address": address, "short": address.split("://", 1)[1], **qr_code(address)}


def qr_code(address: str) -> dict[str, object]:
    """The side of a QR code and the path of its dark parts, with the quiet zone that cameras need."""
    rows = segno.make_qr(address, error="m", boost_error=False).matrix
    runs = (
        f"M{run.start() + QUIET_ZONE} {y + QUIET_ZONE}h{len(run[0])}v1H{run.start() + QUIET_ZONE}z"
        for y, row in enumerate(rows)
        for run in re.finditer("1+", "".join(map(str, row)))
    )
    return {"size": len(rows) + 2 * QUIET_ZONE, "path": "".join(runs)}
