"""A paired screen tells what it shows, and hears how it is to show it and in which house it hangs."""

from __future__ import annotations

import math
import re
from datetime import date
from typing import Any

from flask import Response, abort, current_app, jsonify, request
from limits import parse
from sqlalchemy.exc import IntegrityError, OperationalError

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.screen_health import ScreenReport
from khcal.calendaring.screen_settings import whole
from khcal.db import db, reading
from khcal.models.screen_reporting import write_report
from khcal.models.user import token_hash
from khcal.queries import KnownScreen

from ..limits import Limit
from .answers import posted_json
from .reports import reports

WRITTEN_AFTER_SECONDS = 30
LARGEST_STAMP = 2**53
_KEY = re.compile(r"[0-9a-f]{32}", re.ASCII)
_SHELL = re.compile(r"[0-9A-Za-z._-]{0,64}", re.ASCII)
_DAY = re.compile(r"20\d\d-\d\d-\d\d", re.ASCII)


def _hashed_key() -> str:
    return token_hash(request.headers.get("X-Screen-Key", ""))


# A screen reports about twice a minute, and at once when it wakes or its net is back.
REPORTS = Limit("reports", parse("20 per minute"), _hashed_key)


def report(chapter: str) -> Response:
    """401 for a key that opens nothing, 410 when the house has closed, otherwise what is set."""
    REPORTS.spend()
    screen = _load_screen(chapter)
    said = _read(posted_json())
    reports().note(_hashed_key(), said)
    # Also when the server's clock was set back meanwhile.
    if screen.written_at is None or abs(said.seen_at - screen.written_at) >= WRITTEN_AFTER_SECONDS:
        _write(screen, said)
    return jsonify(chapter=screen.house, name=screen.name, settings=whole(screen.settings))


def _load_screen(chapter: str) -> KnownScreen:
    with reading():
        is_a_key = _KEY.fullmatch(request.headers.get("X-Screen-Key", ""))
        screen = queries.screen_with_key(_hashed_key()) if is_a_key else None
        is_house = screen is not None and (screen.house == chapter or queries.was_ever_a_house(chapter))
        db.session.rollback()
    if screen is None:
        abort(401)
    if screen.house_closed_on is not None:
        abort(410)
    return screen if is_house else abort(404)


def _write(screen: KnownScreen, said: ScreenReport) -> None:
    """Store the report. It is in memory already, so when others are writing it waits for the next one."""
    try:
        write_report(db.session(), screen.id, said)
        db.session.commit()
    except (OperationalError, IntegrityError):
        db.session.rollback()
        current_app.logger.warning("The report of a screen is not stored this time.")


def _read(sent: dict[str, Any]) -> ScreenReport:
    """The report as sent. 422 for nonsense; what a later client says besides is passed over."""
    shell, persisted = sent.get("shell"), sent.get("persisted")
    if not isinstance(shell, str) or not _SHELL.fullmatch(shell) or persisted not in (None, True, False):
        abort(422)
    return ScreenReport(
        seen_at=clock.epoch_seconds(),
        revision=_stamp(sent.get("revision")),
        shell=shell,
        page_day=_day(sent.get("day")),
        rendered_at=_stamp(sent.get("rendered_at")),
    )


def _stamp(value: Any) -> int | None:
    if value is None:
        return None
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    if not is_number or not 0 <= value <= LARGEST_STAMP:
        abort(422)
    return int(value)


def _day(value: Any) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(value) if _DAY.fullmatch(value) else abort(422)
    except (TypeError, ValueError):
        abort(422)
