"""After an import: what is said of it, and publishing what it brought."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from khcal.calendaring.import_plan import ImportPlan
from khcal.calendaring.terms import Status
from khcal.db import db
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Event, Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.queries import HousePage

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


def publish_drafts(page: HousePage, numbers: Collection[int]) -> int:
    """Publish these dates of the house; those that were called off meanwhile stay drafts."""
    begin_change(db.session(), "publish", person().id, page.house.id)
    dates = db.session.scalars(
        select(Occurrence)
        .join(Event)
        .where(
            Occurrence.id.in_(numbers),
            Event.chapter_id == page.house.id,
            Occurrence.published_at.is_(None),
            Occurrence.status == Status.PLANNED,
        )
    ).all()
    for occurrence in dates:
        occurrence.publish()
    return len(dates)
