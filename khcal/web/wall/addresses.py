"""The map of the lobby screens: where they find what they show, and where they send what they tell.

No cookie, no session. Every answer tells khcal's time and which client it wants a screen to run.
The views are read when one of them is first asked for (``khcal/web/late.py``).
"""

from __future__ import annotations

from flask import Blueprint, Response, make_response
from flask.blueprints import BlueprintSetupState
from werkzeug.exceptions import HTTPException

from khcal.calendaring import clock

from ..late import add_addresses
from . import reports
from .shell import wall_shell

SHOWN = (
    ("GET", "/", "screens.houses"),
    ("GET", "/<chapter>", "screens.screen"),
    ("GET", "/<chapter>/program.json", "screens.programme"),
    ("GET", "/worker.js", "screens.worker"),
    ("GET", "/fil/<version>/<name>", "screens.file"),
)
# JSON, and small. It carries no cookie, so that no other site can send it in somebody's name.
SENT = (
    ("POST", "/par", "pairing.ask"),
    ("POST", "/par/svar", "pairing.answer"),
    ("POST", "/<chapter>/puls", "puls.report"),
)
ADDRESSES = (*SHOWN, *SENT)
# In seconds: every limit of what screens send is of so many a minute.
A_MINUTE = "60"


def tell_time_and_client(response: Response) -> Response:
    """Let a screen put its clock right and see that there is a newer client."""
    response.headers["X-Server-Time"] = str(clock.epoch_milliseconds())
    response.headers["X-Kiosk-Shell"] = wall_shell().version
    return response


def tell_by_status(error: HTTPException) -> Response:
    """What is wrong with something that a screen sent: nobody reads more."""
    response = make_response("", error.code or 500)
    if error.code == 429:
        response.headers["Retry-After"] = A_MINUTE
    return response


def let_in_without_token(state: BlueprintSetupState) -> None:
    """A screen has no form and no token."""
    state.app.extensions["csrf"].exempt(state.blueprint)


shown = Blueprint("wall", __name__, url_prefix="/skarm")
sent = Blueprint("sent_by_screens", __name__, url_prefix="/skarm")
for blueprint, addresses in ((shown, SHOWN), (sent, SENT)):
    blueprint.after_request(tell_time_and_client)
    add_addresses(blueprint, addresses)
sent.register_error_handler(HTTPException, tell_by_status)
sent.record_once(let_in_without_token)
sent.record_once(reports.init_app)
