"""What closing the house runs into, and doing it: exactly to the dates that were looked at, in one change."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from flask import Response, abort
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from khcal.calendaring import clock, phrases
from khcal.calendaring.reading_text import slug_of
from khcal.calendaring.terms import Form, Kind, Status
from khcal.db import db
from khcal.forms.closure import ClosureForm, TicksForm
from khcal.i18n import ngettext
from khcal.models import Chapter, Event, Occurrence
from khcal.models.bookkeeping import begin_change
from khcal.models.closing import close, close_on, open_after_all, word_closure
from khcal.models.group_addresses import free_slug
from khcal.queries import HousePage
from khcal.queries.staff import closures
from khcal.queries.staff.announced import latest_change_of, told_change
from khcal.queries.staff.programme import StaffDate

from .access import load_date
from .after_dates import go_on
from .done import commit_and_tell
from .people import person


class Outcome(Enum):
    """What became of an attempt to close or open the house."""

    SAVED = auto()
    LOOK_FIRST = auto()
    STALE = auto()
    CLOSED_ALREADY = auto()


# Attempts after which the same form is shown once more, and the status of that answer.
NOT_YET = {Outcome.LOOK_FIRST: 422, Outcome.STALE: 409}


@dataclass(frozen=True)
class Span:
    """Days, both included."""

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Whether ``day`` is one of them."""
        return self.first <= day <= self.last


@dataclass(frozen=True)
class Choice:
    """A date with a box to tick, or one that the house can only be told of."""

    date: StaffDate
    can_be_ticked: bool
    ticked: bool


@dataclass(frozen=True)
class Consequences:
    """``hits`` are to take place while it is closed; ``back`` were called off for days when it is open."""

    hits: list[Choice]
    back: list[Choice]

    @property
    def shown(self) -> str:
        """Every date that a page with these shows, for the form to remember."""
        return " ".join(str(each.date.id) for each in (*self.hits, *self.back))

    def has_news_for(self, form: TicksForm) -> bool:
        """Whether there is a date that whoever sends the form has not seen."""
        return not {each.date.id for each in (*self.hits, *self.back)} <= form.shown_ids

    def chosen(self, choices: Iterable[Choice]) -> list[int]:
        """The dates that are ticked."""
        return [each.date.id for each in choices if each.can_be_ticked and each.ticked]


def consequences(
    page: HousePage, form: TicksForm, span: Span | None, former: Span | None = None
) -> Consequences:
    """What the days ``span`` (none when the house opens again) run into, where ``former`` were closed days.

    What takes place on days that were closed before stays so unless somebody ticks it: it was left so then.
    """
    house, now = page.house.id, clock.wall_now()
    hit = closures.dates_hit(house, span.first, span.last, now) if span else []
    off = closures.called_off_by_closing(house, former.first, former.last, now) if former else []
    back = [each for each in off if span is None or not span.holds(each.starts_at.date())]
    return Consequences(
        [_choice(each, form, form.off_ids, _is_in_the_way(each, former)) for each in hit],
        [_choice(each, form, form.back_ids, True) for each in back],
    )


def span_of(row: Occurrence) -> Span:
    """The days that a stored closure holds."""
    return Span(row.starts_at.date(), (row.ends_at - clock.ONE_DAY).date())


def load_closure(page: HousePage, number: int) -> Occurrence:
    """Whole days when this house is closed, published once. 404 otherwise."""
    row = load_date(page, number)
    is_whole = clock.is_all_day(row.starts_at, row.ends_at)
    return row if row.event.kind is Kind.CLOSURE and is_whole else abort(404)


def version_of(row: Occurrence) -> str:
    """Changes when the days or the words of a closure do."""
    return f"{row.event.version}.{row.version}"


def made_already(page: HousePage, form: TicksForm) -> Event | None:
    """The closure that an earlier sending of the same new form made."""
    return db.session.scalar(
        select(Event).where(Event.uid == form.identity, Event.chapter_id == page.house.id)
    )


def close_house(
    page: HousePage, form: TicksForm, span: Span, title: str, text: str, reason: str, once: bool = False
) -> Outcome:
    """Close it on these days and call off what is ticked. With ``once`` not if it is closed then already."""
    found = consequences(page, form, span)
    if found.has_news_for(form):
        return Outcome.LOOK_FIRST
    _begin(page)
    chapter, slug = db.session.get_one(Chapter, page.house.id), _slug(page, title)
    try:
        row = close(chapter, form.identity, slug, title, text, span.first, span.last)
        db.session.add(row)
        db.session.flush()
    except IntegrityError:
        # A double click: the other request made it a moment ago.
        db.session.rollback()
        return Outcome.SAVED
    if once and _is_closed_otherwise(page, row):
        db.session.rollback()
        return Outcome.CLOSED_ALREADY
    return _finish(page, _closed_sentence(title, span), found, reason)


