"""What we promise visitors: how we protect them, and how the calendar can be used by everyone."""

from __future__ import annotations

from flask import Blueprint, Response

from khcal import queries
from khcal.web.htmx import render
from khcal.web.kept import keep_until_change_of
from khcal.web.revisions import EVERY_HOUSE

blueprint = Blueprint("about", __name__, url_prefix="/om")


@blueprint.get("/integritet")
def privacy() -> Response:
    """How we protect you."""
    keep_until_change_of(EVERY_HOUSE)
    return render("visitor/privacy.html", houses=queries.all_houses())


@blueprint.get("/tillganglighet")
def access() -> Response:
    """The access statement."""
    keep_until_change_of(EVERY_HOUSE)
    return render("visitor/access.html", houses=queries.all_houses())
