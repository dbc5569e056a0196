"""Where staff begin: their house, or the list of their houses."""

from __future__ import annotations

from flask import Response, make_response, render_template, url_for

from khcal.web.access import redirect_to

from .access import own_houses


def start() -> Response:
    """The person's house at once, or a choice of several."""
    houses = own_houses()
    if len(houses) == 1:
        return redirect_to(url_for("staff.programme", chapter=houses[0].slug))
    return make_response(render_template("staff/start.html", houses=houses))
