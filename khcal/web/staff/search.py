"""Search in everything of one's house, past terms too."""

from __future__ import annotations

from flask import Response, make_response, render_template, request

from khcal.calendaring import clock
from khcal.queries.staff import search as queries

from .access import load_own_house

LONGEST = 100
MOST_WORDS = 8


def search(chapter: str) -> Response:
    """Activities in which all words are found: in texts, rooms, leaders, notes, and in single dates."""
    page = load_own_house(chapter)
    wanted = request.args.get("q", "").replace("\0", "").strip()[:LONGEST]
    words = wanted.split()[:MOST_WORDS]
    found = queries.search(page.house.id, words, clock.wall_now()) if words else []
    return make_response(
        render_template(
            "staff/search.html",
            page=page,
            section="programme",
            wanted=wanted,
            found=found[: queries.MOST_HITS],
            has_more=len(found) > queries.MOST_HITS,
        )
    )
