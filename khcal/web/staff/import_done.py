"""After an import: what is said of it, and publishing what it brought."""

from __future__ import annotations

from collections.abc import Collection

from khcal.calendaring.import_plan import ImportPlan
from khcal.db import db
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models.bookkeeping import begin_change
from khcal.models.publishing import publish_dates
from khcal.queries import HousePage
from khcal.queries.staff import imported

from .people import person


def saved_sentence(plan: ImportPlan) -> str:
    """``3 aktiviteter är sparade som utkast. 2 är ändrade.``"""
    new = sum(event.is_new for event in plan.events)
    changed = sum(event.changes_something and not event.is_new for event in plan.events)
    told = []
    if new:
        one, many = _("1 aktivitet är sparad som utkast."), _("{n} aktiviteter är sparade som utkast.")
        told.append(ngettext(one, many, new).format(n=new))
    if changed:
        told.append(
            ngettext("1 aktivitet är ändrad.", "{n} aktiviteter är ändrade.", changed).format(n=changed)
        )
    return " ".join(told)


def counted(dates: int) -> str:
    """What was published."""
    if not dates:
        return _("Allt var redan publicerat.")
    return ngettext("1 tillfälle är publicerat.", "{n} tillfällen är publicerade.", dates).format(n=dates)


def publish_all(page: HousePage, numbers: Collection[int]) -> int:
    """Publish those of these dates of the house that still wait for it; returns how many they are."""
    begin_change(db.session(), "publish", person().id, page.house.id)
    return publish_dates(imported.waiting(page.house.id, numbers))
