"""An activity: what, when, where and how, for whom, and what one has to do before coming."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from wtforms import BooleanField, Field, HiddenField, SelectField, SelectMultipleField
from wtforms.validators import DataRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget, TextArea

from khcal.calendaring import phrases
from khcal.calendaring.discreet import gives_away, tells
from khcal.calendaring.phrases.words import N_
from khcal.calendaring.shapes import Deadline
from khcal.calendaring.terms import LANGUAGES, Audience, Fact, Form, Kind, Signup, WallRule
from khcal.i18n import gettext as _

from .change import STEERING, ChangeFields
from .fields import (
    CodeField,
    CodesField,
    DayField,
    OneCodeField,
    RowField,
    TextField,
    TimeField,
    WholeNumberField,
)
from .schedule import ScheduleForm
from .seen import SeenForm
from .ticks import is_ticked

WALLS = {
    WallRule.SHOW: N_("Visas som vanligt"),
    WallRule.NEUTRAL: N_("Visas med en neutral titel"),
    WallRule.HIDE: N_("Visas inte"),
}
SIGNUPS = {
    Signup.DROP_IN: N_("Drop-in, man behöver inte anmäla sig"),
    Signup.REQUIRED: N_("Man anmäler sig"),
    Signup.INTERVIEW: N_("Man anmäler sig och har ett samtal före start"),
    Signup.APPOINTMENT: N_("Man bokar tid"),
    Signup.NONE: N_("Det finns inget att anmäla sig till"),
}
# Columns of an event that the form fills as they are, by the same names.
COLUMNS = (
    *("title", "kind", "short_text", "text", "language", "audience", "form", "room_id", "second_room_id"),
    *("place", "address", "online_link", "link_is_open", "online_info", "signup", "signup_contact"),
    *("price", "capacity", "leader", "facts", "access", "status_note", "neutral_title", "wall"),
    *("sibling_id", "internal_note"),
)
_UID = re.compile(r"[A-Za-z0-9._:-]{1,40}", re.ASCII)


class EventForm(ChangeFields, SeenForm, ScheduleForm):
    """The whole form. ``uid`` is made when the empty form is shown, so that a double click makes one."""

    uid = HiddenField()
    title = TextField(N_("Titel"), 120, validators=[DataRequired(N_("Skriv vad aktiviteten heter."))])
    kind = OneCodeField(N_("Slag"), Kind, phrases.kind_label, N_("Välj slag."))
    form = OneCodeField(
        N_("Hur deltar man"), Form, phrases.form_label, N_("Välj hur man deltar."), default=Form.ONSITE
    )
    room_id = RowField(N_("Rum"), N_("Inget rum"))
    audience = CodesField(N_("För vem"), Audience, default=[Audience.EVERYONE])
    signup = CodeField(N_("Anmälan"), Signup, lambda code: _(SIGNUPS[code]), default=Signup.DROP_IN)

    short_text = TextField(N_("Kort beskrivning"), 300, widget=TextArea())
    text = TextField(N_("Längre text"), 8000, widget=TextArea())
    language = SelectField(N_("Språk"), default="sv")
    second_room_id = RowField(N_("Ett rum till"), N_("Inget rum"))
    place = TextField(N_("Plats med egna ord"), 200)
    address = TextField(N_("Adress"), 200)
    online_link = TextField(N_("Möteslänk"), 500)
    link_is_open = BooleanField(N_("Visa länken för alla"))
    online_info = TextField(N_("Om det digitala mötet"), 300)
    signup_contact = TextField(N_("Anmäl dig hos"), 300)
    signup_until_day = DayField(N_("Sista dag att anmäla sig"))
    signup_days_before = WholeNumberField(N_("Eller dagar före"), 0, 60)
    signup_time = TimeField(N_("Klockan"))
    signup_until_words = TextField(N_("Eller med egna ord"), 120)
    price = WholeNumberField(N_("Pris i kronor"), 0, 100_000, default=0)
    capacity = WholeNumberField(N_("Antal platser"), 1, 10_000)
    leader = TextField(N_("Ledare"), 120)
    facts = CodesField(N_("Bra att veta"), Fact)
    access = TextField(N_("Om tillgänglighet"), 1000, widget=TextArea())
    status_note = TextField(N_("Kommentar till anmälan"), 300)
    neutral_title = TextField(N_("Neutral titel"), 80)
    wall = CodeField(N_("På skärmen i huset"), WallRule, lambda code: _(WALLS[code]), default=WallRule.SHOW)
    internal_note = TextField(N_("Anteckning för personalen"), 4000, widget=TextArea())
    houses = SelectMultipleField(
        N_("Visa också hos"),
        coerce=int,
        choices=[],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    everywhere = BooleanField(N_("Visa i alla hus"))
    sibling_id = RowField(N_("Parallell grupp"), N_("Ingen"))

    # Which dates a preview showed, which of them are ticked, and which changed ones follow the new times.
    digest = HiddenField()
    shown = HiddenField()
    ticked = SelectMultipleField(validate_choice=False, choices=[])
    follow = SelectMultipleField(validate_choice=False, choices=[])

    def __init__(self, *args: Any, **values: Any) -> None:
        super().__init__(*args, **values)
        # Faults are told in the order of the page.
        first = {name: self._fields.pop(name) for name in ("title", "kind")}
        self._fields = {**first, **self._fields}
        self.audience.choices = [(code.value, phrases.audience_label([code])) for code in Audience]
        self.facts.choices = [(code.value, phrases.fact_label(code)) for code in Fact]
        languages = dict.fromkeys((*LANGUAGES, *filter(None, [self.language.object_data])))
        self.language.choices = [
            (code, phrases.language_label(code)) for code in languages if len(code) <= 10
        ]

    def _kept(self) -> list[Field]:
        """Everything that says what the activity is, not how to save it."""
        return [field for field in self if not isinstance(field, HiddenField) and field.name not in STEERING]

    def offer(
        self,
        own_rooms: Sequence[tuple[int, str]] = (),
        other_rooms: Sequence[tuple[int, str]] = (),
        houses: Iterable[tuple[int, str]] = (),
        siblings: Iterable[tuple[int, str]] = (),
    ) -> None:
        """What can be chosen here, as numbers and names."""
        self.room_id.offer(own_rooms)
        self.second_room_id.offer([*own_rooms, *other_rooms])
        self.houses.choices = list(houses)
        self.sibling_id.offer(siblings)

    def validate_uid(self, field: HiddenField) -> None:
        """Refuse an identity that the empty form did not make."""
        if not self.identity:
            raise ValidationError(_("Ladda om sidan och försök igen."))

    def validate_audience(self, field: CodesField) -> None:
        """Somebody must be meant."""
        if not field.data:
            raise ValidationError(_("Välj minst en grupp."))

    def validate_online_link(self, field: TextField) -> None:
        """Only addresses of the web: anything else in a link would be a trap."""
        parts = urlsplit(field.data or "https://example.org")
        if parts.scheme not in {"http", "https"} or not parts.hostname or " " in (field.data or ""):
            raise ValidationError(_("Klistra in hela länken. Den ska börja med https://."))

    def validate_signup_until_day(self, field: DayField) -> None:
        """A deadline is said in one way."""
        ways = [field.data, self.signup_days_before.data, self.signup_until_words.data]
        if sum(way not in (None, "") for way in ways) > 1:
            raise ValidationError(_("Välj ett av de tre sätten att ange sista dag."))

    def validate_signup_time(self, field: TimeField) -> None:
        """A time of day belongs to a day."""
        if field.data and self.signup_until_day.data is None and self.signup_days_before.data is None:
            raise ValidationError(_("Skriv också vilken dag, eller hur många dagar före."))

    def validate_neutral_title(self, field: TextField) -> None:
        """A wall that shall show another title needs one, and it must be another."""
        if self.wall.data is WallRule.NEUTRAL and not field.data:
            raise ValidationError(_("Skriv vad det ska stå på skärmen i stället."))
        if tells(field.data or ""):
            raise ValidationError(_("Det här säger varför man kommer, eller till vem. Skriv något annat."))
        if gives_away(field.data or "", self.title.data or ""):
            raise ValidationError(_("Det här säger vad aktiviteten heter. Skriv något annat, som ”Träff”."))

    @property
    def identity(self) -> str:
        """The activity's uid as the empty form made it, or nothing when it can't be one."""
        uid = self.uid.data or ""
        return uid if _UID.fullmatch(uid) else ""

    @property
    def rooms(self) -> list[int]:
        """The rooms by number, of those that can be chosen."""
        chosen = (self.room_id, self.second_room_id)
        return [field.data for field in chosen if field.is_offered(field.data)]

    def begin_anew(self) -> None:
        """Become the form of an activity that is not made yet, with all that was typed."""
        self.uid.data = str(uuid4())
        self.version.data = self.seen.data = ""

    def refuse_uid(self) -> None:
        """The identity is taken: the next sending is a new activity of its own."""
        self.uid.data = str(uuid4())
        self.form_errors = [_("Inget sparades. Tryck en gång till.")]

    @property
    def deadline(self) -> Deadline:
        """Until when one signs up."""
        return Deadline(
            self.signup_until_day.data,
            self.signup_days_before.data,
            self.signup_time.data,
            self.signup_until_words.data or "",
        )

    def values(self) -> dict[str, Any]:
        """The event's columns by name, without its dates, houses and deadline."""
        found = {name: self[name].data for name in COLUMNS}
        found |= {"audience": frozenset(found["audience"]), "facts": frozenset(found["facts"])}
        found["price"] = found["price"] or 0
        if found["kind"] is Kind.CLOSURE:
            found["signup"] = Signup.NONE
        return found

    def is_ticked(self, key: str, by_itself: bool) -> bool:
        """Whether a date is ticked: as somebody changed it, otherwise as it starts by itself."""
        return is_ticked(self.shown.data, self.ticked.data, key, by_itself)

    def followers(self) -> set[int]:
        """Ids of dates that follow the new times though somebody had changed them."""
        return {int(text) for text in self.follow.data or () if text.isascii() and text.isdigit()}
