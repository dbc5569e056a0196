"""Addresses that are read as others than they were sent as: what lies between us might keep such an answer.

A page of somebody's own could then lie there under the name of a picture, and be read by others.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from flask import request
from werkzeug.routing import RequestRedirect

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIEnvironment

_HIDDEN = re.compile("%2f|%3b", re.IGNORECASE)


def is_disguised(environ: WSGIEnvironment) -> bool:
    """Whether an address is read as another one than was sent, which those between us might keep."""
    asked: str = environ.get("REQUEST_URI", "")
    path = asked.partition("?")[0]
    path = path if path.startswith("/") else path.partition("://")[2]
    return "//" in path or ";" in path or ("%" in path and _HIDDEN.search(path) is not None)


def is_folder_of_file() -> bool:
    """Whether only a slash is missing at the end of the name of a file: there is no such page."""
    leads_on = isinstance(request.routing_exception, RequestRedirect)
    return leads_on and "." in request.path.rpartition("/")[2]
