"""What programs and pages of others read, and caches between us may hold: feeds and JSON, no more."""

from __future__ import annotations

from datetime import date

from flask import Response

from khcal.calendaring import clock
from khcal.calendaring.feed_window import last_modified, window
from khcal.queries import HousePage

HEADERS = {
    "Cache-Control": "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


def days_told(page: HousePage) -> tuple[date, date]:
    """First and last day that is told of; the last date of a house that has closed stays to the end."""
    first, last = window(clock.today())
    return min(first, page.closed_on or first), last


def answer_programs(body: bytes | str, content_type: str, changed_at: int) -> Response:
    """The answer to whoever asks, last modified when its houses were or when the window of feeds stepped on.

    ``changed_at`` is in seconds since 1970. It is that of whole houses, for who sends only a time back must
    not miss anything, not even that a date is no longer shown.
    """
    response = Response(body, content_type=content_type, headers=HEADERS)
    response.last_modified = clock.from_epoch_seconds(last_modified(changed_at, clock.today()))
    return response
