"""The line on top of a new activity: it fills the form, and says what it was read as."""

from __future__ import annotations

from dataclasses import dataclass

from wtforms import Field

from khcal.calendaring.phrases.quick_entry import days_as_before, entry_lack, entry_remark, entry_unread
from khcal.calendaring.quick_entry import Assumed, Lack, Remark
from khcal.forms.event import EventForm
from khcal.forms.quick_entry import LineForm
from khcal.forms.sent_values import Sent, as_sent, changed_by_hand, with_filled
from khcal.i18n import gettext as _
from khcal.queries import HousePage

from .editing import make_form
from .filling import FILLABLE, Filling, Fillings

# Where one fills in what is lacking.
_FIELDS = {
    Lack.TITLE: "title",
    Lack.DAY: "first_day",
    Lack.WEEKDAY: "first_day",
    Lack.DAYS: "first_day",
    Lack.START: "first_day",
    Lack.STARTS: "starts",
    Lack.ENDS: "ends",
    Lack.UNTIL: "until",
}


@dataclass(frozen=True)
class Told:
    """What to tell of a line, in sentences; ``lacks`` are pairs of a field's id and what is lacking there."""

    unread: list[str]
    conflicts: list[str]
    lacks: list[tuple[str, str]]
    read_as: list[str]
    kept: list[str]


class Line:
    """The line as it was sent with the form of a new activity of the house.

    ``copied`` is the number of an activity that the form goes on from, whatever others are called.
    """

    def __init__(self, page: HousePage, sent: Sent, copied: int | None = None) -> None:
        self.form = LineForm(sent)
        self.page = page
        self._sent = sent
        self._copied = copied
        self._fillings = Fillings(page)

    @property
    def titles(self) -> list[str]:
        """Earlier titles to choose among, the most recent first."""
        return [title.title for title in self._fillings.titles]

    @property
    def _last(self) -> Filling:
        return self._fillings.by(self.form.last_text, self.form.earlier)

    def fill(self) -> EventForm:
        """The form with all that the line, or an earlier title, says; what was changed by hand stays."""
        sent = EventForm(self._sent)
        by_hand = changed_by_hand(sent, self._last.values(), FILLABLE)
        filling = self._fillings.by(
            self.form.text, self._copied or self._goes_on_from(sent, "title" in by_hand)
        )
        form = make_form(self.page, None, with_filled(self._sent, filling.values(), FILLABLE - by_hand))
        _forget_what_is_gone(form)
        self.form.filled_line.data = self.form.text
        self.form.filled_earlier.data = str(filling.title.id) if filling.title else ""
        return form

    def _goes_on_from(self, sent: EventForm, is_titled_by_hand: bool) -> int | None:
        """The earlier activity that the title names. A title that is changed afterwards keeps the rest."""
        if not is_titled_by_hand:
            return None
        title = sent.title.data or ""
        if self._fillings.has_title(self.form.earlier, title):
            return self.form.earlier
        return self._fillings.number_of(title) or self.form.earlier

    def told(self, form: EventForm) -> Told | None:
        """What to tell of what filled the form; nothing while nothing did."""
        if not self.form.last_text and self.form.earlier is None:
            return None
        filling = self._last
        entry, filled = filling.entry, filling.values()
        return Told(
            [entry_unread(each) for each in entry.not_understood],
            [entry_remark(each) for each in entry.conflicts],
            list(_lacks(filling, form)),
            _read_as(filling),
            _kept_by_hand(form, filled),
        )


def _read_as(filling: Filling) -> list[str]:
    """What was inferred, in sentences."""
    entry, title = filling.entry, filling.title
    has_rule = (filling.as_before or entry.when).rule is not None
    # Of a series, red days start unticked: the dates themselves tell.
    remarks = [each for each in entry.assumptions if not (has_rule and each.code is Assumed.RED_DAY)]
    if title and entry.earlier != title.id:
        remarks.append(Remark(Assumed.EARLIER, word=title.title))
    told = [entry_remark(each) for each in remarks]
    return [*told, days_as_before(filling.as_before)] if filling.as_before else told


def _lacks(filling: Filling, form: EventForm) -> list[tuple[str, str]]:
    """What is lacking still, now that somebody may have filled it in, or last time has told it."""
    entry = filling.entry
    lacks = [each for each in entry.lacks if _is_lacking(each, filling, form)]
    found = {_FIELDS[each]: entry_lack(each) for each in reversed(lacks)}
    if entry.title and form.kind.data is None:
        found["kind"] = _("Vilket slag det är")
    return [
        (form[name].id, told) for name, told in sorted(found.items(), key=lambda each: _place(form, each[0]))
    ]


def _is_lacking(lack: Lack, filling: Filling, form: EventForm) -> bool:
    if lack is Lack.TITLE:
        return not form.title.data
    if lack in {Lack.STARTS, Lack.ENDS}:
        return form[_FIELDS[lack]].data is None and not form.all_day.data
    if lack is Lack.START:
        said = filling.entry.when.first_day
        return form.first_day.data == said and filling.as_before is None
    return form.wanted is None and not (form[_FIELDS[lack]].data or (form.times.data and lack is Lack.UNTIL))


def _place(form: EventForm, name: str) -> int:
    return [field.name for field in form].index(name)


def _kept_by_hand(form: EventForm, filled: Sent) -> list[str]:
    """The labels of fields that would say something else, had nobody changed them."""
    untold = as_sent(EventForm())
    by_hand = changed_by_hand(form, filled, FILLABLE)
    kept = [field for field in form if field.name in by_hand and _says(field, filled, untold)]
    return [field.label.text for field in kept]


def _says(field: Field, filled: Sent, untold: Sent) -> bool:
    said = filled.getlist(field.name)
    return any(said) and said != untold.getlist(field.name)


def _forget_what_is_gone(form: EventForm) -> None:
    """A room out of use and a house that was closed are not chosen again."""
    for field in (form.room_id, form.second_room_id):
        if not field.is_offered(field.data):
            field.data = None
    offered = {choice[0] for choice in form.houses.iter_choices()}
    form.houses.data = [number for number in form.houses.data or () if number in offered]
