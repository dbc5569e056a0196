"""Where staff begin: their house, or the list of their houses."""

from __future__ import annotations

from flask import Response, make_response, render_template

from .access import own_houses
from .blueprint import blueprint


@blueprint.get("/")
def start() -> Response:
    """The houses that the person keeps."""
    return make_response(render_template("staff/start.html", houses=own_houses()))
