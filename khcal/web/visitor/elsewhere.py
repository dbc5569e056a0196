"""What other sites put on their own pages: the dates of a house as JSON, and its list in a frame."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, request

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.dates_json import dates_data
from khcal.calendaring.feed import last_modified, window
from khcal.calendaring.filters import read_filters
from khcal.config import Settings
from khcal.web.access import load_house
from khcal.web.kept import keep_under

blueprint = Blueprint("elsewhere", __name__)

# As those of a feed: it is the same dates.
JSON_HEADERS = {
    "Cache-Control": "public, max-age=900, stale-while-revalidate=3600, stale-if-error=86400",
    "Access-Control-Allow-Origin": "*",
    "Cross-Origin-Resource-Policy": "cross-origin",
}


@blueprint.get("/<chapter>.json")
def dates(chapter: str) -> Response:
    """The dates of the house's feed, all of them or what the filters of its list leave."""
    house = load_house(chapter).house
    settings: Settings = current_app.extensions["khcal"]
    span = window(clock.today())
    filters, _unknown = read_filters(request.args)
    keep_under(None if filters.text else filters.as_query)
    rows = queries.feed_dates(house.id, *span, filters=filters)
    data = dates_data(house, rows, span, settings.public_url, demo=settings.demo)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    response = Response(text, content_type="application/json", headers=JSON_HEADERS)
    response.last_modified = clock.from_epoch_seconds(last_modified(house.changed_at, clock.today()))
    return response
