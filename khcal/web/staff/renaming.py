"""A new title: which group the activity is in then, at which address, and who else goes along.

What can be meant in two ways is asked: another title for the whole group or for one activity of it, and
whether a title that is there already is the same group.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from khcal.calendaring import clock
from khcal.calendaring.reading_text import slug_of
from khcal.db import db
from khcal.forms.change import Meeting, Renamed
from khcal.forms.event import EventForm
from khcal.i18n import gettext as _
from khcal.i18n import ngettext
from khcal.models import Chapter, Event
from khcal.models.archiving import still_to_come
from khcal.models.group_addresses import free_slug, group_of, is_address_of, move_group
from khcal.models.own_looks import changed_looks, keep_looks, looks_of
from khcal.queries import HousePage


@dataclass(frozen=True)
class Renaming:
    """What a title leads to: ``mates`` are the others of the group, ``met`` those of another group there."""

    event: Event | None
    title: str
    mates: list[Event] = field(default_factory=list)
    met: list[Event] = field(default_factory=list)

    @property
    def met_titles(self) -> list[str]:
        """What the other group is called, without repeating."""
        return list(dict.fromkeys(each.title for each in self.met))

    @property
    def is_asked_who(self) -> bool:
        """Whether one must say if the others of the group go along."""
        return bool(self.mates)

    @property
    def is_asked_where(self) -> bool:
        """Whether one must say if it is the same group. A new activity with the very same title is."""
        return bool(self.met) and (self.event is not None or not self._is_known)

    @property
    def _is_known(self) -> bool:
        return any(each.title.casefold() == self.title.casefold() for each in self.met)


def renaming_of(page: HousePage, event: Event | None, form: EventForm) -> Renaming | None:
    """What the form's title does to the address; ``None`` when that stays as it is."""
    title = form.title.data or ""
    if not title or form.title.errors:
        return None
    if event is None:
        return Renaming(None, title, met=group_of(db.session(), page.house.id, slug_of(title)))
    if title == event.title or is_address_of(title, event.slug):
        return None
    mates = [each for each in group_of(db.session(), page.house.id, event.slug) if each is not event]
    return Renaming(event, title, mates, group_of(db.session(), page.house.id, slug_of(title)))


def offer_answers(form: EventForm, renaming: Renaming | None) -> None:
    """Let the form ask what has to be known."""
    if renaming is None:
        return
    if renaming.is_asked_who:
        told = ngettext(
            "Hela gruppen, också en annan aktivitet med samma sida",
            "Hela gruppen, också %(num)s andra aktiviteter med samma sida",
            len(renaming.mates),
        )
        form.renamed.choices = [
            (Renamed.GROUP.value, told % {"num": len(renaming.mates)}),
            (Renamed.ONE.value, _("Bara den här. Den får en egen sida, de andra är kvar på den gamla")),
        ]
    if renaming.is_asked_where:
        form.meeting.choices = [
            (Meeting.JOIN.value, _("Samma grupp: en sida och en prenumeration för båda")),
            (Meeting.APART.value, _("En egen grupp med egen sida")),
        ]


def has_unanswered(form: EventForm, renaming: Renaming | None) -> bool:
    """Say at the fields what has to be chosen before saving, if anything has."""
    if renaming is None:
        return False
    if renaming.is_asked_who and form.renamed.data not in set(Renamed):
        form.renamed.errors = [_("Välj om hela gruppen byter namn.")]
    if renaming.is_asked_where and form.meeting.data not in set(Meeting):
        told = _("Det finns redan en grupp som heter {title}. Välj om det är samma grupp.")
        form.meeting.errors = [told.format(title=" / ".join(renaming.met_titles))]
    return bool(form.renamed.errors or form.meeting.errors)


def first_slug(page: HousePage, form: EventForm, renaming: Renaming | None) -> str:
    """The address of a new activity: of the group that has its title, otherwise one of its own."""
    title = form.title.data or ""
    if renaming is None or not renaming.met or form.meeting.data == Meeting.APART:
        return free_slug(db.session(), page.house.id, title)
    return renaming.met[0].slug


def rename(form: EventForm, renaming: Renaming, was: str) -> None:
    """Give the activity, and the others of its group if they go along, the address of its new title.

    ``was`` is the title that it had. Those of the group with dates to come get the new title as well; what
    has been is called what it was called.
    """
    event = renaming.event
    assert event is not None
    goes_along = renaming.is_asked_who and form.renamed.data == Renamed.GROUP
    moved = [event, *(renaming.mates if goes_along else [])]
    joins = bool(renaming.met) and form.meeting.data == Meeting.JOIN
    slug = slug_of(renaming.title) if joins else _own_slug(event, moved, renaming.title)
    for mate in moved[1:]:
        if mate.title == was and still_to_come(mate):
            looked = looks_of(mate)
            mate.title = renaming.title
            keep_looks(mate, changed_looks(looked, looks_of(mate)), clock.today())
    house = db.session.get_one(Chapter, event.chapter_id)
    move_group(db.session(), moved, house, slug)


def _own_slug(event: Event, moved: list[Event], title: str) -> str:
    return free_slug(db.session(), event.chapter_id, title, [each.id for each in moved])
