"""What other sites put on their own pages: the dates of a house as JSON, and its list in a frame."""

from __future__ import annotations

import json

from flask import Blueprint, Response, current_app, request

from khcal import queries
from khcal.calendaring import clock
from khcal.calendaring.agenda import agenda
from khcal.calendaring.dates_json import dates_data
from khcal.calendaring.filters import Filters, read_filters
from khcal.config import Settings
from khcal.queries import DateList
from khcal.web.access import load_house
from khcal.web.for_programs import answer_programs, days_told
from khcal.web.htmx import render
from khcal.web.kept import keep_under
from khcal.web.security import let_be_framed

from .choices import choices

blueprint = Blueprint("elsewhere", __name__)

# A frame has room for few; those who want more are a click from the whole list.
FEWEST, MOST = 8, 50
LIGHT = "ljus"


@blueprint.get("/<chapter>.json")
def dates(chapter: str) -> Response:
    """The dates of the house's feed, all of them or what the filters of its list leave."""
    page = load_house(chapter)
    house, span = page.house, days_told(page)
    settings: Settings = current_app.extensions["khcal"]
    filters, _unknown = read_filters(request.args)
    keep_under(None if filters.text else filters.as_query)
    rows = queries.published_dates(house.id, *span, filters=filters)
    data = dates_data(house, rows, span, settings.public_url, demo=settings.demo)
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    return answer_programs(text, "application/json", house.changed_at)


@blueprint.get("/<chapter>/inbaddad")
def embedded(chapter: str) -> Response:
    """The list for a frame: two weeks and at least eight dates, or ``antal`` and the rest of that day."""
    page = load_house(chapter)
    filters, misread = read_filters(request.args)
    wanted, is_light = _wanted(misread), _is_light(misread)
    look = ({"antal": str(wanted)} if wanted else {}) | ({"farg": LIGHT} if is_light else {})
    keep_under(None if filters.text else filters.as_query | look)
    listed = DateList([], 0, None) if page.closed_on else _list_of(page.house.id, filters, wanted)
    answer = render(
        "visitor/embedded.html",
        page=page,
        days=agenda(listed.rows, clock.today()),
        choices=choices(chapter, filters, listed.total),
        is_light=is_light,
        misread=misread,
    )
    return let_be_framed(answer)


def _wanted(misread: list[str]) -> int | None:
    """How many dates the site that frames the list asked for."""
    text = request.args.get("antal", "").strip()
    if text.isascii() and text.isdigit() and len(text) < 4 and 1 <= int(text) <= MOST:
        return int(text)
    misread.extend(filter(None, [text]))
    return None


def _is_light(misread: list[str]) -> bool:
    """Whether the site that frames the list is always light, whatever its reader prefers."""
    text = request.args.get("farg", "").strip()
    misread.extend({text} - {"", LIGHT})
    return text == LIGHT


def _list_of(house_id: int, filters: Filters, wanted: int | None) -> DateList:
    if wanted is None:
        return queries.date_list(house_id, clock.today(), filters, minimum=FEWEST)
    return queries.date_list(house_id, clock.today(), filters, minimum=wanted, days=1)
