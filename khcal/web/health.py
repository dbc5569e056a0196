"""``/halsa``: whether khcal works, for whoever watches over it."""

from __future__ import annotations

from pathlib import Path

from flask import Blueprint, Response, current_app, jsonify
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from khcal import __version__
from khcal.calendaring import clock
from khcal.config import Settings
from khcal.db import db
from khcal.models import Chapter, Listing

from .revisions import revisions_of

blueprint = Blueprint("health", __name__)

# House by house, so that the index of houses and days answers and the listing is not read whole.
_last_day = (
    select(func.max(Listing.day)).where(Listing.chapter_id == Chapter.id).correlate(Chapter).scalar_subquery()
)


@blueprint.get("/halsa")
def health() -> tuple[Response, int]:
    """Database reachable, how far the programme reaches, the last backup; 503 when the database is away."""
    settings: Settings = current_app.extensions["khcal"]
    told = {
        "version": __version__,
        "now": clock.now().isoformat(timespec="seconds"),
        "last_backup": _last_backup(settings.data_dir / "backups"),
        "unread_since": _unread_since(),
    }
    try:
        horizon = db.session.scalar(select(func.max(_last_day)).select_from(Chapter))
    except SQLAlchemyError:
        return jsonify(status="fault", database="unreachable", **told), 503
    return jsonify(status="ok", database="ok", horizon=horizon and horizon.isoformat(), **told), 200


def _unread_since() -> str | None:
    """Since when answers are sent that can't be compared with the database, in Swedish time."""
    since = revisions_of(current_app).unread_since
    return since.isoformat(timespec="seconds") if since else None


def _last_backup(folder: Path) -> str | None:
    """When the newest copy in the folder of backups was written, in Swedish time."""
    written = [int(file.stat().st_mtime) for file in folder.glob("khcal-*") if _is_whole(file)]
    if not written:
        return None
    return clock.from_epoch_seconds(max(written)).astimezone(clock.ZONE).isoformat()


def _is_whole(file: Path) -> bool:
    """Whether a copy was finished: until it has been read back its name ends otherwise."""
    return file.is_file() and file.suffix != ".part"
