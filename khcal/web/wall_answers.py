"""What all answers to lobby screens share: khcal's time, the client that is wanted, codes to scan.

What screens send is JSON and small. It carries no cookie, so that no other site can send it in
somebody's name, and what goes wrong is told by the status alone: nobody reads it.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import segno
from flask import Blueprint, Response, abort, make_response, request
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException

from khcal.calendaring import clock

from .wall_shell import wall_shell

QUIET_ZONE = 4
MOST_BYTES = 2_000
# In seconds: every limit of what screens send is of so many a minute.
A_MINUTE = "60"


def tell_time_and_client(response: Response) -> Response:
    """Let a screen put its clock right and see that there is a newer client."""
    response.headers["X-Server-Time"] = str(clock.epoch_milliseconds())
    response.headers["X-Kiosk-Shell"] = wall_shell().version
    return response


def posted_blueprint(name: str, import_name: str) -> Blueprint:
    """A blueprint for what screens send."""
    blueprint = Blueprint(name, import_name, url_prefix="/skarm")
    blueprint.after_request(tell_time_and_client)
    blueprint.register_error_handler(HTTPException, _tell_by_status)
    blueprint.record_once(_let_in_without_token)
    return blueprint


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


def _let_in_without_token(state: BlueprintSetupState) -> None:
    state.app.extensions["csrf"].exempt(state.blueprint)


def _tell_by_status(error: HTTPException) -> Response:
    response = make_response("", error.code or 500)
    if error.code == 429:
        response.headers["Retry-After"] = A_MINUTE
    return response
