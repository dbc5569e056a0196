"""The first line of a view: load what the address names, or answer as if it did not exist.

Also opens each request's transaction for reading only, unless the request is one that writes.
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from flask import Flask, Response, abort, g, redirect, request

from khcal import queries
from khcal.calendaring import clock
from khcal.config import Settings
from khcal.db import db, reading
from khcal.queries import HousePage

READING = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Hold requests that only read to reading."""
    settings: Settings = app.extensions["khcal"]

    @app.before_request
    def begin_reading() -> None:
        if request.method in READING:
            held: AbstractContextManager[None] = reading()
            held.__enter__()
            g.held_to_reading = held

    @app.teardown_request
    def end_reading(error: BaseException | None) -> None:
        held = g.pop("held_to_reading", None)
        try:
            db.session.remove()
        finally:
            # A connection that died must not leave this thread reading for ever.
            if held is not None:
                held.__exit__(None, None, None)

    @app.context_processor
    def common_values() -> dict[str, object]:
        return {"demo": settings.demo, "public_url": settings.public_url, "today": clock.today()}


def load_house(slug: str) -> HousePage:
    """The house at ``slug`` with what its pages share; 404 when there is none."""
    page = queries.house_page(slug, clock.today())
    if page is None:
        abort(404)
    return page


def redirect_to(address: str) -> Response:
    """Send the reader on after a form, so that going back does not send the form again."""
    return redirect(address, 303)  # type: ignore[return-value]
