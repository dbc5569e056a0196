"""A new screen asks for a code to show, and then, again and again, for its key."""

from __future__ import annotations

import re
from typing import Any

from flask import Response, abort, current_app, jsonify
from limits import parse

from khcal.calendaring.pairing_code import in_halves
from khcal.config import Settings
from khcal.db import db, reading
from khcal.models import Screen
from khcal.models.pairing import ask_for_code, find_pairing, hand_out_key

from ..limits import Limit, hashed_network
from .answers import posted_json, qr_code

# One code lasts a quarter of an hour. A house with several screens has one address.
CODES = Limit("codes to show", parse("10 per minute"), hashed_network)
QUESTIONS = Limit("questions for a key", parse("600 per minute"), hashed_network)
_DEVICE = re.compile(r"[0-9a-f]{32,128}", re.ASCII)


def ask() -> Response:
    """A code for this device, good for a quarter of an hour, and where staff type it."""
    CODES.spend()
    code, until = ask_for_code(db.session(), _device(posted_json()))
    db.session.commit()
    shown = in_halves(code)
    settings: Settings = current_app.extensions["khcal"]
    address = f"{settings.public_url}/personal/skarmar/para?kod={shown}"
    return jsonify(code=shown, address=address, qr=qr_code(address), until_ms=until * 1000)


def answer() -> Response:
    """204 while nobody has accepted it, the key once somebody has, 410 when it is over."""
    QUESTIONS.spend()
    device = _device(posted_json())
    with reading():
        found = find_pairing(db.session(), device)
        is_accepted = found is not None and found.screen_id is not None
        db.session.rollback()
    if found is None:
        abort(410)
    return _hand_out(device) if is_accepted else Response(status=204)


def _hand_out(device: str) -> Response:
    found = find_pairing(db.session(), device)
    key = hand_out_key(db.session(), found, device) if found else None
    if found is None or key is None:
        abort(410)
    screen = db.session.get_one(Screen, found.screen_id)
    told = {"chapter": screen.chapter.slug, "key": key}
    db.session.commit()
    return jsonify(told)


def _device(sent: dict[str, Any]) -> str:
    """The secret of the device, which nobody can guess. 422 for anything else."""
    device = sent.get("device")
    if not isinstance(device, str) or not _DEVICE.fullmatch(device):
        abort(422)
    return device
