"""The dates that a form leads to, each with what is worth knowing of its day, before anything is saved."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from khcal.calendaring import clock
from khcal.calendaring.import_warnings import Booking, RoomClash, WhileClosed, cautions
from khcal.calendaring.phrases.room_clashes import room_clashes
from khcal.calendaring.plan import Entry, Slot, Verb
from khcal.calendaring.proposal import Proposal, can_be_left_out, key_of, pause_on
from khcal.calendaring.red_days import NamedDay, named_day
from khcal.calendaring.terms import Form, Kind, Status
from khcal.forms.event import EventForm
from khcal.models import Event
from khcal.queries import HousePage, staff

from .looks import Look, changed_for_all, looks_after
from .preview_months import Month, by_month, with_usual_hours
from .scope import scope_of


@dataclass
class PreviewDate:
    """One date as it will be. ``why_left`` is why it starts unticked; ``verb`` what happens to it."""

    key: str
    starts_at: datetime
    ends_at: datetime
    verb: str
    can_be_left_out: bool = False
    starts_ticked: bool = True
    ticked: bool = True
    why_left: str = ""
    in_break: str = ""
    named_day: NamedDay | None = None
    was: Slot | None = None
    offered: Slot | None = None
    follows: bool = False
    row_id: int | None = None
    is_cancelled: bool = False
    is_past: bool = False
    look: Look = field(default_factory=Look)
    clashes: list[Booking] = field(default_factory=list)
    closed: Booking | None = None

    @property
    def takes_place(self) -> bool:
        """Whether it will be held."""
        return self.ticked and not self.is_cancelled and self.verb not in {"cancel", "delete"}

    @property
    def is_remarkable(self) -> bool:
        """Whether there is something to tell of it."""
        told = (self.named_day, self.in_break, self.why_left, self.is_past, self.clashes, self.closed)
        is_new_or_kept = self.verb in {"add", "keep"} and self.ticked and self.starts_ticked
        return any(told) or not is_new_or_kept or bool(self.offered or self.look.changed or self.look.own)


@dataclass(frozen=True)
class Preview:
    """All dates from today on that the form leads to, in order. ``past`` is how many came before.

    ``for_all`` are changed fields that no date can have for itself, though some are to stay as they are.
    """

    dates: list[PreviewDate]
    digest: str
    past: int = 0
    for_all: list[str] = field(default_factory=list)
    rooms_told: str = ""
    lacks_room: bool = False

    @property
    def months(self) -> list[Month[PreviewDate]]:
        """The dates by month."""
        return by_month(self.dates)

    @property
    def usual(self) -> PreviewDate | None:
        """A date with the hours that are said once for all that have them."""
        return with_usual_hours(self.dates)

    @property
    def number(self) -> int:
        """How many dates will be held."""
        return sum(each.takes_place for each in self.dates)

    @property
    def keys(self) -> str:
        """What can be ticked here, and how it starts."""
        can_be_ticked = (each for each in self.dates if each.can_be_left_out)
        return " ".join(f"{'+' if each.starts_ticked else '-'}{each.key}" for each in can_be_ticked)


def make_preview(page: HousePage, event: Event | None, form: EventForm, proposal: Proposal) -> Preview:
    """What to look at before saving."""
    today = clock.today()
    entries = [_of_entry(entry, form) for entry in proposal.plan.entries]
    left = [_of_slot(slot, why, form) for slot, why in proposal.left_out]
    dates = sorted([*entries, *left], key=lambda each: each.starts_at)
    coming = [each for each in dates if event is None or each.ends_at > clock.midnight(today)]
    for each in coming:
        each.is_past = each.ends_at <= clock.midnight(today)
        each.named_day = named_day(each.starts_at.date())
        each.in_break = pause_on(each.starts_at.date(), form.breaks)
    scope = scope_of(event, form)
    looks = looks_after(event, form, scope)
    for each in coming:
        each.look = looks.get(each.row_id or 0, Look(rooms=form.rooms))
    _mark_cautions(page, event, form, coming)
    for_all = changed_for_all(event, form) if event is not None and scope.is_part else []
    return Preview(
        coming,
        proposal.digest(),
        len(dates) - len(coming),
        for_all,
        _rooms_told(form, coming),
        _lacks_room(form, coming),
    )


def _of_entry(entry: Entry, form: EventForm) -> PreviewDate:
    row, key = entry.row, key_of(entry)
    can_leave = can_be_left_out(entry)
    has_moved = row is not None and entry.verb is Verb.MOVE
    return PreviewDate(
        key=key,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        verb=entry.verb.value,
        can_be_left_out=can_leave,
        ticked=form.is_ticked(key, True) if can_leave else True,
        was=Slot(row.starts_at.date(), row.starts_at, row.ends_at) if row is not None and has_moved else None,
        offered=entry.offered,
        follows=row is not None and row.id in form.followers(),
        row_id=row.id if row else None,
        is_cancelled=row is not None and row.status is not Status.PLANNED and not entry.restores,
    )


def _of_slot(slot: Slot, why: str, form: EventForm) -> PreviewDate:
    key = slot.day.isoformat()
    return PreviewDate(
        key=key,
        starts_at=slot.starts_at,
        ends_at=slot.ends_at,
        verb="add",
        can_be_left_out=True,
        starts_ticked=False,
        ticked=form.is_ticked(key, False),
        why_left=why,
    )


def _mark_cautions(page: HousePage, event: Event | None, form: EventForm, dates: list[PreviewDate]) -> None:
    """Say of each date what else is in its rooms then, and whether the house is closed."""
    held = [each for each in dates if not each.is_cancelled and each.verb not in {"cancel", "delete"}]
    if not held:
        return
    rooms = sorted({room for each in held for room in each.look.rooms})
    first, last = held[0].starts_at.date(), max(each.ends_at for each in held).date()
    around = staff.booked(page.house.id, page.house.slug, rooms, first, last, event.id if event else None)
    mine = {f"mine {each.key}": each for each in held}
    booked = [_booking(key, each, page, form) for key, each in mine.items()]
    for caution in cautions(booked, around):
        if isinstance(caution, RoomClash):
            _note_clash(mine, caution)
        elif isinstance(caution, WhileClosed) and caution.booking.key in mine:
            mine[caution.booking.key].closed = caution.closure


def _rooms_told(form: EventForm, dates: list[PreviewDate]) -> str:
    """Whether the form's rooms are taken."""
    held = [each for each in dates if each.takes_place]
    if not form.rooms or not held:
        return ""
    others = [other for each in held for other in each.clashes]
    clashing = sum(bool(each.clashes) for each in held)
    return room_clashes(
        [form.second_room_id.name_of(number) for number in form.rooms], others, clashing, len(held)
    )


def _lacks_room(form: EventForm, dates: list[PreviewDate]) -> bool:
    """Whether something is to be at the house and nobody has said where, though it has rooms to choose."""
    is_here = form.form.data in {Form.ONSITE, Form.HYBRID} and form.kind.data is not Kind.CLOSURE
    is_elsewhere = form.place.data or form.address.data
    if not is_here or is_elsewhere or not form.room_id.offers_any:
        return False
    return any(each.takes_place and not each.look.rooms for each in dates)


def _note_clash(mine: dict[str, PreviewDate], clash: RoomClash) -> None:
    for own, other in ((clash.first, clash.second), (clash.second, clash.first)):
        if own.key in mine and other not in mine[own.key].clashes:
            mine[own.key].clashes.append(other)


def _booking(key: str, each: PreviewDate, page: HousePage, form: EventForm) -> Booking:
    return Booking(
        key,
        form.title.data or "",
        form.kind.data or Kind.CONVERSATION,
        form.signup.data,
        form.form.data,
        (page.house.slug,),
        tuple(("", str(number)) for number in each.look.rooms),
        each.starts_at,
        each.ends_at,
    )