def _slug(page: HousePage, title: str) -> str:
    """The address of the group with this title, otherwise one of its own."""
    near = select(Event.title, Event.slug).where(
        Event.chapter_id == page.house.id, Event.slug.startswith(slug_of(title))
    )
    known = (row.slug for row in db.session.execute(near) if row.title.casefold() == title.casefold())
    return next(known, None) or free_slug(db.session(), page.house.id, title)


def change_closure(page: HousePage, row: Occurrence, form: ClosureForm) -> Outcome:
    """Other days, other words, other ticks."""
    span = Span(form.first, form.last)
    found = consequences(page, form, span, span_of(row))
    if found.has_news_for(form):
        return Outcome.LOOK_FIRST
    _begin(page)
    title, text = form.title.data or "", form.short_text.data or ""
    word_closure(row, title, text)
    close_on(row, span.first, span.last)
    return _finish(page, _closed_sentence(title, span), found, form.reason.data or "")


def take_back(page: HousePage, row: Occurrence, form: TicksForm, sentence: str) -> Outcome:
    """Open the house on days when it was to be closed, with the ticked dates."""
    found = consequences(page, form, None, span_of(row))
    if found.has_news_for(form):
        return Outcome.LOOK_FIRST
    _begin(page)
    open_after_all(row)
    return _finish(page, sentence, found, "")


def tell_of(page: HousePage, row: Occurrence) -> Response | None:
    """To the texts about what was just done to this closure; ``None`` when visitors needn't be told."""
    change = latest_change_of(page.house.id, row.id)
    told = told_change(page.house.id, change.id) if change and change.verb == closures.VERB else None
    return go_on(page, row, told.number) if told and told.dates else None


def _begin(page: HousePage) -> None:
    begin_change(db.session(), closures.VERB, person().id, page.house.id)


def _finish(page: HousePage, sentence: str, found: Consequences, reason: str) -> Outcome:
    off, back = found.chosen(found.hits), found.chosen(found.back)
    for row in _rows(off):
        row.cancel(reason)
    for row in _rows(back):
        row.restore()
    told = [sentence, *_counted(len(off), len(back))]
    try:
        commit_and_tell(page, " ".join(told))
    except StaleDataError:
        db.session.rollback()
        return Outcome.STALE
    return Outcome.SAVED


def _rows(numbers: Collection[int]) -> list[Occurrence]:
    if not numbers:
        return []
    return list(db.session.scalars(select(Occurrence).where(Occurrence.id.in_(numbers))))


def _counted(off: int, back: int) -> list[str]:
    cancelled = ngettext("Ett tillfälle är inställt.", "%(num)s tillfällen är inställda.", off)
    restored = ngettext("Ett tillfälle blir av igen.", "%(num)s tillfällen blir av igen.", back)
    return [text % {"num": number} for text, number in ((cancelled, off), (restored, back)) if number]


def _closed_sentence(title: str, span: Span) -> str:
    days = phrases.day(span.first) if span.first == span.last else phrases.days(span.first, span.last)
    return f"{title.rstrip('.')} {days}."


def _is_closed_otherwise(page: HousePage, row: Occurrence) -> bool:
    """Whether the house is closed on the same first day by another hand."""
    day = row.starts_at.date()
    return any(each.is_on and each.id != row.id for each in closures.closures(page.house.id, day, day))


def _choice(each: StaffDate, form: TicksForm, ticked: Collection[int], by_itself: bool) -> Choice:
    """As it was sent if it was shown, otherwise as it is by itself."""
    can_be_ticked = each.is_own and not each.is_draft
    is_on = each.id in ticked if each.id in form.shown_ids else by_itself
    return Choice(each, can_be_ticked, can_be_ticked and is_on)


def _is_in_the_way(each: StaffDate, former: Span | None) -> bool:
    """Whether it can't take place while the house is closed: a walk outside perhaps can."""
    was_left = former is not None and former.holds(each.starts_at.date()) and each.status is Status.PLANNED
    return each.form is not Form.OUTDOORS and not was_left
