"""``/halsa``: whether khcal works, for whoever watches over it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from khcal import __version__
from khcal.calendaring import clock
from khcal.db import db
from khcal.models import Listing

blueprint = Blueprint("health", __name__)


@blueprint.get("/halsa")
def health() -> tuple[Response, int]:
    """Database reachable, and how far the programme reaches; 503 when the database is away."""
    told = {"version": __version__, "now": clock.now().isoformat(timespec="seconds")}
    try:
        horizon = db.session.scalar(select(func.max(Listing.day)))
    except SQLAlchemyError:
        return jsonify(status="fault", database="unreachable", **told), 503
    return jsonify(status="ok", database="ok", horizon=horizon.isoformat() if horizon else None, **told), 200
