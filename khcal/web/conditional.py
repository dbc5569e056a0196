"""Public answers are kept by caches and asked for again cheaply: strong ETag, 304, gzip.

An answer that sets its own ETag (a feed, a snapshot) is left as it is. What staff see is never kept.
"""

from __future__ import annotations

import gzip
import hashlib

from flask import Flask, Response, request

SMALLEST_ZIPPED = 500
ZIPPED_TYPES = (
    "text/",
    "application/json",
    "application/xml",
    "application/javascript",
    "image/svg+xml",
    "application/manifest+json",
)


def init_app(app: Flask) -> None:
    """Finish every answer of ``app``."""
    app.after_request(finish)


def finish(response: Response) -> Response:
    """Say how long the answer may be kept, and give a public one its ETag or a 304."""
    if request.path.startswith("/personal"):
        response.headers["Cache-Control"] = "private, no-store"
        return response
    if response.direct_passthrough or request.method not in {"GET", "HEAD"}:
        return response
    if response.status_code != 200 or is_fragment():
        response.headers.setdefault("Cache-Control", "no-store")
        return response
    response.headers.setdefault("Cache-Control", "no-cache")
    if "ETag" not in response.headers:
        _zip(response)
        response.set_etag(hashlib.sha256(response.get_data()).hexdigest()[:32])
    response.make_conditional(request)
    return response


def is_fragment() -> bool:
    """Whether the page asks for a part of itself."""
    return request.headers.get("HX-Request-Type") == "partial"


def _zip(response: Response) -> None:
    """Compress the body when the reader can unpack it; the ETag made afterwards is that form's own."""
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    wanted = request.accept_encodings.quality("gzip") > 0
    if wanted and len(body) >= SMALLEST_ZIPPED and (response.mimetype or "").startswith(ZIPPED_TYPES):
        response.set_data(gzip.compress(body, compresslevel=6, mtime=0))
        response.headers["Content-Encoding"] = "gzip"
