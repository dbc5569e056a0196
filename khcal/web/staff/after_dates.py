"""Saving what was done to dates, and where one is afterwards: at the texts for those who were to come."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from flask import Response, url_for
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import phrases
from khcal.db import db
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage
from khcal.queries.staff.announced import latest_change_of

from ..access import redirect_to
from .done import commit_and_tell, tell
from .people import person
from .ways_back import back_to_programme


def save_dates(page: HousePage, verb: str, act: Callable[[], None], sentence: str) -> int | None:
    """Do ``act`` as one change. Raises StaleDataError, with nothing saved, when somebody was faster."""
    begin_change(db.session(), verb, person().id, page.house.id)
    try:
        act()
        return commit_and_tell(page, sentence)
    except StaleDataError:
        db.session.rollback()
        raise


def go_on(page: HousePage, row: Occurrence, number: int | None) -> Response:
    """To the texts about change ``number``; of a draft nobody has to be told, so back to its row."""
    if number is None or not row.is_published:
        return back_to_programme(page, row.starts_at.date(), row.id)
    return redirect_to(url_for("staff.announcement", chapter=page.house.slug, number=number))


def done_already(page: HousePage, row: Occurrence, verb: str, sentence: str) -> Response:
    """The same request came twice: what the first one did is told again, nothing is done again.

    What a colleague did since, or the person herself by another button, is not offered to be undone.
    """
    change = latest_change_of(page.house.id, row.id)
    is_own = change is not None and change.verb == verb and change.user_id == person().id
    number = change.id if change and is_own else None
    tell(page, sentence, number)
    return go_on(page, row, number)


def title_of(row: Occurrence) -> str:
    """What the date is called."""
    return row.title or row.event.title


def named(row: Occurrence) -> str:
    """``Kvällsfika torsdag 3 december``."""
    return f"{title_of(row)} {phrases.day(row.starts_at)}"


def named_all(rows: Iterable[Occurrence]) -> str:
    """One date by name, several as how many they are."""
    found = list(rows)
    if len(found) == 1:
        return named(found[0])
    titles = {title_of(row) for row in found}
    counted = ngettext("%(num)s tillfälle", "%(num)s tillfällen", len(found)) % {"num": len(found)}
    return _("{dates} av {title}").format(dates=counted, title=titles.pop()) if len(titles) == 1 else counted
