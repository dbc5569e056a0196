"""Error pages in Swedish, each with a way on."""

from __future__ import annotations

import logging

from flask import Flask, Response, g, make_response, render_template, request
from flask.globals import request_ctx
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from khcal.db import db
from khcal.i18n import gettext as _

from .access import FILES

log = logging.getLogger("khcal")


def init_app(app: Flask) -> None:
    """Answer every error of ``app`` with a page of our own."""
    app.register_error_handler(HTTPException, show_http_error)
    app.register_error_handler(OperationalError, show_busy)
    app.register_error_handler(StaleDataError, show_stale)
    app.register_error_handler(Exception, show_crash)


def show_http_error(error: HTTPException) -> Response:
    """400 to 599 as raised by a view or by the framework."""
    if error.code is not None and error.code < 400:
        return error.get_response()  # type: ignore[return-value]
    response = error_page(error.code or 500)
    allowed = getattr(error, "valid_methods", None)
    if allowed:
        response.headers["Allow"] = ", ".join(sorted(allowed))
    return response


def show_busy(error: OperationalError) -> Response:
    """The database is locked or away: nothing was saved, trying again helps."""
    if not _is_passing(error):
        return show_crash(error)
    log.error("database: %s", error.orig)
    if not db.session.is_active:
        db.session.rollback()
    response = error_page(503)
    response.headers["Retry-After"] = "5"
    return response


def _is_passing(error: OperationalError) -> bool:
    """Whether the database is only locked, too slow or away for the moment."""
    passing = ("locked", "busy", "timeout", "deadlock", "canceling statement", "disk is full", "disk i/o")
    told = str(error.orig).casefold()
    return error.connection_invalidated or any(word in told for word in passing) or "connection" in told


def show_stale(error: StaleDataError) -> Response:
    """Two saved the same row at the same moment; the second was not saved."""
    # Until then nothing can be read, not even who is logged in, whom the page names.
    db.session.rollback()
    return error_page(409)


def show_crash(error: Exception) -> Response:
    """A fault of ours. The page says nothing of it; the log does."""
    log.exception("%s %s", request.method, request.url_rule or "-")
    # What was half written must not be saved, or fail again, when the page asks who is logged in.
    db.session.rollback()
    return error_page(500)


def error_page(code: int) -> Response:
    """The page for a status code."""
    heading, text = _words(code)
    # Asked for under a name that is not ours there are no addresses to write into a page.
    is_elsewhere = request_ctx.url_adapter is None
    if is_elsewhere or request.path.endswith(FILES):
        response = make_response(f"{heading}. {text}\n", code)
        response.mimetype = "text/plain"
        return response
    told = {"code": code, "heading": heading, "text": text, "page": g.get("house_page")}
    return make_response(render_template("errors/error.html", **told), code)


def _words(code: int) -> tuple[str, str]:
    known = {
        400: (_("Det gick inte att förstå"), _("Gå tillbaka, ladda om sidan och försök igen.")),
        403: (
            _("Du har inte tillgång hit"),
            _("Logga in med ett konto som hör till huset, eller fråga den som är ansvarig."),
        ),
        404: (
            _("Sidan finns inte"),
            _("Adressen kan vara gammal eller felskriven. Härifrån hittar du vidare."),
        ),
        405: (_("Så går det inte att göra här"), _("Gå tillbaka till sidan du kom från och försök igen.")),
        409: (
            _("Någon annan hann före"),
            _("Inget sparades. Ladda om sidan, se vad som har ändrats och gör om din ändring."),
        ),
        410: (
            _("Huset har stängt"),
            _("Kalendern finns inte mer. Du kan ta bort den ur din egen kalender."),
        ),
        413: (_("Det är för stort"), _("Skicka något mindre, högst 2 megabyte.")),
        429: (_("För många försök"), _("Vänta några minuter och försök sedan igen.")),
        503: (_("Kalendern är upptagen"), _("Inget sparades. Vänta några sekunder och försök igen.")),
    }
    fault = (
        _("Något gick fel hos oss"),
        _("Felet är inte ditt. Försök igen om en stund, eller kontakta huset."),
    )
    return known.get(code, known[400] if 400 <= code < 500 else fault)
